"""Verbs that report elsewhere, and here report nothing: "was shown", "is expected to", "did not say what"."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from stance.articles.lexicon import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    OWNERS,
    PREPOSITIONS,
    PRONOUNS,
    REPORTING,
    SAYING,
    TELLING,
    WRITING,
)
from stance.articles.sentences import QUOTED, Sentence

_AWAITED: Final = frozenset(
    "expected known due set slated scheduled poised likely supposed".split()
)
_SUFFERED: Final = frozenset("cited shown refused asked summoned".split())
_DOES: Final = frozenset("do did does has have had".split())
_YET: Final = frozenset("yet ever immediately publicly directly previously even".split())
_NEGATED: Final = frozenset(
    "didn't didn’t doesn't doesn’t don't don’t hasn't hasn’t haven't haven’t hadn't hadn’t never".split()
)
_SPEAKING: Final = frozenset(
    "say said speak spoke spoken tell told reveal revealed disclose disclosed specify specified explain"
    " explained mention mentioned elaborate elaborated comment commented answer answered discuss"
    " discussed admit admitted acknowledge acknowledged concede conceded".split()
)
_ACTS: Final = frozenset(
    "press return attend join participate take run seek renew sign prosecute charge intervene play travel"
    " testify move sell buy pay leave hear".split()
)
"""What somebody declines to do without a word."""

_BESIDE: Final = frozenset(
    "in at on by near above below under inside outside among behind beneath".split()
)
_FINITE: Final = AUXILIARIES | PRONOUNS
_RESPONDING: Final = frozenset("respond responds responded responding".split())
_BEHIND_RESPONSE: Final = frozenset("to within in after at on from".split())
_SIDING: Final = frozenset("vote votes voted voting testify testifies testified testifying".split())
_SIDES: Final = frozenset(("for", "against"))
_OFFICES: Final = frozenset(
    "minister ministers chief secretary head director manager ambassador general commander coach official"
    " officials aide officer officers governor cabinet government chairman chair editor".split()
)
_TROUBLES: Final = frozenset(
    "row dispute crisis scandal storm strike war fire fires flood floods flooding virus outbreak drought"
    " feud spat debate controversy violence unrest protests shortage deadlock fallout".split()
)
_THREATENING: Final = frozenset("threaten threatens threatened threatening".split())
_NOBODY: Final = frozenset(("nobody", "no"))
_TRADING: Final = frozenset("trade trades traded trading swap swapped".split())
_PLEAS: Final = (["charged", "with"], ["pleaded", "guilty"], ["pleads", "guilty"])
_LONGEST_STORY: Final = 4  # words
_LONGEST_PLACE: Final = 6  # words


def is_no_speech(sentence: Sentence, cue: int, first: int, last: int) -> bool:
    """Tell whether a verb that reports elsewhere reports nothing here.

    Parameters
    ----------
    sentence : Sentence
        A sentence.
    cue : int
        Position of the verb.
    first, last : int
        Positions of the first and the last token of what it was read to report.

    Returns
    -------
    bool
        Whether nothing is said by it.
    """
    verb = sentence.low[cue]
    if cue == 0:
        # What somebody was asked is no statement, nor is "In a tweet that he deleted, ...".
        return verb == "asked" or (verb == "in" and sentence.low[first] == "that")
    if sentence.low[0] == "asked" and "," not in sentence.low[:cue]:
        return True  # "Asked whether he had been told to, Silva said"
    content = sentence.low[first : last + 1]
    before, behind = sentence.low[max(cue - 3, 0) : cue], sentence.low[cue + 1 : cue + 2]
    if before[-2:-1] == ["what"] and verb in REPORTING:
        return True  # "which is what he says when he lies"
    if [verb, *behind] in _PLEAS:
        return True
    if before[-1] in BE and ((verb in _AWAITED and content[0] == "to") or verb in _SUFFERED):
        return True
    if verb in _SPEAKING and _is_negated(before):
        return True
    if verb in _THREATENING and behind == ["to"]:
        opening = sentence.low[:2] if "," not in sentence.low[:cue] else []
        trouble = opening[-1:] if opening[:1] and opening[0] in DETERMINERS else []
        return not _TROUBLES.isdisjoint([before[-1], *trouble])
    plain = first > cue and QUOTED not in content
    return plain and _does_something(sentence, cue, content)


def _is_negated(before: list[str]) -> bool:
    """Tell whether the words before a verb end in a negation of it: "did not yet"."""
    words = before[:-1] if before[-1] in _YET else before
    unsaid = words[-1:] == ["not"] and not _DOES.isdisjoint(words)
    return unsaid or not _NEGATED.isdisjoint(words[-1:])


def _does_something(sentence: Sentence, cue: int, content: list[str]) -> bool:
    """Tell whether a verb does something to what stands behind it: "responded to a report of shots"."""
    verb, behind = sentence.low[cue], sentence.low[cue + 1 : cue + 2]
    told = "that" in content or ":" in content
    if verb in _RESPONDING:
        return not _BEHIND_RESPONSE.isdisjoint(behind) and not told
    if verb in WRITING:
        return behind == ["to"] and not told
    if verb in _SIDING:
        return not _SIDES.isdisjoint(behind) and not told
    if verb == "doubt":
        return sentence.low[cue - 1] == "no"
    if verb == "declined":
        return content[0] == "to" and not _ACTS.isdisjoint(content[1:2])
    if verb == "found":
        short = len(content) <= _LONGEST_PLACE and _FINITE.isdisjoint(content)
        return short and not _BESIDE.isdisjoint(behind) and not told
    if verb == "dismissed":
        return _is_office(content)
    if verb in SAYING and content[0] == "it" and content[1:2] and content[1].endswith("ly"):
        return len(content) == 2 or content[2] == ","  # "He says it pleasantly, as one might"
    if verb in TELLING and not _NOBODY.isdisjoint(behind):
        return True
    if verb == "told":
        return len(content) <= _LONGEST_STORY and content[-1] == "story"
    return verb == "blame" and sentence.low[cue - 1] in _TRADING


def _is_office(content: list[str]) -> bool:
    """Tell whether some words name an officer, and no more: "his finance minister on Sunday"."""
    owned = content[0] in OWNERS or content[0] in DETERMINERS
    ends = ((word, follows) for word, follows in pairwise([*content, "on"]) if word in _OFFICES)
    follows = next(ends, ("", ""))[1]
    return owned and "as" not in content and (follows in PREPOSITIONS or follows == ",")
