"""What labelled data holds: counts by label and column, lengths, how varied its wording is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from stance.data.datasets import LabelledStatement
from stance.errors import DataError
from stance.stances import LABELS
from stance.text import words

RUN: Final = 4
"""Words in the runs whose repetition is counted."""

OPENING: Final = 3
"""Words in an opening."""

SEVERAL: Final = "several"
"""Name of the column of statements with more than one stance."""

_MOST_VALUES: Final = 30  # of a column that gets a table of its own
_OPENINGS_SHOWN: Final = 5
_CELLS_AT_ONCE: Final = 2**24


@dataclass(frozen=True, slots=True)
class Description:
    """Facts of a set of labelled statements.

    Attributes
    ----------
    n, n_groups : int
        Statements, and groups (documents, scenarios) of them.
    counts : mapping of str to int
        Statements of each label, and of several stances.
    columns : mapping of str to mapping of str to mapping of str to int
        For each column of at most 30 values, the counts of each value.
    filled : mapping of str to (int, int)
        For each column with empty cells or more values than that: statements that have one, and how
        many values there are.
    shortest, median, longest : int
        Words (parted by white space).
    repeated_runs : float
        Share of 4-word runs that stand in more than one group.
    nearest : tuple of float
        Jaccard similarity of a statement's words to those of the likest statement of another group:
        its median, its 95th percentile, its maximum.
    openings : tuple of (str, float)
        The commonest openings of three words, with their share of the statements.
    """

    n: int
    n_groups: int
    counts: Mapping[str, int]
    columns: Mapping[str, Mapping[str, Mapping[str, int]]]
    filled: Mapping[str, tuple[int, int]]
    shortest: int
    median: int
    longest: int
    repeated_runs: float
    nearest: tuple[float, float, float]
    openings: tuple[tuple[str, float], ...]

    def __str__(self) -> str:
        lines = [f"{self.n:,} statements in {self.n_groups:,} groups"]
        for name, rows in self._tables():
            lines += ["", f"{name:<28}" + "".join(f"{head:>12}" for head in _HEADS)]
            lines += [f"{row:<28}" + "".join(f"{c:>12,}" for c in cells) for row, cells in rows]
        return "\n".join([*lines, "", *self._facts()])

    def as_markdown(self) -> str:
        """Lay the description out as Markdown tables."""
        lines: list[str] = []
        for name, rows in self._tables():
            lines += [f"| {name} | " + " | ".join(_HEADS) + " |", "|---" * (len(_HEADS) + 1) + "|"]
            lines += [
                f"| {row} | " + " | ".join(f"{c:,}" for c in cells) + " |" for row, cells in rows
            ]
            lines.append("")
        return "\n".join([*lines, *(f"- {fact}" for fact in self._facts())])

    def _tables(self) -> list[tuple[str, list[tuple[str, list[int]]]]]:
        tables = [("", [("all", _cells(self.counts))])]
        for column, values in self.columns.items():
            tables.append((column, [(value, _cells(counts)) for value, counts in values.items()]))
        return tables

    def _facts(self) -> list[str]:
        facts = [
            f"{column}: {filled:,} statements have one, of {values:,} values"
            for column, (filled, values) in self.filled.items()
        ]
        facts.append(f"words: {self.shortest} to {self.longest}, median {self.median}")
        facts.append(f"{RUN}-word runs that stand in more than one group: {self.repeated_runs:.1%}")
        median, high, most = self.nearest
        facts.append(
            "similarity to the likest statement of another group (Jaccard): "
            f"median {median:.2f}, 95th percentile {high:.2f}, most {most:.2f}"
        )
        shown = ", ".join(f'"{opening}" {share:.2%}' for opening, share in self.openings)
        return [*facts, f"commonest openings of {OPENING} words: {shown}"]


_HEADS: Final = ("statements", *LABELS, SEVERAL)


def describe(statements: Sequence[LabelledStatement]) -> Description:
    """Count what labelled statements hold.

    Parameters
    ----------
    statements : sequence of LabelledStatement
        The data.

    Returns
    -------
    Description
        Its facts; prints as tables.

    Raises
    ------
    DataError
        If there are no statements.
    """
    if not statements:
        raise DataError("there are no statements to describe")
    n = len(statements)
    columns: dict[str, dict[str, Mapping[str, int]]] = {}
    filled: dict[str, tuple[int, int]] = {}
    for name in dict.fromkeys(name for s in statements for name in s.slices):
        by_value = defaultdict(list)
        for s in statements:
            if value := s.slices.get(name):
                by_value[value].append(s)
        some = sum(map(len, by_value.values()))
        if by_value and (some < n or len(by_value) > _MOST_VALUES):
            filled[name] = (some, len(by_value))
        if 0 < len(by_value) <= _MOST_VALUES:
            columns[name] = {value: _count(by_value[value]) for value in sorted(by_value)}
    lengths = sorted(len(s.text.split()) for s in statements)
    tokens = [words(s.text) for s in statements]
    groups = np.unique([s.group for s in statements], return_inverse=True)[1]
    openings = Counter(" ".join(s.text.lower().split()[:OPENING]) for s in statements)
    return Description(
        n=n,
        n_groups=int(groups.max()) + 1,
        counts=_count(statements),
        columns=columns,
        filled=filled,
        shortest=lengths[0],
        median=lengths[n // 2],
        longest=lengths[-1],
        repeated_runs=_repeated_runs(tokens, groups),
        nearest=_nearest(tokens, groups),
        openings=tuple((text, count / n) for text, count in openings.most_common(_OPENINGS_SHOWN)),
    )


def _cells(counts: Mapping[str, int]) -> list[int]:
    return [sum(counts[label] for label in LABELS), *(counts[name] for name in _HEADS[1:])]


def _count(statements: Iterable[LabelledStatement]) -> dict[str, int]:
    counts = dict.fromkeys([*LABELS, SEVERAL], 0)
    for s in statements:
        counts[s.primary] += 1
        counts[SEVERAL] += len(s.stances) > 1
    return counts


def _repeated_runs(tokens: Sequence[Sequence[str]], groups: NDArray[np.intp]) -> float:
    holders: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for some, group in zip(tokens, groups.tolist(), strict=True):
        for i in range(len(some) - RUN + 1):
            holders[tuple(some[i : i + RUN])].add(group)
    return sum(len(found) > 1 for found in holders.values()) / max(len(holders), 1)


def _nearest(
    tokens: Sequence[Sequence[str]], groups: NDArray[np.intp]
) -> tuple[float, float, float]:
    """Median, 95th percentile and maximum of the similarity to the likest of another group."""
    column_of: dict[str, int] = {}
    bags = [[column_of.setdefault(w, len(column_of)) for w in set(some)] for some in tokens]
    ends = np.cumsum([0, *map(len, bags)])
    flat = np.array([column for bag in bags for column in bag], dtype=np.int64)
    shape = (len(bags), max(len(column_of), 1))
    matrix = csr_array((np.ones(len(flat), dtype=np.float32), flat, ends), shape=shape)
    sizes = np.diff(ends)
    best = np.zeros(len(bags))
    step = max(1, _CELLS_AT_ONCE // len(bags))
    for first in range(0, len(bags), step):
        part = slice(first, first + step)
        shared = (matrix[part] @ matrix.T).toarray()
        union = sizes[part, None] + sizes[None, :] - shared
        similar = shared / np.maximum(union, 1)
        similar[groups[part, None] == groups[None, :]] = 0
        best[part] = similar.max(axis=1)
    return float(np.median(best)), float(np.quantile(best, 0.95)), float(best.max())
