"""Intervals of shares."""

from __future__ import annotations

import math
from typing import Final

_Z: Final = 1.959963984540054  # of 95 %


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Give the 95 % interval of a share.

    Parameters
    ----------
    hits, n : int
        Hits, and how many there could have been.

    Returns
    -------
    low, high : float
        The score interval of Wilson (1927), within 0 and 1; ``(0, 1)`` if `n` is 0.

    Examples
    --------
    >>> low, high = wilson(8, 10)
    >>> round(low, 3), round(high, 3)
    (0.49, 0.943)
    """
    if n == 0:
        return 0.0, 1.0
    share, spread = hits / n, _Z * _Z / n
    centre = share + spread / 2
    half = _Z * math.sqrt(share * (1 - share) / n + spread / (4 * n))
    # Rounding must not push a bound past the share that it bounds, nor past 0 and 1.
    low = min(max((centre - half) / (1 + spread), 0.0), share)
    high = max(min((centre + half) / (1 + spread), 1.0), share)
    return (0.0 if hits == 0 else low), (1.0 if hits == n else high)
