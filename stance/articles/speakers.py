"""Names in one article: "Trump", "he" or "the spokesman" -> the full name that the article gives."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import Final

from stance.articles.given_names import WOMEN
from stance.articles.name_words import (
    FEMALE_TITLES,
    GIVEN,
    MALE_TITLES,
    NO_FIRST,
    NO_NAMES,
    NO_START,
    NOT_PEOPLE,
    PARTICLES,
    TITLES,
)
from stance.text import sentence_spans

# A full stop belongs to a name only behind an initial or a title; elsewhere it ends a sentence.
# One set for all first letters lets the search skip the others.
_CAPITAL: Final = (
    r"[^\W\d_a-z](?:(?<=[A-Z])\.|(?<=S)(?:t|en|gt)\.|(?<=M)r?s\.|(?<=[DM])r\.|(?<=R)e[pv]\."
    r"|(?<=G)(?:ov|en)\.|(?<=C)ol\.|(?<=L)t\.|(?<=P)rof\.|[\w’'-]*)"
)
_SMALL: Final = r"(?:de|da|del|di|du|van|von|der|bin|al|el|la)\b"
_NAME: Final = re.compile(rf"{_CAPITAL}(?:[ \t]+(?:{_CAPITAL}|{_SMALL}))*")
_LEADING_AWAY: Final = frozenset("for to of with at on from in by about as".split())
_ARTICLES: Final = frozenset(("the", "a", "an"))
_S: Final = ("'s", "’s")
_POSSESSIVE: Final = (*_S, "s'", "s’")
_CLAUSE: Final = re.compile(r"[,;(]|\b(?:who|which|whose)\b")
_BEFORE_COMMA: Final = re.compile(r"((?:[A-Z][\w’'-]*\s){0,3}[A-Z][\w’'-]*),\s*$")
_APPOSED: Final = 60  # characters before an apposition in which its name is looked for
_MAX_GROUP: Final = 7  # words in the name of an organisation
_LONGEST_KEPT: Final = 64  # letters of a word whose key is kept
_FAR: Final = 1500  # characters over which a pronoun still reaches back


class Speakers:
    """The people of one article.

    Parameters
    ----------
    text : str
        The article.
    """

    def __init__(self, text: str) -> None:
        self._by_surname: dict[str, list[tuple[int, str]]] = {}
        self._roles: dict[str, str | None] = {}
        self._gender: dict[str, str] = {}
        self._mentions: list[tuple[int, str]] = []
        self._speaking: list[tuple[int, str]] = []
        bare: list[tuple[int, str]] = []
        for match in _NAME.finditer(text):
            # Most are "The" or "But" by themselves.
            if _key(match.group()) not in NO_START:
                self._read_name(match, text, bare)
        for at, surname in bare:
            full = self._full(surname, at)
            if full is not None:
                self._mentions.append((at, full))
        self._mentions.sort()
        self._text = text
        self._people = {name for _, name in self._mentions}

    def _read_name(self, match: re.Match[str], text: str, bare: list[tuple[int, str]]) -> None:
        """Take the full names out of one run of words."""
        run: list[tuple[int, str]] = []
        at = match.start()
        for token in match.group().split(" "):
            word = token.strip("\t")
            if word and (word[0].isupper() or (run and word in PARTICLES)):
                name = _without_s(word)
                run.append((at, name))
                if name != word:
                    self._add_run(run, text, bare)
                    run = []
            elif run:
                self._add_run(run, text, bare)
                run = []
            at += len(token) + 1
        if run:
            self._add_run(run, text, bare)

    def _add_run(self, run: list[tuple[int, str]], text: str, bare: list[tuple[int, str]]) -> None:
        keys = [_key(word) for _, word in run]
        # A name begins behind the last title: "Texas Sen. Ana Silva".
        first = len(keys)
        while first and keys[first - 1] not in TITLES:
            first -= 1
        if first == len(keys):
            first = 0
        while first < len(keys) and keys[first] in NO_START:
            first += 1
        titles, keys, run = keys[:first], keys[first:], run[first:]
        if not run or len(run) > 4 or not NOT_PEOPLE.isdisjoint(keys):
            return
        at, name = run[0][0], " ".join(word for _, word in run)
        before = text[max(0, at - 40) : at].rstrip().rsplit(None, 2)
        titles += [_key(word) for word in before if word.islower()]
        if len(run) == 1:
            bare.append((at, name))
            self._note_gender(name, titles)
            return
        if all(len(word) > 1 and word.isupper() for _, word in run):
            return
        self._by_surname.setdefault(keys[-1], []).append((at, name))
        self._mentions.append((at, name))
        self._note_gender(name, titles)
        self._note_gender(run[-1][1], titles)
        if titles and titles[-1] in TITLES:
            for role in (titles[-1], " ".join(titles[-2:])):
                known = self._roles.setdefault(role, name)
                if known != name:
                    self._roles[role] = None

    def _note_gender(self, name: str, titles: list[str]) -> None:
        for gender, marks in (("she", FEMALE_TITLES), ("he", MALE_TITLES)):
            if not marks.isdisjoint(titles):
                self._gender[name] = gender
        given, _, more = name.lower().partition(" ")
        if more and given in GIVEN:
            self._gender.setdefault(name, "she" if given in WOMEN else "he")

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
        low = _without_s(mention.strip()).lower()
        first = _without_s(low.split(" ", 1)[0])
        low = first if first in ("he", "she") else low
        if low in ("he", "she"):
            speaker = self._pronoun(low, at)
        elif low in ("they", "it", "we", "i", "you", "who", "which", "that", "this"):
            speaker = None
        else:
            speaker = self._person(mention, at) or self._role(low)
            if speaker is None and mention[:1].islower():
                speaker = self._apposed(at)
            speaker = speaker or _group(mention)
        if speaker is not None:
            self._speaking.append((at, speaker))
        return speaker

    def _person(self, mention: str, at: int) -> str | None:
        """Find the person in a phrase: in what stands before its first comma, or else behind that."""
        for part in _CLAUSE.split(mention):
            runs = _capital_runs(_head(part))
            # In "Silva spokesman Joe Obi" the whole name tells who is meant.
            for run in [*(r for r in reversed(runs) if _is_whole(r)), *runs]:
                person = self._known(run, at)
                if person is not None:
                    return person
        return None

    def _known(self, run: list[str], at: int) -> str | None:
        """Name the person that a run of capitalised words means, if it means one."""
        last = max((i for i, word in enumerate(run[:-1]) if _key(word) in TITLES), default=-1)
        run = run[last + 1 :]
        while run and _key(run[0]) in NO_FIRST:
            run = run[1:]
        if not run or (len(run) == 1 and _key(run[0]) in TITLES):
            return None
        full = self._full(run[-1], at)
        if full is not None and (len(run) == 1 or " ".join(run).endswith(full)):
            return full
        if len(run) > 1 and not any(_key(word) in NOT_PEOPLE for word in run):
            return " ".join(run)
        return None

    def _apposed(self, at: int) -> str | None:
        """Find the person whom an apposition says more about: "Ana Silva, the mayor,"."""
        before = _BEFORE_COMMA.search(self._text[max(0, at - _APPOSED) : at])
        return None if before is None else self._known(before.group(1).split(), at)

    def _full(self, surname: str, at: int) -> str | None:
        """Find the full name last used before an offset, or else the only one used behind it."""
        known = self._by_surname.get(_key(surname), [])
        before = bisect_left(known, (at + 1, ""))
        if before:
            return known[before - 1][1]
        names = {name for _, name in known}
        return known[0][1] if len(names) == 1 else None

    def _role(self, low: str) -> str | None:
        words = [word for word in low.split() if word not in ("the", "a", "an", "his", "her")]
        for size in (2, 1):
            if len(words) >= size:
                person = self._roles.get(" ".join(words[-size:]))
                if person is not None and low.startswith("the "):
                    return person
        return None

    def _pronoun(self, pronoun: str, at: int) -> str | None:
        """Find the last person who spoke or was named before, and whom the pronoun can mean."""
        spoke = [name for where, name in self._speaking[-3:] if at - where < _FAR]
        for name in [*self._subjects(at), *reversed(spoke)]:
            if name in self._people and self._gender.get(name, pronoun) == pronoun:
                self._gender[name] = pronoun
                return name
        return None

    def _subjects(self, at: int) -> list[str]:
        """People named in this paragraph before an offset: the first of each sentence, last first."""
        begin = max(self._text.rfind("\n", max(0, at - _FAR), at) + 1, at - _FAR)
        subjects = []
        for start, end in sentence_spans(self._text[begin:at]):
            first = bisect_left(self._mentions, (begin + start, ""))
            if first < len(self._mentions) and self._mentions[first][0] < begin + end:
                subjects.append(self._mentions[first][1])
        return subjects[::-1]


def _head(phrase: str) -> list[str]:
    """Take the words that name who is meant: "an aide to Silva" and "Silva's aide" are not Silva."""
    words = phrase.split()
    owned = [i for i, word in enumerate(words[:-1]) if word.endswith(_POSSESSIVE)]
    if owned:
        words = words[owned[-1] + 1 :]
    for i, word in enumerate(words):
        if word in _LEADING_AWAY and not any(_is_name(w) for w in words[:i]):
            return []
        if word in _LEADING_AWAY and i:
            return [_without_s(w) for w in words[:i]]
    return [_without_s(word) for word in words]


def _capital_runs(words: list[str]) -> list[list[str]]:
    """List the runs of capitalised words, with the small words inside names."""
    runs: list[list[str]] = [[]]
    for word in words:
        # What "'s" is taken off may be nothing else.
        if word[:1].isupper() or (runs[-1] and word in PARTICLES):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _is_whole(run: list[str]) -> bool:
    """Tell whether a run begins with a given name."""
    return len(run) > 1 and run[0].lower() in GIVEN


def _is_name(word: str) -> bool:
    return word[0].isupper() and _key(word) not in NO_START


def _group(mention: str) -> str | None:
    """Name an organisation or a group as it is written; None if nothing in it is a name."""
    words = _CLAUSE.split(mention)[0].split()
    while words and words[0].lower() in _ARTICLES:
        words = words[1:]
    names = [word for word in words if word[0].isupper()]
    if not names or len(words) > _MAX_GROUP or _key(words[0]) in NO_NAMES:
        return None
    return _without_s(" ".join(words))


def _key(word: str) -> str:
    # A word without end must not stay in memory.
    return _kept_key(word) if len(word) <= _LONGEST_KEPT else _make_key(word)


def _make_key(word: str) -> str:
    if word.endswith(_S):
        word = word[:-2]
    return word.rstrip(".").lower()


_kept_key: Final = lru_cache(maxsize=1 << 14)(_make_key)


def _without_s(word: str) -> str:
    return word[:-2] if word.endswith(_S) else word
