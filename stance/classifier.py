"""StanceClassifier: the scikit-learn estimator that learns a StanceModel."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from stance.calibration import USUAL_THRESHOLD, best_temperature, best_thresholds
from stance.errors import DataError
from stance.inputs import statements
from stance.learning.assembly import assemble
from stance.learning.learned import Features, Learned, learn
from stance.learning.targets import check_labels, check_shares, check_weights, label_weights
from stance.learning.unseen import score_unseen
from stance.robustness.peers import PEERS
from stance.softmax import softmax
from stance.stances import LABELS, STANCES
from stance.storage.models import save

# Share from which a stance counts as present; of three stances each has more.
_PRESENT: Final = 0.15
# The least that parameters may be.
_LEAST: Final = {
    "order": 1,
    "min_count": 1,
    "max_features": 1,
    "calibration_folds": 0,
    "max_iter": 1,
    "balance": 0,
    "filters": 0,
}

_ALIKE: Final = {
    f"{word}{ending}": f"{symbol}{ending}"
    for symbol, words in PEERS.items()
    for word in words
    for ending in ("", "'s")
}


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
    alpha : float, default 0.001
        Strength of the L2 penalty, beside the mean loss: the same suits few statements and many.
    balance : float, default 0.75
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
    peers_alike : bool, default False
        Read those who could be mentioned in each other's place as one of their kind: a country, a
        party, a public figure, a name (:data:`stance.robustness.peers.PEERS`). Which of them it is
        then moves no probability.
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
        alpha: float = 0.001,
        balance: float = 0.75,
        calibration_folds: int = 5,
        filters: int = 0,
        filter_share: float = 0.5,
        filter_vectors: str | os.PathLike[str] | None = None,
        peers_alike: bool = False,
        max_iter: int = 300,
        random_state: int | None = 0,
    ) -> None:
        self.order = order
        self.min_count = min_count
        self.max_features = max_features
        self.alpha = alpha
        self.balance = balance
        self.calibration_folds = calibration_folds
        self.filters = filters
        self.filter_share = filter_share
        self.filter_vectors = filter_vectors
        self.peers_alike = peers_alike
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
        labels = check_labels(y, len(texts))
        weight = check_weights(sample_weight, len(texts))
        self.classes_, target = np.unique(labels, return_inverse=True)
        if len(self.classes_) < 2:
            raise DataError(f"fit needs two labels or more, got {self.classes_.tolist()}")
        wanted = check_shares(shares, target, self.classes_)
        data = Features.learned_from(
            texts,
            order=self.order,
            min_count=self.min_count,
            max_features=self.max_features,
            alike=_ALIKE if self.peers_alike else {},
        )
        weighed = weight[:, None] * wanted * label_weights(wanted, weight, self.balance)
        parts = self._learn(data, weighed)
        counted = check_weights(calibration_weight, len(texts))
        scores, scored = np.zeros(wanted.shape), np.zeros(len(texts), dtype=bool)
        if counted.any():
            scores, scored = score_unseen(
                self._learn,
                data,
                weighed,
                target,
                folds=self.calibration_folds,
                groups=groups,
                random_state=self.random_state,
            )
        self.temperature_, thresholds = 1.0, dict.fromkeys(STANCES, USUAL_THRESHOLD)
        if counted[scored].any():
            self.temperature_ = best_temperature(scores[scored], target[scored], counted[scored])
            read = scored & (True if annotated is None else np.asarray(annotated, dtype=bool))
            found = best_thresholds(
                softmax(scores[read] / self.temperature_), wanted[read] > _PRESENT
            )
            thresholds = dict(zip(self.classes_.tolist(), found, strict=True))
        self.model_ = assemble(
            data.vocabulary,
            parts,
            self.classes_,
            temperature=self.temperature_,
            thresholds=thresholds,
            pivot=data.pivot,
        )
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
        for name, least in _LEAST.items():
            if getattr(self, name) < least:
                raise ValueError(f"{name} must be at least {least}, got {getattr(self, name)!r}")
        if self.calibration_folds == 1:
            raise ValueError("calibration_folds must be 0 (none) or at least 2, got 1")
        if not self.alpha > 0:
            raise ValueError(f"alpha must be above 0, got {self.alpha!r}")

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
            alpha=self.alpha,
            max_iter=self.max_iter,
            filters=filters,
            filter_share=self.filter_share,
        )
