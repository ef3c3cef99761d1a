"""The best span of each row of places, by what each place adds to a span's score."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from stance.articles.hashing import Floats, Ints

_APART: Final = 64.0  # so much lower, a score's exponential is nothing beside another's


def best_spans(
    begin: Floats, end: Floats, inside: Floats | None, starts: Ints, walls: NDArray[np.bool_]
) -> tuple[Ints, Ints, Floats, Floats]:
    """Find the best span of each row: of those with the highest score the first.

    Parameters
    ----------
    begin, end : (n_places,) float64 arrays
        What each place adds to the score of a span that begins there, or ends there.
    inside : (n_places,) float64 array or None
        What each place adds to the score of a span that it is part of.
    starts : (n_rows + 1,) int64 array
        Where each row begins, and where the last ends; no row is empty.
    walls : (n_places,) bool array
        Places that are in no span.

    Returns
    -------
    first, last : (n_rows,) int64 arrays
        Its places; -1 in a row of walls alone.
    score : (n_rows,) float64 array
        Its score; minus infinity in such a row.
    total : (n_rows,) float64 array
        Logarithm of the sum of the exponentials of all spans' scores: ``exp(score - total)`` is the
        share of the best.
    """
    rows, lengths = starts[:-1], np.diff(starts)
    if inside is not None:
        sums = inside.cumsum()
        sums -= np.repeat(sums[rows] - inside[rows], lengths)
        begin, end = begin - (sums - inside), end + sums
    # Each run of places without a wall lies so much higher than the one before that the best begin so
    # far, and the sum of all so far, are those of the run.
    apart = np.zeros(len(begin), dtype=bool)
    apart[1:] = walls[1:] != walls[:-1]
    apart[rows] = True
    raised = apart.cumsum() * (begin.max() - begin.min() + _APART)
    begun = np.where(walls, -np.inf, begin + raised)
    highest = np.maximum.accumulate(begun)
    higher = np.zeros(len(begin), dtype=np.int64)
    rising = np.flatnonzero(highest[1:] > highest[:-1]) + 1
    higher[rising] = rising
    firsts = np.maximum.accumulate(higher)
    scores = np.where(walls, -np.inf, end + begin[firsts])
    best = np.maximum.reduceat(scores, rows)
    hits = np.flatnonzero(scores == np.repeat(best, lengths))
    last = hits[np.searchsorted(hits, rows)]
    there = best > -np.inf
    # All spans that end at a place, relative to the best of the row.
    ended = np.logaddexp.accumulate(begun) - raised + end
    ended -= np.repeat(np.where(there, best, 0.0), lengths)
    with np.errstate(divide="ignore"):
        total = np.log(np.add.reduceat(np.exp(np.where(walls, -np.inf, ended)), rows)) + best
    return (
        np.where(there, firsts[last], -1),
        np.where(there, last, -1),
        best,
        np.where(there, np.maximum(total, best), best),
    )
