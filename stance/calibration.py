"""Calibration: the temperature that makes a confidence mean what it says."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from stance.softmax import softmax

USUAL_THRESHOLD: Final = 0.25
"""Probability from which a stance beside the label counts, if nothing better is known."""

_GRID: Final = np.arange(0.05, 0.5, 0.01)


def best_temperature(
    scores: NDArray[np.float64], target: NDArray[np.intp], weight: NDArray[np.float64]
) -> float:
    """Find the temperature with the least log loss.

    Parameters
    ----------
    scores : (n_statements, n_labels) float64 array
        Scores of statements that were not learned from.
    target : (n_statements,) int array
        The column of each one's true label.
    weight : (n_statements,) float64 array
        Weight of each statement.

    Returns
    -------
    float
        What to divide the scores by.

    References
    ----------
    Guo et al. (2017), On Calibration of Modern Neural Networks, section 4.2.
    """

    def loss(log_temperature: float) -> float:
        probabilities = softmax(scores / np.exp(log_temperature))
        chosen = probabilities[np.arange(len(target)), target]
        return float(-np.average(np.log(np.maximum(chosen, 1e-300)), weights=weight))

    return float(np.exp(minimize_scalar(loss, bounds=(-3.0, 3.0), method="bounded").x))


def best_thresholds(probabilities: NDArray[np.float64], present: NDArray[np.bool_]) -> list[float]:
    """Find from which probability a label beside the most probable one is best taken as present.

    Parameters
    ----------
    probabilities : (n_statements, n_labels) float64 array
        Of statements that were not learned from.
    present : (n_statements, n_labels) bool array
        Whether each label is.

    Returns
    -------
    list of float
        For each label the threshold with the highest F1, among the statements where another label is
        the most probable one; 0.25 where that label is never present.
    """
    best = probabilities.argmax(axis=1)
    found = []
    for column in range(probabilities.shape[1]):
        beside = best != column
        truth, shown = present[beside, column], probabilities[beside, column]
        if not truth.any():
            found.append(USUAL_THRESHOLD)
            continue
        hits = [((shown >= t) & truth).sum() for t in _GRID]
        scores = [
            2 * hit / ((shown >= t).sum() + truth.sum()) for t, hit in zip(_GRID, hits, strict=True)
        ]
        found.append(float(_GRID[int(np.argmax(scores))]))
    return found
