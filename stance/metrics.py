"""Figures of weighted statements: F1, calibration, average precision, and their bootstrap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stance.errors import DataError
from stance.stances import LABELS, STANCES

N_BINS: Final = 15
"""Bins of the expected calibration error, of equal width in the confidence."""

KINDS: Final = ("precision", "recall", "f1", "average_precision")
"""Figures of each stance."""

LEVEL: Final = 0.95
"""Level of every interval."""

RESAMPLES: Final = 1000
"""Bootstrap samples of every interval, unless told otherwise."""

_FLOATS_AT_ONCE: Final = 2**23


@dataclass(frozen=True, slots=True)
class Score:
    """One figure with its 95 % interval (percentile bootstrap over statements)."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def label_columns(probabilities: NDArray[np.float64], labels: Sequence[str]) -> NDArray[np.intp]:
    """Check probabilities against labels, and find the column of each label.

    Parameters
    ----------
    probabilities : (n_statements, 5) float64 array
        Columns in the order of :data:`stance.stances.LABELS`.
    labels : sequence of str
        The true label of each statement.

    Returns
    -------
    (n_statements,) int array
        Positions in :data:`stance.stances.LABELS`.

    Raises
    ------
    DataError
        If there are no statements, shapes do not fit, or a label is unknown.
    """
    shape = (len(labels), len(LABELS))
    if not labels or probabilities.shape != shape:
        raise DataError(f"expected probabilities of shape {shape}, got {probabilities.shape}")
    unknown = sorted({str(label) for label in labels} - set(LABELS))
    if unknown:
        raise DataError(f"labels {unknown} are not among {', '.join(LABELS)}")
    return np.array([LABELS.index(label) for label in labels])


def resample_weights(n: int, resamples: int, seed: int) -> Iterator[NDArray[np.float64]]:
    """Yield how often each statement counts: once, then in each bootstrap sample.

    Parameters
    ----------
    n : int
        Statements.
    resamples : int
        Bootstrap samples.
    seed : int
        Seed of the bootstrap; the same seed and `n` draw the same samples.

    Yields
    ------
    (n_some, n) float64 array
        Weights, a row a sample. The first array is one row of ones; few are in memory at once.
    """
    rng = np.random.default_rng(seed)
    step = max(1, _FLOATS_AT_ONCE // n)
    yield np.ones((1, n))
    for first in range(0, resamples, step):
        size = min(step, resamples - first)
        yield rng.multinomial(n, np.full(n, 1 / n), size=size).astype(np.float64)


def score_of(values: NDArray[np.float64]) -> Score:
    """Make a score of values: the first is the figure, the others are its resamples.

    Parameters
    ----------
    values : (1 + n_resamples,) float64 array
        In the order of :func:`resample_weights`.

    Returns
    -------
    Score
        The figure with the middle 95 % of its resamples.
    """
    tail = (1 - LEVEL) / 2
    resampled = values[1:] if len(values) > 1 else values
    low, high = np.quantile(resampled, [tail, 1 - tail])
    return Score(float(values[0]), float(low), float(high))


def confusions(
    predicted: NDArray[np.intp], truth: NDArray[np.intp], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Count true against predicted labels under each row of weights.

    Parameters
    ----------
    predicted, truth : (n_statements,) int array
        Positions in :data:`stance.stances.LABELS`.
    weights : (n_resamples, n_statements) float64 array
        How often each statement counts.

    Returns
    -------
    (n_resamples, 5, 5) float64 array
        Rows are true, columns predicted labels.
    """
    k = len(LABELS)
    cells = np.eye(k * k)[truth * k + predicted]
    return np.asarray((weights @ cells).reshape(-1, k, k))


def f1_of(confusion: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the F1 of each label, 0 where there is nothing to divide by.

    Parameters
    ----------
    confusion : (n_resamples, 5, 5) float64 array
        As :func:`confusions` gives it.

    Returns
    -------
    (n_resamples, 5) float64 array
        A column a label.
    """
    hits = np.einsum("bii->bi", confusion)
    return _ratio(2 * hits, confusion.sum(axis=1) + confusion.sum(axis=2))


def weighted_figures(
    probabilities: NDArray[np.float64], truth: NDArray[np.intp], weights: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    """Compute every figure under each row of weights.

    Parameters
    ----------
    probabilities : (n_statements, 5) float64 array
        Columns in the order of :data:`stance.stances.LABELS`.
    truth : (n_statements,) int array
        Positions in :data:`stance.stances.LABELS`.
    weights : (n_resamples, n_statements) float64 array
        How often each statement counts.

    Returns
    -------
    dict of str to (n_resamples,) float64 array
        ``macro_f1``, ``accuracy``, ``calibration_error``, ``brier``, and for each stance, as in
        ``"denial f1"``, those of :data:`KINDS`.
    """
    predicted = probabilities.argmax(axis=1)
    confusion = confusions(predicted, truth, weights)
    hits = np.einsum("bii->bi", confusion)
    precision = _ratio(hits, confusion.sum(axis=1))
    recall = _ratio(hits, confusion.sum(axis=2))
    f1 = f1_of(confusion)
    total = weights.sum(axis=1)
    squares = ((probabilities - np.eye(len(LABELS))[truth]) ** 2).sum(axis=1)
    figures = {
        "macro_f1": f1[:, : len(STANCES)].mean(axis=1),
        "accuracy": hits.sum(axis=1) / total,
        "calibration_error": _calibration_error(probabilities, predicted == truth, weights),
        "brier": weights @ squares / total,
    }
    for i, stance in enumerate(STANCES):
        ranked = _average_precision(probabilities[:, i], truth == i, weights)
        columns = (precision[:, i], recall[:, i], f1[:, i], ranked)
        figures |= {f"{stance} {kind}": c for kind, c in zip(KINDS, columns, strict=True)}
    return figures


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _calibration_error(
    probabilities: NDArray[np.float64], right: NDArray[np.bool_], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    confidence = probabilities.max(axis=1)
    bins = np.eye(N_BINS)[np.minimum((confidence * N_BINS).astype(int), N_BINS - 1)]
    gaps = weights @ (bins * (confidence - right)[:, None])
    return np.asarray(np.abs(gaps).sum(axis=1) / weights.sum(axis=1))


def _average_precision(
    score: NDArray[np.float64], positive: NDArray[np.bool_], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Area under the precision-recall steps, equal scores taken together."""
    order = np.argsort(-score, kind="stable")
    ends = np.append(np.diff(score[order]) != 0, True)
    weighted = weights[:, order]
    found = np.cumsum(weighted * positive[order], axis=1)[:, ends]
    shown = np.cumsum(weighted, axis=1)[:, ends]
    gained = np.diff(found, axis=1, prepend=0)
    area = (gained * _ratio(found, shown)).sum(axis=1)
    return _ratio(area, found[:, -1])
