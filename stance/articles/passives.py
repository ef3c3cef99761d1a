"""Passives: "Silva was accused by Obi of lying", "Silva is said to have left"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from stance.articles.lexicon import (
    AUXILIARIES,
    BE,
    COURTS,
    DAYS,
    DETERMINERS,
    DOING,
    PREPOSITIONS,
    TELLING,
)
from stance.articles.model import Reading
from stance.articles.phrases import ENDS_NAME, phrase_end
from stance.articles.sentences import Sentence, Span
from stance.articles.span_features import REACH

_HEARSAY: Final = frozenset("said believed reported thought understood alleged".split())
_OF_ONESELF: Final = (["told", "to"], ["told", "that"])  # who is named may be the one told that
_TOLD_OF: Final = ["told", "of"]
_BETWEEN: Final = AUXILIARIES - BE
_SUFFERED: Final = frozenset(
    verb for verb in DOING | TELLING if verb.endswith("ed") or verb == "told"
)
_NO_AGENT: Final = DAYS | PREPOSITIONS | frozenset("then now noon midnight next".split())
_ENDS_AGENT: Final = ENDS_NAME | PREPOSITIONS | {"of", "to", "that", "and"}


def mended_passive(sentence: Sentence, reading: Reading) -> Reading:
    """Read "Silva was accused by Obi of ...": Obi speaks, or whoever it is, but not Silva.

    Parameters
    ----------
    sentence : Sentence
        A sentence.
    reading : Reading
        What one of its cues reports.

    Returns
    -------
    Reading
        The same, if it is nothing of that kind.
    """
    cue = reading.cue
    if sentence.low[cue] not in _SUFFERED and not _is_hearsay(sentence, cue):
        return reading
    before = cue - 1
    while before >= 0 and sentence.low[before] in _BETWEEN:
        before -= 1
    if reading.content is None:
        return reading
    first, last = reading.content
    told = sentence.low[cue : cue + 2] in _OF_ONESELF and first > cue
    if told and sentence.low[cue + 1] == "that":
        # "was summoned and told that it burned", but not "told that man it burned"
        earlier = sentence.low[max(cue - REACH, 0) : cue]
        told = earlier[-1:] == ["and"] and not BE.isdisjoint(earlier)
    told = told or (sentence.low[cue : cue + 2] == _TOLD_OF and sentence.low[cue - 1] in COURTS)
    if not told and (before < 0 or sentence.low[before] not in BE):
        return reading
    trust = reading.trust
    agent = _agent(sentence, cue)
    if agent is not None and agent[0] == cue + 2 and agent[1] < last:
        first = max(first, agent[1] + 1)
        trust = max(trust, reading.probability)
    elif sentence.low[cue] in TELLING and (last < cue or _within(first, agent)):
        if sentence.words[last + 1 : last + 2] == [","] and last < before:
            return replace(reading, speaker=None)  # "He lied, the jury was told"
        return replace(reading, content=None)  # "as he had been told by an official"
    elif agent is not None and before > 0 and _within(first, agent):
        # "The charges were denied by the company."
        first, last = 0, before - 1
        trust = max(trust, reading.probability)
    elif agent is not None and first < agent[0] - 1 <= last:
        last = agent[0] - 2
    if sentence.words[first] == "of" and first < last:
        first += 1
    return replace(reading, content=(first, last), speaker=agent, speaker_score=0.0, trust=trust)


def _within(at: int, part: Span | None) -> bool:
    return part is not None and part[0] <= at <= part[1]


def _is_hearsay(sentence: Sentence, cue: int) -> bool:
    """Tell whether nobody knows who says it: "Silva is said to ..."."""
    words = sentence.low[max(cue - 1, 0) : cue + 2]
    return len(words) == 3 and words[0] in BE and words[1] in _HEARSAY and words[2] == "to"


def _agent(sentence: Sentence, cue: int) -> Span | None:
    """Find who does what somebody else suffers: "by the prosecutors"."""
    low = sentence.low[cue : cue + REACH]
    by = next((i for i in range(1, len(low) - 1) if low[i] == "by"), None)
    if by is None or low[by + 1] in _NO_AGENT or low[by + 1][0] in "0123456789":
        return None
    if low[by + 1].endswith("ing") or not low[by + 1][0].isalnum():
        return None
    # "to travel by train" is no agent; one further away is named, or has an article.
    name = sentence.words[cue + by + 1]
    if by > 1 and not (name[0].isupper() or low[by + 1] in DETERMINERS):
        return None
    # "The report was signed by": another passive.
    if not BE.isdisjoint(low[1:by]):
        return None
    return cue + by + 1, cue + phrase_end(low, by + 2, len(low), _ENDS_AGENT) - 1
