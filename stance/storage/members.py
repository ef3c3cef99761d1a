"""The members of a ``.npz`` file, read without trusting what it says of itself.

The directory is read here, as far as such files need it: loading :mod:`zipfile` takes as long as all
that is done with it. The header of an array is matched against what numpy writes, never evaluated.
"""

from __future__ import annotations

import math
import re
import struct
import zlib
from collections.abc import Collection
from typing import Final, NamedTuple

from stance.errors import ModelFormatError
from stance.storage.folder_files import Content, show_names
from stance.storage.folders import MAX_BYTES

SUFFIX: Final = ".npy"
"""What the name of an array's file ends with."""

_STORED, _DEFLATED = 0, 8
_ENCRYPTED: Final = 1
# The records of a zip file (PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16).
_END: Final = struct.Struct("<4s4H2LH")
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
LOCAL_SIZE: Final = _LOCAL.size
"""Bytes of the header in front of a member, without its name and fields."""

_END_MARK, _ENTRY_MARK, _LOCAL_MARK = b"PK\5\6", b"PK\1\2", b"PK\3\4"
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


class View(NamedTuple):
    """An array as it lies in the file.

    Attributes
    ----------
    dtype : str
        Its type, as numpy spells it.
    shape : tuple of int
        Its shape.
    columns_first : bool
        Whether the numbers of a column stand beside each other, rather than those of a row.
    numbers : bytes or memoryview
        They themselves, as many as the shape says.
    """

    dtype: str
    shape: tuple[int, ...]
    columns_first: bool
    numbers: bytes | memoryview


def view_arrays(
    data: Content,
    name: str,
    *,
    required: Collection[str],
    optional: Collection[str] = (),
    checked: bool = False,
) -> dict[str, View]:
    """Find arrays, checking names, sizes and headers.

    Sizes are compared before anything is inflated: those of the zip file's directory with the limit,
    and the shape in each array's header with the bytes that there are.

    Parameters
    ----------
    data : bytes or mmap
        The file.
    name : str
        What to call it in an error.
    required, optional : collection of str
        Names of the arrays.
    checked : bool, default False
        Whether a digest of the file has been checked: sums of its parts need not be then.

    Returns
    -------
    dict of str to View
        The arrays; what is not compressed lies in `data`.

    Raises
    ------
    ModelFormatError
        If the file is malformed, or holds other arrays.
    """
    try:
        members = _members(data)
        found = [member.name for member in members]
        names = {key.removesuffix(SUFFIX) for key in found}
        if len(found) != len(names) or not set(required) <= names <= {*required, *optional}:
            raise ModelFormatError(f"{name}: holds {show_names(found)}")
        if sum(member.size for member in members) > MAX_BYTES:
            raise ModelFormatError(f"{name}: inflates to more than {MAX_BYTES} bytes")
        return {
            member.name.removesuffix(SUFFIX): _view(
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


def _view(content: bytes | memoryview, where: str) -> View:
    """Find the numbers of a ``.npy`` file, if its header says what its length says."""
    header = _HEADER.match(content[:_MAX_HEADER])
    if header is None or header.end() != 10 + int.from_bytes(content[8:10], "little"):
        raise ModelFormatError(f"{where}: not an array of integers, floats or text")
    dtype = header[1].decode()
    shape = tuple(int(size) for size in re.findall(rb"\d+", header[3]))
    # Four bytes a character.
    itemsize = int(dtype[2:]) * (4 if dtype[1] == "U" else 1)
    size, given = math.prod(shape) * itemsize, len(content) - header.end()
    if size != given:
        raise ModelFormatError(f"{where}: {shape} {dtype} takes {size} bytes, it has {given}")
    # An empty array may still be of more rows than can be counted.
    if math.prod(max(length, 1) for length in shape) * itemsize > MAX_BYTES:
        raise ModelFormatError(f"{where}: {shape} is too large a shape")
    return View(dtype, shape, header[2] == b"True", memoryview(content)[header.end() :])
