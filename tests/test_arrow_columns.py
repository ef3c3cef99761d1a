from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow", reason="needs stance[files]")

KINDS = {
    "string": st.text(st.characters(exclude_categories=("Cs",))),
    "bool_": st.booleans(),
    "int64": st.integers(-(2**63), 2**63 - 1),
    "float64": st.floats(allow_nan=False),
}


@given(
    st.sampled_from(list(KINDS)).flatmap(
        lambda k: st.tuples(st.just(k), st.lists(KINDS[k] | st.none()))
    )
)
def test_values_come_back(given_values: tuple[str, list[Any]]) -> None:
    from stance.files.arrow_columns import column_of

    name, values = given_values
    column = column_of(values, getattr(pa, name)())
    column.validate(full=True)
    assert column.to_pylist() == values
