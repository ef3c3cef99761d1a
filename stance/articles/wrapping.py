"""Texts whose lines were broken at a width, as in mails and wire copy: their line breaks mean nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

_WIDEST: Final = 120  # characters; longer lines are paragraphs
_NARROWEST: Final = 40
_FEWEST: Final = 3  # breaks that show a width
_ENOUGH: Final = 0.9  # of all breaks within paragraphs
_ENDS: Final = frozenset(".?!…:;”\"’'»)")


def unwrapped(text: str) -> str:
    r"""Put blanks for line breaks within paragraphs, so that every offset stays what it was.

    A break is one of these if the sentence plainly goes on behind it: with a small letter, where no mark
    closes the line before. Or if the whole text was broken at a width: hardly a line has room for the
    first word of the next.

    Parameters
    ----------
    text : str
        An article.

    Returns
    -------
    str
        As long as the text.

    Examples
    --------
    >>> unwrapped("The council said it\nwould wait.\nNobody asked why.")
    'The council said it would wait.\nNobody asked why.'
    """
    lines = text.split("\n")
    bare = [line.strip() for line in lines]
    width = max(map(len, bare))
    # Of each break: the lines on either side, if both have words.
    pairs = [pair if all(pair) else None for pair in pairwise(bare)]
    full = [
        pair is not None and len(pair[0]) + 1 + len(pair[1].split(None, 1)[0]) > width
        for pair in pairs
    ]
    breaks = len(pairs) - pairs.count(None)
    broken = _NARROWEST <= width <= _WIDEST and breaks >= _FEWEST and sum(full) >= _ENOUGH * breaks
    joins = [
        (broken and fills)
        or (pair is not None and pair[1][0].islower() and pair[0][-1] not in _ENDS)
        for fills, pair in zip(full, pairs, strict=True)
    ]
    if not any(joins):
        return text
    parts = [lines[0]]
    for join, line in zip(joins, lines[1:], strict=True):
        parts += (" " if join else "\n", line)
    return "".join(parts)
