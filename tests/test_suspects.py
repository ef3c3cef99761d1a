from __future__ import annotations

import pytest

from stance.classifier import StanceClassifier
from stance.data.datasets import LabelledStatement
from stance.data.suspects import Suspect, find_suspects
from stance.errors import DataError

CLASSIFIER = StanceClassifier(min_count=1, alpha=0.001, calibration_folds=0)


def data(wrong: str) -> list[LabelledStatement]:
    """Two kinds of statements that are easy to tell apart, the first with a given label."""
    rows = [("We deny this, number", "denial"), ("They lied to us, number", "accusation")]
    made = []
    for i in range(20):
        for text, label in rows:
            given = wrong if (i, label) == (0, "denial") else label
            made.append(
                LabelledStatement(f"{text} {i}", given, (given,), f"{label}{i}", f"g{i}", False, {})
            )
    return made


def suspects(wrong: str) -> list[Suspect]:
    return find_suspects(data(wrong), classifier=CLASSIFIER)


def test_a_wrong_label_is_found() -> None:
    assert [(s.statement.id, s.label) for s in suspects("accusation")] == [("denial0", "denial")]


def test_right_labels_are_not_suspect() -> None:
    assert suspects("denial") == []


def test_the_other_label_is_more_probable_than_the_given_one() -> None:
    assert all(s.probability > s.given for s in suspects("accusation"))


def test_no_statements_are_an_error() -> None:
    with pytest.raises(DataError, match="no statements"):
        find_suspects([])
