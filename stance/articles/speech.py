"""A statement found in an article: who said it, and which spans of the text it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from stance.articles.sentences import Sentence, Span

Kind = Literal["direct", "mixed", "indirect"]
"""Wholly quoted, partly quoted, reported in the writer's words."""


_MARKS: Final = frozenset("“”\"‘’'«»„`")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement in an article, as spans of offsets.

    Attributes
    ----------
    content : tuple of (int, int)
        What was said, without outer quotation marks: one span, or more if it is interrupted.
    kind : {"direct", "mixed", "indirect"}
        Wholly quoted, partly quoted, not quoted.
    source : (int, int) or None
        The words that name the speaker.
    cue : (int, int) or None
        The reporting word.
    sentence : (int, int)
        The sentence in which it begins.
    """

    content: tuple[Span, ...]
    kind: Kind
    source: Span | None
    cue: Span | None
    sentence: Span


def _opens(between: str) -> bool:
    """Tell whether a quotation opens between two pieces, and none closes."""
    return not _MARKS.isdisjoint(between[-1:]) and _MARKS.isdisjoint(between[:-1])


@dataclass(slots=True)
class Speech:
    """A statement in the making; pieces may still be added."""

    pieces: list[Span]
    whole: bool  # whether it is nothing but quotations
    marks: bool  # whether there is any quotation in it
    source: Span | None
    cue: Span | None
    sentence: Span
    trust: float = 1.0  # that it is a statement, and exactly this
    closed: bool = False  # whether nothing goes on from it: it is signed
    alone: bool = False  # whether it is the only statement of its sentence
    latest: int = -1  # where the sentence of its latest piece begins, if that is another one

    def add(self, piece: Span, sentence: Sentence) -> None:
        """Add a quotation that goes on from it."""
        self.pieces.append(piece)
        self.marks = True
        self.latest = sentence.start

    def reaches(self, sentence: Sentence) -> bool:
        """Tell whether a piece of it lies in a sentence."""
        return sentence.start in (self.sentence[0], self.latest)

    def attribution(self, text: str) -> Attribution:
        """Make it final."""
        pieces = sorted(self.pieces)
        joined = [pieces[0]]
        for start, end in pieces[1:]:
            # Quotations with nothing between them are one; one behind what is reported is not.
            between = text[joined[-1][1] : start]
            if any(c.isalnum() for c in between) or (not self.whole and _opens(between)):
                joined.append((start, end))
            else:
                joined[-1] = (joined[-1][0], end)
        kind: Kind = "direct" if self.whole else "mixed" if self.marks else "indirect"
        return Attribution(tuple(joined), kind, self.source, self.cue, self.sentence)
