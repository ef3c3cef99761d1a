from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

import stance
from stance.classifier import StanceClassifier
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


def fitted(*, alike: bool) -> StanceModel:
    return StanceClassifier(min_count=1, peers_alike=alike).fit(TEXTS, LABELS).model_


@pytest.fixture(scope="module")
def model() -> StanceModel:
    return fitted(alike=True)


def test_no_word_is_in_two_groups() -> None:
    pairs = itertools.combinations(PEERS.items(), 2)
    assert [(one, other, a & b) for (one, a), (other, b) in pairs if a & b] == []


def test_every_peer_is_one_word() -> None:
    assert [word for group in PEERS.values() for word in group if words(word) != [word]] == []


@pytest.mark.parametrize("word", ["rob", "foster", "will", "mark", "cliff", "bill"])
def test_what_is_a_word_of_its_own_too_is_no_name(word: str) -> None:
    assert word not in PEERS["<name>"]


@pytest.mark.parametrize("symbol", PEERS)
def test_no_text_holds_a_symbol(symbol: str) -> None:
    assert words(symbol) != [symbol]


@pytest.mark.parametrize("country", ["Russia", "Iran", "Uruguay"])
def test_no_country_moves_a_probability(model: StanceModel, country: str) -> None:
    texts = [f"{country} lied to us.", "France lied to us."]
    one, other = model.predict_proba(texts)
    assert np.array_equal(one, other)


def test_a_name_that_was_never_seen_moves_as_much_as_any(model: StanceModel) -> None:
    one, other = model.predict_proba(["Oksana denies it.", "Pedro denies it."])
    assert np.array_equal(one, other)


def test_otherwise_a_country_moves_a_probability() -> None:
    one, other = fitted(alike=False).predict_proba(["Russia met.", "France met."])
    assert not np.array_equal(one, other)


def test_a_run_holds_what_stands_for_a_peer(model: StanceModel) -> None:
    assert "<country> lied" in model.vocabulary.names()


def test_no_feature_tells_peers_apart(model: StanceModel) -> None:
    (russia, country) = ("russia", "<country>")
    assert model.vocabulary.word_rows[russia] == model.vocabulary.word_rows[country]


def test_an_explanation_shows_the_word_of_the_text(model: StanceModel) -> None:
    explanation = model.explain("Peru lied to us.", "accusation")
    assert "peru lied" in [c.ngram for c in explanation.contributions]


def test_an_explanation_with_two_peers_adds_up(model: StanceModel) -> None:
    explanation = model.explain("Peru and Chile lied to us.", "accusation")
    total = explanation.intercept + sum(c.weight for c in explanation.contributions)
    assert total == explanation.score


def test_two_peers_are_one_feature_in_two_places(model: StanceModel) -> None:
    text = "Peru met Chile."
    (feature,) = (f for f in model.vocabulary.locate(text) if f.name == "peru")
    assert [text[begin:end] for begin, end in feature.spans] == ["Peru", "Chile"]


def test_a_saved_model_reads_peers_alike(model: StanceModel, tmp_path: Path) -> None:
    classifier = StanceClassifier(min_count=1, peers_alike=True).fit(TEXTS, LABELS)
    classifier.save(tmp_path / "model")
    loaded = stance.load(tmp_path / "model")
    texts = ["Uruguay lied to us."]
    assert np.array_equal(loaded.predict_proba(texts), model.predict_proba(texts))
