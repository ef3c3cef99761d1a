"""Rules for what the model of attribution has seen too little of around quotations: tags."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from stance.articles.lexicon import TAGGING
from stance.articles.model import Reading
from stance.articles.phrases import ENDS_SPEAKER, LONGEST_CLAUSE, phrase_end
from stance.articles.sentences import Sentence, Span

SURE_CUE: Final = 0.5
"""Probability of a cue from which it is believed, whatever the trust in what is read from it."""

_OPEN: Final = frozenset(",?!")
_IN_WORDS_OF: Final = ["in", "the", "words", "of"]
_LONGEST_TAG: Final = 14  # tokens
_LONGEST_SPEAKER: Final = 40  # tokens


def mended_beside_quotation(text: str, sentence: Sentence, reading: Reading) -> Reading:
    """Read what stands around quotations.

    Parameters
    ----------
    text : str
        The article.
    sentence : Sentence
        One of its sentences, with a quotation.
    reading : Reading
        What the model read there.

    Returns
    -------
    Reading
        The same, or what the words say by one of the patterns below.
    """
    reading = _mended_words_of(sentence, _mended_overrun(text, sentence, reading))
    reading = _mended_inverted(text, sentence, reading)
    likely = reading.probability > SURE_CUE or reading.cue == 1
    if reading.content is not None and sentence.tokens[0].quoted and likely:
        return _mended_quotation(text, sentence, reading, reading.content)
    return reading


def _mended_words_of(sentence: Sentence, reading: Reading) -> Reading:
    """Read 'It was, in the words of one aide, “a joke”', whatever was taken for the verb."""
    low, first = sentence.low, (reading.content or (0, 0))[0]
    if not sentence.tokens[first].quoted or low[first - 1 : first] != [","]:
        return reading
    begin = max(first - _LONGEST_TAG, 0)
    at = next((i for i in range(first - 3, begin, -1) if low[i - 3 : i + 1] == _IN_WORDS_OF), None)
    return reading if at is None else reading.said_by((at + 1, first - 2), (first, first))


def _mended_overrun(text: str, sentence: Sentence, reading: Reading) -> Reading:
    """Read "“...,” Silva, the mayor, said", where who speaks was taken for more of what is said."""
    if reading.content is None or reading.content[1] != reading.cue - 2:
        return reading
    tokens, (first, last) = sentence.tokens, reading.content
    if not tokens[first].quoted or any(token.quoted for token in tokens[first + 1 : last + 1]):
        return reading
    words = sentence.words[first : last + 1]
    end = first + phrase_end(words, 1, len(words), ENDS_SPEAKER)
    if text[sentence.quotations[tokens[first].start].inner_end - 1] != "," or end == first + 1:
        return reading
    return reading.said_by((first + 1, end - 1), (first, first), 0.0)


def _mended_inverted(text: str, sentence: Sentence, reading: Reading) -> Reading:
    """Read 'The bill "will pass," said Silva', where Silva was taken for what is said."""
    tokens, cue = sentence.tokens, reading.cue
    if reading.content is None or reading.content[0] < cue or cue < 2 or not tokens[cue - 1].quoted:
        return reading
    low = sentence.low[cue : cue + _LONGEST_SPEAKER]
    quotation = sentence.quotations[tokens[cue - 1].start]
    length = phrase_end(low, 1, len(low), ENDS_SPEAKER) - 1
    if low[0] not in TAGGING or text[quotation.inner_end - 1] not in _OPEN or not length:
        return reading
    # A fragment is said with what leads to it.
    fragment = cue <= LONGEST_CLAUSE and text[quotation.inner_start].islower()
    first = 0 if fragment else cue - 1
    return replace(
        reading,
        content=(first, cue - 1),
        content_score=0.0,
        speaker=(cue + 1, cue + length),
        speaker_score=0.0,
        trust=reading.probability,
    )


def _mended_quotation(text: str, sentence: Sentence, reading: Reading, content: Span) -> Reading:
    """Read "“...,” said Silva, who ...", where what stands behind the verb was taken for what is said."""
    tokens, cue = sentence.tokens, reading.cue
    if cue > LONGEST_CLAUSE:
        return reading
    low = sentence.low[: cue + 1]
    quotation = sentence.quotations[tokens[0].start]
    if content[0] < cue or text[quotation.inner_end - 1] not in _OPEN or low[cue] not in TAGGING:
        return reading
    if any(word in TAGGING for word in low[1:cue]):
        return reading
    speaker = reading.speaker
    if speaker is None or not 0 < speaker[0] <= speaker[1] < cue:
        first, last = (2, min(len(tokens), _LONGEST_SPEAKER)) if cue == 1 else (1, cue)
        end = phrase_end(sentence.words[:last], first, last, ENDS_SPEAKER)
        speaker = (first, end - 1) if end > first else None
    return replace(
        reading, content=(0, 0), speaker=speaker, speaker_score=0.0, trust=reading.probability
    )
