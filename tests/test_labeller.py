from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.model import StanceModel
from stance.softmax import softmax
from stance.stances import LABELS

from .conftest import small_model

PRIOR = {"accusation": 0.05, "denial": 0.05, "threat": 0.02, "hedge": 0.08, "other": 0.8}
TEXT = "They lied to the committee."


@pytest.fixture
def informed(model: StanceModel) -> StanceModel:
    return replace(model, prior=PRIOR)


def test_the_natural_prior_changes_nothing(informed: StanceModel) -> None:
    assert np.array_equal(
        informed.predict_proba([TEXT], prior="natural"), informed.predict_proba([TEXT])
    )


def test_the_own_prior_given_as_a_mapping_changes_nothing(informed: StanceModel) -> None:
    same = informed.predict_proba([TEXT], prior=PRIOR)
    assert np.allclose(same, informed.predict_proba([TEXT]), atol=1e-12)


def test_a_prior_changes_odds_by_the_ratio_of_shares(informed: StanceModel) -> None:
    natural = informed.predict_proba([TEXT])[0]
    balanced = informed.predict_proba([TEXT], prior="balanced")[0]
    odds = (balanced[0] / balanced[4]) / (natural[0] / natural[4])
    assert odds == pytest.approx(PRIOR["other"] / PRIOR["accusation"])


@given(st.lists(st.floats(0.001, 1000), min_size=5, max_size=5))
def test_any_prior_gives_probabilities(shares: list[float]) -> None:
    model = replace(small_model(), prior=PRIOR)
    row = model.predict_proba([TEXT], prior=dict(zip(LABELS, shares, strict=True)))[0]
    assert np.isfinite(row).all()
    assert row.sum() == pytest.approx(1.0)


def test_a_prior_can_change_the_label() -> None:
    model = replace(small_model(), prior=PRIOR)
    prior = {**PRIOR, "other": 1e9}
    assert model.label(TEXT).label == "accusation"
    assert model.label(TEXT, prior=prior).label == "other"
    assert model.predict([TEXT], prior=prior).tolist() == ["other"]


@pytest.mark.parametrize(
    "prior",
    [
        {"accusation": 1.0},
        {**PRIOR, "other": 0.0},
        {**PRIOR, "other": float("nan")},
        {**PRIOR, "praise": 0.1},
    ],
)
def test_a_prior_with_wrong_shares_is_an_error(
    informed: StanceModel, prior: dict[str, float]
) -> None:
    with pytest.raises(ValueError, match="prior needs a share above 0 for each of accusation"):
        informed.label(TEXT, prior=prior)


def test_an_unknown_prior_is_an_error(informed: StanceModel) -> None:
    with pytest.raises(ValueError, match="'often'"):
        informed.label(TEXT, prior="often")  # type: ignore[call-overload]


def test_a_model_without_a_prior_cannot_change_it(model: StanceModel) -> None:
    bare = replace(model, prior={})
    with pytest.raises(ValueError, match="does not know how often"):
        bare.label(TEXT, prior="balanced")


def test_below_the_asked_confidence_there_is_no_label(model: StanceModel) -> None:
    p = model.label("We meet.", min_confidence=1.0)
    assert p.label is None
    assert sum(p.probabilities.values()) == pytest.approx(1.0)


def test_at_the_asked_confidence_there_is_one(model: StanceModel) -> None:
    confidence = model.label(TEXT).confidence
    assert model.label(TEXT, min_confidence=confidence).label == "accusation"


def test_an_abstention_explains_the_most_probable_label(model: StanceModel) -> None:
    p = model.label(TEXT, min_confidence=1.0)
    assert p.explain().label == "accusation"


def test_an_explanation_shows_the_probability_of_its_prediction(informed: StanceModel) -> None:
    p = informed.label(TEXT, prior="balanced")
    assert p.explain().probability == p.confidence


def test_a_confidence_out_of_range_is_an_error(model: StanceModel) -> None:
    with pytest.raises(ValueError, match="0 to 1, got 80"):
        model.label(TEXT, min_confidence=80)


def test_softmax_bears_large_scores() -> None:
    assert np.allclose(softmax(np.array([[1e4, 0.0]])), [[1.0, 0.0]])
