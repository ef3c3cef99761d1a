"""Feature hashing: the values of many templates at many places, each to one number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

BITS: Final = 18
"""Features are numbers below two to this power."""

_SPREAD: Final = np.uint32(0x9E3779B1)
_FOLD: Final = np.uint32(15)
_DROPPED: Final = np.uint32(32 - BITS)
_PLACES: Final = 1024  # hashed at once: the keys of all templates stay in the cache


def hashed(templates: Sequence[tuple[Ints, ...]], salt: int) -> Ints:
    """Hash the values of each template to one number (Weinberger et al., 2009).

    Parameters
    ----------
    templates : sequence of tuples of (n,) int64 arrays
        What each feature looks at, at n places; their lower 32 bits count.
    salt : int
        Sets these templates apart from others.

    Returns
    -------
    (n, n_templates) int64 array
        Numbers below ``2**BITS``; each column lies together in memory.
    """
    # Templates of more values first, so that step k is one operation on all those with a k-th value.
    order = sorted(range(len(templates)), key=lambda number: -len(templates[number]))
    distinct = {id(value): value for values in templates for value in values}
    row_of = {key: row for row, key in enumerate(distinct)}
    values = np.empty((len(distinct), len(templates[0][0])), dtype=np.uint32)
    for row, value in enumerate(distinct.values()):
        values[row] = value
    steps = [
        np.array([row_of[id(templates[n][k])] for n in order if k < len(templates[n])])
        for k in range(len(templates[order[0]]))
    ]
    seeds = ((np.array(order) + salt) * 7919 + 17).astype(np.uint32)[:, None]
    columns = np.empty((len(templates), values.shape[1]), dtype=np.int64)
    for first in range(0, values.shape[1], _PLACES):
        some = values[:, first : first + _PLACES]
        keys = np.repeat(seeds, some.shape[1], axis=1)
        for rows in steps:
            part = keys[: len(rows)]
            part ^= some.take(rows, axis=0)
            part *= _SPREAD
            part ^= part >> _FOLD
        keys *= _SPREAD
        keys >>= _DROPPED
        columns[order, first : first + _PLACES] = keys
    return columns.T
