"""The plain way from texts to scores: what every faster way must agree with, bit for bit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stance.features import WORDLESS_ROW, Vocabulary
from stance.filters import Filters


class Parts(NamedTuple):
    """What a model scores by; see :class:`stance.model.StanceModel`.

    Attributes
    ----------
    vocabulary : Vocabulary
        Features, one a row.
    weights : (n_features, n_labels) int16 array
        Weight of each feature for each label, in units of ``2 ** -precision``.
    precision : int
        Binary digits behind the point.
    filters : Filters or None
        Soft n-grams.
    """

    vocabulary: Vocabulary
    weights: NDArray[np.int16]
    precision: int
    filters: Filters | None

    @property
    def unit(self) -> float:
        """What a weight of 1 adds to a score."""
        return 0.5**self.precision


def plain_scores(parts: Parts, texts: Sequence[str]) -> NDArray[np.float64]:
    """Give every label's score.

    Parameters
    ----------
    parts : Parts
        What to score by.
    texts : sequence of str
        Statements, at least one.

    Returns
    -------
    (n_texts, n_labels) float64 array
        Each from its own text alone.
    """
    paths = parts.vocabulary.paths(texts)
    rows, starts = parts.vocabulary.rows_of(paths)
    sums = np.add.reduceat(parts.weights.take(rows, axis=0), starts, axis=0, dtype=np.int64)
    scores = sums * parts.unit
    if parts.filters is not None:
        soft = parts.filters.scores(paths.rows, paths.lengths)
        begins = np.cumsum(paths.lengths) - paths.lengths
        # A text without words has a score of its own.
        soft[paths.rows[begins + 1] == WORDLESS_ROW] = 0.0
        scores += soft
    return scores
