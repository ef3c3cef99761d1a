"""StanceClassifier: the scikit-learn estimator that learns a StanceModel."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, diags_array
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.model_selection import GroupKFold, StratifiedKFold
from sklearn.utils.validation import check_is_fitted, check_random_state

from stance.calibration import USUAL_THRESHOLD, best_temperature, best_thresholds
from stance.errors import DataError, InputTypeError
from stance.features import RESERVED, WORDLESS, Vocabulary
from stance.inputs import is_missing, statements
from stance.labeller import wordless_scores
from stance.learning.counts import (
    count_matrix,
    inverse_document_frequency,
    learn_vocabulary,
    spelling,
)
from stance.learning.learned import Features, Learned, learn
from stance.model import StanceModel
from stance.softmax import softmax
from stance.stances import LABELS, OTHER, STANCES
from stance.storage.models import save
from stance.text import words

_SECOND_STANCE: Final = (
    0.25  # a stance beside the label counts from here, if nothing better is known
)
_PRESENT: Final = (
    0.15  # share from which a stance counts as present; of three stances each has more
)
_WEIGHT_RANGE: Final = np.iinfo(np.int16).max


class StanceClassifier(ClassifierMixin, BaseEstimator):
    """Softmax regression over word n-grams and spelling pieces, with calibrated probabilities.

    A scikit-learn classifier whose `X` is an iterable of strings. What it learns is
    :attr:`model_`, which predicts with numpy alone.

    Parameters
    ----------
    order : int, default 3
        Most words in an n-gram.
    min_count : int, default 2
        Statements that an n-gram must stand in to become a feature.
    max_features : int, default 1_000_000
        Most features; the rarest runs of words are left out if there are more.
    C : float, default 0.002
        Inverse strength of the L2 penalty.
    balance : float, default 0.5
        How far rare labels count for more: a label's weight is the inverse of its frequency to this
        power. 0 takes the data as they are, 1 weighs all labels alike.
    calibration_folds : int, default 5
        Folds of the cross-validation that the temperature is fitted on; 0 leaves scores as they are.
    filters : int, default 0
        Soft n-grams to learn beside the n-grams (see :mod:`stance.filters`); needs torch
        (``stance[teacher]``) while learning, and nothing more when predicting.
    filter_share : float, default 0.5
        Weight of their scores; those of the n-grams have the rest.
    filter_vectors : path, optional
        Word vectors that the filters begin with (:mod:`stance.learning.word_vectors`); random ones
        if left out.
    max_iter : int, default 300
        Most iterations of the solver.
    random_state : int or None, default 0
        Seed of the calibration's folds.

    Attributes
    ----------
    model_ : StanceModel
        The model.
    classes_ : (n_labels,) array of str
        Labels in alphabetical order, as scikit-learn keeps them; the columns of
        :meth:`predict_proba`. (The columns of ``model_.predict_proba`` follow ``model_.labels``.)
    temperature_ : float
        What the scores were divided by.

    References
    ----------
    Guo et al. (2017), On Calibration of Modern Neural Networks, section 4.2 (temperature scaling).

    Examples
    --------
    >>> texts = ["We deny it.", "We deny all of it.", "They lied.", "They lied to us."] * 3
    >>> labels = ["denial", "denial", "accusation", "accusation"] * 3
    >>> classifier = StanceClassifier(min_count=1).fit(texts, labels)
    >>> classifier.predict(["She will deny it."])
    array(['denial'], dtype='<U10')
    """

    def __init__(
        self,
        *,
        order: int = 3,
        min_count: int = 2,
        max_features: int = 1_000_000,
        C: float = 0.002,
        balance: float = 0.5,
        calibration_folds: int = 5,
        filters: int = 0,
        filter_share: float = 0.5,
        filter_vectors: str | os.PathLike[str] | None = None,
        max_iter: int = 300,
        random_state: int | None = 0,
    ) -> None:
        self.order = order
        self.min_count = min_count
        self.max_features = max_features
        self.C = C
        self.balance = balance
        self.calibration_folds = calibration_folds
        self.filters = filters
        self.filter_share = filter_share
        self.filter_vectors = filter_vectors
        self.max_iter = max_iter
        self.random_state = random_state

    def fit(
        self,
        X: Iterable[str],
        y: Iterable[str],
        sample_weight: ArrayLike | None = None,
        groups: ArrayLike | None = None,
        *,
        calibration_weight: ArrayLike | None = None,
        shares: ArrayLike | None = None,
        annotated: ArrayLike | None = None,
    ) -> StanceClassifier:
        """Learn from labelled statements.

        Parameters
        ----------
        X : iterable of str
            Statements.
        y : iterable of str
            The label of each, one of :data:`stance.stances.LABELS`; two labels at least. (Labels that
            scikit-learn has encoded as integers pass too, but make a model that cannot be saved.)
        sample_weight : (n_statements,) array-like of float, optional
            Weight of each statement, at least 0.
        groups : (n_statements,) array-like, optional
            What belongs together, such as the document: kept in one fold while calibrating.
        calibration_weight : (n_statements,) array-like of float, optional
            Weight of each statement while calibrating. Statements drawn at random show how often
            each label occurs: where the others weigh 0, confidence is fitted to that.
        shares : (n_statements, 5) array-like of float, optional
            How far each statement belongs to each of :data:`stance.stances.LABELS`, where that is not
            all to its label: several stances, or a teacher's probabilities. Rows sum to 1.
        annotated : (n_statements,) array-like of bool, optional
            Whether a reader labelled the statement, all of them if left out; from which probability
            a second stance counts is fitted on those.

        Returns
        -------
        StanceClassifier
            Itself.

        Raises
        ------
        DataError
            If lengths differ, a label is unknown (with its row), or there is one label only.
        InputTypeError, MissingStatementError
            If a statement is not a str, with its row.
        """
        self._check_parameters()
        texts = statements(X)
        labels = _check_labels(y, len(texts))
        weight = _check_weights(sample_weight, len(texts))
        self.classes_, target = np.unique(labels, return_inverse=True)
        if len(self.classes_) < 2:
            raise DataError(f"fit needs two labels or more, got {self.classes_.tolist()}")
        wanted = self._check_shares(shares, target)
        vocabulary = learn_vocabulary(
            map(words, texts),
            order=self.order,
            min_count=self.min_count,
            max_features=self.max_features,
        )
        counts, spelled = count_matrix(vocabulary, texts), spelling(vocabulary)
        scaled = csr_array(spelled @ diags_array(inverse_document_frequency(counts, spelled)))
        data = Features(vocabulary, np.array(texts, dtype=object), counts, scaled)
        weighed = weight[:, None] * wanted * self._label_weights(wanted, weight)
        parts = self._learn(data, weighed)
        counted = _check_weights(calibration_weight, len(texts))
        scores, scored = np.zeros(wanted.shape), np.zeros(len(texts), dtype=bool)
        if counted.any():
            scores, scored = self._score_unseen(data, target, weighed, groups)
        self.temperature_, thresholds = 1.0, dict.fromkeys(STANCES, USUAL_THRESHOLD)
        if counted[scored].any():
            self.temperature_ = best_temperature(scores[scored], target[scored], counted[scored])
            read = scored & (True if annotated is None else np.asarray(annotated, dtype=bool))
            found = best_thresholds(
                softmax(scores[read] / self.temperature_), wanted[read] > _PRESENT
            )
            thresholds = dict(zip(self.classes_.tolist(), found, strict=True))
        self.model_ = self._build_model(vocabulary, parts, thresholds)
        return self

    def predict(self, X: Iterable[str]) -> NDArray[Any]:
        """Label statements.

        Parameters
        ----------
        X : iterable of str
            Statements.

        Returns
        -------
        (n_statements,) array of str
            The most probable label of each.
        """
        check_is_fitted(self, "model_")
        return self.model_.predict(X).astype(self.classes_.dtype)

    def predict_proba(self, X: Iterable[str]) -> NDArray[np.float64]:
        """Give every label's probability.

        Parameters
        ----------
        X : iterable of str
            Statements.

        Returns
        -------
        (n_statements, n_labels) float64 array
            Columns in the order of :attr:`classes_`; rows sum to 1.
        """
        check_is_fitted(self, "model_")
        return self.model_.predict_proba(X)[:, self._columns()]

    def decision_function(self, X: Iterable[str]) -> NDArray[np.float64]:
        """Give every label's score.

        Parameters
        ----------
        X : iterable of str
            Statements.

        Returns
        -------
        (n_statements, n_labels) float64 array
            Columns in the order of :attr:`classes_`; for two labels, as scikit-learn has it, the
            score of the second above the first, of shape (n_statements,).
        """
        check_is_fitted(self, "model_")
        scores = self.model_.decision_function(X)[:, self._columns()]
        return scores if len(self.classes_) > 2 else np.asarray(scores[:, 1] - scores[:, 0])

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the model as a folder that :func:`stance.load` reads.

        Parameters
        ----------
        path : path
            The folder to make; an older model there is replaced.
        """
        check_is_fitted(self, "model_")
        if not set(self.model_.labels) <= set(LABELS):
            raise DataError("a classifier of encoded labels cannot be saved; fit it on label names")
        save(self.model_, path)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.input_tags.one_d_array = True
        return tags

    def _columns(self) -> list[int]:
        return [self.model_.labels.index(str(label)) for label in self.classes_]

    def _check_parameters(self) -> None:
        low = {
            "order": 1,
            "min_count": 1,
            "max_features": 1,
            "calibration_folds": 0,
            "max_iter": 1,
            "balance": 0,
        }
        low |= {"filters": 0}
        for name, least in low.items():
            if getattr(self, name) < least:
                raise ValueError(f"{name} must be at least {least}, got {getattr(self, name)!r}")
        if self.calibration_folds == 1:
            raise ValueError("calibration_folds must be 0 (none) or at least 2, got 1")
        if not self.C > 0:
            raise ValueError(f"C must be above 0, got {self.C!r}")

    def _check_shares(
        self, shares: ArrayLike | None, target: NDArray[np.intp]
    ) -> NDArray[np.float64]:
        """Shares of the labels in `classes_`; all to the label where none are given."""
        if shares is None:
            return np.eye(len(self.classes_))[target]
        given = np.asarray(shares, dtype=np.float64)
        if given.shape != (len(target), len(LABELS)):
            raise DataError(f"shares must be {(len(target), len(LABELS))}, got {given.shape}")
        if not (given >= 0).all() or not np.allclose(given.sum(axis=1), 1.0, atol=1e-6):
            raise DataError("shares must be at least 0 and each row must sum to 1")
        known = given[:, [LABELS.index(str(label)) for label in self.classes_]]
        return np.asarray(known / known.sum(axis=1, keepdims=True))

    def _label_weights(
        self, shares: NDArray[np.float64], weight: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        totals = weight @ shares
        if not (totals > 0).all():
            raise DataError("sample_weight is 0 for all statements of a label")
        return np.asarray((totals.sum() / len(totals) / totals) ** self.balance)

    def _learn(self, data: Features, weighed: NDArray[np.float64]) -> Learned:
        filters = None
        if self.filters:
            # Needs torch, an optional extra.
            from stance.learning.filter_training import FilterSettings  # noqa: PLC0415

            filters = FilterSettings(
                count=self.filters, vectors=self.filter_vectors, seed=self.random_state or 0
            )
        return learn(
            data,
            weighed,
            C=self.C,
            max_iter=self.max_iter,
            filters=filters,
            filter_share=self.filter_share,
        )

    def _score_unseen(
        self,
        data: Features,
        target: NDArray[np.intp],
        weighed: NDArray[np.float64],
        groups: ArrayLike | None,
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Score statements by what is learned without their group, and tell which are scored."""
        scores = np.zeros((len(target), len(self.classes_)))
        scored = np.zeros(len(target), dtype=bool)
        folds = min(self.calibration_folds, int(np.bincount(target).min()))
        if groups is not None:
            folds = min(folds, len(np.unique(np.asarray(groups))))
        if folds < 2:
            return scores, scored
        if groups is None:
            seed = check_random_state(self.random_state).randint(2**31 - 1)
            splits = StratifiedKFold(folds, shuffle=True, random_state=seed).split(target, target)
        else:
            splits = GroupKFold(folds).split(target, target, np.asarray(groups))
        for seen, unseen in splits:
            if len(np.unique(target[seen])) == len(self.classes_):
                parts = self._learn(data.take(seen), weighed[seen])
                scores[unseen] = parts.scores(data.take(unseen))
                scored[unseen] = True
        return scores, scored

    def _build_model(
        self, vocabulary: Vocabulary, parts: Learned, thresholds: Mapping[str, float]
    ) -> StanceModel:
        """Divide the weights by the temperature, and make integers of them."""
        names = [str(label) for label in self.classes_]
        labels = [label for label in LABELS if label in names] or names
        order = [names.index(label) for label in labels]
        weights = parts.regression.coefficients[:, order] / self.temperature_
        intercept = parts.regression.intercept[order] / self.temperature_
        weights[: len(RESERVED)] = 0.0
        weights[0] = intercept
        if OTHER in labels:
            weights[RESERVED.index(WORDLESS)] = wordless_scores(labels) - intercept
        largest = float(np.abs(weights).max())
        precision = int(np.floor(np.log2(_WEIGHT_RANGE / max(largest, 1e-9))))
        precision = min(max(precision, 0), 30)
        integers = np.rint(weights * 2.0**precision).astype(np.int16, order="C")
        reach = {label: float(thresholds[label]) for label in labels if label in STANCES}
        filters = parts.filters
        if filters is not None:
            filters = filters.scaled(1 / self.temperature_)
            filters = replace(filters, weights=np.ascontiguousarray(filters.weights[:, order]))
        return StanceModel(tuple(labels), vocabulary, integers, precision, reach, filters=filters)


def _check_labels(y: Iterable[str], n: int) -> NDArray[Any]:
    if isinstance(y, (str, bytes)) or not isinstance(y, Iterable):
        raise InputTypeError(f"labels must be an iterable of str, got {type(y).__name__}")
    labels = list(y)
    if len(labels) != n:
        raise DataError(f"{n} statements and {len(labels)} labels; there must be one for each")
    # scikit-learn's meta-estimators and cross_val_predict encode labels as integers.
    encoded = n > 0 and all(isinstance(label, np.integer) for label in labels)
    for row, label in enumerate(labels):
        if not encoded and (is_missing(label) or label not in LABELS):
            raise DataError(f"row {row}: label {label!r} is not one of {', '.join(LABELS)}")
    return np.array(labels, dtype=None if encoded else str)


def _check_weights(sample_weight: ArrayLike | None, n: int) -> NDArray[np.float64]:
    if sample_weight is None:
        return np.ones(n)
    weight = np.asarray(sample_weight, dtype=np.float64)
    if weight.shape != (n,):
        raise DataError(f"sample_weight must have shape ({n},), got {weight.shape}")
    if not (np.isfinite(weight) & (weight >= 0)).all():
        raise DataError("sample_weight must be finite and at least 0")
    return weight
