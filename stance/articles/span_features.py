"""What is looked at to find who said what: hashed features of tokens, and of tokens seen from a cue.

Everything is computed for many sentences at once, on whole arrays.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from stance.articles.hashing import Floats, Ints, Templates
from stance.articles.lexicon import IS_AUXILIARY, REPORTS
from stance.articles.passage import NONE, Counts, Passage, word_code

REACH: Final = 100
"""Tokens on either side of a cue among which its speaker and its content are looked for."""

_WIDEST: Final = 3  # positions from a token to what is looked at beside it
_COMMA, _THAT = word_code(","), word_code("that")
_LIKELY: Final = 0.3  # probability of a cue to be counted
_GRADES: Final = 4  # of the probability of a cue

# "word+1" is the word of the next token.
_OF_TOKENS: Final = Templates(
    "ending stem some ahead earlier later position rest"
    " word-2 word-1 word word+1 word+2 shape-3 shape-2 shape-1 shape shape+1 shape+2"
    " kind-3 kind-2 kind-1 kind kind+1 kind+2",
    (
        "word",
        "word word+1",
        "word-1 word",
        "ending",
        "kind shape",
        "word+1 kind ending",
        "word-1 kind ending",
        "shape-1 kind-1 ending",
        "shape+1 kind+1 word",
        "shape+1 kind+1 ending shape-1 kind-1",
        "word some ahead",
        "word earlier",
        "ending earlier later",
        "word position",
        "word rest",
        "word-2 ending",
        "word+2 ending",
        "word word+2",
        "kind-2 shape-2 kind-1 shape-1 ending",
        "word-1 word+1 ending",
        "word-2 word-1 ending",
        "word+1 word+2 kind",
        "kind+1 kind+2 shape+1 shape+2 ending kind",
        "some ahead kind shape earlier",
        "kind-3 shape-3 ending word-1",
        "stem",
        "stem word+1",
        "word-1 stem",
        "stem shape+1 kind+1",
        "stem shape-1 kind-1 ending",
        "stem some ahead",
        "stem word+2",
    ),
    0,
)
# Of a token seen from a cue; "behind" is the word behind the cue.
_OF_VIEWS: Final = Templates(
    "place side position rest commas thats quotes marks likely auxiliaries soon around"
    " cue cue_kind cue_ending cue_stem behind"
    " form-2 form+2 form-1 word-1 shape-1 grade-1 form word shape grade form+1 word+1 shape+1 grade+1",
    (
        "place",
        "place cue",
        "place cue_kind",
        "word side",
        "word-1 side",
        "word+1 side",
        "form place",
        "form-1 place",
        "form+1 place",
        "form-1 form side",
        "form form+1 side",
        "commas thats quotes side",
        "commas auxiliaries side form",
        "likely marks side",
        "position side form",
        "rest side form",
        "word place",
        "word-1 place",
        "word+1 place",
        "soon thats side place",
        "around quotes side shape",
        "cue word side",
        "cue behind place",
        "grade grade+1 grade-1 side",
        "form-2 form-1 side",
        "form+1 form+2 side",
        "word-1 word side",
        "word word+1 side",
        "cue_ending place form",
        "commas side word",
        "commas side word-1",
        "commas side word+1",
        "position rest side",
        "shape shape+1 shape-1 side commas",
        "cue form side commas",
        "quotes around cue_kind side shape",
        "likely form+1 word side",
        "auxiliaries place form",
        "cue_stem place",
        "cue_stem form side commas",
        "cue_stem behind place",
        "cue_stem cue_ending word side",
    ),
    100,
)


def cue_columns(passage: Passage, at: Ints) -> Ints:
    """Give the features by which a token is known for a cue.

    Parameters
    ----------
    passage : Passage
        The tokens.
    at : (n,) int64 array
        Positions of those that are looked at.

    Returns
    -------
    (n, n_features) int64 array
        Numbers below ``2**BITS``.
    """
    p = passage
    first, last = p.first[at], p.last[at]
    quotes, reports = Counts(p.quoted), Counts((p.kind & REPORTS > 0) & p.solid)
    # Only gaps lie beyond the ends.
    padded = np.full((3, len(p.word) + 2 * _WIDEST), NONE)
    padded[:, _WIDEST:-_WIDEST] = p.word, p.shape, p.kind
    near = [padded.take(at + by, axis=1) for by in range(2 * _WIDEST)]
    return _OF_TOKENS.columns(
        p.ending[at],
        p.beginning[at],
        np.minimum(quotes.within(first, last), 1),
        np.minimum(quotes.within(at, last), 1),
        np.minimum(reports.within(first, at), 2),
        np.minimum(reports.within(at + 1, last), 2),
        np.minimum(at - first, 6),
        np.minimum(last - 1 - at, 5),
        *(of_all[0] for of_all in near[1:]),
        *(of_all[1] for of_all in near),
        *(of_all[2] for of_all in near),
    )


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


def span_columns(passage: Passage, views: Views, cue_probability: Floats) -> Ints:
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
    between = np.stack(
        (
            p.word == _COMMA,
            p.word == _THAT,
            p.quoted,
            p.mark,
            cue_probability > _LIKELY,
            (p.kind & IS_AUXILIARY > 0) & p.solid,
        )
    )
    first, last = p.first[c], p.last[c]
    thats, quotes = Counts(between[1]), Counts(between[2])
    graded = (cue_probability * _GRADES).astype(np.int64)
    grade = np.where(p.solid, np.minimum(graded, _GRADES - 1), NONE)
    seen = np.stack((p.kind * 8 + p.shape + 1, p.word, p.shape, grade))
    return _OF_VIEWS.columns(
        place,
        side,
        np.minimum(i - first, 3),
        np.minimum(last - 1 - i, 3),
        np.minimum(Counts(between).within(low, np.maximum(low, high)), 3),
        np.minimum(thats.within(c + 1, np.minimum(c + 9, last)), 1),
        np.minimum(quotes.within(c + 1, last), 1) * 2 + np.minimum(quotes.within(first, c), 1),
        np.stack((p.word, p.kind, p.ending, p.beginning)).take(c, axis=1),
        p.word[c + 1],
        seen[0].take(i - 2),
        seen[0].take(i + 2),
        *(seen.take(i + by, axis=1) for by in (-1, 0, 1)),
    )
