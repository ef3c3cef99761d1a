"""Headlines: "Mayor 'hid the report', says opposition", "Minister misled house, alleges opposition"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from stance.articles.lexicon import COURTS, REPORTING, REPORTS, word_class
from stance.articles.model import Reading
from stance.articles.phrases import ENDS_NAME, LONGEST_CLAUSE, phrase_end
from stance.articles.sentences import QUOTED, Sentence, Span

_CLOSES: Final = frozenset(".?!…")
_LONGEST_SPEAKER: Final = 4  # words
_HEARD: Final = frozenset(("told", "hears", "heard"))
_SURE: Final = 0.9  # nothing else is meant by a verb between a comma and the end
_CLEAR: Final = 5.0  # log-odds


def mended_headline(sentence: Sentence, reading: Reading) -> Reading:
    """Read a headline whose end tells who says it.

    Parameters
    ----------
    sentence : Sentence
        A sentence.
    reading : Reading
        What one of its cues reports.

    Returns
    -------
    Reading
        The same, if it is no such headline.
    """
    words, cue = sentence.words, reading.cue
    if cue == 1 and words[0] == QUOTED and words[1] == ":" and words[-1] not in _CLOSES:
        # "'We have nothing left': Storm kills nine as fires break out"
        who = reading.speaker
        return (
            reading if who is None or who[1] + 2 >= len(words) else replace(reading, speaker=None)
        )
    if cue == len(words) - 1 and sentence.low[cue] in ("say", "says"):
        return _closed(sentence, reading)
    if cue == len(words) - 1 and sentence.low[cue] in _HEARD:
        return _heard(sentence, reading)
    if not 2 <= cue <= LONGEST_CLAUSE or words[cue - 1] != "," or words[-1] in _CLOSES:
        return reading
    if words[-1] == QUOTED != words[cue - 2]:
        return reading
    low = sentence.low[cue : cue + 2 + _LONGEST_SPEAKER]
    if low[0] not in REPORTING or not low[0].endswith(("s", "say")):
        return reading
    end = cue + phrase_end(low, 1, len(low), ENDS_NAME)
    if not cue + 1 < end <= cue + 1 + _LONGEST_SPEAKER:
        return reading
    # "Minister misled house, alleges opposition; “baseless”, says minister" are two.
    first = next((i + 1 for i in range(cue - 2, 0, -1) if words[i] == ";"), 0)
    if first > cue - 2:
        return reading
    return _clearly(reading, (first, cue - 2), (cue + 1, end - 1))


def _closed(sentence: Sentence, reading: Reading) -> Reading:
    """Read "Officer Thought Wallet Was a Gun, Police Say"."""
    words, cue = sentence.words, reading.cue
    comma = next(
        (i for i in range(cue - 2, max(cue - 2 - _LONGEST_SPEAKER, 1), -1) if words[i] == ","), 0
    )
    titled = sum(word[0].isupper() for word in words[:comma]) * 2 > comma
    if not comma or not titled or QUOTED in words[:comma]:
        return reading
    return _clearly(reading, (0, comma - 1), (comma + 1, cue - 1))


def _heard(sentence: Sentence, reading: Reading) -> Reading:
    """Read "Manager took £92,000 from residents, jury told": nobody knows from whom they heard it."""
    words, cue = sentence.words, reading.cue
    hearing = cue >= _LONGEST_SPEAKER and words[cue - 2] == ","
    if not hearing or sentence.low[cue - 1] not in COURTS:
        return reading
    if any(word_class(word) & REPORTS for word in sentence.low[: cue - 1]):
        return replace(reading, content=None)  # "Silva said he was drunk, jury told"
    return replace(_clearly(reading, (0, cue - 3), (cue - 1, cue - 1)), speaker=None)


def _clearly(reading: Reading, content: Span, speaker: Span) -> Reading:
    """Read a headline that leaves no doubt."""
    trust = max(reading.trust, _SURE)
    return replace(reading.said_by(speaker, content, _CLEAR), trust=trust)
