from __future__ import annotations

import json

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import (
    average_precision_score,
    confusion_matrix,
    f1_score,
    precision_recall_fscore_support,
)

from stance.errors import DataError
from stance.evaluation import Evaluation, as_markdown, as_text, evaluate
from stance.stances import LABELS, STANCES


def drawn(n: int = 400, seed: int = 1) -> tuple[NDArray[np.float64], list[str]]:
    """Labels, and probabilities that know something of them; rounded, so that scores tie."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(5, size=n, p=[0.1, 0.1, 0.05, 0.15, 0.6])
    scores = rng.normal(size=(n, 5)) + 1.5 * np.eye(5)[truth]
    powers = np.exp(scores).round(1) + 0.1
    return powers / powers.sum(axis=1, keepdims=True), [LABELS[i] for i in truth]


@pytest.fixture(scope="module")
def result() -> Evaluation:
    return evaluate(*drawn())


def test_macro_f1_is_that_of_scikit_learn(result: Evaluation) -> None:
    probabilities, labels = drawn()
    predicted = [LABELS[i] for i in probabilities.argmax(axis=1)]
    expected = f1_score(labels, predicted, labels=STANCES, average="macro")
    assert result.macro_f1.value == pytest.approx(expected)


def test_the_figures_of_a_stance_are_those_of_scikit_learn(result: Evaluation) -> None:
    probabilities, labels = drawn()
    predicted = [LABELS[i] for i in probabilities.argmax(axis=1)]
    expected = precision_recall_fscore_support(labels, predicted, labels=STANCES)
    for i, stance in enumerate(STANCES):
        found = [result.stances[stance][kind].value for kind in ("precision", "recall", "f1")]
        assert found == pytest.approx([expected[0][i], expected[1][i], expected[2][i]])
        assert result.support[stance] == expected[3][i]


def test_average_precision_is_that_of_scikit_learn(result: Evaluation) -> None:
    probabilities, labels = drawn()
    for i, stance in enumerate(STANCES):
        expected = average_precision_score(np.array(labels) == stance, probabilities[:, i])
        assert result.stances[stance]["average_precision"].value == pytest.approx(expected)


def test_the_confusion_matrix_is_that_of_scikit_learn(result: Evaluation) -> None:
    probabilities, labels = drawn()
    predicted = [LABELS[i] for i in probabilities.argmax(axis=1)]
    assert result.confusion == tuple(
        map(tuple, confusion_matrix(labels, predicted, labels=LABELS).tolist())
    )


def test_brier_and_calibration_of_a_known_case() -> None:
    probabilities = np.array([[0.7, 0.3, 0, 0, 0], [0.7, 0.3, 0, 0, 0]])
    result = evaluate(probabilities, ["accusation", "denial"])
    assert result.brier.value == pytest.approx((0.3**2 * 2 + 0.7**2 * 2) / 2)
    assert result.calibration_error.value == pytest.approx(0.2)


def test_certain_and_right_is_perfect() -> None:
    result = evaluate(np.eye(5), list(LABELS))
    assert (result.brier.value, result.calibration_error.value, result.accuracy.value) == (0, 0, 1)


def test_a_stance_that_is_not_there_scores_nothing() -> None:
    result = evaluate(np.eye(5)[[4, 4]], ["other", "other"])
    assert {score.value for score in result.stances["threat"].values()} == {0.0}


def test_intervals_hold_their_figure(result: Evaluation) -> None:
    scores = [result.macro_f1, result.accuracy, result.brier]
    scores += [score for stance in result.stances.values() for score in stance.values()]
    assert all(score.low <= score.value <= score.high for score in scores)


def test_more_statements_narrow_the_interval(result: Evaluation) -> None:
    more = evaluate(*drawn(4000))
    assert more.macro_f1.high - more.macro_f1.low < result.macro_f1.high - result.macro_f1.low


def test_the_interval_is_as_wide_as_theory_says() -> None:
    result = evaluate(
        np.tile([0.1, 0.1, 0.1, 0.1, 0.6], (1000, 1)), ["other"] * 700 + ["hedge"] * 300
    )
    width = 2 * 1.96 * (0.7 * 0.3 / 1000) ** 0.5
    assert result.accuracy.high - result.accuracy.low == pytest.approx(width, rel=0.15)


def test_the_same_seed_gives_the_same_figures(result: Evaluation) -> None:
    assert evaluate(*drawn()) == result


def test_figures_fit_json(result: Evaluation) -> None:
    assert json.loads(json.dumps(result.as_dict()))["macro_f1"]["value"] == result.macro_f1.value


@pytest.mark.parametrize("lay_out", [lambda e: as_text(e, "dev"), as_markdown])
def test_layouts_show_the_headline(result: Evaluation, lay_out: object) -> None:
    assert str(result.macro_f1) in lay_out(result)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("probabilities", "labels", "message"),
    [
        (np.zeros((0, 5)), [], "expected probabilities"),
        (np.eye(5), ["other"], "expected probabilities of shape"),
        (np.eye(5)[:1], ["praise"], "'praise'"),
    ],
)
def test_bad_input_is_an_error(
    probabilities: NDArray[np.float64], labels: list[str], message: str
) -> None:
    with pytest.raises(DataError, match=message):
        evaluate(probabilities, labels)


def test_the_most_confident_half_is_what_abstaining_keeps() -> None:
    probabilities = np.full((4, 5), 0.1)
    probabilities[[0, 1], 0] = 0.6
    probabilities[[2, 3], 1] = 0.5
    result = evaluate(probabilities, ["accusation", "accusation", "hedge", "denial"], resamples=1)
    half = next(c for c in result.coverage if c.share == 0.5)
    assert (half.confidence, half.accuracy) == (0.6, 1.0)
    assert result.coverage[-1].accuracy == 0.75
