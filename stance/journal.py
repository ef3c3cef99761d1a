"""Output that is whole or not there: a partial file, a journal of what is in it, a rename at the end.

The journal is JSON Lines: a head with settings and inputs, then an entry a chunk. An entry is written
when the chunk's bytes are safe on the disk; what the partial files hold beyond the last entry is cut
off when a run goes on.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from stance.errors import DataError
from stance.table_formats import STDIO
from stance.table_reading import Position

BAD_SUFFIX: Final = ".bad.jsonl"
"""What is put behind an output's name to name the file of rows set aside."""

_FORMAT: Final = 1
_OPENING: Final = b'{"stance_journal": '
_COMPLETE: Final = {"complete": True}


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
class _Entry:
    """Progress, and the sizes of the partial files at that moment."""

    progress: Progress
    output: int
    aside: int


@dataclass(frozen=True, slots=True)
class _Journal:
    """What a journal holds, and how many bytes of it are sound."""

    settings: dict[str, Any]
    inputs: list[dict[str, Any]]
    last: _Entry
    complete: bool
    size: int


class PartialOutput:
    """A file that grows beside its place and is renamed when it is whole.

    Parameters
    ----------
    out : path
        The place. Beside it come ``.partial`` and ``.journal``, and ``.bad.jsonl`` for rows set
        aside, with a ``.partial`` of its own.
    settings : mapping of str to JSON
        All that the bytes of the output depend on, beside the inputs.
    inputs : sequence of path
        Files that are read. With ``"-"`` among them, which cannot be read again, nothing is left of
        a stopped run.
    resume : bool
        Whether to go on where a stopped run was. Without one to go on with, it begins.

    Attributes
    ----------
    progress : Progress
        How far the run is.
    complete : bool
        Whether all is read and written, so that :meth:`finish` is all that is left.

    Raises
    ------
    DataError
        If a stopped run is there and `resume` is false; or if it had other settings, or its inputs
        have changed; or if another run is at work on it.
    """

    def __init__(
        self,
        out: str | os.PathLike[str],
        settings: Mapping[str, Any],
        inputs: Sequence[str],
        *,
        resume: bool,
    ) -> None:
        self._out = Path(out)
        self._partial = self._beside(".partial")
        self._aside_out = self._beside(BAD_SUFFIX)
        self._aside_partial = self._beside(f"{BAD_SUFFIX}.partial")
        self._journal_path = self._beside(".journal")
        self._lasting = STDIO not in inputs
        self.progress, self.complete = Progress(), False
        self._journal: BinaryIO = self._journal_path.open("a+b")
        try:
            _lock(self._journal, self._journal_path)
            head = {"stance_journal": _FORMAT, "settings": {**settings}, "inputs": _facts(inputs)}
            self._begin(json.loads(json.dumps(head)), resume=resume)
        except BaseException:
            self._journal.close()
            raise

    def _beside(self, suffix: str) -> Path:
        return self._out.with_name(self._out.name + suffix)

    def _begin(self, head: dict[str, Any], *, resume: bool) -> None:
        self._journal.seek(0)
        then = _read_journal(self._journal.read(), self._journal_path)
        if then is None:
            self._journal.truncate(0)
            self._open_partials(_Entry(Progress(), 0, 0))
            self._note(head)
            _sync_folder(self._out.parent)
            return
        if not resume:
            raise DataError(
                f"{self._partial} holds {then.last.progress.rows:,} rows of a stopped run: go on with "
                f"--resume (resume=True), or delete it and {self._journal_path} to begin anew"
            )
        self._check_same(then, head)
        self._journal.truncate(then.size)
        self.complete = then.complete
        if self.complete:
            self.progress = then.last.progress
            return
        self._open_partials(then.last)
        if then.settings != head["settings"]:
            self._note({"settings": head["settings"]})

    def _check_same(self, then: _Journal, head: dict[str, Any]) -> None:
        """Raise unless a run with settings and inputs of now gives what the stopped one would."""
        again = f"delete it and {self._partial} to begin anew"
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
                    f"{self._journal_path}: the stopped run had {name} {json.dumps(old)}, this one has "
                    f"{json.dumps(new.get(name))}; go on with the former, or {again}"
                )
        if then.inputs != head["inputs"]:
            changed = [one["path"] for one in head["inputs"] if one not in then.inputs]
            what = (
                f"changed or not there before: {', '.join(changed)}" if changed else "not the same"
            )
            raise DataError(
                f"{self._journal_path}: the inputs of the stopped run are {what}; {again}"
            )

    def _open_partials(self, entry: _Entry) -> None:
        """Open the partial files at the end of what the journal knows of."""
        for path, size in ((self._partial, entry.output), (self._aside_partial, entry.aside)):
            if size and (not path.exists() or path.stat().st_size < size):
                raise DataError(f"{path}: expected at least {size:,} bytes, as its journal says")
        self.progress = entry.progress
        self._output = _open_at(self._partial, entry.output)
        self._aside = _open_at(self._aside_partial, entry.aside)

    def append(self, data: bytes, aside: bytes, progress: Progress) -> None:
        """Add a chunk and enter it in the journal.

        Parameters
        ----------
        data : bytes
            Behind the output.
        aside : bytes
            Behind the rows set aside.
        progress : Progress
            How far the run is with it.
        """
        for file, more in ((self._output, data), (self._aside, aside)):
            if more:
                file.write(more)
                _sync(file)
        self.progress = progress
        if self._lasting:
            self._note(asdict(_Entry(progress, self._output.tell(), self._aside.tell())))

    def _note(self, entry: dict[str, Any]) -> None:
        self._journal.write(json.dumps(entry).encode() + b"\n")
        _sync(self._journal)

    def finish(self, assemble: Callable[[str, str], None] | None = None) -> None:
        """Put the output in its place.

        Parameters
        ----------
        assemble : callable, optional
            Makes the output of the partial file, given the two names, where it is more than a
            rename.
        """
        if not self.complete:
            self._output.close()
            self._aside.close()
            if assemble is not None:
                whole = self._beside(".whole.partial")
                assemble(str(self._partial), str(whole))
                with whole.open("rb+") as file:
                    _sync(file)
                whole.replace(self._partial)
            self._note(_COMPLETE)
            self.complete = True
        if self.progress.bad == 0:
            # Those of an earlier run, if there are any, are not this output's.
            self._aside_partial.unlink(missing_ok=True)
            self._aside_out.unlink(missing_ok=True)
        # After a crash between the renames some files are in their place already.
        with suppress(FileNotFoundError):
            self._aside_partial.replace(self._aside_out)
        with suppress(FileNotFoundError):
            self._partial.replace(self._out)
        _sync_folder(self._out.parent)
        self.close()
        self._journal_path.unlink()

    def close(self) -> None:
        """Close the files, and leave what can be gone on with, if anything can."""
        for name in ("_output", "_aside", "_journal"):
            if hasattr(self, name):
                getattr(self, name).close()
        done = self.progress.rows + self.progress.bad
        if not self.complete and not (self._lasting and done):
            for path in (self._partial, self._aside_partial, self._journal_path):
                path.unlink(missing_ok=True)


