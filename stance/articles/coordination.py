"""Verbs of one speaker in one sentence: "said he won, adding that ..." makes two statements."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from stance.articles.descriptors import is_person
from stance.articles.given_names import MEN, WOMEN
from stance.articles.lexicon import (
    AUXILIARIES,
    DETERMINERS,
    JOINS,
    REPORTING,
    REPORTS,
    STANCE_VERBS,
    TELLING,
    word_class,
)
from stance.articles.model import Reading
from stance.articles.name_words import TITLES
from stance.articles.sentences import Sentence, Span
from stance.articles.span_features import REACH
from stance.articles.verb_pairs import (
    BELIEVED,
    LONGEST_SPEAKER,
    are_beside,
    clause_behind_as,
    form_of,
    is_added,
    is_report,
    read_apart,
    read_behind,
)

_LIKELY: Final = 0.3
"""Probability of a cue from which it ends what the cue before it reports, if no verb of reporting."""

_LONGEST_ASIDE: Final = 6  # tokens between two commas behind "and"
_NEXT_CUES: Final = 4  # readings behind one in which one is looked for that reports by itself

_INNER: Final = frozenset("had would could will has have was were is are been be".split())
"""Before the later verb only, these show that it is a part of what the first reports."""

_OWN_ACTS: Final = REPORTING | frozenset(
    "asked called accused advised urged condemned criticized criticised declined denounced".split()
)
"""Verbs that whoever is reported on hardly shares with what he did."""

_ACTS: Final = STANCE_VERBS | frozenset(
    "dismissed praised vowed pledged promised thanked defended"
    " dismisses praises vows pledges promises".split()
)
"""The same, unless police say what he or she did."""

_HE: Final = frozenset(("he", "she"))
_OBJECTS: Final = frozenset("claims reports charges suggestions".split())


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
        if is_added(sentence, earlier, later):
            found[number] = read_behind(sentence, earlier, later)
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
            found[before], found[number] = _settled(text, sentence, earlier, found[number])
    return found


def _settled(
    text: str, sentence: Sentence, earlier: Reading, later: Reading
) -> tuple[Reading, Reading]:
    """Settle what each of two verbs reports, and who speaks."""
    join = clause_behind_as(sentence, earlier, later)
    if join is not None and earlier.content is not None:
        end = join - 1 - (sentence.words[join - 1] == ",")
        return replace(earlier, content=(earlier.content[0], end)), read_apart(later, join)
    passed = _passed(sentence, earlier, later)
    kept = _kept(text, sentence, earlier, later.cue) or passed
    if kept is not None:
        trust = earlier.trust if passed is None else max(earlier.trust, BELIEVED)
        if passed is not None or earlier.probability >= _LIKELY:
            later = _joined(earlier, later)
        return replace(earlier, content=kept, trust=trust), later
    if _shares_speaker(sentence, earlier, later):
        later = replace(later, speaker=earlier.speaker)
    if are_beside(sentence, earlier, later):
        earlier = replace(earlier, trust=max(earlier.trust, earlier.probability))
        later = replace(later, trust=max(later.trust, later.probability))
    return earlier, later


def _without_nouns(sentence: Sentence, readings: Sequence[Reading]) -> list[Reading]:
    """Leave out the noun that another verb does something to: "rejected claims that it burned"."""
    if not any(sentence.low[reading.cue] in _OBJECTS for reading in readings):
        return [*readings]
    reports = {r.cue for r in readings if is_report(sentence, r)}
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
        later.cue > end and is_report(sentence, later)
        for later in readings[number + 1 : number + 1 + _NEXT_CUES]
    ):
        reading = replace(reading, content=(first, end - 1))
    if number and _next(marks, readings[number - 1].cue) < cue and is_report(sentence, reading):
        reading = replace(reading, trust=max(reading.trust, BELIEVED))
    who = reading.speaker
    if who is not None and _next(marks, who[0]) < who[1]:
        begin = marks[bisect_left(marks, who[1]) - 1] + 1
        reading = replace(reading, speaker=(begin, who[1]))
    return reading


def _next(marks: Sequence[int], at: int) -> int:
    """Give the first of some positions from one on; one behind all if there is none."""
    number = bisect_left(marks, at)
    return marks[number] if number < len(marks) else sys.maxsize


def _shares_speaker(sentence: Sentence, earlier: Reading, later: Reading) -> bool:
    """Tell whether what was taken for the speaker of a verb behind "and" is no speaker."""
    likely = earlier.probability >= _LIKELY or is_report(sentence, earlier)
    if earlier.speaker is None or not likely or not is_report(sentence, later):
        return False
    first, last = earlier.speaker
    join = later.cue - 1
    while join > earlier.cue and sentence.low[join] in AUXILIARIES:
        join -= 1
    if sentence.words[join] == ",":
        # "and, in a statement, said"
        low = max(join - _LONGEST_ASIDE, 0)
        join = next((i for i in range(join - 1, low, -1) if sentence.words[i] == ","), join + 1) - 1
    one, other = (form_of(sentence.low[at]) for at in (earlier.cue, later.cue))
    beside = (
        sentence.low[join] in JOINS or (sentence.words[join] == "," and one == "s")
    ) and one == other
    behind = sentence.words[later.cue - 1] == "," and other == "ing"  # ", adding that"
    if not (beside or behind) or last - first >= LONGEST_SPEAKER:
        return False
    who = later.speaker or (join, join)
    # No more than the beginning: "the prime" of "the prime minister's office".
    part = who[0] == first and who[1] < last and later.speaker_score < 0
    part = part or (behind and who[0] < first and who[1] == last)  # “a joke”, Obi
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
    one, other = (form_of(sentence.low[at]) for at in (earlier.cue, cue))
    if word in JOINS:
        that = cue + 1 < len(tokens) and sentence.low[cue + 1] == "that"
        # "Police said he broke in and threatened her": what he did, not what they did.
        reports = sentence.low[cue] in _OWN_ACTS or (
            sentence.low[cue] in _ACTS and not _is_about_another(sentence, earlier)
        )
        reports = reports or sentence.low[earlier.cue] not in REPORTING
        goes_on = (one == other and reports) or (that and other != "ing")
    else:
        goes_on = word == "," and other in (one, "ing")
    return (first, last) if goes_on else None


def _is_about_another(sentence: Sentence, reading: Reading) -> bool:
    """Tell whether it is somebody else's doings that are told: "Police said he ...", "she said the man"."""
    first, (begin, who) = (reading.content or (0, 0))[0], reading.speaker or (0, 0)
    low = [word for word in sentence.low[first : first + 3] if word != "that"]
    word = sentence.words[who]
    crowd = word.lower() == "police" or (word.endswith("s") and word.islower())
    if low[0] in _HE:
        names = sentence.low[begin : who + 1]
        is_she = not WOMEN.isdisjoint(names) or word.lower() == "she"
        is_he = not MEN.isdisjoint(names) or word.lower() == "he"
        return crowd or (is_he if low[0] == "she" else is_she)
    noun = low[1] if low[0] in DETERMINERS and len(low) > 1 else ""
    return noun in TITLES or noun in ("man", "woman") or is_person(noun)


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
    if not between or not reports or form_of(low[0]) != form_of(low[-1]):
        return None
    if earlier.content[0] <= later.cue or not word_class(low[0]) & REPORTS:
        return None
    return earlier.cue + 1, earlier.cue + join - 1
