from __future__ import annotations

import numpy as np
import pytest

from stance.classifier import StanceClassifier
from stance.lengths import LONGEST, length_scales, scale_of, scales_of


def test_at_the_pivot_a_sum_is_left_as_it_is() -> None:
    assert length_scales(17)[17] == 1.0


def test_the_longer_the_smaller() -> None:
    assert (np.diff(length_scales(20)[::20]) < 0).all()


def test_without_a_pivot_all_lengths_are_alike() -> None:
    assert scales_of(np.array([3, 30, 3000]), 0).tolist() == [1.0, 1.0, 1.0]


def test_beyond_the_longest_nothing_shrinks() -> None:
    assert scales_of(LONGEST + 5, 20) == scales_of(LONGEST, 20)


@pytest.mark.parametrize("pivot", [1, 25, LONGEST])
def test_scales_are_multiples_of_a_power_of_two(pivot: int) -> None:
    parts = length_scales(pivot) * 1024
    assert np.array_equal(parts, np.rint(parts))


def test_the_scales_that_are_kept_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        length_scales(20)[0] = 2.0


def test_the_pivot_is_the_median_length_of_what_was_learned_from() -> None:
    texts = ["We deny it.", "They lied.", "They lied to us again and again."]
    labels = ["denial", "accusation", "accusation"]
    # Words and two bounds: 5, 4 and 9.
    assert StanceClassifier(min_count=1).fit(texts, labels).model_.pivot == 5


@pytest.mark.parametrize("tokens", [2, 21, LONGEST, LONGEST + 1])
def test_one_length_has_the_scale_that_it_has_among_others(tokens: int) -> None:
    assert scale_of(tokens, 21) == scales_of(tokens, 21)
