"""The journal of a run: with what settings, from what inputs, and how far.

It is JSON Lines: a head with settings and inputs, then an entry a chunk. Settings that have changed
since stand between entries.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from stance.errors import DataError
from stance.files.table_formats import STDIO
from stance.files.table_reading import Position

FORMAT: Final = 1
_OPENING: Final = b'{"stance_journal": '
COMPLETE: Final = {"complete": True}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes
    ----------
    input : int
        Which input comes next, or is under way; counted from 0.
    position : (int, int) or None
        Where in it the next chunk begins; None at its beginning.
    rows, bad : int
        Rows labelled, and rows set aside, from the beginning.
    share : float or None
        Share of all inputs' bytes that is done; None where the standard input is one of them.
    """

    input: int = 0
    position: Position | None = None
    rows: int = 0
    bad: int = 0
    share: float | None = 0.0


@dataclass(frozen=True, slots=True)
class Entry:
    """Progress, and the sizes of the partial files at that moment."""

    progress: Progress
    output: int
    aside: int


@dataclass(frozen=True, slots=True)
class Journal:
    """What a journal holds, and how many bytes of it are sound."""

    settings: dict[str, Any]
    inputs: list[dict[str, Any]]
    last: Entry
    complete: bool
    size: int


def read_journal(data: bytes, path: Path) -> Journal | None:
    """Read a journal up to where it is torn; None if no row is in it."""
    if data and not data.startswith(_OPENING[: len(data)]):
        raise DataError(f"{path}: is no journal of a stopped run; move it away")
    size = 0
    settings: dict[str, Any] = {}
    inputs: list[dict[str, Any]] = []
    last, complete = None, False
    for line in data.split(b"\n")[:-1]:  # what has no line break was torn
        try:
            match json.loads(line):
                case {
                    "stance_journal": version,
                    "settings": dict(settings),
                    "inputs": list(inputs),
                }:
                    if version != FORMAT:
                        raise DataError(f"{path}: was written by another version of stance")
                case {"settings": dict(settings)}:
                    pass
                case {"progress": dict(facts), "output": int(output), "aside": int(aside)}:
                    last = Entry(_read_progress(facts), output, aside)
                case entry if entry == COMPLETE:
                    complete = True
                case _:
                    break
        except (json.JSONDecodeError, TypeError):
            break
        size += len(line) + 1
    if last is None or not last.progress.rows + last.progress.bad:
        return None
    return Journal(settings, inputs, last, complete, size)


def _read_progress(facts: dict[str, Any]) -> Progress:
    position = facts.pop("position")
    return Progress(**facts, position=tuple(position) if position else None)


def input_facts(inputs: Sequence[str]) -> list[dict[str, Any]]:
    """Tell what must not change between a run and its continuation."""
    facts = []
    for path in inputs:
        if path == STDIO:
            continue
        status = Path(path).stat()
        whole = str(Path(path).absolute())
        facts.append({"path": whole, "size": status.st_size, "mtime_ns": status.st_mtime_ns})
    return facts


def check_same(then: Journal, head: dict[str, Any], path: Path) -> None:
    """Raise a DataError unless a run with this head gives what the stopped one would have given."""
    again = "delete it and the partial file beside it to begin anew"
    new = dict(head["settings"])
    if then.settings.get("bad_rows") == "error":
        # Up to here there were no faults, so what is done about them may change.
        new["bad_rows"] = "error"
        if then.settings.get("on_missing") == "error":
            new["on_missing"] = "error"
    for name in sorted(then.settings.keys() | new.keys()):
        old = then.settings.get(name)
        if old != new.get(name):
            raise DataError(
                f"{path}: the stopped run had {name} {json.dumps(old)}, this one has "
                f"{json.dumps(new.get(name))}; go on with the former, or {again}"
            )
    if then.inputs != head["inputs"]:
        changed = [one["path"] for one in head["inputs"] if one not in then.inputs]
        what = f"changed or not there before: {', '.join(changed)}" if changed else "not the same"
        raise DataError(f"{path}: the inputs of the stopped run are {what}; {again}")
