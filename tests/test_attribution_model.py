from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stance.articles.annotated import AnnotatedArticle, AnnotatedAttribution
from stance.articles.attribution import attributions
from stance.articles.model import AttributionModel
from stance.articles.storage import read_attribution, save_attribution
from stance.articles.training import train_attribution
from stance.bundled import load_attribution
from stance.errors import DataError, ModelFormatError
from stance.learning.word_vectors import write_vectors
from stance.storage.models import read

NAMES = ["Obi", "Silva", "Wren", "Okafor", "Banda", "Lima"]


def article(name: str) -> AnnotatedArticle:
    text = f"{name} said that the bridge was closed. It rained all day in the town."
    end = len(name)
    content = (end + 6, text.index("."))
    one = AnnotatedAttribution(((0, end),), ((end + 1, end + 5),), (content,))
    return AnnotatedArticle(name, text, (one,))


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("vectors") / "vectors.npz"
    write_vectors(path, ["said", "the"], np.eye(2))
    return path


@pytest.fixture(scope="module")
def small(vectors: Path) -> AttributionModel:
    return train_attribution([article(name) for name in NAMES], vectors)


def test_what_was_learned_is_found(small: AttributionModel) -> None:
    text = "Adeyemi said that the bridge was closed. It rained all day in the town."
    (one,) = attributions(text, small)
    assert one.source is not None
    assert one.cue is not None
    assert [text[slice(*span)] for span in (one.source, one.cue, one.content[0])] == [
        "Adeyemi",
        "said",
        "that the bridge was closed",
    ]


def test_training_is_deterministic(small: AttributionModel, vectors: Path, tmp_path: Path) -> None:
    again = train_attribution([article(name) for name in NAMES], vectors)
    for name, model in (("a", small), ("b", again)):
        save_attribution(model, tmp_path / name)
    one, other = ((tmp_path / name / "weights.npz").read_bytes() for name in ("a", "b"))
    assert one == other


def test_too_few_articles_are_a_fault(vectors: Path) -> None:
    with pytest.raises(DataError, match="expected 5 articles or more, got 1"):
        train_attribution([article("Obi")], vectors)


def test_articles_without_attributions_are_a_fault(vectors: Path) -> None:
    bare = [replace(article(name), attributions=()) for name in NAMES]
    with pytest.raises(DataError, match="no article holds an attribution"):
        train_attribution(bare, vectors)


def test_a_saved_model_comes_back(small: AttributionModel, tmp_path: Path) -> None:
    save_attribution(small, tmp_path / "model")
    back = read_attribution(tmp_path / "model")
    assert np.array_equal(back.weights, small.weights)
    assert np.array_equal(back.scales, small.scales)
    assert np.array_equal(back.word_scores, small.word_scores)


def test_it_is_no_model_of_stances(small: AttributionModel, tmp_path: Path) -> None:
    save_attribution(small, tmp_path / "model")
    with pytest.raises(ModelFormatError, match="labels no statements"):
        read(tmp_path / "model")


def test_a_model_of_stances_finds_no_quotes() -> None:
    folder = Path(__file__).resolve().parent.parent / "models" / "default"
    with pytest.raises(ModelFormatError, match="a model of kind linear, expected attribution"):
        read_attribution(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda m: m | {"scales": [1.0]}, "scales must be 6 numbers within"),
        (lambda m: m | {"intercepts": [1e400] * 6}, "not valid JSON"),
        (lambda m: m | {"features": {"bits": 9}}, "features must be {'bits': 18, 'trust': 46}"),
        (lambda m: m | {"facts": 3}, "facts must be an object"),
    ],
)
def test_a_false_manifest_is_a_fault(
    small: AttributionModel,
    tmp_path: Path,
    change: Callable[[dict[str, Any]], dict[str, Any]],
    message: str,
) -> None:
    save_attribution(small, tmp_path / "model")
    path = tmp_path / "model" / "manifest.json"
    changed = change(json.loads(path.read_text()))
    changed.pop("digest")  # as whoever forges a manifest would
    path.write_text(json.dumps(changed))
    with pytest.raises(ModelFormatError, match=message):
        read_attribution(tmp_path / "model")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"weights": np.zeros((2, 2), np.int8)}, "weights must be"),
        ({"words": np.array([3, 1], np.uint32)}, "words must be in ascending order"),
        ({"word_scores": np.full((3, 6), np.nan, np.float32)}, "must be finite"),
        ({"trust": np.zeros(3)}, "trust must be"),
        ({"trust": np.full(47, 1e9)}, "trust must be within 1,000,000 of 0"),
    ],
)
def test_false_arrays_are_a_fault(
    small: AttributionModel, tmp_path: Path, changed: dict[str, Any], message: str
) -> None:
    save_attribution(replace(small, **changed), tmp_path / "model")
    with pytest.raises(ModelFormatError, match=message):
        read_attribution(tmp_path / "model")


def test_sentences_do_not_depend_on_their_neighbours() -> None:
    model = load_attribution()
    text = "Ana Silva denied that the bridge was closed."
    alone = attributions(text, model)[0]
    later = attributions("It rained.\n\n" * 3 + text, model)[-1]
    shift = 36
    assert [(s + shift, e + shift) for s, e in alone.content] == list(later.content)
