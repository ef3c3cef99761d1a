"""AttributionModel: which words report speech, and from where to where the speech and its speaker reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stance.articles.best_spans import best_spans
from stance.articles.hashing import Floats, Ints
from stance.articles.passage import Passage
from stance.articles.sentences import Span
from stance.articles.span_features import REACH, Views, cue_columns, span_columns
from stance.articles.trust import Spans, trust_columns

SCORERS: Final = ("cue", "begin", "end", "speaker begin", "speaker end", "inside")
"""What is scored: a token as a cue; a token, seen from a cue, as either end of the content and of the
speaker, and as part of the content. The rows of :attr:`AttributionModel.weights`."""

WINDOW: Final = (0, -1, 1, 2, -2, 3)
"""Places around a token whose words have a score of their own in finding cues."""

_BYTES: Final = 8  # of a number; there are fewer scorers
_FAR: Final = 500.0  # log-odds beyond which nothing changes and exp would overflow
_NOTHING: Final = 1e30  # more than any score
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
    trust : float
        Probability that it is a cue and that the content is exactly this.
    """

    cue: int
    probability: float
    content: tuple[int, int] | None
    content_score: float
    speaker: tuple[int, int] | None
    speaker_score: float
    trust: float

    def said_by(self, speaker: Span, content: Span, content_score: float | None = None) -> Reading:
        """Read it otherwise where the words leave no doubt who says what.

        Parameters
        ----------
        speaker, content : (int, int)
            As above.
        content_score : float, optional
            The same as before if left out.

        Returns
        -------
        Reading
            Trusted as far as it is a cue.
        """
        score = self.content_score if content_score is None else content_score
        trust = max(self.trust, self.probability)
        return Reading(self.cue, self.probability, content, score, speaker, 0.0, trust)


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
    trust : (n_trust + 1,) float64 array
        What each column of :func:`~stance.articles.trust.trust_columns` is multiplied by for the
        log-odds of :attr:`Reading.trust`, and what is added.
    facts : mapping, optional
        What the manifest tells beside.
    """

    weights: NDArray[np.int8]
    scales: Floats
    intercepts: Floats
    words: NDArray[np.uint32]
    word_scores: NDArray[np.float32]
    trust: Floats
    facts: Mapping[str, Any] = field(default_factory=dict)

    def cue_probabilities(self, passage: Passage) -> Floats:
        """Give each token's probability of being a cue, (n_tokens,); 0 for what tells nothing."""
        at = np.flatnonzero(passage.telling)
        totals = self.weights[0].take(cue_columns(passage, at).T).sum(axis=0, dtype=np.int16)
        scores = totals * self.scales[0] + self.intercepts[0]
        places = np.searchsorted(self.words, passage.word)
        places[places == len(self.words)] = 0
        known = self.words[places] == passage.word
        rows = np.where(known, places, len(self.words))
        for column, by in zip(self.word_scores.T, WINDOW, strict=True):
            # What has no neighbour so far away lies in a gap.
            scores += column[rows[at + by]]
        probabilities = np.zeros(len(rows))
        probabilities[at] = _probability(scores)
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
        if not len(cues):
            return []
        spans = self.spans(passage, cues, probabilities)
        columns = trust_columns(passage, spans, probabilities)
        trust = _probability(columns @ self.trust[:-1] + self.trust[-1])
        sentences = passage.first[cues]
        return [
            Reading(*row)
            for row in zip(
                (cues - sentences).tolist(),
                probabilities[cues].tolist(),
                _pairs(spans.content - sentences[:, None], spans.content[:, 0] >= 0),
                spans.content_score.tolist(),
                _pairs(spans.speaker - sentences[:, None], spans.speaker[:, 0] >= 0),
                spans.speaker_score.tolist(),
                trust.tolist(),
                strict=True,
            )
        ]

    def spans(self, passage: Passage, cues: Ints, probabilities: Floats) -> Spans:
        """Find the content and the speaker of one cue or more.

        Parameters
        ----------
        passage, cues, probabilities
            As :meth:`readings` takes them.

        Returns
        -------
        Spans
            A row for each cue.
        """
        step = max(1, _VIEWS_AT_ONCE // REACH)
        parts = [
            self._spans(passage, cues[first : first + step], probabilities)
            for first in range(0, len(cues), step)
        ]
        return Spans(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))

    def _spans(self, passage: Passage, cues: Ints, probabilities: Floats) -> Spans:
        views = Views(passage, cues)
        columns = span_columns(passage, views, probabilities)
        begin, end, speaker_begin, speaker_end, inside = self._span_scores(columns)
        starts, lengths = views.starts, np.diff(views.starts)
        walls = views.token == views.cue
        first, last, score, total = best_spans(begin, end, inside, starts, walls)
        # What begins at the cue itself stands for no content at all.
        none = begin[walls]
        # The speaker holds neither the cue nor the content.
        place = np.arange(len(walls))
        walls |= (place >= np.repeat(first, lengths)) & (place <= np.repeat(last, lengths))
        who_first, who_last, who_score, who_total = best_spans(
            speaker_begin, speaker_end, None, starts, walls
        )
        return Spans(
            cues,
            _tokens(views, first, last),
            score - none,
            score - np.logaddexp(total, none),
            _tokens(views, who_first, who_last),
            who_score,
            who_score - np.maximum(who_total, -_NOTHING),
        )

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


def _probability(odds: Floats) -> Floats:
    """Make probabilities of log-odds."""
    probability: Floats = 1 / (1 + np.exp(-np.clip(odds, -_FAR, _FAR)))
    return probability


def _tokens(views: Views, first: Ints, last: Ints) -> Ints:
    """Give the tokens of spans of views side by side, (n, 2); -1 where there is none."""
    return np.where(first < 0, -1, views.token[np.stack([first, last])]).T


def _pairs(spans: Ints, there: NDArray[np.bool_]) -> list[tuple[int, int] | None]:
    """Make spans tuples; None where there is none."""
    return [
        (first, last) if is_there else None
        for (first, last), is_there in zip(spans.tolist(), there.tolist(), strict=True)
    ]
