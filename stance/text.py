"""The ground of the text: normalised characters, and words with their offsets."""

from __future__ import annotations

import re
from typing import Final

_STRAIGHT: Final = {"’": "'", "‘": "'", "ʼ": "'", "＇": "'", "İ": "I"}

# A word is letters and digits, with apostrophes inside; a question or exclamation mark is one too.
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[?!]")


def normalise(text: str) -> str:
    """Lower-case a text and straighten its apostrophes, one character for one.

    The length never changes, so that an offset into the result is an offset into the text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        A text of the same length.

    Examples
    --------
    >>> normalise("I DIDN’T")
    "i didn't"
    """
    for curly, straight in _STRAIGHT.items():
        text = text.replace(curly, straight)
    return text.lower()


def words(text: str) -> list[str]:
    """Split a text into normalised words, with ``?`` and ``!`` as words of their own.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of str
        Words in order; numbers as they stand.

    Examples
    --------
    >>> words("Who is next? We'll see.")
    ['who', 'is', 'next', '?', "we'll", 'see']
    """
    return _WORD.findall(normalise(text))


def word_spans(text: str) -> list[tuple[int, int]]:
    """Locate the words of a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of (int, int)
        ``[start, end)`` offsets, one pair a word, in the order of :func:`words`.

    Examples
    --------
    >>> word_spans("No, never!")
    [(0, 2), (4, 9), (9, 10)]
    """
    return [match.span() for match in _WORD.finditer(normalise(text))]
