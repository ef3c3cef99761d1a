"""Labelled statements: read and validate files of them, split them without leaks."""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from stance.data.labelled import LabelledStatement, parse_stances, parse_statement
from stance.data.rows import read_rows
from stance.errors import DataError
from stance.stances import LABELS, OTHER
from stance.text import words

__all__ = [
    "LabelledStatement",
    "fingerprint",
    "load_labels",
    "load_statements",
    "near_duplicates",
    "split",
]

_FAULTS_SHOWN: Final = 5
_LABEL_FIELDS: Final = ("primary", "stances")
# Keeps the place of an annotation until its text is found.
_PLACEHOLDER: Final = parse_statement({"text": "", "primary": OTHER}, "")


def load_statements(
    *paths: str | os.PathLike[str],
    texts: Sequence[str | os.PathLike[str]] = (),
    corrections: str | os.PathLike[str] | None = None,
) -> list[LabelledStatement]:
    """Read labelled statements from CSV or JSON Lines files, also compressed (``.gz``).

    A row needs ``text`` and ``primary``. It may have ``stances`` (a list; in CSV joined by ``|``),
    ``id``, ``group`` or ``doc``, ``natural``, and any other column. A row without ``text`` is a
    standoff annotation: its ``id`` finds the text, and all columns that the row itself lacks, in
    `texts`. A row with a column for each label and no ``primary`` holds soft labels.

    Parameters
    ----------
    *paths : path
        Files; their rows are put one after the other.
    texts : sequence of path, optional
        Files with ``id`` and ``text`` of what the annotations are about; labels are not needed.
    corrections : path, optional
        A file with ``id`` and ``primary`` (and ``stances``): labels that replace those of the files.
        Ids that the files do not have are passed over.

    Returns
    -------
    list of LabelledStatement
        One a row. Without ``stances`` the primary stands alone; without ``id`` it is the file's
        name and the line; without a group a statement is its own group.

    Raises
    ------
    DataError
        If a file cannot be read, or a row breaks a rule: unknown label, primary not among the
        stances, no text, an id that was there before. The message names file and line. Annotations
        whose text is not found are counted, and the first of them named.
    """
    corrected = load_labels(corrections) if corrections is not None else {}
    statements: list[LabelledStatement] = []
    places: list[str] = []
    numbers: dict[str, int] = {}
    waiting: dict[int, _Row] = {}
    headers: dict[tuple[str, ...], tuple[str, ...]] = {}
    for where, row in _rows_of(paths):
        key = str(row.get("id") or where)
        if key in numbers:
            raise DataError(f"{where}: id {key!r} stands at {places[numbers[key]]} too")
        numbers[key] = len(statements)
        places.append(where)
        if texts and row.get("text") is None:
            names = tuple(row)
            # A million rows have one header.
            waiting[len(statements)] = _Row(headers.setdefault(names, names), row)
            statements.append(_PLACEHOLDER)
        else:
            statements.append(_statement(row, where, corrected))
    for number, row in _with_texts(waiting, numbers, places, texts):
        statements[number] = _statement(row, places[number], corrected)
    return statements


class _Row:
    """A row that waits for its text, in a quarter of a dictionary's room."""

    __slots__ = ("_cells", "_names")

    def __init__(self, names: tuple[str, ...], row: Mapping[str, Any]) -> None:
        self._names = names
        # Of a probability of three digits there are a thousand texts.
        self._cells = tuple(
            sys.intern(cell) if name in LABELS and isinstance(cell, str) else cell
            for name, cell in row.items()
        )

    def cells(self) -> dict[str, Any]:
        """Give the cells by the names of their columns."""
        return dict(zip(self._names, self._cells, strict=True))


def _statement(
    row: Mapping[str, Any], where: str, corrected: Mapping[str, tuple[str, ...]]
) -> LabelledStatement:
    statement = parse_statement(row, where)
    if statement.id not in corrected:
        return statement
    stances = corrected[statement.id]
    return replace(statement, stances=stances, primary=(*stances, OTHER)[0])


def _rows_of(
    paths: Iterable[str | os.PathLike[str]],
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of files, one after the other; none may be empty."""
    for path in map(Path, paths):
        empty = True
        for row in read_rows(path):
            empty = False
            yield row
        if empty:
            raise DataError(f"{path}: no statements in it")


def _with_texts(
    waiting: dict[int, _Row],
    numbers: Mapping[str, int],
    places: Sequence[str],
    texts: Iterable[str | os.PathLike[str]],
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the annotations that wait for a text, each with all that its row in some file says.

    They come in the order of those files, and are let go: of a million there is never more than one row.
    """
    found: dict[int, Any] = {}
    count = len(waiting)
    for path in map(Path, texts):
        for where, row in read_rows(path):
            number = numbers.get(str(row.get("id")), -1)
            if number in waiting:
                found[number] = row.get("text")
                facts = {name: value for name, value in row.items() if name not in _LABEL_FIELDS}
                yield number, facts | waiting.pop(number).cells()
            elif number in found and found[number] != row.get("text"):
                raise DataError(f"{where}: id {row['id']!r} stood before with another text")
    if waiting:
        rows = [
            f"{places[number]} (id {row.cells().get('id')!r})" for number, row in waiting.items()
        ]
        shown = ", ".join(rows[:_FAULTS_SHOWN]) + (", ..." if rows[_FAULTS_SHOWN:] else "")
        raise DataError(
            f"{len(rows)} of {count} annotations have no text in "
            f"{', '.join(map(str, texts))}: {shown}"
        )


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
    for where, row in read_rows(Path(path)):
        key = str(row.get("id") or "")
        if not key or key in labels:
            raise DataError(f"{where}: id {key!r} " + ("stands twice" if key else "is missing"))
        labels[key] = parse_stances(row, where)
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


def split(
    statements: Sequence[LabelledStatement], *, test_share: float = 0.2, seed: int = 0
) -> tuple[list[LabelledStatement], list[LabelledStatement]]:
    """Split statements into training and test data without leaks.

    No group (document, scenario) is on both sides, and training statements that stand in the test
    data almost word for word are dropped.

    Parameters
    ----------
    statements : sequence of LabelledStatement
        The data.
    test_share : float, default 0.2
        Share of the statements to keep for the test, at least; whole groups are taken until it is
        reached.
    seed : int, default 0
        Which groups those are.

    Returns
    -------
    train, test : list of LabelledStatement
        Each in the order of the data.

    Raises
    ------
    DataError
        If a side would be empty.
    """
    groups = sorted({s.group for s in statements})
    random.Random(seed).shuffle(groups)
    sizes = Counter(s.group for s in statements)
    tested: set[str] = set()
    reached = 0
    for group in groups:
        if reached >= test_share * len(statements):
            break
        tested.add(group)
        reached += sizes[group]
    test = [s for s in statements if s.group in tested]
    train = [s for s in statements if s.group not in tested]
    if not train or not test:
        raise DataError(f"{len(groups)} groups cannot be split with a test share of {test_share}")
    leaks = set(near_duplicates(train, test))
    return [s for i, s in enumerate(train) if i not in leaks], test


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
    if not others:
        return []
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
