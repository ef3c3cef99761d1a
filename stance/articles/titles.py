"""Titles in quotation marks, which nobody says: the host of “Night Talk.”."""

from __future__ import annotations

from typing import Final

from stance.articles.sentences import Sentence, Span

_LONGEST: Final = 60  # characters
_SMALL: Final = frozenset(
    "a an and as at but by de for from in into la le of on or over per the to upon via vs with about"
    " &".split()
)
"""Words that are small in titles."""

_BEFORE: Final = frozenset("on in at to of from for with during ’s 's the a his her".split())
_ENDS: Final = frozenset(".?!…")


def is_title(text: str, sentence: Sentence, at: int, span: Span, first_report: int) -> bool:
    """Tell whether a quotation is a title: capital letters all over, and no end of a sentence.

    Parameters
    ----------
    text : str
        The article.
    sentence : Sentence
        One of its sentences.
    at : int
        Position of the quotation among its tokens.
    span : (int, int)
        Offsets of what it quotes.
    first_report : int
        Position of the first word of the sentence that reports speech.

    Returns
    -------
    bool
        Whether it is one.
    """
    start, end = span
    words = text[start : min(end, start + _LONGEST)].split()
    before = sentence.words[at - 1] if at else ""
    # American printers put the full stop of the sentence inside; then a word before must ask for a name.
    named = before.lower() in _BEFORE or (before[:1].isalnum() and at <= first_report)
    if text[end - 1] == "." and named:
        end -= 1
    if end - start > _LONGEST or len(words) < 2 or text[end - 1] in _ENDS:
        return False
    large = [word for word in words if word not in _SMALL]
    return bool(large) and all(not word[0].islower() for word in large)
