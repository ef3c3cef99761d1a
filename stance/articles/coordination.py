"""Verbs of one speaker in one sentence: "said he won, adding that ..." makes two statements."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from stance.articles.lexicon import (
    AUXILIARIES,
    DETERMINERS,
    JOINS,
    REPORTING,
    REPORTS,
    TELLING,
    word_class,
)
from stance.articles.model import Reading
from stance.articles.phrases import clause_end
from stance.articles.sentences import Sentence, Span
from stance.articles.span_features import REACH

_LIKELY: Final = 0.3
"""Probability of a cue from which it ends what the cue before it reports, if no verb of reporting."""

_POSSIBLE: Final = 0.15  # probability of a verb of reporting that is taken for one
_BELIEVED: Final = 0.5  # trust in that
_LONGEST_ASIDE: Final = 6  # tokens between two commas behind "and"
_NEXT_CUES: Final = 4  # readings behind one in which one is looked for that reports by itself
_LONGEST_SPEAKER: Final = 6  # tokens of one that two verbs share

_INNER: Final = frozenset("had would could will has have was were is are been be".split())
"""Before the later verb only, these show that it is a part of what the first reports."""

_OWN_ACTS: Final = REPORTING | frozenset(
    "asked called accused advised urged condemned criticized criticised declined denounced".split()
)
"""Verbs that whoever is reported on hardly shares with what he did."""

_OBJECTS: Final = frozenset("claims reports charges suggestions".split())
_PAST: Final = frozenset(("said", "told", "made", "wrote", "thought", "swore", "spoke"))


def coordinated(text: str, sentence: Sentence, readings: Sequence[Reading]) -> list[Reading]:
    """End what a verb reports where the next verb of the same speaker begins.

    In nine of ten sentences of the training data it does not go on over such a verb. Behind "and" that
    must report if the first does, since who is reported may do the second thing.

    Parameters
    ----------
    text : str
        The article.
    sentence : Sentence
        One of its sentences.
    readings : sequence of Reading
        What its cues report, in their order.

    Returns
    -------
    list of Reading
        The same; one that ran over such a verb, or over a semicolon behind which another reports, is
        cut short, the verb has its speaker unless it has a clear one of its own, and nouns that another
        verb does something to ("rejected claims that") report nothing.
    """
    found = _without_nouns(sentence, readings)
    marks = [i for i, word in enumerate(sentence.words) if word == ";"]
    if marks:
        found = [_apart(sentence, found, number, marks) for number in range(len(found))]
    for number, (earlier, later) in enumerate(pairwise(found), 1):
        if _is_added(sentence, earlier, later):
            found[number] = _behind(sentence, earlier, later)
    for number, later in enumerate(found):
        if not number or later.content is None or later.content[0] < later.cue:
            continue
        verb = sentence.low[later.cue]
        if later.probability < _LIKELY and not word_class(verb) & REPORTS:
            continue
        for before in range(number - 1, -1, -1):
            earlier = found[before]
            if later.cue - earlier.cue > REACH:
                break
            join = _behind_as(sentence, earlier, later)
            if join is not None:
                found[before] = replace(earlier, content=((earlier.content or (0, 0))[0], join - 1))
                found[number] = _apart_as(later, join)
                break
            passed = _passed(sentence, earlier, later)
            kept = _kept(text, sentence, earlier, later.cue) or passed
            if kept is not None:
                trust = earlier.trust if passed is None else max(earlier.trust, _BELIEVED)
                found[before] = replace(earlier, content=kept, trust=trust)
                if passed is not None or earlier.probability >= _LIKELY:
                    found[number] = _joined(earlier, later)
            elif _shares_speaker(sentence, earlier, found[number]):
                found[number] = replace(found[number], speaker=earlier.speaker)
    return found


def _without_nouns(sentence: Sentence, readings: Sequence[Reading]) -> list[Reading]:
    """Leave out the noun that another verb does something to: "rejected claims that it burned"."""
    reports = {r.cue for r in readings if _reports(sentence, r)}
    return [
        replace(reading, content=None)
        if reading.cue - 1 in reports and sentence.low[reading.cue] in _OBJECTS
        else reading
        for reading in readings
    ]


def _apart(
    sentence: Sentence, readings: Sequence[Reading], number: int, marks: Sequence[int]
) -> Reading:
    """Keep both sides of a semicolon apart where both report: "Oro says 12 died; Karvia denies it"."""
    reading = readings[number]
    (first, last), cue = reading.content or (0, -1), reading.cue
    end = _next(marks, first + 1)
    if cue < first < end < last and any(
        later.cue > end and _reports(sentence, later)
        for later in readings[number + 1 : number + 1 + _NEXT_CUES]
    ):
        reading = replace(reading, content=(first, end - 1))
    if number and _next(marks, readings[number - 1].cue) < cue and _reports(sentence, reading):
        reading = replace(reading, trust=max(reading.trust, _BELIEVED))
    who = reading.speaker
    if who is not None and _next(marks, who[0]) < who[1]:
        begin = marks[bisect_left(marks, who[1]) - 1] + 1
        reading = replace(reading, speaker=(begin, who[1]))
    return reading


def _next(marks: Sequence[int], at: int) -> int:
    """Give the first of some positions from one on; one behind all if there is none."""
    number = bisect_left(marks, at)
    return marks[number] if number < len(marks) else sys.maxsize


def _reports(sentence: Sentence, reading: Reading) -> bool:
    verb = word_class(sentence.low[reading.cue]) & REPORTS
    return bool(verb) and reading.probability > _POSSIBLE


def _shares_speaker(sentence: Sentence, earlier: Reading, later: Reading) -> bool:
    """Tell whether what was taken for the speaker of a verb behind "and" is no speaker."""
    likely = earlier.probability >= _LIKELY or _reports(sentence, earlier)
    if earlier.speaker is None or not likely or not _reports(sentence, later):
        return False
    first, last = earlier.speaker
    join = later.cue - 1
    while join > earlier.cue and sentence.low[join] in AUXILIARIES:
        join -= 1
    if sentence.words[join] == ",":
        # "and, in a statement, said"
        low = max(join - _LONGEST_ASIDE, 0)
        join = next((i for i in range(join - 1, low, -1) if sentence.words[i] == ","), join + 1) - 1
    one, other = (_form(sentence.low[at]) for at in (earlier.cue, later.cue))
    beside = sentence.low[join] in JOINS and one == other
    behind = sentence.words[later.cue - 1] == "," and other == "ing"  # ", adding that"
    if not (beside or behind) or last - first >= _LONGEST_SPEAKER:
        return False
    who = later.speaker or (join, join)
    # No more than the beginning: "the prime" of "the prime minister's office".
    part = who[0] == first and who[1] < last and later.speaker_score < 0
    return last < earlier.cue and (who[1] >= join or who[0] <= earlier.cue <= who[1] or part)


def _joined(earlier: Reading, later: Reading) -> Reading:
    """Believe a verb that goes on from another, and take the speaker of that if its own is unclear."""
    speech = replace(later, trust=max(later.trust, later.probability))
    who = later.speaker
    if who is not None and later.speaker_score > 0 and not who[0] <= earlier.cue <= who[1]:
        return speech
    return replace(speech, speaker=earlier.speaker, speaker_score=earlier.speaker_score)


def _kept(text: str, sentence: Sentence, earlier: Reading, cue: int) -> Span | None:
    """Find what is left of a content that runs over a verb which goes on from its own."""
    if earlier.content is None or not earlier.cue < earlier.content[0] < cue <= earlier.content[1]:
        return None
    tokens = sentence.tokens
    first, join = earlier.content[0], cue - 1
    while join > first and sentence.low[join] in AUXILIARIES:
        join -= 1
    if join == first:
        return None
    between = set(sentence.low[join + 1 : cue]) & _INNER
    if between and (not earlier.cue or sentence.low[earlier.cue - 1] not in between):
        return None
    word, last = sentence.low[join], join - 1
    if tokens[join].quoted and text[sentence.quotations[tokens[join].start].inner_end - 1] == ",":
        # The comma of “a joke,” adding that.
        word, last = ",", join
    one, other = (_form(sentence.low[at]) for at in (earlier.cue, cue))
    if word in JOINS:
        that = cue + 1 < len(tokens) and sentence.low[cue + 1] == "that"
        # "Police said he broke in and threatened her": what he did, not what they did.
        reports = sentence.low[cue] in _OWN_ACTS
        reports = reports or sentence.low[earlier.cue] not in REPORTING
        goes_on = (one == other and reports) or (that and other != "ing")
    else:
        goes_on = word == "," and other in (one, "ing")
    return (first, last) if goes_on else None


def _passed(sentence: Sentence, earlier: Reading, later: Reading) -> Span | None:
    """Find what the first of two verbs reports that was read to report what the second does.

    "The company denied wrongdoing and said it won": the first is what stands between them.
    """
    if earlier.content is None or later.content is None:
        return None
    low = sentence.low[earlier.cue : later.cue + 1]
    join = len(low) - 2
    while join > 1 and low[join] in AUXILIARIES:
        join -= 1
    reports = word_class(low[0]) & word_class(low[-1]) & REPORTS or low[-1] in REPORTING
    reports = reports and not low[0].startswith("continu")
    between = join > 1 and low[join] in JOINS and low[0] not in TELLING and "," not in low
    if not between or not reports or _form(low[0]) != _form(low[-1]):
        return None
    if earlier.content[0] <= later.cue or not word_class(low[0]) & REPORTS:
        return None
    return earlier.cue + 1, earlier.cue + join - 1


def _behind_as(sentence: Sentence, earlier: Reading, later: Reading) -> int | None:
    """Find the "as" of "Oro recalls its envoy as Karvia accuses it of ...", which begins another clause."""
    if (
        earlier.content is None
        or not earlier.cue < earlier.content[0] < later.cue <= earlier.content[1]
    ):
        return None
    low = sentence.low
    join = next(
        (
            at
            for at in range(later.cue - 2, max(later.cue - _LONGEST_SPEAKER, 0), -1)
            if low[at] == "as"
        ),
        None,
    )
    reports = word_class(low[later.cue]) & REPORTS and _form(low[later.cue]) in ("ed", "s")
    if join is None or join <= earlier.content[0] or not reports:
        return None
    named = sentence.words[join + 1][0].isupper() or low[join + 1] in DETERMINERS
    between = low[join + 1 : later.cue]
    clause = (
        named and "," not in between and not any(word_class(word) & REPORTS for word in between)
    )
    return join if clause else None


def _apart_as(later: Reading, join: int) -> Reading:
    """Read a clause behind "as" by itself."""
    speaker = (join + 1, later.cue - 1)
    return replace(later, speaker=speaker, speaker_score=0.0, trust=max(later.trust, _BELIEVED))


def _is_added(sentence: Sentence, earlier: Reading, later: Reading) -> bool:
    """Tell whether ", threatening to strike" was read to report what stands before its speaker."""
    before = later.content is not None and later.content[1] < later.cue
    tag = sentence.words[later.cue - 1] == "," and sentence.low[later.cue].endswith("ing")
    same = earlier.content == later.content and later.cue - earlier.cue <= _LONGEST_SPEAKER
    return (
        before
        and tag
        and same
        and later.cue + 2 < len(sentence.words)
        and _reports(sentence, later)
    )


def _behind(sentence: Sentence, earlier: Reading, later: Reading) -> Reading:
    """Read what stands behind a verb."""
    content = (later.cue + 1, clause_end(sentence, later.cue + 1))
    return replace(
        later, content=content, speaker=earlier.speaker, trust=max(later.trust, _BELIEVED)
    )


def _form(verb: str) -> str:
    """Tell the form of a verb by its ending."""
    if verb in _PAST:
        return "ed"
    return next((ending for ending in ("ed", "ing", "s") if verb.endswith(ending)), "")
