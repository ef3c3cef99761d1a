from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.articles.best_spans import best_spans

SCORES = st.integers(-9, 9).map(float)
ROWS = st.integers(1, 9).flatmap(
    lambda places: st.lists(
        st.tuples(
            *[st.lists(SCORES, min_size=places, max_size=places)] * 3,
            st.lists(st.integers(0, places), min_size=6, max_size=6).map(sorted),
        ),
        min_size=1,
        max_size=4,
    )
)


def one_by_one(
    begin: list[float], end: list[float], inside: list[float], parts: list[tuple[int, int]]
) -> tuple[int, int, float, float]:
    best = (-1, -1, -np.inf)
    total = -np.inf
    for low, high in parts:
        # The first end of the best score, and for it the first begin.
        for last in range(low, high):
            for first in range(low, last + 1):
                score = begin[first] + end[last] + sum(inside[first : last + 1])
                if score > best[2]:
                    best = (first, last, score)
                total = np.logaddexp(total, score)
    return (*best, total)


@given(ROWS)
def test_no_span_is_better(
    rows: list[tuple[list[float], list[float], list[float], list[int]]],
) -> None:
    begin, end, inside = (np.array([row[i] for row in rows]) for i in range(3))
    bounds = np.array([row[3] for row in rows])
    parts = [(bounds[:, i], bounds[:, i + 1]) for i in (0, 2, 4)]
    found = best_spans(begin, end, inside, parts)
    for row, (*best, total) in zip(rows, zip(*found, strict=True), strict=True):
        pairs = list(pairwise(row[3]))[::2]
        *expected, expected_total = one_by_one(*row[:3], pairs)
        assert best == expected
        assert total == pytest.approx(expected_total)


def test_parts_without_places_have_no_span() -> None:
    none = np.zeros(1, dtype=np.int64)
    found = best_spans(np.ones((1, 2)), np.ones((1, 2)), None, [(none, none)])
    assert [values[0] for values in found] == [-1, -1, -np.inf, -np.inf]


def test_scores_far_apart_stay_in_range() -> None:
    begin = np.array([[0.0, 5000.0, -5000.0, 9000.0]])
    end = np.array([[8000.0, -4000.0, 4000.0, -9000.0]])
    bounds = (np.array([0]), np.array([4]))
    *_, score, total = best_spans(begin, end, None, [bounds])
    assert (score[0], total[0]) == (9000.0, 9000.0)
