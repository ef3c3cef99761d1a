"""The sentences of an article as tokens, each quotation one token, whatever is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import Final, NamedTuple

from stance.articles.lexicon import TAGGING
from stance.articles.quotes import Quotation, quotations
from stance.articles.sentence_ends import sentence_spans

Span = tuple[int, int]
"""``[start, end)`` offsets into the article."""

QUOTED: Final = "\ue000"  # stands for every character of a quotation while sentences are found
"""What the text of a token reads that is a whole quotation."""

# "he's" is two words: a speaker and a verb.
_CLITIC: Final = r"(?:s|re|ll|ve|d|m)(?![^\W_])"
_TOKEN: Final = re.compile(
    rf"[^\W_]+(?:(?:[.&-]|['’](?!{_CLITIC}))[^\W_]+)*(?:['’](?=\s))?|['’]{_CLITIC}|[^\w\s]",
)
_TAG: Final = re.compile(
    r"(?:he|she|they|it|we|I|(?:(?:[A-Z][\w.'’-]*|the|an?|his|her|of|and|for|de|van|former)\s+){1,6}?)"
    r"\s*(?:[a-z]+\s+){0,3}?(?:" + "|".join(sorted(TAGGING)) + r")\b"
)
# "RENO, Nev. (AP) — Voters": where and by whom an article was written, which is no part of its sentence.
_PLACE: Final = r"[A-Z][A-Z.’'/-]+"
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATELINE: Final = re.compile(
    rf"^{_PLACE}(?:[ \t]+{_PLACE}){{0,3}}(?:,[ \t]*[A-Z][\w.]*(?:[ \t]\d{{1,2}})?){{0,2}}"
    rf"[ \t]*(?:\([^()\n{QUOTED}]{{1,30}}\)[ \t]*)?(?:[—–]|--|-(?=[ \t]))[ \t]*(?=[A-Z“\"‘{QUOTED}])"
    # "Velorne (Karvia), May 14 (AFP) - Police"
    rf"|^[A-Z][\w’'-]+(?:[ \t][A-Z][\w’'-]+){{0,2}}(?:[ \t]\([A-Z]\w{{1,20}}\))?,[ \t](?:{_MONTH})[ \t]"
    rf"\d{{1,2}}(?:[ \t]\([A-Z]{{2,12}}\))?[ \t](?:[—–]|--|-)[ \t](?=[A-Z“\"‘{QUOTED}])"
    # "New York (AFP) - Police"
    rf"|^[A-Z][\w’'-]+(?:[ \t][A-Z][\w’'-]+){{0,2}}[ \t]\([A-Z]{{2,12}}\)[ \t](?:[—–]|--|-)[ \t]"
    rf"(?=[A-Z“\"‘{QUOTED}])"
    # "RAJPURA: Police said", but not "SILVA: No."
    rf"|^{_PLACE}(?:,[ \t]{_MONTH}[ \t]\d{{1,2}})?:[ \t]"
    rf"(?=[A-Z][^\n:{QUOTED}]*[ \t](?:said|says|told)\b)",
    re.MULTILINE,
)
_LABEL: Final = re.compile(r"^[A-Z][A-Z .’'-]{1,30}:[ \t]", re.MULTILINE)
_TAG_REACH: Final = 80  # characters behind a quotation in which "she said" is looked for


class Token(NamedTuple):
    """A word, a mark, or a whole quotation.

    Attributes
    ----------
    start, end : int
        Offsets into the article.
    text : str
        As it stands; :data:`QUOTED` for a quotation.
    """

    start: int
    end: int
    text: str

    @property
    def quoted(self) -> bool:
        """Whether it is a quotation."""
        return self.text == QUOTED


_token: Final = partial(tuple.__new__, Token)  # without the call in Python that Token() is


class Sentence:
    """One sentence of an article.

    Parameters
    ----------
    text : str
        The article.
    start, end : int
        Offsets into it.
    words : list of str
        The words, marks and quotations as they stand, :data:`QUOTED` for a quotation.
    quotations : sequence of Quotation
        Those in it, in order.

    Attributes
    ----------
    start, end, words
        As given.
    quotations : dict of int to Quotation
        The quotations by where they start.
    """

    def __init__(
        self, text: str, start: int, end: int, words: list[str], quotations: Sequence[Quotation]
    ) -> None:
        self.start, self.end = start, end
        self.words = words
        self.quotations = {quote.start: quote for quote in quotations}
        self._text = text

    @cached_property
    def low(self) -> list[str]:
        """The words in lower case."""
        return [word.lower() for word in self.words]

    @cached_property
    def tokens(self) -> list[Token]:
        """The words with their offsets; most sentences report nothing, and are never asked for them."""
        tokens: list[Token] = []
        at, find = self.start, self._text.find
        quotes = iter(self.quotations.values())
        for word in self.words:
            if word == QUOTED:
                quote = next(quotes)
                tokens.append(Token(quote.start, min(quote.end, self.end), QUOTED))
                at = quote.end
                continue
            # No token begins with what may stand between two: the next place of its letters is its own.
            start = find(word, at)
            at = start + len(word)
            tokens.append(_token((start, at, word)))
        return tokens


def article_sentences(text: str) -> list[Sentence]:
    """Cut an article into sentences.

    A quotation lies in one sentence, also if it holds several, and so does the "she said" behind it
    and the "She went on:" in the paragraph before.

    Parameters
    ----------
    text : str
        The article.

    Returns
    -------
    list of Sentence
        In order; those without tokens are left out.

    Examples
    --------
    >>> [len(s.tokens) for s in article_sentences("“Never. Not once,” he said. It rained.")]
    [4, 3]
    """
    # A character that stands for quotations must not occur by itself.
    text = text.replace(QUOTED, " ")
    found = []
    for start, end, inside in _parts(text, quotations(text)):
        words = _words(text, start, end, inside)
        if words:
            found.append(Sentence(text, start, end, words, inside))
    return found


def _parts(text: str, quotes: list[Quotation]) -> Iterator[tuple[int, int, list[Quotation]]]:
    """Yield the offsets of sentences with their quotations."""
    parts: list[str] = []
    at = 0
    for quote in quotes:
        filler = QUOTED * (quote.end - quote.start)
        if _ends_sentence(text, quote):
            filler = filler[:-1] + "."
        before = text[at : quote.start]
        bare = before.rstrip()
        if bare.endswith(":"):
            before = bare + " " * (len(before) - len(bare))
        parts += [before, filler]
        at = quote.end
    masked = "".join([*parts, text[at:]])
    first = 0
    # Who says "SILVA: ..." in a transcript is no place.
    several = len(_LABEL.findall(masked)) > 1
    for start, end in sentence_spans(_DATELINE.sub(partial(_blanks, several), masked)):
        inside = []
        while first < len(quotes) and quotes[first].start < end:
            inside.append(quotes[first])
            first += 1
        yield start, end, inside


def _blanks(labels: bool, match: re.Match[str]) -> str:
    label = labels and match[0].rstrip().endswith(":")
    return match[0] if label else " " * len(match[0])


def _ends_sentence(text: str, quote: Quotation) -> bool:
    """Tell whether a sentence ends with a quotation, and no "he said" follows."""
    last = text[quote.inner_end - 1]
    if last not in ".?!…":
        return False
    follows = text[quote.end : quote.end + _TAG_REACH].lstrip(" \t\xa0")
    if not follows or follows[0] == "\n":
        return True
    tag = _TAG.match(follows)
    if tag and (last != "." or follows[tag.end() :].startswith((".", "\n"))):
        return False
    return not follows[0].islower() and follows[0] not in ",;:—–―-.)"


def _words(text: str, start: int, end: int, inside: list[Quotation]) -> list[str]:
    """List the words, marks and quotations between two offsets."""
    words: list[str] = []
    at = start
    for quote in inside:
        words += _TOKEN.findall(text, at, max(at, quote.start))
        words.append(QUOTED)
        at = quote.end
    words += _TOKEN.findall(text, at, max(at, end))
    return words
