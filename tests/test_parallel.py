from __future__ import annotations

import operator
import os

import pytest

from stance.errors import StanceError
from stance.learning.parallel import run_all


@pytest.mark.parametrize("jobs", [1, 2, None])
def test_results_come_in_order(jobs: int | None) -> None:
    assert run_all(operator.sub, [(i, 1) for i in range(20)], jobs) == list(range(-1, 19))


def test_a_worker_that_dies_is_told_and_the_next_call_has_new_ones() -> None:
    with pytest.raises(StanceError, match="ended before its time"):
        run_all(os._exit, [(1,), (1,)], 2)
    assert run_all(operator.neg, [(1,), (2,)], 2) == [-1, -2]
