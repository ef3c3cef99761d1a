"""From where to where the name of a speaker reaches."""

from __future__ import annotations

from typing import Final

from stance.articles.descriptors import is_person, kin
from stance.articles.lexicon import (
    ASKING,
    AUXILIARIES,
    DAYS,
    DETERMINERS,
    LINKS,
    OPENERS,
    OWNERS,
    POSSESSIVE,
    PREPOSITIONS,
    PRONOUNS,
    word_class,
)
from stance.articles.model import Reading
from stance.articles.name_words import FIRMS, PARTICLES, TITLES
from stance.articles.phrases import verb_behind
from stance.articles.sentences import Sentence, Span
from stance.articles.speaker_clauses import own_clause

_DAY: Final = 2  # tokens of "on Friday"
_BEFORE_SUBJECT: Final = OPENERS | {","}
_TAIL: Final = (AUXILIARIES - POSSESSIVE) | frozenset(
    "hasn't hasn’t haven't haven’t didn't didn’t wouldn't wouldn’t won't won’t doesn't doesn’t isn't isn’t"
    " however always never often first not today yesterday declined refused to confirm nor or and but"
    " .".split()
)
_IN_BRACKETS: Final = 6  # tokens from the opening bracket to what was taken for a speaker
_LONGEST_NAME: Final = 8  # tokens
_LONGEST_APPOSITION: Final = 5  # words of a name behind a role
_BEFORE_DAY: Final = frozenset(("on", "last", "late", "early"))
_LONGEST_OFFICE: Final = 3  # words: "Opposition health spokesperson"
_LONGEST_KIN: Final = 3  # words up to the name in "his late brother Joe"
_IMPERSONAL: Final = frozenset(("it", "this", "that"))
_SINCE: Final = frozenset("after because when while".split())
_HE: Final = PRONOUNS - {"who"}
_NEAR: Final = (["close", "to"], ["familiar", "with"])
_BEHIND_PARTICIPLE: Final = DETERMINERS | PREPOSITIONS | {"up", "to", "of", "outside", "him", "her"}
_BEFORE_TIME: Final = frozenset(("last", "this"))
_INNER_TIME: Final = frozenset(
    "earlier later until since just sent due out quit late made left".split()
)
_TIMES: Final = frozenset("night week month year evening morning afternoon weekend".split())
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
    first, last = own_clause(sentence, reading.cue, first, last)
    first += _opening(sentence.words[first : last + 1])
    last = _without_time(sentence.words, first, last)
    if sentence.words[last : last + 2] == ["prime", "minister"]:
        # With what follows "'s": "the prime minister's office".
        last += 1 if POSSESSIVE.isdisjoint(sentence.words[last + 2 : last + 3]) else 3
    last = _with_title(sentence, min(last, len(tokens) - 1))
    last = _with_name(sentence, first, last)
    first = _with_whom(sentence, first)
    # "Oro Foods, Inc. said"
    while first > 1 and sentence.low[first] in FIRMS and sentence.words[first - 1] == ",":
        first = _name_start(sentence, first - 2)
    first = _whole_name(sentence, first)
    words = sentence.low[first : last + 1]
    if words == ["there"] or not any(word[0].isalnum() for word in words):
        return None
    return tokens[first].start, tokens[last].end


def _bracketed(sentence: Sentence, first: int, last: int) -> Span:
    """Close a bracket that a speaker opens; leave out the rest of one before: "Oro Foods (ORO: LSX)"."""
    marks = sentence.words[first : last + 1]
    if marks.count("(") > marks.count(")") and sentence.words[last + 1 : last + 3] == [".", ")"]:
        return first, last + 2  # "Rep. Ana Silva (R-Tenn.)"
    if marks.count("(") > marks.count(")") and sentence.words[last + 1 : last + 2] == [")"]:
        return first, last + 1
    if marks.count(")") > marks.count("("):
        low = max(first - _IN_BRACKETS, 0)
        at = next((i for i in range(first - 1, low, -1) if sentence.words[i] == "("), first)
        if at < first:
            return min(first, _name_start(sentence, at - 1)), at - 1
    return first, last


