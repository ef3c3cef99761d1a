from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stance.softmax import softmax, softmax_of_one

SCORES = st.lists(st.floats(-300.0, 300.0), min_size=1, max_size=6)


@given(SCORES)
def test_one_row_has_the_same_probabilities_as_among_others(scores: list[float]) -> None:
    rows = np.array([scores[::-1], scores])
    assert softmax_of_one(scores) == softmax(rows)[1].tolist()


@given(SCORES)
def test_probabilities_sum_to_one(scores: list[float]) -> None:
    assert math.isclose(sum(softmax_of_one(scores)), 1.0)


def test_where_numpy_has_powers_of_its_own_those_of_python_are_taken() -> None:
    code = """
import numpy as np
exp = np.exp
np.exp = lambda x: exp(x) * (1 + 2**-50)
from stance.softmax import softmax, softmax_of_one
scores = [1.5, -2.25, 0.125]
assert softmax(np.array([scores, scores]))[1].tolist() == softmax_of_one(scores)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
