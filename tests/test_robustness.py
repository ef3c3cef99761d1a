from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from stance.cli import main
from stance.model import StanceModel
from stance.robustness.shifts import measure_robustness

STATEMENTS = [
    "Russia lied to the committee.",
    "We don't deny it.",
    "He said that they will regret it.",
    "Thank you all for coming today.",
]


def test_the_same_seed_gives_the_same_figures(model: StanceModel) -> None:
    assert measure_robustness(model, STATEMENTS) == measure_robustness(model, STATEMENTS)


def test_letters_do_not_matter(model: StanceModel) -> None:
    flips = {flip.change: flip for flip in measure_robustness(model, STATEMENTS).flips}
    assert flips["upper case"].statements == len(STATEMENTS)
    assert flips["upper case"].rate == 0.0


def test_only_statements_that_can_be_changed_count(model: StanceModel) -> None:
    flips = {flip.change: flip for flip in measure_robustness(model, STATEMENTS).flips}
    assert flips["contractions expanded"].statements == 1
    assert flips["another country"].statements == 1


def test_countries_of_no_weight_shift_nothing(model: StanceModel) -> None:
    shifts = {shift.panel: shift for shift in measure_robustness(model, STATEMENTS).shifts}
    assert shifts["countries"].statements == 1
    assert shifts["countries"].largest == pytest.approx(0, abs=1e-3)


def test_what_lies_above_the_mean_lies_below_it_elsewhere(bundled: StanceModel) -> None:
    for shift in measure_robustness(bundled, STATEMENTS).shifts:
        for stance in shift.mean_absolute:
            assert sum(by[stance] for by in shift.signed.values()) == pytest.approx(0, abs=1e-9)


def test_no_statements_give_no_figures(model: StanceModel) -> None:
    assert "0" in str(measure_robustness(model, []))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["text", "primary"], *([text, "other"] for text in STATEMENTS)])
    return path


def test_the_command_prints_a_table(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["robustness", str(data)]) == 0
    shown = capsys.readouterr().out
    assert "a typo in one word" in shown
    assert "public figures" in shown


def test_the_command_prints_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["robustness", str(data), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["flips"]["upper case"]["statements"] == 4
