"""Calibration: the temperature that makes a confidence mean what it says."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from stance.labeller import softmax


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
