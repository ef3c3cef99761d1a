from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import approx_fprime

from stance.articles.model import Floats
from stance.articles.span_loss import SpanLoss

# Two cues, at places 2 and 5; before the second there is nothing.
SIDES = [(0, 2), (3, 5), (5, 5), (6, 9)]
CUES = [2, 5]
SPANS = [
    [(0, 0), (0, 1), (1, 1), (3, 3), (3, 4), (4, 4), None],
    [(6, 6), (6, 7), (6, 8), (7, 7), (7, 8), (8, 8), None],
]
SCORES = st.lists(st.floats(-5, 5), min_size=27, max_size=27).map(
    lambda values: np.array(values).reshape(9, 3)
)
WANTED = st.tuples(st.sampled_from(SPANS[0]), st.sampled_from(SPANS[1])).map(list)


def score(scores: Floats, cue: int, span: tuple[int, int] | None) -> float:
    if span is None:
        return float(scores[cue, 0])
    first, last = span
    return float(scores[first, 0] + scores[last, 1] + scores[first : last + 1, 2].sum())


@given(SCORES, WANTED)
def test_the_loss_is_that_of_all_spans_one_by_one(
    scores: Floats, wanted: list[tuple[int, int] | None]
) -> None:
    expected = 0.0
    for cue, spans, span in zip(CUES, SPANS, wanted, strict=True):
        each = [score(scores, cue, one) for one in spans]
        expected += float(np.logaddexp.reduce(each)) - score(scores, cue, span)
    assert SpanLoss(9, SIDES, CUES, wanted).loss(scores)[0] == pytest.approx(expected, abs=1e-9)


@given(SCORES, WANTED)
def test_the_slopes_are_those_of_the_loss(
    scores: Floats, wanted: list[tuple[int, int] | None]
) -> None:
    loss = SpanLoss(9, SIDES, CUES, wanted)
    by_steps = approx_fprime(scores.ravel(), lambda flat: loss.loss(flat.reshape(9, 3))[0])
    assert loss.loss(scores)[1].ravel() == pytest.approx(by_steps, abs=1e-4)


def test_the_loss_vanishes_where_the_wanted_spans_stand_out() -> None:
    scores = np.zeros((9, 3))
    scores[[3, 4], [0, 1]] = 60
    scores[5, 0] = 60
    assert SpanLoss(9, SIDES, CUES, [(3, 4), None]).loss(scores)[0] == pytest.approx(0, abs=1e-9)
