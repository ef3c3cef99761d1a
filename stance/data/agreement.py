"""How far two readers agree: kappa, F1 of each stance, and where they differ."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stance.data.datasets import load_labels
from stance.errors import DataError
from stance.stances import LABELS, STANCES


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two readings of the same statements.

    Attributes
    ----------
    n : int
        Statements that both have read.
    kappa : float
        Cohen's kappa (1960) of the primary labels; 1 is full agreement, 0 what chance would give.
    f1 : mapping of str to float
        For each stance, F1 of its presence in one reading against the other; 1 where neither saw it.
    differences : tuple of (str, tuple of str, tuple of str)
        Id and both sets of stances, wherever they differ.
    only_first, only_second : int
        Statements that only one of the two has read.
    """

    n: int
    kappa: float
    f1: Mapping[str, float]
    differences: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    only_first: int
    only_second: int

    def __str__(self) -> str:
        macro = sum(self.f1.values()) / len(self.f1)
        lines = [f"{self.n:,} statements read twice: kappa {self.kappa:.3f}, macro-F1 {macro:.3f}"]
        lines += [f"  {stance:<11} F1 {value:.3f}" for stance, value in self.f1.items()]
        if self.only_first or self.only_second:
            lines.append(f"  read once: {self.only_first:,} and {self.only_second:,}")
        lines += [
            f"  {key}  {'|'.join(first) or 'other'}  against  {'|'.join(second) or 'other'}"
            for key, first, second in self.differences
        ]
        return "\n".join(lines)


def agreement(first: str | os.PathLike[str], second: str | os.PathLike[str]) -> Agreement:
    """Compare two files of labels.

    Parameters
    ----------
    first, second : path
        CSV or JSON Lines with ``id`` and ``primary``, and ``stances`` if there are several; texts are
        not needed. See :func:`stance.data.datasets.load_labels`.

    Returns
    -------
    Agreement
        Over the statements that both files have.

    Raises
    ------
    DataError
        If a file breaks a rule, or no statement is in both.
    """
    one, other = load_labels(first), load_labels(second)
    both = [key for key in one if key in other]
    if not both:
        raise DataError(f"no id of {first} is in {second}")
    return Agreement(
        n=len(both),
        kappa=cohens_kappa(
            [_primary(one[key]) for key in both], [_primary(other[key]) for key in both]
        ),
        f1={s: _f1([(s in one[key], s in other[key]) for key in both]) for s in STANCES},
        differences=tuple(
            (key, one[key], other[key]) for key in both if set(one[key]) != set(other[key])
        ),
        only_first=len(one) - len(both),
        only_second=len(other) - len(both),
    )


def _primary(stances: tuple[str, ...]) -> str:
    return stances[0] if stances else LABELS[-1]


def cohens_kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Give Cohen's kappa of two readers' labels of the same things; 1 if there is nothing to compare."""
    if not first:
        return 1.0
    n = len(first)
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    one, other = Counter(first), Counter(second)
    expected = sum(count * other[label] for label, count in one.items()) / (n * n)
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)


def _f1(pairs: Sequence[tuple[bool, bool]]) -> float:
    hits = sum(a and b for a, b in pairs)
    seen = sum(a for a, _ in pairs) + sum(b for _, b in pairs)
    return 2 * hits / seen if seen else 1.0
