"""An evaluation report: all that is worth knowing of a model on a file of labelled statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stance.evaluation import Evaluation
from stance.reports.comparison import Comparison
from stance.reports.curves import Bin, Target
from stance.reports.data_facts import DataFacts
from stance.reports.examples import Example, FeatureWeight
from stance.reports.slices import Slice

ALL: Final = "all statements"
"""Title of the scores on everything; those of its parts stand beside it."""

Curve = tuple[NDArray[np.float64], NDArray[np.float64]]
"""x and y of a line."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well confidence and share of right labels agree, for one way to make probabilities.

    Attributes
    ----------
    title : str
        Which way.
    bins : tuple of Bin
        Statements of like confidence.
    evaluation : Evaluation
        Its scores, among them calibration error and Brier score.
    """

    title: str
    bins: tuple[Bin, ...]
    evaluation: Evaluation


@dataclass(frozen=True, slots=True)
class Report:
    """All that an evaluation found out; the first model is looked at closely.

    Attributes
    ----------
    version : str
        Version of this library.
    files, trained_on : tuple of str
        Names of the files of statements, and of those of training statements.
    model : str
        Name of the first model.
    prior : str
        How often each label was expected.
    scores : mapping of str to Evaluation
        On all statements, and on parts of them.
    others : mapping of str to Evaluation
        Scores of the other models on all statements, by name.
    comparisons : mapping of str to Comparison
        What each of them gains over the first.
    facts : DataFacts
        What to know of the data.
    reliability : tuple of Reliability
        Before calibration, where the model can tell, and as it is.
    temperature_left : float
        The temperature that would fit these statements best; above 1 the model is too sure.
    targets : tuple of Target
        How many statements can be kept to be right as often as wanted.
    precision_recall : mapping of str to Curve
        Recall and precision of each stance that occurs.
    risk_coverage : Curve
        Share kept, and share of wrong labels.
    slices : tuple of Slice
        Scores of parts of the data, held against the rest.
    features : mapping of str to tuple of FeatureWeight
        What speaks most for each stance; empty if the model has no features.
    errors, hits : tuple of Example
        The most confident errors and the least confident hits; none if texts were to be left out.
    """

    version: str
    files: tuple[str, ...]
    trained_on: tuple[str, ...]
    model: str
    prior: str
    scores: Mapping[str, Evaluation]
    others: Mapping[str, Evaluation]
    comparisons: Mapping[str, Comparison]
    facts: DataFacts
    reliability: tuple[Reliability, ...]
    temperature_left: float
    targets: tuple[Target, ...]
    precision_recall: Mapping[str, Curve]
    risk_coverage: Curve
    slices: tuple[Slice, ...]
    features: Mapping[str, tuple[FeatureWeight, ...]]
    errors: tuple[Example, ...]
    hits: tuple[Example, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give everything as plain dictionaries, lists and numbers, fit for JSON."""
        plain = asdict(self)
        plain["precision_recall"] = {
            name: {"recall": recall.tolist(), "precision": precision.tolist()}
            for name, (recall, precision) in self.precision_recall.items()
        }
        coverage, risk = self.risk_coverage
        plain["risk_coverage"] = {"coverage": coverage.tolist(), "risk": risk.tolist()}
        for name in ("errors", "hits"):
            plain[name] = [_plain_example(example) for example in getattr(self, name)]
        plain["slices"] = [asdict(part) | {"worse": part.worse} for part in self.slices]
        return plain


def _plain_example(example: Example) -> dict[str, Any]:
    s = example.statement
    return {
        "id": s.id,
        "text": s.text,
        "primary": s.primary,
        "stances": list(s.stances),
        "label": example.label,
        "confidence": example.confidence,
        "given": example.given,
    }
