"""Who said what in one article: spans of speaker, cue and content.

A model finds the words that report speech, and what each reports; rules join the quotations that go
on from there, and leave out titles and words that are merely put in quotation marks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from stance.articles.claims import Claims
from stance.articles.lexicon import (
    AUXILIARIES,
    DAYS,
    DETERMINERS,
    PRONOUNS,
    SAYING,
    SUBORDINATORS,
    TELLING,
)
from stance.articles.model import AttributionModel, Reading
from stance.articles.passage import Counts, Passage
from stance.articles.sentences import Sentence, Span, article_sentences
from stance.articles.speech import Attribution, Speech

LIKELY: Final = 0.1
"""Probability of a cue from which it is looked at what it reports."""

_WITH_QUOTATION: Final = 0.01  # the same where there is a quotation
_SURE: Final = 0.22  # trust from which a reading is believed
_SURE_CUE: Final = 0.5  # probability of a cue from which it is believed, whatever its trust
_FIRM: Final = 0.8  # trust from which a quotation does not go on over it
_WORST: Final = -500.0  # log-odds so low that exp would soon overflow
_TOKENS_AT_ONCE: Final = 20_000
_TAIL: Final = 4  # tokens from a closing "said" to the end of the sentence
_LONGEST_TAG: Final = 10
_SHORTEST_CLAUSE: Final = 2
_REPORTING: Final = SAYING | TELLING
_ENDS_SPEAKER: Final = frozenset((",", ".", ";", "who", "whose", "which", *SUBORDINATORS))
_JOINS: Final = frozenset(("and", "but"))


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
    found: list[Speech] = []
    before: Sentence | None = None
    for sentence, readings in _read(text, article_sentences(text), model):
        if not readings and not sentence.quotations:
            before = sentence
            continue
        claims = Claims(text, sentence)
        sure = [reading for reading in readings if _is_sure(reading)]
        for reading in sorted(sure, key=lambda r: _rank(sentence, r), reverse=True):
            claims.take(reading)
        host = _latest(found, before)
        claims.take_quotations(
            [r for r in readings if not _is_sure(r)], found[host] if found else None, before
        )
        if found and found[host].latest == sentence.start:
            # What was read between two parts of a quotation is no statement of its own.
            del found[host + 1 :]
        found += sorted(claims.made, key=lambda speech: speech.pieces)
        before = sentence
    return [speech.attribution(text) for speech in found]


def _is_sure(reading: Reading) -> bool:
    """Tell whether to believe a reading: it is likely to be exact, or to be one, wherever it ends."""
    return reading.trust > _SURE or reading.probability > _SURE_CUE


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
        near_quotation = Counts(passage.quoted).within(passage.first, passage.last) > 0
        least = np.where(near_quotation, _WITH_QUOTATION, LIKELY)
        cues = np.flatnonzero(probabilities > least)
        readings = model.readings(passage, cues, probabilities)
        begins = np.searchsorted(cues, passage.offsets).tolist()
        for sentence, begin, end in zip(some, begins, [*begins[1:], len(cues)], strict=True):
            yield sentence, [_mended(text, sentence, r) for r in readings[begin:end]]


def _mended(text: str, sentence: Sentence, reading: Reading) -> Reading:
    """Read what the model has seen too little of, where its reading shows that."""
    if (
        reading.content is not None
        and sentence.tokens[0].quoted
        and reading.probability > _SURE_CUE
    ):
        return _mended_quotation(text, sentence, reading, reading.content)
    # Then what costs nothing: most cues are neither close to the end of a sentence nor this word.
    if reading.content_score <= 0 and len(sentence.tokens) < reading.cue + _TAIL:
        return _mended_tag(sentence, reading)
    if reading.content is not None and reading.content[0] == reading.cue + 2:
        return _mended_opening(sentence, reading, reading.content)
    return reading


def _mended_quotation(text: str, sentence: Sentence, reading: Reading, content: Span) -> Reading:
    """Read "“...,” said Silva, who ...", where what stands behind the verb was taken for what is said."""
    tokens, cue = sentence.tokens, reading.cue
    low = [token.text.lower() for token in tokens[: cue + 1]]
    quotation = sentence.quotations[tokens[0].start]
    if content[0] < cue or text[quotation.inner_end - 1] != "," or low[cue] not in _REPORTING:
        return reading
    if any(word in _REPORTING for word in low[1:cue]):
        return reading
    speaker = reading.speaker
    if speaker is None or not 0 < speaker[0] <= speaker[1] < cue:
        first, last = (2, len(tokens)) if cue == 1 else (1, cue)
        end = first
        while end < last and tokens[end].text not in _ENDS_SPEAKER:
            end += 1
        speaker = (first, end - 1) if end > first else None
    return replace(
        reading, content=(0, 0), speaker=speaker, speaker_score=0.0, trust=reading.probability
    )


def _mended_opening(sentence: Sentence, reading: Reading, content: Span) -> Reading:
    """Read "According to the drivers' union, ...", where who is named was taken for what is said."""
    first, last = content
    words = [token.text.lower() for token in sentence.tokens[reading.cue : last]]
    if words[:2] != ["according", "to"] or "," not in words[3:]:
        return reading
    comma = reading.cue + words.index(",", 3)
    return replace(
        reading, content=(comma + 1, last), speaker=(first, comma - 1), speaker_score=0.0
    )


def _mended_tag(sentence: Sentence, reading: Reading) -> Reading:
    """Read ", the mayor said." at the end of a sentence."""
    tokens, cue = sentence.tokens, reading.cue
    low = [token.text.lower() for token in tokens]
    tail = low[cue + 1 :]
    if low[cue] not in SAYING or any(word[0].isalnum() and word not in DAYS for word in tail):
        return reading
    comma = next((i for i in range(cue - 1, max(cue - _LONGEST_TAG, 0), -1) if low[i] == ","), 0)
    first, last = comma + 1, cue - 1
    while last > first and low[last] in AUXILIARIES:
        last -= 1
    names = comma > 1 and (
        low[first] in PRONOUNS | DETERMINERS or any(t.text[0].isupper() for t in tokens[first:cue])
    )
    if not names or first > last or any(token.quoted for token in tokens[:cue]):
        return reading
    start = 1 if low[0] in _JOINS and comma > _SHORTEST_CLAUSE else 0
    return replace(
        reading,
        content=(start, comma - 1),
        content_score=0.0,
        speaker=(first, last),
        trust=reading.probability,
    )


def _batches(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    some: list[Sentence] = []
    tokens = 0
    for sentence in sentences:
        some.append(sentence)
        tokens += len(sentence.tokens)
        if tokens > _TOKENS_AT_ONCE:
            yield some
            some, tokens = [], 0
    if some:
        yield some


def _rank(sentence: Sentence, reading: Reading) -> tuple[bool, float]:
    """Rank readings that exclude each other.

    Quotations go to whom they are said by rather than to who reports that; else likely cues with a
    clear content come first, and those that report more.
    """
    if reading.content is None:
        return False, 0.0
    first, last = reading.content
    quoted = bool(sentence.quotations) and all(
        token.quoted for token in sentence.tokens[first : last + 1]
    )
    clear = 1 / (1 + math.exp(-max(reading.content_score, _WORST) / 2))
    return quoted, reading.trust * clear * (last - first + 1) ** 0.5