def _without_time(words: list[str], first: int, last: int) -> int:
    """Take off what stands between a speaker and the verb: "the actress last night", ", prosecuting"."""
    while last > first and words[last] in _TAIL:
        last -= 1
    day = words[last - 1].lower() in DAYS
    timed = words[last] in _TIMES and (words[last - 1] in _BEFORE_TIME or day)
    goes_on = words[last - 1] == "," and words[last].endswith("ing") and words[last].islower()
    if last <= first + 1 or not (timed or goes_on):
        return last
    end = last - 2 - (day and words[last - 2] == "on")
    inner = words[end].endswith(("ed", "en")) or words[end] in _INNER_TIME
    return last if inner or end < first else end


def _whole_name(sentence: Sentence, first: int) -> int:
    """Begin a name with its first part: "De Witte", "Harrow & Pell", and with who speaks for it."""
    words = sentence.words
    while first and sentence.low[first - 1] in PARTICLES:
        first -= 1
    if first < 2 or words[first - 1] != "&":
        return first
    first = _name_start(sentence, first - 2)
    speaks = first > 1 and words[first - 1] == "for" and words[first - 2].startswith("spokes")
    return first - 2 if speaks else first


def _opening(words: list[str]) -> int:
    """Count the tokens that lead to a speaker: "on Friday", "it comes after", "Opening the case,"."""
    low = [word.lower() for word in words]
    if low[0].endswith("ing") and "," in words and low[1] in _BEHIND_PARTICIPLE:
        comma = words.index(",")
        named = len(words) > comma + 1 and (
            low[comma + 1] in DETERMINERS or words[comma + 1][0].isupper()
        )
        return comma + 1 if named else 0
    if len(low) > _DAY and low[0] in _BEFORE_DAY and low[1] in DAYS:
        return _DAY
    if low[-1] in _HE:
        return len(low) - 1
    if low[0] == "who" and low[-1].endswith("s") and verb_behind(words, 1, len(words) - 1) is None:
        return 1  # "Ana Silva, who officials say"
    since = _SINCE | {"as"} if low[0] in _IMPERSONAL else _SINCE
    if low[0] in _IMPERSONAL or len(low) > _LONGEST_NAME:
        for at in range(len(low) - 2, 0, -1):
            if low[at] in since and words[at + 1][0].isupper():
                return at + 1
    return 0


def _is_no_noun(word: str) -> bool:
    return word == "former" or word.endswith(("ing", "ed")) or word_class(word) != 0


def _with_title(sentence: Sentence, last: int) -> int:
    """Add the name behind a title: "Opposition leader Ana Silva", of which "Opposition" was read."""
    words = sentence.words[last + 1 : last + 4 + _LONGEST_APPOSITION]
    name = next((i for i, word in enumerate(words) if not word.islower()), 0)
    titled = name and words[name - 1] in TITLES and name <= _LONGEST_OFFICE
    titled = titled and not any(_is_no_noun(word) for word in words[:name])
    if not titled or not sentence.words[last][0].isupper():
        return last
    end = next(
        (i for i, word in enumerate(words) if i >= name and not word[0].isupper()), len(words)
    )
    return last + end if end > name else last


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
    if sentence.low[0] in ASKING or sentence.low[0].endswith("ing"):
        # "Asked about the bill, Silva shrugged."
        at = next((i for i, word in enumerate(sentence.words) if word == ","), 0)
    while at < len(tokens) and sentence.low[at] in _BEFORE_SUBJECT:
        at += 1
    if sentence.low[at : at + 1] and sentence.low[at] in OWNERS:
        # "His colleague Ana Silva nodded": not he.
        noun = sentence.low[at + 1 : at + 2]
        named = range(at + 2, min(at + 2 + _LONGEST_KIN, len(tokens)))
        if any(kin(word) or is_person(word) for word in noun):
            at = next((i for i in named if sentence.words[i][0].isupper()), at)
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
