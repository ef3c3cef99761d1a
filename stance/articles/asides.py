"""Tags in the middle of what is said: "The bill, she said, will pass" is one statement in two pieces."""

from __future__ import annotations

from typing import Final

from stance.articles.lexicon import (
    ASKING,
    AUXILIARIES,
    BE,
    DETERMINERS,
    JOINS,
    PREPOSITIONS,
    PRONOUNS,
    SAYING,
)
from stance.articles.model import Reading
from stance.articles.phrases import LONGEST_CLAUSE, NEXT_CLAUSE, clause_end, verb_behind
from stance.articles.sentences import QUOTED, Sentence, Span

_LONGEST: Final = 8  # tokens from the verb to the comma on either side
_NO_TAG: Final = frozenset((";", ":", QUOTED))
_SHORTEST: Final = 2  # words of a tag
_NEAR: Final = 2  # tokens between a comma and what the model found beside it
_VERBS: Final = SAYING | {"according", "told", "tells"}
_OPENS: Final = PRONOUNS | DETERMINERS | _VERBS
_NO_MORE: Final = NEXT_CLAUSE | PREPOSITIONS | {"to", "who", "which", "where", "whose"}
_GOING_ON: Final = frozenset(
    "will would can could may might must should is was are were has had".split()
)
_LONGEST_SUBJECT: Final = 4  # words
_IF: Final = frozenset(("if", "unless"))
_STATEMENTS: Final = frozenset(
    "statement interview letter email speech briefing post tweet".split()
)


def other_side(sentence: Sentence, reading: Reading) -> Span | None:
    """Find the rest of a statement that a tag between commas cuts in two.

    Parameters
    ----------
    sentence : Sentence
        A sentence.
    reading : Reading
        What one of its cues reports: one side of the tag.

    Returns
    -------
    (int, int) or None
        Positions of the first and the last token on the other side; None if there is no such tag.
    """
    cue = reading.cue
    if reading.content is None or sentence.low[cue] not in _VERBS or cue > LONGEST_CLAUSE:
        return None
    before = next(
        (i for i in range(cue - 1, max(cue - _LONGEST, 0), -1) if sentence.words[i] == ","), 0
    )
    stop = min(cue + _LONGEST, len(sentence.words) - 1)
    behind = next((i for i in range(cue + 1, stop) if sentence.words[i] == ","), 0)
    if not before or not behind or not _is_tag(sentence, before, behind):
        return None
    first, last = reading.content
    if behind < first <= behind + _NEAR:
        rest = (int(sentence.low[0] in JOINS), before - 1)
        low = sentence.low[:before]
        fragment = sentence.tokens[first].quoted
        # "The mayor, she said, “lied”"
        subject = low[0] in DETERMINERS and len(low) <= _LONGEST_SUBJECT
        if (
            fragment
            and low[0] not in _IF
            and not subject
            and (not _is_clause(sentence, before) or low[0].endswith("ing"))
        ):
            return None  # "At a rally, Silva said, “it will burn”"
        if low[0] in PREPOSITIONS and not _STATEMENTS.isdisjoint(low):
            return None  # "In a statement"
    elif before - _NEAR <= last < before and _goes_on(sentence.low[behind + 1 : behind + 3]):
        if cue == before + 1 and _is_apposition(sentence, before, behind):
            return None  # ", said Ana Silva, a nurse"
        rest = (behind + 1, clause_end(sentence, behind + 1))
    else:
        return None
    first, last = rest
    while last > first and not sentence.words[last][0].isalnum():
        last -= 1
    named = all(word[0].isupper() for word in sentence.words[first : last + 1])
    return (
        (first, last)
        if first <= last and sentence.words[first][0].isalnum() and not named
        else None
    )


def _is_clause(sentence: Sentence, end: int) -> bool:
    """Tell whether a sentence begins with a clause, up to a position."""
    first = sentence.low[0]
    verb = verb_behind(sentence.words, 1, end - 1)
    verb = verb or next((i for i in range(1, end) if sentence.low[i] in BE), None)
    return verb is not None and first not in PREPOSITIONS and first not in ASKING


def _is_apposition(sentence: Sentence, before: int, behind: int) -> bool:
    """Tell whether a comma behind a name leads to who that is, rather than on with what is said."""
    follows = sentence.low[behind + 1]
    whole = verb_behind(sentence.words, 1, before - 1) is not None
    verb = verb_behind(sentence.words, behind + 1, min(behind + _NEAR, len(sentence.words) - 1))
    return follows in DETERMINERS or (whole and follows not in AUXILIARIES and verb is None)


def _is_tag(sentence: Sentence, before: int, behind: int) -> bool:
    """Tell whether there is no more between two commas than who speaks, and the verb."""
    words = sentence.words[before + 1 : behind]
    solid = [word for word in words if word.lower() not in AUXILIARIES]
    if not _NO_TAG.isdisjoint(words):
        return False
    # "residents said"
    short = len(solid) == _SHORTEST and solid[0].endswith("s") and solid[1] in SAYING
    return bool(solid) and (short or solid[0].lower() in _OPENS or solid[0][0].isupper())


def _goes_on(words: list[str]) -> bool:
    """Tell whether a clause goes on behind a comma: "burned", "and will burn", but not "and she left"."""
    if words[0] in JOINS:
        return words[-1] in _GOING_ON
    return words[0] not in _NO_MORE and not words[0].endswith("ing")
