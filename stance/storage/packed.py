"""Arrays packed in a ``.npz`` file, written and read without pickle; see :mod:`stance.storage.members`."""

from __future__ import annotations

import io
import struct
import sys
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Final

from stance.errors import ModelFormatError
from stance.late_numpy import NDArray, np
from stance.storage.members import LOCAL_SIZE, SUFFIX, View, view_arrays

if TYPE_CHECKING:
    from stance.storage.folder_files import Content

_FIELD: Final = struct.Struct("<HH")
_PADDING: Final = 0xD935  # the kind of field that pads, as Android's zipalign names it
_ZIP64_FIELD: Final = 20
_ALIGNMENT: Final = 64


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
    # Slow to load, and reading does without them.
    import zipfile  # noqa: PLC0415

    from numpy.lib import format as npy  # noqa: PLC0415

    packed = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, array in arrays.items():
            # As numpy does, so that sizes past 4 GB would fit; numpy itself takes allow_pickle
            # for the name of an array before version 2.
            entry = zipfile.ZipInfo(name + SUFFIX)
            entry.compress_type, entry.extra = method, _padding(packed.tell(), entry.filename)
            with archive.open(entry, "w", force_zip64=True) as file:
                npy.write_array(file, array, version=(1, 0), allow_pickle=False)
    return packed.getvalue()


def _padding(begin: int, name: str) -> bytes:
    """Fill up the header of a member, so that its array can be used where it lies in the file."""
    length = begin + LOCAL_SIZE + len(name) + _ZIP64_FIELD + _FIELD.size
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
    data, name, required, optional, checked
        As :func:`stance.storage.members.view_arrays` takes them; where the digest was checked, what is not
        compressed is used where it lies.

    Returns
    -------
    dict of str to array
        The arrays, read-only: integers, finite floats or text.

    Raises
    ------
    ModelFormatError
        If the file is malformed, or holds other arrays.
    """
    views = view_arrays(data, name, required=required, optional=optional, checked=checked)
    return {key: as_array(view, f"{name}: {key}{SUFFIX}") for key, view in views.items()}


def as_array(view: View, where: str) -> NDArray[Any]:
    """Make an array of what was found in a file, without a copy if it lies where it can be used."""
    dtype = np.dtype(view.dtype)
    array: NDArray[Any] = np.frombuffer(view.numbers, dtype)
    if not array.flags.aligned:
        array = array.copy()
        array.flags.writeable = False
    if dtype.kind == "f" and not np.isfinite(array).all():
        raise ModelFormatError(f"{where}: must be finite")
    if dtype.kind == "U" and array.size and array.view(np.uint32).max() > sys.maxunicode:
        raise ModelFormatError(f"{where}: holds what is no character")
    # Columns first: the same numbers as rows first of the shape read backwards.
    return array.reshape(view.shape[::-1]).T if view.columns_first else array.reshape(view.shape)


def shape_of(array: NDArray[Any]) -> str:
    """Show shape and type of an array for an error."""
    return f"{array.shape} {array.dtype}"
