from __future__ import annotations

import math
import operator
import os

import pytest

from stance.errors import OptionError, StanceError
from stance.files.workers import count_jobs, worker_pool


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order(jobs: int) -> None:
    with worker_pool(jobs) as run:
        assert list(run(operator.neg, range(50))) == [-i for i in range(50)]


def test_items_are_taken_as_results_are() -> None:
    items = iter(range(1000))
    with worker_pool(2) as run:
        next(run(operator.neg, items))
        assert next(items) < 10


def test_an_error_is_that_of_the_worker() -> None:
    with pytest.raises(ValueError, match=r"math domain|nonnegative"), worker_pool(2) as run:
        list(run(math.sqrt, [-1.0]))


def test_a_worker_that_dies_is_told() -> None:
    with pytest.raises(StanceError, match="ended before its time"), worker_pool(2) as run:
        list(run(os._exit, [1]))


def test_no_processes_are_no_option() -> None:
    assert count_jobs(None) == count_jobs(-1) >= 1
    assert count_jobs(3) == 3
    with pytest.raises(OptionError, match="jobs must be"):
        count_jobs(0)
