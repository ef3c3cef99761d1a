"""Who has a role in an article: "Ana Silva, the mayor of Oro," or "the club's manager, Dan Hurst,"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from stance.articles.bodies import FAR

_ROLE: Final = re.compile(r"[Tt]he (?:[a-z]+['’]s? )?((?:[a-z][a-z-]+ )?[a-z][a-z-]+)")
_WORD: Final = r"(?:[A-Z]\.|(?:Mrs?|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Prof|Rev|St)\.|[A-Z][\w’'-]*)"
_NAME: Final = rf"((?:{_WORD}[ \t]){{0,4}}{_WORD})"
# "Ana Silva, 34, a former mayor of Oro,": what stands between the name and the role, and behind it.
_NAMED_BEFORE: Final = re.compile(rf"{_NAME},(?: \d{{1,3}},)?(?: [\w’'-]+){{0,4}} $")
_OF: Final = r"(?: (?:of|for|at|in|from|with|to)(?! [A-Z]\w* (?:said|says))[^,.;:!?“”\"\n]{1,60})?"
_CLOSED: Final = re.compile(rf"{_OF}(?:[,.]|,? who\b| and\b)")
# "manager, Dan Hurst,", "Minister of Aviation, Chief Joe Bello,", "farmer Tom Hale"
_NAMED_BEHIND: Final = re.compile(rf"{_OF}, {_NAME}(?=[,.])|(?= {_WORD} [A-Z]) {_NAME}")
# A vice president is not the president.
_LESSER: Final = re.compile(
    r"\b(?:vice|deputy|assistant|associate|acting|former|ex|then|shadow|outgoing|first)[ -]$",
    re.IGNORECASE,
)
_SOMEBODY: Final = re.compile(r"\b(?:an?|another|one)(?: [a-z-]+){0,2} $", re.IGNORECASE)
_BEFORE: Final = 120  # characters in which the name before a role is looked for
_BEHIND: Final = 160
_MOST: Final = 20  # places that are looked at


def role_of(mention: str) -> str | None:
    """Give the role that somebody is named by: "The club's manager" -> "manager"; None for a name."""
    found = _ROLE.fullmatch(mention)
    return found[1] if found else None


def is_apposed(text: str, end: int) -> bool:
    """Tell whether what ends at an offset ends as an apposition does: "the mayor, said"."""
    return _CLOSED.match(text, end, end + _BEHIND) is not None


def apposed_names(text: str, role: str, at: int) -> Iterator[str | None]:
    """Find the names beside a role before an offset.

    Parameters
    ----------
    text : str
        The article.
    role : str
        In lower case.
    at : int
        Where the role names somebody by itself.

    Yields
    ------
    str or None
        A run of capitalised words, titles included; None for somebody who has the role and no name.
    """
    begin = max(0, at - 4 * FAR)
    places = re.finditer(rf"\b{re.escape(role)}\b(?!['’])", text[begin:at], re.IGNORECASE)
    for found in islice(places, _MOST):
        first, last = begin + found.start(), begin + found.end()
        before = text[max(0, first - _BEFORE) : first]
        if _LESSER.search(before):
            continue
        behind = _NAMED_BEHIND.match(text, last, last + _BEHIND)
        named = _NAMED_BEFORE.search(before)
        if behind is not None:
            yield behind[1] or behind[2]
        elif named is not None and is_apposed(text, last):
            yield named[1]
        elif _SOMEBODY.search(before):
            yield None
