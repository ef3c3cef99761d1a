"""Where the sentences of running text begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|gen|col|lt|sgt|sens?|reps?|govs?|st|jr|sr|vs|etc|no|inc|co|corp|ltd"
    r"|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)|\b[a-wyz])\.$",  # an initial; X is a platform, too
    re.IGNORECASE,
)
# Words that begin sentences and are no part of a name: "at 7 p.m. He said".
_STARTER: Final = re.compile(
    r"(?:He|She|It|They|We|You|The|This|That|These|Those|There|But|And|If|When|While|What|His|Her"
    r"|Its|Their|Our|After|Before|As|At|In|On|For|With|Asked|Now|Still|Some|Many|Most|No|Not)[\s'’]"
)
_LONGEST_ABBREVIATION: Final = 4
_INITIAL: Final = 2  # characters
_NUMBER: Final = "no."  # an answer, too
_LOOK_AHEAD: Final = 10  # blanks, and the first digit of what is numbered or a starter
_LOOK_BACK: Final = 12  # characters hold any abbreviation, and keep the look-back constant in time
# One mark and few closers, not runs of them: a run would be rescanned from each of its characters.
_MAY_GO_ON: Final = frozenset((".", ".)", ".]"))
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’»)\]]{0,3}(?=\s)|\n")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Cut a text into sentences at closing punctuation and line breaks.

    Titles, initials and common abbreviations ("Mr.", "J.", "Gen.") end no sentence, nor does a full
    stop before a small letter.

    Parameters
    ----------
    text : str
        Running text.

    Returns
    -------
    list of (int, int)
        ``[start, end)`` offsets of the sentences, without the white space around them.

    Examples
    --------
    >>> text = "Mr. Oduya left. Nobody asked why."
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['Mr. Oduya left.', 'Nobody asked why.']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _sentence_ends(text):
        begun = text[start:end].lstrip()
        bare = len(begun.rstrip())
        if bare:
            first = end - len(begun)
            spans.append((first, first + bare))
        start = end
    return spans


def _sentence_ends(text: str) -> Iterator[int]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        mark, end = match[0], match.end()
        if mark in _MAY_GO_ON:
            # "Sen. Obi (I-Vt.) said", "at 3 p.m. on": a small letter goes on with the sentence.
            if text[end + 1 : end + 2].islower():
                continue
            behind = text[end : end + _LOOK_AHEAD].lstrip()
            if mark == "." and _is_abbreviation(text[max(start, end - _LOOK_BACK) : end], behind):
                continue
        yield end
        start = end
    yield len(text)


def _is_abbreviation(ending: str, behind: str) -> bool:
    """Tell whether a full stop is that of an abbreviation; that of "no." only before a number."""
    # A longer word, as most are, is none.
    letters = ending[-_LONGEST_ABBREVIATION - 2 : -1]
    if len(letters) > _LONGEST_ABBREVIATION and letters.isalnum():
        return False
    found = _ABBREVIATION.search(ending)
    if found is None:
        return False
    if len(found[0]) == _INITIAL:
        return _STARTER.match(behind) is None
    return found[0].lower() != _NUMBER or behind[:1].isdigit()
