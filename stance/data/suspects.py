"""A hunt for label errors: statements whose label a model that has not seen them doubts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stance.classifier import StanceClassifier
from stance.data.datasets import LabelledStatement
from stance.errors import DataError
from stance.learning.fitting import out_of_fold
from stance.stances import LABELS


@dataclass(frozen=True, slots=True)
class Suspect:
    """A statement whose label may be wrong.

    Attributes
    ----------
    statement : LabelledStatement
        The statement as labelled.
    label : str
        The label that the model finds more probable.
    probability, given : float
        Of that label, and of the given one (of several stances, the most probable).
    """

    statement: LabelledStatement
    label: str
    probability: float
    given: float


def find_suspects(
    statements: Sequence[LabelledStatement],
    *,
    classifier: StanceClassifier | None = None,
    jobs: int | None = None,
) -> list[Suspect]:
    """Find statements whose label is probably wrong, by cross-validation.

    A statement is suspect if a model that has seen nothing of its group gives another label at
    least the probability that the label usually has where it is right, and a higher one than to the
    given stances (confident learning; Northcutt et al., 2021, section 3.1).

    Parameters
    ----------
    statements : sequence of LabelledStatement
        The data.
    classifier : StanceClassifier, optional
        Settings; the defaults if left out.
    jobs : int, optional
        Processes; one by default, -1 for all cores.

    Returns
    -------
    list of Suspect
        The most suspect, by the lead of the other label, first.

    Raises
    ------
    DataError
        If there are no statements, or all are of one group.
    """
    if not statements:
        raise DataError("there are no statements to look through")
    classifier = StanceClassifier() if classifier is None else classifier
    probabilities = out_of_fold(classifier, statements, jobs=jobs)
    columns = np.array([LABELS.index(s.primary) for s in statements])
    usual = np.array(
        [
            probabilities[columns == k, k].mean() if (columns == k).any() else np.inf
            for k in range(len(LABELS))
        ]
    )
    found = []
    for s, row in zip(statements, probabilities, strict=True):
        held = [LABELS.index(label) for label in s.stances or (s.primary,)]
        given = row[held].max()
        rivals = [k for k in np.flatnonzero((row >= usual) & (row > given)) if k not in held]
        if rivals:
            best = max(rivals, key=lambda k: row[k])
            found.append(Suspect(s, LABELS[best], float(row[best]), float(given)))
    return sorted(found, key=lambda suspect: suspect.given - suspect.probability)
