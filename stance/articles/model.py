"""AttributionModel: which words report speech, and from where to where the speech and its speaker reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stance.articles.best_spans import best_spans
from stance.articles.hashing import Ints
from stance.articles.span_features import REACH, Passage, Views, cue_columns, span_columns

Floats = NDArray[np.float64]

SCORERS: Final = ("cue", "begin", "end", "speaker begin", "speaker end", "inside")
"""What is scored: a token as a cue; a token, seen from a cue, as either end of the content and of the
speaker, and as part of the content. The rows of :attr:`AttributionModel.weights`."""

WINDOW: Final = (0, -1, 1, 2, -2, 3)
"""Places around a token whose words have a score of their own in finding cues."""

_INSIDE_SHARE: Final = 0.2  # of the score of a token in a span, beside those of its two ends
_BYTES: Final = 8  # of a number; there are fewer scorers
_FAR: Final = 500.0  # log-odds beyond which nothing changes and exp would overflow
_VIEWS_AT_ONCE: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cue reports, and whose speech that is.

    Attributes
    ----------
    cue : int
        Position of the cue among the tokens of its sentence.
    probability : float
        Of being a cue.
    content, speaker : (int, int) or None
        Positions of the first and the last token, also in the sentence.
    content_score, speaker_score : float
        Log-odds; the higher, the clearer.
    """

    cue: int
    probability: float
    content: tuple[int, int] | None
    content_score: float
    speaker: tuple[int, int] | None
    speaker_score: float


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
        totals = self.weights[0].take(cue_columns(passage).T).sum(axis=0, dtype=np.int16)
        scores = totals * self.scales[0] + self.intercepts[0]
        places = np.searchsorted(self.words, passage.word)
        places[places == len(self.words)] = 0
        known = self.words[places] == passage.word
        added = self.word_scores.take(np.where(known, places, len(self.words)), axis=0)
        count = len(scores)
        for column, by in zip(added.T.astype(np.float64), WINDOW, strict=True):
            # What has no neighbour so far away lies in a gap.
            scores[max(0, -by) : count - max(0, by)] += column[max(0, by) : count + min(0, by)]
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
        found: list[Reading] = []
        step = max(1, _VIEWS_AT_ONCE // REACH)
        for first in range(0, len(cues), step):
            found += self._readings(passage, cues[first : first + step], probabilities)
        return found

    def _readings(self, passage: Passage, cues: Ints, probabilities: Floats) -> Iterator[Reading]:
        views = Views(passage, cues)
        columns = span_columns(passage, views, probabilities)
        lengths = np.diff(views.starts)
        # A row for each cue; what lies behind its own views is in no part of it.
        places = views.starts[:-1, None] + np.arange(lengths.max())
        begin, end, speaker_begin, speaker_end, inside = (
            scores.take(places, mode="clip") for scores in self._span_scores(columns)
        )
        offsets = views.token[views.starts[:-1]]
        at, start = cues - offsets, np.zeros_like(cues)
        contents = best_spans(begin, end, _INSIDE_SHARE * inside, [(start, at), (at + 1, lengths)])
        # The speaker holds neither the cue nor the content; where there is none, that is behind all.
        low, high = (np.where(bound < 0, lengths, bound) for bound in contents[:2])
        ahead = low < at
        parts = [
            (start, np.minimum(low, at)),
            (np.where(ahead, high, at) + 1, np.maximum(low, at)),
            (np.where(ahead, at, high) + 1, lengths),
        ]
        sentences = passage.first[cues]
        offsets -= sentences
        speakers = best_spans(speaker_begin, speaker_end, None, parts)
        for cue, probability, content, content_score, speaker, speaker_score in zip(
            (cues - sentences).tolist(),
            probabilities[cues].tolist(),
            _spans(offsets, contents),
            contents[2].tolist(),
            _spans(offsets, speakers),
            speakers[2].tolist(),
            strict=True,
        ):
            yield Reading(cue, probability, content, content_score, speaker, speaker_score)

    def _span_scores(self, columns: Ints) -> list[Floats]:
        """Score by all scorers but that of cues."""
        weights = self._side_by_side.take(columns.T).view(np.int8)
        # 16 bits hold the sum of more than 200 features.
        totals = weights.sum(axis=0, dtype=np.int16).reshape(-1, _BYTES)
        return [
            totals[:, row] * self.scales[row] + self.intercepts[row]
            for row in range(1, len(SCORERS))
        ]

    @cached_property
    def _side_by_side(self) -> Ints:
        """The weights of each feature as the bytes of one number: looked up for all scorers at once."""
        padded = np.zeros((self.weights.shape[1], _BYTES), dtype=np.int8)
        padded[:, : len(SCORERS)] = self.weights.T
        return padded.view(np.int64)[:, 0]


def _spans(offsets: Ints, found: tuple[Ints, Ints, Floats]) -> list[tuple[int, int] | None]:
    """Move spans by the offset of each; None where there is none."""
    firsts, lasts = ((bound + offsets).tolist() for bound in found[:2])
    there = (found[0] >= 0).tolist()
    return [
        (first, last) if is_there else None
        for first, last, is_there in zip(firsts, lasts, there, strict=True)
    ]
