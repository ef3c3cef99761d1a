"""Tags behind quotations, by their words alone: "... " she said, "... " beamed Ana Silva."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stance.articles.lexicon import (
    AUXILIARIES,
    DETERMINERS,
    JOINS,
    LINKS,
    PRONOUNS,
    SUBORDINATORS,
    TAGGING,
)
from stance.articles.sentences import QUOTED, Sentence, Span

_DASHES: Final = frozenset("—–―-:")
_MOST_DASHES: Final = 2  # "--"
_LONGEST_NAME: Final = 5  # words of a signature
_LONGEST_ROLE: Final = 12  # tokens behind the name that are looked at
_MOST_SIGNED: Final = 4 + _LONGEST_NAME + _LONGEST_ROLE  # tokens of a quotation with its signature
_ENDS_SIGNATURE: Final = frozenset(",.;(")
_LONGEST: Final = 12  # tokens from a quotation to the verb behind it
_SHORTEST_BETWEEN: Final = 3  # tokens between the halves of a quotation
_ENDS: Final = frozenset((",", ".", ";", "who", "whose", "which", "in", "on", "at", QUOTED))
_NAMES: Final = PRONOUNS | DETERMINERS


def signature_behind(sentence: Sentence) -> tuple[Span, Span] | None:
    """Find who signs a quotation behind a dash, or behind a colon in a headline: "... " — Ana Silva, nurse.

    Of a dash in the middle of a sentence, nobody knows what it is for.

    Parameters
    ----------
    sentence : Sentence
        A sentence; its first token is the quotation, if there is a signature.

    Returns
    -------
    ((int, int), (int, int)) or None
        Offsets of the name and of the dash; None if there is no signature.
    """
    quotation, *tokens = sentence.tokens[:_MOST_SIGNED]
    if not quotation.quoted or not tokens or tokens[0].text not in _DASHES:
        return None
    dashes = next((i for i, token in enumerate(tokens) if token.text not in _DASHES), len(tokens))
    end = dashes
    while end < len(tokens) and (
        tokens[end].text[0].isupper() or (end > dashes and tokens[end].text in LINKS)
    ):
        end += 1
    role = {token.text.lower() for token in tokens[end:]}
    closed = end == len(tokens) or (
        tokens[end].text in _ENDS_SIGNATURE and role.isdisjoint(TAGGING | AUXILIARIES | _DASHES)
    )
    if tokens[0].text == ":":
        closed = end > dashes + 1
    if dashes > _MOST_DASHES or not dashes < end <= dashes + _LONGEST_NAME or not closed:
        return None
    return (tokens[dashes].start, tokens[end - 1].end), (tokens[0].start, tokens[dashes - 1].end)


def is_tag_between(words: Sequence[str], one: int, other: int) -> bool:
    """Tell whether what stands between two quotations of a sentence is no more than "she said,"."""
    if not _SHORTEST_BETWEEN <= other - one - 1 <= _LONGEST:
        return False
    tag = words[one + 1 : other]
    return "," in tag and tag.index(",") == len(tag) - 1 and tag[0] not in JOINS


def tag_behind(sentence: Sentence, at: int) -> tuple[Span, Span] | None:
    """Find who says a quotation, and by which verb, in what follows it.

    Parameters
    ----------
    sentence : Sentence
        A sentence.
    at : int
        Position of a quotation among its tokens.

    Returns
    -------
    ((int, int), (int, int)) or None
        Offsets of the speaker and of the verb; None if no tag follows.
    """
    tokens = sentence.tokens[at + 1 : at + 2 + _LONGEST]
    words = [token.text for token in tokens]
    low = [word.lower() for word in words]
    if len(words) < 2 or not words[0][0].isalpha():
        return None
    if low[0] in TAGGING or (words[0].islower() and low[0].endswith("ed")):
        verb, first = 0, 1
        last = next((i for i in range(2, len(low)) if low[i] in _ENDS), len(low))
    else:
        verb = next((i for i, word in enumerate(low) if word in TAGGING or word == QUOTED), 0)
        first, last = 0, next((i for i in range(verb) if low[i] == ","), verb)
        while last > first and low[last - 1] in AUXILIARIES:
            last -= 1
    named = low[first] in _NAMES or words[first][0].isupper()
    if (
        low[verb] == QUOTED
        or not named
        or first >= last
        or not SUBORDINATORS.isdisjoint(low[:verb])
    ):
        return None
    return (tokens[first].start, tokens[last - 1].end), (tokens[verb].start, tokens[verb].end)
