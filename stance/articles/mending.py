"""Rules for what the model of attribution has seen too little of: tags, openings, headlines, passives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from stance.articles.clause_mending import mended_clause
from stance.articles.headlines import mended_headline
from stance.articles.lexicon import (
    ASKING,
    AUXILIARIES,
    BE,
    DAYS,
    DETERMINERS,
    DOING,
    JOINS,
    PREPOSITIONS,
    PRONOUNS,
    REPORTING,
    SAYING,
    SUBORDINATORS,
    TELLING,
)
from stance.articles.model import Reading
from stance.articles.phrases import ENDS_NAME, LONGEST_CLAUSE, clause_end, phrase_end
from stance.articles.quoted_mending import mended_beside_quotation
from stance.articles.sentences import Sentence, Span
from stance.articles.span_features import REACH

_TAIL: Final = 4  # tokens from a closing "said" to the end of the sentence
_LONGEST_TAG: Final = 10
_SHORTEST_CLAUSE: Final = 2
_HEARSAY: Final = frozenset("said believed reported thought understood alleged".split())
_BETWEEN: Final = AUXILIARIES - BE
_SUFFERED: Final = frozenset(
    verb for verb in DOING | TELLING if verb.endswith("ed") or verb == "told"
)
_LONGEST_ITEM: Final = 4  # words of a list up to its "and", that included
_LONGEST_APPOSITION: Final = 6  # tokens, its comma included
_BEFORE_ASKED: Final = BE | {"when", "if", "once", "repeatedly"}
_TOLD: Final = (TELLING - SAYING) | ASKING
_LONGEST_LISTENER: Final = 8  # words
_AFTER_LISTENER: Final = frozenset(("that", "if", "whether", "not"))
_NO_LISTENER: Final = frozenset("how why what when where to about for".split())
_OPENING: Final = 5  # tokens in which a first clause is opened: "A day after"
_OPENS_CLAUSE: Final = (SUBORDINATORS - {"that", "but"}) | {"although", "though", "until"}
_AFTER_INNER_COMMA: Final = frozenset("and or but who which whose where as including such".split())
_ENDS_AGENT: Final = ENDS_NAME | PREPOSITIONS | {"of", "to", "that", "and"}


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
    # Then what costs nothing: most cues are neither close to the end of a sentence nor these words.
    if len(sentence.tokens) < reading.cue + _TAIL:
        if _is_no_content(sentence, reading):
            return _mended_tag(sentence, reading)
        reading = _mended_named_tag(sentence, reading)
    reading = mended_clause(sentence, reading)
    if reading.content is None:
        return reading
    verb = sentence.tokens[reading.cue].text.lower()
    if verb in _SUFFERED or _is_hearsay(sentence, reading.cue):
        reading = _mended_passive(sentence, reading, reading.content)
    if verb == "asked" and _is_asked(sentence, reading.cue):
        reading = replace(reading, speaker=None)
    if verb in _TOLD:
        return _mended_listener(sentence, reading)
    if verb == "according":
        return _mended_opening(sentence, reading)
    reading = _mended_apposition(sentence, reading)
    return _mended_first_clause(sentence, reading, reading.content)


def _is_hearsay(sentence: Sentence, cue: int) -> bool:
    """Tell whether nobody knows who says it: "Silva is said to ..."."""
    words = [token.text.lower() for token in sentence.tokens[max(cue - 1, 0) : cue + 2]]
    return len(words) == 3 and words[0] in BE and words[1] in _HEARSAY and words[2] == "to"


def _is_asked(sentence: Sentence, cue: int) -> bool:
    """Tell whether who is named was asked, and did not ask: "when asked whether"."""
    return cue == 0 or sentence.tokens[cue - 1].text.lower() in _BEFORE_ASKED


def _mended_listener(sentence: Sentence, reading: Reading) -> Reading:
    """Read "told the club that ...", where the listener was taken for a part of what is said."""
    first, last = reading.content or (0, -1)
    words = [token.text.lower() for token in sentence.tokens[first : last + 1][:_LONGEST_LISTENER]]
    at = next((i for i, word in enumerate(words) if word in _AFTER_LISTENER), 0)
    if first != reading.cue + 1 or not at or words[0] in _NO_LISTENER:
        return reading
    clause = "," in words[:at] or not AUXILIARIES.isdisjoint(words[:at])
    if clause or (words[at] == "not" and words[at + 1 : at + 2] != ["to"]):
        return reading
    return replace(reading, content=(first + at, last))


def _mended_opening(sentence: Sentence, reading: Reading) -> Reading:
    """Read "According to the drivers' union, ...", where who is named was taken for what is said."""
    (first, last), cue = reading.content or (0, -1), reading.cue
    words = [token.text.lower() for token in sentence.tokens[cue : cue + REACH]]
    if first != cue + 2 or words[1:2] != ["to"] or "," not in words[3:-2]:
        return reading
    comma = cue + words.index(",", 3)
    if last <= comma and cue > 0:
        return reading
    if last <= comma:
        # Nothing but who says it was read.
        last = clause_end(sentence, comma + 1)
    return replace(
        reading,
        content=(comma + 1, last),
        speaker=(first, comma - 1),
        speaker_score=0.0,
        trust=max(reading.trust, reading.probability),
    )


def _mended_apposition(sentence: Sentence, reading: Reading) -> Reading:
    """Read "said a neighbour, Tom Hill, had called", where it was taken to end before the name."""
    tokens = sentence.tokens
    first, last = reading.content or (0, -1)
    if first < reading.cue or [token.text for token in tokens[last + 1 : last + 2]] != [","]:
        return reading
    names = [token.text for token in tokens[last + 2 : last + 2 + _LONGEST_APPOSITION]]
    length = next((i for i, word in enumerate(names) if not word[0].isupper()), 0)
    verb = last + 3 + length
    if not length or names[length] != "," or verb >= len(tokens):
        return reading
    end = clause_end(sentence, verb)
    if tokens[verb].text.lower() not in AUXILIARIES or any(
        t.quoted for t in tokens[verb : end + 1]
    ):
        return reading
    return replace(reading, content=(first, end))


def _mended_first_clause(sentence: Sentence, reading: Reading, content: Span | None) -> Reading:
    """Read "After Obi accused her of lying, Silva left", where the main clause was taken for more of it."""
    if content is None or not reading.cue < content[0] or reading.cue > LONGEST_CLAUSE:
        return reading
    tokens, cue = sentence.tokens, reading.cue
    opening = [token.text.lower() for token in tokens[: min(cue, _OPENING)]]
    opens = next((i for i, word in enumerate(opening) if word in _OPENS_CLAUSE), None)
    if opens is None or any(token.text == "," for token in tokens[opens:cue]):
        return reading
    words = [token.text.lower() for token in tokens[: content[1] + 1]]
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


def _is_no_content(sentence: Sentence, reading: Reading) -> bool:
    """Tell whether what a verb near the end of a sentence was read to report is who speaks or listens."""
    if reading.content is None or reading.content_score <= 0:
        return True
    first, last = reading.content
    words = [token.text.lower() for token in sentence.tokens[first : last + 1]]
    if not _AFTER_LISTENER.isdisjoint(words) or any(t.quoted for t in sentence.tokens[: last + 1]):
        return False
    verb = sentence.tokens[reading.cue].text.lower()
    speaker = last < reading.cue and first and sentence.tokens[first - 1].text == ","
    return bool(speaker) or (verb in TELLING and first == reading.cue + 1)


def _mended_tag(sentence: Sentence, reading: Reading) -> Reading:
    """Read ", the mayor said." or ", she told reporters." at the end of a sentence."""
    tokens, cue = sentence.tokens, reading.cue
    low = [token.text.lower() for token in tokens]
    tail = [word for word in low[cue + 1 :] if word[0].isalnum() and word not in DAYS]
    if low[cue] not in REPORTING or (tail and low[cue] not in TELLING):
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
    start = 1 if low[0] in JOINS and comma > _SHORTEST_CLAUSE else 0
    return replace(
        reading,
        content=(start, comma - 1),
        content_score=0.0,
        speaker=(first, last),
        speaker_score=0.0,
        trust=reading.probability,
    )


def _mended_named_tag(sentence: Sentence, reading: Reading) -> Reading:
    """Read ", its leader, Ana Silva, said." at the end of a sentence."""
    tokens, cue = sentence.tokens, reading.cue
    low = [token.text.lower() for token in tokens[max(cue - _LONGEST_TAG, 0) : cue + 1]]
    commas = [i for i, word in enumerate(low) if word == ","]
    if low[-1] not in REPORTING or len(commas) < 3 or commas[-1] != len(low) - 2:
        return reading
    begin = cue + 1 - len(low)
    clause, name = begin + commas[-3], begin + commas[-2]
    named = all(token.text[0].isupper() for token in tokens[name + 1 : cue - 1])
    if not named or low[commas[-3] + 1] not in DETERMINERS:
        return reading
    return replace(
        reading,
        content=(0, clause - 1),
        speaker=(clause + 1, cue - 2),
        speaker_score=0.0,
        trust=max(reading.trust, reading.probability),
    )


def _mended_passive(sentence: Sentence, reading: Reading, content: Span) -> Reading:
    """Read "Silva was accused by Obi of ...": Obi speaks, or whoever it is, but not Silva."""
    tokens, cue = sentence.tokens, reading.cue
    before = cue - 1
    while before >= 0 and tokens[before].text.lower() in _BETWEEN:
        before -= 1
    if before < 0 or tokens[before].text.lower() not in BE:
        return reading
    first, last = content
    trust = reading.trust
    agent = _agent(sentence, cue)
    if agent is not None and agent[0] == cue + 2 and agent[1] < last:
        first = max(first, agent[1] + 1)
        trust = max(trust, reading.probability)
    elif agent is not None and first < agent[0] - 1 <= last:
        last = agent[0] - 2
    return replace(reading, content=(first, last), speaker=agent, speaker_score=0.0, trust=trust)


def _agent(sentence: Sentence, cue: int) -> Span | None:
    """Find who does what somebody else suffers: "by the prosecutors"."""
    low = [token.text.lower() for token in sentence.tokens[cue : cue + REACH]]
    by = next((i for i in range(1, len(low) - 1) if low[i] == "by"), None)
    if by is None or low[by + 1].endswith("ing") or not low[by + 1][0].isalnum():
        return None
    # "The report was signed by": another passive.
    if not BE.isdisjoint(low[1:by]):
        return None
    return cue + by + 1, cue + phrase_end(low, by + 2, len(low), _ENDS_AGENT) - 1
