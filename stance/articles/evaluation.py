"""How well statements and speakers are found in articles: scores against annotated attributions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Protocol

from stance.articles.annotated import AnnotatedArticle
from stance.articles.sentences import Span
from stance.articles.speech import Attribution, Kind

KINDS: Final = ("direct", "mixed", "indirect", "direct and mixed", "all")
"""What is scored apart."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MARK: Final = re.compile(r"[\"“”«»„]|``|''")


@dataclass(slots=True)
class KindScores:
    """Counts of one kind, and the scores that follow from them.

    Precision looks at the statements found that are of this kind, recall at those annotated.

    Attributes
    ----------
    annotated, found : int
        Attributions.
    exact_annotated, exact_found : int
        Those with exactly the same words on the other side.
    words_annotated, words_found : int
        Words in their contents.
    shared_annotated, shared_found : int
        Words that are also in a content on the other side.
    matched, speaker_right : int
        Annotated attributions with a speaker and some word found; those whose speaker's words overlap.
    whole_annotated, whole_found : int
        Attributions that share a word of the content and of the speaker with one on the other side.
    """

    annotated: int = 0
    found: int = 0
    exact_annotated: int = 0
    exact_found: int = 0
    words_annotated: int = 0
    words_found: int = 0
    shared_annotated: int = 0
    shared_found: int = 0
    matched: int = 0
    speaker_right: int = 0
    whole_annotated: int = 0
    whole_found: int = 0

    @property
    def exact(self) -> tuple[float, float, float]:
        """Precision, recall and F1 of contents with exactly the same words."""
        return _f1(self.exact_found, self.found, self.exact_annotated, self.annotated)

    @property
    def overlap(self) -> tuple[float, float, float]:
        """Precision, recall and F1 of the words in contents."""
        return _f1(self.shared_found, self.words_found, self.shared_annotated, self.words_annotated)

    @property
    def end_to_end(self) -> tuple[float, float, float]:
        """Precision, recall and F1 of attributions whose content and speaker overlap."""
        return _f1(self.whole_found, self.found, self.whole_annotated, self.annotated)

    @property
    def speaker_accuracy(self) -> float:
        """Share of the matched attributions whose speaker overlaps."""
        return self.speaker_right / self.matched if self.matched else 0.0


@dataclass(frozen=True)
class AttributionScores:
    """Scores of statements found in articles.

    Attributes
    ----------
    articles : int
        Articles read.
    kinds : mapping of str to KindScores
        By kind, in the order of :data:`KINDS`.
    """

    articles: int
    kinds: Mapping[str, KindScores] = field(default_factory=dict)

    def __str__(self) -> str:
        head = f"{'':17}{'annotated':>9}{'found':>7}   {'overlapping':^17}   {'exact':^17}"
        head += "  speaker   end to end"
        second = f"{'':36}" + "   P     R     F1  " * 2 + f"{'':10}     F1"
        lines = [f"{self.articles:,} articles", head, second]
        for name, scores in self.kinds.items():
            numbers = "   ".join(
                " ".join(f"{value:.3f}" for value in triple)
                for triple in (scores.overlap, scores.exact)
            )
            lines.append(
                f"{name:17}{scores.annotated:9,}{scores.found:7,}   {numbers}   "
                f"{scores.speaker_accuracy:.3f}      {scores.end_to_end[2]:.3f}"
            )
        return "\n".join(lines)


class Finder(Protocol):
    """What finds the attributions of a text."""

    def __call__(self, text: str, /) -> Sequence[Attribution]:
        """Give the attributions."""


def evaluate_attribution(
    articles: Iterable[AnnotatedArticle],
    find: Finder,
    *,
    report: Callable[[str], None] = lambda _: None,
) -> AttributionScores:
    """Score found statements against annotated ones.

    Contents and speakers are compared as sets of words; marks do not count. *Overlapping* is the share
    of words found that are annotated, and the other way round (as Citron's own evaluation counts it:
    github.com/bbc/citron, ``metrics.py``); *exact* asks for the same words. The speaker is looked at for
    every annotated attribution that has one and of which a word was found; it is right if a word of
    it is. The kind is told from the spans, for both sides alike: *direct* is one run wholly in
    quotation marks, *mixed* holds some, *indirect* none.

    Parameters
    ----------
    articles : iterable of AnnotatedArticle
        The data.
    find : callable
        Takes a text, gives its attributions.
    report : callable, optional
        Takes a line of progress.

    Returns
    -------
    AttributionScores
        By kind.
    """
    kinds = {kind: KindScores() for kind in KINDS}
    count = 0
    for article in articles:
        words = _Words(article.text)
        annotated = [
            words.sides(one.content, one.source) for one in article.attributions if one.content
        ]
        found = [
            words.sides(_with_marks(article.text, one.content), [one.source] if one.source else [])
            for one in find(article.text)
        ]
        _count(annotated, found, kinds)
        count += 1
        if count % 50 == 0:
            report(f"{count:,} articles")
    return AttributionScores(count, kinds)


