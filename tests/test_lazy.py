from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from typing import get_type_hints

import numpy as np
import pytest

from stance.model import StanceModel

from .conftest import lazy

TEXTS = ["They lied to the committee.", "We deny it.", "", "If they come, we will strike."]


@pytest.mark.parametrize("text", TEXTS)
def test_a_first_statement_is_labelled_as_ever(bundled: StanceModel, text: str) -> None:
    assert lazy().label(text) == bundled.label([text])[0]


def test_the_first_list_is_labelled_as_ever(bundled: StanceModel) -> None:
    assert list(lazy().label(TEXTS)) == list(bundled.label(TEXTS))


def test_statements_are_labelled_alike_before_and_behind_the_beginning(
    bundled: StanceModel,
) -> None:
    model = lazy()
    found = [model.label(text) for text in TEXTS * 40]
    assert model.pure is None
    assert found == [bundled.label(text) for text in TEXTS * 40]


def test_a_few_statements_leave_it_as_it_is() -> None:
    model = lazy()
    model.label(TEXTS)
    assert model.pure is not None


def test_a_long_text_ends_the_beginning(bundled: StanceModel) -> None:
    model, text = lazy(), "They lied to us. " * 1000
    assert model.label(text) == bundled.label(text)
    assert model.pure is None


def test_many_marks_end_the_beginning() -> None:
    model = lazy()
    model.label("?" * 1000)
    model.label("?" * 1000)
    assert model.pure is None


def test_its_annotations_can_be_looked_up() -> None:
    assert "weights" in get_type_hints(StanceModel)


def test_many_empty_texts_end_the_beginning() -> None:
    model = lazy()
    model.label([""] * 1000)
    assert model.pure is None


@pytest.mark.parametrize("prior", ["natural", "balanced"])
def test_a_prior_and_a_bound_are_taken_as_ever(bundled: StanceModel, prior: str) -> None:
    found = lazy().label(TEXTS, prior=prior, min_confidence=0.9)  # type: ignore[call-overload]
    assert list(found) == list(
        bundled.label(TEXTS, prior=prior, min_confidence=0.9)  # type: ignore[call-overload]
    )


def test_probabilities_of_many_are_as_ever(bundled: StanceModel) -> None:
    assert np.array_equal(lazy().predict_proba(TEXTS), bundled.predict_proba(TEXTS))


def test_a_first_prediction_explains_itself(bundled: StanceModel) -> None:
    text = TEXTS[0]
    assert lazy().label(text).explain() == bundled.label(text).explain()


def test_what_the_model_tells_is_told_early(bundled: StanceModel) -> None:
    model = lazy()
    for name in ("labels", "thresholds", "prior", "facts", "pivot"):
        assert getattr(model, name) == getattr(bundled, name)
    assert model.pure is not None


def test_what_it_is_made_of_is_that_of_the_whole_model(bundled: StanceModel) -> None:
    model = lazy()
    assert np.array_equal(model.weights, bundled.weights)
    assert model.vocabulary.terms == bundled.vocabulary.terms
    assert (model.precision, model.filters is None) == (bundled.precision, False)


def test_a_pickled_one_labels_as_ever(bundled: StanceModel) -> None:
    found = pickle.loads(pickle.dumps(lazy()))
    assert type(found) is StanceModel
    assert found.label(TEXTS[0]) == bundled.label(TEXTS[0])


def test_a_copy_labels_as_ever(bundled: StanceModel) -> None:
    assert copy.copy(lazy()).label(TEXTS[0]) == bundled.label(TEXTS[0])


def test_a_field_can_be_replaced(bundled: StanceModel) -> None:
    found = replace(lazy(), thresholds={"threat": 0.0}).label(TEXTS[0])
    assert found.stances == ("accusation", "threat")
    assert found.probabilities == bundled.label(TEXTS[0]).probabilities


def test_a_warm_one_is_lazy_no_more() -> None:
    model = lazy()
    model.warm_up()
    assert model.pure is None
