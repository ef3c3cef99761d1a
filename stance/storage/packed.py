"""Arrays packed in a ``.npz`` file, read without pickle and without trusting what the file says.

Sizes are compared before anything is inflated or made: those of the zip file's directory with the
limit, and the shape in each array's header with the bytes that there are. The header is matched
against what numpy writes, never evaluated. The directory is read here, as far as such files need it:
loading :mod:`zipfile` takes as long as all that is done with it.
"""

from __future__ import annotations

import io
import math
import re
import struct
import sys
import zlib
from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from stance.errors import ModelFormatError
from stance.storage.folder_files import Content, show_names
from stance.storage.folders import MAX_BYTES

_SUFFIX: Final = ".npy"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED: Final = 1
# The records of a zip file (PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16).
_END: Final = struct.Struct("<4s4H2LH")
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_END_MARK, _ENTRY_MARK, _LOCAL_MARK = b"PK\5\6", b"PK\1\2", b"PK\3\4"
_LOCATOR, _LOCATOR_SIZE = b"PK\6\7", 20
_MAX_DIRECTORY: Final = 8192  # bytes: some eighty arrays
_MAX_HEADER: Final = 1024
_MAX_DIGITS: Final = 12  # of one dimension
_FIELD: Final = struct.Struct("<HH")
_PADDING: Final = 0xD935  # the kind of field that pads, as Android's zipalign names it
_ZIP64_FIELD: Final = 20
_ALIGNMENT: Final = 64
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
    # Slow to load, and reading does without it.
    import zipfile  # noqa: PLC0415

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
    length = begin + _LOCAL.size + len(name) + _ZIP64_FIELD + _FIELD.size
    size = -length % _ALIGNMENT
    return _FIELD.pack(_PADDING, size) + bytes(size)


def read_arrays(
    data: Content,
    name: str,
    *,
    required: Collection[str],
    optional: Collection[str] = (),
    checked: bool = False,
) -> dict[str, NDArray[Any]]:
    """Read arrays, checking names, sizes and headers before any is made.

    Parameters
    ----------
    data : bytes or mmap
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
    try:
        members = _members(data)
        found = [member.name for member in members]
        names = {key.removesuffix(_SUFFIX) for key in found}
        if len(found) != len(names) or not set(required) <= names <= {*required, *optional}:
            raise ModelFormatError(f"{name}: holds {show_names(found)}")
        if sum(member.size for member in members) > MAX_BYTES:
            raise ModelFormatError(f"{name}: inflates to more than {MAX_BYTES} bytes")
        return {
            member.name.removesuffix(_SUFFIX): _parse(
                _content(data, member, checked=checked), f"{name}: {member.name}"
            )
            for member in members
        }
    except ModelFormatError:
        raise
    except (ValueError, struct.error, zlib.error) as error:
        raise ModelFormatError(f"{name}: {error}") from error


class _Member(NamedTuple):
    """What the directory of a zip file says of one file in it."""

    name: str
    flags: int
    method: int
    crc: int
    packed_size: int
    size: int
    begin: int  # of its local header


def _members(data: Content) -> list[_Member]:
    """Read the directory of a zip file that consists of its members and that, and nothing else."""
    end = len(data) - _END.size
    if end < 0 or data[max(0, end - _LOCATOR_SIZE) :].startswith(_LOCATOR):
        raise ValueError("not a whole and plain zip file")
    mark, *disks, count, size, begin, comment = _END.unpack_from(data, end)
    if mark != _END_MARK or disks != [0, 0, count] or comment or begin + size != end:
        raise ValueError("not a whole and plain zip file")
    if size > _MAX_DIRECTORY:
        raise ValueError(f"its directory is longer than {_MAX_DIRECTORY} bytes")
    members = []
    at = begin
    for _ in range(count):
        mark, _, _, flags, method, _, _, crc, packed_size, full_size, *lengths = _ENTRY.unpack_from(
            data, at
        )
        named, extra, more, _, _, _, lies = lengths
        at += _ENTRY.size
        if mark != _ENTRY_MARK or at + named > end:
            raise ValueError("its directory is damaged")
        key = data[at : at + named].decode("ascii")
        members.append(_Member(key, flags, method, crc, packed_size, full_size, lies))
        at += named + extra + more
    if at != end:
        raise ValueError("its directory is damaged")
    return members


def _content(data: Content, member: _Member, *, checked: bool) -> bytes | memoryview:
    """Give what a member holds: where it lies if it is not compressed, else no more than declared."""
    shown = member.name[:60]
    mark, *_, named, extra = _LOCAL.unpack_from(data, member.begin)
    begin = member.begin + _LOCAL.size
    if mark != _LOCAL_MARK or data[begin : begin + named] != member.name.encode():
        raise ValueError(f"{shown!r} does not lie where it should")
    if member.method not in (_STORED, _DEFLATED) or member.flags & _ENCRYPTED:
        raise ValueError(f"{shown!r} is neither stored nor deflated")
    begin += named + extra
    content: bytes | memoryview = memoryview(data)[begin : begin + member.packed_size]
    if member.method == _DEFLATED:
        # Nothing would stand for no limit.
        content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(content, max(member.size, 1))
    if len(content) != member.size:
        raise ValueError(f"{shown} has another size than declared")
    if not (checked and member.method == _STORED) and zlib.crc32(content) != member.crc:
        raise ValueError(f"{shown} is damaged")
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
