"""What a speaker's phrase holds that is another clause: "Obi has left, but the club"."""

from __future__ import annotations

from typing import Final

from stance.articles.lexicon import (
    AUXILIARIES,
    DETERMINERS,
    JOINS,
    POSSESSIVE,
    PREPOSITIONS,
    PRONOUNS,
    REPORTING,
)
from stance.articles.phrases import ENDS_NAME, phrase_end, verb_behind
from stance.articles.sentences import Sentence, Span

_TURNS: Final = frozenset("while but and as after although though whereas".split())
_SAID: Final = frozenset(verb for verb in REPORTING if verb.endswith("ed")) | {
    "said",
    "says",
    "told",
    "wrote",
}
_PHRASES: Final = (["hit", "back"], ["hits", "back"], ["hit", "out"])
_HAS: Final = frozenset("has have had".split())
_SINCE_WHEN: Final = frozenset("for in since on at".split())
_INNER: Final = frozenset("that although though because whereas".split())
_RELATIVE: Final = frozenset("who that which whose".split())
_ONE: Final = frozenset("he she i".split())
_ENDS_SOURCE: Final = ENDS_NAME | PREPOSITIONS | {"(", ")"}
_LONGEST_NAME: Final = 8  # tokens
_LONGEST_KIN: Final = 3  # words behind "whose"


def own_clause(sentence: Sentence, cue: int, first: int, last: int) -> Span:
    """Take off a speaker what belongs to another clause.

    Parameters
    ----------
    sentence : Sentence
        A sentence.
    cue : int
        Position of the reporting word.
    first, last : int
        Positions of the first and the last token of what was read for the speaker.

    Returns
    -------
    (int, int)
        Positions of those of the speaker alone.
    """
    if sentence.low[cue] == "according":
        last = phrase_end(sentence.low, last + 1, len(sentence.words), _ENDS_SOURCE) - 1
    else:
        first, last = _without_verb(sentence, first, last)
        last = _before_act(sentence, cue, first, last)
    return _related(sentence, cue, first, last)


def _before_act(sentence: Sentence, cue: int, first: int, last: int) -> int:
    """End "the bank left its rate at 6 per cent and said" with the bank, before the first thing it did."""
    joined = sentence.low[cue - 1] in JOINS or sentence.low[cue - 1] == "to"
    if not joined or not first < last < cue or not _RELATIVE.isdisjoint(sentence.low[first:last]):
        return last
    verb = verb_behind(sentence.words, first + 1, last)
    while verb is not None and sentence.words[verb] in POSSESSIVE:
        verb = verb_behind(sentence.words, verb + 1, last)
    return last if verb is None else max(verb - 1, first)


def _related(sentence: Sentence, cue: int, first: int, last: int) -> Span:
    """Read "Ana Silva, whose brother said" as the brother, "Ana Silva, whose brother died, said" as her."""
    whose = max(last - _LONGEST_KIN, first)
    if "whose" not in sentence.low[whose:last]:
        return first, last
    whose = sentence.low.index("whose", whose)
    if sentence.words[whose - 1] != ",":
        return first, last  # "Those whose homes flooded"
    if last < cue and AUXILIARIES.issuperset(sentence.low[last + 1 : cue]):
        return whose, last
    return first, max(whose - 2, first)


def _turn(words: list[str], low: list[str], first: int, last: int) -> int | None:
    """Find where another clause begins in a speaker: "Obi has left, but the club"."""
    if not _RELATIVE.isdisjoint(low[first:last]):
        return None
    for at in range(last - 1, first, -1):
        comma = words[at - 1] == "," and low[at + 1] != "not"
        told = low[at] in ("and", "with") and verb_behind(words, first + 1, at - 2) is not None
        if comma and (low[at] == "but" or told):
            return at + 1
        crowd = at + 1 == last and words[last].endswith("s") and words[last].islower()
        if low[at] == "as" and crowd and verb_behind(words, first + 1, at - 1) is not None:
            return at + 1
    return None


def _without_verb(sentence: Sentence, first: int, last: int) -> Span:
    """Take what somebody else says, or she herself said before, out of a speaker: "Obi agreed, while Eva"."""
    words, low = sentence.words, sentence.low
    if low[first] in JOINS and last > first:
        first += 1  # "But friends of Obi"
    turn = _turn(words, low, first, last)
    if turn is not None:
        return turn, last
    if low[first] in _ONE and last > first and words[first + 1].islower():
        return (first, last) if words[first + 1] == "and" else (first, first)
    if "anonymity" in low[first : last + 1] and "who" in low[first : last + 1]:
        # "Two officials, who spoke on condition of anonymity because they ..., said"
        who = low.index("who", first)
        return first, max(who - 1 - (words[who - 1] == ","), first)
    # Of somebody "who said so", more is said that belongs to the name.
    stop = next((at for at in range(first, last) if low[at] in _RELATIVE), last + 1)
    verb = next((at for at in range(first + 1, stop) if _is_verb(words, at, last)), None)
    if verb is None:
        inner = (i for i in range(last - 1, first, -1) if low[i] in _INNER)
        at = next(inner, None)
        # "it is a plan that Democrats", "although colleagues"
        return (first, last) if at is None or not _opens_name(sentence, at + 1) else (at + 1, last)
    for at in range(last - 1, verb, -1):
        opens = low[at + 1] in DETERMINERS or low[at + 1] in PRONOUNS
        if low[at] in _TURNS and (opens or words[at + 1][0].isupper()):
            return at + 1, last
    return first, verb - 1


def _opens_name(sentence: Sentence, at: int) -> bool:
    """Tell whether a name, a pronoun or a noun in the plural stands at a position."""
    word = sentence.words[at]
    return word[0].isupper() or word in PRONOUNS or (word.endswith("s") and word not in AUXILIARIES)


def _is_verb(words: list[str], at: int, last: int) -> bool:
    """Tell whether a verb stands in what was taken for a speaker: "Obi has for years", "friends hit back"."""
    two = words[at : at + 2]
    phrase = two in _PHRASES or (two[0] in _HAS and two[-1] in _SINCE_WHEN)
    # Behind small words it is rather a participle: "the alleged victim".
    noun = words[at - 1][0].isupper() or words[at - 1].endswith("s")
    named = noun and words[at - 1].lower() not in DETERMINERS
    return phrase or (at < last and words[at] in _SAID and named)
