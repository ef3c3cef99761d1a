"""Labelled rows -> the bytes of a file: one piece for the header, and one a chunk."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from stance.files.formulas import guarded
from stance.files.table_formats import DELIMITERS, TableFormat, pack
from stance.files.table_rows import Rows, cell_text


def encode_rows(
    rows: Rows,
    table: TableFormat,
    *,
    columns: Sequence[str],
    names: Sequence[str],
    values: Sequence[Sequence[Any]],
    safe_csv: bool = False,
) -> bytes:
    """Write rows, old columns first.

    Parameters
    ----------
    rows : Rows
        Rows.
    table : TableFormat
        Format to write; Parquet is written as frames for
        :func:`stance.files.parquet_frames.put_together`.
    columns, names : sequence of str
        Names of the old columns and of those behind them.
    values : sequence of sequence
        The columns behind.
    safe_csv : bool, default False
        Put an apostrophe before old cells that a spreadsheet would run: those that begin with
        ``=``, ``+``, ``-``, ``@``, a tab or a carriage return.

    Returns
    -------
    bytes
        The rows; packed into a member or frame of their own if the format is compressed.
    """
    if table.kind == "parquet":
        from stance.files.parquet_frames import to_frame  # needs pyarrow  # noqa: PLC0415

        return to_frame(rows, columns, names, values)
    lines = (
        _json_lines(rows, columns, names, values)
        if table.kind == "jsonl"
        else _delimited(rows, table, values, safe_csv=safe_csv)
    )
    return pack(lines, table.compression)


def encode_header(
    table: TableFormat,
    *,
    columns: Sequence[str],
    names: Sequence[str],
    safe_csv: bool = False,
) -> bytes:
    """Write what stands before the first row, in a member or frame of its own; see :func:`encode_rows`."""
    if table.kind not in DELIMITERS:
        return b""
    cells = map(guarded, columns) if safe_csv else columns
    return pack(_lines([[*cells, *names]], DELIMITERS[table.kind]), table.compression)


def _delimited(
    rows: Rows, table: TableFormat, values: Sequence[Sequence[Any]], *, safe_csv: bool
) -> bytes:
    def line() -> Iterator[list[Any]]:
        for cells, *found in zip(rows.cells, *values, strict=True):
            old = map(cell_text, cells)
            yield [*(map(guarded, old) if safe_csv else old), *found]

    return _lines(line(), DELIMITERS[table.kind])


class _Sink(list[str]):
    """Takes what a csv.writer writes: one string a row."""

    write = list.append


def _lines(lines: Iterable[Iterable[Any]], delimiter: str) -> bytes:
    sink = _Sink()
    # Python up to 3.12 quotes a carriage return in a cell only if lines end in one.
    csv.writer(sink, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    return "".join(f"{line[:-2]}\n" for line in sink).encode()


def _json_lines(
    rows: Rows, columns: Sequence[str], names: Sequence[str], values: Sequence[Sequence[Any]]
) -> bytes:
    found = (dict(zip(names, row, strict=True)) for row in zip(*values, strict=True))
    if rows.raw:
        return b"".join(map(_with_more, rows.raw, found))
    lines = (
        json.dumps(dict(zip(columns, cells, strict=True)) | more, ensure_ascii=False, default=str)
        for cells, more in zip(rows.cells, found, strict=True)
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _with_more(raw: bytes, more: dict[str, Any]) -> bytes:
    """Put more into a JSON object without a change to what it holds, not even to how numbers look."""
    head = raw.strip()[:-1].rstrip()
    comma = b"" if head == b"{" else b", "
    return head + comma + json.dumps(more).encode()[1:] + b"\n"
