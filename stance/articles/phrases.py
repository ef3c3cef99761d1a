"""Where phrases and clauses end, and where their verbs stand, by their words alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stance.articles.lexicon import (
    AUXILIARIES,
    DETERMINERS,
    JOINS,
    REPORTS,
    SUBORDINATORS,
    word_class,
)
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

FINITE: Final = AUXILIARIES | frozenset(
    "left went came won lost told took made became held met fell rose died could may must".split()
)
"""Verbs that are finite wherever they stand."""

_NO_PAST: Final = frozenset(
    "hundred need indeed speed seed feed attempted armed related allied alleged proposed so-called".split()
)
_AFTER_ADJECTIVE: Final = DETERMINERS | frozenset(("more", "most", "very", "so"))


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


def verb_behind(words: Sequence[str], first: int, last: int) -> int | None:
    """Find the next finite verb between two positions, as far as words tell by themselves.

    Parameters
    ----------
    words : sequence of str
        The words of a sentence as they stand: what begins with a capital is a name.
    first, last : int
        Positions; the last is looked at, too.

    Returns
    -------
    int or None
        Where it stands.
    """
    for at in range(first, last + 1):
        if words[at] in FINITE or (_is_past(words[at]) and words[at - 1] not in _AFTER_ADJECTIVE):
            return at
    return None


def _is_past(word: str) -> bool:
    """Tell whether a word is a verb of reporting, or looks like a verb that tells what somebody did."""
    past = word.endswith("ed") and not word.startswith("un") and word not in _NO_PAST
    return word.islower() and (past or bool(word_class(word) & REPORTS))
