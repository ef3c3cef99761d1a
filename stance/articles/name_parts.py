"""The names of people in a run of capitalised words: "Texas Sen. Ana Silva’s" -> Ana Silva, sen., owns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from stance.articles.kept import kept
from stance.articles.name_words import (
    HONORIFICS,
    NO_START,
    NOT_PEOPLE,
    PARTICLES,
    POSTNOMINALS,
    SUFFIXES,
    TITLES,
)
from stance.articles.names import name_key, without_s

# A full stop belongs to a name only behind an initial or a title; elsewhere it ends a sentence.
# One set for all first letters lets the search skip the others.
_CAPITAL: Final = (
    r"[^\W\d_a-z](?:(?<=[A-Z])\.(?:[A-Z]\.){0,2}|(?<=S)(?:t|en|gt)\.|(?<=M)r?s\.|(?<=[DM])r\.|(?<=R)e[pv]\."
    r"|(?<=G)(?:ov|en)\.|(?<=C)ol\.|(?<=L)t\.|(?<=P)rof\.|[\w’'-]*)"
)
_SMALL: Final = r"(?:de|da|del|di|du|van|von|der|bin|al|el|la)(?:-[A-Z][\w’'-]*|\b)"
NAME: Final = re.compile(rf"{_CAPITAL}(?:[ \t]+(?:{_CAPITAL}|{_SMALL}))*")
"""A run of capitalised words."""

_MOST_WORDS: Final = 4

_Run = list[tuple[int, str]]  # where each word stands, and the word


class NamePart(NamedTuple):
    """One name in a run of words.

    Attributes
    ----------
    begin : int
        Where it begins in the run.
    name : str
        As written, without titles before it.
    titles : tuple of str
        What stands before it in the run, as it is looked for.
    keys : tuple of str
        Its words as they are looked for, without "Jr.".
    owns : bool
        Whether it is a possessive.
    """

    begin: int
    name: str
    titles: tuple[str, ...]
    keys: tuple[str, ...]
    owns: bool


@kept(1 << 14)
def name_parts(run: str) -> tuple[NamePart, ...]:
    """Take the names of people out of a run of capitalised words.

    Parameters
    ----------
    run : str
        Words apart by blanks.

    Returns
    -------
    tuple of NamePart
        In order.
    """
    parts = (_part(words, owns=owns) for words, owns in _runs(run))
    return tuple(part for part in parts if part is not None)


def _runs(run: str) -> Iterator[tuple[_Run, bool]]:
    """Cut at small words that are no part of a name, and behind possessives."""
    words: _Run = []
    at = 0
    for token in run.split(" "):
        word = token.strip("\t")
        if word and (word[0].isupper() or (words and word.partition("-")[0] in PARTICLES)):
            name = without_s(word)
            words.append((at, name))
            if name != word:
                yield words, True
                words = []
        elif words:
            yield words, False
            words = []
        at += len(token) + 1
    if words:
        yield words, False


def _part(run: _Run, *, owns: bool) -> NamePart | None:
    titles, keys, words = _without_frame(run)
    if not words or len(words) > _MOST_WORDS or not NOT_PEOPLE.isdisjoint(keys):
        return None
    if len(keys) > 1 and all(len(word) > 1 and word.isupper() for _, word in words):
        return None
    name = " ".join(word for _, word in words)
    return NamePart(words[0][0], name, tuple(titles), tuple(keys), owns)


def _without_frame(run: _Run) -> tuple[list[str], list[str], _Run]:
    """Take titles and "Jr." off a run of words; give the titles, the words' keys and the words."""
    keys = [name_key(word) for _, word in run]
    if TITLES.isdisjoint(keys) and keys[0] not in NO_START and keys[-1] not in SUFFIXES:
        return [], keys, run
    # A name begins behind the last title: "Texas Sen. Ana Silva".
    first = len(keys)
    while first and keys[first - 1] not in TITLES:
        first -= 1
    if first == len(keys) > 1 and keys[0] in HONORIFICS:
        first = 1  # "Mr Sheikh" is a name, too
    else:
        first %= len(keys)
        while first < len(keys) and keys[first] in NO_START:
            first += 1
    last = len(keys) - (len(keys) > first + 1 and keys[-1] in SUFFIXES)
    named = run[first:last] if keys[-1] in POSTNOMINALS else run[first:]
    return keys[:first], keys[first:last], named
