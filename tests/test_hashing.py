from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from stance.articles.hashing import BITS, Templates

NUMBERS = st.integers(-1, 2**32 - 1)
ALL = 2**32 - 1


def one_by_one(values: list[int], number: int, salt: int) -> int:
    key = (number + salt) * 7919 + 17
    for value in values:
        key = ((key ^ (value & ALL)) * 0x9E3779B1) & ALL
        key ^= key >> 15
    return ((key * 0x9E3779B1) & ALL) >> (32 - BITS)


@given(
    st.lists(st.lists(NUMBERS, min_size=3, max_size=3), min_size=2, max_size=5),
    st.lists(st.lists(st.integers(0, 1), min_size=1, max_size=4), min_size=1, max_size=6),
    st.integers(0, 100),
)
def test_each_feature_is_hashed_by_itself(
    given_values: list[list[int]], templates: list[list[int]], salt: int
) -> None:
    arrays = [np.array(values) for values in given_values]
    names = [f"value{i}" for i in range(len(arrays))]
    features = [" ".join(names[i] for i in template) for template in templates]
    found = Templates(" ".join(names), features, salt).columns(*arrays)
    for number, template in enumerate(templates):
        for place in range(3):
            values = [given_values[i][place] for i in template]
            assert found[place, number] == one_by_one(values, number, salt)


def test_many_places_are_hashed_as_few_are() -> None:
    values: NDArray[np.int64] = np.arange(5000) * 7
    templates = Templates("one two", ["one", "one two"], 0)
    whole = templates.columns(values, values + 1)
    few = templates.columns(np.stack([values[4000:4100], values[4000:4100] + 1]))
    assert np.array_equal(whole[4000:4100], few)
    assert whole.min() >= 0
    assert whole.max() < 2**BITS
