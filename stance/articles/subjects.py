"""Whom sentences are about: the people named in them, outside quotations and not behind a preposition."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import Final, TypeAlias

from stance.articles.bodies import FAR
from stance.articles.sentence_ends import sentence_spans

Named: TypeAlias = tuple[int, str]
"""Where somebody is named, and the full name."""

# "in a letter to Senator", right before a name; "the", before "Obi campaign".
_LED: Final = re.compile(
    r"\b(?:(?:to|of|from|with|by|in|at|for|about|against|on)\s+(?:(?:the|an?|his|her|their)\s+(?:[a-z-]+\s+){0,2})?"
    r"|(?:the|an?)\s+)"
    r"(?:[A-Z][\w.’'-]*\s+){0,4}$"
)

_LONGEST_LEAD: Final = 60  # characters


class Subjects:
    """The people of an article by its sentences.

    Parameters
    ----------
    text : str
        The article.
    mentions : sequence of (int, str)
        Where people are named, in order, and their full names.
    owners : collection of int
        Which of these places name somebody for what is his: "Silva's aide".
    """

    def __init__(self, text: str, mentions: Sequence[Named], owners: Collection[int]) -> None:
        self._text, self._mentions, self._owners = text, mentions, owners

    def before(self, begin: int) -> list[Named]:
        """Give whom the paragraph before one is about in the end, if it names somebody."""
        end = len(self._text[:begin].rstrip()) if begin else 0
        first = max(self._text.rfind("\n", max(0, end - FAR), end) + 1, end - FAR)
        named, _ = self.between(first, end)
        return [one for one in named if one[0] not in self._owners][-1:]

    def between(self, begin: int, end: int) -> tuple[list[Named], list[Named]]:
        """List the people named between two offsets: the first of each sentence.

        Parameters
        ----------
        begin, end : int
            Offsets into the article.

        Returns
        -------
        subjects : list of (int, str)
            Whom the sentences are about.
        led : list of (int, str)
            Those whom only a preposition leads to: "in a letter to Ana Silva".
        """
        subjects: list[Named] = []
        led: list[Named] = []
        for start, stop in sentence_spans(self._text[begin:end]):
            first = bisect_left(self._mentions, (begin + start, ""))
            last = bisect_left(self._mentions, (begin + stop, ""), first)
            named = [one for one in self._mentions[first:last] if not self._quoted(begin, one[0])]
            free = [one for one in named if not self._led(begin + start, one[0])]
            own = next((one for one in free if one[0] not in self._owners), None)
            if own is not None:
                subjects.append(own)
            elif named:
                (subjects if free else led).append((free or named)[0])
        return subjects, led

    def _led(self, start: int, at: int) -> bool:
        """Tell whether a preposition leads to the name at an offset, in the sentence from another."""
        return _LED.search(self._text[max(start, at - _LONGEST_LEAD) : at]) is not None

    def _quoted(self, begin: int, at: int) -> bool:
        """Tell whether a quotation that begins behind one offset is still open at another."""
        text = self._text
        opened = text.count("“", begin, at) > text.count("”", begin, at)
        return opened or text.count('"', begin, at) % 2 == 1
