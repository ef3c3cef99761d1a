"""Formats of tables in files: what a file's name says, and how its bytes are packed and unpacked."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, get_args

from stance.errors import MissingExtraError, OptionError

Kind = Literal["csv", "tsv", "jsonl", "parquet", "txt"]
Compression = Literal["", "gz", "zst"]

STDIO: Final = "-"
"""The name that stands for the standard input and output."""

DELIMITERS: Final[dict[str, str]] = {"csv": ",", "tsv": "\t"}
"""What stands between the cells of those formats whose rows are delimited."""

_BLOCK: Final = 4096  # compressed bytes at once: even a frame made to swell stays small
_ZST_LEVEL: Final = 3
_GZ_LEVEL: Final = 6


@dataclass(frozen=True, slots=True)
class TableFormat:
    """How a table lies in a file.

    Attributes
    ----------
    kind : {"csv", "tsv", "jsonl", "parquet", "txt"}
        What its rows look like; ``"txt"`` has a statement on each line and nothing else.
    compression : {"", "gz", "zst"}
        What packs the file, if anything does.
    """

    kind: Kind
    compression: Compression = ""

    def __str__(self) -> str:
        return f"{self.kind}.{self.compression}" if self.compression else self.kind


def parse_format(name: str, where: str) -> TableFormat:
    """Read a format such as ``csv`` or ``jsonl.gz``.

    Parameters
    ----------
    name : str
        A kind, with a point and a compression behind it or not.
    where : str
        What an error says about its origin.

    Returns
    -------
    TableFormat
        The format.

    Raises
    ------
    OptionError
        If there is no such format, or if Parquet, which packs its own columns, is compressed.

    Examples
    --------
    >>> parse_format("jsonl.gz", "--format")
    TableFormat(kind='jsonl', compression='gz')
    """
    kind, _, compression = name.lower().partition(".")
    if kind not in get_args(Kind) or compression not in get_args(Compression):
        raise OptionError(
            f"{where}: expected {', '.join(get_args(Kind))}, or one of them with .gz or .zst behind, "
            f"got {name!r}"
        )
    if kind == "parquet" and compression:
        raise OptionError(f"{where}: Parquet packs its own columns; expected parquet, got {name}")
    return TableFormat(kind, compression)  # type: ignore[arg-type]  # both were looked up


def format_of(path: str) -> TableFormat:
    """Read the format off a file's name.

    Parameters
    ----------
    path : str
        A path such as ``quotes.csv`` or ``quotes.jsonl.zst``.

    Returns
    -------
    TableFormat
        The format.

    Raises
    ------
    OptionError
        If the name ends in no suffix of a format.
    """
    suffixes = Path(path.lower()).suffixes
    packed = suffixes[-1:] in ([".gz"], [".zst"])
    return parse_format("".join(suffixes[-2:] if packed else suffixes[-1:])[1:], path)


UNPACKING_FAULTS: Final = (EOFError, zlib.error, gzip.BadGzipFile)
"""What reading raises where packed bytes are damaged or end early."""


def open_unpacked(path: str, compression: Compression) -> tuple[BinaryIO, BinaryIO]:
    """Open a file for reading, unpacked.

    Parameters
    ----------
    path : str
        The file; ``-`` is the standard input.
    compression : {"", "gz", "zst"}
        What packs it.

    Returns
    -------
    stream, raw : BinaryIO
        The bytes unpacked, and the file as it lies on the disk, whose position tells how much of it
        is read. Closing is left to the caller. Reading may raise :data:`UNPACKING_FAULTS`.

    Raises
    ------
    OSError
        If the file cannot be opened.
    """
    raw: BinaryIO = sys.stdin.buffer if path == STDIO else Path(path).open("rb")  # noqa: SIM115
    stream: Any = raw
    if compression == "gz":
        stream = gzip.GzipFile(fileobj=raw)
    elif compression == "zst":
        stream = io.BufferedReader(_ZstdReader(raw))
    return stream, raw


class _ZstdReader(io.RawIOBase):
    """Frames of Zstandard, unpacked one after the other; a frame cut short is an EOFError."""

    def __init__(self, raw: BinaryIO) -> None:
        self._zstd = _zstandard()
        self._raw = raw
        self._frame: Any = None
        self._packed = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            self._packed = self._packed or self._raw.read(_BLOCK)
            if not self._packed:
                if self._frame is not None:
                    raise EOFError("the file ends within a frame")
                return 0
            self._frame = self._frame or self._zstd.ZstdDecompressor().decompressobj()
            try:
                self._ready = memoryview(self._frame.decompress(self._packed))
            except self._zstd.ZstdError as error:
                raise EOFError(error) from error
            self._packed = self._frame.unused_data
            if self._frame.eof:
                self._frame = None
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count


def pack(data: bytes, compression: Compression) -> bytes:
    """Pack bytes into a member or frame of their own, the same whenever and wherever they come.

    Parameters
    ----------
    data : bytes
        What to pack.
    compression : {"", "gz", "zst"}
        How; not at all if empty.

    Returns
    -------
    bytes
        One gzip member without a time, or one Zstandard frame; empty if `data` is.
    """
    if not data or not compression:
        return data
    if compression == "gz":
        return gzip.compress(data, _GZ_LEVEL, mtime=0)
    return bytes(_zstandard().ZstdCompressor(level=_ZST_LEVEL).compress(data))


def check_installed(table: TableFormat, where: str) -> None:
    """Raise a MissingExtraError unless what the format needs is installed.

    Parameters
    ----------
    table : TableFormat
        The format of a file.
    where : str
        Its name, for the error.
    """
    try:
        if table.compression == "zst":
            _zstandard()
        if table.kind == "parquet":
            import pyarrow.parquet  # noqa: F401, PLC0415 - heavy, and an optional extra
    except ImportError as error:
        raise MissingExtraError(
            f"{where}: {table} needs {'zstandard' if table.compression else 'pyarrow'}: "
            "pip install 'stance[files]'"
        ) from error


def _zstandard() -> Any:
    import zstandard  # an optional extra  # noqa: PLC0415

    return zstandard
