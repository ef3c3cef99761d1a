"""Tags without quotations: ", the mayor said.", ", said Mayor Ana Silva", ", its leader, Joe Obi, said."."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from stance.articles.lexicon import (
    ASKING,
    AUXILIARIES,
    BE,
    BEHIND_LISTENER,
    COURTS,
    DAYS,
    DETERMINERS,
    JOINS,
    PRONOUNS,
    REPORTING,
    SUBORDINATORS,
    TELLING,
)
from stance.articles.model import Reading
from stance.articles.phrases import ENDS_NAME, LONGEST_CLAUSE, phrase_end, verb_behind
from stance.articles.sentences import QUOTED, Sentence

_OPENS_NAME: Final = PRONOUNS | DETERMINERS | {"people"}
_NO_PLURALS: Final = AUXILIARIES | SUBORDINATORS | {"this", "as", "less", "perhaps"}
_STATEMENTS: Final = (["statement"], ["email"], ["interview"], ["letter"], ["speech"], ["post"])
_TIMES: Final = frozenset("week month year night".split())
_LATE: Final[tuple[list[str], ...]] = (["last"], ["this"], ["earlier", "this"], ["late", "last"])
_WHEN: Final = DAYS | _TIMES | {"last", "this", "earlier", "late"}
_HEARD: Final = 0.5  # trust in what a court heard
_TAIL: Final = 4  # tokens from a closing "said" to the end of the sentence
_LONGEST_TAIL: Final = 7  # the same, with a day or a listener
_LONGEST_TAG: Final = 10
_SHORTEST_CLAUSE: Final = 2
_LONGEST_SPEAKER: Final = 9  # tokens behind a verb
_ENDS_INVERTED: Final[tuple[list[str], ...]] = ([","], ["."], ["who"])


def mended_tag(sentence: Sentence, reading: Reading) -> Reading:
    """Read what stands before or behind a clause for who says that.

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
    if sentence.low[0] in ASKING:
        return reading  # "Asked whether it burned, Silva said"
    behind = len(sentence.words) - reading.cue
    reading = _placed(sentence, reading)
    added = _added(sentence, reading)
    if added is None:
        added = _timed(sentence, reading)
    if added is not None or (behind < _LONGEST_TAIL and _is_no_content(sentence, reading)):
        return _closing(sentence, reading, len(sentence.words) if added is None else added)
    if behind < _TAIL:
        reading = _named(sentence, reading)
    return _inverted(sentence, reading)


def _is_no_content(sentence: Sentence, reading: Reading) -> bool:
    """Tell whether what a verb near the end of a sentence was read to report is who speaks or listens."""
    if reading.content is None or reading.content_score <= 0:
        return True
    first, last = reading.content
    words = sentence.low[first : last + 1]
    if first > reading.cue and DAYS.issuperset(words):
        return True  # "Silva said Tuesday"
    if not BEHIND_LISTENER.isdisjoint(words) or QUOTED in sentence.words[: last + 1]:
        return False
    verb = sentence.low[reading.cue]
    speaker = last < reading.cue and first and sentence.words[first - 1] == ","
    return bool(speaker) or (verb in TELLING and first == reading.cue + 1)


def _added(sentence: Sentence, reading: Reading) -> int | None:
    """Find the comma of ", Silva said, adding that it burned", where the verb was read to report that."""
    cue, first = reading.cue, (reading.content or (0, 0))[0]
    low = sentence.low[cue : cue + _LONGEST_TAG]
    if "," not in low[:-1]:
        return None
    comma = low.index(",")
    adds = low[comma + 1]
    goes_on = adds in JOINS or (adds.endswith("ing") and adds in REPORTING) or adds == "speaking"
    return cue + comma if goes_on and first > cue + comma else None


def _timed(sentence: Sentence, reading: Reading) -> int | None:
    """Find the comma behind ", the office said last week, the most since 2011"."""
    first, last = reading.content or (0, -1)
    words = sentence.low[first : last + 1]
    time = words[-1:] and words[-1] in _TIMES and words[:-1] in _LATE
    closed = first == reading.cue + 1 and sentence.words[last + 1 : last + 2] in ([","], ["."], [])
    return last + 1 if time and closed else None


