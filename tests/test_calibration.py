from __future__ import annotations

import numpy as np
import pytest

from stance.calibration import best_temperature, best_thresholds


def test_scores_that_are_too_sure_are_cooled() -> None:
    rng = np.random.default_rng(0)
    target = rng.integers(0, 3, 2000)
    right = rng.random(2000) < 0.7
    shown = np.where(right, target, (target + 1) % 3)
    scores = 5.0 * np.eye(3)[shown]
    temperature = best_temperature(scores, target, np.ones(2000))
    confidence = 1 / (1 + 2 * np.exp(-5.0 / temperature))
    assert confidence == pytest.approx(0.7, abs=0.05)


def test_statements_of_no_weight_do_not_count() -> None:
    scores = np.array([[2.0, 0.0], [2.0, 0.0], [2.0, 0.0]])
    few = best_temperature(scores[:2], np.array([0, 1]), np.ones(2))
    more = best_temperature(scores, np.array([0, 1, 1]), np.array([1.0, 1.0, 0.0]))
    assert few == pytest.approx(more)


def test_a_threshold_parts_what_is_present_from_what_is_not() -> None:
    probabilities = np.array([[0.6, 0.3, 0.1], [0.6, 0.31, 0.09], [0.8, 0.1, 0.1]])
    present = np.array([[True, True, False], [True, True, False], [True, False, False]])
    threshold = best_thresholds(probabilities, present)[1]
    assert 0.1 < threshold <= 0.3


def test_a_label_that_is_never_second_keeps_the_usual_threshold() -> None:
    probabilities, present = np.array([[0.9, 0.1]]), np.array([[True, False]])
    assert best_thresholds(probabilities, present)[1] == 0.25
