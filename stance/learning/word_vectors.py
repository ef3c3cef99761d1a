"""Word vectors to begin with, taken from an encoder and cut to a few dimensions, in a small file.

The file is an ``.npz`` with ``words`` (n_words,) str, ``vectors`` (n_words, n_dimensions) int8 and
``unit`` () float64, what the integers are multiples of.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from stance.errors import DataError, ModelFormatError
from stance.storage.packed import pack_arrays, read_arrays

_ARRAYS = ("words", "vectors", "unit")
_SPREAD = 0.5  # standard deviation of all numbers


def write_vectors(
    path: str | os.PathLike[str],
    words: Sequence[str],
    vectors: NDArray[np.float64],
    *,
    dimensions: int = 64,
) -> None:
    """Cut vectors to their principal components and write them.

    Parameters
    ----------
    path : path
        The file to write.
    words : sequence of str
        Words, each once.
    vectors : (n_words, n_wide) float64 array
        The vector of each.
    dimensions : int, default 64
        Components to keep.
    """
    centred = vectors - vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    cut = centred @ axes[:dimensions].T
    cut *= _SPREAD / cut.std()
    unit = np.abs(cut).max() / 127
    small = np.rint(cut / unit).astype(np.int8)
    parts = (np.array(words), small, np.asarray(unit))
    Path(path).write_bytes(pack_arrays(dict(zip(_ARRAYS, parts, strict=True)), deflated=True))


def read_vectors(path: str | os.PathLike[str]) -> dict[str, NDArray[np.float64]]:
    """Read a file of word vectors.

    Parameters
    ----------
    path : path
        The file.

    Returns
    -------
    dict of str to (n_dimensions,) float64 array
        By word.

    Raises
    ------
    DataError
        If it is no such file.
    """
    try:
        arrays = read_arrays(Path(path).read_bytes(), "vectors", required=_ARRAYS)
    except (OSError, ModelFormatError) as error:
        raise DataError(f"{os.fspath(path)}: no file of word vectors: {error}") from error
    words, vectors, unit = (arrays[name] for name in _ARRAYS)
    if (
        vectors.ndim != 2
        or words.shape != vectors.shape[:1]
        or unit.shape
        or words.dtype.kind != "U"
    ):
        raise DataError(f"{os.fspath(path)}: {words.shape} words and {vectors.shape} vectors")
    return dict(zip(words.tolist(), vectors * float(unit), strict=True))