def _closing(sentence: Sentence, reading: Reading, end: int) -> Reading:
    """Read ", the mayor said." or ", she told reporters." at the end of a sentence, or before a comma."""
    cue = reading.cue
    low = sentence.low
    tail = [word for word in low[cue + 1 : end] if word[0].isalnum() and word not in _WHEN]
    if tail[:1] == ["in"] and tail[-1:] in _STATEMENTS:
        tail = []
    before = cue - 1
    while before > 0 and low[before] in AUXILIARIES:
        before -= 1
    told = low[cue] == "told" and low[cue - 1] in BE and low[before] in COURTS
    court = cue - 1 - (low[cue - 1] == "has")
    hears = told or (low[cue] == "heard" and low[court] in COURTS)
    suffered = low[cue - 1] in BE  # "changes were announced"
    if (
        (suffered and not told)
        or not (low[cue] in REPORTING or hears)
        or (tail and low[cue] not in TELLING)
    ):
        return reading
    comma = _comma_before(sentence, cue)
    first, last = comma + 1, cue - 1
    while last > first and low[last] in AUXILIARIES:
        last -= 1
    names = comma > 1 and (
        low[first] in _OPENS_NAME
        or (low[first].endswith("s") and low[first] not in _NO_PLURALS)
        or any(word[0].isupper() for word in sentence.words[first:cue])
    )
    quoted = QUOTED in sentence.words[:cue]
    # "Silva “could be a good choice”, the firm said, adding that ..."
    partly = quoted and sentence.words[0] != QUOTED == sentence.words[comma - 1] and end < len(low)
    if not names or first > last or (quoted and not partly):
        return reading
    start = 1 if low[0] in JOINS and comma > _SHORTEST_CLAUSE else 0
    return replace(
        reading,
        content=(start, comma - 1),
        content_score=0.0,
        speaker=(first, last),
        speaker_score=0.0,
        trust=_HEARD if hears else reading.probability,
    )


def _placed(sentence: Sentence, reading: Reading) -> Reading:
    """Read ", the Oro Falls, Ohio-based company said", where the place was taken for what is said."""
    (first, last), cue = reading.content or (0, -1), reading.cue
    if sentence.words[last + 1 : last + 2] != [","] or not last + 2 < cue <= last + _LONGEST_TAG:
        return reading
    the = last
    while the > max(first, last - _LONGEST_TAG) and sentence.words[the][0].isupper():
        the -= 1
    if sentence.words[the] != "the" or the <= first + 1 or sentence.words[the - 1] != ",":
        return reading
    return reading.said_by((the, cue - 1), (first, the - 2))


def _comma_before(sentence: Sentence, cue: int) -> int:
    """Find the comma before who speaks, over that of a place: ", the Oro, Ohio-based company said"."""
    commas = [i for i in range(max(cue - _LONGEST_TAG, 1), cue) if sentence.words[i] == ","]
    for at in range(len(commas) - 1, 0, -1):
        first, last = commas[at - 1] + 1, commas[at]
        place = all(word[0].isupper() for word in sentence.words[first + 1 : last])
        if sentence.words[first] != "the" or not place:
            return commas[at]
    return commas[0] if commas else 0


def _named(sentence: Sentence, reading: Reading) -> Reading:
    """Read ", its leader, Ana Silva, said." at the end of a sentence."""
    cue = reading.cue
    low = sentence.low[max(cue - _LONGEST_TAG, 0) : cue + 1]
    commas = [i for i, word in enumerate(low) if word == ","]
    if low[-1] not in REPORTING or len(commas) < 3 or commas[-1] != len(low) - 2:
        return reading
    begin = cue + 1 - len(low)
    clause, name = begin + commas[-3], begin + commas[-2]
    named = all(word[0].isupper() for word in sentence.words[name + 1 : cue - 1])
    if not named or not clause or low[commas[-3] + 1] not in DETERMINERS:
        return reading
    return reading.said_by((clause + 1, cue - 2), (0, clause - 1))


def _inverted(sentence: Sentence, reading: Reading) -> Reading:
    """Read "The bridge will reopen, said Mayor Ana Silva, who ...": what is said stands before."""
    cue = reading.cue
    if not 0 < cue - 1 <= LONGEST_CLAUSE or sentence.words[cue - 1] != ",":
        return reading
    short = cue - 1 <= _SHORTEST_CLAUSE
    first = (reading.content or (0, 0))[0]
    if short and (first != cue + 1 or not sentence.words[first][0].isupper()):
        return reading  # not "Nonsense, said Silva"
    low = sentence.low[: cue + 2 + _LONGEST_SPEAKER]
    verb = low[cue] in REPORTING and not low[cue].endswith("ing")
    quoted = QUOTED in (sentence.words[0], sentence.words[cue - 2])
    if not verb or "," in low[: cue - 1] or quoted:
        return reading
    end = phrase_end(low, cue + 1, len(low), ENDS_NAME)
    while (
        low[end : end + 1] == ["."] and end + 1 < len(low) and sentence.words[end + 1][0].isupper()
    ):
        end = phrase_end(low, end + 1, len(low), ENDS_NAME)  # an initial, or "Mr."
    named = any(word[0].isupper() for word in sentence.words[cue + 1 : end])
    ended = low[end : end + 1] in _ENDS_INVERTED or end == len(sentence.words)
    closed = ended and verb_behind(sentence.words, cue + 1, end - 1) is None
    clause = (
        short
        or QUOTED in sentence.words[:cue]
        or end >= len(sentence.words) - 1
        or verb_behind(sentence.words, 1, cue - 2) is not None
    )
    if not named or not closed or not clause:
        return reading
    content = (int(low[0] in JOINS), cue - 2)
    return reading.said_by((cue + 1, end - 1), content, max(reading.content_score, 0.0))
