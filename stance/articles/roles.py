"""Who has a role in an article: "Ana Silva, the mayor of Oro," or "the club's manager, Dan Hurst,"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from stance.articles.bodies import FAR
from stance.articles.name_words import GROUPS, QUALIFIERS, TITLES
from stance.articles.names import without_titles

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
# "Secretary of State Ana Silva", but "the state" is nobody.
_NO_ROLES: Final = [
    [word]
    for word in (
        "state foreign defence defense finance interior health home security press national opposition"
        " republican republicans democrat democrats democratic gop independent us u.s uk eu un"
    ).split()
]
_BEFORE: Final = 120  # characters in which the name before a role is looked for
_BEHIND: Final = 160
_MOST: Final = 20  # places that are looked at


def is_apposed(text: str, end: int) -> bool:
    """Tell whether what ends at an offset ends as an apposition does: "the mayor, said"."""
    return _CLOSED.match(text, end, end + _BEHIND) is not None


class Roles:
    """The roles of people in one article.

    Parameters
    ----------
    text : str
        The article.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._titled: dict[str, set[str]] = {}

    def note(self, titles: Sequence[str], name: str) -> None:
        """Note the titles, in lower case, that stand right before somebody's name."""
        if not titles or titles[-1] not in TITLES:
            return
        whole = " ".join(titles[-2:])
        lesser = titles[-2:-1] and titles[-2] in QUALIFIERS
        for role in (whole,) if lesser else (titles[-1], whole):
            self._titled.setdefault(role, set()).add(name)

    def titled(self, mention: str) -> tuple[set[str], bool]:
        """Give those whose title a phrase like "the foreign minister" ends in, and whether it is no more."""
        article, *words = mention.lower().split() or [""]
        if article == "the" and words[:1] not in _NO_ROLES:
            for size in (2, 1):
                people = self._titled.get(" ".join(words[-size:]))
                if people and len(words) >= size:
                    return people, len(words) == size
        return set(), False

    def apposed(self, mention: str, at: int) -> Iterator[tuple[str, ...]]:
        """Find the names that stand beside a role before an offset: "Ana Silva, the mayor of Oro,".

        Parameters
        ----------
        mention : str
            The phrase that names somebody by his role: "the club's manager".
        at : int
            Where it stands.

        Yields
        ------
        tuple of str
            The words of a name; none for somebody who has the role and no name.
        """
        found = _ROLE.fullmatch(mention)
        if found is None or found[1] in GROUPS:
            return
        begin = max(0, at - 4 * FAR)
        role = re.compile(rf"\b{re.escape(found[1])}\b(?!['’])", re.IGNORECASE)
        for place in islice(role.finditer(self._text, begin, at), _MOST):
            first, last = place.span()
            before = self._text[max(0, first - _BEFORE) : first]
            if _LESSER.search(before):
                continue
            behind = _NAMED_BEHIND.match(self._text, last, last + _BEHIND)
            named = _NAMED_BEFORE.search(before)
            if behind is not None:
                yield without_titles((behind[1] or behind[2]).split())
            elif named is not None and is_apposed(self._text, last):
                yield without_titles(named[1].split())
            elif _SOMEBODY.search(before):
                yield ()
