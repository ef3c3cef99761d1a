from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stance.learning.run_counts
from stance.features import END, RESERVED, START
from stance.learning.counts import count_matrix, learn_vocabulary
from stance.learning.run_counts import count_runs, count_words, number_words

STATEMENTS = st.lists(st.lists(st.sampled_from("abcd"), max_size=8), max_size=12)


def counted(statements: list[list[str]], length: int) -> Counter[tuple[str, ...]]:
    """Statements that each run stands in, by sets of tuples."""
    counts: Counter[tuple[str, ...]] = Counter()
    for tokens in statements:
        bounded = [START, *tokens, END]
        counts.update({tuple(bounded[i : i + length]) for i in range(len(bounded) - length + 1)})
    return counts


@given(STATEMENTS, st.integers(2, 4), st.integers(1, 3))
def test_runs_are_counted_once_a_statement(
    statements: list[list[str]], order: int, min_count: int
) -> None:
    words = number_words(statements)
    spelled: list[tuple[str, ...]] = [(name,) for name in words.names]
    for length, runs in enumerate(count_runs(words, order, min_count), start=2):
        names = zip(runs.prefix.tolist(), runs.last.tolist(), strict=True)
        spelled = [(*spelled[prefix], words.names[last]) for prefix, last in names]
        expected = {r: n for r, n in counted(statements, length).items() if n >= min_count}
        assert dict(zip(spelled, runs.counts.tolist(), strict=True)) == expected


@given(STATEMENTS)
def test_words_are_counted_once_a_statement(statements: list[list[str]]) -> None:
    words = number_words(statements)
    found = dict(zip(words.names, count_words(words).tolist(), strict=True))
    expected = {name: n for (name,), n in counted(statements, 1).items()}
    assert {name: n for name, n in found.items() if n} == expected


@given(statements=STATEMENTS)
def test_parts_that_are_counted_apart_add_up(statements: list[list[str]]) -> None:
    whole = learn_vocabulary(number_words(statements), order=3, min_count=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stance.learning.run_counts, "CHUNK", 5)
        parts = learn_vocabulary(number_words(statements), order=3, min_count=1)
    assert parts.names() == whole.names()


@given(STATEMENTS, st.integers(30, 80))
def test_the_rarest_runs_are_left_out(statements: list[list[str]], most: int) -> None:
    whole = learn_vocabulary(number_words(statements), order=3, min_count=1)
    small = learn_vocabulary(number_words(statements), order=3, min_count=1, max_features=most)
    assert len(small) <= max(most, len(whole.terms))
    assert set(small.names()) <= set(whole.names())
    counts = counted(statements, 2) + counted(statements, 3)
    kept = {tuple(name.split()) for name in small.names()[len(small.terms) :]}
    left = set(counts) - kept
    assert not kept or not left or min(counts[r] for r in kept) >= max(counts[r] for r in left)


LONG = st.lists(st.sampled_from(["strike", "strikes", "striking", "no", "?"]), max_size=8)


@given(st.lists(LONG, max_size=12), st.lists(LONG, max_size=12), st.integers(1, 3))
def test_features_are_counted_as_a_model_finds_them(
    seen: list[list[str]], more: list[list[str]], least: int
) -> None:
    vocabulary = learn_vocabulary(number_words(seen), order=3, min_count=least)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stance.learning.run_counts, "CHUNK", 5)
        counts = count_matrix(vocabulary, number_words(seen + more))
    assert counts.shape == (len(seen + more), len(vocabulary))
    for row, tokens in enumerate(seen + more):
        rows, _ = vocabulary.rows([" ".join(tokens)])
        expected = np.bincount(rows, minlength=len(vocabulary))
        expected[: len(RESERVED)] = 0
        assert counts[[row]].toarray()[0].tolist() == expected.tolist()
