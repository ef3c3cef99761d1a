"""Weights of words that stand in each other's place, brought near to each other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from stance.learning.learned import Features, Learned
from stance.learning.regression import SoftmaxRegression


def even(
    learned: Learned, data: Features, groups: Sequence[Collection[str]], apart: float
) -> Learned:
    """Move the weights and vectors of each group's words towards their mean.

    Collections accuse some countries and people more often than others; who is named is no part of a
    speech act, and must hardly move its label.

    Parameters
    ----------
    learned : Learned
        Weights of n-grams, and soft n-grams if there are any.
    data : Features
        The statements that they were learned from.
    groups : sequence of collections of str
        Words that are alike but for who is meant.
    apart : float
        What is left of each word's distance to the mean of its group, 0 to 1; a word that the
        statements never had is put at the mean.

    Returns
    -------
    Learned
        A copy.
    """
    coefficients = learned.regression.coefficients.copy()
    filters = learned.filters
    vectors = None if filters is None else filters.vectors.astype(np.float64)
    word_rows = data.vocabulary.word_rows
    seen = np.zeros(coefficients.shape[0], dtype=bool)
    seen[data.counts.indices] = True
    for group in groups:
        rows = np.array(sorted(word_rows[word] for word in group if word in word_rows), dtype=int)
        for array in (coefficients, vectors):
            if array is not None and seen[rows].any():
                _gather(array, rows, seen[rows], apart)
    if filters is not None and vectors is not None:
        filters = replace(filters, vectors=np.rint(vectors).astype(np.int8))
    return Learned(SoftmaxRegression(coefficients, learned.regression.intercept), filters)


def _gather(
    array: NDArray[np.float64], rows: NDArray[np.intp], seen: NDArray[np.bool_], apart: float
) -> None:
    mean = array[rows[seen]].mean(axis=0)
    array[rows] = mean + np.where(seen, apart, 0.0)[:, None] * (array[rows] - mean)
