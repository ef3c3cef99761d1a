from __future__ import annotations

import itertools

import numpy as np
import pytest

from stance.classifier import StanceClassifier
from stance.cli import main
from stance.model import StanceModel
from stance.robustness.peers import PEERS
from stance.text import words

TEXTS = [
    "Russia lied to us.",
    "Russia lied again.",
    "France denies it.",
    "France denies all of it.",
    "Iran spoke.",
    "We met.",
] * 3
LABELS = ["accusation", "accusation", "denial", "denial", "other", "other"] * 3


def fitted(apart: float) -> StanceModel:
    return StanceClassifier(min_count=1, peers_apart=apart).fit(TEXTS, LABELS).model_


@pytest.fixture(scope="module")
def even() -> StanceModel:
    return fitted(0.0)


def test_no_word_is_in_two_groups() -> None:
    assert not any(a & b for a, b in itertools.combinations(PEERS, 2))


def test_every_peer_is_one_word() -> None:
    assert [word for group in PEERS for word in group if words(word) != [word]] == []


@pytest.mark.parametrize("country", ["Russia", "Iran", "Uruguay"])
def test_no_country_moves_a_probability(even: StanceModel, country: str) -> None:
    texts = [f"{country} lied to us.", "France lied to us."]
    one, other = even.predict_proba(texts)
    assert np.array_equal(one, other)


def test_a_name_that_was_never_seen_moves_as_much_as_any(even: StanceModel) -> None:
    one, other = even.predict_proba(["Oksana denies it.", "Pedro denies it."])
    assert np.array_equal(one, other)


def test_left_apart_a_country_moves_a_probability() -> None:
    one, other = fitted(1.0).predict_proba(["Russia met.", "France met."])
    assert not np.array_equal(one, other)


def test_no_run_holds_a_peer(even: StanceModel) -> None:
    runs = [name.split() for name in even.vocabulary.names() if " " in name]
    assert runs
    assert not any(word in group for run in runs for word in run for group in PEERS)


def test_halfway_lies_between(even: StanceModel) -> None:
    def gap(model: StanceModel) -> float:
        one, other = model.predict_proba(["Russia met.", "France met."])
        return float(np.abs(one - other).max())

    assert gap(even) < gap(fitted(0.5)) < gap(fitted(1.0))


@pytest.mark.parametrize("apart", [-0.1, 1.1])
def test_apart_out_of_range_is_an_error(apart: float) -> None:
    with pytest.raises(ValueError, match="peers_apart must be from 0 to 1"):
        fitted(apart)


def test_the_command_line_names_the_range(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "a.csv", "--out", "m", "--peers-apart", "2"]) == 2
    assert "expected a number from 0 to 1, got 2" in capsys.readouterr().err
