"""The fast way from many texts to scores, with numpy alone: whole batches, no loop over statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

import numpy as np
from numpy.typing import NDArray

from stance.engine.joined import Joined, find_words, join
from stance.engine.lookup import ROW_MASK, WORD_BITS, Lookup
from stance.engine.plain import Parts
from stance.engine.tables import MULTIPLIER
from stance.features import END_ROW, INTERCEPT_ROW, START_ROW, WORDLESS_ROW
from stance.text import words

_CHUNK: Final = 4096  # statements at once: enough for numpy, and few enough for the cache
_CHUNK_LENGTH: Final = 2**20  # characters at once, unless one statement has more
_STAMP_BITS: Final = 18
_FEW_STRANGE: Final = 32  # unknown words that are looked for one by one, and remembered
_SPARE_BITS: Final = 2  # few of a small batch meet in a slot, and it touches little memory
_KEY_BITS: Final = 64
_ALL_BITS: Final = 2**_KEY_BITS - 1


@dataclass(frozen=True, eq=False)
class Engine:
    """Scores of batches.

    Attributes
    ----------
    parts : Parts
        What to score by.
    lookup : Lookup
        Its words and runs.
    """

    parts: Parts
    lookup: Lookup

    name: ClassVar[Literal["numpy"]] = "numpy"

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Give what :func:`stance.engine.plain.plain_scores` gives, sooner.

        Parameters
        ----------
        texts : sequence of str
            Statements.

        Returns
        -------
        (n_texts, n_labels) float64 array
            Each from its own text alone.
        """
        scores = np.zeros((len(texts), self.parts.weights.shape[1]))
        for some in chunks(texts):
            scores[some] = self._score(join(texts[some], self.lookup.aliases))
        return scores

    def score(self, text: str) -> list[float]:
        """Give what :meth:`scores` gives for one text, without the beginnings of array work."""
        vocabulary, unknown = self.parts.vocabulary, self.lookup.unknown
        found = words(text)
        row_of = vocabulary.word_rows.get
        path = [row_of(word, unknown) for word in found] or [WORDLESS_ROW]
        rows = {INTERCEPT_ROW, *path}
        rows.discard(unknown)
        path = [START_ROW, *path, END_ROW]
        rows |= self._runs_of(path)
        counted = list(rows)
        if unknown in path:
            for word in set(found):
                if word not in vocabulary.word_rows:
                    counted += vocabulary.piece_rows(word)
        sums = np.add.reduce(self.parts.weights.take(counted, axis=0), axis=0, dtype=np.int64)
        scores = self.parts.weigh(sums, len(path))
        if self.parts.filters is not None and found:
            scores += self.parts.filters.scores_of_one(path)
        listed: list[float] = scores.tolist()
        return listed

    def _runs_of(self, path: list[int]) -> set[int]:
        """Give the rows of the runs of a path."""
        table, last = self.lookup.runs, len(path) - 1
        slots, mask = table.slots.data, len(table.slots) - 1
        multiplier, shift, low = int(MULTIPLIER), table.shift, table.low
        rows: set[int] = set()
        level = list(enumerate(path))
        for length in range(1, self.parts.vocabulary.order):
            longer = []
            for at, row in level:
                if row and at + length <= last:
                    key = row << WORD_BITS | path[at + length]
                    place = (key * multiplier & _ALL_BITS) >> shift
                    entry = slots[place]
                    while entry and entry >> low != key:
                        place = (place + 1) & mask
                        entry = slots[place]
                    if entry:
                        longer.append((at, entry & ROW_MASK))
            rows.update(row for _, row in longer)
            level = longer
        return rows

    def _score(self, joined: Joined) -> NDArray[np.float64]:
        tokens = find_words(joined)
        counts = np.diff(tokens.lasts, prepend=0)
        lengths = np.maximum(counts, 1) + 2
        begins = np.cumsum(lengths) - lengths
        owners = np.repeat(np.arange(len(counts)), lengths)
        path = np.full(len(owners), WORDLESS_ROW, dtype=np.int64)
        path[begins], path[begins + lengths - 1] = START_ROW, END_ROW
        token_owners = np.repeat(np.arange(len(counts)), counts)
        places = np.arange(len(token_owners)) + (begins + 1 - tokens.lasts + counts)[token_owners]
        rows = path[places] = self.lookup.find_words(tokens)
        strange = np.flatnonzero(rows == self.lookup.unknown)
        begin, size = tokens.starts[strange].tolist(), tokens.lengths[strange].tolist()
        spelled = [joined.data[a : a + n] for a, n in zip(begin, size, strict=True)]
        owned, foreign = token_owners[strange].tolist(), joined.foreign
        few = len(spelled) <= _FEW_STRANGE
        if few:
            words_of = [(own, word.decode()) for own, word in zip(owned, spelled, strict=True)]
            foreign = foreign + words_of
        sums = foreign_sums(self.parts, foreign, len(counts))
        self._add_rows(sums, path, owners)
        if not few:
            self._add_pieces(sums, spelled, owned)
        scores = self.parts.weigh(sums, lengths)
        if self.parts.filters is not None:
            soft = self.parts.filters.scores(path, lengths)
            soft[counts == 0] = 0.0
            scores += soft
        return np.asarray(scores)

    def _add_rows(
        self, sums: NDArray[np.int64], path: NDArray[np.int64], owners: NDArray[np.int64]
    ) -> None:
        """Add the weights of words and runs, each once in a statement."""
        known = np.flatnonzero((path != self.lookup.unknown) & (path != END_ROW))
        found, owned = [path[known]], [owners[known]]
        at, level = np.arange(len(path) - 1), path[:-1]
        for length in range(1, self.parts.vocabulary.order):
            # No run crosses into the next text: it would hold that text's <start>, and none does.
            level = self.lookup.find_runs(level, path[at + length])
            there = np.flatnonzero(level)
            at, level = at[there], level[there]
            found.append(level)
            owned.append(owners[at])
            inside = at < len(path) - length - 1
            at, level = at[inside], level[inside]
        rows, of = np.concatenate(found), np.concatenate(owned)
        once = _distinct(rows, of)
        begin = 0
        for part in found:
            kept = once[begin : begin + len(part)]
            some = rows[begin : begin + len(part)][kept]
            # Every text has one <start>: it keeps the place of the intercept.
            some[some == START_ROW] = INTERCEPT_ROW
            self._add(sums, some, of[begin : begin + len(part)][kept])
            begin += len(part)

    def _add_pieces(self, sums: NDArray[np.int64], spelled: list[bytes], owners: list[int]) -> None:
        """Add the weights of the spelling pieces of each distinct unknown word of a statement."""
        pairs = list(dict.fromkeys(zip(owners, spelled, strict=True)))
        number = {word: i for i, word in enumerate(dict.fromkeys(spelled))}
        rows, of = self.lookup.find_pieces(list(number))
        once = _distinct(rows, of)
        rows, of = rows[once], of[once]
        by_word = np.argsort(of, kind="stable")
        totals = np.zeros((len(number), sums.shape[1]), dtype=np.int64)
        self._add(totals, rows[by_word], of[by_word])
        owned = np.array([owner for owner, _ in pairs])
        begins = _begins(owned)
        parts = totals[[number[word] for _, word in pairs]]
        sums[owned[begins]] += np.add.reduceat(parts, begins, axis=0)

    def _add(
        self, sums: NDArray[np.int64], rows: NDArray[np.int64], owners: NDArray[np.int64]
    ) -> None:
        """Add the weights of some rows to their owners, which ascend."""
        if len(rows):
            begins = _begins(owners)
            weights = self.parts.weights.take(rows, axis=0)
            sums[owners[begins]] += np.add.reduceat(weights, begins, axis=0, dtype=np.int64)


