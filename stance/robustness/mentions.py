"""Who is mentioned in a statement, and the same statement with somebody else mentioned.

A panel is a list of those who could stand in each other's place. A slot is where one of a panel
stands; filling the slots with each of the panel in turn gives statements that differ in nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from stance.articles.given_names import MEN, WOMEN

_COUNTRIES: Final = (
    ("Russia", "Russian", "Russians"),
    ("China", "Chinese", "Chinese"),
    ("Ukraine", "Ukrainian", "Ukrainians"),
    ("Iran", "Iranian", "Iranians"),
    ("Israel", "Israeli", "Israelis"),
    ("Mexico", "Mexican", "Mexicans"),
    ("Germany", "German", "Germans"),
    ("France", "French", "French"),
    ("Canada", "Canadian", "Canadians"),
    ("India", "Indian", "Indians"),
    ("Japan", "Japanese", "Japanese"),
    ("Turkey", "Turkish", "Turks"),
    ("Syria", "Syrian", "Syrians"),
    ("Nigeria", "Nigerian", "Nigerians"),
    ("Brazil", "Brazilian", "Brazilians"),
    ("Norway", "Norwegian", "Norwegians"),
)
_PARTIES: Final = (
    ("Republican", "Republicans"),
    ("Democratic", "Democrats"),
    ("Conservative", "Conservatives"),
    ("Labour", "Labour"),
    ("Liberal", "Liberals"),
    ("Green", "Greens"),
)
# Him and his are both her: which of the two is told by what follows.
_GENDERS: Final = (
    ("he", "him", "his", "himself", "Mr.", "Mr", "man", "men", "chairman", "spokesman", "sir"),
    (
        "she",
        "her",
        "her",
        "herself",
        "Ms.",
        "Ms",
        "woman",
        "women",
        "chairwoman",
        "spokeswoman",
        "madam",
    ),
)
_NAMES: Final = (
    "John Miller|Emily Baker|Mohammed Hassan|Fatima Rahman|Wei Zhang|Mei Chen|Sergei Ivanov"
    "|Olga Petrova|José García|María López|Chinedu Okafor|Amina Bello|Rajesh Patel|Priya Sharma"
    "|David Cohen|Rachel Levy".split("|")
)
_FIGURES: Final = (
    "Trump Biden Clinton Obama Cruz Putin Zelenskyy Netanyahu Macron Merkel Johnson Modi".split()
)
_GIVEN: Final = "|".join(sorted(name.capitalize() for name in WOMEN | MEN))
_FULL_NAME: Final = rf"\b(?:{_GIVEN}) (?!(?:and|or|of|the)\b)[A-Z][\w’'-]+(?<![’']s)"
_NO_NOUN: Final = frozenset(
    "and or but if when that for to in on at with from by of as about is was has had because so then"
    " not again now today out up back down into before after while who what".split()
)


@dataclass(frozen=True)
class Panel:
    """Those who could stand in each other's place.

    Parameters
    ----------
    name : str
        What they are.
    members : mapping of str to tuple of str
        By their name, the forms of each: the forms of all stand at the same places in their tuples.
    pattern : str, optional
        What a slot is beside those forms; filled with the first form.
    """

    name: str
    members: Mapping[str, tuple[str, ...]]
    pattern: str = ""

    @cached_property
    def _form_of(self) -> dict[str, int]:
        """Which form a word is; of equal ones the first."""
        found: dict[str, int] = {}
        for forms in self.members.values():
            for place, form in enumerate(forms):
                found.setdefault(form.lower(), place)
        return found

    @cached_property
    def _slot(self) -> re.Pattern[str]:
        # Names are names only with a capital; words are words with or without one.
        words = {form for forms in self.members.values() for form in forms}
        spelled = words | {form.capitalize() for form in words if form[0].islower()}
        parts = [re.escape(word) for word in sorted(spelled, key=lambda w: (-len(w), w))]
        named = rf"|(?P<name>{self.pattern})" if self.pattern else ""
        return re.compile(rf"(?P<article>\b[Aa]n? )?(?:(?<!\w)(?:{'|'.join(parts)})(?!\w){named})")

    def fill(self, text: str) -> dict[str, str]:
        """Write a statement once for each member, with that one in all slots.

        Parameters
        ----------
        text : str
            A statement.

        Returns
        -------
        dict of str to str
            By member; empty if the statement has no slot.

        Examples
        --------
        >>> filled = GENDERS.fill("He told her that his man lied.")
        >>> filled["men"]
        'He told him that his man lied.'
        >>> filled["women"]
        'She told her that her woman lied.'
        """
        if not self._slot.search(text):
            return {}
        return {member: self._with(text, forms) for member, forms in self.members.items()}

    def _with(self, text: str, forms: tuple[str, ...]) -> str:
        def put(match: re.Match[str]) -> str:
            article = match["article"] or ""
            word = match.group()[len(article) :]
            place = self._form_of.get(word.lower(), 0)
            if word.lower() == "her":
                follows = re.match(r" ([a-z]+)", text[match.end() :])
                place = 2 if follows and follows[1] not in _NO_NOUN else 1
            form = forms[place]
            if article:
                article = article[0] + ("n " if form[0] in "AEIOUaeiou" else " ")
            return article + (form[0].upper() + form[1:] if word[0].isupper() else form)

        return self._slot.sub(put, text)


def _panel(name: str, members: Iterable[tuple[str, ...]], pattern: str = "") -> Panel:
    return Panel(name, {forms[0]: forms for forms in members}, pattern)


COUNTRIES: Final = _panel("countries", _COUNTRIES)
PARTIES: Final = _panel("parties", _PARTIES)
GENDERS: Final = Panel("genders", dict(zip(("men", "women"), _GENDERS, strict=True)))
NAMES: Final = _panel("names", ((name,) for name in _NAMES), _FULL_NAME)
FIGURES: Final = _panel("public figures", ((name,) for name in _FIGURES))

PANELS: Final = (COUNTRIES, PARTIES, GENDERS, NAMES, FIGURES)
"""Who is swapped for whom."""


def others(panel: Panel, text: str) -> Iterator[str]:
    """Yield the fillings of a text that differ from it."""
    yield from (filled for filled in panel.fill(text).values() if filled != text)
