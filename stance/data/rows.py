"""Rows of CSV and JSON Lines files, each with its place."""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from stance.errors import DataError
from stance.storage.strict_json import check_depth

_SEPARATOR: Final = "|"
_COMPRESSED: Final = ".gz"


def read_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each row with its place, ``file:line``.

    Parameters
    ----------
    path : Path
        A ``.csv`` or ``.jsonl`` file, or one compressed with gzip (``.csv.gz``, ``.jsonl.gz``).

    Yields
    ------
    str, dict
        The place and the row. ``stances`` of a CSV file, joined by ``|``, is made a list; None if
        there are none.

    Raises
    ------
    DataError
        If the file cannot be read or a row is malformed; the message names file and line.
    """
    readers = {".csv": _read_csv, ".jsonl": _read_jsonl}
    kind = Path(path.stem).suffix if path.suffix == _COMPRESSED else path.suffix
    if kind not in readers:
        raise DataError(f"{path}: expected a .csv or .jsonl file, or one with .gz behind")
    try:
        with _open(path) as file:
            yield from readers[kind](path, file)
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}") from error
    except (EOFError, zlib.error) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror or error}") from error


def _open(path: Path) -> IO[str]:
    if path.suffix == _COMPRESSED:
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _read_csv(path: Path, lines: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    reader = csv.DictReader(lines, strict=True)
    try:
        for row in reader:
            where = f"{path}:{reader.line_num}"
            if None in row or None in row.values():
                raise DataError(
                    f"{where}: the row has not the {len(reader.fieldnames or ())} "
                    "fields of the header"
                )
            cells: dict[str, Any] = dict(row)
            if "stances" in row:
                cells["stances"] = [s for s in row["stances"].split(_SEPARATOR) if s] or None
            yield where, cells
    except csv.Error as error:
        raise DataError(f"{path}:{reader.line_num + 1}: {error}") from error


def _read_jsonl(path: Path, lines: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(lines, start=1):
        where = f"{path}:{number}"
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            check_depth(row)
        except (ValueError, RecursionError) as error:
            raise DataError(f"{where}: not valid JSON: {error}") from error
        if not isinstance(row, dict):
            raise DataError(f"{where}: expected an object, got {type(row).__name__}")
        yield where, row
