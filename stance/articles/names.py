"""How people are named: titles, runs of capital letters, and what is taken off a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from stance.articles.descriptors import is_person
from stance.articles.kept import kept
from stance.articles.lexicon import PRONOUNS
from stance.articles.name_words import (
    FEMALE_TITLES,
    GIVEN,
    HONORIFICS,
    MALE_TITLES,
    NO_FIRST,
    NO_NAMES,
    NO_START,
    PARTICLES,
    POSTNOMINALS,
    SPEAKING_TITLES,
    TITLES,
)

_LEADING_AWAY: Final = frozenset("for to of with at on from in by about as".split())
_OWN: Final = r"(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Mm]y|[Oo]ur)"
# "Mr Obi's", "the star's"
_OWNER: Final = r"(?:[A-Z][\w.’'-]*\s)?[A-Z][\w’'-]*(?:[’']s|s[’'])|[Tt]he\s[a-z-]+[’']s"
# "her brother Joe", "her daughter, Eva"
_NOUN: Final = r"\s(?!(?:in|at|on|of|from|to|for|with|near|by)\b)[a-z-]+"
_RELATIVE: Final = re.compile(
    rf"(?:(?:{_OWNER}|{_OWN})(?:{_NOUN}){{1,3}},?|[Tt]he(?:{_NOUN}){{1,3}},)\s([A-Z][\w’'-]*)$"
)
_UNNAMED: Final = re.compile(
    rf"(?:[Oo]ne|[Ss]ome|[Mm]any|[Ff]ew|[Nn]one|[Aa]ll|[Bb]oth|[Ee]ach) of\s|[Nn]?[Ee]ither\s|{_OWN}\b"
)
_OFFICES: Final = TITLES - SPEAKING_TITLES
_POSTS: Final = frozenset(
    "manager officer minister secretary director commissioner president chairman chairwoman chairperson"
    " spokesperson spokesman spokeswoman inspector executive superintendent treasurer ambassador".split()
)
_ARTICLES: Final = frozenset(("the", "a", "an"))
_S: Final = ("'s", "’s")
_POSSESSIVE: Final = (*_S, "s'", "s’")
_CLAUSE: Final = re.compile(r"[,;(]|\s[–—]\s|\b(?:who|which|whose)\b")
# "Secretary of State Ana Silva", "Leader of the Opposition Joe Obi"
_OFFICE: Final = re.compile(
    r"(?i:\b(?:secretary|leader|speaker|minister|director|head|chief|president|governor|mayor|chair))"
    r"(?:\s(?:of|for)\s(?:the\s)?[A-Z][\w’'-]*(?:\sand\s[A-Z][\w’'-]*)?){1,2}\s(?=[A-Z][\w.’'-]*\s[A-Z][\w’'-]*$)"
)
_MANY: Final = frozenset(
    "activists analysts campaigners critics doctors experts farmers fans families friends insiders"
    " investigators lawyers locals neighbours neighbors observers officials opponents parents people"
    " prosecutors protesters relatives reporters residents scientists sources students supporters"
    " survivors teachers users villagers voters witnesses workers".split()
)
_KINDS: Final = frozenset(
    "company firm maker giant retailer operator airline lender developer supplier startup start-up charity"
    " chain producer manufacturer insurer builder publisher broadcaster regulator provider".split()
)
_ONE: Final = frozenset("a an one another".split())
_MAX_GROUP: Final = 7  # words in the name of an organisation


def gender_of(titles: Sequence[str]) -> str | None:
    """Tell which pronoun goes with some titles, if they tell."""
    if not MALE_TITLES.isdisjoint(titles):
        return "he"
    return None if FEMALE_TITLES.isdisjoint(titles) else "she"


@kept(1 << 13)
def name_runs(mention: str) -> tuple[tuple[str, ...], ...]:
    """List the names in a phrase, without titles, those first that tell best who is meant."""
    found = []
    for number, part in enumerate(_CLAUSE.split(mention)):
        if number and part.isupper():
            continue  # a party or a ticker: "(ORO: LSX)"
        tail = _titled_tail(part.split())
        if tail:
            found.append(tail)
        words = _head(_OFFICE.sub("", part.strip()))
        if words and (words[-1] in _MANY or is_person(words[-1])):
            continue  # "Silva supporters", "A Downing Lodge official"
        runs = _capital_runs(words)
        # In "Silva spokesman Joe Obi" the whole name tells who is meant, or the one behind the title.
        titled = [run for run in runs if len(run) > 1 and _is_titled(words, run)]
        for run in [*(r for r in reversed(runs) if _is_whole(r)), *titled, *runs]:
            name = without_titles(run)
            if name:
                found.append(name)
    return tuple(found)


def _titled_tail(words: list[str]) -> tuple[str, ...]:
    """Give the whole name behind the last title: "Department of Health spokesman Joe Obi"."""
    titles = [at for at, word in enumerate(words[:-2]) if name_key(word) in TITLES]
    if not titles or not {"of", "for"} & set(words[: titles[-1]]):
        return ()
    office, tail = words[: titles[-1]], words[titles[-1] + 1 :]
    # Not "an aide to President Obi": an office of capitals, in which "of" leads on.
    plain = all(word[0].isupper() or word in ("of", "for", "the") for word in office)
    plain = (
        plain and office[0].lower() not in _ONE | _MANY and not any(w.endswith(_S) for w in office)
    )
    named = all(word[0].isupper() and name_key(word) not in NO_START for word in tail)
    return tuple(map(without_s, tail)) if plain and named else ()


def without_titles(run: Sequence[str]) -> tuple[str, ...]:
    """Take what comes before a name off a run of words; nothing is left of a title alone."""
    last = max((i for i, word in enumerate(run[:-1]) if name_key(word) in TITLES), default=-1)
    first = last + 1
    while first < len(run) and name_key(run[first]) in NO_FIRST:
        first += 1
    name = tuple(run[first:])
    while len(name) > 2 and name_key(name[-1]) in POSTNOMINALS:
        name = name[:-1]
    if len(name) > 1 and name_key(name[-1]) in _POSTS:
        return ()  # "Corporate Affairs Manager"
    if len(name) > 1 or not name or name_key(name[0]) not in TITLES:
        return name
    # "Mr Sheikh" is a name, "the Chief" is none.
    return name if last >= 0 and name_key(run[last]) in HONORIFICS else ()


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
            return [without_s(w) for w in words[:i]]
    return [without_s(word) for word in words]


def _capital_runs(words: list[str]) -> list[list[str]]:
    """List the runs of capitalised words, with the small words inside names."""
    runs: list[list[str]] = [[]]
    for word in words:
        # What "'s" is taken off may be nothing else.
        if word[:1].isupper() or (runs[-1] and word.partition("-")[0] in PARTICLES):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _is_whole(run: list[str]) -> bool:
    """Tell whether a run begins with a given name."""
    return len(run) > 1 and run[0].lower() in GIVEN


def _is_titled(words: list[str], run: list[str]) -> bool:
    """Tell whether a run stands behind a title in small letters: "chief minister Ana Silva"."""
    before = words[: words.index(run[0])][-1:]
    return bool(before) and before[0].islower() and before[0] in TITLES


def _is_name(word: str) -> bool:
    return word[0].isupper() and name_key(word) not in NO_START


def name_of_group(mention: str) -> str | None:
    """Name an organisation, a group or a relative as written; None if nothing in it is a name."""
    related = _RELATIVE.match(_CLAUSE.split(mention)[0]) or _RELATIVE.match(mention)
    if related is not None:
        return related[1]
    if _UNNAMED.match(mention) or "-based " in mention:
        return None
    words = _CLAUSE.split(mention)[0].split()
    if len(words) == 2 and words[0].lower() == "the" and name_key(words[1]) in _OFFICES:
        return None  # "the Minister"
    while words and words[0].lower() in _ARTICLES:
        words = words[1:]
    kind = max((i for i, word in enumerate(words[:-1]) if word in _KINDS), default=-1)
    if all(word[0].isupper() for word in words[kind + 1 :]):
        words = words[kind + 1 :]  # "software maker Ledgerly Inc"
    names = [word for word in words if word[0].isupper()]
    if words and is_person(words[-1]) and not any(word.endswith(_POSSESSIVE) for word in words):
        return None  # "the Silva supporter"
    first = name_key(words[0]) if words else ""
    if first in _MANY:
        return None
    if mention.partition(" ")[0].lower() in _ONE and is_person(" ".join(words).lower()):
        return None  # "A source at Channel Six"
    if first.endswith("ing") and words[1:2] and words[1].islower():
        return None  # "Reacting to the report"
    if not names or len(words) > _MAX_GROUP or first in NO_NAMES or first in PRONOUNS:
        return None
    return without_s(" ".join(words))


@kept(1 << 14)
def name_key(word: str) -> str:
    """Write a word as it is looked for: small letters, no "'s", no full stop."""
    if word.endswith(_S):
        word = word[:-2]
    # "Mum-of-three Ana Silva"
    return word.rstrip(".").lower().partition("-of-")[0]


def without_s(word: str) -> str:
    """Take the "'s" off a word."""
    return word[:-2] if word.endswith(_S) else word.removesuffix("'").removesuffix("’")
