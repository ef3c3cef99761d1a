"""StanceModel: a vocabulary and integer weights that label statements with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from stance.engine.plain import Parts
from stance.engine.scorer import EngineName, Scorer
from stance.features import END, INTERCEPT_ROW, START, Vocabulary
from stance.filters import Filters
from stance.labeller import Labeller
from stance.late_numpy import NDArray, np
from stance.lengths import scales_of
from stance.softmax import softmax
from stance.text import word_spans, words

if TYPE_CHECKING:
    from stance.explanation import Contribution, Explanation


@dataclass(frozen=True, eq=False)
class StanceModel(Labeller):
    """A linear model over n-grams and, if it has filters, over soft n-grams.

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
    prior : mapping of str to float, optional
        How often each label occurs in speech.
    filters : Filters, optional
        Soft n-grams, whose scores are added to those of the features.
    pivot : int, default 0
        Tokens of a statement whose n-grams count in full: those of a longer one count less, of a
        shorter one more (:mod:`stance.lengths`). 0 takes all statements alike.
    """

    labels: tuple[str, ...]
    vocabulary: Vocabulary
    weights: NDArray[np.int16]
    precision: int
    thresholds: Mapping[str, float]
    facts: Mapping[str, Any] = field(default_factory=dict)
    prior: Mapping[str, float] = field(default_factory=dict)
    filters: Filters | None = None
    pivot: int = 0

    def warm_up(self) -> EngineName:
        """Load the fastest engine there is at once, rather than after some thousand statements.

        For a service whose first request must not wait. All engines give the same, bit for bit;
        numba's (``stance[fast]``) is compiled by the first process that uses it, which takes some
        seconds, and is kept for the next.

        Returns
        -------
        {"plain", "numpy", "numba"}
            Which engine that is.
        """
        return self._scorer.warm_up()

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
        # Predicting does not need it.
        from stance.explanation import Contribution, Explanation  # noqa: PLC0415

        column = self._column(label)
        scores = self._scores([text])
        unit, tokens = 0.5**self.precision, max(len(words(text)), 1) + 2
        scale = float(scales_of(tokens, self.pivot))
        contributions = [
            Contribution(
                feature.name,
                int(self.weights[feature.row, column]) * unit * scale,
                feature.spans,
            )
            for feature in self.vocabulary.locate(text)
        ]
        contributions += self._soft_runs(text, column)
        contributions.sort(key=lambda c: (-abs(c.weight), c.ngram))
        return Explanation(
            text,
            label,
            float(softmax(scores)[0, column]),
            float(scores[0, column]),
            int(self.weights[INTERCEPT_ROW, column]) * unit,
            tuple(contributions),
        )

    def _soft_runs(self, text: str, column: int) -> list[Contribution]:
        """Say what the filters add to a label's score, by the run of words that they keep."""
        from stance.explanation import Contribution  # noqa: PLC0415 - as above

        spans = word_spans(text)
        if self.filters is None or not spans:
            return []
        names = [START, *words(text), END]
        ends = [(0, 0), *spans, (len(text), len(text))]
        width = len(self.filters.kernel)
        return [
            Contribution(
                "~ " + " ".join(names[first : first + width]),
                float(parts[column]),
                ((ends[first][0], ends[first + width - 1][1]),),
            )
            for first, parts in self.filters.locate(self.vocabulary.paths([text]).rows)
        ]

    def _scores(self, texts: list[str]) -> NDArray[np.float64]:
        return self._scorer.scores(texts)

    def _scores_of_one(self, text: str) -> list[float]:
        return self._scorer.score(text)

    @cached_property
    def _scorer(self) -> Scorer:
        return Scorer(
            Parts(self.vocabulary, self.weights, self.precision, self.filters, self.pivot)
        )

    def __getstate__(self) -> dict[str, Any]:
        # What is derived is derived again on the other side.
        return {name: getattr(self, name) for name in self.__dataclass_fields__}
