from __future__ import annotations

import numpy as np
import pytest

from stance.data.labelled import LabelledStatement
from stance.model import StanceModel
from stance.reports.examples import find_examples, top_features
from stance.scoring import label_probabilities
from stance.text import words

from .conftest import LABELS, TEXTS


@pytest.fixture
def statements() -> list[LabelledStatement]:
    """The handful of statements, every third with a wrong label."""
    labels = [("hedge" if i % 3 == 0 and x != "hedge" else x) for i, x in enumerate(LABELS)]
    return [
        LabelledStatement(
            text, label, (label,) if label != "other" else (), str(i), str(i), False, {}
        )
        for i, (text, label) in enumerate(zip(TEXTS, labels, strict=True))
    ]


def test_errors_are_wrong_and_the_surest_first(
    model: StanceModel, statements: list[LabelledStatement]
) -> None:
    errors, _ = find_examples(model, statements, label_probabilities(model, TEXTS))
    assert len(errors) == 4
    assert all(e.label != e.statement.primary for e in errors)
    assert [e.confidence for e in errors] == sorted((e.confidence for e in errors), reverse=True)


def test_hits_are_right_and_the_least_sure_first(
    model: StanceModel, statements: list[LabelledStatement]
) -> None:
    _, hits = find_examples(model, statements, label_probabilities(model, TEXTS), most=5)
    assert len(hits) == 5
    assert all(h.label == h.statement.primary for h in hits)
    assert [h.confidence for h in hits] == sorted(h.confidence for h in hits)


def test_words_are_shaded_by_what_they_give_the_models_label(
    model: StanceModel, statements: list[LabelledStatement]
) -> None:
    errors, _ = find_examples(model, statements, label_probabilities(model, TEXTS))
    for e in errors:
        assert e.shaded == model.explain(e.statement.text, e.label).shaded()


def test_features_are_the_heaviest_of_their_stance(
    model: StanceModel, statements: list[LabelledStatement]
) -> None:
    features = top_features(model, statements, most=3)
    assert list(features) == ["accusation", "denial", "threat", "hedge"]
    assert "deny" in [f.name for f in features["denial"]]
    for found in features.values():
        weights = [f.weight for f in found]
        assert weights == sorted(weights, reverse=True)


def test_a_features_weight_is_what_it_adds_to_the_score_of_a_usual_statement(
    model: StanceModel, statements: list[LabelledStatement]
) -> None:
    heaviest = top_features(model, statements)["denial"][0]
    found = words(heaviest.name)
    usual = " ".join([*found, *["zyzzyva"] * (model.pivot - 2 - len(found))])
    contributions = model.explain(usual, "denial").contributions
    assert heaviest.weight in [c.weight for c in contributions]


def test_features_are_counted_once_a_statement(
    model: StanceModel, statements: list[LabelledStatement]
) -> None:
    features = {f.name: f.n for f in top_features(model, statements)["hedge"]}
    holders = sum("maybe" in text.lower() for text in TEXTS)
    assert features.get("maybe", holders) == holders


def test_without_errors_there_are_none(model: StanceModel) -> None:
    statement = LabelledStatement("a", "other", (), "1", "1", False, {})
    assert find_examples(model, [statement], np.eye(5)[[4]])[0] == ()
