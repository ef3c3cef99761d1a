"""Which span has the highest score, for many cues at once: any begin, any end behind it, no wall inside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from stance.articles.hashing import Floats, Ints

_LARGEST: Final = 700.0  # of what exp can take


def best_spans(
    begin: Floats, end: Floats, inside: Floats | None, parts: Sequence[tuple[Ints, Ints]]
) -> tuple[Ints, Ints, Floats, Floats]:
    """Find the best span of each row: of those with the highest score the first.

    Parameters
    ----------
    begin, end : (n_rows, n_places) float64 arrays
        What each place adds to the score of a span that begins there, or ends there.
    inside : (n_rows, n_places) float64 array or None
        What each place adds to the score of a span that it is part of.
    parts : sequence of pairs of (n_rows,) int64 arrays
        From where to where (exclusive) a span may reach, one part after the other; a part may be
        empty.

    Returns
    -------
    first, last : (n_rows,) int64 arrays
        Its places; -1 in a row whose parts are all empty.
    score : (n_rows,) float64 array
        Its score; minus infinity in such a row.
    total : (n_rows,) float64 array
        Logarithm of the sum of the exponentials of all spans' scores: ``exp(score - total)`` is the
        share of the best.
    """
    rows, places = np.arange(len(begin)), np.arange(begin.shape[1])
    if inside is not None:
        sums = np.cumsum(inside, axis=1)
        end = end + sums
        begin = begin.copy()
        begin[:, 1:] -= sums[:, :-1]
    firsts, lasts = np.full((2, len(begin)), -1)
    scores, sums_of_all = np.full((2, len(begin)), -np.inf)
    for low, high in parts:
        within = (places >= low[:, None]) & (places < high[:, None])
        # The best begin for each end, from left to right.
        starts = np.where(within, begin, -np.inf)
        before = np.maximum.accumulate(starts, axis=1)
        totals = np.where(within, end + before, -np.inf)
        last = totals.argmax(axis=1)
        total = totals[rows, last]
        better = np.flatnonzero(total > scores)
        last = last[better]
        scores[better], lasts[better] = total[better], last
        firsts[better] = (starts[better] == before[better, last][:, None]).argmax(axis=1)
        part = _log_sums(starts, np.where(within, end, -np.inf), before[:, -1], total)
        sums_of_all = np.logaddexp(sums_of_all, np.maximum(part, total))
    return firsts, lasts, scores, sums_of_all


def _log_sums(starts: Floats, ends: Floats, highest: Floats, best: Floats) -> Floats:
    """Sum the exponentials of all spans of each row; give the logarithm of that."""
    # Taken relative to the highest begin and to the best span, exponentials stay in range.
    highest, top = (np.where(np.isfinite(values), values, 0.0) for values in (highest, best))
    begun = np.cumsum(np.exp(starts - highest[:, None]), axis=1)
    ended = np.exp(np.minimum(ends + (highest - top)[:, None], _LARGEST))
    with np.errstate(divide="ignore"):
        sums: Floats = np.log((begun * ended).sum(axis=1)) + top
    return sums
