"""Names in one article: "Trump", "he" or "the spokesman" -> the full name that the article gives."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import Final

from stance.articles.bodies import ANY_BODY, FAR, body_as_written, body_meant, called, firm_called
from stance.articles.descriptors import age_of, described, is_aged, is_role, kin, nameless_subject
from stance.articles.given_names import WOMEN
from stance.articles.lexicon import LINKS, OWNERS
from stance.articles.name_parts import NAME, NamePart, name_parts
from stance.articles.name_words import (
    GIVEN,
    GROUPS,
    NO_NAMES,
    NOT_PEOPLE,
    PARTICLES,
    PLACES,
    QUALIFIERS,
    ROYAL,
    SUFFIXES,
    TITLES,
)
from stance.articles.names import (
    gender_of,
    name_key,
    name_of_group,
    name_runs,
    without_s,
    without_titles,
)
from stance.articles.roles import Roles, is_apposed
from stance.articles.sentence_ends import sentence_spans
from stance.articles.subjects import Subjects

_BEFORE_COMMA: Final = re.compile(r"((?:[A-Z][\w’'-]*\s){0,3}[A-Z][\w’'-]*)(,?)\s*$")
_APPOSED: Final = 60  # characters before an apposition in which its name is looked for
_OWNS: Final = {"his": "he", "her": "she"}
_SOMEBODY: Final = frozenset("a an one another his her its their".split())
_NO_ONE: Final = frozenset(
    "it they we i you which that this one another some others many both none".split()
)
_LATEST: Final = 6  # who spoke last
_NEAR: Final = 600  # characters over which "it" still reaches back
# "It is understood that"
_NOBODY: Final = re.compile(r"it\s(?:is|was|has\sbeen|becomes?|became)\s", re.IGNORECASE)

_THE_BODY: Final = re.compile(r"The ([a-z]+)\b")
_BEFORE_TAG: Final = frozenset(',”"’')
_CIVIC: Final = frozenset(
    "council police university college school hospital ministry court authority club".split()
)
_WHOSE: Final = re.compile(r"\bwhose(?: [a-z-]+){1,3}$")
_LEAD: Final = 40  # characters that hold the two words before a name
# A name by itself: where, which, the pronoun of its title, and whether it is somebody's for sure.
_Bare = tuple[int, str, str | None, bool]


class Speakers:
    """The people of one article.

    Parameters
    ----------
    text : str
        The article.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._by_surname: dict[str, list[tuple[int, str]]] = {}
        self._full_names: dict[str, set[str]] = {}  # by surname
        self._by_given: dict[str, set[str]] = {}
        self._roles = Roles(text)
        self._gender: dict[str, str] = {}
        self._titled: set[str] = set()
        self._mentions: list[tuple[int, str]] = []
        self._speaking: list[tuple[int, str]] = []
        self._somebody: tuple[int, str | None, str | None] | None = None  # the last without a name
        self._owners: set[int] = set()  # where somebody is named for what is his: "Silva's aide"
        bare: list[_Bare] = []
        for match in NAME.finditer(text):
            # Most are "The" or "But" by themselves, which are no names.
            for part in name_parts(match.group()):
                at = match.start() + part.begin
                sure = is_aged(text, at, at + len(part.name))
                self._add(part, at, text[max(0, at - _LEAD) : at].split()[-2:], bare, sure=sure)
        first_names = {name.partition(" ")[0]: name for _, name in self._mentions}
        for at, surname, gender, sure in bare:
            full = self._full(surname, at)
            if full is None and sure:
                full = first_names.get(surname, surname)
            if full is not None:
                self._mentions.append((at, full))
                if gender is not None:
                    self._gender.setdefault(full, gender)
        self._mentions.sort()
        self._subjects = Subjects(text, self._mentions, self._owners)
        self._people = {name for _, name in self._mentions}

    def _add(
        self, part: NamePart, at: int, before: list[str], bare: list[_Bare], *, sure: bool
    ) -> None:
        """Note a name with the titles before it; one word by itself is looked up later."""
        if part.owns:
            self._owners.add(at)
        _, name, leading, keys, _ = part
        small = (name_key(w) for w in before if w.islower() or w.lower() in QUALIFIERS)
        titles = [*small, *leading]
        if len(keys) == 1 and leading[-1:] and leading[-1] in ROYAL:
            name = f"{leading[-1].title()} {name}"  # "Prince Leopold" has no other name
        elif len(keys) == 1 or self._is_surname(name, keys):
            name = name.split()[len(keys) - 1]
            relative = kin(before[-1]) if before else None
            given = len(keys) == 1 and keys[0] in GIVEN and keys[0] not in PLACES
            if relative is None and given:
                relative = "she" if keys[0] in WOMEN else "he"
            bare.append((at, name, relative or gender_of(titles), sure or relative is not None))
            return
        self._by_surname.setdefault(keys[-1], []).append((at, name))
        self._full_names.setdefault(keys[-1], set()).add(name)
        if keys[0] in GIVEN:
            self._by_given.setdefault(keys[0], set()).add(name)
        self._mentions.append((at, name))
        if not TITLES.isdisjoint(titles[-1:]):
            self._titled.add(name)
        gender = gender_of(titles)
        if gender is not None:
            self._gender[name] = gender
        elif keys[0] in GIVEN:
            self._gender.setdefault(name, "she" if keys[0] in WOMEN else "he")
        self._roles.note(titles, name)

    def _is_surname(self, name: str, keys: Sequence[str]) -> bool:
        """Tell whether two words are the surname of somebody named before: "De Witte", Marc de Witte."""
        known = self._by_surname.get(keys[-1], [])
        end = f" {name.lower()}"
        return keys[0] in PARTICLES and any(full.lower().endswith(end) for _, full in known)

    def resolve(self, mention: str, at: int) -> str | None:
        """Name the speaker that a source phrase means.

        Calls must come in the order of the article: a pronoun looks back at who spoke before.

        Parameters
        ----------
        mention : str
            The source as written: "Russian Foreign Minister Sergey Lavrov", "Trump", "he".
        at : int
            Offset of the source.

        Returns
        -------
        str or None
            The full name where the article gives it, else the name as it stands; None for a pronoun
            or a role that nobody clearly fits, and for people without a name ("critics").
        """
        low = without_s(mention.strip()).lower()
        first = without_s(low.split(" ", 1)[0])
        low = first if first in ("he", "she") else _OWNS.get(low, low)
        if _WHOSE.search(mention):
            return None  # "Ana Silva, whose brother"
        if low in ("he", "she"):
            speaker = self._pronoun(low, at)
        elif first == "who":
            speaker = self._apposed(at, comma=False)
        elif low == "it" and not _NOBODY.match(self._text, at):
            speaker = self._it(at)
        elif low in _NO_ONE:
            speaker = None
        elif (pronoun := described(mention)) is not None:
            another = re.search(rf"\ban? {re.escape(low[4:])}\b", self._text[max(0, at - FAR) : at])
            speaker = self._role(mention, at) or (None if another else self._pronoun(pronoun, at))
        else:
            speaker = self._by_phrase(mention, low, at)
            nameless = first in _SOMEBODY or (first == "the" and speaker is None)
            if nameless and speaker not in self._people and is_role(low):
                self._somebody = (at, gender_of(low.split()), speaker)
        if speaker is not None and first != "who":
            self._speaking.append((at, speaker))
        return speaker

    def _by_phrase(self, mention: str, low: str, at: int) -> str | None:
        """Name whom a phrase means that is no pronoun: a name, a role, a body."""
        speaker = self._person(mention, at) or self._role(mention, at) or self._aged(low, at)
        if speaker is None and mention[:1].islower() and low.split(" ", 1)[0] not in OWNERS:
            end = at + len(mention)
            speaker = self._apposed(at) if is_apposed(self._text, end) else None
        noun = called(low)
        if speaker is None and noun is not None:
            speaker = body_meant(self._text, noun, at) or self._heard(low)
        named = speaker or name_of_group(mention) or body_as_written(low)
        return named and (firm_called(self._text, named, at) or named)

    def _it(self, at: int) -> str | None:
        """Find the body that "it" means: the subject of its sentence, or else who spoke last."""
        begin = max(0, at - FAR)
        start = begin + next(reversed(sentence_spans(self._text[begin:at])), (0, 0))[0]
        subject = _THE_BODY.match(self._text, start)
        if subject is not None and called(subject[0].lower()) is not None:
            return body_meant(self._text, subject[1], start)
        where, spoke = self._speaking[-1] if self._speaking else (-FAR, "")
        return spoke if at - where < _NEAR and self._is_body(spoke) else None

    def _heard(self, low: str) -> str | None:
        """Find the body that "the ministry" means among those who spoke: "Karvia's defence ministry"."""
        noun = low.removeprefix("the ")
        spoke = [name for _, name in reversed(self._speaking[-_LATEST:])]
        if noun in ANY_BODY and spoke and self._is_body(spoke[0]):
            return spoke[0]
        named = (name for name in spoke if name.endswith(f" {noun}"))
        return next(named, None) if noun in GROUPS else None

    def _is_body(self, name: str) -> bool:
        """Tell whether a name is that of a body: no person, and capital letters all over."""
        words = name.split()
        named = words[-1] in GROUPS or all(word[0].isupper() or word in LINKS for word in words)
        person = name in self._gender or name in self._titled or name_key(words[0]) in GIVEN
        return named and not person and name_key(words[0]) not in NO_NAMES

    def _person(self, mention: str, at: int) -> str | None:
        """Find the person in a phrase: in what stands before its first comma, or else behind that."""
        full = self._full(mention, at) if mention.istitle() else None
        if full is not None and len(full.split()) == 2:
            return full  # "Driver" is a title, too
        civic = mention.rsplit(" ", 1)[-1] in _CIVIC  # "Oro Falls council" is no Falls
        for run in () if civic or "-based " in mention else name_runs(mention):
            person = self._known(run, at)
            if person is not None:
                return person
        return None

    def _known(self, run: Sequence[str], at: int) -> str | None:
        """Name the person that a run of capitalised words means, if it means one."""
        last = run[-2] if len(run) > 1 and name_key(run[-1]) in SUFFIXES else run[-1]
        full = self._full(last, at)
        whole = " ".join(run)
        if full is not None and (len(run) == 1 or whole.endswith(full)):
            return full
        if (
            full is not None
            and run[0].lower() in PARTICLES
            and full.lower().endswith(whole.lower())
        ):
            return full  # "De Witte" is Marc de Witte
        if len(run) > 1 and not any(name_key(word) in NOT_PEOPLE for word in run):
            return whole
        return None

    def _apposed(self, at: int, *, comma: bool = True) -> str | None:
        """Find the person whom an apposition or "who" says more about: "Ana Silva, the mayor,"."""
        before = _BEFORE_COMMA.search(self._text[max(0, at - _APPOSED) : at])
        if before is None or (comma and not before[2]):
            return None
        run = without_titles(before[1].split())
        return self._known(run, at) if run else None

    def _full(self, surname: str, at: int) -> str | None:
        """Find the full name last used before an offset, or else the only one used behind it."""
        key = name_key(surname)
        known = self._by_surname.get(key, [])
        before = bisect_left(known, (at + 1, ""))
        if before:
            return known[before - 1][1]
        # In some papers people go by their given names.
        names = self._full_names.get(key) or self._by_given.get(key, set())
        return next(iter(names)) if len(names) == 1 else None

    def _role(self, mention: str, at: int) -> str | None:
        """Find the person who has the role that a phrase names: "the mayor"."""
        people, whole = self._roles.titled(mention)
        if people:
            if len(people) > 1:
                return self._last_of(people, at) if whole else None
            return None if self._roles.is_shared(mention, at) else next(iter(people))
        named = {self._known(run, at) if run else None for run in self._roles.apposed(mention, at)}
        person = named.pop() if len(named) == 1 else None
        return person if person in self._people else None

    def _last_of(self, people: Collection[str], at: int) -> str | None:
        """Find which of some people the text was about last, shortly before an offset."""
        subjects, led = self._subjects.between(max(0, at - _NEAR), at)
        return next((name for _, name in [*reversed(subjects), *led] if name in people), None)

    def _aged(self, low: str, at: int) -> str | None:
        """Find the person that "the 29-year-old" means: "Ana Silva, 29,"."""
        age = age_of(low)
        if age is None:
            return None
        begin = max(0, at - 4 * FAR)
        before = self._text[begin:at]
        comma = before.rfind(f", {age},")
        if comma >= 0:
            return self._apposed(begin + comma + 1)
        nameless = re.search(rf"\ban? {age}-year-old\b", before, re.IGNORECASE)
        return None if nameless or not low.startswith("the ") else self._pronoun("", at)

    def _pronoun(self, pronoun: str, at: int) -> str | None:
        """Find the last person who spoke or was named before, and whom the pronoun can mean, if any."""
        begin = max(self._text.rfind("\n", max(0, at - FAR), at) + 1, at - FAR)
        here, led = self._subjects.between(begin, at)
        spoke = [one for one in self._speaking[-3:] if at - one[0] < FAR]
        if not here:
            spoke = sorted([*spoke, *self._subjects.before(begin)])
        tagged = self._text[begin:at].rstrip()[-1:] in _BEFORE_TAG  # ", he said."
        nameless = None if tagged else nameless_subject(self._text[begin:at])
        if nameless is not None and all(one[0] < begin + nameless for one in here):
            return None  # "A man told us that he"
        where, gender, name = self._somebody or (-FAR, None, None)
        later = all(one[0] <= where for one in [*here, *spoke])
        if later and at - where < FAR and (not pronoun or gender in (None, pronoun)):
            return name  # "a spokesman said ...", "he added"
        for _, name in [*reversed(here), *reversed(spoke), *reversed(led)]:
            fits = not pronoun or self._gender.get(name, pronoun) == pronoun
            fits = fits and name_key(name.rsplit(" ", 1)[-1]) not in GROUPS
            if name in self._people and fits:
                if pronoun:
                    self._gender[name] = pronoun
                return name
        return None
