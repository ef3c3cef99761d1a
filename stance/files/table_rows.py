"""Records -> rows with checked statements, and faults for what is no row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from stance.errors import InputTypeError, MissingStatementError
from stance.files.table_formats import DELIMITERS, Kind
from stance.files.table_parsing import decode, parse_cells, parse_object
from stance.files.table_reading import Record
from stance.inputs import OnMissing, statement

_SURROGATE: Final = b"\\ud"


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be labelled.

    Attributes
    ----------
    place : dict of str to int
        ``line`` of the file; in Parquet ``row_group`` and ``row`` in it, counted from 0.
    reason : str
        What is wrong with it.
    raw : str
        The row as it stands; bytes that are not UTF-8 are lone surrogates, as Python's
        ``surrogateescape`` makes them. A row of Parquet is shown as JSON.
    missing : bool
        A row like others, but that its statement is missing.
    """

    place: dict[str, int]
    reason: str
    raw: str
    missing: bool = False

    def where(self, path: str) -> str:
        """Name the place for people."""
        if "line" in self.place:
            return f"{path}:{self.place['line']}"
        return f"{path}: row group {self.place['row_group']}, row {self.place['row']}"


@dataclass(slots=True)
class Rows:
    """Rows that can be labelled.

    Attributes
    ----------
    texts : list of str
        The statement of each.
    cells : list of list
        The cells of each; of Parquet that stays Parquet, and of JSON that stays JSON, none.
    raw : list of bytes
        Of JSON Lines that stay JSON Lines, each row as it stands.
    batch : pyarrow.RecordBatch or None
        Of Parquet, all rows.
    """

    texts: list[str] = field(default_factory=list)
    cells: list[Sequence[object]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    batch: Any = None


def parse_records(
    records: Sequence[Record],
    kind: Kind,
    *,
    columns: Sequence[str] | None,
    text: str,
    taken: frozenset[str],
    on_missing: OnMissing,
) -> tuple[Rows, list[Fault]]:
    """Parse the records of a chunk.

    Parameters
    ----------
    records : sequence of Record
        Rows as they stand in the file.
    kind : {"csv", "tsv", "jsonl", "txt"}
        Format of the file.
    columns : sequence of str or None
        Names of the columns; None if rows of JSON Lines stay what they are.
    text : str
        Column of statements.
    taken : frozenset of str
        Names that no key of a JSON object may have.
    on_missing : {"error", "other"}
        Whether a missing statement is a fault, or a text without words. Empty cells of CSV and TSV
        are missing; empty lines and empty strings of JSON are texts without words.

    Returns
    -------
    rows : Rows
        Those that can be labelled, in order.
    faults : list of Fault
        All others.
    """
    rows, faults = Rows(), []
    place = 0 if columns is None else list(columns).index(text)
    for record in records:
        try:
            if record.fault:
                raise ValueError(record.fault)
            if kind == "jsonl":
                found = parse_object(record.raw)
                cells = _cells_of(found, columns, taken, record.raw)
                if text not in found and on_missing == "error":
                    raise MissingStatementError(
                        f"no column {text!r}; the row has: {', '.join(found)}"
                    )
                value = found.get(text)
            elif kind == "txt":
                cells = [value] = [decode(record.raw).rstrip("\r\n")]
            else:
                cells = parse_cells(record.raw, DELIMITERS[kind])
                if columns is None or len(cells) != len(columns):
                    raise ValueError(f"{_count(cells)}, the header has {len(columns or ())}")
                value = cells[place] or None
            checked = statement(value, where=f"column {text!r}", on_missing=on_missing)
        except (ValueError, InputTypeError) as error:
            faults.append(
                Fault(
                    {"line": record.line},
                    str(error),
                    record.raw.decode("utf-8", "surrogateescape"),
                    isinstance(error, MissingStatementError),
                )
            )
            continue
        rows.texts.append(checked)
        rows.cells.append(cells)
        if columns is None:
            rows.raw.append(record.raw)
    return rows, faults


def _count(cells: Sequence[object]) -> str:
    return f"{len(cells)} field{'s' * (len(cells) != 1)}"


def _cells_of(
    found: dict[str, object], columns: Sequence[str] | None, taken: frozenset[str], raw: bytes
) -> Sequence[object]:
    """Cells of a JSON object in the order of the columns; none if the object stays what it is."""
    for name in taken & found.keys():
        raise ValueError(f"column {name!r} is there already")
    if columns is None:
        return ()
    for name in found.keys() - set(columns):
        raise ValueError(f"column {name!r} is not one of the first row's: {', '.join(columns)}")
    # Half a character may be escaped in JSON, but stands in no other format.
    if _SURROGATE in raw.lower():
        try:
            json.dumps(found, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise ValueError("a lone surrogate (half a character)") from error
    return [found.get(name) for name in columns]


def cell_text(value: object) -> str:
    """Write a value into a cell of text: strings as they are, nothing for None, all else as JSON.

    Parameters
    ----------
    value : object
        A value of JSON, or one that Parquet adds to those.

    Returns
    -------
    str
        The text.

    Examples
    --------
    >>> [cell_text(value) for value in ("yes", None, True, 1.5, ["a"])]
    ['yes', '', 'true', '1.5', '["a"]']
    """
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False, default=str)
