"""Statement -> features, one definition for training and for predicting.

The features of a statement are its distinct words, its distinct runs of two and more words
(text boundaries count as words), and, for words the vocabulary lacks, their spelling pieces: runs of
four to six characters, so that "withdrew" still says something where only "withdraw" was learned.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import count, repeat
from typing import Any, Final, NamedTuple

from stance.late_numpy import NDArray, np
from stance.run_rows import RunRows
from stance.terms import Terms
from stance.text import word_spans, words

PIECE_SIZES: Final = (4, 5, 6)
"""Lengths of spelling pieces in characters; the ends of the word count as one each."""

_REMEMBERED_WORDS: Final = 20_000  # about 5 MB
_FEW: Final = 100  # words that are found without a dictionary while there is none

INTERCEPT, WORDLESS, START, END = "<intercept>", "<wordless>", "<start>", "<end>"
RESERVED: Final = (INTERCEPT, WORDLESS, START, END)
"""The first rows of every vocabulary; no word can be spelled like them."""

SYMBOL: Final = "<"
"""What these begin with, and what stands for words that are alike; no word does."""

INTERCEPT_ROW, WORDLESS_ROW, START_ROW, END_ROW = range(len(RESERVED))
"""Their rows."""


def pieces(word: str) -> list[str]:
    """Cut a word into its distinct spelling pieces.

    Parameters
    ----------
    word : str
        A normalised word.

    Returns
    -------
    list of str
        Runs of four to six characters of ``_word_``, shortest first.

    Examples
    --------
    >>> pieces("war")
    ['_war', 'war_', '_war_']
    """
    padded = f"_{word}_"
    cuts = [padded[i : i + size] for size in PIECE_SIZES for i in range(len(padded) - size + 1)]
    return list(dict.fromkeys(cuts))


class Feature(NamedTuple):
    """One feature found in one text.

    Attributes
    ----------
    row : int
        Row in the vocabulary and the weights.
    name : str
        The n-gram, words joined by blanks.
    spans : tuple of (int, int)
        Every place where it stands, as ``[start, end)`` offsets into the text.
    """

    row: int
    name: str
    spans: tuple[tuple[int, int], ...]


class Paths(NamedTuple):
    """The words of many texts, as rows of a vocabulary.

    Attributes
    ----------
    rows : (n_tokens,) int64 array
        Rows of the words of all texts, one after the other, each text between its two bounds; the
        unknown row for words that the vocabulary lacks.
    lengths : (n_texts,) int64 array
        Tokens of each text, bounds counted.
    strange : (n_pieces,) int64 array
        Row of each spelling piece of each unknown word, plus the text's number times ``base``.
    base : int
        More than all rows.
    """

    rows: NDArray[np.int64]
    lengths: NDArray[np.int64]
    strange: NDArray[np.int64]
    base: int


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The features a model knows, each with its row.

    Rows are numbered through: the reserved ones, then words and spelling pieces, then word runs.

    Parameters
    ----------
    terms : Terms
        Reserved names, words, and spelling pieces (these begin with ``#``).
    runs : (n_runs, 2) int32 array
        Runs of two and more words: the row of the run without its last word, and the row of that
        word. A run stands behind its prefix.
    order : int
        Most words in a run.
    alike : (n_alike, 2) int32 array, optional
        Words that are read as another one: the row of each, and the row of what stands for it.
    """

    terms: Terms
    runs: NDArray[np.int32]
    order: int
    alike: NDArray[np.int32] = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int32))

    def __len__(self) -> int:
        return len(self.terms) + len(self.runs)

    @cached_property
    def word_rows(self) -> dict[str, int]:
        """The row that each word is read as, and that of each bound."""
        words = self.terms.words
        rows = dict(zip(words, count()))
        rows.update((words[row], stand) for row, stand in self.alike.tolist())
        return rows

    @property
    def read_as(self) -> NDArray[np.int64]:
        """The row that each word is read as, by its own row, (n_words,)."""
        rows = np.arange(self.word_count)
        rows[self.alike[:, 0]] = self.alike[:, 1]
        return rows

    @cached_property
    def _run_rows(self) -> RunRows:
        return RunRows(self.runs, len(self.terms))

    @property
    def word_count(self) -> int:
        """Number of the first rows, which are bounds and words; pieces and runs come behind."""
        return self.terms.word_count

    @cached_property
    def unknown(self) -> int:
        """The row number that stands for words and runs that are not in the vocabulary."""
        return len(self)

    def _rows_of_words(self, words: list[str]) -> list[int]:
        """Give the row that each word is read as; the unknown one for what is not there."""
        if len(words) > _FEW or "word_rows" in self.__dict__:
            return list(map(self.word_rows.get, words, repeat(self.unknown)))
        # The first statement does not wait for the dictionary.
        found = [self.terms.find_word(word) for word in words]
        known = [row for row in found if row is not None]
        stands = dict(self.alike[np.isin(self.alike[:, 0], known)].tolist())
        return [self.unknown if row is None else stands.get(row, row) for row in found]

    def rows(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Find the rows of many texts at once: the hot path of predicting.

        Parameters
        ----------
        texts : sequence of str
            Statements.

        Returns
        -------
        rows : (n_rows,) int64 array
            For each text in turn the rows of its features and of the intercept, in no order. Words
            and runs come once each in a text; a piece once for each distinct unknown word with it.
        starts : (n_texts,) int64 array
            Where each text's rows begin.
        """
        return self.rows_of(self.paths(texts))

    def rows_of(self, paths: Paths) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Find the rows of texts whose words are found; see :meth:`rows`."""
        path, base = paths.rows, paths.base
        owned = np.repeat(np.arange(len(paths.lengths)), paths.lengths) * base
        found = [owned + path, paths.strange]
        level = path
        for length in range(1, self.order):
            # No run crosses into the next text: it would hold that text's <start>, and none does.
            level = self._run_rows.find(level[:-1], path[length:])
            found.append(owned[: len(level)] + level)
        ordered = np.sort(np.concatenate(found))
        # Rows of pieces may repeat, all others count once.
        again = np.zeros(len(ordered), dtype=bool)
        again[1:] = ordered[1:] == ordered[:-1]
        owners, rows = np.divmod(ordered, base)
        again &= (rows < self.word_count) | (rows >= len(self.terms))
        kept = ~again & (rows != self.unknown) & (rows != END_ROW)
        owners, rows = owners[kept], rows[kept]
        # Every text has one <start>: it keeps the place of the intercept.
        rows[rows == START_ROW] = INTERCEPT_ROW
        return rows, np.searchsorted(owners, np.arange(len(paths.lengths)))

    def paths(self, texts: Sequence[str]) -> Paths:
        """Find the words of many texts.

        Parameters
        ----------
        texts : sequence of str
            Statements.

        Returns
        -------
        Paths
            Their rows.
        """
        tokens: list[str] = []
        lengths: list[int] = []
        for text in texts:
            found = words(text) or [WORDLESS]
            tokens += [START, *found, END]
            lengths.append(len(found) + 2)
        path = np.array(self._rows_of_words(tokens), dtype=np.int64)
        owner = np.repeat(np.arange(len(texts)), lengths)
        places = np.flatnonzero(path == self.unknown).tolist()
        strange = {
            (own, tokens[at]) for own, at in zip(owner[places].tolist(), places, strict=True)
        }
        base = len(self) + 1
        owned = [own * base + row for own, word in strange for row in self.piece_rows(word)]
        pieces_owned = np.array(owned, dtype=np.int64)
        return Paths(path, np.array(lengths, dtype=np.int64), pieces_owned, base)

    @cached_property
    def piece_rows(self) -> Callable[[str], tuple[int, ...]]:
        """Rows of the known pieces of a word; names come again and again, so it remembers some."""
        find = self.terms.find_pieces

        @lru_cache(maxsize=_REMEMBERED_WORDS)
        def piece_rows(word: str) -> tuple[int, ...]:
            return tuple(find(pieces(word)))

        return piece_rows

    def __getstate__(self) -> dict[str, Any]:
        # What is derived is derived again on the other side; the memory of words cannot be pickled.
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def locate(self, text: str) -> list[Feature]:
        """Find the features of a text with the places where they stand.

        Parameters
        ----------
        text : str
            One statement.

        Returns
        -------
        list of Feature
            The features of :meth:`rows`, shortest first, without the intercept, named as the text has
            them where they stand first; a piece that several unknown words have comes once for each.
        """
        tokens, spans = words(text), word_spans(text)
        if not tokens:
            return [Feature(WORDLESS_ROW, WORDLESS, ())]
        names = [START, *tokens, END]
        ends = [(0, 0), *spans, (len(text), len(text))]
        path = np.array([self.word_rows.get(name, self.unknown) for name in names])
        # Words that are read alike are one feature; a piece is one for each word that has it.
        found: dict[tuple[int, str], tuple[str, list[tuple[int, int]]]] = {}
        level = path
        for length in range(self.order):
            if length:
                level = self._run_rows.find(level[:-1], path[length:])
            for i, row in enumerate(level.tolist()):
                if row not in (self.unknown, START_ROW, END_ROW):
                    _, spans_of = found.setdefault(
                        (row, ""), (" ".join(names[i : i + length + 1]), [])
                    )
                    spans_of.append((ends[i][0], ends[i + length][1]))
        for token, span in zip(tokens, spans, strict=True):
            if token not in self.word_rows:
                for row in self.piece_rows(token):
                    name = f"{self.terms[row]} in {token}"
                    found.setdefault((row, token), (name, []))[1].append(span)
        return [Feature(row, name, tuple(where)) for (row, _), (name, where) in found.items()]

    def names(self) -> list[str]:
        """Spell out every row.

        Returns
        -------
        list of str
            One name a row, the words of a run joined by blanks.
        """
        names = list(self.terms)
        for prefix, last in self.runs.tolist():
            names.append(f"{names[prefix]} {names[last]}")
        return names
