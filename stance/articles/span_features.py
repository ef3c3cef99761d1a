"""What is looked at to find who said what: hashed features of tokens, and of tokens seen from a cue.

Everything is computed for many sentences at once, on whole arrays.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from stance.articles.hashing import Ints, hashed
from stance.articles.lexicon import IS_AUXILIARY, REPORTS
from stance.articles.passage import NONE, Counts, Passage, word_code

REACH: Final = 100
"""Tokens on either side of a cue among which its speaker and its content are looked for."""

_WIDEST: Final = 3  # positions from a token to what is looked at beside it
_COMMA, _THAT = word_code(","), word_code("that")


def cue_columns(passage: Passage) -> Ints:
    """Give the features by which a token is known for a cue.

    Parameters
    ----------
    passage : Passage
        n tokens.

    Returns
    -------
    (n, n_features) int64 array
        Numbers below ``2**BITS``.
    """
    p = passage
    at = np.arange(len(p.word))
    word, shape, kind = (_around(values) for values in (p.word, p.shape, p.kind))
    quotes, reports = Counts(p.quoted), Counts((p.kind & REPORTS > 0) & p.solid)
    some = np.minimum(quotes.within(p.first, p.last), 1)
    ahead = np.minimum(quotes.within(at, p.last), 1)
    earlier = np.minimum(reports.within(p.first, at), 2)
    later = np.minimum(reports.within(at + 1, p.last), 2)
    position, rest = np.minimum(at - p.first, 6), np.minimum(p.last - 1 - at, 5)
    ending, stem = p.ending, p.beginning
    templates = (
        (word[0],),
        (word[0], word[1]),
        (word[-1], word[0]),
        (ending,),
        (kind[0], shape[0]),
        (word[1], kind[0], ending),
        (word[-1], kind[0], ending),
        (shape[-1], kind[-1], ending),
        (shape[1], kind[1], word[0]),
        (shape[1], kind[1], ending, shape[-1], kind[-1]),
        (word[0], some, ahead),
        (word[0], earlier),
        (ending, earlier, later),
        (word[0], position),
        (word[0], rest),
        (word[-2], ending),
        (word[2], ending),
        (word[0], word[2]),
        (kind[-2], shape[-2], kind[-1], shape[-1], ending),
        (word[-1], word[1], ending),
        (word[-2], word[-1], ending),
        (word[1], word[2], kind[0]),
        (kind[1], kind[2], shape[1], shape[2], ending, kind[0]),
        (some, ahead, kind[0], shape[0], earlier),
        (kind[-3], shape[-3], ending, word[-1]),
        (stem,),
        (stem, word[1]),
        (word[-1], stem),
        (stem, shape[1], kind[1]),
        (stem, shape[-1], kind[-1], ending),
        (stem, some, ahead),
        (stem, word[2]),
    )
    return hashed(templates, 0)


class Views:
    """Every token near a cue, seen from it, for many cues.

    Parameters
    ----------
    passage : Passage
        The tokens.
    cues : (n_cues,) int64 array
        Positions of the cues.

    Attributes
    ----------
    token, cue : (n_views,) int64 arrays
        Positions of the token, and of the cue that it is seen from.
    starts : (n_cues + 1,) int64 array
        Where the views of each cue begin.
    """

    def __init__(self, passage: Passage, cues: Ints) -> None:
        low = np.maximum(passage.first[cues], cues - REACH)
        high = np.minimum(passage.last[cues], cues + REACH + 1)
        lengths = high - low
        self.starts = np.concatenate(([0], np.cumsum(lengths)))
        self.cue = np.repeat(cues, lengths)
        self.token = np.arange(self.starts[-1]) + np.repeat(low - self.starts[:-1], lengths)


def span_columns(passage: Passage, views: Views, cue_probability: NDArray[np.float64]) -> Ints:
    """Give the features by which a token seen from a cue is known for an end of a span.

    Parameters
    ----------
    passage : Passage
        n tokens.
    views : Views
        Of them.
    cue_probability : (n,) float64 array
        Probability of each token to be a cue.

    Returns
    -------
    (n_views, n_features) int64 array
        Numbers below ``2**BITS``.
    """
    p, i, c = passage, views.token, views.cue
    distance = i - c
    side = np.sign(distance) + 1
    far = np.searchsorted([5, 7, 10, 15], np.abs(distance), side="right") + 4
    place = np.where(np.abs(distance) <= 4, np.abs(distance), far) * 3 + side
    low, high = np.minimum(i, c) + 1, np.maximum(i, c)

    def between(mask: NDArray[np.bool_]) -> Ints:
        return np.minimum(Counts(mask).within(low, np.maximum(low, high)), 3)

    commas, thats = between(p.word == _COMMA), between(p.word == _THAT)
    quotes, marks = between(p.quoted), between(p.mark)
    likely = between(cue_probability > 0.3)
    auxiliaries = between((p.kind & IS_AUXILIARY > 0) & p.solid)
    grade = np.where(p.solid, np.minimum((cue_probability * 4).astype(np.int64), 3), NONE)
    word = {k: p.word[i + k] for k in (-1, 0, 1)}
    form = {k: (p.kind * 8 + p.shape + 1)[i + k] for k in range(-2, 3)}
    shape = {k: p.shape[i + k] for k in (-1, 0, 1)}
    graded = {k: grade[i + k] for k in (-1, 0, 1)}
    cue, cue_kind, behind = p.word[c], p.kind[c], p.word[c + 1]
    first, last = p.first[c], p.last[c]
    position, rest = np.minimum(i - first, 3), np.minimum(last - 1 - i, 3)
    soon = np.minimum(Counts(p.word == _THAT).within(c + 1, np.minimum(c + 9, last)), 1)
    counts = Counts(p.quoted)
    around = np.minimum(counts.within(c + 1, last), 1) * 2 + np.minimum(counts.within(first, c), 1)
    templates = (
        (place,),
        (place, cue),
        (place, cue_kind),
        (word[0], side),
        (word[-1], side),
        (word[1], side),
        (form[0], place),
        (form[-1], place),
        (form[1], place),
        (form[-1], form[0], side),
        (form[0], form[1], side),
        (commas, thats, quotes, side),
        (commas, auxiliaries, side, form[0]),
        (likely, marks, side),
        (position, side, form[0]),
        (rest, side, form[0]),
        (word[0], place),
        (word[-1], place),
        (word[1], place),
        (soon, thats, side, place),
        (around, quotes, side, shape[0]),
        (cue, word[0], side),
        (cue, behind, place),
        (graded[0], graded[1], graded[-1], side),
        (form[-2], form[-1], side),
        (form[1], form[2], side),
        (word[-1], word[0], side),
        (word[0], word[1], side),
        (p.ending[c], place, form[0]),
        (commas, side, word[0]),
        (commas, side, word[-1]),
        (commas, side, word[1]),
        (position, rest, side),
        (shape[0], shape[1], shape[-1], side, commas),
        (cue, form[0], side, commas),
        (quotes, around, cue_kind, side, shape[0]),
        (likely, form[1], word[0], side),
        (auxiliaries, place, form[0]),
        (p.beginning[c], place),
        (p.beginning[c], form[0], side, commas),
        (p.beginning[c], behind, place),
        (p.beginning[c], p.ending[c], word[0], side),
    )
    return hashed(templates, 100)


def _around(values: Ints) -> dict[int, Ints]:
    """Give each position the values up to three positions before and behind."""
    # Only gaps lie beyond the ends.
    gap = np.full(_WIDEST, NONE)
    padded = np.concatenate((gap, values, gap))
    return {
        by: padded[_WIDEST + by : _WIDEST + by + len(values)] for by in range(-_WIDEST, _WIDEST + 1)
    }
