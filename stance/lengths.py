"""How much the n-grams of a statement say, by how long it is.

A long statement has more n-grams than a short one, and their weights add up to more than they know
together: what stands beside each other tells much the same. So the sum of a text is scaled by the
square root of its length, seen from a pivot: the length at which sums count as they are (Singhal,
Buckley and Mitra, 1996, section 3, with a root where they have a line).
"""

from __future__ import annotations

import math
from functools import cache
from typing import Final

from stance.late_numpy import NDArray, np

LONGEST: Final = 1024
"""Tokens, bounds counted; of a longer text the sum is scaled as if it had so many."""

_ADDED: Final = 10  # tokens, to each length: of two short texts the shorter does not count double
_PARTS: Final = 1024  # a scale is so many parts of 1, which keeps sums exact


def scale_of(tokens: int, pivot: int) -> float:
    """Give the scale of one text; see :func:`length_scales`."""
    if not pivot:
        return 1.0
    counted = min(tokens, LONGEST) + _ADDED
    return round(math.sqrt((pivot + _ADDED) / counted) * _PARTS) / _PARTS


@cache
def length_scales(pivot: int) -> NDArray[np.float64]:
    """Give the scale of each length.

    Parameters
    ----------
    pivot : int
        Tokens of a text whose sum is left as it is, bounds counted; 0 if that of all texts is.

    Returns
    -------
    (n_lengths,) float64 array
        By the number of tokens; the last one is that of all longer texts, too. Read-only.

    Examples
    --------
    >>> length_scales(22)[[22, 118, 2]].tolist()
    [1.0, 0.5, 1.6328125]
    """
    tokens = range(LONGEST + 1 if pivot else 1)
    scales = np.array([scale_of(count, pivot) for count in tokens])
    scales.flags.writeable = False
    return scales


def scales_of(lengths: NDArray[np.int64] | int, pivot: int) -> NDArray[np.float64]:
    """Give the scale of each of many texts, or of one.

    Parameters
    ----------
    lengths : (n_texts,) int64 array, or int
        Tokens of each, bounds counted.
    pivot : int
        As :func:`length_scales` takes it.

    Returns
    -------
    (n_texts,) float64 array, or () for one
        What the sum of each is multiplied by.
    """
    return np.asarray(length_scales(pivot).take(lengths, mode="clip"))
