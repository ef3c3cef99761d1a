"""The tokens of a sentence, and the noun phrases in it that can be speakers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stance.cues import AUXILIARIES

Span = tuple[int, int]
"""``[start, end)`` offsets into the article."""

QUOTED: Final = "\ue000"  # stands for every character of a quotation while sentences are found
"""What the text of a token reads that is a whole quotation."""

STOPS: Final = frozenset(",;:—–-()[]") | {QUOTED}
"""Tokens that no noun phrase crosses."""

PRONOUNS: Final = frozenset("he she they it we i you who".split())
"""Pronouns that can speak."""

DETERMINERS: Final = frozenset(
    "the a an his her their its our my your this that these those another one some many several few"
    " two three four five most both all no other officials critics police experts aides".split()
)
"""Words that open a noun phrase, and plural speakers that need none."""

PREPOSITIONS: Final = frozenset(
    "in on at by for from with after before during since until under over about as against amid"
    " despite while when where if because although though unlike asked speaking taking but and yet so"
    " whether which because than".split()
)
"""Words that a speaker's noun phrase does not begin with."""

LINKS: Final = frozenset("of the de la van von bin al el for and del da do dos di du den".split())
"""Small words inside names and noun phrases."""

OPENERS: Final = frozenset(
    "soon however meanwhile still later earlier instead but and yet so then also today yesterday".split()
)
"""Adverbs and conjunctions that open a sentence before its subject."""

SUBORDINATORS: Final = frozenset(
    "that because when while if but after before since once as".split()
)
"""Words that open a subordinate clause."""

DAYS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday earlier later".split()
)
"""Times that may stand between a verb and what it reports."""

SHORT_LEAD: Final = 6
"""Most tokens of a short piece before a comma."""

_PLURAL_SPEAKERS: Final = frozenset("officials critics police experts aides".split())

_MAX_SOURCE: Final = 14


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark, or a whole quotation."""

    start: int
    end: int
    text: str

    @property
    def quoted(self) -> bool:
        """Whether it is a quotation."""
        return self.text == QUOTED


class Phrases:
    """The tokens of one sentence, and where in them speakers are named.

    Parameters
    ----------
    tokens : list of Token
        The sentence; a quotation is one token.
    """

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.low = [token.text.lower() for token in tokens]

    def source_before(self, at: int) -> Span | None:
        """Find the noun phrase before a verb, over adverbs and an apposition in commas."""
        last = at
        while last and self.low[last - 1] in AUXILIARIES:
            last -= 1
        if self.is_mark(last - 1, ",") and last > 2:
            comma = last - 2
            while comma > 0 and not self.is_mark(comma, ","):
                comma -= 1
            if comma > 0 and not any(t.quoted for t in self.tokens[comma:last]):
                named = all(self.is_capital(i) for i in range(comma + 1, last - 1))
                if named and comma <= SHORT_LEAD and self.low[0] in DETERMINERS:
                    return self.span(0, last - 1)  # "The mayor, Ada Obi, said"
                last = comma
        first = last
        while first and last - first < _MAX_SOURCE and self.low[first - 1] not in STOPS:
            if self.low[first - 1] in SUBORDINATORS:
                break
            first -= 1
        return self._noun_phrase(first, last)

    def phrase_after(self, at: int) -> tuple[int, int] | None:
        """Find the noun phrase that begins here, as two token positions."""
        if at >= len(self.tokens) or self.low[at] in {"that", "there", "this", "it's"}:
            return None
        if self.low[at] in PRONOUNS - {"it", "you", "who"}:
            return at, at + 1
        if not (self.is_capital(at) or self.low[at] in DETERMINERS):
            return None
        last = at + 1
        while last < len(self.tokens) and last - at < _MAX_SOURCE:
            word = self.low[last]
            if word in STOPS | {"."} or word in (PREPOSITIONS | DAYS | {"who", "told"}) - LINKS:
                break
            last += 1
        return at, last

    def first_phrase(self, before: int) -> Span | None:
        """Take the noun phrase that opens the sentence for its subject."""
        at = 0
        while at < before and self.low[at] in OPENERS | {","}:
            at += 1
        last = at
        while last < before and (self.is_capital(last) or (last > at and self.low[last] in LINKS)):
            last += 1
        if last == at and self.low[at : at + 1] and self.low[at] in PRONOUNS:
            last = at + 1
        return self._noun_phrase(at, last) if last > at else None

    def is_mark(self, at: int, mark: str) -> bool:
        """Tell whether the token at a position is this word or mark."""
        return 0 <= at < len(self.tokens) and self.low[at] == mark

    def is_capital(self, at: int) -> bool:
        """Tell whether the token at a position begins with a capital."""
        return 0 <= at < len(self.tokens) and self.tokens[at].text[0].isupper()

    def span(self, first: int, last: int) -> Span:
        """Offsets from one token up to another."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def _noun_phrase(self, first: int, last: int) -> Span | None:
        """Trim what stands before the noun phrase that ends here; None if it looks like none."""
        while first < last and self.low[first] in OPENERS | {"that"}:
            first += 1
        if first < last and self.low[first] in PREPOSITIONS:
            heads = [
                i
                for i in range(first + 1, last)
                if (self.low[i] in DETERMINERS | PRONOUNS or self.is_capital(i))
                and self.low[i - 1] not in LINKS | PREPOSITIONS
                and not (self.is_capital(i) and self.is_capital(i - 1))
            ]
            if not heads:
                return None
            first = heads[-1]
        words = self.low[first:last]
        if (
            not words
            or last - first >= _MAX_SOURCE
            or any(t.quoted for t in self.tokens[first:last])
        ):
            return None
        if last - first == 1 and words[0] in PRONOUNS:
            return self.span(first, last)
        if words[-1] in LINKS | PREPOSITIONS | DETERMINERS - _PLURAL_SPEAKERS | {
            "to",
            "not",
            "n't",
        }:
            return None
        named = any(self.is_capital(i) for i in range(first, last))
        if named or words[0] in DETERMINERS or words[-1].endswith("s"):
            return self.span(first, last)
        return None
