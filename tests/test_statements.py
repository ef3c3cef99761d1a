"""The dataset holds what its datasheet says."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from stance.data.datasets import LabelledStatement, load_statements, near_duplicates
from stance.stances import STANCES

from .conftest import ROOT

FILE = ROOT / "datasets" / "statements.csv"


@pytest.fixture(scope="module")
def statements() -> list[LabelledStatement]:
    return load_statements(FILE)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_columns(rows: list[dict[str, str]]) -> None:
    expected = ["id", "text", "primary", "stances", "register", "topic", "group"]
    assert list(rows[0])[: len(expected)] == expected


def test_every_label_is_there_often(statements: list[LabelledStatement]) -> None:
    counts = Counter(s.primary for s in statements)
    assert len(statements) >= 6000
    assert all(counts[stance] >= 1000 for stance in STANCES)
    assert counts["other"] >= 2200


def test_many_have_two_stances(statements: list[LabelledStatement]) -> None:
    assert sum(len(s.stances) > 1 for s in statements) >= 500


def test_no_text_stands_twice(statements: list[LabelledStatement]) -> None:
    assert len({s.text.lower() for s in statements}) == len(statements)


def test_lengths(statements: list[LabelledStatement]) -> None:
    assert all(2 <= len(s.text.split()) <= 70 for s in statements)


def test_a_pair_has_two_labels_and_one_group(rows: list[dict[str, str]]) -> None:
    pairs = defaultdict(list)
    for row in rows:
        if row["pair"]:
            pairs[row["pair"]].append(row)
    for pair in pairs.values():
        assert len({row["stances"] for row in pair}) >= 2
        assert len({row["group"] for row in pair}) == 1


def test_hard_negatives_are_other(rows: list[dict[str, str]]) -> None:
    assert all(row["primary"] == "other" for row in rows if row["hard_negative"])


def test_hard_negatives_are_many(rows: list[dict[str, str]]) -> None:
    assert sum(bool(row["hard_negative"]) for row in rows) >= 1200


def test_contrast_pairs_are_many(rows: list[dict[str, str]]) -> None:
    assert len({row["pair"] for row in rows} - {""}) >= 700


def test_fourteen_registers_have_300_statements_each(rows: list[dict[str, str]]) -> None:
    counts = Counter(row["register"] for row in rows)
    assert len(counts) >= 14
    assert min(counts.values()) >= 300


def test_no_opening_is_common(statements: list[LabelledStatement]) -> None:
    openings = Counter(" ".join(s.text.lower().split()[:3]) for s in statements)
    assert openings.most_common(1)[0][1] <= 0.006 * len(statements)


def test_no_real_statement_is_among_ours(statements: list[LabelledStatement], shared: Path) -> None:
    real = load_statements(shared / "real" / "dev.jsonl", shared / "real" / "train.jsonl")
    assert near_duplicates([s for s in statements if len(s.text.split()) > 6], real) == []


def test_nothing_of_the_challenge_is_learned_from(statements: list[LabelledStatement]) -> None:
    challenge = load_statements(FILE.with_name("challenge.csv"))
    assert len(challenge) >= 1000
    assert not near_duplicates(challenge, statements)
