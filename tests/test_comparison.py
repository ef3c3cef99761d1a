from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from stance.errors import DataError
from stance.evaluation import evaluate
from stance.reports.comparison import compare
from stance.stances import LABELS, STANCES

from .test_evaluation import drawn


def better(seed: int = 2) -> tuple[NDArray[np.float64], NDArray[np.float64], list[str]]:
    """Two models' probabilities, of which the second is right in some more places."""
    first, labels = drawn(seed=seed)
    second = first.copy()
    for row in range(0, len(labels), 5):
        second[row] = np.eye(5)[LABELS.index(labels[row])]
    return first, second, labels


def test_differences_are_those_of_the_scores() -> None:
    first, second, labels = better()
    c, one, other = (
        compare(first, second, labels),
        evaluate(first, labels),
        evaluate(second, labels),
    )
    assert c.macro_f1.value == pytest.approx(other.macro_f1.value - one.macro_f1.value)
    assert c.accuracy.value == pytest.approx(other.accuracy.value - one.accuracy.value)
    for stance in STANCES:
        change = other.stances[stance]["f1"].value - one.stances[stance]["f1"].value
        assert c.stances[stance].value == pytest.approx(change)


def test_a_better_model_is_told_apart() -> None:
    c = compare(*better())
    assert c.macro_f1.low > 0
    assert c.accuracy.low > 0


def test_the_interval_is_narrower_than_unpaired_ones() -> None:
    first, second, labels = better()
    paired = compare(first, second, labels).macro_f1
    one, other = evaluate(first, labels).macro_f1, evaluate(second, labels).macro_f1
    assert paired.high - paired.low < (other.high - one.low) - (other.low - one.high)


def test_a_model_does_not_differ_from_itself() -> None:
    probabilities, labels = drawn()
    c = compare(probabilities, probabilities, labels)
    assert (c.macro_f1.low, c.macro_f1.high, c.gained, c.lost) == (0, 0, 0, 0)


def test_swapping_the_models_turns_the_sign() -> None:
    first, second, labels = better()
    there, back = compare(first, second, labels), compare(second, first, labels)
    assert there.macro_f1.value == -back.macro_f1.value
    assert there.macro_f1.low == pytest.approx(-back.macro_f1.high)
    assert (there.gained, there.lost) == (back.lost, back.gained)


def test_gained_and_lost_count_statements() -> None:
    first, second = np.eye(5)[[0, 1, 2]], np.eye(5)[[0, 2, 3]]
    c = compare(first, second, ["accusation", "threat", "threat"], resamples=10)
    assert (c.gained, c.lost) == (1, 1)


def test_probabilities_of_other_statements_are_an_error() -> None:
    with pytest.raises(DataError, match=r"expected probabilities of shape \(2, 5\), got \(3, 5\)"):
        compare(np.eye(5)[:2], np.eye(5)[:3], ["threat", "threat"])
