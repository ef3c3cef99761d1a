"""What every model gives its users: labels, probabilities, predictions, priors and abstention."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, overload

import numpy as np
from numpy.typing import NDArray

from stance.errors import OptionError
from stance.inputs import OnMissing, check_on_missing, statement, statements
from stance.prediction import Explanation, Prediction
from stance.stances import OTHER, STANCES

Prior = Literal["natural", "balanced"] | Mapping[str, float]
"""How often each label is expected: as in speech, all alike, or a share for each label."""

WORDLESS_PROBABILITY: Final = 0.99
"""Probability of ``"other"`` that a text without words is given."""

_NEVER: Final = 2.0  # a probability that nothing reaches


class Labeller(ABC):
    """A model that gives each label a score; all that users call is built on those scores.

    Attributes
    ----------
    labels : tuple of str
        Labels, one a column.
    thresholds : mapping of str to float
        Probability from which a stance that is not the label counts as present too.
    prior : mapping of str to float
        How often each label occurs in speech, as far as the training data shows; empty if it does
        not.
    facts : mapping
        What a manifest tells beside the model: training data, versions, measured scores.
    """

    labels: tuple[str, ...]
    thresholds: Mapping[str, float]
    prior: Mapping[str, float]
    facts: Mapping[str, Any]

    @property
    def classes_(self) -> NDArray[np.str_]:
        """Labels as an array: the columns of :meth:`predict_proba`, under scikit-learn's name."""
        return np.array(self.labels)

    def predict(
        self, texts: Iterable[str], *, on_missing: OnMissing = "error", prior: Prior = "natural"
    ) -> NDArray[np.str_]:
        """Label statements.

        Parameters
        ----------
        texts : iterable of str
            Statements.
        on_missing : {"error", "other"}, default "error"
            Whether a missing value raises, or counts as a text without words.
        prior : {"natural", "balanced"} or mapping of str to float, default "natural"
            How often each label is expected; see :meth:`label`.

        Returns
        -------
        (n_statements,) array of str
            The most probable label of each.
        """
        best = self.predict_proba(texts, on_missing=on_missing, prior=prior).argmax(axis=1)
        return np.asarray(self.classes_[best])

    def predict_proba(
        self, texts: Iterable[str], *, on_missing: OnMissing = "error", prior: Prior = "natural"
    ) -> NDArray[np.float64]:
        """Give every label's probability.

        Parameters
        ----------
        texts : iterable of str
            Statements.
        on_missing : {"error", "other"}, default "error"
            Whether a missing value raises, or counts as a text without words.
        prior : {"natural", "balanced"} or mapping of str to float, default "natural"
            How often each label is expected; see :meth:`label`.

        Returns
        -------
        (n_statements, n_labels) float64 array
            Columns in the order of :attr:`labels`; rows sum to 1.
        """
        shift = self._shift(prior)
        return softmax(self._scores(statements(texts, on_missing=on_missing)) + shift)

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
        self,
        texts: str,
        *,
        on_missing: OnMissing = "error",
        prior: Prior = "natural",
        min_confidence: float = 0.0,
    ) -> Prediction: ...
    @overload
    def label(
        self,
        texts: Iterable[str],
        *,
        on_missing: OnMissing = "error",
        prior: Prior = "natural",
        min_confidence: float = 0.0,
    ) -> list[Prediction]: ...
    def label(
        self,
        texts: str | Iterable[str],
        *,
        on_missing: OnMissing = "error",
        prior: Prior = "natural",
        min_confidence: float = 0.0,
    ) -> Prediction | list[Prediction]:
        """Label one statement or many, with probabilities, all stances and reasons at hand.

        Parameters
        ----------
        texts : str or iterable of str
            One statement, or many.
        on_missing : {"error", "other"}, default "error"
            Whether a missing value raises, or counts as a text without words.
        prior : {"natural", "balanced"} or mapping of str to float, default "natural"
            How often each label is expected where the statements come from. Statements that somebody
            picked for a stance hold more of it than speech does: ``"balanced"`` expects all labels
            alike, a mapping gives a share above 0 for each label. Probabilities are changed by the
            ratio of the priors (Saerens et al., 2002, equation 2.4).
        min_confidence : float, default 0.0
            Below this probability of the label, the model abstains: ``label`` is None.

        Returns
        -------
        Prediction or list of Prediction
            One for a str; for an iterable a list of its length, in its order.

        Raises
        ------
        OptionError
            If an option is not one of those above.
        """
        check_on_missing(on_missing)
        if not 0.0 <= min_confidence <= 1.0:
            raise OptionError(f"min_confidence must be 0 to 1, got {min_confidence!r}")
        shift = self._shift(prior)
        if not isinstance(texts, Iterable) or isinstance(texts, str):
            checked = [statement(texts, on_missing=on_missing)]
            return self._predictions(checked, shift, min_confidence)[0]
        return self._predictions(statements(texts, on_missing=on_missing), shift, min_confidence)

    @abstractmethod
    def explain(self, text: str, label: str) -> Explanation:
        """Take one label's score apart."""

    @abstractmethod
    def _scores(self, texts: list[str]) -> NDArray[np.float64]:
        """Every label's score, (n_texts, n_labels), each from its own text alone."""

    def _column(self, label: str) -> int:
        if label not in self.labels:
            raise OptionError(f"label {label!r} is not one of {', '.join(self.labels)}")
        return self.labels.index(label)

    def _shift(self, prior: Prior) -> NDArray[np.float64]:
        """Give what a prior adds to each label's score."""
        if prior == "natural":
            return np.zeros(len(self.labels))
        wanted = dict.fromkeys(self.labels, 1.0) if prior == "balanced" else prior
        if not isinstance(wanted, Mapping):
            raise OptionError(f'prior must be "natural", "balanced" or a mapping, got {prior!r}')
        if set(wanted) != set(self.labels) or not all(
            isinstance(share, (int, float)) and math.isfinite(share) and share > 0
            for share in wanted.values()
        ):
            raise OptionError(
                f"prior needs a share above 0 for each of {', '.join(self.labels)}, got {prior!r}"
            )
        if not self.prior:
            raise OptionError("this model does not know how often each label occurs in speech")
        total = sum(wanted.values())
        return np.array([math.log(wanted[name] / total / self.prior[name]) for name in self.labels])

    def _predictions(
        self, texts: list[str], shift: NDArray[np.float64], min_confidence: float
    ) -> list[Prediction]:
        probabilities = softmax(self._scores(texts) + shift)
        best = probabilities.argmax(axis=1)
        sure = probabilities.max(axis=1) >= min_confidence
        stances = self._stances(probabilities, best)
        labels = self.labels
        names = [
            labels[i] if certain else None
            for i, certain in zip(best.tolist(), sure.tolist(), strict=True)
        ]
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
        reach = np.array([self.thresholds.get(label, _NEVER) for label in self.labels])
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


def wordless_scores(labels: Sequence[str]) -> NDArray[np.float64]:
    """Give the scores of a text without words.

    Parameters
    ----------
    labels : sequence of str
        Labels, ``"other"`` among them.

    Returns
    -------
    (n_labels,) float64 array
        Logarithms of probabilities: 0.99 for *other*, the rest shared evenly.
    """
    share = np.full(len(labels), (1 - WORDLESS_PROBABILITY) / (len(labels) - 1))
    share[labels.index(OTHER)] = WORDLESS_PROBABILITY
    return np.asarray(np.log(share))


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
