"""Who said what in one article: spans of speaker, cue and content.

A model finds the words that report speech, and what each reports; rules join the quotations that go
on from there, and leave out titles and words that are merely put in quotation marks.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from stance.articles.claims import Claims
from stance.articles.coordination import coordinated
from stance.articles.hashing import Floats
from stance.articles.lexicon import (
    BE,
    COURTS,
    DETERMINERS,
    JOINS,
    PREPOSITIONS,
    REPORTS,
    STANCE_VERBS,
    word_class,
)
from stance.articles.mending import mended
from stance.articles.model import AttributionModel, Reading
from stance.articles.passage import Counts, Passage, word_code
from stance.articles.quoted_mending import SURE_CUE
from stance.articles.sentences import Sentence, Span, article_sentences
from stance.articles.speech import Attribution, Speech
from stance.articles.turns import turns

LIKELY: Final = 0.1
"""Probability of a cue from which it is looked at what it reports."""

_WITH_QUOTATION: Final = 0.03  # the same where there is a quotation
_WITH_THAT: Final = 0.03  # the same of a verb of reporting before "that"
_THAT: Final = word_code("that")
_HEARD: Final = word_code("heard")
_HAS: Final = word_code("has")
_COURTS: Final = [word_code(word) for word in COURTS]
_SURE: Final = 0.22  # trust from which a reading is believed
_SURE_OF_VERB: Final = 0.15  # the same where its cue is a verb of reporting
_FIRM: Final = 0.8  # trust from which a quotation does not go on over it
_WORST: Final = -500.0  # log-odds so low that exp would soon overflow
_SUFFERS: Final = DETERMINERS | (PREPOSITIONS - JOINS)
_TOKENS_AT_ONCE: Final = 20_000


def attributions(text: str, model: AttributionModel) -> list[Attribution]:
    """Find who said what.

    Parameters
    ----------
    text : str
        A news article in plain text, paragraphs apart by line breaks.
    model : AttributionModel
        What finds cues, contents and speakers.

    Returns
    -------
    list of Attribution
        In order of their content; contents do not overlap.
    """
    spoken = turns(text)
    sentences = _outside(article_sentences(text), [one.sentence for one in spoken])
    found: list[Speech] = []
    before: Sentence | None = None
    for sentence, readings in _read(text, sentences, model):
        if not readings and not sentence.quotations:
            before = sentence
            continue
        claims = Claims(text, sentence)
        claims.take_signed()
        sure: list[Reading] = []
        doubtful: list[Reading] = []
        for reading in readings:
            (sure if _is_sure(sentence, reading) else doubtful).append(reading)
        for reading in sorted(sure, key=lambda r: _rank(text, sentence, r), reverse=True):
            claims.take(reading)
        host = _latest(found, before)
        claims.take_quotations(doubtful, found[host] if found else None, before)
        if found and found[host].latest == sentence.start:
            # What was read between two parts of a quotation is no statement of its own.
            del found[host + 1 :]
        if len(claims.made) == 1:
            claims.made[0].alone = True
        found += sorted(claims.made, key=lambda speech: speech.pieces)
        before = sentence
    return sorted([*spoken, *(speech.attribution(text) for speech in found)], key=_place)


def _place(attribution: Attribution) -> Span:
    return attribution.content[0]


def _outside(sentences: Sequence[Sentence], parts: Sequence[Span]) -> list[Sentence]:
    """Leave out the sentences that begin in some parts of the text, which are in order."""
    starts = [start for start, _ in parts]
    ends = [0, *(end for _, end in parts)]
    return [one for one in sentences if one.start >= ends[bisect_right(starts, one.start)]]


def _is_sure(sentence: Sentence, reading: Reading) -> bool:
    """Tell whether to believe a reading: it is likely to be exact, or to be one, wherever it ends."""
    reports = word_class(sentence.low[reading.cue]) & REPORTS
    least = _SURE_OF_VERB if reports else _SURE
    at = reading.cue + 1
    that = reading.content is not None and reading.content[0] == at and sentence.low[at] == "that"
    stance = sentence.low[reading.cue] in STANCE_VERBS
    eager = stance and not _is_participle(sentence, reading)
    if stance and not eager and reading.probability < LIKELY:
        return False  # it was only looked at for what it is elsewhere
    clear = bool(reports) and (that or eager) and reading.content_score > 0
    plea = sentence.low[at : at + 2] == ["not", "guilty"]
    return clear or plea or reading.trust > least or reading.probability > SURE_CUE


def _is_participle(sentence: Sentence, reading: Reading) -> bool:
    """Tell whether a verb is one that somebody suffers, or does not report what stands behind it."""
    behind = reading.content is not None and reading.content[0] == reading.cue + 1
    before = sentence.low[max(reading.cue - 2, 0) : reading.cue]
    suffered = not before or before[-1] in _SUFFERS or not BE.isdisjoint(before)
    suffered = suffered or (before[-1].endswith("ly") and before[0] in DETERMINERS)
    placed = sentence.low[reading.cue + 1 : reading.cue + 2]  # "rejected in March"
    return not behind or suffered or not PREPOSITIONS.isdisjoint(placed) or reading.speaker is None


def _latest(found: Sequence[Speech], before: Sentence | None) -> int:
    """Find the statement that the next sentence may go on from: one with quotations, if there is."""
    for at in range(len(found) - 1, -1, -1):
        speech = found[at]
        if before is None or not speech.reaches(before):
            break
        if speech.marks:
            return at
        if speech.trust > _FIRM:
            break
    return len(found) - 1


def _read(
    text: str, sentences: Sequence[Sentence], model: AttributionModel
) -> Iterator[tuple[Sentence, list[Reading]]]:
    """Yield each sentence with what its words may report, positions counted in the sentence."""
    for some in _batches(sentences):
        passage = Passage(text, some)
        probabilities = model.cue_probabilities(passage)
        cues = np.flatnonzero(probabilities > _least(passage))
        readings = model.readings(passage, cues, probabilities)
        begins = np.searchsorted(cues, passage.offsets).tolist()
        for sentence, begin, end in zip(some, begins, [*begins[1:], len(cues)], strict=True):
            found = [mended(text, sentence, reading) for reading in readings[begin:end]]
            yield sentence, coordinated(text, sentence, found) if found else found


def _least(passage: Passage) -> Floats:
    """Give the probability from which each word is looked at as a cue."""
    near_quotation = Counts(passage.quoted).within(passage.first, passage.last) > 0
    least = np.where(near_quotation, _WITH_QUOTATION, LIKELY)
    reports = passage.kind[:-1] & REPORTS > 0
    least[:-1][reports & (passage.word[1:] == _THAT)] = _WITH_THAT
    least[passage.eager] = _WITH_THAT
    heard = np.flatnonzero(passage.word == _HEARD)
    if len(heard):
        court = np.where(passage.word[heard - 1] == _HAS, heard - 2, heard - 1)
        least[heard[np.isin(passage.word[court], _COURTS)]] = 0.0
    return least


def _batches(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    some: list[Sentence] = []
    tokens = 0
    for sentence in sentences:
        some.append(sentence)
        tokens += len(sentence.words)
        if tokens > _TOKENS_AT_ONCE:
            yield some
            some, tokens = [], 0
    if some:
        yield some


def _rank(text: str, sentence: Sentence, reading: Reading) -> tuple[bool, float]:
    """Rank readings that exclude each other.

    Quotations go to whom they are said by rather than to who reports that, unless they are fragments
    of a clause; else likely cues with a clear content come first, and those that report more.
    """
    if reading.content is None:
        return False, 0.0
    first, last = reading.content
    quoted = (
        bool(sentence.quotations)
        and first <= last
        and all(token.quoted for token in sentence.tokens[first : last + 1])
    )
    if quoted:
        begins = sentence.quotations[sentence.tokens[first].start].inner_start
        quoted = not text[begins].islower()
    clear = 1 / (1 + math.exp(-max(reading.content_score, _WORST) / 2))
    return quoted, reading.trust * clear * (last - first + 1) ** 0.5
