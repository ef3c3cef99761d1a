"""The standoff annotations hold what the datasheet says, and no text."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from stance.data.agreement import agreement
from stance.data.datasets import load_labels, load_statements

from .conftest import ROOT

FOLDER = ROOT / "datasets" / "annotations"
READINGS = FOLDER / "readings.csv"


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with READINGS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_columns(rows: list[dict[str, str]]) -> None:
    expected = ["id", "primary", "stances", "reader", "round", "drawn", "natural"]
    assert list(rows[0]) == expected


def test_labels_are_sound_and_ids_unique() -> None:
    assert len(load_labels(READINGS)) >= 5000


def test_a_seventh_is_drawn_at_random(rows: list[dict[str, str]]) -> None:
    assert Counter(row["drawn"] for row in rows)["random"] >= 0.15 * len(rows)


def test_only_what_was_drawn_at_random_is_natural(rows: list[dict[str, str]]) -> None:
    assert all((row["natural"] == "true") == (row["drawn"] == "random") for row in rows)


def test_an_id_is_twelve_hexadecimal_digits(rows: list[dict[str, str]]) -> None:
    assert all(len(row["id"]) == 12 and int(row["id"], 16) >= 0 for row in rows)


def test_every_annotation_finds_its_text(shared: Path) -> None:
    pool = shared / "real" / "unlabelled.jsonl.gz"
    assert all(s.text for s in load_statements(READINGS, texts=[pool]))


def test_two_readers_of_own_statements_agree() -> None:
    result = agreement(FOLDER / "own_first_readings.csv", FOLDER / "own_second_readings.csv")
    assert result.kappa >= 0.85
