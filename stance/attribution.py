"""Who said what in one article: spans of source, cue and content, by rules over sentences.

A sentence is read as tokens; a quotation is one token. Every reporting verb is tried as a cue: the
noun phrase before it (or behind it, after a quotation) is its source, what it governs its content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stance.clauses import Attribution, Sentence, overlap
from stance.cues import SAYING, TELLING
from stance.phrases import QUOTED, Span, Token
from stance.quotes import Quotation, quotations
from stance.text import sentence_spans

_TOKEN: Final = re.compile(rf"{QUOTED}+|[^\W_]+(?:[.'’&-][^\W_]+)*(?:['’](?=\s))?|[^\w\s]")
_MIN_SCARE_WORDS: Final = 4
_LINES_BETWEEN_PARAGRAPHS: Final = 3


def attributions(text: str) -> list[Attribution]:
    """Find who said what.

    Parameters
    ----------
    text : str
        A news article in plain text, paragraphs apart by line breaks.

    Returns
    -------
    list of Attribution
        In order of their content; contents do not overlap.

    Examples
    --------
    >>> text = "Ana Silva denied that the bridge was closed."
    >>> found = attributions(text)[0]
    >>> text[slice(*found.source)], text[slice(*found.content)]
    ('Ana Silva', 'the bridge was closed')
    """
    quotes = quotations(text)
    found: list[Attribution] = []
    previous: Attribution | None = None
    previous_end = 0
    for start, end, inside in _sentences(text, quotes):
        inner = {quote.start: _inner(text, quote) for quote in inside}
        these = Sentence(text, _tokens(text, start, end, inside), inner).attributions()
        # Speech without a tag goes on from the sentence or the paragraph before.
        near = text.count("\n", previous_end, start) <= _LINES_BETWEEN_PARAGRAPHS
        source = previous.source if previous and near else None
        for quote in inside:
            covered = any(overlap(a.content, (quote.start, quote.end)) for a in these)
            if not covered and _speaks(text, quote, start, end):
                said_here = these[-1].source if these else source
                these.append(Attribution(inner[quote.start], "direct", said_here, None))
        these.sort(key=lambda a: a.content)
        found += these
        if these:
            previous, previous_end = these[-1], end
    return found


def _sentences(text: str, quotes: list[Quotation]) -> Iterator[tuple[int, int, list[Quotation]]]:
    """Yield sentences with their quotations; a quotation is in one sentence, whatever is in it."""
    parts: list[str] = []
    at = 0
    for quote in quotes:
        filler = QUOTED * (quote.end - quote.start)
        if _ends_sentence(text, quote):
            filler = filler[:-1] + "."
        # "She went on:" leads over to a quotation in the next paragraph.
        before = text[at : quote.start]
        bare = before.rstrip()
        if bare.endswith(":"):
            before = bare + " " * (len(before) - len(bare))
        parts += [before, filler]
        at = quote.end
    masked = "".join([*parts, text[at:]])
    first = 0
    for start, end in sentence_spans(masked):
        inside = []
        while first < len(quotes) and quotes[first].start < end:
            inside.append(quotes[first])
            first += 1
        yield start, end, inside


_TAG: Final = re.compile(
    r"(?:he|she|they|it|we|I|(?:(?:[A-Z][\w.'’-]*|the|an?|his|her|of|and|for|de|van|former)\s+){1,6}?)"
    r"\s*(?:[a-z]+\s+){0,3}?(?:" + "|".join(sorted(SAYING | TELLING)) + r")\b"
)


def _ends_sentence(text: str, quote: Quotation) -> bool:
    """Tell whether a sentence ends with a quotation, and no "he said" follows."""
    last = text[quote.inner_end - 1]
    if last not in ".?!…":
        return False
    follows = text[quote.end : quote.end + 80].lstrip(" \t")
    if not follows or follows[0] == "\n":
        return True
    tag = _TAG.match(follows)
    if tag and (last != "." or follows[tag.end() :].startswith((".", "\n"))):
        return False
    return not follows[0].islower() and follows[0] not in ",;:—–-.)"


def _tokens(text: str, start: int, end: int, inside: list[Quotation]) -> list[Token]:
    tokens: list[Token] = []
    at = start
    for quote in inside:
        for match in _TOKEN.finditer(text, at, max(at, quote.start)):
            tokens.append(Token(match.start(), match.end(), match.group()))
        tokens.append(Token(quote.start, min(quote.end, end), QUOTED))
        at = quote.end
    for match in _TOKEN.finditer(text, at, max(at, end)):
        tokens.append(Token(match.start(), match.end(), match.group()))
    return tokens


def _inner(text: str, quote: Quotation) -> Span:
    """Trim the quoted words of white space and of the comma that leads over to "he said"."""
    start, end = quote.inner_start, quote.inner_end
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return start, end


def _speaks(text: str, quote: Quotation, start: int, end: int) -> bool:
    """Tell speech from a title or a scare quote: it is long, or a sentence by itself."""
    words = len(text[quote.inner_start : quote.inner_end].split())
    alone = quote.start <= start + 1 and quote.end >= end - 1
    closed = text[quote.inner_end - 1] in ".,?!…"
    return (alone and words >= 2) or (closed and words >= _MIN_SCARE_WORDS)
