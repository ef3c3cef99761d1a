"""What label_file is given: formats of all ends, options that go together, inputs with the same columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, Protocol, get_args

from stance.errors import DataError, OptionError
from stance.files.table_formats import (
    DELIMITERS,
    STDIO,
    TableFormat,
    check_installed,
    format_of,
    parse_format,
)
from stance.files.table_reading import Chunk, Position, RecordFile

BadRows = Literal["error", "skip"]
"""What to do with a row that cannot be labelled: stop, or set it aside."""


class Table(Protocol):
    """A table in a file, with the names of its columns."""

    columns: tuple[str, ...]

    def chunks(self, start: Position | None = None) -> Iterator[Chunk]:
        """Yield the rows, chunk by chunk, from a position on."""


def choose_formats(
    paths: Sequence[str], out: str, input_format: str | None, output_format: str | None
) -> tuple[list[TableFormat], TableFormat]:
    """Tell the formats of all files: by their names, by the options for standard input and output.

    Parameters
    ----------
    paths : sequence of str
        Inputs.
    out : str
        Output.
    input_format, output_format : str or None
        As in :func:`label_file`.

    Returns
    -------
    formats : list of TableFormat
        One an input.
    out_format : TableFormat
        That of the output.

    Raises
    ------
    OptionError
        If a format is not known or cannot be what it should.
    """
    known = [format_of(path) for path in paths if path != STDIO]
    if out != STDIO:
        out_format = format_of(out)
    elif output_format is not None:
        out_format = parse_format(output_format, "output format")
    elif known and known[0].kind not in ("txt", "parquet"):
        out_format = TableFormat(known[0].kind)
    elif input_format is not None and input_format.partition(".")[0] not in ("txt", "parquet"):
        out_format = TableFormat(parse_format(input_format, "input format").kind)
    else:
        raise OptionError("the standard output needs a format: csv, tsv or jsonl")
    piped = out_format if input_format is None else parse_format(input_format, "input format")
    formats = [piped if path == STDIO else format_of(path) for path in paths]
    if out_format.kind == "txt":
        raise OptionError(f"{out}: lines of text have no columns; write csv, tsv, jsonl or parquet")
    ends = [*zip(paths, formats, strict=True), (out, out_format)]
    if any(path == STDIO and table.kind == "parquet" for path, table in ends):
        raise OptionError("Parquet can neither be read from a pipe nor written to one")
    return formats, out_format


def check_options(
    inputs: Sequence[tuple[str, TableFormat]],
    out: tuple[str, TableFormat],
    *,
    text: str | None,
    bad_rows: str,
    resume: bool,
    safe_csv: bool,
) -> None:
    """Check that options go together, before anything is opened.

    Parameters
    ----------
    inputs : sequence of (str, TableFormat)
        Path and format of each input.
    out : (str, TableFormat)
        Those of the output.
    text, bad_rows, resume, safe_csv
        As in :func:`stance.label_file`.

    Raises
    ------
    OptionError
        If they do not.
    MissingExtraError
        If a format needs an extra that is not installed.
    """
    paths = [path for path, _ in inputs]
    out_path, out_format = out
    kinds = {table.kind for _, table in inputs}
    piped = STDIO in paths
    faults = {
        "no inputs": not paths,
        f"bad_rows must be error or skip, got {bad_rows!r}": bad_rows not in get_args(BadRows),
        "name the column of statements: --text COLUMN (text=)": text is None and kinds != {"txt"},
        "the standard input can be read once": paths.count(STDIO) > 1,
        "a run that reads or writes a pipe cannot be resumed": resume
        and (piped or out_path == STDIO),
        "bad_rows=skip needs a file to write: they are set aside beside it": (
            bad_rows == "skip" and out_path == STDIO
        ),
        f"safe_csv is for csv and tsv, the output is {out_format}": (
            safe_csv and out_format.kind not in DELIMITERS
        ),
        "Parquet and other formats do not go into one Parquet file": (
            out_format.kind == "parquet" and "parquet" in kinds and len(kinds) > 1
        ),
    }
    for fault, found in faults.items():
        if found:
            raise OptionError(fault)
    for path, table in (*inputs, out):
        check_installed(table, path)
    for path in paths:
        if Path(path).exists() and Path(out_path).exists() and Path(path).samefile(out_path):
            raise OptionError(f"{out_path} is an input, too; it would be overwritten")


def open_table(path: str, table: TableFormat, text: str) -> Table:
    """Open a table and read its columns.

    Parameters
    ----------
    path : str
        The file.
    table : TableFormat
        Its format.
    text : str
        Column of statements.

    Returns
    -------
    Table
        The table, ready to be read.

    Raises
    ------
    DataError
        If it is no such table.
    OSError
        If it cannot be read.
    """
    if table.kind != "parquet":
        return RecordFile(path, table, text)
    from stance.files.parquet_tables import ParquetTable  # needs pyarrow  # noqa: PLC0415

    return ParquetTable(path)


def common_columns(
    paths: Sequence[str],
    formats: Sequence[TableFormat],
    tables: Sequence[Table],
    text: str,
    out: TableFormat,
) -> tuple[str, ...] | None:
    """Check that inputs have the same columns, the one of statements among them.

    Parameters
    ----------
    paths, formats, tables : sequence
        Path, format and table of each input.
    text : str
        Column of statements.
    out : TableFormat
        Format of the output.

    Returns
    -------
    tuple of str or None
        Their names; None where rows of JSON Lines stay what they are.

    Raises
    ------
    DataError
        If they have not; the message names the file.
    """
    if out.kind == "jsonl" and {table.kind for table in formats} == {"jsonl"}:
        return None
    first = tables[0]
    columns = first.columns or (text,)
    for path, kind, table in zip(paths, formats, tables, strict=True):
        # Keys of JSON may be left out and come in any order; others are faults of their rows.
        if kind.kind != "jsonl" and table.columns != columns:
            raise DataError(
                f"{path}: its columns are not those of {paths[0]}: {', '.join(table.columns)}; "
                f"expected {', '.join(columns)}"
            )
        if kind.kind == "parquet":
            table.check_like(first, text)  # type: ignore[attr-defined]
    if columns.count(text) != 1:
        number = "several columns" if text in columns else "no column"
        raise DataError(
            f"{paths[0]}: {number} named {text!r}; it has: {', '.join(columns)}"
            f"{_other_delimiter(columns, formats[0])}"
        )
    twice = [name for name in dict.fromkeys(columns) if columns.count(name) > 1]
    if twice and out.kind not in DELIMITERS:
        raise DataError(f"{paths[0]}: two columns named {twice[0]!r}, {out} has one of a name")
    return columns


def _other_delimiter(columns: Sequence[str], table: TableFormat) -> str:
    """Say that a table seems to have another delimiter than its name promises."""
    found = [mark for mark in (";", "\t", "|", ",") if mark in columns[0]]
    if table.kind not in DELIMITERS or len(columns) > 1 or not found:
        return ""
    return f" (apart by {found[0]!r}; {table.kind} is apart by {DELIMITERS[table.kind]!r})"
