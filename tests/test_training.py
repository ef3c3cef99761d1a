from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

import stance
from stance.classifier import StanceClassifier
from stance.data.datasets import LabelledStatement, load_statements
from stance.errors import DataError
from stance.learning.fitting import fit_statements, leave_one_out
from stance.learning.training import TrainingResult, train
from stance.scoring import evaluate_file, label_probabilities

from .conftest import LABELS, TEXTS

SMALL = StanceClassifier(min_count=1, alpha=0.001)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("training")
    with (folder / "own.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "primary", "stances", "group"])
        for i, (text, label) in enumerate(zip(TEXTS, LABELS, strict=True)):
            several = "|".join(["threat", "accusation"]) if i == 6 else label * (label != "other")
            writer.writerow([text, label, several, i % 3])
    held = [
        {"text": TEXTS[0], "primary": "denial", "natural": True},
        {"text": "Thank you all so much for this.", "primary": "other", "natural": False},
    ]
    (folder / "held.jsonl").write_text("".join(json.dumps(row) + "\n" for row in held))
    return folder


@pytest.fixture(scope="module")
def result(folder: Path) -> TrainingResult:
    return train(
        [folder / "own.csv"], folder / "model", held_out=[folder / "held.jsonl"], classifier=SMALL
    )


def test_the_saved_model_is_the_trained_one(result: TrainingResult, folder: Path) -> None:
    loaded = stance.load(folder / "model")
    assert (loaded.predict_proba(TEXTS) == result.model.predict_proba(TEXTS)).all()


@pytest.mark.usefixtures("result")
def test_training_again_gives_the_same_bytes(folder: Path) -> None:
    train(
        [folder / "own.csv"], folder / "again", held_out=[folder / "held.jsonl"], classifier=SMALL
    )
    for file in (folder / "model").iterdir():
        assert file.read_bytes() == (folder / "again" / file.name).read_bytes()


def test_training_data_and_held_out_data_are_scored_apart(result: TrainingResult) -> None:
    assert list(result.evaluations) == [
        "own.csv, 5-fold cross-validation by group",
        "held.jsonl",
        "held.jsonl, natural part",
    ]


def test_what_is_held_out_is_not_learned(result: TrainingResult) -> None:
    assert result.model.facts["training"]["own.csv"]["statements"] == len(TEXTS) - 1


def test_the_card_tells_the_figures(result: TrainingResult, folder: Path) -> None:
    card = (folder / "model" / "README.md").read_text()
    assert all(str(evaluation.macro_f1) in card for evaluation in result.evaluations.values())


def test_a_second_stance_is_learned_too(folder: Path) -> None:
    statements = load_statements(folder / "own.csv")
    model = fit_statements(SMALL, statements).model_
    plain = StanceClassifier(**SMALL.get_params()).fit(TEXTS, LABELS).model_
    accusation = model.labels.index("accusation")
    both, one = (m.predict_proba([TEXTS[6]])[0, accusation] for m in (model, plain))
    assert both > one


def test_fitting_leaves_the_settings_unfitted(folder: Path) -> None:
    fit_statements(SMALL, load_statements(folder / "own.csv"))
    assert not hasattr(SMALL, "model_")


def test_a_model_of_two_labels_can_be_scored(folder: Path) -> None:
    two = StanceClassifier(min_count=1).fit(TEXTS[:6], LABELS[:6]).model_
    assert label_probabilities(two, TEXTS)[:, 2:].sum() == 0
    assert "held.jsonl" in evaluate_file(two, folder / "held.jsonl")


def test_two_files_of_one_name_are_an_error(folder: Path) -> None:
    with pytest.raises(DataError, match="one name"):
        train([folder / "own.csv", folder / "own.csv"], folder / "never", classifier=SMALL)


def spread(folder: Path, *values: str) -> list[LabelledStatement]:
    """The statements, dealt out to sources in turn."""
    statements = load_statements(folder / "own.csv")
    return [
        replace(s, slices={"source": values[i % len(values)]}) for i, s in enumerate(statements)
    ]


def test_each_source_is_scored_by_a_model_without_it(folder: Path) -> None:
    scores = leave_one_out(SMALL, spread(folder, "a", "b", "c"), "source")
    assert {name: e.n for name, e in scores.items()} == {"a": 5, "b": 5, "c": 5}


def test_statements_without_a_source_are_never_left_out(folder: Path) -> None:
    scores = leave_one_out(SMALL, spread(folder, "a", "b", ""), "source")
    assert list(scores) == ["a", "b"]


def test_a_column_that_is_not_there_cannot_be_left_out(folder: Path) -> None:
    with pytest.raises(DataError, match="fewer than two values of column 'source'"):
        leave_one_out(SMALL, load_statements(folder / "own.csv"), "source")


def test_the_card_tells_the_mean_of_what_was_left_out(folder: Path, tmp_path: Path) -> None:
    lines = (folder / "own.csv").read_text().splitlines()
    sources = ["source", *("abc"[i % 3] for i in range(len(TEXTS)))]
    rows = [f"{line},{source}\n" for line, source in zip(lines, sources, strict=True)]
    (tmp_path / "own.csv").write_text("".join(rows))
    made = train(
        [tmp_path / "own.csv"],
        tmp_path / "model",
        classifier=SMALL,
        cross_validate=False,
        leave_out="source",
    )
    card = (tmp_path / "model" / "README.md").read_text()
    assert f"| mean | | **{made.mean_left_out:.3f}** |" in card
