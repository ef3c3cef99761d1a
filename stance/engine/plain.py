"""The plain way from texts to scores: what every faster way must agree with, bit for bit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from stance.features import INTERCEPT_ROW, WORDLESS_ROW, Vocabulary
from stance.filters import Filters
from stance.late_numpy import NDArray, np
from stance.lengths import scales_of


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
    pivot : int
        Tokens of a text whose sum is left as it is; see :mod:`stance.lengths`.
    """

    vocabulary: Vocabulary
    weights: NDArray[np.int16]
    precision: int
    filters: Filters | None
    pivot: int = 0

    @property
    def unit(self) -> float:
        """What a weight of 1 adds to a score."""
        return 0.5**self.precision

    def weigh(
        self, sums: NDArray[np.int64], lengths: NDArray[np.int64] | int
    ) -> NDArray[np.float64]:
        """Make scores of sums of weights: scaled by the length of the text, but for the intercept.

        Parameters
        ----------
        sums : (n_texts, n_labels) int64 array, or (n_labels,) of one text
            The weights of each text's features, and the intercept, added up.
        lengths : (n_texts,) int64 array, or int
            Tokens of each, bounds counted.

        Returns
        -------
        float64 array of the shape of `sums`
            Multiples of a power of two, without rounding.
        """
        intercept = self.weights[INTERCEPT_ROW]
        scales = scales_of(lengths, self.pivot)[..., None]
        return np.asarray(((sums - intercept) * scales + intercept) * self.unit)


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
    scores = parts.weigh(sums, paths.lengths)
    if parts.filters is not None:
        soft = parts.filters.scores(paths.rows, paths.lengths)
        begins = np.cumsum(paths.lengths) - paths.lengths
        # A text without words has a score of its own.
        soft[paths.rows[begins + 1] == WORDLESS_ROW] = 0.0
        scores += soft
    return scores
