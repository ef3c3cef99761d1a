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


class Templates:
    """Which values are looked at together, each time for one feature.

    Parameters
    ----------
    names : str
        What the values are called, apart by blanks.
    features : sequence of str
        The names of the values that each feature looks at.
    salt : int
        Sets these features apart from others.
    """

    def __init__(self, names: str, features: Sequence[str], salt: int) -> None:
        known = names.split()
        looked_at = [[known.index(name) for name in one.split()] for one in features]
        # Features of more values first, so that step k is one operation on all those with a k-th value.
        self._order = sorted(range(len(looked_at)), key=lambda number: -len(looked_at[number]))
        self._steps = [
            np.array([looked_at[n][k] for n in self._order if k < len(looked_at[n])])
            for k in range(max(map(len, looked_at)))
        ]
        numbers = (np.array(self._order) + salt) * 7919 + 17
        self._seeds = numbers.astype(np.uint32)[:, None]

    def columns(self, *given: Ints) -> Ints:
        """Hash what each feature looks at to one number (Weinberger et al., 2009).

        Parameters
        ----------
        *given : (n,) or (k, n) int64 arrays
            The values at n places, in the order of their names; their lower 32 bits count.

        Returns
        -------
        (n, n_features) int64 array
            Numbers below ``2**BITS``; each column lies together in memory.
        """
        values = np.vstack(given, dtype=np.uint32, casting="unsafe")
        columns = np.empty((len(self._order), values.shape[1]), dtype=np.int64)
        for first in range(0, values.shape[1], _PLACES):
            some = values[:, first : first + _PLACES]
            keys = np.repeat(self._seeds, some.shape[1], axis=1)
            for rows in self._steps:
                part = keys[: len(rows)]
                part ^= some.take(rows, axis=0)
                part *= _SPREAD
                part ^= part >> _FOLD
            keys *= _SPREAD
            keys >>= _DROPPED
            columns[self._order, first : first + _PLACES] = keys
        return columns.T
