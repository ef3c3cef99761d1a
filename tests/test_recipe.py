"""The recipe of the bundled model: what it learns from."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from stance.data.datasets import load_statements, near_duplicates
from stance.learning.training import load_training
from stance.learning.word_vectors import read_vectors
from stance.model import StanceModel

from .conftest import ROOT


@pytest.fixture(scope="module")
def recipe() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rebuild", ROOT / "models" / "rebuild.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_held_out_statement_is_learned_from(recipe: ModuleType, shared: Path) -> None:
    real = shared / "real"
    files = load_training(
        [recipe.STATEMENTS, real / "train.jsonl", recipe.READINGS, recipe.SOFT_LABELS],
        texts=[real / "unlabelled.jsonl.gz"],
        corrections=recipe.CORRECTIONS,
        held_out=[real / "dev.jsonl"],
    )
    held_out = load_statements(real / "dev.jsonl")
    assert {name: near_duplicates(data, held_out) for name, data in files.items()} == {
        name: [] for name in files
    }


def test_the_bundled_model_learned_from_these_files(
    recipe: ModuleType, bundled: StanceModel
) -> None:
    paths = (recipe.STATEMENTS, recipe.READINGS, recipe.SOFT_LABELS)
    assert {path.name for path in paths} | {"train.jsonl"} == set(bundled.facts["training"])


def test_the_own_statements_are_those_that_the_bundled_model_learned_from(
    recipe: ModuleType, bundled: StanceModel
) -> None:
    told = bundled.facts["training"]["statements.csv"]["statements"]
    assert told == len(load_statements(recipe.STATEMENTS))


def test_word_vectors_cover_common_words(recipe: ModuleType) -> None:
    assert {"deny", "accuse", "threat", "maybe"} <= set(read_vectors(recipe.WORD_VECTORS))
