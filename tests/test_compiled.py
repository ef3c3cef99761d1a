from __future__ import annotations

import csv
import hashlib
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.engine.compiled import CompiledEngine, compile_engine
from stance.engine.lookup import build_lookup
from stance.engine.plain import Parts, plain_scores

from .conftest import ROOT
from .test_engine import ANY_TEXT, LONG, bundled_parts, parts_of

pytest.importorskip("numba", reason="needs stance[fast]")


def compiled(parts: Parts) -> CompiledEngine:
    lookup = build_lookup(parts.vocabulary)
    assert lookup is not None
    engine = compile_engine(parts, lookup)
    assert engine is not None
    return engine


@cache
def small_compiled(*, filters: bool) -> CompiledEngine:
    return compiled(parts_of(filters=filters))


@cache
def bundled_compiled() -> CompiledEngine:
    return compiled(bundled_parts())


@pytest.mark.parametrize("filters", [False, True])
@settings(deadline=None, max_examples=300)
@given(texts=st.lists(ANY_TEXT, min_size=1, max_size=8))
def test_compiled_code_scores_as_the_plain_way_does(filters: bool, texts: list[str]) -> None:
    engine, plain = small_compiled(filters=filters), plain_scores(parts_of(filters=filters), texts)
    assert engine.scores(texts).tobytes() == plain.tobytes()
    assert [engine.score(text) for text in texts] == plain.tolist()


@settings(deadline=None)
@given(st.lists(ANY_TEXT, min_size=1, max_size=8))
def test_compiled_code_scores_any_text_as_the_bundled_model_does(texts: list[str]) -> None:
    plain = plain_scores(bundled_parts(), texts)
    assert bundled_compiled().scores(texts).tobytes() == plain.tobytes()
    assert [bundled_compiled().score(text) for text in texts] == plain.tolist()


@pytest.mark.parametrize("bias", [-(2**15), 2**15 - 1])
def test_sums_that_wrap_around_do_so_alike(bias: int) -> None:
    parts = parts_of(filters=True)
    assert parts.filters is not None
    wrapping = replace(parts.filters, bias=np.full_like(parts.filters.bias, bias))
    parts, texts = (
        parts._replace(filters=wrapping),
        ["They lied to us.", "We deny it all, maybe so."],
    )
    assert compiled(parts).scores(texts).tobytes() == plain_scores(parts, texts).tobytes()


def test_filters_finer_than_bytes_are_left_to_numpy() -> None:
    parts = parts_of(filters=True)
    assert parts.filters is not None
    lookup = build_lookup(parts.vocabulary)
    assert lookup is not None
    assert compile_engine(parts._replace(filters=replace(parts.filters, shift=0)), lookup) is None


def test_compiled_code_scores_the_dataset_as_the_plain_way_does() -> None:
    with (ROOT / "datasets" / "statements.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    plain = plain_scores(bundled_parts(), texts)
    assert bundled_compiled().scores(texts).tobytes() == plain.tobytes()


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_long_texts_score_alike(text: str) -> None:
    engine, texts = small_compiled(filters=True), ["They lied.", text, "", text, "We deny it."]
    plain = plain_scores(parts_of(filters=True), texts)
    assert engine.scores(texts).tobytes() == plain.tobytes()
    assert engine.score(text) == plain[1].tolist()


def test_threads_agree() -> None:
    engine, texts = small_compiled(filters=True), ["They lied to them all.", "unheard-of", ""] * 50
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(engine.scores, [texts] * 16))
    assert all((result == results[0]).all() for result in results)


def test_no_texts_have_no_scores() -> None:
    assert small_compiled(filters=True).scores([]).shape == (0, 5)


def test_filters_whose_sums_might_round_are_left_to_numpy() -> None:
    parts = parts_of(filters=True)
    assert parts.filters is not None
    heavy = replace(parts.filters, weights=np.full((12, 5), 2**31 - 1, np.int32))
    wide = parts._replace(filters=heavy)
    lookup = build_lookup(parts.vocabulary)
    assert lookup is not None
    assert compile_engine(wide, lookup) is not None  # twelve filters stay below 2 ** 53
    many = replace(heavy, weights=np.full((200, 5), 2**31 - 1, np.int32))
    assert compile_engine(parts._replace(filters=many), lookup) is None


def test_filters_over_pairs_of_words_are_left_to_numpy() -> None:
    parts = parts_of(filters=True)
    assert parts.filters is not None
    narrow = replace(parts.filters, kernel=parts.filters.kernel[:2])
    lookup = build_lookup(parts.vocabulary)
    assert lookup is not None
    assert compile_engine(parts._replace(filters=narrow), lookup) is None


def run(code: str, **environment: str) -> str:
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    call = [sys.executable, "-c", code]
    done = subprocess.run(call, env=variables, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_compiled_code_is_kept_in_the_named_folder(tmp_path: Path) -> None:
    code = "import stance; print(stance.load().warm_up())"
    assert run(code, NUMBA_CACHE_DIR=str(tmp_path)) == "numba"
    assert list(tmp_path.rglob("kernel.score_joined-*.nbi"))


def test_code_is_compiled_anew_when_a_part_of_it_has_changed() -> None:
    from stance.engine.kernel import PARTS  # needs numba

    folder = ROOT / "stance" / "engine"
    digests = {
        name: hashlib.sha256((folder / f"{name}.py").read_bytes()).hexdigest() for name in PARTS
    }
    assert digests == PARTS, "write these digests into stance/engine/kernel.py"
    imports = re.findall(
        r"^from stance\.engine\.(compiled_\w+)", (folder / "kernel.py").read_text(), re.M
    )
    assert set(imports) == set(PARTS)


def test_where_numba_fails_to_import_numpy_scores(tmp_path: Path) -> None:
    (tmp_path / "numba.py").write_text("raise SystemError('numba does not know this Python')")
    code = "import stance; print(stance.load().warm_up())"
    assert run(code, PYTHONPATH=os.pathsep.join([str(tmp_path), str(ROOT)])) == "numpy"
