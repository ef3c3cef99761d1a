"""Keeping what is made of words and short phrases, which come again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

_Made = TypeVar("_Made")

_LONGEST: Final = 64  # letters: a word without end must not stay in memory


class _Kept(dict[str, _Made]):
    """What is made of texts, made when it is first asked for."""

    def __init__(self, make: Callable[[str], _Made], most: int) -> None:
        self._make, self._most = make, most

    def __missing__(self, text: str) -> _Made:
        made = self._make(text)
        if len(text) <= _LONGEST:
            if len(self) >= self._most:
                self.clear()
            self[text] = made
        return made


def kept(most: int) -> Callable[[Callable[[str], _Made]], Callable[[str], _Made]]:
    """Make a function of a text keep its results for short texts.

    Parameters
    ----------
    most : int
        How many results; beyond, it begins anew.

    Returns
    -------
    callable
        Decorates the function. What it makes of it looks a known text up without a call in Python.
    """

    def decorated(make: Callable[[str], _Made]) -> Callable[[str], _Made]:
        return _Kept(make, most).__getitem__

    return decorated
