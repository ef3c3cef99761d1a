from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from stance.errors import ModelFormatError
from stance.filters import Filters, quantise
from stance.model import StanceModel
from stance.storage.models import read, save

from .conftest import small_model

N_WORDS, DIMENSIONS, COUNT = 30, 8, 6


def real_parts(seed: int = 0) -> tuple[NDArray[np.float64], ...]:
    rng = np.random.default_rng(seed)
    shapes = [(N_WORDS + 1, DIMENSIONS), (3, DIMENSIONS, COUNT), (COUNT,), (COUNT, 5)]
    return tuple(rng.normal(size=shape) for shape in shapes)


def real_scores(
    path: NDArray[np.int64], parts: tuple[NDArray[np.float64], ...]
) -> NDArray[np.float64]:
    """The same in real numbers, a run at a time."""
    vectors, kernel, bias, weights = parts
    given = vectors[np.minimum(path, N_WORDS)]
    runs = [sum(given[i + k] @ kernel[k] for k in range(3)) + bias for i in range(len(path) - 2)]
    return np.asarray(np.maximum(np.max(runs, axis=0), 0) @ weights)


paths = st.lists(st.integers(0, N_WORDS + 5), min_size=3, max_size=12)


@given(paths)
def test_integers_score_about_as_real_numbers_do(path: list[int]) -> None:
    rows = np.array(path)
    scores = quantise(*real_parts()).scores(rows, np.array([len(rows)]))[0]
    assert np.abs(scores - real_scores(rows, real_parts())).max() < 1.0


@given(st.lists(paths, min_size=1, max_size=6))
def test_a_batch_is_its_statements_alone(several: list[list[int]]) -> None:
    filters = quantise(*real_parts())
    lengths = np.array([len(path) for path in several])
    together = filters.scores(np.concatenate([np.array(p) for p in several]), lengths)
    alone = [filters.scores(np.array(p), np.array([len(p)]))[0] for p in several]
    assert np.array_equal(together, np.array(alone))


@pytest.mark.parametrize("seed", range(5))
def test_products_fit_into_bytes(seed: int) -> None:
    assert quantise(*real_parts(seed)).table.dtype == np.int8


@pytest.mark.parametrize("parts", [{}, {"shift": 0}, {"bias": np.full(COUNT, 2**15 - 1, np.int16)}])
def test_a_large_batch_is_its_statements_alone(parts: dict[str, Any]) -> None:
    filters = replace(quantise(*real_parts()), **parts)
    rows, lengths = np.tile([1, 5, 9, 2], 600), np.full(600, 4)
    alone = filters.scores(rows[:4], lengths[:1])
    assert np.array_equal(filters.scores(rows, lengths), np.tile(alone, (600, 1)))


@given(paths)
def test_the_runs_that_are_kept_add_up_to_the_score(path: list[int]) -> None:
    filters, rows = quantise(*real_parts()), np.array(path)
    parts = sum((part for _, part in filters.locate(rows)), np.zeros(5))
    assert np.array_equal(parts, filters.scores(rows, np.array([len(rows)]))[0])


@given(st.integers(0, 1000), st.floats(0.01, 50.0))
@settings(max_examples=30)
def test_scaling_scales_the_scores(seed: int, factor: float) -> None:
    filters, rows = quantise(*real_parts(seed)), np.array([1, 5, 9, 2])
    scores = filters.scores(rows, np.array([4]))
    scaled = filters.scaled(factor).scores(rows, np.array([4]))
    assert scaled == pytest.approx(scores * factor, abs=1e-4 * factor)


@pytest.fixture
def filtered(model: StanceModel) -> StanceModel:
    rng = np.random.default_rng(1)
    n_words = model.vocabulary.word_count
    shapes = [(n_words + 1, 16), (3, 16, 12), (12,), (12, 5)]
    return replace(model, filters=quantise(*(rng.normal(size=shape) * 0.3 for shape in shapes)))


@given(st.text())
def test_an_explanation_adds_up(text: str) -> None:
    bare = small_model()
    rng = np.random.default_rng(1)
    shapes = [(bare.vocabulary.word_count + 1, 16), (3, 16, 12), (12,), (12, 5)]
    model = replace(bare, filters=quantise(*(rng.normal(size=shape) * 0.3 for shape in shapes)))
    explanation = model.explain(text, "threat")
    parts = sum(c.weight for c in explanation.contributions)
    assert explanation.intercept + parts == pytest.approx(explanation.score, abs=1e-9)


def test_a_run_is_named_by_its_words(filtered: StanceModel) -> None:
    names = [c.ngram for c in filtered.label("They lied to us.").explain().contributions]
    assert any(name.startswith("~ ") for name in names)


def test_a_saved_model_keeps_its_filters(filtered: StanceModel, tmp_path: Path) -> None:
    save(filtered, tmp_path / "m")
    again = read(tmp_path / "m")
    texts = ["They lied to us.", "Maybe.", "We meet at nine."]
    assert np.array_equal(again.predict_proba(texts), filtered.predict_proba(texts))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("vectors", np.zeros((3, 16), np.int8)),
        ("kernel", np.zeros((5, 16, 12), np.int8)),
        ("kernel", np.zeros((3, 12), np.int8)),
        ("bias", np.zeros(12, np.int32)),
        ("weights", np.zeros((12, 4), np.int32)),
    ],
)
def test_filters_that_do_not_fit_are_an_error(
    filtered: StanceModel, tmp_path: Path, name: str, value: NDArray[np.generic]
) -> None:
    assert isinstance(filtered.filters, Filters)
    changed = replace(filtered.filters, **{name: value})
    save(replace(filtered, filters=changed), tmp_path / "m")
    with pytest.raises(ModelFormatError, match=r"weights\.npz"):
        read(tmp_path / "m")


def test_filters_are_learned() -> None:
    pytest.importorskip("torch", reason="needs stance[teacher]")
    from stance.classifier import StanceClassifier

    from .conftest import LABELS, TEXTS

    classifier = StanceClassifier(min_count=1, filters=8, filter_share=1.0, calibration_folds=0)
    found = classifier.fit(TEXTS * 40, LABELS * 40).predict(TEXTS)
    assert (found == np.array(LABELS)).mean() > 0.8
