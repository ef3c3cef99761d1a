"""From where to where the name of a speaker reaches."""

from __future__ import annotations

from typing import Final

from stance.articles.lexicon import ASKING, AUXILIARIES, DAYS, LINKS, OPENERS, PRONOUNS
from stance.articles.model import Reading
from stance.articles.name_words import FIRMS
from stance.articles.sentences import Sentence, Span

_DAY: Final = 2  # tokens of "on Friday"
_BEFORE_SUBJECT: Final = OPENERS | {","}
_ADVERBS: Final = (
    (AUXILIARIES - {"'s", "’s"}) | DAYS | {"always", "never", "often", "first", "not", "."}
)
_IN_BRACKETS: Final = 6  # tokens from the opening bracket to what was taken for a speaker
_BEFORE_DAY: Final = frozenset(("on", "last", "late", "early"))


def source_span(sentence: Sentence, reading: Reading) -> Span | None:
    """Give the offsets of the speaker that the model read.

    A day before it is left out, and a bracket is closed.

    Parameters
    ----------
    sentence : Sentence
        A sentence.
    reading : Reading
        What one of its cues reports.

    Returns
    -------
    (int, int) or None
        None if there is no speaker, or no word in it.
    """
    if reading.speaker is None:
        return None
    tokens, (first, last) = sentence.tokens, reading.speaker
    low = [token.text.lower() for token in tokens[first : last + 1]]
    if len(low) > _DAY and low[0] in _BEFORE_DAY and low[1] in DAYS:
        first += _DAY
    behind = [token.text for token in tokens[last + 1 : last + 2]]
    if low.count("(") > low.count(")") and behind == [")"]:
        last += 1
    while last > first and tokens[last].text in _ADVERBS:
        last -= 1
    if low.count(")") > low.count("("):
        # "Oro Foods (ORO: LSX) said"
        opens = (
            i for i in range(first - 1, max(first - _IN_BRACKETS, 0), -1) if tokens[i].text == "("
        )
        last = next(opens, last + 1) - 1
        first = min(first, _name_start(sentence, last))
    # "Oro Foods, Inc. said"
    while first > 1 and tokens[first].text.lower() in FIRMS and tokens[first - 1].text == ",":
        first = _name_start(sentence, first - 2)
    if not any(token.text[0].isalnum() for token in tokens[first : last + 1]):
        return None
    return tokens[first].start, tokens[last].end


def _name_start(sentence: Sentence, at: int) -> int:
    """Find where the name begins that ends at a token."""
    while at > 0 and sentence.tokens[at - 1].text[0].isupper():
        at -= 1
    return at


def subject_span(sentence: Sentence) -> Span | None:
    """Give the offsets of the name or pronoun that opens a sentence.

    Parameters
    ----------
    sentence : Sentence
        A sentence.

    Returns
    -------
    (int, int) or None
        None if it begins otherwise.
    """
    tokens = sentence.tokens
    at = 0
    if tokens[0].text.lower() in ASKING:
        # "Asked about the bill, Silva shrugged."
        at = next((i for i, token in enumerate(tokens) if token.text == ","), 0)
    while at < len(tokens) and tokens[at].text.lower() in _BEFORE_SUBJECT:
        at += 1
    last = at
    while last < len(tokens) and (
        tokens[last].text[0].isupper() or (last > at and tokens[last].text.lower() in LINKS)
    ):
        last += 1
    while last > at and tokens[last - 1].text.lower() in LINKS:
        last -= 1
    if last == at and at < len(tokens) and tokens[at].text.lower() in PRONOUNS:
        last = at + 1
    return (tokens[at].start, tokens[last - 1].end) if last > at else None
