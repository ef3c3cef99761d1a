"""Arrays packed in a ``.npz`` file, read without pickle and without trusting what the file says.

Sizes are compared before anything is inflated or made: those of the zip file's directory with the
limit, and the shape in each array's header with the bytes that there are. The header is matched
against what numpy writes, never evaluated.
"""

from __future__ import annotations

import io
import math
import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Collection, Mapping
from typing import Any, Final

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from stance.errors import ModelFormatError
from stance.storage.folder_files import show_names
from stance.storage.folders import MAX_BYTES

_SUFFIX: Final = ".npy"
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED: Final = 1
_LOCAL, _LOCAL_HEADER = b"PK\3\4", 30
_FIELD: Final = struct.Struct("<HH")
_PADDING: Final = 0xD935  # the kind of field that pads, as Android's zipalign names it
_ZIP64_FIELD: Final = 20
_ALIGNMENT: Final = 64
_END, _END_SIZE = b"PK\5\6", 22
_LOCATOR, _LOCATOR_SIZE = b"PK\6\7", 20
_MAX_DIRECTORY: Final = 8192  # bytes: some eighty arrays
_MAX_HEADER: Final = 1024
_MAX_DIGITS: Final = 12  # of one dimension
# A version 1.0 header of an array of integers, floats or text in this machine's order.
_HEADER: Final = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '([|<](?:[iu][1248]|f[248]|U[1-9]\d{0,3}))', "
    rb"'fortran_order': (True|False), 'shape': \(((?:\d{1,%d},? ?){0,4})\), \} *\n" % _MAX_DIGITS,
    re.DOTALL,
)


def pack_arrays(arrays: Mapping[str, NDArray[Any]], *, deflated: bool = False) -> bytes:
    """Pack arrays: the same arrays give the same bytes.

    Parameters
    ----------
    arrays : mapping of str to array
        Integers, floats or text.
    deflated : bool, default False
        Whether to compress them. A model is not: inflating took half of the time to load it.

    Returns
    -------
    bytes
        A ``.npz`` file, as numpy writes it.
    """
    packed = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, array in arrays.items():
            # As numpy does, so that sizes past 4 GB would fit; numpy itself takes allow_pickle
            # for the name of an array before version 2.
            entry = zipfile.ZipInfo(name + _SUFFIX)
            entry.compress_type, entry.extra = method, _padding(packed.tell(), entry.filename)
            with archive.open(entry, "w", force_zip64=True) as file:
                npy.write_array(file, array, version=(1, 0), allow_pickle=False)
    return packed.getvalue()


def _padding(begin: int, name: str) -> bytes:
    """Fill up the header of a member, so that its array can be used where it lies in the file."""
    length = begin + _LOCAL_HEADER + len(name) + _ZIP64_FIELD + _FIELD.size
    size = -length % _ALIGNMENT
    return _FIELD.pack(_PADDING, size) + bytes(size)


