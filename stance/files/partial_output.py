"""Output that is whole or not there: a partial file, a journal of what is in it, a rename at the end.

An entry of the journal is written when the chunk's bytes are safe on the disk; what the partial files
hold beyond the last entry is cut off when a run goes on.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, Final

from stance.errors import DataError
from stance.files.journal import (
    COMPLETE,
    FORMAT,
    Entry,
    Progress,
    check_same,
    input_facts,
    read_journal,
)
from stance.files.table_formats import STDIO

BAD_SUFFIX: Final = ".bad.jsonl"
"""What is put behind an output's name to name the file of rows set aside."""


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
        try:
            self._journal: BinaryIO = self._journal_path.open("a+b")
        except OSError as error:
            # Nobody has named the journal: what is at fault is its folder.
            raise OSError(error.errno, error.strerror, str(self._out.parent)) from error
        try:
            _lock(self._journal, self._journal_path)
            head = {
                "stance_journal": FORMAT,
                "settings": {**settings},
                "inputs": input_facts(inputs),
            }
            self._begin(json.loads(json.dumps(head)), resume=resume)
        except BaseException:
            self._close_files()
            raise

    def _beside(self, suffix: str) -> Path:
        return self._out.with_name(self._out.name + suffix)

    def _begin(self, head: dict[str, Any], *, resume: bool) -> None:
        self._journal.seek(0)
        then = read_journal(self._journal.read(), self._journal_path)
        if then is None:
            self._journal.truncate(0)
            self._open_partials(Entry(Progress(), 0, 0))
            self._note(head)
            _sync_folder(self._out.parent)
            return
        if not resume:
            raise DataError(
                f"{self._partial} holds {then.last.progress.rows:,} rows of a stopped run: go on with "
                f"--resume (resume=True), or delete it and {self._journal_path} to begin anew"
            )
        check_same(then, head, self._journal_path)
        self._journal.truncate(then.size)
        self.complete = then.complete
        if self.complete:
            self.progress = then.last.progress
            return
        self._open_partials(then.last)
        if then.settings != head["settings"]:
            self._note({"settings": head["settings"]})

    def _open_partials(self, entry: Entry) -> None:
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
            self._note(asdict(Entry(progress, self._output.tell(), self._aside.tell())))

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
            self._note(COMPLETE)
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
        self._close_files()
        done = self.progress.rows + self.progress.bad
        if not self.complete and not (self._lasting and done):
            for path in (self._partial, self._aside_partial, self._journal_path):
                path.unlink(missing_ok=True)

    def _close_files(self) -> None:
        for name in ("_output", "_aside", "_journal"):
            if hasattr(self, name):
                getattr(self, name).close()


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
