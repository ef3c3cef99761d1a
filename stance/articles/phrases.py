"""Where phrases and clauses end, by their words alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stance.articles.lexicon import JOINS, SUBORDINATORS
from stance.articles.sentences import QUOTED, Sentence
from stance.articles.span_features import REACH

ENDS_SPEAKER: Final = frozenset((",", ".", ";", "who", "whose", "which", *SUBORDINATORS))
"""Words before which the name of a speaker ends."""

ENDS_NAME: Final = ENDS_SPEAKER | {QUOTED}
"""The same, and quotations."""

LONGEST_CLAUSE: Final = 40
"""Tokens from the beginning of a sentence to a cue that still belongs to its first clause."""

NEXT_CLAUSE: Final = JOINS | (SUBORDINATORS - {"that"}) | {"although", "though"}
"""Words that open another clause behind a comma."""


def phrase_end(words: Sequence[str], first: int, last: int, ends: frozenset[str]) -> int:
    """Find where a phrase ends: before the first of some words, or at the last place.

    Parameters
    ----------
    words : sequence of str
        The words of a sentence.
    first, last : int
        From where to where (exclusive) it may reach.
    ends : frozenset of str
        What it does not hold.

    Returns
    -------
    int
        The position behind it.
    """
    return next((at for at in range(first, last) if words[at] in ends), last)


def clause_end(sentence: Sentence, first: int) -> int:
    """Find the last word of a clause: before ", but" or "while", or of the sentence.

    Parameters
    ----------
    sentence : Sentence
        A sentence.
    first : int
        Position of a token of the clause.

    Returns
    -------
    int
        A position.
    """
    low = sentence.low[first : first + REACH]
    joins = (i for i in range(1, len(low) - 1) if low[i] == "," and low[i + 1] in NEXT_CLAUSE)
    end = next(joins, len(low)) - 1
    while end > 0 and not low[end][0].isalnum():
        end -= 1
    return first + end
