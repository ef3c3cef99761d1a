"""Scores -> probabilities: of many statements, and the same of one without array work."""

from __future__ import annotations

import math
from functools import cache
from typing import Final

from stance.late_numpy import NDArray, np

_BLOCK: Final = 65_536  # powers that are made at once
_SAMPLE: Final = 501  # powers; of so many, some would differ


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn scores into probabilities.

    Parameters
    ----------
    scores : (n_statements, n_labels) float64 array
        One row a statement.

    Returns
    -------
    (n_statements, n_labels) float64 array
        Rows sum to 1.
    """
    # Column by column: numpy is slow along short rows. The order of the sum is that of softmax_of_one.
    columns = range(1, scores.shape[1])
    largest = scores[:, :1].copy()
    for i in columns:
        np.maximum(largest, scores[:, i : i + 1], out=largest)
    powers = _powers(scores - largest)
    total = powers[:, :1].copy()
    for i in columns:
        total += powers[:, i : i + 1]
    powers /= total
    return powers


def softmax_of_one(scores: list[float]) -> list[float]:
    """Give what :func:`softmax` gives for one row, to the last bit.

    Parameters
    ----------
    scores : list of float
        Every label's score.

    Returns
    -------
    list of float
        Probabilities.
    """
    largest = max(scores)
    shifted = [score - largest for score in scores]
    powers = list(map(math.exp, shifted))
    # Not sum(), which rounds less from Python 3.12 on.
    total = 0.0
    for power in powers:
        total += power
    return [power / total for power in powers]


def _powers(exponents: NDArray[np.float64]) -> NDArray[np.float64]:
    """Raise e to powers of 0 and less: those of C, which Python takes, so that numpy need not be there."""
    if _exp_is_that_of_c():
        return np.exp(exponents)
    flat, powers = exponents.ravel(), np.empty(exponents.size)
    for first in range(0, len(flat), _BLOCK):
        some = flat[first : first + _BLOCK].tolist()
        powers[first : first + _BLOCK] = list(map(math.exp, some))
    return powers.reshape(exponents.shape)


@cache
def _exp_is_that_of_c() -> bool:
    """Tell whether numpy takes powers from C, or has its own, whose last bits differ."""
    some = np.linspace(-30.0, 0.0, _SAMPLE)
    return list(map(math.exp, some.tolist())) == list(np.exp(some))
