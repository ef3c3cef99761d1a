"""Single statements and features that show how a model decides: errors, narrow hits, weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stance.data.datasets import LabelledStatement
from stance.features import RESERVED
from stance.labeller import Labeller
from stance.metrics import label_columns
from stance.model import StanceModel
from stance.stances import LABELS, STANCES

EXAMPLES: Final = 12
"""Statements of each kind that are shown."""

FEATURES: Final = 15
"""Features of each stance that are shown."""


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled statement and what a model makes of it.

    Attributes
    ----------
    statement : LabelledStatement
        The statement, as a reader has labelled it.
    label : str
        The model's label.
    confidence : float
        Its probability.
    given : float
        Probability of the reader's label.
    shaded : str
        The statement as HTML, its words shaded by what they contribute to the model's label.
    """

    statement: LabelledStatement
    label: str
    confidence: float
    given: float
    shaded: str


@dataclass(frozen=True, slots=True)
class FeatureWeight:
    """One feature that speaks for a stance.

    Attributes
    ----------
    name : str
        Words joined by blanks, or ``#piece`` for a spelling piece of unknown words.
    weight : float
        What it adds to the score of the stance (log-odds units) in a statement of usual length.
    n : int
        Statements of the data that have it.
    """

    name: str
    weight: float
    n: int


def find_examples(
    model: Labeller,
    statements: Sequence[LabelledStatement],
    probabilities: NDArray[np.float64],
    *,
    most: int = EXAMPLES,
) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    """Find the statements that a model is most surely wrong about, and least surely right.

    Parameters
    ----------
    model : Labeller
        The model, which explains its labels.
    statements : sequence of LabelledStatement
        The data.
    probabilities : (n_statements, 5) float64 array
        Columns in the order of :data:`stance.stances.LABELS`.
    most : int, default 12
        Statements of each kind.

    Returns
    -------
    errors, hits : tuple of Example
        The most confident errors and the least confident hits, those first.
    """
    truth = label_columns(probabilities, [s.primary for s in statements])
    predicted, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
    order = np.argsort(-confidence, kind="stable")
    wrong = [row for row in order.tolist() if predicted[row] != truth[row]]
    right = [row for row in order[::-1].tolist() if predicted[row] == truth[row]]

    def show(row: int) -> Example:
        statement, label = statements[row], LABELS[predicted[row]]
        shaded = model.explain(statement.text, label).shaded()
        given = float(probabilities[row, truth[row]])
        return Example(statement, label, float(confidence[row]), given, shaded)

    return tuple(map(show, wrong[:most])), tuple(map(show, right[:most]))


def top_features(
    model: Labeller, statements: Sequence[LabelledStatement], *, most: int = FEATURES
) -> Mapping[str, tuple[FeatureWeight, ...]]:
    """Name the features that speak most for each stance.

    Parameters
    ----------
    model : Labeller
        The model.
    statements : sequence of LabelledStatement
        The data, in which the features are counted.
    most : int, default 15
        Features of each stance.

    Returns
    -------
    mapping of str to tuple of FeatureWeight
        The heaviest first; empty if the model is not linear. Soft n-grams have no names.
    """
    if not isinstance(model, StanceModel):
        return {}
    names = model.vocabulary.names()
    rows, starts = model.vocabulary.rows([s.text for s in statements])
    holders = np.repeat(np.arange(len(starts)), np.diff([*starts.tolist(), len(rows)]))
    pairs = np.unique(np.stack([rows, holders]), axis=1)
    counts = np.bincount(pairs[0], minlength=len(names))
    unit = 0.5**model.precision
    found = {}
    for stance in (label for label in model.labels if label in STANCES):
        column = model.weights[:, model.labels.index(stance)].astype(np.int64)
        column[: len(RESERVED)] = 0
        heaviest = np.argsort(-column, kind="stable")[:most].tolist()
        found[stance] = tuple(
            FeatureWeight(names[row], int(column[row]) * unit, int(counts[row]))
            for row in heaviest
            if column[row] > 0
        )
    return found
