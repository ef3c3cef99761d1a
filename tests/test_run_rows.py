from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stance.run_rows import RunRows

FIRST = 5  # five words before the runs


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), unique=True),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4))),
)
def test_runs_in_any_order_are_found(
    runs: list[tuple[int, int]], asked: list[tuple[int, int]]
) -> None:
    rows = RunRows(np.array(runs, dtype=np.int32).reshape(-1, 2), FIRST)
    prefix, last = np.array([*runs, *asked], dtype=np.int64).reshape(-1, 2).T
    expected = [
        FIRST + runs.index(pair) if pair in runs else rows.unknown for pair in [*runs, *asked]
    ]
    assert rows.find(prefix, last).tolist() == expected


def test_an_unknown_word_lengthens_nothing() -> None:
    rows = RunRows(np.array([[0, 1]], dtype=np.int32), FIRST)
    unknown = np.array([rows.unknown])
    assert rows.find(unknown, np.array([1])).tolist() == [rows.unknown]
    assert rows.find(np.array([0]), unknown).tolist() == [rows.unknown]
