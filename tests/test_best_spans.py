from __future__ import annotations

from itertools import pairwise

import numpy as np
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
) -> tuple[int, int, float]:
    best = (-1, -1, -np.inf)
    for low, high in parts:
        # The first end of the best score, and for it the first begin.
        for last in range(low, high):
            for first in range(low, last + 1):
                score = begin[first] + end[last] + sum(inside[first : last + 1])
                if score > best[2]:
                    best = (first, last, score)
    return best


@given(ROWS)
def test_no_span_is_better(
    rows: list[tuple[list[float], list[float], list[float], list[int]]],
) -> None:
    begin, end, inside = (np.array([row[i] for row in rows]) for i in range(3))
    bounds = np.array([row[3] for row in rows])
    parts = [(bounds[:, i], bounds[:, i + 1]) for i in (0, 2, 4)]
    found = best_spans(begin, end, inside, parts)
    for row, (first, last, score) in zip(rows, zip(*found, strict=True), strict=True):
        pairs = list(pairwise(row[3]))[::2]
        assert (first, last, score) == one_by_one(*row[:3], pairs)


def test_parts_without_places_have_no_span() -> None:
    none = np.zeros(1, dtype=np.int64)
    first, last, score = best_spans(np.ones((1, 2)), np.ones((1, 2)), None, [(none, none)])
    assert (first[0], last[0], score[0]) == (-1, -1, -np.inf)
