"""Fitting on labelled statements, and scoring those that were left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.model_selection import GroupKFold

from stance.classifier import StanceClassifier
from stance.data.datasets import LabelledStatement
from stance.data.labelled import share_matrix
from stance.errors import DataError
from stance.evaluation import Evaluation, evaluate
from stance.learning.parallel import run_all
from stance.scoring import label_probabilities
from stance.stances import LABELS, STANCES

FOLDS: Final = 5
"""Folds of the grouped cross-validation of the training data."""

Learner = Callable[[Sequence[LabelledStatement], Sequence[str]], NDArray[np.float64]]
"""Learns from statements, and gives probabilities of texts: ``(n_texts, 5)``, columns as in LABELS."""

SOFT_WEIGHT: Final = 1.0
"""Weight of a statement that a teacher labelled, beside one that a reader labelled."""

_MIN_NATURAL: Final = 200  # natural statements that a temperature can be fitted on


def fit_statements(
    classifier: StanceClassifier, statements: Sequence[LabelledStatement]
) -> StanceClassifier:
    """Fit a copy of a classifier on labelled statements.

    A statement with several stances belongs to each, two thirds to the primary one; one with soft
    labels to all of them, and it weighs less. Where the data has natural statements enough, confidence
    is calibrated on those.

    Parameters
    ----------
    classifier : StanceClassifier
        Settings; stays as it is.
    statements : sequence of LabelledStatement
        The data; calibration keeps each group in one fold.

    Returns
    -------
    StanceClassifier
        The fitted copy.
    """
    calibrates = sum(s.natural for s in statements) >= _MIN_NATURAL
    soft = np.array([s.soft is not None for s in statements], dtype=bool)
    natural = np.array([s.natural or not calibrates for s in statements], dtype=bool)
    fresh: StanceClassifier = clone(classifier)
    return fresh.fit(
        [s.text for s in statements],
        [s.primary for s in statements],
        sample_weight=np.where(soft, SOFT_WEIGHT, 1.0),
        groups=[s.group for s in statements],
        calibration_weight=(natural & ~soft).astype(np.float64),
        shares=share_matrix(statements),
        annotated=~soft,
    )


def natural_prior(statements: Sequence[LabelledStatement]) -> dict[str, float]:
    """Estimate how often each label occurs in speech, from statements drawn at random.

    Parameters
    ----------
    statements : sequence of LabelledStatement
        The data.

    Returns
    -------
    dict of str to float
        A share for each of LABELS, counted with one more of each; empty where too few statements
        were drawn at random.
    """
    counts = Counter(s.primary for s in statements if s.natural)
    if counts.total() < _MIN_NATURAL:
        return {}
    total = counts.total() + len(LABELS)
    return {label: (counts[label] + 1) / total for label in LABELS}


def out_of_fold(
    classifier: StanceClassifier,
    statements: Sequence[LabelledStatement],
    *,
    jobs: int | None = None,
) -> NDArray[np.float64]:
    """Give each statement's probabilities by a model that saw nothing of its group.

    Parameters
    ----------
    classifier : StanceClassifier
        Settings.
    statements : sequence of LabelledStatement
        The data.
    jobs : int, optional
        Processes; one by default, -1 for all cores.

    Returns
    -------
    (n_statements, 5) float64 array
        Columns in the order of :data:`stance.stances.LABELS`.

    Raises
    ------
    DataError
        If all statements are of one group.
    """
    groups = [s.group for s in statements]
    folds = min(FOLDS, len(set(groups)))
    if folds < 2:
        raise DataError("cross-validation needs two groups or more")
    splits = list(GroupKFold(folds).split(statements, groups=groups))

    parts = _score_unseen(classifier, statements, splits, jobs)
    probabilities = np.zeros((len(statements), len(LABELS)))
    for (_, unseen), part in zip(splits, parts, strict=True):
        probabilities[unseen] = part
    return probabilities


def leave_one_out(
    classifier: StanceClassifier,
    statements: Sequence[LabelledStatement],
    field: str,
    *,
    jobs: int | None = None,
) -> dict[str, Evaluation]:
    """Score each value of a column by a model that saw nothing of it, such as each source.

    How a model does on sources it never saw is what counts on new ones; cross-validation by document
    flatters it.

    Parameters
    ----------
    classifier : StanceClassifier
        Settings.
    statements : sequence of LabelledStatement
        The data; statements without that column are always learned from and never scored.
    field : str
        Name of the column.
    jobs : int, optional
        Processes; one by default, -1 for all cores.

    Returns
    -------
    dict of str to Evaluation
        By value, in alphabetical order. Values that lack one of the four stances are left out: their
        macro-F1 would say nothing.

    Raises
    ------
    DataError
        If fewer than two values can be scored.
    """
    values = np.array([s.slices.get(field, "") for s in statements])
    labels = np.array([s.primary for s in statements])
    scored = unseen_values(statements, field)
    read = np.array([s.soft is None for s in statements])
    splits = [(np.flatnonzero(values != v), np.flatnonzero((values == v) & read)) for v in scored]
    parts = _score_unseen(classifier, statements, splits, jobs)
    return {
        value: evaluate(part, labels[unseen].tolist())
        for value, (_, unseen), part in zip(scored, splits, parts, strict=True)
    }


def unseen_values(statements: Sequence[LabelledStatement], field: str) -> list[str]:
    """List the values of a column that can be left out in turn and scored.

    Parameters
    ----------
    statements : sequence of LabelledStatement
        The data.
    field : str
        Name of the column.

    Returns
    -------
    list of str
        Those values with all four stances, in alphabetical order.

    Raises
    ------
    DataError
        If there are fewer than two.
    """
    labels: dict[str, set[str]] = {}
    for s in statements:
        if s.soft is None and (value := s.slices.get(field)):
            labels.setdefault(value, set()).add(s.primary)
    scored = sorted(value for value, seen in labels.items() if seen >= set(STANCES))
    if len(scored) < 2:
        raise DataError(f"fewer than two values of column {field!r} have all four stances")
    return scored


def ngram_learner(classifier: StanceClassifier) -> Learner:
    """Make a learner of a classifier's settings, for a learning curve.

    Parameters
    ----------
    classifier : StanceClassifier
        Settings. Confidence is not calibrated, which changes no label.

    Returns
    -------
    callable
        Takes statements to learn from and texts; gives probabilities.
    """
    settings = clone(classifier).set_params(calibration_folds=0)

    def learn(seen: Sequence[LabelledStatement], texts: Sequence[str]) -> NDArray[np.float64]:
        return label_probabilities(fit_statements(settings, seen).model_, texts)

    return learn


def _score_unseen(
    classifier: StanceClassifier,
    statements: Sequence[LabelledStatement],
    splits: Sequence[tuple[NDArray[np.intp], NDArray[np.intp]]],
    jobs: int | None,
) -> list[NDArray[np.float64]]:
    def score(seen: NDArray[np.intp], unseen: NDArray[np.intp]) -> NDArray[np.float64]:
        fitted = fit_statements(classifier, [statements[i] for i in seen])
        return label_probabilities(fitted.model_, [statements[i].text for i in unseen])

    return run_all(score, splits, jobs)
