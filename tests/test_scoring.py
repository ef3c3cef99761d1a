from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from stance.model import StanceModel
from stance.scoring import label_probabilities, temperature_of, uncalibrated_probabilities

from .conftest import TEXTS


@pytest.fixture
def told(model: StanceModel) -> StanceModel:
    """A model that says its temperature and its prior."""
    prior = {"accusation": 0.1, "denial": 0.1, "threat": 0.1, "hedge": 0.1, "other": 0.6}
    return replace(model, prior=prior, facts={"temperature": 0.5})


def test_a_temperature_of_1_changes_nothing(told: StanceModel) -> None:
    model = replace(told, facts={"temperature": 1.0})
    for prior in ("natural", "balanced"):
        without = uncalibrated_probabilities(model, TEXTS, prior=prior)  # type: ignore[arg-type]
        probabilities = label_probabilities(model, TEXTS, prior=prior)  # type: ignore[arg-type]
        assert without is not None
        np.testing.assert_allclose(without, probabilities, atol=1e-12)


def test_scores_are_multiplied_by_the_temperature(told: StanceModel) -> None:
    without = uncalibrated_probabilities(told, TEXTS)
    scores = told.decision_function(TEXTS) * 0.5
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    assert without is not None
    np.testing.assert_allclose(without, powers / powers.sum(axis=1, keepdims=True))


@pytest.mark.parametrize(
    "facts", [{}, {"temperature": 0.0}, {"temperature": "1"}, {"temperature": float("nan")}]
)
def test_a_model_that_does_not_say_its_temperature_has_none(
    model: StanceModel, facts: dict[str, object]
) -> None:
    silent = replace(model, facts=facts)
    assert temperature_of(silent) is None
    assert uncalibrated_probabilities(silent, TEXTS) is None
