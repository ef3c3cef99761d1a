"""Slices of the data (kind, source, length, ...): how right a model is in each, against the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stance.data.datasets import LabelledStatement
from stance.metrics import (
    RESAMPLES,
    Score,
    confusions,
    f1_of,
    label_columns,
    resample_weights,
    score_of,
)
from stance.stances import STANCES

MOST_VALUES: Final = 12
"""Values of a column that is sliced, at most."""

FEWEST: Final = 5
"""Statements of a stance in a slice, and in the rest, from which the stance counts there."""

LENGTH: Final = "words"
"""Name of the slices by length."""

_FIRST_COLUMNS: Final = ("kind", "source")
_EMPTY: Final = ("", "None")


@dataclass(frozen=True, slots=True)
class Slice:
    """How right a model is on one part of the statements.

    Attributes
    ----------
    column, value : str
        Which part.
    n : int
        Statements in it.
    accuracy : Score
        Share of right labels, of all five.
    stances : tuple of str
        Stances with at least five statements in the slice and in the rest: those that
        `macro_f1` and `difference` are means over.
    macro_f1 : Score or None
        Mean F1 of those stances in the slice; None if there are none.
    difference : Score or None
        The same less that of all other statements; None if there are none.
    """

    column: str
    value: str
    n: int
    accuracy: Score
    stances: tuple[str, ...]
    macro_f1: Score | None
    difference: Score | None

    @property
    def worse(self) -> bool:
        """Whether the whole interval of the difference lies below 0."""
        return self.difference is not None and self.difference.high < 0


def score_slices(
    statements: Sequence[LabelledStatement],
    probabilities: NDArray[np.float64],
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> tuple[Slice, ...]:
    """Score every slice, and compare it with the statements outside of it.

    Parameters
    ----------
    statements : sequence of LabelledStatement
        The data. It is sliced by each column of 2 to 12 values, by whether a statement was drawn
        at random, and by the quartiles of the length in words.
    probabilities : (n_statements, 5) float64 array
        Columns in the order of :data:`stance.stances.LABELS`.
    resamples : int, default 1000
        Bootstrap samples for the intervals.
    seed : int, default 0
        Seed of the bootstrap.

    Returns
    -------
    tuple of Slice
        Kind and source first, other columns in their order, then length.

    Raises
    ------
    DataError
        If there are no statements, or shapes do not fit.
    """
    truth = label_columns(probabilities, [s.primary for s in statements])
    predicted = probabilities.argmax(axis=1)
    found = list(find_slices(statements))
    # Few weights are in memory at once; the confusions of every sample are small.
    parts: list[list[tuple[NDArray[np.float64], NDArray[np.float64]]]] = [[] for _ in found]
    for weights in resample_weights(len(truth), resamples, seed):
        everything = confusions(predicted, truth, weights)
        for (_, _, rows), part in zip(found, parts, strict=True):
            inside = confusions(predicted[rows], truth[rows], weights[:, rows])
            part.append((inside, everything - inside))
    return tuple(
        _score_slice(
            column,
            value,
            np.concatenate([inside for inside, _ in part]),
            np.concatenate([outside for _, outside in part]),
        )
        for (column, value, _), part in zip(found, parts, strict=True)
    )


def find_slices(
    statements: Sequence[LabelledStatement],
) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    """Find the parts that statements can be scored by.

    Parameters
    ----------
    statements : sequence of LabelledStatement
        The data.

    Yields
    ------
    column, value : str
        Which part.
    (n_statements,) bool array
        Whether each statement is in it; neither all are nor none.
    """
    names = dict.fromkeys(name for s in statements for name in s.slices)
    first = [name for name in _FIRST_COLUMNS if name in names]
    for column in dict.fromkeys([*first, *names]):
        cells = [s.slices.get(column, "") for s in statements]
        values = sorted(set(cells) - set(_EMPTY))
        if len(set(cells)) >= 2 and 1 <= len(values) <= MOST_VALUES:
            for value in values:
                yield column, value, np.array([cell == value for cell in cells])
    natural = np.array([s.natural for s in statements])
    if natural.any() and not natural.all():
        yield "drawn", "at random", natural
        yield "drawn", "otherwise", ~natural
    lengths = np.array([len(s.text.split()) for s in statements])
    inner = np.quantile(lengths, [0.25, 0.5, 0.75], method="lower")
    parts = defaultdict(list)
    for row, part in enumerate(np.searchsorted(inner, lengths, side="left").tolist()):
        parts[part].append(row)
    if len(parts) > 1:
        for _, rows in sorted(parts.items()):
            chosen = np.zeros(len(lengths), dtype=bool)
            chosen[rows] = True
            low, high = lengths[rows].min(), lengths[rows].max()
            yield LENGTH, f"{low}" if low == high else f"{low} to {high}", chosen


def _score_slice(
    column: str, value: str, inside: NDArray[np.float64], outside: NDArray[np.float64]
) -> Slice:
    """Score a slice by its confusions and those of the rest, (1 + n_resamples, 5, 5) each."""
    enough = np.minimum(inside[0].sum(axis=1), outside[0].sum(axis=1)) >= FEWEST
    counted = np.flatnonzero(enough[: len(STANCES)])
    total = inside.sum(axis=(1, 2))
    drawn = total > 0  # a small slice is missing from a few of the samples
    macro_f1, difference = None, None
    if len(counted):
        own = f1_of(inside)[:, counted].mean(axis=1)
        macro_f1 = score_of(own)
        difference = score_of(own - f1_of(outside)[:, counted].mean(axis=1))
    return Slice(
        column=column,
        value=value,
        n=int(total[0]),
        accuracy=score_of(np.einsum("bii->b", inside)[drawn] / total[drawn]),
        stances=tuple(STANCES[i] for i in counted),
        macro_f1=macro_f1,
        difference=difference,
    )
