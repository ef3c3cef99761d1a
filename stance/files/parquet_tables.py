"""Parquet files, read by row groups. Needs pyarrow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from stance.errors import DataError, InputTypeError, MissingStatementError
from stance.files import table_reading
from stance.files.arrow_columns import column_of
from stance.files.table_reading import Chunk, Position
from stance.files.table_rows import Fault, Rows
from stance.inputs import OnMissing, is_missing, statement

_BUFFER: Final = 2**18


class ParquetTable:
    """A Parquet file, read a chunk at a time.

    Parameters
    ----------
    path : str
        The file.

    Attributes
    ----------
    columns : tuple of str
        Names of its columns.
    schema : pyarrow.Schema
        Their types.

    Raises
    ------
    DataError
        If it is not a Parquet file.
    OSError
        If it cannot be read.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        with self._open() as file:
            self.schema = file.schema_arrow
        self.columns = tuple(self.schema.names)

    @property
    def no_rows(self) -> Any:
        """A batch without rows, of the columns' types."""
        arrays = [pa.nulls(0, kind) for kind in self.schema.types]
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def check_like(self, first: ParquetTable | Any, text: str) -> None:
        """Raise a DataError unless types are those of the first file, and statements strings."""
        for field in self.schema:
            expected = first.schema.field(field.name) if isinstance(first, ParquetTable) else field
            if field.type != expected.type:
                raise DataError(
                    f"{self._path}: column {field.name!r} is {field.type}, expected "
                    f"{expected.type} as in the first file"
                )
            if field.name == text and not _holds_text(field.type):
                raise DataError(f"{self._path}: column {text!r} is {field.type}, expected string")

    def chunks(self, start: Position | None = None) -> Iterator[Chunk]:
        """Yield the rows, chunk by chunk, none across two row groups; see :class:`RecordFile`."""
        group, skipped = start or (0, 0)
        size = Path(self._path).stat().st_size
        with self._open() as file:
            before = sum(file.metadata.row_group(i).num_rows for i in range(group))
            for number in range(group, file.num_row_groups):
                row = 0
                for batch in self._batches(file, number):
                    first, row = row, row + len(batch)
                    if number == group and first < skipped:
                        continue
                    share = (before + row) / file.metadata.num_rows
                    stream = to_stream(_compact(batch))
                    yield Chunk(stream, (number, first), (number, row), int(share * size))
                before += row

    def _open(self) -> Any:
        import pyarrow.parquet as pq  # 10 MB that workers do without  # noqa: PLC0415

        try:
            # Without buffers and with read-ahead, whole row groups would be held in memory.
            return pq.ParquetFile(self._path, buffer_size=_BUFFER, pre_buffer=False)
        except pa.ArrowException as error:
            raise DataError(f"{self._path}: no sound Parquet file: {error}") from error

    def _batches(self, file: Any, group: int) -> Iterator[Any]:
        try:
            yield from file.iter_batches(
                table_reading.CHUNK_ROWS, row_groups=[group], use_threads=False
            )
        except (pa.ArrowException, OSError) as error:
            raise DataError(f"{self._path}: row group {group}: cannot be read: {error}") from error


def _holds_text(kind: Any) -> bool:
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    tests = (
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_string_view,
        pa.types.is_null,
    )
    return any(test(inner) for test in tests)


def _compact(batch: Any) -> Any:
    """Leave out of long dictionaries what no row of a batch has: each batch would carry it along."""
    arrays = [
        _compact_dictionary(column)
        if pa.types.is_dictionary(column.type) and len(column.dictionary) > len(column)
        else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)


def _compact_dictionary(column: Any) -> Any:
    numbers = column.indices.to_pylist()
    used = sorted({number for number in numbers if number is not None})
    place = {number: at for at, number in enumerate(used)}
    indices = column_of([place.get(number) for number in numbers], pa.int64())
    return pa.DictionaryArray.from_arrays(
        indices.cast(column.type.index_type),
        column.dictionary.take(column_of(used, pa.int64())),
        ordered=column.type.ordered,
    )


def to_stream(batch: Any, compression: str | None = None) -> bytes:
    """Write a batch as an Arrow stream of its own."""
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression=compression, use_threads=False)
    with pa.ipc.new_stream(sink, batch.schema, options=options) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def parse_batch(
    stream: bytes, first: Position, *, text: str, on_missing: OnMissing, with_cells: bool
) -> tuple[Rows, list[Fault]]:
    """Read the rows of a chunk.

    Parameters
    ----------
    stream : bytes
        The rows of a :class:`~stance.files.table_reading.Chunk` of Parquet.
    first : (int, int)
        Its position.
    text : str
        Column of statements.
    on_missing : {"error", "other"}
        Whether a missing statement is a fault, or a text without words.
    with_cells : bool
        Whether cells are wanted, for another format than Parquet.

    Returns
    -------
    rows : Rows
        Those that can be labelled, in order.
    faults : list of Fault
        All others.
    """
    batch = pa.ipc.open_stream(stream).read_next_batch()
    names = batch.schema.names if with_cells else [text]
    columns, reasons = {}, {}
    for name in names:
        columns[name], faulty = _values(batch.column(name))
        reasons.update(dict.fromkeys(faulty, f"column {name!r}: not UTF-8"))
    rows, faults, good = Rows(), [], []
    for row, value in enumerate(columns[text]):
        try:
            if row in reasons:
                raise ValueError(reasons[row])
            checked = statement(value, where=f"column {text!r}", on_missing=on_missing)
        except (ValueError, InputTypeError) as error:
            place = {"row_group": first[0], "row": first[1] + row}
            missing = isinstance(error, MissingStatementError)
            faults.append(Fault(place, str(error), _shown(batch.slice(row, 1)), missing))
            continue
        rows.texts.append(checked)
        good.append(row)
        if with_cells:
            rows.cells.append([columns[name][row] for name in names])
    rows.batch = batch if len(good) == len(batch) else batch.take(column_of(good, pa.int64()))
    return rows, faults


def _values(column: Any) -> tuple[list[Any], list[int]]:
    """Values as JSON knows them, dates and decimals as text; and the rows that are not UTF-8."""
    kind = column.type
    if pa.types.is_temporal(kind) or pa.types.is_decimal(kind):
        column = column.cast(pa.string())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return [None if value is None else value.hex() for value in column.to_pylist()], []
    try:
        values = column.to_pylist()
        if pa.types.is_floating(kind):
            # NaN is no JSON, and stands for "no value" wherever pandas wrote it.
            values = [None if is_missing(value) else value for value in values]
        return values, []
    except UnicodeDecodeError:
        values, faulty = [], []
        for row, scalar in enumerate(column):
            try:
                values.append(scalar.as_py())
            except UnicodeDecodeError:
                values.append(None)
                faulty.append(row)
        return values, faulty


def _shown(row: Any) -> str:
    """Show one row as JSON, whatever is in it."""
    cells = {}
    for name, column in zip(row.schema.names, row.columns, strict=True):
        if pa.types.is_string(column.type):
            raw = column.cast(pa.binary())[0].as_py()
            cells[name] = None if raw is None else raw.decode("utf-8", "surrogateescape")
        else:
            cells[name] = _values(column)[0][0]
    return json.dumps(cells, default=str)
