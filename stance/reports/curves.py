"""Curves behind an evaluation: precision and recall, reliability, risk and coverage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stance.intervals import wilson

TARGETS: Final = (0.8, 0.85, 0.9, 0.95, 0.98)
"""Shares of right labels that :class:`Target` is looked for."""

_BINS: Final = 10
_MOST_POINTS: Final = 400


@dataclass(frozen=True, slots=True)
class Bin:
    """Statements of like confidence.

    Attributes
    ----------
    n : int
        Statements.
    confidence : float
        Their mean confidence.
    accuracy, low, high : float
        Share of right labels among them, with its 95 % interval (Wilson).
    """

    n: int
    confidence: float
    accuracy: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Target:
    """What it takes to be right as often as wanted.

    Attributes
    ----------
    wanted : float
        Share of right labels.
    share : float
        Most of the statements, the most confident first, that can be kept for it; 0 if not even
        the surest few are right as often.
    confidence : float or None
        The least confidence among them; None if there are none.
    accuracy, low, high : float or None
        Share of right labels among them, with its 95 % interval (Wilson); None if there are none.
    """

    wanted: float
    share: float
    confidence: float | None = None
    accuracy: float | None = None
    low: float | None = None
    high: float | None = None


def precision_recall(
    score: NDArray[np.float64], positive: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give precision and recall at every threshold, the highest first.

    Parameters
    ----------
    score : (n_statements,) float64 array
        A stance's probability.
    positive : (n_statements,) bool array
        Whether each statement takes that stance; some must.

    Returns
    -------
    recall, precision : (n_points,) float64 array
        At most 400 points, equal scores taken together.
    """
    order = np.argsort(-score, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(score[order]) != 0, True))
    found = np.cumsum(positive[order])[ends]
    chosen = _thin(len(ends))
    return (found / found[-1])[chosen], (found / (ends + 1))[chosen]


def reliability(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[Bin, ...]:
    """Compare confidence with the share of right labels.

    Parameters
    ----------
    confidence : (n_statements,) float64 array
        Probability of each statement's label.
    right : (n_statements,) bool array
        Whether that label is right.

    Returns
    -------
    tuple of Bin
        Ten bins of equal width in the confidence, without the empty ones.
    """
    places = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    bins = []
    for place in np.unique(places):
        inside = places == place
        n, hits = int(inside.sum()), int(right[inside].sum())
        bins.append(Bin(n, float(confidence[inside].mean()), hits / n, *wilson(hits, n)))
    return tuple(bins)


def risk_coverage(
    confidence: NDArray[np.float64], right: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the share of wrong labels among the most confident statements.

    Parameters
    ----------
    confidence : (n_statements,) float64 array
        Probability of each statement's label.
    right : (n_statements,) bool array
        Whether that label is right.

    Returns
    -------
    coverage, risk : (n_points,) float64 array
        Share kept, and share of wrong labels among those (El-Yaniv & Wiener, 2010); at most 400
        points, equal confidences taken together.
    """
    kept, hits, _ = _kept(confidence, right)
    chosen = _thin(len(kept))
    return (kept / len(right))[chosen], (1 - hits / kept)[chosen]


def find_targets(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[Target, ...]:
    """Find how many statements can be kept to be right as often as wanted.

    Parameters
    ----------
    confidence : (n_statements,) float64 array
        Probability of each statement's label.
    right : (n_statements,) bool array
        Whether that label is right.

    Returns
    -------
    tuple of Target
        One for each of :data:`TARGETS`.
    """
    kept, hits, least = _kept(confidence, right)
    targets = []
    for wanted in TARGETS:
        enough = np.flatnonzero(hits >= wanted * kept)
        if not len(enough):
            targets.append(Target(wanted, 0.0))
            continue
        n, some = int(kept[enough[-1]]), int(hits[enough[-1]])
        low, high = wilson(some, n)
        at_least = float(least[enough[-1]])
        targets.append(Target(wanted, n / len(right), at_least, some / n, low, high))
    return tuple(targets)


def _kept(
    confidence: NDArray[np.float64], right: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """How many each threshold keeps, how many of those are right, and the threshold."""
    order = np.argsort(-confidence, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(confidence[order]) != 0, True))
    return ends + 1, np.cumsum(right[order], dtype=np.intp)[ends], confidence[order][ends]


def _thin(n: int) -> NDArray[np.intp]:
    """Choose at most so many points as a picture can show, first and last among them."""
    return np.unique(np.linspace(0, n - 1, min(n, _MOST_POINTS)).round().astype(np.intp))
