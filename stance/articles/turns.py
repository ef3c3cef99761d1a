"""The turns of an interview or a transcript: "Q: Did you? A: No.", "SILVA: We never did."."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from stance.articles.sentences import Span
from stance.articles.speech import Attribution

_CAPITALS: Final = r"[A-Z][A-Z.'’-]+"
_NAME: Final = r"[A-Z][\w.'’-]*"
# "Q:", "Q." and, in transcripts of briefings, "Q" alone.
_LABEL: Final = re.compile(
    rf"^[ \t]*(Q(?=[:.]|[ \t\xa0]+[A-Z“\"'])|A(?=[:.])|{_CAPITALS}(?:[ \t]{_CAPITALS}){{0,3}}(?=:)"
    rf"|{_NAME}(?:[ \t]{_NAME}){{1,3}}(?=:))[:.]?[ \t\xa0]*(?=[^\s/])",
    re.MULTILINE,
)
_NO_SPEAKERS: Final = frozenset(
    "name age city job date time place location subject from to cc note update photo source tags read"
    " watch related breaking correction what when where who why how claim claims fact facts verdict goals"
    " subs pros cons home away score result".split()
)
_PARAGRAPH: Final = re.compile(r"\S[^\n]*")
_DIRECTION: Final = re.compile(r"[(\[][^()\[\]]*[)\]]\s*$")
_QUOTED: Final = re.compile(r"[“\"][^“”\"]*[”\"]\s*$")
_MIN_TURNS: Final = 2  # of each of two who talk
_DENSE: Final = 3  # paragraphs for one label, at most, where the others belong to turns, too
_NOBODY: Final = frozenset("QA")


def turns(text: str) -> list[Attribution]:
    """Find what is said in turns, each behind who says it.

    Two labels at the beginnings of paragraphs, twice each or more, make a text a transcript. Where they
    are dense, paragraphs between them belong to the turn before; stage directions in brackets to nobody.

    Parameters
    ----------
    text : str
        An article.

    Returns
    -------
    list of Attribution
        A paragraph each, in order, whose sentence begins with the label. Nobody is the source of "Q"
        and "A".
    """
    labels = [m for m in _LABEL.finditer(text) if _NO_SPEAKERS.isdisjoint(m[1].lower().split())]
    counts = Counter(match[1] for match in labels)
    if sum(count >= _MIN_TURNS for count in counts.values()) < 2:
        return []
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(text, labels[0].start())]
    dense = len(paragraphs) <= _DENSE * len(labels)
    last = labels[-1].start(1)
    label_at = {match.start(1): match for match in labels}
    found = []
    source: Span | None = None
    for start, end in paragraphs:
        label = label_at.get(start)
        if label is not None:
            source = None if label[1] in _NOBODY else label.span(1)
        content = _content(text, start if label is None else label.end(), end)
        if content is not None and (label is not None or (dense and start < last)):
            found.append(Attribution((content,), "direct", source, None, (start, end)))
    return found


def _content(text: str, start: int, end: int) -> Span | None:
    """Cut what is said out of a paragraph; None if that is nothing."""
    while end > start and text[end - 1].isspace():
        end -= 1
    if _DIRECTION.match(text, start, end) or not any(c.isalnum() for c in text[start:end]):
        return None
    if _QUOTED.match(text, start, end):
        start, end = start + 1, end - 1
    return start, end
