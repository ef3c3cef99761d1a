"""One row of CSV, TSV or JSON Lines, parsed; a fault is a ValueError that says what is wrong."""

from __future__ import annotations

import csv
import json


def csv_fault(error: csv.Error) -> str:
    """Say what is wrong with a row, where the csv module speaks to programmers."""
    text = str(error)
    if text.startswith("new-line character"):
        return "a carriage return stands outside of quotes"
    if text.startswith("unexpected end"):
        return "a quote is opened and never closed"
    if text.startswith("field larger"):
        return (
            f"a cell is longer than {csv.field_size_limit():,} characters; "
            "JSON Lines and Parquet take longer ones"
        )
    return text


def parse_cells(raw: bytes, delimiter: str) -> list[str]:
    """Parse one row of CSV or TSV.

    Parameters
    ----------
    raw : bytes
        The row in UTF-8, with or without its line break.
    delimiter : str
        What stands between cells.

    Returns
    -------
    list of str
        Its cells.

    Raises
    ------
    ValueError
        If it is not UTF-8, or no row.
    """
    try:
        return next(csv.reader((decode(raw),), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise ValueError(csv_fault(error)) from error


def parse_object(raw: bytes) -> dict[str, object]:
    """Parse one row of JSON Lines.

    Parameters
    ----------
    raw : bytes
        A JSON object in UTF-8, with or without its line break.

    Returns
    -------
    dict
        The object.

    Raises
    ------
    ValueError
        If it is not UTF-8, not JSON, or no object.
    """
    try:
        row = json.loads(decode(raw))
    except RecursionError as error:
        raise ValueError("not valid JSON: too deeply nested") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"not valid JSON: {error}") from error
    if not isinstance(row, dict):
        raise ValueError(f"expected a JSON object, got {type(row).__name__}")
    return row


def decode(raw: bytes) -> str:
    """Decode UTF-8; a fault is a ValueError that names the byte of the row."""
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start} of the row") from error