def read_arrays(
    data: bytes,
    name: str,
    *,
    required: Collection[str],
    optional: Collection[str] = (),
    checked: bool = False,
) -> dict[str, NDArray[Any]]:
    """Read arrays, checking names, sizes and headers before any is made.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        What to call it in an error.
    required, optional : collection of str
        Names of the arrays.
    checked : bool, default False
        Whether a digest of the file has been checked: sums of its parts need not be then, and what is
        not compressed is used where it lies.

    Returns
    -------
    dict of str to array
        The arrays, read-only: integers, finite floats or text.

    Raises
    ------
    ModelFormatError
        If the file is malformed, or holds other arrays.
    """
    _check_directory(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            names = {key.removesuffix(_SUFFIX) for key in entries}
            if len(archive.infolist()) != len(names) or not (
                set(required) <= names <= {*required, *optional}
            ):
                raise ModelFormatError(f"{name}: holds {show_names(entries)}")
            if sum(entry.file_size for entry in entries.values()) > MAX_BYTES:
                raise ModelFormatError(f"{name}: inflates to more than {MAX_BYTES} bytes")
            return {
                key.removesuffix(_SUFFIX): _parse(
                    _stored(data, entry)
                    if checked and entry.compress_type == zipfile.ZIP_STORED
                    else _inflate(archive, entry),
                    f"{name}: {key}",
                )
                for key, entry in entries.items()
            }
    except ModelFormatError:
        raise
    # What a damaged zip file makes zipfile raise; RuntimeError for encryption, and more.
    except (
        ValueError,
        KeyError,
        OSError,
        EOFError,
        RuntimeError,
        struct.error,
        zlib.error,
        zipfile.BadZipFile,
    ) as error:
        raise ModelFormatError(f"{name}: {error}") from error


def _check_directory(data: bytes, name: str) -> None:
    """Check the end of a zip file, so that reading its directory costs next to nothing."""
    end = data[-_END_SIZE:]
    before = data[-_END_SIZE - _LOCATOR_SIZE :]
    plain = len(end) == _END_SIZE and end.startswith(_END) and end.endswith(b"\0\0")
    if not plain or before.startswith(_LOCATOR):
        raise ModelFormatError(f"{name}: not a whole and plain zip file")
    if int.from_bytes(end[12:16], "little") > _MAX_DIRECTORY:
        raise ModelFormatError(f"{name}: its directory is longer than {_MAX_DIRECTORY} bytes")


def _stored(data: bytes, entry: zipfile.ZipInfo) -> memoryview:
    """Find what is not compressed where it lies, without a copy."""
    begin = entry.header_offset + _LOCAL_HEADER
    header = data[entry.header_offset : begin]
    if not header.startswith(_LOCAL) or entry.flag_bits & _ENCRYPTED:
        raise ValueError(f"{entry.filename[:60]!r} does not lie where it should")
    begin += int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:], "little")
    return memoryview(data)[begin : begin + entry.file_size]


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.compress_type not in _METHODS or entry.flag_bits & _ENCRYPTED:
        raise ValueError(f"{entry.filename[:60]!r} is neither stored nor deflated")
    with archive.open(entry) as file:
        # No more than the declared size is ever inflated, whatever the data would give.
        content = file.read(entry.file_size)
    if len(content) != entry.file_size:
        raise ValueError(f"{entry.filename} is shorter than declared")
    return content


def _parse(content: bytes | memoryview, where: str) -> NDArray[Any]:
    """Make an array of a ``.npy`` file, if its header says what its length says."""
    header = _HEADER.match(content[:_MAX_HEADER])
    if header is None or header.end() != 10 + int.from_bytes(content[8:10], "little"):
        raise ModelFormatError(f"{where}: not an array of integers, floats or text")
    dtype = np.dtype(header[1].decode())
    shape = tuple(int(size) for size in re.findall(rb"\d+", header[3]))
    size, given = math.prod(shape) * dtype.itemsize, len(content) - header.end()
    if size != given:
        raise ModelFormatError(f"{where}: {shape} {dtype} takes {size} bytes, it has {given}")
    array: NDArray[Any] = np.frombuffer(content, dtype, offset=header.end())
    if not array.flags.aligned:
        array = array.copy()
        array.flags.writeable = False
    if dtype.kind == "f" and not np.isfinite(array).all():
        raise ModelFormatError(f"{where}: must be finite")
    if dtype.kind == "U" and array.size and array.view(np.uint32).max() > sys.maxunicode:
        raise ModelFormatError(f"{where}: holds what is no character")
    # Columns first: the same numbers as rows first of the shape read backwards.
    return array.reshape(shape[::-1]).T if header[2] == b"True" else array.reshape(shape)


def shape_of(array: NDArray[Any]) -> str:
    """Show shape and type of an array for an error."""
    return f"{array.shape} {array.dtype}"
