"""Who has a role in an article: "Ana Silva, the mayor of Oro," or "the club's manager, Dan Hurst,"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from stance.articles.bodies import FAR
from stance.articles.descriptors import is_thing
from stance.articles.lexicon import DETERMINERS, PREPOSITIONS, PRONOUNS
from stance.articles.name_words import GROUPS, QUALIFIERS, TITLES
from stance.articles.names import without_titles

_ROLE: Final = re.compile(r"[Tt]he (?:[a-z]+['’]s? )?((?:[a-z][a-z-]+ )?[a-z][a-z-]+)")
_WORD: Final = r"(?:[A-Z]\.|(?:Mrs?|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Prof|Rev|St)\.|[A-Z][\w’'-]*)"
_NAME: Final = rf"((?:{_WORD}[ \t]){{0,4}}{_WORD})"
# "Ana Silva, 34, a former mayor of Oro,": what stands between the name and the role, and behind it.
_NAMED_BEFORE: Final = re.compile(rf"{_NAME},(?: \d{{1,3}},)?((?: [\w’'-]+){{0,4}}) $")
_NO_ADJECTIVE: Final = PREPOSITIONS | PRONOUNS | frozenset("of to not who which that whose".split())
_INNER: Final = _NO_ADJECTIVE | DETERMINERS
_OF: Final = r"(?: (?:of|for|at|in|from|with|to)(?! [A-Z]\w* (?:said|says))[^,.;:!?“”\"\n]{1,60})?"
_CLOSED: Final = re.compile(rf"{_OF}(?:[,.]|,? who\b| and\b)")
# "manager, Dan Hurst,", "Minister of Aviation, Chief Joe Bello,", "farmer Tom Hale"
_NAMED_BEHIND: Final = re.compile(rf"{_OF}, {_NAME}(?=[,.])|(?= {_WORD} [A-Z]) {_NAME}")
# A vice president is not the president.
_BELOW: Final = frozenset("vice deputy assistant acting former ex then shadow".split())
_LESSER: Final = re.compile(
    rf"\b(?:{'|'.join(sorted(_BELOW))}|associate|outgoing|first)[ -]$", re.IGNORECASE
)
_SOMEBODY: Final = re.compile(r"\b(?:an?|another|one)(?: [a-z-]+){0,2} $", re.IGNORECASE)
# "Unlike the coach, Ana Silva, a striker, was calm."
_OPENS: Final = PREPOSITIONS | frozenset(("asked", "to", "unlike"))
_LEADING: Final = re.compile(r"(?:^|[.!?”\"\n]\s*)([A-Za-z]+)[^.!?”\"\n]*$")
_SINGLE: Final = frozenset(
    "president minister premier chancellor governor mayor king queen pope general secretary prince".split()
)
_THE: Final = re.compile(r"\b[Tt]he (?:[a-z-]+ )?$")
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
        lesser = [at for at, title in enumerate(titles[:-1]) if title in _BELOW]
        whole = " ".join(titles[lesser[-1] :] if lesser else titles[-2:])
        one_of_many = lesser or (titles[-2:-1] and titles[-2] in QUALIFIERS)
        for role in (whole,) if one_of_many else (titles[-1], whole):
            self._titled.setdefault(role, set()).add(name)

    def titled(self, mention: str) -> tuple[set[str], bool]:
        """Give those whose title a phrase like "the foreign minister" ends in, and whether it is no more."""
        article, *words = mention.lower().split() or [""]
        if article == "the" and words[:1] not in _NO_ROLES:
            for size in (3, 2, 1):
                people = self._titled.get(" ".join(words[-size:]))
                if people and len(words) >= size:
                    return people, len(words) == size
        return set(), False

    def is_shared(self, mention: str, at: int) -> bool:
        """Tell whether somebody without a name has the same role, which is no single one: "a driver"."""
        single = mention.rsplit(" ", 1)[-1].lower() in _SINGLE
        return not single and any(not name for name in self.apposed(mention, at))

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
        if found is None or found[1] in GROUPS or is_thing(found[1]):
            return
        begin = max(0, at - 4 * FAR)
        role = re.compile(rf"\b{re.escape(found[1])}\b(?!['’])", re.IGNORECASE)
        for place in islice(role.finditer(self._text, begin, at), _MOST):
            before = self._text[max(0, place.start() - _BEFORE) : place.start()]
            if not _LESSER.search(before):
                name = self._beside(before, place.end())
                if name is not None:
                    yield without_titles(name.split())
                elif _SOMEBODY.search(before):
                    yield ()

    def _beside(self, before: str, last: int) -> str | None:
        """Give the name beside a role, from what stands before the role and where it ends."""
        behind = _NAMED_BEHIND.match(self._text, last, last + _BEHIND)
        leading = _LEADING.search(before)
        opens = leading[1].lower() if leading is not None else ""
        leads = opens in _OPENS or opens.endswith("ing")
        if behind is not None and not leads and (behind[1] or not _THE.search(before)):
            return behind[1] or behind[2]
        named = _NAMED_BEFORE.search(before)
        if named is None or not is_apposed(self._text, last):
            return None
        first, *inner = named[2].lower().split() or [""]
        adjectives = first not in _NO_ADJECTIVE and _INNER.isdisjoint(inner)
        return named[1] if adjectives else None
