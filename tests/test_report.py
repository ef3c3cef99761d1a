from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from stance.data.datasets import load_statements
from stance.data.labelled import LabelledStatement
from stance.errors import DataError
from stance.evaluation import evaluate
from stance.model import StanceModel
from stance.reports.comparison import compare
from stance.reports.making import load_files, make_report, report_files
from stance.reports.report import ALL
from stance.scoring import label_probabilities

from .conftest import LABELS, TEXTS


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = enumerate(zip(TEXTS, LABELS, strict=True))
    lines = [
        json.dumps({"text": text, "primary": label, "source": "ab"[i % 2], "natural": i < 9}) + "\n"
        for i, (text, label) in rows
    ]
    (tmp_path / "data.jsonl").write_text("".join(lines))
    return tmp_path / "data.jsonl"


@pytest.fixture
def calibrated(model: StanceModel) -> StanceModel:
    """The model with a prior and a temperature that it says."""
    prior = {"accusation": 0.1, "denial": 0.1, "threat": 0.1, "hedge": 0.1, "other": 0.6}
    return replace(model, prior=prior, facts={"temperature": 0.01})


def test_scores_are_those_of_evaluate(model: StanceModel, data: Path) -> None:
    expected = evaluate(label_probabilities(model, TEXTS), LABELS)
    assert report_files({"m": model}, [data]).scores[ALL] == expected


def test_the_natural_part_is_scored_apart(model: StanceModel, data: Path) -> None:
    scores = report_files({"m": model}, [data]).scores
    assert {title: e.n for title, e in scores.items()} == {ALL: 15, "natural part": 9}


def test_several_files_are_scored_apart_and_are_slices(model: StanceModel, data: Path) -> None:
    other = data.with_name("other.csv")
    other.write_text("text,primary\nWe deny it.,denial\nThey lied.,accusation\n")
    report = report_files({"m": model}, [data, other])
    assert report.scores["other.csv"].n == 2
    assert ("file", "other.csv", 2) in [(s.column, s.value, s.n) for s in report.slices]


def test_files_of_one_name_are_told_apart(data: Path) -> None:
    (data.parent / "b").mkdir()
    again = data.parent / "b" / data.name
    again.write_bytes(data.read_bytes())
    assert list(load_files([data, again])) == [str(data), str(again)]


def test_what_stands_in_the_training_data_is_left_out_once(model: StanceModel, data: Path) -> None:
    some = data.with_name("training.jsonl")
    some.write_text("".join(data.read_text().splitlines(keepends=True)[:2]))
    report = report_files({"m": model}, [data], trained_on=[some])
    assert report.scores["without what stands in the training data"].n == 13
    assert report.trained_on == ("training.jsonl",)


def test_other_models_are_held_against_the_first(
    model: StanceModel, calibrated: StanceModel, data: Path
) -> None:
    report = report_files({"one": calibrated, "two": model}, [data], prior="natural")
    first, second = (label_probabilities(m, TEXTS) for m in (calibrated, model))
    assert report.model == "one"
    assert report.comparisons == {"two": compare(first, second, LABELS)}
    assert report.others == {"two": evaluate(second, LABELS)}


def test_before_is_without_the_temperature_if_the_model_says_it(
    calibrated: StanceModel, data: Path
) -> None:
    before, after = report_files({"m": calibrated}, [data]).reliability
    assert before.title == "Before: temperature off"
    # The same labels, less surely: this temperature has made the scores a hundred times as large.
    assert before.evaluation.accuracy.value == after.evaluation.accuracy.value
    assert before.evaluation.brier.value > after.evaluation.brier.value


def test_before_is_another_prior_if_the_model_says_no_temperature(
    calibrated: StanceModel, data: Path
) -> None:
    model = replace(calibrated, facts={})
    titles = [r.title for r in report_files({"m": model}, [data]).reliability]
    assert titles == ["Before: balanced prior", "As the model is: natural prior"]
    titles = [r.title for r in report_files({"m": model}, [data], prior="balanced").reliability]
    assert titles == ["Before: natural prior", "As the model is: balanced prior"]


def test_a_model_that_says_nothing_has_no_before(model: StanceModel, data: Path) -> None:
    assert len(report_files({"m": model}, [data]).reliability) == 1


def test_statements_can_be_left_out(model: StanceModel, data: Path) -> None:
    report = report_files({"m": model}, [data], texts=False)
    assert (report.errors, report.hits) == ((), ())
    assert not any(text in json.dumps(report.as_dict()) for text in TEXTS)


def test_a_report_fits_json(calibrated: StanceModel, model: StanceModel, data: Path) -> None:
    report = report_files({"one": calibrated, "two": model}, [data])
    read = json.loads(json.dumps(report.as_dict(), allow_nan=False))
    assert read["scores"][ALL]["macro_f1"]["value"] == report.scores[ALL].macro_f1.value
    assert len(read["hits"]) == len(report.hits)
    assert read["slices"][0]["worse"] is False


def test_the_same_data_gives_the_same_report(model: StanceModel, data: Path) -> None:
    first, second = (report_files({"m": model}, [data]).as_dict() for _ in range(2))
    assert first == second


@pytest.mark.parametrize("label", ["denial", "other"])
def test_data_of_one_statement_makes_a_report(model: StanceModel, label: str) -> None:
    stances = (label,) if label != "other" else ()
    statement = LabelledStatement("We deny it.", label, stances, "1", "1", False, {})
    report = make_report({"m": model}, {"one": [statement]})
    assert report.scores[ALL].n == 1
    assert report.slices == ()


def test_a_report_needs_a_model(data: Path) -> None:
    with pytest.raises(DataError, match="no model"):
        make_report({}, {"data": load_statements(data)})
