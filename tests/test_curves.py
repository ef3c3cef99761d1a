from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import precision_recall_curve

from stance.reports.curves import (
    TARGETS,
    find_targets,
    precision_recall,
    reliability,
    risk_coverage,
)

CONFIDENCE = np.array([0.9, 0.8, 0.8, 0.6, 0.4])
RIGHT = np.array([True, True, False, True, False])


def test_precision_and_recall_are_those_of_scikit_learn() -> None:
    rng = np.random.default_rng(0)
    score, positive = rng.random(200).round(2), rng.random(200) < 0.3
    recall, precision = precision_recall(score, positive)
    expected_precision, expected_recall, _ = precision_recall_curve(positive, score)
    assert recall == pytest.approx(expected_recall[-2::-1])
    assert precision == pytest.approx(expected_precision[-2::-1])


def test_a_long_curve_is_thinned_and_keeps_its_ends() -> None:
    rng = np.random.default_rng(0)
    score, positive = rng.random(5000), rng.random(5000) < 0.3
    recall, _ = precision_recall(score, positive)
    assert len(recall) <= 400
    assert recall[-1] == 1.0


def test_risk_takes_equal_confidences_together() -> None:
    coverage, risk = risk_coverage(CONFIDENCE, RIGHT)
    assert coverage == pytest.approx([0.2, 0.6, 0.8, 1.0])
    assert risk == pytest.approx([0, 1 / 3, 1 / 4, 2 / 5])


def test_a_target_keeps_as_many_as_it_can() -> None:
    target = find_targets(np.linspace(1, 0.5, 20), np.arange(20) < 18)[TARGETS.index(0.95)]
    assert (target.share, target.confidence) == (0.9, pytest.approx(1 - 0.5 * 17 / 19))
    assert target.accuracy == 1.0


def test_a_threshold_gives_what_the_target_says() -> None:
    for target in find_targets(CONFIDENCE, RIGHT):
        if target.confidence is not None:
            kept = target.confidence <= CONFIDENCE
            assert kept.mean() == target.share
            assert RIGHT[kept].mean() == target.accuracy


def test_what_is_never_reached_says_so() -> None:
    target = find_targets(np.array([0.9, 0.8]), np.array([False, False]))[0]
    assert (target.share, target.confidence, target.accuracy) == (0.0, None, None)


def test_bins_hold_like_confidences() -> None:
    bins = reliability(CONFIDENCE, RIGHT)
    assert [(b.n, b.accuracy) for b in bins] == [(1, 0.0), (1, 1.0), (2, 0.5), (1, 1.0)]
    assert bins[2].confidence == pytest.approx(0.8)


def test_full_confidence_is_in_the_last_bin() -> None:
    assert [b.n for b in reliability(np.array([1.0, 0.95]), np.array([True, True]))] == [2]
