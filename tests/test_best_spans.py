from __future__ import annotations

from itertools import accumulate, groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.articles.best_spans import best_spans

SCORES = st.integers(-9, 9).map(float)
PLACES = st.tuples(SCORES, SCORES, SCORES, st.booleans())
ROWS = st.lists(st.lists(PLACES, min_size=1, max_size=9), min_size=1, max_size=4)


def one_by_one(places: list[tuple[float, float, float, bool]]) -> tuple[int, int, float, float]:
    best = (-1, -1, -np.inf)
    total = -np.inf
    for wall, run in groupby(range(len(places)), key=lambda at: places[at][3]):
        within = [] if wall else list(run)
        # The first end of the best score, and for it the first begin.
        for last in within:
            for first in range(within[0], last + 1):
                inside = sum(places[at][2] for at in range(first, last + 1))
                score = places[first][0] + places[last][1] + inside
                if score > best[2]:
                    best = (first, last, score)
                total = np.logaddexp(total, score)
    return (*best, total)


@given(ROWS)
def test_no_span_is_better(rows: list[list[tuple[float, float, float, bool]]]) -> None:
    begin, end, inside, walls = map(
        np.array, zip(*[one for row in rows for one in row], strict=True)
    )
    starts = np.array([0, *accumulate(map(len, rows))])
    found = best_spans(begin, end, inside, starts, walls)
    for row, start, (first, last, score, total) in zip(
        rows, starts[:-1], zip(*found, strict=True), strict=True
    ):
        *expected, expected_total = one_by_one(row)
        there = first >= 0
        assert [first - start * there, last - start * there, score] == expected
        assert total == pytest.approx(expected_total)


def test_walls_alone_have_no_span() -> None:
    found = best_spans(np.ones(2), np.ones(2), None, np.array([0, 2]), np.ones(2, dtype=bool))
    assert [values[0] for values in found] == [-1, -1, -np.inf, -np.inf]


def test_scores_far_apart_stay_in_range() -> None:
    begin = np.array([0.0, 5000.0, -5000.0, 9000.0])
    end = np.array([8000.0, -4000.0, 4000.0, -9000.0])
    *_, score, total = best_spans(begin, end, None, np.array([0, 4]), np.zeros(4, dtype=bool))
    assert (score[0], total[0]) == (9000.0, 9000.0)
