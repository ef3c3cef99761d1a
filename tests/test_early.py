from __future__ import annotations

import copy
import pickle
from dataclasses import replace

import numpy as np
import pytest

from stance.model import StanceModel
from stance.storage.early import EarlyModel, read_early
from stance.storage.pinned import DIGESTS

from .conftest import ROOT

TEXTS = ["They lied to the committee.", "We deny it.", "", "If they come, we will strike."]
FOLDER = ROOT / "models" / "default"


def early() -> EarlyModel:
    """A fresh one: the bundled model, as if numpy were not loaded."""
    model = read_early(FOLDER, pinned=DIGESTS["default"])
    assert isinstance(model, EarlyModel)
    return model


@pytest.mark.parametrize("text", TEXTS)
def test_a_first_statement_is_labelled_as_ever(bundled: StanceModel, text: str) -> None:
    assert early().label(text) == bundled.label([text])[0]


def test_the_first_list_is_labelled_as_ever(bundled: StanceModel) -> None:
    assert list(early().label(TEXTS)) == list(bundled.label(TEXTS))


def test_statements_are_labelled_alike_before_and_behind_the_beginning(
    bundled: StanceModel,
) -> None:
    model = early()
    found = [model.label(text) for text in TEXTS * 40]
    assert model.bare is None
    assert found == [bundled.label(text) for text in TEXTS * 40]


def test_a_few_statements_leave_it_as_it_is() -> None:
    model = early()
    model.label(TEXTS)
    assert model.bare is not None


def test_a_long_text_ends_the_beginning(bundled: StanceModel) -> None:
    model, text = early(), "They lied to us. " * 1000
    assert model.label(text) == bundled.label(text)
    assert model.bare is None


def test_many_empty_texts_end_the_beginning() -> None:
    model = early()
    model.label([""] * 1000)
    assert model.bare is None


@pytest.mark.parametrize("prior", ["natural", "balanced"])
def test_a_prior_and_a_bound_are_taken_as_ever(bundled: StanceModel, prior: str) -> None:
    found = early().label(TEXTS, prior=prior, min_confidence=0.9)  # type: ignore[call-overload]
    assert list(found) == list(
        bundled.label(TEXTS, prior=prior, min_confidence=0.9)  # type: ignore[call-overload]
    )


def test_probabilities_of_many_are_as_ever(bundled: StanceModel) -> None:
    assert np.array_equal(early().predict_proba(TEXTS), bundled.predict_proba(TEXTS))


def test_a_first_prediction_explains_itself(bundled: StanceModel) -> None:
    text = TEXTS[0]
    assert early().label(text).explain() == bundled.label(text).explain()


def test_what_the_model_tells_is_told_early(bundled: StanceModel) -> None:
    model = early()
    for name in ("labels", "thresholds", "prior", "facts", "pivot"):
        assert getattr(model, name) == getattr(bundled, name)
    assert model.bare is not None


def test_what_it_is_made_of_is_that_of_the_whole_model(bundled: StanceModel) -> None:
    model = early()
    assert np.array_equal(model.weights, bundled.weights)
    assert model.vocabulary.terms == bundled.vocabulary.terms
    assert (model.precision, model.filters is None) == (bundled.precision, False)


def test_a_pickled_one_labels_as_ever(bundled: StanceModel) -> None:
    found = pickle.loads(pickle.dumps(early()))
    assert found.label(TEXTS[0]) == bundled.label(TEXTS[0])


def test_a_copy_labels_as_ever(bundled: StanceModel) -> None:
    assert copy.copy(early()).label(TEXTS[0]) == bundled.label(TEXTS[0])


def test_a_field_can_be_replaced(bundled: StanceModel) -> None:
    found = replace(early(), thresholds={"threat": 0.0}).label(TEXTS[0])
    assert found.stances == ("accusation", "threat")
    assert found.probabilities == bundled.label(TEXTS[0]).probabilities


def test_a_warm_one_is_early_no_more() -> None:
    model = early()
    model.warm_up()
    assert model.bare is None
