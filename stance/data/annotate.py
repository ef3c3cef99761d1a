"""Reading statements one by one: a key for each stance, written at once, undone, gone on with."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from stance.data.datasets import load_labels
from stance.data.rows import read_rows
from stance.errors import DataError
from stance.model import StanceModel
from stance.stances import DEFINITIONS, LABELS, OTHER, STANCES

COLUMNS: Final = ("id", "primary", "stances", "reader", "round", "note")
"""Columns of the file of labels: a standoff annotation a row, without the text."""

KEYS: Final = {label[0]: label for label in LABELS}
"""The key of each label: its first letter."""

_NEXT, _UNDO, _SKIP, _NOTE, _HELP, _QUIT = "\n", "u", "s", "n", "?", "q"
_HELP_TEXT: Final = "\n".join(
    [
        "One key a stance, the primary first; the same key again takes it back.",
        *(f"  {key}  {label:<11} {DEFINITIONS[label]}" for key, label in KEYS.items()),
        "  Enter  save and go on      u  undo the last      s  skip",
        "  n      add a note          ?  this help          q  save and quit",
    ]
)


@dataclass(frozen=True, slots=True)
class Unread:
    """A statement to read: its id and text."""

    id: str
    text: str


def load_unread(
    path: str | os.PathLike[str], *, text: str = "text", identifier: str = "id"
) -> list[Unread]:
    """Read the statements of a file; labels in it are not looked at.

    Parameters
    ----------
    path : path
        CSV or JSON Lines, also compressed (``.gz``).
    text : str, default "text"
        The column of statements.
    identifier : str, default "id"
        The column that tells statements apart. Where a row has none, it is the file's name and line.

    Returns
    -------
    list of Unread
        One a row.

    Raises
    ------
    DataError
        If the file cannot be read, a row has no text, or an id stands twice.
    """
    unread: list[Unread] = []
    seen: set[str] = set()
    for where, row in read_rows(Path(path)):
        statement = row.get(text)
        if not isinstance(statement, str):
            raise DataError(
                f"{where}: field {text}: expected a str, got {statement!r}; "
                f"the columns are {', '.join(row)}"
            )
        key = str(row.get(identifier) or where)
        if key in seen:
            raise DataError(f"{where}: id {key!r} stands twice")
        seen.add(key)
        unread.append(Unread(key, statement))
    if not unread:
        raise DataError(f"{path}: no statements in it")
    return unread


def most_uncertain_first(unread: Sequence[Unread], model: StanceModel) -> list[Unread]:
    """Put those first that a model is least sure of (the smallest lead of the first label).

    Parameters
    ----------
    unread : sequence of Unread
        The statements.
    model : StanceModel
        The model to ask. Its labels are not shown to the reader.

    Returns
    -------
    list of Unread
        The same statements, in another order (margin sampling; Scheffer et al., 2001).
    """
    probabilities = model.predict_proba([statement.text for statement in unread])
    probabilities.sort(axis=1)
    leads = probabilities[:, -1] - probabilities[:, -2]
    return [unread[i] for i in leads.argsort(kind="stable")]


class LabelFile:
    """A growing file of labels: every label is on disk before the next statement is shown.

    Parameters
    ----------
    path : path
        The file; it is gone on with if it is there.
    reader : str
        Who reads.
    batch : str
        Which round of reading this is.

    Raises
    ------
    DataError
        If the file is there and is not one of labels.
    """

    def __init__(self, path: str | os.PathLike[str], *, reader: str = "", batch: str = "") -> None:
        self._path = Path(path)
        self._reader, self._batch = reader, batch
        self._order: list[tuple[str, int]] = []
        self.read: set[str] = set()
        if not self._path.exists() or not self._path.stat().st_size:
            with self._open("w") as file:
                csv.writer(file, lineterminator="\n").writerow(COLUMNS)
        with self._path.open(encoding="utf-8", newline="") as file:
            header = file.readline().rstrip("\r\n")
            if header != ",".join(COLUMNS):
                raise DataError(f"{path}:1: expected columns {','.join(COLUMNS)}, got {header!r}")
        self.read.update(load_labels(self._path))

    def add(self, statement: Unread, stances: Sequence[str], note: str = "") -> None:
        """Write a statement's stances, the primary first; none for *other*."""
        self._order.append((statement.id, self._path.stat().st_size))
        row = [statement.id, (*stances, OTHER)[0], "|".join(stances)]
        with self._open("a") as file:
            csv.writer(file, lineterminator="\n").writerow([*row, self._reader, self._batch, note])
        self.read.add(statement.id)

    def undo(self) -> str | None:
        """Take back the last label of this sitting; give its id, or None if there is none."""
        if not self._order:
            return None
        key, size = self._order.pop()
        os.truncate(self._path, size)
        self.read.discard(key)
        return key

    def _open(self, mode: str) -> IO[str]:
        return self._path.open(mode, encoding="utf-8", newline="")


def annotate(
    statements: Iterable[Unread],
    labels: LabelFile,
    *,
    keys: Iterator[str],
    ask: Callable[[str], str],
    show: Callable[[str], None],
) -> int:
    """Let a reader label statements, key by key.

    Parameters
    ----------
    statements : iterable of Unread
        What to read; those that the file of labels has are left out.
    labels : LabelFile
        Where labels go.
    keys : iterator of str
        Keys as they are pressed; reading stops where they end.
    ask : callable
        Asks for a line of text (a note), given a prompt.
    show : callable
        Shows text to the reader.

    Returns
    -------
    int
        Statements labelled in this sitting, less those undone.
    """
    everything = list(statements)
    todo = [s for s in everything if s.id not in labels.read]
    before = len(labels.read)
    done = len(everything) - len(todo)
    show(_HELP_TEXT)
    position = 0
    while position < len(todo):
        statement = todo[position]
        show(f"\n[{done + position + 1} of {len(everything)}]  {' '.join(statement.text.split())}")
        action, stances, note = _read_keys(keys, ask, show)
        if action == _QUIT:
            break
        if action == _UNDO:
            taken = labels.undo()
            if taken is None:
                show("nothing to undo in this sitting")
            else:
                position = next(i for i, s in enumerate(todo) if s.id == taken)
            continue
        if action == _NEXT:
            labels.add(statement, stances, note)
        position += 1
    return len(labels.read) - before


def _read_keys(
    keys: Iterator[str], ask: Callable[[str], str], show: Callable[[str], None]
) -> tuple[str, list[str], str]:
    """Take keys until one ends the statement: what to do, the stances chosen, the note."""
    chosen: list[str] = []
    note = ""
    for pressed in keys:
        key = _NEXT if pressed in "\r\n" else pressed.lower()
        if key in (_UNDO, _SKIP, _QUIT):
            return key, [], ""
        if key == _NEXT and chosen:
            return key, [label for label in chosen if label in STANCES], note
        if key == _NOTE:
            note = ask("note: ")
        elif key in KEYS:
            chosen = _toggle(chosen, KEYS[key])
            show("  " + (" + ".join(chosen) or "-"))
        else:
            show(
                _HELP_TEXT
                if key == _HELP
                else f"press one of {' '.join(KEYS)} first, or ? for help"
            )
    return _QUIT, [], ""


def _toggle(chosen: Sequence[str], label: str) -> list[str]:
    """Choose a label, or take it back; *other* goes with no stance."""
    if label in chosen:
        return [c for c in chosen if c != label]
    return [label] if label == OTHER else [*(c for c in chosen if c != OTHER), label]
