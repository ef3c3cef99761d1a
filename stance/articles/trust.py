"""How far what was read from a cue is to be trusted: features of whole readings, and of their neighbours."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from stance.articles.hashing import Floats, Ints
from stance.articles.lexicon import REPORTS
from stance.articles.passage import Counts, Passage

_NEIGHBOURS: Final = 6  # readings of the same sentence on either side that are looked at
_BESIDE: Final = np.array([by for by in range(-_NEIGHBOURS, _NEIGHBOURS + 1) if by])
_FAR_ODDS, _FAR_SCORE = 14.0, 30.0
_UNLIKELY: Final = -8.0  # log-odds that stand for no neighbour
_LIKELY: Final = 0.3  # probability of a cue to be counted
_MOST_TOKENS: Final = 60
_COLUMNS: Final = 23

TRUST_COLUMNS: Final = 2 * _COLUMNS
"""How many features a reading has: :data:`_COLUMNS` values and their squares."""


class Spans(NamedTuple):
    """The content and the speaker of some cues.

    Attributes
    ----------
    cues : (n,) int64 array
        Positions of the cues in their passage, in ascending order.
    content, speaker : (n, 2) int64 arrays
        Positions of the first and the last token; -1 where there is none.
    content_score, speaker_score : (n,) float64 arrays
        Log-odds; minus infinity where there is none.
    content_share, speaker_share : (n,) float64 arrays
        Logarithms of their shares among all spans; minus infinity where there is none.
    """

    cues: Ints
    content: Ints
    content_score: Floats
    content_share: Floats
    speaker: Ints
    speaker_score: Floats
    speaker_share: Floats


def trust_columns(passage: Passage, spans: Spans, probabilities: Floats) -> Floats:
    """Give the features by which a reading is known to be right.

    Parameters
    ----------
    passage : Passage
        n_tokens tokens.
    spans : Spans
        What n cues report.
    probabilities : (n_tokens,) float64 array
        Of each token to be a cue.

    Returns
    -------
    (n, TRUST_COLUMNS) float64 array
        Finite.
    """
    cue = spans.cues
    odds = _odds(probabilities[cue])
    there = spans.content[:, 0] >= 0
    first, last = np.where(there[:, None], spans.content, cue[:, None]).T
    named = spans.speaker[:, 0] >= 0
    who_first, who_last = np.where(named[:, None], spans.speaker, cue[:, None]).T
    size = last - first + 1
    quoted = Counts(passage.quoted).within(first, last + 1)
    content, speaker, share, who_share = (
        np.clip(values, -_FAR_SCORE, _FAR_SCORE)
        for values in (
            spans.content_score,
            spans.speaker_score,
            spans.content_share,
            spans.speaker_share,
        )
    )
    values = (
        odds,
        content,
        np.minimum(content, 0),
        speaker,
        np.minimum(speaker, 0),
        share,
        who_share,
        np.log(size),
        size == 1,
        quoted > 0,
        quoted == size,
        first > cue,
        np.minimum(np.where(first > cue, first - cue, cue - last), _MOST_TOKENS),
        np.minimum(np.where(who_first > cue, who_first - cue, cue - who_last), _MOST_TOKENS),
        who_first > cue,
        *_neighbours(passage, cue, first, last, odds),
        np.minimum(Counts(probabilities > _LIKELY).within(first, last + 1), 3),
        np.minimum(passage.last[cue] - passage.first[cue], _MOST_TOKENS),
        passage.kind[cue] & REPORTS > 0,
        passage.named[first],
    )
    columns = np.stack(values, axis=1).astype(np.float64)
    return np.hstack([columns, columns**2])


def _neighbours(
    passage: Passage, cue: Ints, first: Ints, last: Ints, odds: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Look at readings nearby: a cue in the content, a content around the cue or across, how many."""
    # A row for each reading; beyond the ends stands the reading itself, which is no neighbour.
    at = np.arange(len(cue))
    others = at[:, None] + _BESIDE
    others = np.where((others >= 0) & (others < len(cue)), others, at[:, None])
    same = (others != at[:, None]) & (passage.first[cue[others]] == passage.first[cue][:, None])
    begin, end, where = (values[:, None] for values in (first, last, cue))
    inside, around, across = (
        np.where(same & holds, odds[others], _UNLIKELY).max(axis=1)
        for holds in (
            (begin <= cue[others]) & (cue[others] <= end),
            (first[others] <= where) & (where <= last[others]),
            (first[others] <= end) & (begin <= last[others]),
        )
    )
    return inside, around, across, same.sum(axis=1, dtype=np.float64)


def _odds(probability: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        odds: Floats = np.log(probability) - np.log1p(-probability)
    return np.clip(odds, -_FAR_ODDS, _FAR_ODDS)
