"""Word vectors to begin with, taken from an encoder and cut to a few dimensions, in a small file.

The file is an ``.npz`` with ``words`` (n_words,) str, ``vectors`` (n_words, n_dimensions) int8 and
``unit`` () float64, what the integers are multiples of.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stance.errors import DataError

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
    np.savez_compressed(
        path, words=np.array(words), vectors=np.rint(cut / unit).astype(np.int8), unit=unit
    )


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
        with np.load(path, allow_pickle=False) as arrays:
            words, vectors, unit = (arrays[name] for name in ("words", "vectors", "unit"))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise DataError(f"{os.fspath(path)}: no file of word vectors: {error}") from error
    if vectors.ndim != 2 or words.shape != vectors.shape[:1] or unit.shape:
        raise DataError(f"{os.fspath(path)}: {words.shape} words and {vectors.shape} vectors")
    return dict(zip(words.tolist(), vectors * float(unit), strict=True))
