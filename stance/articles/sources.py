"""From where to where the name of a speaker reaches."""

from __future__ import annotations

from typing import Final

from stance.articles.lexicon import ASKING, AUXILIARIES, DAYS, LINKS, OPENERS, POSSESSIVE, PRONOUNS
from stance.articles.model import Reading
from stance.articles.name_words import FIRMS
from stance.articles.sentences import Sentence, Span

_DAY: Final = 2  # tokens of "on Friday"
_BEFORE_SUBJECT: Final = OPENERS | {","}
_TAIL: Final = (AUXILIARIES - POSSESSIVE) | frozenset(
    "always never often first not today yesterday declined refused to confirm nor or and but .".split()
)
_IN_BRACKETS: Final = 6  # tokens from the opening bracket to what was taken for a speaker
_LONGEST_NAME: Final = 8  # tokens
_LONGEST_APPOSITION: Final = 5  # words of a name behind a role
_BEFORE_DAY: Final = frozenset(("on", "last", "late", "early"))
_IMPERSONAL: Final = frozenset(("it", "this", "that"))
_SINCE: Final = frozenset("after because when while".split())
_HE: Final = PRONOUNS - {"who"}
_NEAR: Final = (["close", "to"], ["familiar", "with"])
_SOMEBODY: Final = frozenset("a an one two three several another".split())


def source_span(sentence: Sentence, reading: Reading) -> Span | None:
    """Give the offsets of the speaker that the model read.

    What leads to a name and is no part of it is left out, so is what stands between it and its verb; a
    name in apposition to a role is added.

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
    tokens = sentence.tokens
    first, last = _bracketed(sentence, *reading.speaker)
    first += _opening(sentence.words[first : last + 1])
    while last > first and sentence.words[last] in _TAIL:
        last -= 1
    if sentence.words[last : last + 2] == ["prime", "minister"]:
        # With what follows "'s": "the prime minister's office".
        last += 1 if POSSESSIVE.isdisjoint(sentence.words[last + 2 : last + 3]) else 3
    last = _with_name(sentence, first, min(last, len(tokens) - 1))
    first = _with_whom(sentence, first)
    # "Oro Foods, Inc. said"
    while first > 1 and sentence.low[first] in FIRMS and sentence.words[first - 1] == ",":
        first = _name_start(sentence, first - 2)
    if not any(word[0].isalnum() for word in sentence.words[first : last + 1]):
        return None
    return tokens[first].start, tokens[last].end


def _bracketed(sentence: Sentence, first: int, last: int) -> Span:
    """Close a bracket that a speaker opens; leave out the rest of one before: "Oro Foods (ORO: LSX)"."""
    marks = sentence.words[first : last + 1]
    if marks.count("(") > marks.count(")") and sentence.words[last + 1 : last + 2] == [")"]:
        return first, last + 1
    if marks.count(")") > marks.count("("):
        low = max(first - _IN_BRACKETS, 0)
        at = next((i for i in range(first - 1, low, -1) if sentence.words[i] == "("), first)
        if at < first:
            return min(first, _name_start(sentence, at - 1)), at - 1
    return first, last


def _opening(words: list[str]) -> int:
    """Count the tokens that lead to a speaker: "on Friday", "it comes after", "Silva left when"."""
    low = [word.lower() for word in words]
    if len(low) > _DAY and low[0] in _BEFORE_DAY and low[1] in DAYS:
        return _DAY
    if low[-1] in _HE:
        return len(low) - 1
    since = _SINCE | {"as"} if low[0] in _IMPERSONAL else _SINCE
    if low[0] in _IMPERSONAL or len(low) > _LONGEST_NAME:
        for at in range(len(low) - 2, 0, -1):
            if low[at] in since and words[at + 1][0].isupper():
                return at + 1
    return 0


def _with_name(sentence: Sentence, first: int, last: int) -> int:
    """Add the name between commas behind a role: "its chair, Sir Joe Obi, has said"."""
    words = sentence.words[last + 1 : last + 3 + _LONGEST_APPOSITION]
    named = any(word[0].isupper() for word in sentence.words[last : last + 1])
    if named or words[:1] != [","] or last - first > _LONGEST_NAME:
        return last
    end = next((i for i, word in enumerate(words[1:], 1) if not word[0].isupper()), len(words))
    closed = end > 2 or (end == 2 and sentence.low[first] not in _SOMEBODY)
    return last + end if closed and words[end : end + 1] in ([","], ["."]) else last


def _with_whom(sentence: Sentence, first: int) -> int:
    """Begin "a source close to the board" with the source, not with the board."""
    low = sentence.low[max(first - _IN_BRACKETS, 0) : first]
    if low[-2:] not in _NEAR:
        return first
    at = next((i for i in range(len(low) - 3, -1, -1) if low[i] in _SOMEBODY), None)
    return first if at is None else first - len(low) + at


def _name_start(sentence: Sentence, at: int) -> int:
    """Find where the name begins that ends at a token."""
    least = max(at - _LONGEST_NAME, 0)
    while at > least and sentence.words[at - 1][0].isupper():
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
    if sentence.low[0] in ASKING:
        # "Asked about the bill, Silva shrugged."
        at = next((i for i, word in enumerate(sentence.words) if word == ","), 0)
    while at < len(tokens) and sentence.low[at] in _BEFORE_SUBJECT:
        at += 1
    last = at
    while last < len(tokens) and (
        sentence.words[last][0].isupper() or (last > at and sentence.low[last] in LINKS)
    ):
        last += 1
    while last > at and sentence.low[last - 1] in LINKS:
        last -= 1
    if last == at and at < len(tokens) and sentence.low[at] in PRONOUNS:
        last = at + 1
    return (tokens[at].start, tokens[last - 1].end) if last > at else None
