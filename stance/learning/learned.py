"""What a classifier learns from statements: weights of n-grams, and soft n-grams beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

from stance.features import Vocabulary
from stance.filters import Filters
from stance.learning.counts import (
    count_matrix,
    feature_scales,
    learn_vocabulary,
    spelling,
)
from stance.learning.regression import SoftmaxRegression, fit_softmax
from stance.learning.run_counts import number_words
from stance.lengths import LONGEST, scales_of
from stance.text import words

if TYPE_CHECKING:
    from stance.learning.filter_training import FilterSettings


@dataclass(frozen=True, eq=False)
class Features:
    """Statements as they are learned from.

    Attributes
    ----------
    vocabulary : Vocabulary
        The features.
    texts : (n_statements,) array of str
        The statements.
    counts : (n_statements, n_features) sparse array
        Their features, scaled by the length of each statement.
    scaled : (n_features, n_features) sparse array
        What each feature stands for while learning; see :func:`stance.learning.counts.spelling`.
    pivot : int
        Tokens of a statement that is not scaled; see :mod:`stance.lengths`.
    """

    vocabulary: Vocabulary
    texts: NDArray[np.object_]
    counts: csr_array
    scaled: csr_array
    pivot: int

    @classmethod
    def learned_from(
        cls,
        texts: list[str],
        *,
        order: int,
        min_count: int,
        max_features: int | None,
        alike: Mapping[str, str] = MappingProxyType({}),
    ) -> Features:
        """Learn a vocabulary from statements, and count its features in them.

        Parameters
        ----------
        texts : list of str
            The statements.
        order, min_count, max_features, alike
            As :func:`stance.learning.counts.learn_vocabulary` takes them.

        Returns
        -------
        Features
            The statements with their features.
        """
        tokenised: Iterable[list[str]] = map(words, texts)
        if alike:
            tokenised = ([alike.get(word, word) for word in found] for found in tokenised)
        numbered = number_words(tokenised)
        vocabulary = learn_vocabulary(
            numbered,
            order=order,
            min_count=min_count,
            max_features=max_features,
            alike=alike,
        )
        counts, spelled = count_matrix(vocabulary, numbered), spelling(vocabulary)
        scaled = csr_array(spelled @ diags_array(feature_scales(counts, spelled, vocabulary)))
        pivot = min(int(np.median(numbered.lengths)), LONGEST)
        scales = np.repeat(scales_of(numbered.lengths, pivot), np.diff(counts.indptr))
        counts.data *= scales.astype(np.float32)  # without rounding, and without a copy
        return cls(vocabulary, np.array(texts, dtype=object), counts, scaled, pivot)

    def take(self, rows: NDArray[np.intp]) -> Features:
        """Pick statements."""
        return Features(
            self.vocabulary, self.texts[rows], self.counts[rows], self.scaled, self.pivot
        )


@dataclass(frozen=True, eq=False)
class Learned:
    """What is learned: weights of n-grams, and soft n-grams if there are any.

    Attributes
    ----------
    regression : SoftmaxRegression
        Weights of the features, and the intercept.
    filters : Filters or None
        Soft n-grams.
    """

    regression: SoftmaxRegression
    filters: Filters | None

    def scores(self, data: Features) -> NDArray[np.float64]:
        """Score each label of each statement: (n_statements, n_labels)."""
        scores = self.regression.scores(data.counts)
        if self.filters is not None:
            paths = data.vocabulary.paths(data.texts.tolist())
            scores += self.filters.scores(paths.rows, paths.lengths)
        return scores


def learn(
    data: Features,
    weighed: NDArray[np.float64],
    *,
    alpha: float,
    max_iter: int,
    filters: FilterSettings | None,
    filter_share: float,
) -> Learned:
    """Learn from shares of labels.

    The two parts learn apart from each other, and their scores are averaged: each errs where the
    other does not.

    Parameters
    ----------
    data : Features
        The statements.
    weighed : (n_statements, n_labels) float64 array
        Share of each label times the statement's weight.
    alpha, max_iter
        As :func:`stance.learning.regression.fit_softmax` takes them.
    filters : FilterSettings or None
        How to train soft n-grams, if at all.
    filter_share : float
        Their weight in the average.

    Returns
    -------
    Learned
        Both parts.
    """
    weight = weighed.sum(axis=1)
    shares = weighed / np.maximum(weight, 1e-300)[:, None]
    regression = fit_softmax(
        data.counts, data.scaled, shares, weight, alpha=alpha, max_iter=max_iter
    )
    if filters is None:
        return Learned(regression, None)
    # Needs torch, an optional extra.
    from stance.learning.filter_training import train_filters  # noqa: PLC0415

    paths = data.vocabulary.paths(data.texts.tolist())
    found, intercept = train_filters(data.vocabulary, paths, shares, weight, settings=filters)
    mixed = SoftmaxRegression(
        regression.coefficients * (1 - filter_share),
        regression.intercept * (1 - filter_share) + intercept * filter_share,
    )
    return Learned(mixed, found.scaled(filter_share))
