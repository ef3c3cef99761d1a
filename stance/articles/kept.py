"""Keeping what is made of words and short phrases, which come again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, TypeVar

_Made = TypeVar("_Made")

_LONGEST: Final = 64  # letters: a word without end must not stay in memory


def kept(most: int) -> Callable[[Callable[[str], _Made]], Callable[[str], _Made]]:
    """Make a function of a text keep its results for short texts.

    Parameters
    ----------
    most : int
        How many results; those least used go first.

    Returns
    -------
    callable
        Decorates the function.
    """

    def decorated(make: Callable[[str], _Made]) -> Callable[[str], _Made]:
        remembered = lru_cache(maxsize=most)(make)

        @wraps(make)
        def made(text: str) -> _Made:
            return remembered(text) if len(text) <= _LONGEST else make(text)

        return made

    return decorated
