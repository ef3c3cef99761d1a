"""Cut files into records, each with its line, without parsing more than the cutting needs."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stance.errors import DataError
from stance.files.table_formats import (
    DELIMITERS,
    STDIO,
    UNPACKING_FAULTS,
    TableFormat,
    open_unpacked,
)
from stance.files.table_parsing import csv_fault, parse_cells, parse_object

CHUNK_ROWS: Final = 2048
"""Most records in a chunk: what is labelled, written and entered in the journal at once."""

_CHUNK_BYTES: Final = 4 * 2**20
_LONGEST_LINE: Final = 16 * 2**20
_LINES_TO_LOOK_AT: Final = 1000
_BOM: Final = b"\xef\xbb\xbf"

Position = tuple[int, int]
"""Where a chunk begins: byte (unpacked) and line; in Parquet, row group and row in it."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row as it stands in a file.

    Attributes
    ----------
    line : int
        The line it begins on; the first is 1.
    raw : bytes
        The row with its line break.
    fault : str or None
        Why it is no row, if cutting has shown that.
    """

    line: int
    raw: bytes
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of one file, one after the other.

    Attributes
    ----------
    rows : sequence of Record, or bytes
        The rows; those of Parquet as one Arrow stream.
    first : (int, int)
        Position of the first.
    end : (int, int)
        Position of the row behind the last.
    consumed : int
        Bytes of the file, as it lies on the disk, that are read by the end of the chunk.
    """

    rows: Sequence[Record] | bytes
    first: Position
    end: Position
    consumed: int


