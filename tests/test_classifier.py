"""What scikit-learn asks of every classifier, for one whose X is text.

scikit-learn's own check_estimator feeds numbers only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_predict, cross_val_score
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

import stance
from stance.classifier import StanceClassifier
from stance.errors import DataError, InputTypeError, MissingStatementError

from .conftest import LABELS, TEXTS

SMALL = {"min_count": 1, "alpha": 0.001}


def test_parameters_are_kept_as_given() -> None:
    parameters = {"order": 2, "min_count": 7, "alpha": 3.0, "balance": 0.0, "calibration_folds": 0}
    got = StanceClassifier(**parameters).get_params()
    assert {name: got[name] for name in parameters} == parameters


def test_set_params_returns_the_classifier() -> None:
    classifier = StanceClassifier()
    assert classifier.set_params(order=1) is classifier
    assert classifier.order == 1


def test_a_clone_has_the_parameters_and_nothing_learned(fitted: StanceClassifier) -> None:
    copy = clone(fitted)
    assert copy.get_params() == fitted.get_params()
    assert not hasattr(copy, "model_")


def test_fit_returns_the_classifier_and_keeps_the_parameters() -> None:
    classifier = StanceClassifier(**SMALL)
    before = classifier.get_params()
    assert classifier.fit(TEXTS, LABELS) is classifier
    assert classifier.get_params() == before


def test_fit_leaves_its_input_alone() -> None:
    texts, labels, weights = TEXTS.copy(), LABELS.copy(), np.ones(len(TEXTS))
    StanceClassifier(**SMALL).fit(texts, labels, sample_weight=weights)
    assert (texts, labels, weights.tolist()) == (TEXTS, LABELS, [1.0] * len(TEXTS))


@pytest.mark.parametrize("method", ["predict", "predict_proba", "decision_function"])
def test_an_unfitted_classifier_says_so(method: str) -> None:
    with pytest.raises(NotFittedError):
        getattr(StanceClassifier(), method)(TEXTS)


def test_classes_are_sorted(fitted: StanceClassifier) -> None:
    assert fitted.classes_.tolist() == sorted(set(LABELS))


def test_probabilities_and_scores_and_labels_agree(fitted: StanceClassifier) -> None:
    predicted = fitted.predict(TEXTS)
    assert (fitted.classes_[fitted.predict_proba(TEXTS).argmax(axis=1)] == predicted).all()
    assert (fitted.classes_[fitted.decision_function(TEXTS).argmax(axis=1)] == predicted).all()


def test_probabilities_sum_to_one(fitted: StanceClassifier) -> None:
    assert fitted.predict_proba(TEXTS).sum(axis=1) == pytest.approx(1)


def test_two_labels_have_one_score() -> None:
    two = StanceClassifier(**SMALL).fit(TEXTS[:6], LABELS[:6])
    scores = two.decision_function(TEXTS)
    assert scores.shape == (len(TEXTS),)
    assert (two.classes_[(scores > 0).astype(int)] == two.predict(TEXTS)).all()


@pytest.mark.parametrize("convert", [list, tuple, np.array, iter])
def test_fit_takes_any_iterable(convert: Any, fitted: StanceClassifier) -> None:
    other = StanceClassifier(**SMALL).fit(convert(TEXTS), convert(LABELS))
    assert (other.predict_proba(TEXTS) == fitted.predict_proba(TEXTS)).all()


def test_fitting_twice_gives_the_same_model(fitted: StanceClassifier) -> None:
    again = clone(fitted).fit(TEXTS, LABELS)
    assert (again.model_.weights == fitted.model_.weights).all()


def test_refitting_forgets() -> None:
    classifier = StanceClassifier(**SMALL).fit(TEXTS, LABELS).fit(TEXTS[:6], LABELS[:6])
    assert classifier.classes_.tolist() == ["accusation", "denial"]


def test_weights_change_what_is_learned(fitted: StanceClassifier) -> None:
    weights = [100.0 if label == "threat" else 1.0 for label in LABELS]
    weighted = clone(fitted).set_params(balance=0.0).fit(TEXTS, LABELS, sample_weight=weights)
    threat = weighted.classes_.tolist().index("threat")
    assert (
        weighted.predict_proba(["the dam"])[0, threat]
        > fitted.predict_proba(["the dam"])[0, threat]
    )


def test_weight_zero_is_as_good_as_absent() -> None:
    weights = [0.0] + [1.0] * (len(TEXTS) - 1)
    texts = ["we thank", *TEXTS[1:]]
    plain = StanceClassifier(**SMALL, calibration_folds=0)
    one = clone(plain).fit(texts, LABELS, sample_weight=weights)
    other = clone(plain).fit(texts, ["threat", *LABELS[1:]], sample_weight=weights)
    assert one.predict_proba(TEXTS) == pytest.approx(other.predict_proba(TEXTS), abs=1e-3)


def test_groups_stay_together_while_calibrating(fitted: StanceClassifier) -> None:
    grouped = clone(fitted).fit(TEXTS, LABELS, groups=[i % 3 for i in range(len(TEXTS))])
    assert grouped.temperature_ != fitted.temperature_


def test_a_pipeline_works(fitted: StanceClassifier) -> None:
    steps = [
        ("strip", FunctionTransformer(lambda texts: [t.strip() for t in texts])),
        ("label", clone(fitted)),
    ]
    pipeline = Pipeline(steps).fit(TEXTS, LABELS)
    assert (pipeline.predict(TEXTS) == fitted.predict(TEXTS)).all()


def test_grid_search_works() -> None:
    search = GridSearchCV(
        StanceClassifier(**SMALL), {"order": [1, 2]}, cv=3, scoring="neg_log_loss"
    )
    assert search.fit(TEXTS, LABELS).best_params_["order"] in (1, 2)


def test_cross_validation_works() -> None:
    assert len(cross_val_score(StanceClassifier(**SMALL), TEXTS, LABELS, cv=3)) == 3
    shape = cross_val_predict(
        StanceClassifier(**SMALL), TEXTS, LABELS, cv=3, method="predict_proba"
    ).shape
    assert shape == (len(TEXTS), 5)


def test_encoded_labels_cannot_be_saved(tmp_path: Path) -> None:
    encoded = StanceClassifier(**SMALL).fit(TEXTS, np.unique(LABELS, return_inverse=True)[1])
    assert encoded.predict(TEXTS).dtype.kind == "i"
    with pytest.raises(DataError, match="encoded labels cannot be saved"):
        encoded.save(tmp_path / "model")


def test_score_is_accuracy(fitted: StanceClassifier) -> None:
    assert fitted.score(TEXTS, LABELS) == (fitted.predict(TEXTS) == np.array(LABELS)).mean()


def test_joblib_round_trip(fitted: StanceClassifier, tmp_path: Path) -> None:
    joblib.dump(fitted, tmp_path / "classifier.joblib")
    copy = joblib.load(tmp_path / "classifier.joblib")
    assert (copy.predict_proba(TEXTS) == fitted.predict_proba(TEXTS)).all()


def test_a_saved_classifier_loads_as_its_model(fitted: StanceClassifier, tmp_path: Path) -> None:
    fitted.save(tmp_path / "model")
    loaded = stance.load(tmp_path / "model")
    assert (loaded.predict_proba(TEXTS) == fitted.model_.predict_proba(TEXTS)).all()


@pytest.mark.parametrize(
    ("texts", "labels", "error", "message"),
    [
        (
            ["a", "b"],
            ["denial", "acusation"],
            DataError,
            "row 1: label 'acusation' is not one of accusation",
        ),
        (["a", "b"], ["denial", None], DataError, "row 1: label None"),
        (["a", "b"], ["denial"], DataError, "2 statements and 1 labels"),
        (["a", "b"], ["denial", "denial"], DataError, "two labels or more"),
        ([], [], DataError, "two labels or more"),
        (["a", None], ["denial", "threat"], MissingStatementError, "row 1"),
        (["a", 1], ["denial", "threat"], InputTypeError, "row 1: expected str, got int"),
        ("ab", ["denial", "threat"], InputTypeError, "got one str"),
        (["a", "b"], "denial", InputTypeError, "labels must be an iterable of str"),
    ],
)
def test_bad_training_data_is_an_error_that_names_the_row(
    texts: Any, labels: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        StanceClassifier().fit(texts, labels)


@pytest.mark.parametrize(
    "weights", [[1.0], [-1.0] * 15, [float("nan")] * 15, [0.0] * 3 + [1.0] * 12], ids=str
)
def test_bad_weights_are_errors(weights: list[float]) -> None:
    with pytest.raises(DataError, match="sample_weight"):
        StanceClassifier(**SMALL).fit(TEXTS, LABELS, sample_weight=weights)


@pytest.mark.parametrize(
    "parameters",
    [
        {"order": 0},
        {"min_count": 0},
        {"alpha": 0.0},
        {"balance": -1},
        {"calibration_folds": 1},
        {"max_iter": 0},
    ],
    ids=str,
)
def test_bad_parameters_are_errors_when_fitting(parameters: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(parameters))):
        StanceClassifier(**parameters).fit(TEXTS, LABELS)
