"""The files of a folder: read without following links or waiting, written so that they last.

Paths are those of :mod:`os`, since pathlib takes long to load, and labelling one statement should not.
A folder may also lie in a zip file, as :mod:`importlib.resources`' ``Traversable``.
"""

from __future__ import annotations

import os
import stat
import sys
import zlib
from collections.abc import Collection
from itertools import islice
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING, BinaryIO, Final, TypeAlias

from stance.errors import ModelFormatError

if TYPE_CHECKING:
    from pathlib import Path

    if sys.version_info >= (3, 11):
        from importlib.resources.abc import Traversable
    else:
        from importlib.abc import Traversable

Folder: TypeAlias = "str | os.PathLike[str] | Traversable"
"""A folder on the disk, or one that importlib.resources found somewhere else."""

Content: TypeAlias = "bytes | mmap"
"""What a file holds: a copy, or the file itself, mapped into memory."""

_SHOWN: Final = 8  # names in an error
_LONGEST_NAME: Final = 60
# A pipe that nobody writes to must not be waited for; Windows has neither of the first two.
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


def _faults() -> tuple[type[Exception], ...]:
    """List what reading a damaged zip file raises; looked up where something was raised."""
    from zipfile import BadZipFile  # slow to load  # noqa: PLC0415

    return OSError, KeyError, EOFError, RuntimeError, BadZipFile, zlib.error


def check_folder(folder: Folder, *, links: bool = False) -> None:
    """Raise a ModelFormatError unless a path is a folder.

    Parameters
    ----------
    folder : path or importlib.resources.abc.Traversable
        The folder.
    links : bool, default False
        Whether the folder and its files may be links to others.
    """
    try:
        if isinstance(folder, (str, os.PathLike)):
            there, linked = _is_folder(folder), os.path.islink(folder)
        else:
            there, linked = folder.is_dir(), False
    except (OSError, ValueError) as error:
        raise ModelFormatError(f"{folder}: cannot be read: {error}") from error
    if not there:
        raise ModelFormatError(f"{folder}: no such model folder")
    if linked and not links:
        raise ModelFormatError(f"{folder}: is a link; give the folder that it leads to")


def _is_folder(path: str | os.PathLike[str]) -> bool:
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # the last for a zero in it
        return False


def list_files(folder: Folder, most: int) -> set[str]:
    """List the names in a folder, `most` and one at the most.

    Parameters
    ----------
    folder : path or importlib.resources.abc.Traversable
        The folder.
    most : int
        Names that are expected.

    Returns
    -------
    set of str
        The names; more than `most` if there are more.

    Raises
    ------
    ModelFormatError
        If the folder cannot be read.
    """
    try:
        if isinstance(folder, (str, os.PathLike)):
            with os.scandir(folder) as entries:
                return {entry.name for entry in islice(entries, most + 1)}
        return {entry.name for entry in islice(folder.iterdir(), most + 1)}
    except _faults() as error:
        raise ModelFormatError(f"{folder}: cannot be read: {error}") from error


def read_file(folder: Folder, name: str, limit: int, *, links: bool = False) -> bytes:
    """Read a file, one byte past the limit at the most.

    Parameters
    ----------
    folder : path or importlib.resources.abc.Traversable
        The folder.
    name : str
        The file.
    limit : int
        Most bytes that are expected.
    links : bool, default False
        Whether it may be a link to a file elsewhere.

    Returns
    -------
    bytes
        The file; longer than `limit` if there is more.

    Raises
    ------
    ModelFormatError
        If there is no such file, it is a link, a pipe or a device, or it cannot be read.
    """
    try:
        if isinstance(folder, (str, os.PathLike)):
            with _open(os.path.join(folder, name), name, links) as file:
                # Of a file that grows, what was promised and a byte; of a short one all it has.
                return file.read(min(limit, os.fstat(file.fileno()).st_size) + 1)
        with (folder / name).open("rb") as file:
            return bytes(file.read(limit + 1))
    except ModelFormatError:
        raise
    except _faults() as error:
        raise ModelFormatError(f"{name}: cannot be read: {error}") from error


def map_file(folder: Folder, name: str, limit: int, *, links: bool = False) -> Content:
    """Give what :func:`read_file` gives, mapped into memory where that can be done safely.

    Processes share what is mapped, and nothing is copied. But who changes the file in its place
    changes what was read, too: this is for files that stand where only the code stands as well.

    Parameters
    ----------
    folder, name, limit, links
        As :func:`read_file` takes them.

    Returns
    -------
    bytes or mmap
        The file; longer than `limit` if there is more.

    Raises
    ------
    ModelFormatError
        As from :func:`read_file`.
    """
    # Windows lets nobody replace a file that is mapped.
    if os.name == "posix" and isinstance(folder, (str, os.PathLike)):
        try:
            with _open(os.path.join(folder, name), name, links) as file:
                size = min(limit + 1, os.fstat(file.fileno()).st_size)
                if size:
                    return mmap(file.fileno(), size, access=ACCESS_READ)
        except (OSError, ValueError):
            pass  # not every file system can
    return read_file(folder, name, limit, links=links)


def _open(path: str, name: str, links: bool) -> BinaryIO:
    """Open a regular file."""
    if not links and os.path.islink(path):
        raise ModelFormatError(f"{name}: is a link, not a file")
    flags = _FLAGS & ~getattr(os, "O_NOFOLLOW", 0) if links else _FLAGS
    file = open(os.open(path, flags), "rb")  # noqa: SIM115 - who calls closes it
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise ModelFormatError(f"{name}: is not a regular file")
    return file


def write_file(path: Path, data: bytes) -> None:
    """Write a file and wait until the disk has it.

    Parameters
    ----------
    path : Path
        The file.
    data : bytes
        All of it.
    """
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder, where the system can tell."""
    if os.name == "nt":  # folders cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def show_names(names: Collection[str]) -> str:
    """Show some names for an error, however many and long they are."""
    some = [name[:_LONGEST_NAME] for name in sorted(names)[:_SHOWN]]
    return f"{some}" + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
