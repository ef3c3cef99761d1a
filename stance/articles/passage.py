"""The tokens of sentences as arrays: what is looked at to find who said what is taken from these."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stance.articles.hashing import Ints
from stance.articles.kept import kept
from stance.articles.lexicon import NEVER_CUES, STANCE_VERBS, word_class
from stance.articles.sentences import QUOTED, Sentence

NONE: Final = -1
"""Stands for what there is no code of."""

_GAP: Final = 4  # empty tokens between two sentences: no window reaches across
_EMPTY: Final = ""
_CODES: Final = struct.Struct("=6q")
_EMPTY_CODES: Final = _CODES.pack(NONE, NONE, NONE, NONE, NONE, 0)
_ENDING, _BEGINNING = 3, 5  # letters
_QUOTATION, _MARK, _NUMBER, _CAPITALS, _NAME, _WORD = range(6)
_SHORT_QUOTATION: Final = 12  # words


def word_code(word: str) -> int:
    """Give a word in lower case its number."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


@kept(1 << 16)
def _codes(token: str) -> bytes:
    """Pack the codes of a token: word, ending, shape, class, beginning, how soon it is a cue."""
    low = token.lower().replace("’", "'")
    if token == QUOTED:
        shape = _QUOTATION
    elif not token[0].isalnum():
        shape = _MARK
    elif token[0].isdigit():
        shape = _NUMBER
    elif token.isupper() and len(token) > 1:
        shape = _CAPITALS
    else:
        shape = _NAME if token[0].isupper() else _WORD
    return _CODES.pack(
        word_code(low),
        word_code(f"-{low[-_ENDING:]}"),
        shape,
        word_class(low),
        word_code(f"{low[:_BEGINNING]}-"),
        0 if low in NEVER_CUES else 2 if low in STANCE_VERBS else 1,
    )


class Passage:
    """The tokens of some sentences as arrays, with empty tokens between the sentences.

    Parameters
    ----------
    text : str
        The article.
    sentences : sequence of Sentence
        Some of its sentences.

    Attributes
    ----------
    word, ending, shape, kind, beginning : (n,) int64 arrays
        Codes of each token: its word, its last letters, its shape, its class, its first letters.
    quoted, mark, solid, named, telling, eager : (n,) bool arrays
        Whether each is a quotation, a mark, no empty one, a word with a capital, one that may be a cue,
        a verb that is a stance by itself.
    first, last : (n,) int64 arrays
        Where the sentence of each token begins, and where it ends (exclusive).
    offsets : list of int
        Where each sentence begins.
    """

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self.offsets: list[int] = []
        tokens = [_EMPTY] * _GAP
        quotes: dict[int, int] = {}
        begins, ends, sizes = [0], [_GAP], [_GAP]
        for sentence in sentences:
            begin, end = len(tokens), len(tokens) + len(sentence.words)
            self.offsets.append(begin)
            tokens += sentence.words
            tokens += [_EMPTY] * _GAP
            begins += (begin, end)
            ends += (end, end)
            sizes += (end - begin, _GAP)
            if sentence.quotations:
                for at, token in enumerate(sentence.tokens, begin):
                    if token.quoted:
                        quotes[at] = _quotation_code(text, sentence, token.start)
        # The codes of each distinct token are looked for once.
        number = {token: i for i, token in enumerate(dict.fromkeys(tokens))}
        codes = [_codes(token) if token else _EMPTY_CODES for token in number]
        places = np.fromiter(map(number.__getitem__, tokens), dtype=np.int64, count=len(tokens))
        table = np.frombuffer(b"".join(codes), dtype=np.int64).reshape(len(codes), -1)
        table = table.T.take(places, axis=1)
        self.word, self.ending, self.shape, self.kind, self.beginning, telling = table
        self.word[list(quotes)] = list(quotes.values())
        self.first, self.last = np.repeat([begins, ends], sizes, axis=1)
        self.quoted = self.shape == _QUOTATION
        self.mark = self.shape == _MARK
        self.solid = self.shape != NONE
        self.named = self.shape == _NAME
        self.telling, self.eager = telling > 0, telling > 1


def _quotation_code(text: str, sentence: Sentence, start: int) -> int:
    """Give a quotation a number by its length and how it ends."""
    quote = sentence.quotations[start]
    inner = text[quote.inner_start : quote.inner_end].rstrip()
    length = min(len(inner[:200].split()), _SHORT_QUOTATION) // 3
    ends = ".?!".find(inner[-1:]) >= 0
    return 10 + 10 * length + (0 if inner.endswith(",") else 1 if ends else 2)


class Counts:
    """How often something holds between two positions.

    Parameters
    ----------
    mask : (..., n_tokens) bool array
        Where it holds.
    """

    def __init__(self, mask: NDArray[np.bool_]) -> None:
        self._sums = np.zeros((*mask.shape[:-1], mask.shape[-1] + 1), dtype=np.int64)
        mask.cumsum(axis=-1, out=self._sums[..., 1:])

    def within(self, low: Ints, high: Ints) -> Ints:
        """Count from each of some positions to another, which does not count."""
        counts: Ints = self._sums.take(high, axis=-1) - self._sums.take(low, axis=-1)
        return counts
