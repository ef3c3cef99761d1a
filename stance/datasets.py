"""Labelled statements: read and validate files of them, split them without leaks."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from stance.errors import DataError
from stance.stances import LABELS, OTHER, STANCES
from stance.text import words

_SEPARATOR: Final = "|"
_GROUP_FIELDS: Final = ("group", "doc")
_OWN_FIELDS: Final = frozenset({"id", "text", "primary", "stances", "natural", *_GROUP_FIELDS})


@dataclass(frozen=True, slots=True)
class LabelledStatement:
    """One statement with its labels.

    Attributes
    ----------
    text : str
        The statement.
    primary : str
        The label that a reader would name first.
    stances : tuple of str
        Every stance present, the primary first; empty for ``"other"``.
    id : str
        Unique within the data.
    group : str
        What must not be split between training and test: a document, a scenario.
    natural : bool
        Drawn at random, so that it shows how often each stance occurs.
    slices : mapping of str to str
        All other columns, by which a score can be broken down.
    """

    text: str
    primary: str
    stances: tuple[str, ...]
    id: str
    group: str
    natural: bool
    slices: Mapping[str, str]


def load_statements(*paths: str | os.PathLike[str]) -> list[LabelledStatement]:
    """Read labelled statements from CSV (``.csv``) or JSON Lines (``.jsonl``) files.

    A row needs ``text`` and ``primary``. It may have ``stances`` (a list; in CSV joined by ``|``),
    ``id``, ``group`` or ``doc``, ``natural``, and any other column.

    Parameters
    ----------
    *paths : path
        Files; their rows are put one after the other.

    Returns
    -------
    list of LabelledStatement
        One a row. Without ``stances`` the primary stands alone; without ``id`` it is the file's
        name and the line; without a group a statement is its own group.

    Raises
    ------
    DataError
        If a file cannot be read, or a row breaks a rule: unknown label, primary not among the
        stances, no text, an id that was there before. The message names file and line.
    """
    statements: list[LabelledStatement] = []
    seen: dict[str, str] = {}
    for path in map(Path, paths):
        before = len(statements)
        for where, row in _read_rows(path):
            statement = _parse(row, where)
            if statement.id in seen:
                raise DataError(f"{where}: id {statement.id!r} stands at {seen[statement.id]} too")
            seen[statement.id] = where
            statements.append(statement)
        if len(statements) == before:
            raise DataError(f"{path}: no statements in it")
    return statements


def load_labels(path: str | os.PathLike[str]) -> dict[str, tuple[str, ...]]:
    """Read the labels of a CSV or JSON Lines file by id; texts need not be in it.

    Parameters
    ----------
    path : path
        A file with ``id`` and ``primary``, and ``stances`` if there are several.

    Returns
    -------
    dict of str to tuple of str
        Each id's stances, the primary first; none for *other*.

    Raises
    ------
    DataError
        If the file cannot be read, an id is missing or stands twice, or labels break a rule.
    """
    labels: dict[str, tuple[str, ...]] = {}
    for where, row in _read_rows(Path(path)):
        key = str(row.get("id") or "")
        if not key or key in labels:
            raise DataError(f"{where}: id {key!r} " + ("stands twice" if key else "is missing"))
        labels[key] = _parse_stances(row, where)
    return labels


def fingerprint(statements: Iterable[LabelledStatement]) -> str:
    """Digest of texts and labels, the same in any order.

    Parameters
    ----------
    statements : iterable of LabelledStatement
        The data.

    Returns
    -------
    str
        64 hexadecimal digits (SHA-256).
    """
    lines = sorted(json.dumps([s.text, s.primary, list(s.stances)]) for s in statements)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def near_duplicates(
    statements: Sequence[LabelledStatement],
    others: Sequence[LabelledStatement],
    *,
    threshold: float = 0.8,
) -> list[int]:
    """Find statements that stand, almost word for word, among others too.

    Parameters
    ----------
    statements : sequence of LabelledStatement
        Where to look, such as the training data.
    others : sequence of LabelledStatement
        What must not be there, such as the test data.
    threshold : float, default 0.8
        Jaccard similarity of the two sets of words above which two statements are the same.

    Returns
    -------
    list of int
        Positions in `statements`, ascending.
    """
    bags = [frozenset(words(other.text)) for other in others]
    holders: dict[str, list[int]] = {}
    for i, bag in enumerate(bags):
        for word in bag:
            holders.setdefault(word, []).append(i)
    found = []
    for position, statement in enumerate(statements):
        bag = frozenset(words(statement.text))
        # Two sets more than 80 % alike share one of any fifth of the words; the rarest will do.
        rarest = sorted(bag, key=lambda word: (len(holders.get(word, ())), word))
        some = rarest[: int(len(bag) * (1 - threshold)) + 1]
        candidates = {i for word in some for i in holders.get(word, ())}
        if any(len(bag & bags[i]) > threshold * len(bag | bags[i]) for i in candidates):
            found.append(position)
    return found


def _read_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each row with its place, ``file:line``."""
    readers = {".csv": _read_csv, ".jsonl": _read_jsonl}
    if path.suffix not in readers:
        raise DataError(f"{path}: expected a .csv or .jsonl file")
    try:
        yield from readers[path.suffix](path)
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}") from error


def _read_csv(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        try:
            for row in reader:
                where = f"{path}:{reader.line_num}"
                if None in row or None in row.values():
                    raise DataError(
                        f"{where}: the row has not the {len(reader.fieldnames or ())} "
                        "fields of the header"
                    )
                row["stances"] = [s for s in row.get("stances", "").split(_SEPARATOR) if s] or None
                yield where, row
        except csv.Error as error:
            raise DataError(f"{path}:{reader.line_num + 1}: {error}") from error


def _read_jsonl(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            where = f"{path}:{number}"
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise DataError(f"{where}: not valid JSON: {error}") from error
            if not isinstance(row, dict):
                raise DataError(f"{where}: expected an object, got {type(row).__name__}")
            yield where, row


def _parse(row: Mapping[str, Any], where: str) -> LabelledStatement:
    text = row.get("text")
    if not isinstance(text, str):
        raise DataError(f"{where}: field text: expected a str, got {text!r}")
    stances = _parse_stances(row, where)
    group = next((str(row[name]) for name in _GROUP_FIELDS if row.get(name)), where)
    return LabelledStatement(
        text=text,
        primary=row["primary"],
        stances=stances,
        id=str(row.get("id") or where),
        group=group,
        natural=str(row.get("natural", "")).lower() in ("true", "1"),
        slices={k: str(v) for k, v in row.items() if k not in _OWN_FIELDS},
    )


def _parse_stances(row: Mapping[str, Any], where: str) -> tuple[str, ...]:
    """Stances of a row, the primary first; none for other."""
    label, stances = row.get("primary"), row.get("stances")
    if label not in LABELS:
        raise DataError(f"{where}: primary {label!r} is not one of {', '.join(LABELS)}")
    if stances is None:
        stances = [label] if label != OTHER else []
    if not isinstance(stances, list) or not all(s in STANCES for s in stances):
        raise DataError(f"{where}: stances {stances!r} must be of {', '.join(STANCES)}")
    if (label == OTHER) != (not stances) or (stances and label not in stances):
        raise DataError(f"{where}: primary {label!r} does not go with stances {stances!r}")
    return tuple(dict.fromkeys([label, *stances])) if stances else ()
