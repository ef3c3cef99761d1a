"""What was learned -> a StanceModel: weights over the temperature, as integers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stance.features import END, RESERVED, START, WORDLESS, Vocabulary
from stance.labeller import wordless_scores
from stance.learning.learned import Learned
from stance.lengths import scales_of
from stance.model import StanceModel
from stance.stances import LABELS, OTHER, STANCES

_WEIGHT_RANGE: Final = np.iinfo(np.int16).max


def assemble(
    vocabulary: Vocabulary,
    parts: Learned,
    classes: NDArray[Any],
    *,
    temperature: float,
    thresholds: Mapping[str, float],
    pivot: int,
) -> StanceModel:
    """Divide the weights by the temperature, and make integers of them.

    Parameters
    ----------
    vocabulary : Vocabulary
        The features.
    parts : Learned
        Their weights, and soft n-grams if there are any.
    classes : (n_labels,) array
        The label of each column of the weights.
    temperature : float
        What scores are divided by.
    thresholds : mapping of str to float
        For each stance, the probability from which it counts beside the label.
    pivot : int
        Tokens of a statement whose sum of weights is not scaled.

    Returns
    -------
    StanceModel
        Its labels are in the order of :data:`stance.stances.LABELS`.
    """
    names = [str(label) for label in classes]
    labels = [label for label in LABELS if label in names] or names
    order = [names.index(label) for label in labels]
    weights = parts.regression.coefficients[:, order] / temperature
    intercept = parts.regression.intercept[order] / temperature
    weights[: len(RESERVED)] = 0.0
    weights[0] = intercept
    if OTHER in labels:
        # Scaled, too, and between its bounds it is of the length of one word.
        scale = float(scales_of(len((START, WORDLESS, END)), pivot))
        weights[RESERVED.index(WORDLESS)] = (wordless_scores(labels) - intercept) / scale
    largest = float(np.abs(weights).max())
    precision = int(np.floor(np.log2(_WEIGHT_RANGE / max(largest, 1e-9))))
    precision = min(max(precision, 0), 30)
    integers = np.rint(weights * 2.0**precision).astype(np.int16, order="C")
    reach = {label: float(thresholds[label]) for label in labels if label in STANCES}
    filters = parts.filters
    if filters is not None:
        filters = filters.scaled(1 / temperature)
        filters = replace(filters, weights=np.ascontiguousarray(filters.weights[:, order]))
    return StanceModel(
        tuple(labels), vocabulary, integers, precision, reach, filters=filters, pivot=pivot
    )
