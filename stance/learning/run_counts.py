"""Which runs of words stand in how many statements, counted over whole arrays.

A million statements have tens of millions of distinct runs, most of which stand once: as tuples in a
dictionary they would fill the memory. A run is rarer than both runs that it consists of, so only those
whose parts are frequent are looked at (Agrawal and Srikant, 1994, section 2.1).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stance.features import END, START

CHUNK: Final = 1_000_000  # words looked at together

BITS: Final = 32
"""Bits of the lower of two numbers that are sorted as one."""


@dataclass(frozen=True, eq=False)
class Words:
    """The words of all statements, one after the other.

    Attributes
    ----------
    names : list of str
        The distinct words, the two bounds first.
    path : (n_tokens,) int32 array
        Number of each word, every statement between its two bounds.
    lengths : (n_statements,) int64 array
        Words of each statement, bounds counted.
    """

    names: list[str]
    path: NDArray[np.int32]
    lengths: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Runs:
    """Distinct runs of one length.

    Attributes
    ----------
    prefix, last : (n_runs,) int64 arrays
        The run without its last word, as a number of the runs of the length before (of words, for
        pairs), and the number of that word.
    counts : (n_runs,) int64 array
        Statements that each stands in.
    """

    prefix: NDArray[np.int64]
    last: NDArray[np.int64]
    counts: NDArray[np.int64]


def number_words(tokenised: Iterable[Sequence[str]]) -> Words:
    """Give each distinct word of statements a number.

    Parameters
    ----------
    tokenised : iterable of sequences of str
        The words of each statement.

    Returns
    -------
    Words
        In the order of the statements.
    """
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    first, last = numbers[START], numbers[END]
    path, lengths = array("i"), array("q")
    for tokens in tokenised:
        path.append(first)
        path.extend(map(numbers.__getitem__, tokens))
        path.append(last)
        lengths.append(len(tokens) + 2)
    return Words(
        list(numbers),
        np.frombuffer(path, dtype=np.int32) if path else np.zeros(0, dtype=np.int32),
        np.frombuffer(lengths, dtype=np.int64) if lengths else np.zeros(0, dtype=np.int64),
    )


def count_words(words: Words) -> NDArray[np.int64]:
    """Count the statements that each word stands in, (n_words,)."""
    counts = np.zeros(len(words.names), dtype=np.int64)
    for some, owners in chunks(words):
        kept = distinct(owners << BITS | words.path[some])
        counts += np.bincount(kept & (2**BITS - 1), minlength=len(counts))
    return counts


def count_runs(words: Words, order: int, min_count: int) -> list[Runs]:
    """Count the runs of two and more words that stand in enough statements.

    Parameters
    ----------
    words : Words
        The statements.
    order : int
        Most words in a run.
    min_count : int
        Statements that a run must stand in.

    Returns
    -------
    list of Runs
        One for each length from two on, in the order of their keys.
    """
    found: list[Runs] = []
    # At each place the number of the frequent run that begins there, -1 if there is none.
    level = words.path.astype(np.int32)
    pairs: NDArray[np.int32] | None = None
    for length in range(2, order + 1):
        keys, counts = _count_keys(words, level, pairs, length)
        frequent = counts >= min_count
        keys, counts = keys[frequent], counts[frequent]
        found.append(Runs(keys >> BITS, keys & (2**BITS - 1), counts))
        if length < order:
            level = _number_keys(words, level, pairs, length, keys)
            pairs = level if pairs is None else pairs
    return found


def _keys(
    words: Words,
    level: NDArray[np.int32],
    pairs: NDArray[np.int32] | None,
    length: int,
    some: slice,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places in a part of the words where a run may begin, and the key of the run there."""
    stop = min(some.stop, len(words.path) - length + 1)
    places = np.arange(some.start, max(stop, some.start))
    # The end of a run must belong to a frequent pair, as its beginning does to a frequent run.
    sound = level[places] >= 0
    if pairs is not None:
        sound &= pairs[places + length - 2] >= 0
    places = places[sound]
    last = words.path[places + length - 1].astype(np.int64)
    return places, level[places].astype(np.int64) << BITS | last


def _count_keys(
    words: Words, level: NDArray[np.int32], pairs: NDArray[np.int32] | None, length: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Distinct keys in ascending order, and the statements that each stands in."""
    all_keys, all_counts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for some, owned in chunks(words):
        places, keys = _keys(words, level, pairs, length, some)
        owners = owned[places - some.start]
        # No run crosses into the next statement: its second word would be a start.
        inside = words.path[places + 1] != 0
        keys, owners = keys[inside], owners[inside]
        by_key = np.argsort(keys)
        keys = keys[by_key]
        begins = _begins(keys)
        number = np.repeat(np.arange(len(begins)), np.diff(begins, append=len(keys)))
        once = distinct(number << BITS | owners[by_key])
        all_keys.append(keys[begins])
        all_counts.append(np.bincount(once >> BITS, minlength=len(begins)))
    keys, counts = np.concatenate(all_keys), np.concatenate(all_counts)
    by_key = np.argsort(keys)
    keys, counts = keys[by_key], counts[by_key]
    begins = _begins(keys)
    return keys[begins], np.add.reduceat(counts, begins) if len(begins) else counts


def _begins(ascending: NDArray[np.int64]) -> NDArray[np.intp]:
    """Give the places where another value begins; none of them is negative."""
    return np.flatnonzero(np.diff(ascending, prepend=-1))


def distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sort values, and keep one of each: numpy's ``unique`` takes fifty times as long."""
    values.sort()
    return values[_begins(values)]


def _number_keys(
    words: Words,
    level: NDArray[np.int32],
    pairs: NDArray[np.int32] | None,
    length: int,
    frequent: NDArray[np.int64],
) -> NDArray[np.int32]:
    """At each place the number of the frequent run of that length, -1 if there is none."""
    numbers = np.full(len(words.path), -1, dtype=np.int32)
    for some, _ in chunks(words):
        places, keys = _keys(words, level, pairs, length, some)
        at = np.minimum(np.searchsorted(frequent, keys), max(len(frequent) - 1, 0))
        known = np.flatnonzero(frequent[at] == keys) if len(frequent) else np.zeros(0, np.int64)
        numbers[places[known]] = at[known]
    return numbers


def chunks(words: Words) -> Iterable[tuple[slice, NDArray[np.int64]]]:
    """Cut the words between statements, and tell each word's statement."""
    ends = np.cumsum(words.lengths)
    first = 0
    while first < len(ends):
        begin = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, begin + CHUNK, side="right")))
        owners = np.repeat(np.arange(last - first), words.lengths[first:last])
        yield slice(begin, int(ends[last - 1])), owners
        first = last
