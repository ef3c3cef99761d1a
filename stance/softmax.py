"""Scores -> probabilities: of many statements, and the same of one without array work."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from stance.late_numpy import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LEAST: Final = -708.0  # what lies below has no normal power of e
_BLOCK: Final = 8192  # powers made at once, which fit into the cache
# The logarithm of 2 in two parts, and the polynomial, of fdlibm's exp (Sun Microsystems, 1993).
_HIGH, _LOW, _INVERSE = (
    6.93147180369123816490e-01,
    1.90821492927058770002e-10,
    1.44269504088896338700,
)
_POLYNOMIAL: Final = (
    4.13813679705723846039e-08,
    -1.65339022054652515390e-06,
    6.61375632143793436117e-05,
    -2.77777777770155933842e-03,
    1.66666666666666019037e-01,
)


def softmax(
    scores: NDArray[np.float64],
    exp: Callable[[NDArray[np.float64]], NDArray[np.float64]] | None = None,
) -> NDArray[np.float64]:
    """Turn scores into probabilities.

    Parameters
    ----------
    scores : (n_statements, n_labels) float64 array
        One row a statement.
    exp : function, optional
        What gives the powers of e of an array; :func:`powers` if left out, which is the same
        everywhere. Training takes numpy's, which is quicker.

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
    shifted = scores - largest
    found = powers(shifted) if exp is None else exp(shifted)
    total = found[:, :1].copy()
    for i in columns:
        total += found[:, i : i + 1]
    found /= total
    return found


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
    found = [_power(score - largest) for score in scores]
    # Not sum(), which rounds less from Python 3.12 on.
    total = 0.0
    for power in found:
        total += power
    return [power / total for power in found]


def powers(exponents: NDArray[np.float64]) -> NDArray[np.float64]:
    """Raise e to powers of 0 and less: the same bits with every processor and every numpy.

    numpy's own differ in the last bit from machine to machine, and from those of Python. Within one unit
    in the last place of the true ones.

    Parameters
    ----------
    exponents : float64 array
        None above 0. Those below -708 count as that.

    Returns
    -------
    float64 array
        Of the same shape.
    """
    flat = exponents.reshape(-1)
    found = np.empty(len(flat))
    for first in range(0, len(flat), _BLOCK):
        some = slice(first, first + _BLOCK)
        found[some] = _some_powers(flat[some])
    return found.reshape(exponents.shape)


def _some_powers(exponents: NDArray[np.float64]) -> NDArray[np.float64]:
    x = np.maximum(exponents, _LEAST)
    halvings = np.rint(x * _INVERSE)
    high, low = x - halvings * _HIGH, halvings * _LOW
    rest = high - low
    square = rest * rest
    sum_ = square * _POLYNOMIAL[0]
    for coefficient in _POLYNOMIAL[1:]:
        sum_ += coefficient
        sum_ *= square
    c = rest - sum_
    near_one = 1.0 - ((low - rest * c / (2.0 - c)) - high)
    return np.asarray(np.ldexp(near_one, halvings.astype(np.int32)))


def _power(exponent: float) -> float:
    """Give what :func:`powers` gives for one."""
    x = max(exponent, _LEAST)
    halvings = round(x * _INVERSE)
    high, low = x - halvings * _HIGH, halvings * _LOW
    rest = high - low
    square = rest * rest
    sum_ = square * _POLYNOMIAL[0]
    for coefficient in _POLYNOMIAL[1:]:
        sum_ = (sum_ + coefficient) * square
    c = rest - sum_
    return math.ldexp(1.0 - ((low - rest * c / (2.0 - c)) - high), halvings)
