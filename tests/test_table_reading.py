from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.errors import DataError
from stance.files.table_formats import TableFormat, format_of
from stance.files.table_parsing import parse_cells
from stance.files.table_reading import RecordFile
from stance.files.table_rows import Rows
from stance.files.table_writing import encode_rows

# Half characters stand in no UTF-8, and Python 3.10 takes no NUL in CSV.
CELL = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"))
ROWS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=30)
)
CSV, TSV = TableFormat("csv"), TableFormat("tsv")


def records(data: bytes, table: TableFormat = CSV) -> list[tuple[int, bytes, str | None]]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a")
        path.write_bytes(data)
        chunks = RecordFile(str(path), table, "text").chunks()
        return [(r.line, r.raw, r.fault) for chunk in chunks for r in chunk.rows]  # type: ignore[union-attr]


@given(ROWS, st.sampled_from(["\n", "\r\n"]))
def test_rows_are_cut_where_the_csv_module_ends_them(rows: list[list[str]], ending: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=ending, quoting=csv.QUOTE_ALL).writerows(rows)
    cut = records(b"head\n" + text.getvalue().encode())
    assert [parse_cells(raw, ",") for _, raw, _ in cut] == rows


@given(ROWS, st.sampled_from([CSV, TSV]))
def test_what_is_written_is_read_again(rows: list[list[str]], table: TableFormat) -> None:
    data = encode_rows(
        Rows(cells=list(rows)), table, columns=(), names=("n",), values=[[1] * len(rows)]
    )
    cut = records(b"head\n" + data, table)
    delimiter = "," if table is CSV else "\t"
    assert [parse_cells(raw, delimiter) for _, raw, _ in cut] == [[*row, "1"] for row in rows]


@given(ROWS, st.integers(1, 4))
def test_chunks_begin_where_others_end(rows: list[list[str]], size: int) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["head"], *rows])
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("stance.files.table_reading.CHUNK_ROWS", size)
        path = Path(folder, "a.csv")
        path.write_bytes(text.getvalue().encode())
        table = RecordFile(str(path), CSV, "text")
        chunks = list(table.chunks())
        for i, chunk in enumerate(chunks):
            assert list(table.chunks(chunk.first)) == chunks[i:]


def test_lines_are_counted_through_quoted_line_breaks() -> None:
    cut = records(b'h\n"a\n\nb"\n\nc\n')
    assert [(line, raw) for line, raw, _ in cut] == [(2, b'"a\n\nb"\n'), (6, b"c\n")]


def test_a_quote_that_is_never_closed_takes_one_line() -> None:
    cut = records(b'h\na\n"b\nc\nd\n')
    assert [(line, raw) for line, raw, _ in cut] == [
        (2, b"a\n"),
        (3, b'"b\n'),
        (4, b"c\n"),
        (5, b"d\n"),
    ]
    assert [fault for *_, fault in cut] == [None, "a quote is opened and never closed", None, None]


def test_an_endless_quoted_cell_takes_one_line() -> None:
    cut = records(b'h\n"b\n' + b"c\n" * 100_000)
    assert len(cut) == 100_001
    assert [line for line, _, fault in cut if fault] == [2]


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"", "empty, expected a header"), (b"\xff,b\n", ":1: the header: not UTF-8 at byte 0")],
)
def test_a_table_without_a_header_is_a_fault(data: bytes, message: str) -> None:
    with pytest.raises(DataError, match=message):
        records(data)


def test_a_line_without_end_is_a_fault() -> None:
    with pytest.raises(DataError, match=r":1: a line of more than 16,777,216 bytes"):
        records(b"x" * 2**24 + b"x", TableFormat("txt"))


@pytest.mark.parametrize(
    ("name", "kind", "compression"),
    [("a.b.csv", "csv", ""), ("A.CSV.GZ", "csv", "gz"), ("x/a.jsonl.zst", "jsonl", "zst")],
)
def test_a_name_tells_the_format(name: str, kind: str, compression: str) -> None:
    table = format_of(name)
    assert (table.kind, table.compression) == (kind, compression)
