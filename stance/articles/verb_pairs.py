"""Pairs of verbs in one sentence: which of them reports what, and whether both do."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from stance.articles.lexicon import DETERMINERS, JOINS, REPORTS, word_class
from stance.articles.model import Reading
from stance.articles.phrases import clause_end, verb_behind
from stance.articles.sentences import Sentence

BELIEVED: Final = 0.5
"""Trust in a reading that the words around it show to be one."""

LONGEST_SPEAKER: Final = 6
"""Tokens of a speaker that two verbs share, or that stands between them."""

_POSSIBLE: Final = 0.15  # probability of a verb of reporting that is taken for one
_WITH_AS: Final = (
    "describ",
    "denounc",
    "condemn",
    "dismiss",
    "slam",
    "see",
    "know",
    "brand",
    "label",
)
_BEHIND_PARTICIPLE: Final = (["of"], ["by"], ["in"], ["as"], ["at"], ["for"])
_BESIDE: Final = frozenset("as while though although".split())
_PAST: Final = frozenset(("said", "told", "made", "wrote", "thought", "swore", "spoke"))


def form_of(verb: str) -> str:
    """Tell the form of a verb by its ending."""
    if verb in _PAST:
        return "ed"
    return next((ending for ending in ("ed", "ing", "s") if verb.endswith(ending)), "")


def is_report(sentence: Sentence, reading: Reading) -> bool:
    """Tell whether a cue is a verb of reporting that may well be one here."""
    verb = word_class(sentence.low[reading.cue]) & REPORTS
    return bool(verb) and reading.probability > _POSSIBLE


def are_beside(sentence: Sentence, earlier: Reading, later: Reading) -> bool:
    """Tell whether two verbs report side by side: "denied involvement and said it burned"."""
    if earlier.content is None or earlier.content[0] != earlier.cue + 1:
        return False
    low, join = sentence.low, earlier.content[1] + 1
    beside = join < later.cue <= join + 2 and low[join] in JOINS
    both = is_report(sentence, earlier) and is_report(sentence, later)
    return beside and both and form_of(low[earlier.cue]) == form_of(low[later.cue])


def is_added(sentence: Sentence, earlier: Reading, later: Reading) -> bool:
    """Tell whether ", threatening to strike" was read to report what stands before its speaker."""
    cue = later.cue
    tag = sentence.words[cue - 1] == "," and sentence.low[cue].endswith("ing")
    near = cue - earlier.cue <= LONGEST_SPEAKER and cue + 2 < len(sentence.words)
    if later.content is None or later.content != earlier.content or not near:
        return False
    return later.content[1] < cue and tag and is_report(sentence, later)


def read_behind(sentence: Sentence, earlier: Reading, later: Reading) -> Reading:
    """Read what stands behind a verb."""
    content = (later.cue + 1, clause_end(sentence, later.cue + 1))
    return replace(
        later, content=content, speaker=earlier.speaker, trust=max(later.trust, BELIEVED)
    )


def clause_behind_as(sentence: Sentence, earlier: Reading, later: Reading) -> int | None:
    """Find the "as" of "Oro recalls its envoy as Karvia accuses it of ...", which begins another clause."""
    first, last = earlier.content or (0, -1)
    low, cue = sentence.low, later.cue
    finite = word_class(low[cue]) & REPORTS and form_of(low[cue]) in ("ed", "s")
    takes_as = low[earlier.cue].startswith(_WITH_AS) or low[cue + 1 : cue + 2] in _BEHIND_PARTICIPLE
    if not earlier.cue < first < cue <= last or not finite or takes_as:
        return None
    places = range(cue - 2, max(cue - LONGEST_SPEAKER, first), -1)
    join = next((at for at in places if low[at] in _BESIDE), None)
    if join is None or (low[join] != "as" and low[join - 1] != ","):
        return None
    named = sentence.words[join + 1][0].isupper() or low[join + 1] in DETERMINERS
    if low[join] == "as" and verb_behind(sentence.words, first, join - 1) is not None:
        return None  # "he fled as the man threatened him"
    between = low[join + 1 : cue]
    apposed = between[-1:] == [","] and between.count(",") == 2  # "its head, Ana Silva,"
    other = any(word_class(word) & REPORTS for word in between)
    other = other or ("," in between and not apposed)
    return join if named and not other else None


def read_apart(later: Reading, join: int) -> Reading:
    """Read a clause behind "as" by itself."""
    speaker = (join + 1, later.cue - 1)
    return replace(later, speaker=speaker, speaker_score=0.0, trust=max(later.trust, BELIEVED))