def match_attributions(
    article: AnnotatedArticle, found: Sequence[Attribution]
) -> list[tuple[Attribution, Attribution | None]]:
    """Give each annotated attribution the found one that shares most words with it, if one does."""
    words = _Words(article.text)
    contents = [words.sides(one.content, []).content for one in found]
    pairs: list[tuple[Attribution, Attribution | None]] = []
    for one in article.attributions:
        own = words.sides(one.content, [])
        source, cue = (spans[0] if spans else None for spans in (one.source, one.cue))
        spans = [*one.content, *(span for span in (source, cue) if span)]
        around = (min(start for start, _ in spans), max(end for _, end in spans))
        marked = Attribution(one.content, own.kind, source, cue, around)
        best = max(range(len(found)), key=lambda i: len(contents[i] & own.content), default=None)
        hit = best is not None and contents[best] & own.content
        pairs.append((marked, found[best] if best is not None and hit else None))
    return pairs


@dataclass(frozen=True, slots=True)
class _Side:
    kind: Kind
    content: frozenset[int]
    speaker: frozenset[int]


class _Words:
    """The words of an article by number."""

    def __init__(self, text: str) -> None:
        self._text = text
        spans = [match.span() for match in _WORD.finditer(text)]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def sides(self, content: Sequence[Span], speaker: Sequence[Span]) -> _Side:
        return _Side(_kind(self._text, content), self._numbers(content), self._numbers(speaker))

    def _numbers(self, spans: Sequence[Span]) -> frozenset[int]:
        numbers: set[int] = set()
        for start, end in spans:
            first = bisect_left(self._ends, start + 1)
            numbers |= set(range(first, bisect_left(self._starts, end)))
        return frozenset(numbers)


def _with_marks(text: str, spans: Sequence[Span]) -> list[Span]:
    """Widen spans over the comma and the quotation marks around them."""
    widened = []
    for start, end in spans:
        opening = _MARK.match(text, start - 1) if start else None
        closing = _MARK.match(text, end) or (
            _MARK.match(text, end + 1) if text[end : end + 1] in {",", "."} else None
        )
        first = opening.start() if opening and opening.end() == start else start
        widened.append((first, closing.end() if closing else end))
    return widened


def _kind(text: str, spans: Sequence[Span]) -> Kind:
    """Tell the kind of a content from its marks, neighbouring spans taken as one run."""
    whole = text[spans[0][0] : spans[-1][1]].strip()
    gaps = any(_WORD.search(text[one[1] : other[0]]) for one, other in pairwise(spans))
    marks = list(_MARK.finditer(whole))
    if not marks:
        return "indirect"
    closes = any(m.group() in {"”", "»"} and m.end() < len(whole) for m in marks)
    opens = marks[0].start() == 0
    return "direct" if opens and not gaps and not closes else "mixed"


def _count(annotated: list[_Side], found: list[_Side], kinds: dict[str, KindScores]) -> None:
    all_annotated = frozenset[int]().union(*(side.content for side in annotated))
    all_found = frozenset[int]().union(*(side.content for side in found))
    exact_annotated = {side.content for side in annotated}
    exact_found = {side.content for side in found}
    for side in annotated:
        best = max(found, key=lambda other: len(other.content & side.content), default=None)
        matched = bool(best and best.content & side.content and side.speaker)
        right = bool(matched and best and best.speaker & side.speaker)
        for scores in _of_kind(side, kinds):
            scores.annotated += 1
            scores.exact_annotated += side.content in exact_found
            scores.words_annotated += len(side.content)
            scores.shared_annotated += len(side.content & all_found)
            scores.matched += matched
            scores.speaker_right += right
            scores.whole_annotated += any(_agree(side, other) for other in found)
    for side in found:
        for scores in _of_kind(side, kinds):
            scores.found += 1
            scores.exact_found += side.content in exact_annotated
            scores.words_found += len(side.content)
            scores.shared_found += len(side.content & all_annotated)
            scores.whole_found += any(_agree(side, other) for other in annotated)


def _agree(one: _Side, other: _Side) -> bool:
    speakers = bool(one.speaker & other.speaker) or not (one.speaker or other.speaker)
    return speakers and bool(one.content & other.content)


def _of_kind(side: _Side, kinds: dict[str, KindScores]) -> list[KindScores]:
    names = [side.kind, "all"] + (["direct and mixed"] if side.kind != "indirect" else [])
    return [kinds[name] for name in names]


def _f1(
    hits_found: int, found: int, hits_annotated: int, annotated: int
) -> tuple[float, float, float]:
    precision = hits_found / found if found else 0.0
    recall = hits_annotated / annotated if annotated else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0
