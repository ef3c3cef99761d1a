"""Rules for where a reported clause begins and ends: "told the court Vail had known", "denied knowing"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from stance.articles.lexicon import (
    AUXILIARIES,
    BE,
    DAYS,
    DETERMINERS,
    DOING,
    JOINS,
    POSSESSIVE,
    PRONOUNS,
    REPORTING,
    SAYING,
    SUBORDINATORS,
    TELLING,
)
from stance.articles.model import Reading
from stance.articles.phrases import FINITE, LONGEST_CLAUSE, clause_end, verb_behind
from stance.articles.sentences import QUOTED, Sentence

_DENYING: Final = frozenset("deny denies denied denying".split())
CLAIMS: Final = frozenset(
    "claim claims allegation allegations accusation accusations assertion suggestion charge warning"
    " contention insistence".split()
)
"""Nouns of saying."""

_MENDED: Final = DOING | TELLING | SAYING | CLAIMS | {"ruled", "pleaded", "pleads"}
_COMMENTS: Final = CLAIMS | frozenset("remark comment statement move suggestion position".split())
_BLAMING: Final = frozenset("accuse accuses accused accusing blame blames blamed blaming".split())
_CHARGES: Final = frozenset(("of", "for"))
_LONGEST_APPOSITION: Final = 8  # tokens, its commas included
_BEFORE_ACCUSED: Final = AUXILIARIES | {"who"}
_ASIDES: Final = frozenset(("though", "although"))
_KNOWING: Final = frozenset("know sure certain recall remember say".split())
_VOWING: Final = frozenset(
    "threatened threatens vowed vows promised promises pledged pledges".split()
)
_SOURCES: Final = DETERMINERS | frozenset("police prosecutors sources documents people".split())
_ACCORDING: Final = [",", "according", "to"]
_SHORT: Final = ["stopped", "short", "of"]
_URGING: Final = frozenset("urged urges asked asks told tells ordered called".split())
_TIMES: Final = DAYS | frozenset("afterwards also again repeatedly then tonight".split())
_SINCE: Final = frozenset("for since over throughout".split())
_SINCE_WHEN: Final = 5  # words up to "he" in "said for weeks he"
_PLACES: Final = frozenset("outside inside at in on from during near after before".split())
_TO_THAT: Final = 8  # words from a verb to the "that" behind a place
_LISTENER: Final = 6  # words from "told" to the verb of what is told
_IS_OR_HAS: Final = BE | {"has", "have", "had"}
_OPENS_SUBJECT: Final = DETERMINERS | PRONOUNS
_NEW_CLAUSE: Final = JOINS | SUBORDINATORS | PRONOUNS | {",", "who", "which", "whose"}
_NO_NOUN: Final = _NEW_CLAUSE | {"that", "to"}
_NEVER_LAST: Final = AUXILIARIES | DETERMINERS | {"not", "never"}
_INNER: Final = frozenset(("who", "which", "that", "those"))
_RELATIVE: Final = frozenset(("who", "which"))
_BEHIND_ACT: Final = PRONOUNS | frozenset(
    "the a an his her its their him them us that to in out off on into back".split()
)


def mended_clause(sentence: Sentence, reading: Reading) -> Reading:
    """Read a clause behind its verb from where it begins to where it ends.

    Parameters
    ----------
    sentence : Sentence
        A sentence.
    reading : Reading
        What the model read there.

    Returns
    -------
    Reading
        The same, or what the words say by one of the patterns below.
    """
    (first, last), cue = reading.content or (0, -1), reading.cue
    last = _over_that(sentence, cue, first, last)
    who = _who(sentence, cue)
    verb = sentence.low[cue]
    if first <= cue or (who is None and verb not in _MENDED):
        return reading
    # A window, so that time stays linear in an endless sentence; positions count in it.
    begin = max(cue - LONGEST_CLAUSE, 0)
    words, low = sentence.words[begin : last + 1], sentence.low[begin : last + 1]
    first, last, cue = first - begin, last - begin, cue - begin
    last = _before_comment(low, first, last)
    last = _before_aside(words, low, first, last)
    if low[last] in REPORTING:
        last = _before_tag(words, first, last)
    first = _begin(words, low, cue, first)
    if verb.startswith("claim") and low[first] == "responsibility" and "," in low[first:last]:
        last = low.index(",", first) - 1
    accused = low[cue : cue + 2] == ["accused", "of"]
    if accused and (cue == 0 or low[cue - 1] not in _BEFORE_ACCUSED):
        end = verb_behind(words, first + 1, last)
        last = last if end is None else end - 1
        reading = replace(reading, speaker=None)
    elif who is not None and begin == 0:
        last = _before_main_verb(words, who, first, last)
    elif verb in CLAIMS and begin == 0 and low[first] == "that":
        last = _before_second_verb(low, cue, first, last)
    elif verb in _BLAMING and first == cue + 1 and _CHARGES.isdisjoint(low[first:]):
        last = _with_charge(sentence, reading.cue, last + begin) - begin
        words = sentence.words[begin : last + 1]
    elif first == cue + 1 and (verb in DOING or low[first].endswith("ing")):
        last = _before_next_act(words, first, last)
    if verb in _URGING:
        last = _before_new_subject(words, first, last)
    content = (first + begin, last + begin)
    return reading if content == reading.content else replace(reading, content=content)


def _begin(words: list[str], low: list[str], cue: int, first: int) -> int:
    """Find where a clause begins that was read from its middle, or from before it."""
    verb = low[cue]
    if verb in _DENYING and low[cue + 1].endswith("ing"):
        return cue + 1
    if low[cue + 1 : cue + 3] == ["not", "guilty"]:
        return cue + 1
    ruled = low[cue : cue + 2] == ["ruled", "out"] and cue + 2 < len(low)
    if ruled and low[cue + 2].endswith("ing"):
        return cue + 2
    if low[max(cue - 1, 0) : cue + 1] == ["neither", "confirm"]:
        return cue - 1
    if verb in TELLING and first > cue + 2 and low[first - 1] != "that":
        return _behind_listener(low, [word[0].isupper() for word in words[:first]], cue, first)
    if verb in _VOWING and first > cue + 1 and low[cue + 1] in _PLACES:
        places = range(cue + 2, min(cue + _TO_THAT, len(low)))
        return next((at for at in places if low[at] == "to"), first)
    if verb in SAYING and first == cue + 1 and low[first] in _PLACES:
        return _behind_place(low, first)
    if verb in SAYING and low[first] in _TIMES and low[first + 1 : first + 2] == ["that"]:
        return first + 1
    if verb in SAYING and cue < first <= cue + 2 and low[cue + 1] in _SINCE:
        first = _behind_place(low, first)
        # "said for years he was ill", "warning for months about it"
        places = range(first, min(cue + _SINCE_WHEN, len(low)))
        return next((at for at in places if low[at] in PRONOUNS or low[at] == "about"), first)
    return first


def _who(sentence: Sentence, cue: int) -> int | None:
    """Find the "who" of a relative clause between commas that a verb belongs to."""
    who = cue - 1
    while who > 1 and sentence.low[who] in AUXILIARIES:
        who -= 1
    relative = who > 1 and sentence.words[who] in _RELATIVE and sentence.words[who - 1] == ","
    return who if relative else None


def _behind_listener(low: list[str], named: list[bool], cue: int, first: int) -> int:
    """Begin "told the court Vail had known about it" with Vail, not behind "about"."""
    verbs = (i for i in range(cue + 1, min(first, cue + _LISTENER)) if low[i] in AUXILIARIES)
    verb = next(verbs, None)
    if verb is None or "," in low[cue:verb]:
        return first
    for at in range(verb - 1, cue + 1, -1):
        if low[at] in _OPENS_SUBJECT or (named[at] and not named[at - 1]):
            return at
    return first


def _behind_place(low: list[str], first: int) -> int:
    """Begin "said outside the court that it burned" with "that"."""
    for at in range(first + 1, min(first + _TO_THAT, len(low) - 1)):
        if low[at] == "that":
            return at
        if low[at] in AUXILIARIES or low[at] == ",":
            break
    return first


def _before_comment(low: list[str], first: int, last: int) -> int:
    """End "that it burned, a claim made by the army" before what the writer says of it."""
    for at in range(first + 1, last - 1):
        if low[at] == "," and low[at + 1] in ("a", "an") and low[at + 2] in _COMMENTS:
            return at - 1
    return last


def _over_that(sentence: Sentence, cue: int, first: int, last: int) -> int:
    """Read on over ", and that it burned" behind "said it rained"."""
    behind = sentence.low[last + 1 : last + 4]
    comma = behind[:1] == [","]
    join = last + 1 + comma
    goes_on = behind[comma + 1 : comma + 2] == ["that"] and sentence.low[join] in JOINS
    if not goes_on or not cue < first or sentence.low[cue] not in SAYING:
        return last
    return clause_end(sentence, join + 1)


def _before_aside(words: list[str], low: list[str], first: int, last: int) -> int:
    """End "that she would run, though she had lost twice" before what the writer adds."""
    for at in range(first + 1, last - 2):
        source = low[at + 3 : at + 4] if low[at : at + 3] == _ACCORDING else []
        named = source and (words[at + 3][0].isupper() or source[0] in _SOURCES)
        if named and "," not in low[at + 3 : last]:
            return at - 1
        if low[at : at + 3] == _SHORT and low[at - 1] in JOINS:
            return at - 2 - (low[at - 2] == ",")
    commas = (
        i
        for i in range(first + 1, last)
        if low[i] == "," and (low[i + 1] in _ASIDES or low[i + 1 : i + 3] == ["even", "as"])
    )
    comma = next(commas, None)
    if comma is None or QUOTED in low[comma:] or "," in low[comma + 1 : last]:
        return last
    if "not" in low[comma:last] and not _KNOWING.isdisjoint(low[comma:last]):
        return last  # "although he did not know when"
    whole = verb_behind(low, first, comma - 1) is not None
    return comma - 1 if whole and verb_behind(low, comma + 2, last) is not None else last


def _with_charge(sentence: Sentence, cue: int, last: int) -> int:
    """Read on over an apposition: "accused her rival, Ana Silva, of lying"."""
    behind = sentence.low[last + 1 : last + 1 + _LONGEST_APPOSITION]
    if behind[:1] != [","]:
        return last
    at = next((i for i in range(2, len(behind) - 1) if behind[i] == ","), 0)
    charge = "of" if sentence.low[cue].startswith("accus") else "for"
    if not at or behind[at + 1] != charge:
        return last
    named = sentence.words[last + 2][0].isupper() or behind[1] in DETERMINERS
    apposed = named and verb_behind(sentence.words, last + 2, last + at) is None
    return clause_end(sentence, last + 2 + at) if apposed else last


def _before_tag(words: list[str], first: int, last: int) -> int:
    """End "that it burns, ABC News reported" before the tag of who reports that somebody says so."""
    at = last - 1
    while at > first and words[at][0].isupper():
        at -= 1
    if at - 2 >= first and at == last - 1 and words[at].endswith("s") and words[at - 1] == ",":
        return at - 2  # "..., sources said"
    if first < at < last - 1 and words[at] in (",", QUOTED):
        return at - (words[at] == ",")
    return last


def _before_main_verb(words: list[str], who: int, first: int, last: int) -> int:
    """End what "Silva, who said that it burned, left" reports before "left"."""
    if verb_behind(words, 1, who - 1) is not None:
        return last
    commas = (
        i for i in range(first + 1, last) if words[i] == "," and verb_behind(words, i + 1, i + 1)
    )
    return next(commas, last + 1) - 1


def _before_second_verb(low: list[str], cue: int, first: int, last: int) -> int:
    """End "Silva's claim that he was ill is false" before "is"."""
    if cue > 1 and low[cue - 1] not in POSSESSIVE:
        return last
    verbs = [i for i in range(first + 1, last + 1) if low[i] in _IS_OR_HAS]
    for one, other in pairwise(verbs):
        between = low[one + 1 : other]
        inner = _NEW_CLAUSE.isdisjoint(between) and _INNER.isdisjoint(low[first + 1 : one])
        if between and inner and between[-1] not in _NEVER_LAST:
            return other - 1
    return last


def _before_new_subject(words: list[str], first: int, last: int) -> int:
    """End "urged us to wait, and the cars left" before what somebody else does."""
    for at in range(first + 1, last - 2):
        opens = words[at] == "," and words[at + 1] in JOINS and words[at + 2] in DETERMINERS
        if opens:
            return last if "," in words[first:at] else at - 1
    return last


def _before_next_act(words: list[str], first: int, last: int) -> int:
    """End "denied the charge and walked out" before "and": who denied it does the next thing, too."""
    if words[first] in ("to", "that"):
        return last
    for at in range(first + 1, last):
        verb = at + 1 if words[at] in JOINS else None
        if words[at] == "," and words[at + 1] in JOINS:
            verb = verb_behind(words, at + 2, last - 1)
        if verb is not None and verb < last and verb_behind(words, verb, verb) is not None:
            goes_on = words[verb] in FINITE or words[verb + 1] in _BEHIND_ACT
            return at - 1 if goes_on else last
        if words[at] in _NO_NOUN or verb_behind(words, at, at) is not None:
            break
    return last
