"""Rules for what the model of attribution has seen too little of, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from stance.articles.clause_mending import CLAIMS, mended_clause
from stance.articles.headlines import mended_headline
from stance.articles.lexicon import (
    ASKING,
    AUXILIARIES,
    BE,
    BEHIND_LISTENER,
    DETERMINERS,
    JOINS,
    OPENERS,
    PRONOUNS,
    REPORTS,
    SAYING,
    SUBORDINATORS,
    TELLING,
    word_class,
)
from stance.articles.model import Reading
from stance.articles.passives import mended_passive
from stance.articles.phrases import LONGEST_CLAUSE, clause_end
from stance.articles.quoted_mending import mended_beside_quotation
from stance.articles.sentences import QUOTED, Sentence, Span
from stance.articles.span_features import REACH
from stance.articles.tag_mending import mended_tag

_NO_ACT: Final = DETERMINERS | PRONOUNS
_SURE: Final = 0.9  # "According to" reports, whatever stands behind it
_LONGEST_ITEM: Final = 4  # words of a list up to its "and", that included
_LONGEST_APPOSITION: Final = 6  # tokens, its comma included
_BEFORE_ASKED: Final = BE | {"when", "if", "once", "repeatedly"}
_TOLD: Final = (TELLING - SAYING) | ASKING | frozenset("advised advises notified notifies".split())
_LONGEST_LISTENER: Final = 8  # words
_NO_LISTENER: Final = frozenset("how why what when where to about for".split())
_OPENING: Final = 5  # tokens in which a first clause is opened: "A day after"
_OPENS_CLAUSE: Final = (SUBORDINATORS - {"that", "but"}) | {"although", "though", "until"}
_AFTER_INNER_COMMA: Final = frozenset("and or but who which whose where as including such".split())


def mended(text: str, sentence: Sentence, reading: Reading) -> Reading:
    """Read what the model has seen too little of, where its reading shows that.

    Parameters
    ----------
    text : str
        The article.
    sentence : Sentence
        One of its sentences.
    reading : Reading
        What the model read there.

    Returns
    -------
    Reading
        The same, or what the words say by one of the patterns below.
    """
    reading = mended_headline(sentence, reading)
    if sentence.quotations:
        reading = mended_beside_quotation(text, sentence, reading)
    reading = mended_clause(sentence, mended_tag(sentence, reading))
    if reading.content is None:
        return reading
    verb = sentence.low[reading.cue]
    reading = mended_passive(sentence, reading)
    if verb == "asked" and _is_asked(sentence, reading.cue):
        reading = replace(reading, speaker=None)
    if verb in _TOLD:
        return _mended_listener(sentence, reading)
    if verb == "according":
        return _mended_opening(sentence, reading)
    reading = _mended_apposition(sentence, reading)
    return _mended_first_clause(sentence, reading, reading.content)


def _is_asked(sentence: Sentence, cue: int) -> bool:
    """Tell whether who is named was asked, and did not ask: "when asked whether"."""
    return cue == 0 or sentence.low[cue - 1] in _BEFORE_ASKED


def _mended_listener(sentence: Sentence, reading: Reading) -> Reading:
    """Read "told the club that ...", where the listener was taken for a part of what is said."""
    first, last = reading.content or (0, -1)
    words = sentence.low[first : last + 1][:_LONGEST_LISTENER]
    at = next((i for i, word in enumerate(words) if word in BEHIND_LISTENER), 0)
    act = _act_told(sentence, reading.cue, first)
    if act is not None:
        return replace(reading, content=(act, last))
    if first != reading.cue + 1 or not at or words[0] in _NO_LISTENER:
        return reading
    clause = "," in words[:at] or not AUXILIARIES.isdisjoint(words[:at])
    if clause or (words[at] == "not" and words[at + 1 : at + 2] != ["to"]):
        return reading
    return replace(reading, content=(first + at, last))


def _act_told(sentence: Sentence, cue: int, first: int) -> int | None:
    """Find the "to" of "told Obi to withdraw the claim that it burned", of which the end was read."""
    low, begin = sentence.low, cue + 1
    verb = sentence.words[first - 1].islower() and low[first] != "that"
    if verb and first > begin + 2 and low[first - 2] == "to":
        return first - 2
    told = low[begin : cue + _LONGEST_LISTENER]
    if told[:1] == ["to"] and first > begin:
        return begin
    if low[first - 1] not in CLAIMS or "to" not in told[1:]:
        return None
    to = told.index("to", 1)
    plain = BEHIND_LISTENER.isdisjoint(told[:to]) and "," not in told[:to]
    acts = plain and _NO_ACT.isdisjoint(told[to + 1 : to + 2]) and begin + to < first
    return begin + to if acts else None


def _mended_opening(sentence: Sentence, reading: Reading) -> Reading:
    """Read "According to the drivers' union, ...", where who is named was taken for what is said."""
    (first, last), cue = reading.content or (0, -1), reading.cue
    words = sentence.low[cue : cue + REACH]
    if words[1:2] != ["to"]:
        return reading
    if cue == 0 and "," in words[3:-2]:
        # "According to Obi, the report showed that it burned": all of that.
        comma = _behind_name(sentence, words.index(",", 3))
        if cue + 2 < first <= comma < last:
            return reading.said_by((2, comma - 1), (comma + 1, last))
        if first > comma and "," not in words[comma + 1 : first]:
            return replace(reading, content=(comma + 1, last), trust=max(reading.trust, _SURE))
    if cue == 0 and "," not in words[2:first] and "," in words[first:-2]:
        # "According to two diplomats briefed on the talks, it burned": not from "the talks" on.
        comma = _behind_name(sentence, words.index(",", max(first, cue + 3)))
        end = last if comma < last else clause_end(sentence, comma + 1)
        return reading.said_by((2, comma - 1), (comma + 1, end))
    if 0 < first <= last < cue and sentence.words[first - 1] == ",":
        # "Oro, the firm that makes it, knew of it, according to Obi": from "Oro" on.
        opening = sentence.low[: min(first, LONGEST_CLAUSE)]
        leads = first > LONGEST_CLAUSE or opening[0] in JOINS or opening[0] in OPENERS
        if not leads and not any(word_class(word) & REPORTS or word == QUOTED for word in opening):
            return replace(reading, content=(0, last))
    if not cue < first <= cue + 2:
        return reading
    first = cue + 2
    ends = sentence.words[last + 1 : last + 2] in ([], ["."])
    if cue > 1 and ends and sentence.words[cue - 1] == "," and QUOTED not in sentence.words[:cue]:
        # "It burned, according to the mayor's office."
        return reading.said_by((first, last), (0, cue - 2))
    if "," not in words[3:-2]:
        return reading
    comma = _behind_name(sentence, cue + words.index(",", 3))
    if last <= comma and cue > 0:
        return reading
    if last <= comma:
        # Nothing but who says it was read.
        last = clause_end(sentence, comma + 1)
    return reading.said_by((first, comma - 1), (comma + 1, last))


def _behind_name(sentence: Sentence, comma: int) -> int:
    """Give the comma behind the name that one before leads to: "its head, Dr. Ana Silva, it burned"."""
    for at in range(comma + 1, min(comma + 2 + _LONGEST_APPOSITION, len(sentence.words) - 1)):
        word = sentence.words[at]
        if word == ",":
            return at if at > comma + 2 else comma
        if not (word[0].isupper() or word == "."):
            break
    return comma


def _mended_apposition(sentence: Sentence, reading: Reading) -> Reading:
    """Read "said a neighbour, Tom Hill, had called", where it was taken to end before the name."""
    first, last = reading.content or (0, -1)
    if first < reading.cue or sentence.words[last + 1 : last + 2] != [","]:
        return reading
    names = sentence.words[last + 2 : last + 2 + _LONGEST_APPOSITION]
    length = next((i for i, word in enumerate(names) if not word[0].isupper()), 0)
    verb = last + 3 + length
    if not length or names[length] != "," or verb >= len(sentence.words):
        return reading
    end = clause_end(sentence, verb)
    if sentence.low[verb] not in AUXILIARIES or QUOTED in sentence.words[verb : end + 1]:
        return reading
    return replace(reading, content=(first, end))


def _mended_first_clause(sentence: Sentence, reading: Reading, content: Span | None) -> Reading:
    """Read "After Obi accused her of lying, Silva left", where the main clause was taken for more of it."""
    if content is None or not reading.cue < content[0] or reading.cue > LONGEST_CLAUSE:
        return reading
    cue = reading.cue
    opening = sentence.low[: min(cue, _OPENING)]
    opens = next((i for i, word in enumerate(opening) if word in _OPENS_CLAUSE), None)
    if opens is None or "," in sentence.words[opens:cue]:
        return reading
    words = sentence.low[: content[1] + 1]
    commas = (
        i
        for i in range(content[0] + 1, content[1])
        if words[i] == "," and words[i + 1] not in _AFTER_INNER_COMMA
    )
    comma = next(commas, None)
    if comma is None or _goes_on_behind(words, comma):
        return reading
    return replace(reading, content=(content[0], comma - 1))


def _goes_on_behind(words: Sequence[str], comma: int) -> bool:
    """Tell whether a comma opens an apposition or a list: "the man, 34, had died"."""
    behind = words[comma + 1 : comma + 1 + _LONGEST_APPOSITION]
    return "," in behind or not JOINS.isdisjoint(behind[1:_LONGEST_ITEM]) or behind[:1] == ["or"]
