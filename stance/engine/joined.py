"""Many texts joined to one run of ASCII bytes, so that their words are found all at once.

Most statements are ASCII, or nearly so: curly quotation marks and dashes stand for no letters, and
become apostrophes and blanks as :func:`stance.text.words` reads them. A word with other letters, which
that function finds, is given another spelling that no text can have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stance.terms import Terms
from stance.text import words

WINDOW: Final = 8
"""Bytes of a word that are looked at together, as one unsigned integer."""

MARK: Final = 0x22
"""What stands for a question mark: below all letters and digits, as the exclamation mark is."""

BLANK, EXCLAMATION, APOSTROPHE, FIRST_LETTER = 0x20, 0x21, 0x27, 0x30
"""Bytes of joined texts; digits and letters come from the last one on."""

ALIAS: Final = "\xff"
"""What the spelling of a word that is not ASCII begins with, behind it the row of a known one."""

_BLANKS: Final = " " * WINDOW
_ALIAS_BYTE: Final = 0x7B  # above all letters, so that the digits behind it belong to the word
_COMMON: Final = {"’": "'", "‘": "'", "“": " ", "”": " ", "—": " ", "–": " ", "…": " "}


def _plain(code: int) -> int:
    """Give the byte that stands for an ASCII character: letters are small, the rest is blank."""
    letter = chr(code).lower()
    if letter.isalnum() or letter in "'!":
        return ord(letter)
    return MARK if letter == "?" else BLANK


PLAIN: Final = bytes([*map(_plain, range(128)), *[BLANK] * 127, _ALIAS_BYTE])
"""What is read for each byte of a text."""


@dataclass(frozen=True, eq=False)
class Joined:
    """Texts as bytes.

    Attributes
    ----------
    data : bytes
        What the texts are, or what stands for it (:data:`PLAIN`): small letters, digits, apostrophes,
        exclamation marks, :data:`MARK` for question marks, a brace for :data:`ALIAS`, and blanks. A
        blank before and behind each text, :data:`WINDOW` at the end.
    ends : (n_texts,) int64 array
        Where the blank behind each text stands.
    foreign : list of (int, str)
        Words that are neither ASCII nor known, with the numbers of the texts where they stand, in
        ascending order.
    """

    data: bytes
    ends: NDArray[np.int64]
    foreign: list[tuple[int, str]]


@dataclass(frozen=True, eq=False)
class Tokens:
    """The words of joined texts.

    Attributes
    ----------
    data : (n_bytes,) uint8 array
        The bytes.
    starts, lengths : (n_tokens,) int64 arrays
        Where each word stands.
    lasts : (n_texts,) int64 array
        How many words there are up to the end of each text.
    """

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    lasts: NDArray[np.int64]


def join(texts: Sequence[str], aliases: Mapping[str, str], *, plain: bool = True) -> Joined:
    """Join texts.

    Parameters
    ----------
    texts : sequence of str
        Any texts.
    aliases : mapping of str to str
        The other spelling of known words that are not ASCII; see :func:`as_tokens`.
    plain : bool, default True
        Whether bytes are already those of :data:`PLAIN`; else whoever takes them must see to that.

    Returns
    -------
    Joined
        Their bytes.
    """
    foreign: list[tuple[int, str]] = []
    if not all(map(str.isascii, texts)):
        texts = [
            text if text.isascii() else _respell(text, aliases, i, foreign)
            for i, text in enumerate(texts)
        ]
    data = " ".join(["", *texts, _BLANKS[1:]]).encode("latin-1")
    if plain:
        data = data.translate(PLAIN)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    return Joined(data, np.cumsum(lengths + 1), foreign)


def join_one(text: str) -> bytes:
    """Join a single ASCII text: the same data as :func:`join` makes of it, not yet plain."""
    return f" {text}{_BLANKS}".encode("ascii")


def _respell(
    text: str, aliases: Mapping[str, str], number: int, foreign: list[tuple[int, str]]
) -> str:
    """Write a text with letters and marks that :func:`join` takes; note the foreign words."""
    for character, instead in _COMMON.items():
        text = text.replace(character, instead)
    if text.isascii():
        return text
    spelled = []
    for word in words(text):
        if word.isascii():
            spelled.append(word)
        else:
            spelled.append(aliases.get(word, ALIAS))
            if word not in aliases:
                foreign.append((number, word))
    return " ".join(spelled)


def find_words(joined: Joined) -> Tokens:
    """Find the words of joined texts: those of :func:`stance.text.words`.

    Parameters
    ----------
    joined : Joined
        The texts.

    Returns
    -------
    Tokens
        Where the words stand.
    """
    data = np.frombuffer(joined.data, dtype=np.uint8)
    inside = data >= FIRST_LETTER
    apostrophes = np.flatnonzero(data == APOSTROPHE)
    inside[apostrophes[inside[apostrophes - 1] & inside[apostrophes + 1]]] = True
    marks = (data == EXCLAMATION) | (data == MARK)
    # A mark is a word of its own, also beside a word or another mark.
    begins, stops = marks.copy(), np.zeros_like(marks)
    begins[1:] |= inside[1:] > inside[:-1]
    stops[1:] = (inside[:-1] > inside[1:]) | marks[:-1]
    starts = np.flatnonzero(begins)
    lengths = np.flatnonzero(stops) - starts
    return Tokens(data, starts, lengths, np.searchsorted(starts, joined.ends))


def as_tokens(terms: Terms) -> tuple[Tokens, dict[str, str]]:
    """Write the words of a vocabulary as :func:`join` writes texts.

    Parameters
    ----------
    terms : Terms
        The vocabulary.

    Returns
    -------
    tokens : Tokens
        Where each word stands. What no text holds, such as a bound, is never met.
    aliases : dict of str to str
        The other spelling of the words that are not ASCII.
    """
    # A quotation mark, which no word of a text has, must not be taken for a question mark.
    data = terms.data.replace(bytes([MARK]), b" ").replace(b"?", bytes([MARK]))
    count = terms.word_count
    starts, lengths = terms.starts[:count].copy(), terms.lengths[:count].copy()
    aliases = {}
    for row, word in enumerate(terms.words):
        if not word.isascii():
            aliases[word] = f"{ALIAS}{row}"
            spelled = aliases[word].encode("latin-1").translate(PLAIN)
            starts[row], lengths[row] = len(data), len(spelled)
            data += spelled
    bytes_ = np.frombuffer(data + _BLANKS.encode(), dtype=np.uint8)
    return Tokens(bytes_, starts, lengths, np.array([count])), aliases
