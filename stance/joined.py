"""Many texts joined to one run of ASCII bytes, so that their words are found all at once.

Most statements are ASCII, or nearly so: curly quotation marks, dashes and emoji stand for no letters
and become blanks or apostrophes, as :func:`stance.text.words` reads them. A text with other letters is
odd: it is blanked out here, and read by :func:`stance.text.words` itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
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

_BLANKS: Final = " " * WINDOW
_REMEMBERED_CHARACTERS: Final = 4096
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_COMMON: Final = {"’": "'", "‘": "'", "“": " ", "”": " ", "—": " ", "–": " ", "…": " "}


def _plain(code: int) -> int:
    """Give the byte that stands for an ASCII character: letters are small, the rest is blank."""
    letter = chr(code).lower()
    if letter.isalnum() or letter in "'!":
        return ord(letter)
    return MARK if letter == "?" else BLANK


_PLAIN: Final = bytes(map(_plain, range(128))) + bytes([BLANK]) * 128


@dataclass(frozen=True, eq=False)
class Joined:
    """Texts as bytes.

    Attributes
    ----------
    data : bytes
        Small letters, digits, apostrophes, exclamation marks, :data:`MARK` for question marks, and
        blanks; a blank before and behind each text, and :data:`WINDOW` of them at the end.
    ends : (n_texts,) int64 array
        Where the blank behind each text stands.
    odd : list of int
        Positions of the texts with letters that are not ASCII; they are blank in the data.
    """

    data: bytes
    ends: NDArray[np.int64]
    odd: list[int]


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


def join(texts: Sequence[str]) -> Joined:
    """Join texts.

    Parameters
    ----------
    texts : sequence of str
        Any texts.

    Returns
    -------
    Joined
        Their bytes.
    """
    text = " ".join(["", *texts, _BLANKS[1:]])
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    ends = np.cumsum(lengths + 1)
    for character, instead in _COMMON.items():
        if text.isascii():
            break
        text = text.replace(character, instead)
    if text.isascii():
        return Joined(text.encode("ascii").translate(_PLAIN), ends, [])
    foreign: list[int] = []

    def instead_of(match: re.Match[str]) -> str:
        stands_for = _stands_for(match.group())
        if stands_for is None:
            foreign.append(match.start())
        return stands_for or " "

    data = bytearray(_NOT_ASCII.sub(instead_of, text).encode("ascii").translate(_PLAIN))
    odd = sorted(set(np.searchsorted(ends, np.array(foreign, dtype=np.int64)).tolist()))
    for i in odd:
        length = int(lengths[i])
        data[int(ends[i]) - length : int(ends[i])] = b" " * length
    return Joined(bytes(data), ends, odd)


def join_one(text: str) -> bytes | None:
    """Join a single text: the same data as :func:`join` makes of it, or None if it is odd."""
    if text.isascii():
        return f" {text}{_BLANKS}".encode("ascii").translate(_PLAIN)
    joined = join([text])
    return None if joined.odd else joined.data


@lru_cache(maxsize=_REMEMBERED_CHARACTERS)
def _stands_for(character: str) -> str | None:
    """Give the blank or apostrophe that a character is read as; None for a letter or digit."""
    match words(f"a{character}a"):
        case ["a", "a"]:
            return " "
        case ["a'a"]:
            return "'"
    return None


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


def as_tokens(terms: Terms) -> Tokens:
    """See the words of a vocabulary as :func:`join` writes texts.

    Parameters
    ----------
    terms : Terms
        The vocabulary.

    Returns
    -------
    Tokens
        Where each word stands. Those that no ASCII text holds are never met.
    """
    # A quotation mark, which no word of a text has, must not be taken for a question mark.
    data = terms.data.replace(bytes([MARK]), b" ").replace(b"?", bytes([MARK]))
    count = terms.word_count
    return Tokens(
        np.frombuffer(data + _BLANKS.encode(), dtype=np.uint8),
        terms.starts[:count],
        terms.lengths[:count],
        np.array([count]),
    )
