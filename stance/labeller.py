"""What every model gives its users: labels, probabilities, predictions, priors and abstention."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, overload

from stance.errors import OptionError
from stance.inputs import OnMissing, check_on_missing, statement, statements
from stance.late_numpy import NDArray, np
from stance.prediction import Prediction, Predictions
from stance.softmax import softmax, softmax_of_one
from stance.stances import OTHER, STANCES

if TYPE_CHECKING:
    from stance.explanation import Explanation

Prior = Literal["natural", "balanced"] | Mapping[str, float]
"""How often each label is expected: as in speech, all alike, or a share for each label."""

WORDLESS_PROBABILITY: Final = 0.99
"""Probability of ``"other"`` that a text without words is given."""

_TOGETHER: Final = 4096  # predictions that keep each other's probabilities
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
        if isinstance(texts, str) or not isinstance(texts, Iterable):
            checked = texts if isinstance(texts, str) else statement(texts, on_missing=on_missing)
            scores = self._scores_of_one(checked)
            if prior != "natural":
                scores = (np.array(scores) + self._shift(prior)).tolist()
            return self.lay_out(checked, softmax_of_one(scores), min_confidence)
        shift = self._shift(prior)
        return self._predictions(statements(texts, on_missing=on_missing), shift, min_confidence)

    @abstractmethod
    def explain(self, text: str, label: str) -> Explanation:
        """Take one label's score apart."""

    @abstractmethod
    def _scores(self, texts: list[str]) -> NDArray[np.float64]:
        """Every label's score, (n_texts, n_labels), each from its own text alone."""

    def _scores_of_one(self, text: str) -> list[float]:
        """Every label's score: what :meth:`_scores` gives for a text."""
        scores: list[float] = self._scores([text])[0].tolist()
        return scores

    def _column(self, label: str) -> int:
        if label not in self.labels:
            raise OptionError(f"label {label!r} is not one of {', '.join(self.labels)}")
        return self.labels.index(label)

    def _shift(self, prior: Prior) -> NDArray[np.float64] | float:
        """Give what a prior adds to each label's score."""
        if prior == "natural":
            return 0.0
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
        self, texts: list[str], shift: NDArray[np.float64] | float, min_confidence: float
    ) -> list[Prediction]:
        probabilities = softmax(self._scores(texts) + shift)
        predictions = Predictions()
        for first in range(0, len(texts), _TOGETHER):
            some = slice(first, first + _TOGETHER)
            # A copy: one prediction that is kept must not keep the rows of a million.
            batch = _Batch(self, probabilities[some].copy(), min_confidence)
            predictions.add(texts[some], batch)
        return predictions

    def lay_out(self, text: str, row: list[float], min_confidence: float) -> Prediction:
        """Make a prediction of a row of probabilities.

        Parameters
        ----------
        text : str
            A statement.
        row : list of float
            Every label's probability.
        min_confidence : float
            As :meth:`label` takes it.

        Returns
        -------
        Prediction
            What they say.
        """
        most = max(row)
        best = self.labels[row.index(most)]
        probabilities = dict(zip(self.labels, row))  # noqa: B905 - as many, and half as quick
        stances: tuple[str, ...] = (best,) if best != OTHER else ()
        if stances:
            reach = self.thresholds
            beside = [
                label
                for label, probability in probabilities.items()
                if probability >= reach.get(label, _NEVER) and label != best and label in STANCES
            ]
            if beside:
                beside.sort(key=probabilities.__getitem__, reverse=True)
                stances = (best, *beside)
        label = best if most >= min_confidence else None
        return Prediction(text, label, probabilities, stances, self)


class _Batch(NamedTuple):
    """Probabilities of many statements, which wait to be laid out.

    Laying out takes as long as scoring does, and lets no other thread work.
    """

    labeller: Labeller
    probabilities: NDArray[np.float64]
    min_confidence: float

    def lay_out(self, text: str, row: int) -> Prediction:
        """Make the prediction of a row."""
        return self.labeller.lay_out(text, self.probabilities[row].tolist(), self.min_confidence)


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
