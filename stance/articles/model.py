"""AttributionModel: which words report speech, and from where to where the speech and its speaker reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stance.articles.span_features import REACH, Ints, Passage, Views, cue_columns, span_columns

Floats = NDArray[np.float64]

SCORERS: Final = ("cue", "begin", "end", "speaker begin", "speaker end", "inside")
"""What is scored: a token as a cue; a token, seen from a cue, as either end of the content and of the
speaker, and as part of the content. The rows of :attr:`AttributionModel.weights`."""

WINDOW: Final = (0, -1, 1, 2, -2, 3)
"""Places around a token whose words have a score of their own in finding cues."""

_INSIDE_SHARE: Final = 0.2  # of the score of a token in a span, beside those of its two ends
_FAR: Final = 500.0  # log-odds beyond which nothing changes and exp would overflow
_VIEWS_AT_ONCE: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cue reports, and whose speech that is.

    Attributes
    ----------
    cue : int
        Position of the cue among the tokens of its passage.
    probability : float
        Of being a cue.
    content, speaker : (int, int) or None
        Positions of the first and the last token.
    content_score, speaker_score : float
        Log-odds; the higher, the clearer.
    """

    cue: int
    probability: float
    content: tuple[int, int] | None
    content_score: float
    speaker: tuple[int, int] | None
    speaker_score: float

    def moved(self, by: int) -> Reading:
        """Count positions from elsewhere."""
        return Reading(
            self.cue + by,
            self.probability,
            _moved(self.content, by),
            self.content_score,
            _moved(self.speaker, by),
            self.speaker_score,
        )


def _moved(span: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return None if span is None else (span[0] + by, span[1] + by)


@dataclass(frozen=True, eq=False)
class AttributionModel:
    """Linear models over hashed features: numpy alone, every score a sum of integers.

    Parameters
    ----------
    weights : (6, n_features) int8 array
        A row for each of :data:`SCORERS`.
    scales, intercepts : (6,) float64 arrays
        What the weights of a row are multiplied by, and what is added.
    words : (n_words,) uint32 array
        Codes of known words, in ascending order.
    word_scores : (n_words + 1, 6) float32 array
        What each word adds to a cue's score at each place of :data:`WINDOW`; the last row is that of
        unknown words.
    facts : mapping, optional
        What the manifest tells beside.
    """

    weights: NDArray[np.int8]
    scales: Floats
    intercepts: Floats
    words: NDArray[np.uint32]
    word_scores: NDArray[np.float32]
    facts: Mapping[str, Any] = field(default_factory=dict)

    def cue_probabilities(self, passage: Passage) -> Floats:
        """Give each token's probability of being a cue, (n_tokens,)."""
        scores = self._score(cue_columns(passage), SCORERS.index("cue"))
        places = np.searchsorted(self.words, passage.word)
        places[places == len(self.words)] = 0
        known = self.words[places] == passage.word
        added = self.word_scores[np.where(known, places, len(self.words))].astype(np.float64)
        for column, by in enumerate(WINDOW):
            scores += np.roll(added[:, column], -by)
        probabilities: Floats = np.where(
            passage.solid, 1 / (1 + np.exp(-np.clip(scores, -_FAR, _FAR))), 0.0
        )
        return probabilities

    def readings(self, passage: Passage, cues: Ints, probabilities: Floats) -> list[Reading]:
        """Find what cues report.

        Parameters
        ----------
        passage : Passage
            The tokens.
        cues : (n_cues,) int64 array
            Positions of the cues.
        probabilities : (n_tokens,) float64 array
            Of each token to be a cue.

        Returns
        -------
        list of Reading
            One a cue.
        """
        found = []
        step = max(1, _VIEWS_AT_ONCE // REACH)
        for first in range(0, len(cues), step):
            some = cues[first : first + step]
            views = Views(passage, some)
            columns = span_columns(passage, views, probabilities)
            scores = np.stack([self._score(columns, row) for row in range(1, len(SCORERS))])
            for cue, start, end in zip(some.tolist(), views.starts, views.starts[1:], strict=False):
                offset = int(views.token[start])
                found.append(_read(cue, offset, probabilities[cue], scores[:, start:end]))
        return found

    def _score(self, columns: Ints, row: int) -> Floats:
        totals = self.weights[row][columns].sum(axis=1, dtype=np.int64)
        scores: Floats = totals * self.scales[row] + self.intercepts[row]
        return scores


def _read(cue: int, offset: int, probability: float, scores: Floats) -> Reading:
    begin, end, speaker_begin, speaker_end, inside = scores
    at = cue - offset
    content, content_score = _best(begin, end, _INSIDE_SHARE * inside, at, None)
    speaker, speaker_score = _best(speaker_begin, speaker_end, None, at, content)
    return Reading(
        cue,
        float(probability),
        _moved(content, offset),
        content_score,
        _moved(speaker, offset),
        speaker_score,
    )


def _best(
    begin: Floats, end: Floats, inside: Floats | None, cue: int, taken: tuple[int, int] | None
) -> tuple[tuple[int, int] | None, float]:
    """Find the span with the highest score that holds neither the cue nor what is taken."""
    sums = None if inside is None else np.concatenate(([0.0], np.cumsum(inside)))
    best: tuple[int, int] | None = None
    score = -np.inf
    walls = sorted({(cue, cue), *([taken] if taken else [])})
    low = 0
    for first, last in [*walls, (len(begin), len(begin))]:
        if low < first:
            # The best begin for each end, from left to right.
            starts, totals = begin[low:first], end[low:first]
            if sums is not None:
                starts = starts - sums[low:first]
                totals = totals + sums[low + 1 : first + 1]
            totals = totals + np.maximum.accumulate(starts)
            place = int(totals.argmax())
            if totals[place] > score:
                score = float(totals[place])
                best = (low + int(starts[: place + 1].argmax()), low + place)
        low = max(low, last + 1)
    return best, score
