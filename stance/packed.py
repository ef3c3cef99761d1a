"""Arrays packed in a ``.npz`` file of a model folder, read without pickle."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stance.errors import ModelFormatError
from stance.folders import MAX_BYTES


def pack_arrays(arrays: dict[str, NDArray[Any]]) -> bytes:
    """Pack arrays: the same arrays give the same bytes."""
    packed = io.BytesIO()
    np.savez_compressed(packed, allow_pickle=False, **arrays)
    return packed.getvalue()


def read_arrays(
    data: bytes, name: str, *, required: Collection[str], optional: Collection[str] = ()
) -> dict[str, NDArray[Any]]:
    """Read arrays, checking their names and their size before any is made.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        What to call it in an error.
    required, optional : collection of str
        Names of the arrays.

    Returns
    -------
    dict of str to array
        The arrays, none of objects.

    Raises
    ------
    ModelFormatError
        If the file is malformed, or holds other arrays.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
                raise ModelFormatError(f"{name}: inflates to more than {MAX_BYTES} bytes")
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            if not set(required) <= set(arrays.files) <= {*required, *optional}:
                raise ModelFormatError(f"{name}: holds {sorted(arrays.files)}")
            return {key: arrays[key] for key in arrays.files}
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        if isinstance(error, ModelFormatError):
            raise
        raise ModelFormatError(f"{name}: {error}") from error


def shape_of(array: NDArray[Any]) -> str:
    """Show shape and type of an array for an error."""
    return f"{array.shape} {array.dtype}"
