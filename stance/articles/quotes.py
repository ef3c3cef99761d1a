"""Quotation marks -> quotations: straight, curly, single, nested, and run on over paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_MARK: Final = re.compile(r"``|''|[\"“”„«»‘’']")
_PARAGRAPH: Final = re.compile(r"[^\n]+")
_CLOSER_OF: Final = {"“": "”", "„": "”", "«": "»", "``": "''", '"': '"', "''": "''", "”": "”"}
_EITHER: Final = frozenset(('"', "''", "”"))  # marks that open and close
_BEFORE_SPEECH: Final = frozenset(":,.?!")
_SINGLE: Final = frozenset("‘'")
_BEFORE_OPENING: Final = frozenset("([—–―:")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of text between quotation marks.

    Attributes
    ----------
    start, end : int
        Offsets of the whole, marks included.
    inner_start, inner_end : int
        Offsets of what is quoted.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int


def quotations(text: str) -> list[Quotation]:
    """Find the outermost quotations of a text.

    A quotation that is open at the end of a paragraph goes on when the next paragraph begins with
    the opening mark again; otherwise a curly one ends there, and one whose marks are alike is dropped,
    since nobody can tell which of them is the odd one. Apostrophes are no marks, and marks with no
    letter or digit between them quote nothing.

    Parameters
    ----------
    text : str
        An article.

    Returns
    -------
    list of Quotation
        In order, none within another.

    Examples
    --------
    >>> text = 'He said: “They told me ‘go home’ and I won’t.” It’s over.'
    >>> [text[q.inner_start : q.inner_end] for q in quotations(text)]
    ['They told me ‘go home’ and I won’t.']
    """
    found: list[Quotation] = []
    carried: tuple[int, int, str] | None = None
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(text) if match.group().strip()]
    for number, (start, end) in enumerate(paragraphs):
        scanner = _Paragraph(text, start, end, carried)
        found += scanner.quotations()
        carried = scanner.open or scanner.unclosed
        if carried is None:
            continue
        begins = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else len(text)
        while begins < len(text) and text[begins].isspace():
            begins += 1
        if not text.startswith(carried[2], begins):
            if carried[2] not in _EITHER | _SINGLE:
                found.append(Quotation(carried[0], end, carried[1], end))
            carried = None
    return [q for q in found if any(c.isalnum() for c in text[q.inner_start : q.inner_end])]


class _Paragraph:
    """The marks of one paragraph, read from left to right."""

    def __init__(
        self, text: str, start: int, end: int, carried: tuple[int, int, str] | None
    ) -> None:
        self.text = text
        self._start = start
        self.end = end
        self.open = carried
        self.unclosed: tuple[int, int, str] | None = None  # a single mark that may close later
        self._resumes = carried is not None
        self._marks = [(m.start(), m.group()) for m in _MARK.finditer(text, start, end)]
        # Where a single quotation could close, and where it closes without a doubt: behind a stop.
        self._closers = [at for at, mark in self._marks if mark in "’'" and self._may_close(at)]
        self._sure = [at for at in self._closers if text[at - 1] in ".,!?…"]

    def quotations(self) -> Iterator[Quotation]:
        """Yield what closes in this paragraph; what does not stays in ``open``."""
        skip_to = 0
        if self.open is not None and self.open[2] in _SINGLE:
            if not self._sure:
                return
            skip_to = self._sure[0] + 1
            yield Quotation(self.open[0], skip_to, self.open[1], self._sure[0])
            self.open, self._resumes = None, False
        for at, mark in self._marks:
            if at < skip_to:
                continue
            after = at + len(mark)
            if self.open is None:
                if mark in "‘’'" and len(mark) == 1:
                    close = self._single_close(at) if mark != "’" else None
                    if close is not None:
                        yield Quotation(at, close + 1, after, close)
                        skip_to, self.unclosed = close + 1, None
                    elif mark != "’" and self._begins_speech(at):
                        self.unclosed = (at, after, mark)
                elif mark in _CLOSER_OF and (mark not in _EITHER or self._may_open(at, after)):
                    self.open, self.unclosed = (at, after, mark), None
            elif self._resumes:
                self._resumes = False
            elif mark == _CLOSER_OF[self.open[2]] or (self.open[2] == "“" and mark == '"'):
                yield Quotation(self.open[0], after, self.open[1], at)
                self.open = None
            elif mark == self.open[2]:
                # Opened again without a close: the earlier mark was the odd one.
                self.open = (at, after, mark)

    def _may_open(self, at: int, after: int) -> bool:
        before = self.text[at - 1] if at else " "
        follows = self.text[after] if after < self.end else " "
        if self.text[at] == "”" and not (before.isspace() or before in _BEFORE_OPENING):
            return False
        # Not that of an attribute: <a href="...">.
        return not follows.isspace() and not before.isalnum() and before != "="

    def _may_close(self, at: int) -> bool:
        follows = self.text[at + 1] if at + 1 < self.end else " "
        return at > 0 and not self.text[at - 1].isspace() and not follows.isalnum()

    def _begins_speech(self, at: int) -> bool:
        before = self.text[self._start : at].rstrip()
        return self._opens_single(at) and (not before or before[-1] in _BEFORE_SPEECH)

    def _opens_single(self, at: int) -> bool:
        before = self.text[at - 1] if at else " "
        follows = self.text[at + 1] if at + 1 < self.end else " "
        stands = before.isspace() or before in _BEFORE_OPENING
        return stands and (follows.isalpha() or follows in "“…")

    def _single_close(self, at: int) -> int | None:
        """Find the close of a single quotation that opens here, if one does."""
        if not self._opens_single(at):
            return None
        first = bisect_left(self._closers, at + 3)  # one letter: rock 'n' roll
        if first == len(self._closers):
            return None
        close = self._closers[first]
        sure = bisect_left(self._sure, at + 3)
        # "the players' ..." may be a plural's apostrophe: prefer a close behind a stop.
        if self.text[close - 1] == "s" and sure < len(self._sure):
            close = self._sure[sure]
        return close