class StreamOutput:
    """The standard output, with the methods of :class:`PartialOutput`; it cannot be taken back."""

    def __init__(self) -> None:
        self.progress, self.complete = Progress(), False

    def append(self, data: bytes, aside: bytes, progress: Progress) -> None:  # noqa: ARG002
        """Write a chunk."""
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        self.progress = progress

    def finish(self, assemble: Callable[[str, str], None] | None = None) -> None:
        """Do nothing: all is written."""

    def close(self) -> None:
        """Do nothing: the standard output is not ours to close."""


def _read_journal(data: bytes, path: Path) -> _Journal | None:
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
                    if version != _FORMAT:
                        raise DataError(f"{path}: was written by another version of stance")
                case {"settings": dict(settings)}:
                    pass
                case {"progress": dict(facts), "output": int(output), "aside": int(aside)}:
                    last = _Entry(_read_progress(facts), output, aside)
                case entry if entry == _COMPLETE:
                    complete = True
                case _:
                    break
        except (json.JSONDecodeError, TypeError):
            break
        size += len(line) + 1
    if last is None or not last.progress.rows + last.progress.bad:
        return None
    return _Journal(settings, inputs, last, complete, size)


def _read_progress(facts: dict[str, Any]) -> Progress:
    position = facts.pop("position")
    return Progress(**facts, position=tuple(position) if position else None)


def _facts(inputs: Sequence[str]) -> list[dict[str, Any]]:
    """Tell what must not change between a run and its continuation."""
    facts = []
    for path in inputs:
        if path == STDIO:
            continue
        status = Path(path).stat()
        whole = str(Path(path).absolute())
        facts.append({"path": whole, "size": status.st_size, "mtime_ns": status.st_mtime_ns})
    return facts


def _open_at(path: Path, size: int) -> BinaryIO:
    file = path.open("rb+" if path.exists() else "wb+")
    file.truncate(size)
    file.seek(size)
    return file


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make renames safe, too; Windows does that by itself."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _lock(file: BinaryIO, path: Path) -> None:
    """Keep other runs off the same output, where the system can."""
    try:
        import fcntl  # not on Windows  # noqa: PLC0415
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise DataError(f"{path}: another run is at work on this output") from error