class _Lines:
    """Lines of a file, which can be given back, and the position of the next."""

    def __init__(self, path: str, table: TableFormat) -> None:
        self._path = path
        self._stream, self._raw = open_unpacked(path, table.compression)
        self._ahead: deque[bytes] = deque()
        self.byte, self.line = 0, 1

    def take(self) -> bytes:
        """Take the next line; empty at the end."""
        line = self._ahead.popleft() if self._ahead else self._read(_LONGEST_LINE + 1)
        if len(line) > _LONGEST_LINE:
            raise DataError(
                f"{self._path}:{self.line}: a line of more than {_LONGEST_LINE:,} bytes"
            )
        marked = self.byte == 0 and line.startswith(_BOM)
        self.byte += len(line)
        self.line += bool(line)
        return line.removeprefix(_BOM) if marked else line

    def give_back(self, lines: Sequence[bytes]) -> None:
        """Put lines back, to be taken once more."""
        self._ahead.extendleft(reversed(lines))
        self.byte -= sum(map(len, lines))
        self.line -= len(lines)

    def skip_to(self, position: Position) -> None:
        """Go to a position that was reached in another reading of the same file."""
        if self._stream is self._raw:
            self._stream.seek(position[0])
        else:
            left = position[0]
            while left and (skipped := self._read_block(min(left, _CHUNK_BYTES))):
                left -= len(skipped)
        self.byte, self.line = position

    @property
    def consumed(self) -> int:
        """Bytes read of the file as it lies on the disk; 0 for a pipe, which has no positions."""
        return 0 if self._path == STDIO else self._raw.tell()

    def close(self) -> None:
        """Close the file."""
        self._raw.close()

    def _read(self, limit: int) -> bytes:
        try:
            return self._stream.readline(limit)
        except UNPACKING_FAULTS as error:
            raise DataError(f"{self._path}: cannot be unpacked: {error}") from error

    def _read_block(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except UNPACKING_FAULTS as error:
            raise DataError(f"{self._path}: cannot be unpacked: {error}") from error


class RecordFile:
    """A file of records: CSV, TSV, JSON Lines, or lines of text.

    Parameters
    ----------
    path : str
        The file; ``-`` is the standard input, which is read once.
    table : TableFormat
        Its format.
    text : str
        Name of the column of statements; what the lines of a text are called.

    Attributes
    ----------
    columns : tuple of str
        Names in the header, or in the first object of JSON Lines; empty if there is none.

    Raises
    ------
    DataError
        If there is no header where one is needed, or it cannot be read.
    OSError
        If the file cannot be read.
    """

    def __init__(self, path: str, table: TableFormat, text: str) -> None:
        self._path, self._table = path, table
        self._pipe = _Lines(path, table) if path == STDIO else None
        lines = self._pipe or _Lines(path, table)
        try:
            self.columns = self._read_head(lines, text)
        finally:
            # Files are opened anew when their turn comes: thousands of them may be given.
            if self._pipe is None:
                lines.close()
        self._start = lines.byte, lines.line

    def chunks(self, start: Position | None = None) -> Iterator[Chunk]:
        """Yield the rows, chunk by chunk.

        Parameters
        ----------
        start : (int, int), optional
            Where to begin: the end of a chunk. The first row if left out.

        Yields
        ------
        Chunk
            At most :data:`CHUNK_ROWS` rows; where chunks end depends on the file alone.

        Raises
        ------
        DataError
            If the file cannot be unpacked, or a line is longer than 16 MiB.
        """
        lines = self._pipe or _Lines(self._path, self._table)
        try:
            if self._pipe is None:
                lines.skip_to(start or self._start)
            yield from self._cut(lines)
        finally:
            if self._pipe is None:
                lines.close()

    def _cut(self, lines: _Lines) -> Iterator[Chunk]:
        first = lines.byte, lines.line
        records: list[Record] = []
        size = 0
        for record in self._records(lines):
            records.append(record)
            size += len(record.raw)
            if len(records) >= CHUNK_ROWS or size >= _CHUNK_BYTES:
                end = lines.byte, lines.line
                yield Chunk(records, first, end, lines.consumed)
                records, size, first = [], 0, end
        if records:
            yield Chunk(records, first, (lines.byte, lines.line), lines.consumed)

    def _read_head(self, lines: _Lines, text: str) -> tuple[str, ...]:
        if self._table.kind == "txt":
            return (text,)
        return self._read_keys(lines) if self._table.kind == "jsonl" else self._read_header(lines)

    def _read_header(self, lines: _Lines) -> tuple[str, ...]:
        for record in self._records(lines):
            try:
                if record.fault:
                    raise ValueError(record.fault)
                return tuple(parse_cells(record.raw, DELIMITERS[self._table.kind]))
            except ValueError as error:
                raise DataError(f"{self._path}:{record.line}: the header: {error}") from error
        raise DataError(f"{self._path}: empty, expected a header")

    def _read_keys(self, lines: _Lines) -> tuple[str, ...]:
        """Names in the first object; the lines are given back."""
        seen: list[bytes] = []
        names: tuple[str, ...] = ()
        while not names and len(seen) < _LINES_TO_LOOK_AT and (line := lines.take()):
            seen.append(line)
            try:
                names = tuple(parse_object(line))
            except ValueError:
                continue  # named as a fault when its turn comes
        lines.give_back(seen)
        return names

    def _records(self, lines: _Lines) -> Iterator[Record]:
        """Cut records off the lines; empty lines are none, but in a text."""
        delimiter = DELIMITERS.get(self._table.kind)
        while True:
            number = lines.line
            line = lines.take()
            if not line:
                return
            if delimiter is not None and b'"' in line:
                yield _quoted_record(lines, number, line, delimiter)
            elif self._table.kind == "txt" or line.strip(b"\r\n"):
                yield Record(number, line)


def _quoted_record(lines: _Lines, number: int, line: bytes, delimiter: str) -> Record:
    """Cut off a record whose quoted cells may run over several lines."""
    taken = [line]

    def feed() -> Iterator[str]:
        # Quotes, delimiters and line breaks are the same bytes in Latin-1 and in UTF-8.
        yield line.decode("latin-1")
        while more := lines.take():
            taken.append(more)
            yield more.decode("latin-1")

    source = feed()
    try:
        next(csv.reader(source, delimiter=delimiter, strict=True))
    except csv.Error as error:
        ended = next(source, None) is None
        if not ended:
            lines.give_back([taken.pop()])
        if len(taken) > 1 and (ended or sum(map(len, taken)) > csv.field_size_limit()):
            # A quote that nothing closes must not take the rest of the file with it.
            lines.give_back(taken[1:])
            return Record(number, line, "a quote is opened and never closed")
        return Record(number, b"".join(taken), csv_fault(error))
    return Record(number, b"".join(taken))
