"""Two models on the same statements: their differences, by the paired bootstrap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

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

_HITS: Final = "accuracy"
_MACRO: Final = "macro_f1"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a second model gains over a first one; above 0 the second is better.

    Attributes
    ----------
    macro_f1, accuracy : Score
        Differences of the figures of :class:`stance.evaluation.Evaluation`.
    stances : mapping of str to Score
        Difference of each stance's F1.
    gained, lost : int
        Statements that only the second, and only the first, labels right.
    """

    macro_f1: Score
    accuracy: Score
    stances: Mapping[str, Score]
    gained: int
    lost: int


def compare(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    labels: Sequence[str],
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Comparison:
    """Compare two models' probabilities of the same statements.

    Both are scored on the same bootstrap samples, so that what makes a sample easy or hard for both
    falls out of the difference (Efron & Tibshirani, 1993, chapter 8; Berg-Kirkpatrick et al., 2012).

    Parameters
    ----------
    first, second : (n_statements, 5) float64 array
        Columns in the order of :data:`stance.stances.LABELS`.
    labels : sequence of str
        The true label of each.
    resamples : int, default 1000
        Bootstrap samples for the intervals.
    seed : int, default 0
        Seed of the bootstrap.

    Returns
    -------
    Comparison
        Figures of the second less those of the first, with 95 % intervals.

    Raises
    ------
    DataError
        If there is nothing to compare, shapes do not fit, or a label is unknown.

    Examples
    --------
    >>> import numpy as np
    >>> right, wrong = np.eye(5)[[0, 1]], np.eye(5)[[1, 0]]
    >>> compare(wrong, right, ["accusation", "denial"]).gained
    2
    """
    truth = label_columns(first, labels)
    label_columns(second, labels)
    one, other = first.argmax(axis=1), second.argmax(axis=1)
    parts = [
        _differences(one, other, truth, weights)
        for weights in resample_weights(len(truth), resamples, seed)
    ]
    scores = {name: score_of(np.concatenate([part[name] for part in parts])) for name in parts[0]}
    return Comparison(
        macro_f1=scores[_MACRO],
        accuracy=scores[_HITS],
        stances={stance: scores[stance] for stance in STANCES},
        gained=int(((other == truth) & (one != truth)).sum()),
        lost=int(((one == truth) & (other != truth)).sum()),
    )


def _differences(
    one: NDArray[np.intp],
    other: NDArray[np.intp],
    truth: NDArray[np.intp],
    weights: NDArray[np.float64],
) -> dict[str, NDArray[np.float64]]:
    before, after = (f1_of(confusions(labels, truth, weights)) for labels in (one, other))
    change = (after - before)[:, : len(STANCES)]
    hits = weights @ ((other == truth).astype(float) - (one == truth))
    result = {_MACRO: change.mean(axis=1), _HITS: hits / weights.sum(axis=1)}
    return result | {stance: change[:, i] for i, stance in enumerate(STANCES)}
