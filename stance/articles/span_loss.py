"""How likely annotated spans are among all spans around their cues, and how scores should change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from stance.articles.hashing import Floats
from stance.articles.sentences import Span

_NEVER: Final = -1e30  # score of what cannot be


class SpanLoss:
    """The annotated spans, and where all others could lie.

    A semi-Markov conditional random field of one segment (Sarawagi & Cohen, 2004): the score of a span
    is that of its first place as a begin, of its last as an end, and of all as inside it. That there is
    no span competes as the score of the cue itself as a begin.

    Parameters
    ----------
    count : int
        How many places there are.
    sides : sequence of (int, int)
        From where to where (exclusive) a span may reach: one before and one behind each cue.
    cues : sequence of int
        The places of the cues.
    wanted : sequence of (int, int) or None
        The first and the last place of what is annotated for each cue.
    """

    def __init__(
        self,
        count: int,
        sides: Sequence[Span],
        cues: Sequence[int],
        wanted: Sequence[Span | None],
    ) -> None:
        low, high = np.array(sides).T
        self._places = low[:, None] + np.arange((high - low).max())
        self._there = self._places < high[:, None]
        self._places[~self._there] = 0
        self._cues = np.array(cues)
        self._wanted = np.zeros((count, 3))
        for cue, span in zip(cues, wanted, strict=True):
            first, last = span or (cue, cue)
            self._wanted[first, 0] = 1
            if span:
                self._wanted[last, 1] = 1
                self._wanted[first : last + 1, 2] = 1

    def loss(self, scores: Floats) -> tuple[float, Floats]:
        """Give minus the log-likelihood of what is annotated, and its slope by each score.

        Parameters
        ----------
        scores : (count, 3) float64 array
            Of each place as a begin, as an end, and as inside.

        Returns
        -------
        loss : float
            Summed over the cues.
        slopes : (count, 3) float64 array
            Its derivatives.
        """
        there = self._there
        begin, end, inside = (np.where(there, scores[:, k][self._places], 0.0) for k in range(3))
        sums = np.cumsum(inside, axis=1)
        starts = np.where(there, begin - sums + inside, _NEVER)
        ends = np.where(there, end + sums, _NEVER)
        begun = np.logaddexp.accumulate(starts, axis=1)
        ended = np.logaddexp.accumulate(ends[:, ::-1], axis=1)[:, ::-1]
        spans = np.where(there, begun + ends, _NEVER)
        sides = np.logaddexp.reduce(spans, axis=1).reshape(-1, 2)
        none = scores[self._cues, 0]
        total = np.logaddexp(np.logaddexp(sides[:, 0], sides[:, 1]), none)
        each = np.repeat(total, 2)[:, None]
        first = np.where(there, np.exp(np.minimum(starts + ended - each, 0)), 0.0)
        last = np.where(there, np.exp(np.minimum(spans - each, 0)), 0.0)
        within = np.cumsum(first, axis=1) - np.cumsum(last, axis=1) + last
        slopes = -self._wanted
        for k, share in enumerate((first, last, within)):
            slopes[self._places[there], k] += share[there]
        slopes[self._cues, 0] += np.exp(none - total)
        value = float(total.sum() - (self._wanted * scores).sum())
        return value, slopes
