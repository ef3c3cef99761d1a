"""StanceModel: a vocabulary and integer weights that label statements with numpy alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, overload

import numpy as np
from numpy.typing import NDArray

from stance.features import Vocabulary
from stance.inputs import OnMissing, check_on_missing, statement, statements
from stance.prediction import Contribution, Explanation, Prediction
from stance.stances import OTHER, STANCES

_CHUNK: Final = 1024  # statements at once: large enough for numpy, small enough for the cache
_INTERCEPT_ROW: Final = 0


@dataclass(frozen=True, eq=False)
class StanceModel:
    """A linear model over n-grams.

    The score of a label is the sum of the weights of a statement's features; the softmax of the
    scores gives the probabilities. Weights are integers, in units of a power of two: sums are exact
    in any order, so a statement scores the same alone and among a million, and an explanation adds
    up to the last bit.

    Parameters
    ----------
    labels : tuple of str
        Labels, one a column.
    vocabulary : Vocabulary
        Features, one a row.
    weights : (n_features, n_labels) int16 array
        Weight of each feature for each label, in units of ``2 ** -precision``.
    precision : int
        Binary digits behind the point.
    thresholds : mapping of str to float
        Probability from which a stance that is not the label counts as present too.
    facts : mapping, optional
        What a manifest tells beside the model: training data, versions, measured scores.
    """

    labels: tuple[str, ...]
    vocabulary: Vocabulary
    weights: NDArray[np.int16]
    precision: int
    thresholds: Mapping[str, float]
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def classes_(self) -> NDArray[np.str_]:
        """Labels as an array: the columns of :meth:`predict_proba`, under scikit-learn's name."""
        return np.array(self.labels)

    def predict(self, texts: Iterable[str], *, on_missing: OnMissing = "error") -> NDArray[np.str_]:
        """Label statements.

        Parameters
        ----------
        texts : iterable of str
            Statements.
        on_missing : {"error", "other"}, default "error"
            Whether a missing value raises, or counts as a text without words.

        Returns
        -------
        (n_statements,) array of str
            The most probable label of each.
        """
        best = self.predict_proba(texts, on_missing=on_missing).argmax(axis=1)
        return np.asarray(self.classes_[best])

    def predict_proba(
        self, texts: Iterable[str], *, on_missing: OnMissing = "error"
    ) -> NDArray[np.float64]:
        """Give every label's probability.

        Parameters
        ----------
        texts : iterable of str
            Statements.
        on_missing : {"error", "other"}, default "error"
            Whether a missing value raises, or counts as a text without words.

        Returns
        -------
        (n_statements, n_labels) float64 array
            Columns in the order of :attr:`labels`; rows sum to 1.
        """
        return softmax(self.decision_function(texts, on_missing=on_missing))

    def decision_function(
        self, texts: Iterable[str], *, on_missing: OnMissing = "error"
    ) -> NDArray[np.float64]:
        """Give every label's score: the logarithm of its probability, up to a shift of the row.

        Parameters
        ----------
        texts : iterable of str
            Statements.
        on_missing : {"error", "other"}, default "error"
            Whether a missing value raises, or counts as a text without words.

        Returns
        -------
        (n_statements, n_labels) float64 array
            Columns in the order of :attr:`labels`.
        """
        return self._scores(statements(texts, on_missing=on_missing))

    @overload
    def label(  # type: ignore[overload-overlap]  # a str is an iterable of str, too
        self, texts: str, *, on_missing: OnMissing = "error"
    ) -> Prediction: ...
    @overload
    def label(
        self, texts: Iterable[str], *, on_missing: OnMissing = "error"
    ) -> list[Prediction]: ...
    def label(
        self, texts: str | Iterable[str], *, on_missing: OnMissing = "error"
    ) -> Prediction | list[Prediction]:
        """Label one statement or many, with probabilities, all stances and reasons at hand.

        Parameters
        ----------
        texts : str or iterable of str
            One statement, or many.
        on_missing : {"error", "other"}, default "error"
            Whether a missing value raises, or counts as a text without words.

        Returns
        -------
        Prediction or list of Prediction
            One for a str; for an iterable a list of its length, in its order.
        """
        check_on_missing(on_missing)
        if not isinstance(texts, Iterable) or isinstance(texts, str):
            return self._predictions([statement(texts, on_missing=on_missing)])[0]
        return self._predictions(statements(texts, on_missing=on_missing))

    def explain(self, text: str, label: str) -> Explanation:
        """Take one label's score apart.

        Parameters
        ----------
        text : str
            One statement.
        label : str
            One of :attr:`labels`.

        Returns
        -------
        Explanation
            Intercept and contributions that add up to the score.

        Raises
        ------
        ValueError
            If the model has no such label.
        """
        if label not in self.labels:
            raise ValueError(f"label {label!r} is not one of {', '.join(self.labels)}")
        column = self.labels.index(label)
        scores = self._scores([text])
        unit = 0.5**self.precision
        features = self.vocabulary.locate(text)
        contributions = [
            Contribution(feature.name, int(self.weights[feature.row, column]) * unit, feature.spans)
            for feature in features
        ]
        contributions.sort(key=lambda c: (-abs(c.weight), c.ngram))
        return Explanation(
            text,
            label,
            float(softmax(scores)[0, column]),
            float(scores[0, column]),
            int(self.weights[_INTERCEPT_ROW, column]) * unit,
            tuple(contributions),
        )

    def _scores(self, texts: list[str]) -> NDArray[np.float64]:
        scores = np.zeros((len(texts), len(self.labels)))
        for first in range(0, len(texts), _CHUNK):
            rows, starts = self.vocabulary.rows(texts[first : first + _CHUNK])
            sums = np.add.reduceat(self.weights.take(rows, axis=0), starts, axis=0, dtype=np.int64)
            scores[first : first + _CHUNK] = sums
        return scores * 0.5**self.precision

    def _predictions(self, texts: list[str]) -> list[Prediction]:
        probabilities = softmax(self._scores(texts))
        best = probabilities.argmax(axis=1)
        stances = self._stances(probabilities, best)
        labels, names = self.labels, [self.labels[i] for i in best.tolist()]
        return [
            Prediction(text, name, dict(zip(labels, row, strict=True)), present, self)
            for text, name, row, present in zip(
                texts, names, probabilities.tolist(), stances, strict=True
            )
        ]

    def _stances(
        self, probabilities: NDArray[np.float64], best: NDArray[np.intp]
    ) -> Iterator[tuple[str, ...]]:
        """Yield each row's stances: the label, and what reaches its threshold beside it."""
        reach = np.array([self.thresholds.get(label, 2.0) for label in self.labels])
        present = probabilities >= reach
        present[np.arange(len(best)), best] = True
        alone = [(label,) if label != OTHER else () for label in self.labels]
        several = present.sum(axis=1) > 1
        for row, (column, more) in enumerate(zip(best.tolist(), several.tolist(), strict=True)):
            if not more or self.labels[column] == OTHER:
                yield alone[column]
                continue
            by_probability = np.argsort(-probabilities[row], kind="stable").tolist()
            yield tuple(
                self.labels[i]
                for i in by_probability
                if present[row, i] and self.labels[i] in STANCES
            )


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn scores into probabilities.

    Parameters
    ----------
    scores : (n_statements, n_labels) float64 array
        One row a statement.

    Returns
    -------
    (n_statements, n_labels) float64 array
        Rows sum to 1.
    """
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