def chunks(texts: Sequence[str]) -> Iterator[slice]:
    """Cut many texts into batches that fit the cache."""
    ends = np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)))
    first = 0
    while first < len(texts):
        before = int(ends[first - 1]) if first else 0
        fitting = int(np.searchsorted(ends, before + _CHUNK_LENGTH, side="right"))
        last = max(first + 1, min(fitting, first + _CHUNK))
        yield slice(first, last)
        first = last


def foreign_sums(parts: Parts, foreign: Sequence[tuple[int, str]], count: int) -> NDArray[np.int64]:
    """Add up the weights of the spelling pieces of words that are not ASCII.

    Parameters
    ----------
    parts : Parts
        What to score by.
    foreign : sequence of (int, str)
        Numbers of texts, and unknown words.
    count : int
        Number of texts.

    Returns
    -------
    (count, n_labels) int64 array
        Each distinct word of a text counts once.
    """
    sums = np.zeros((count, parts.weights.shape[1]), dtype=np.int64)
    for text, word in dict.fromkeys(foreign):
        rows = list(parts.vocabulary.piece_rows(word))
        sums[text] += parts.weights[rows].sum(axis=0, dtype=np.int64)
    return sums


def _begins(owners: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the places of an ascending array where another owner begins; it has one at least."""
    changes = (owners[1:] != owners[:-1]).nonzero()[0]
    return np.concatenate(([0], changes + 1))


def _distinct(rows: NDArray[np.int64], owners: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark one of each pair of row and owner: a stamp on a slot for each, without sorting."""
    keys = ((owners << 32) | rows).view(np.uint64)
    once = np.ones(len(keys), dtype=bool)
    bits = min(_STAMP_BITS, len(keys).bit_length() + _SPARE_BITS)
    stamps = np.empty(2**bits, dtype=np.int64)
    waiting = np.arange(len(keys))
    multiplier = 0xD6E8FEB86659FD93
    while len(waiting):
        some = keys[waiting]
        slots = ((some * np.uint64(multiplier)) >> np.uint64(_KEY_BITS - bits)).view(np.int64)
        stamps[slots] = waiting
        holders = stamps.take(slots)
        lost = holders != waiting
        waiting, holders = waiting[lost], holders[lost]
        again = keys[holders] == keys[waiting]
        once[waiting[again]] = False
        waiting = waiting[~again]
        multiplier = (multiplier * 5 + 2) % 2**64 | 1
    return once
