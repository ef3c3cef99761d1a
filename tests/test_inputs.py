from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

import stance
from stance.errors import InputTypeError, MissingStatementError, StanceError

MISSING = {"None": None, "nan": float("nan"), "numpy nan": np.nan, "NA": pd.NA, "NaT": pd.NaT}


@pytest.mark.parametrize(
    "texts",
    [
        ["We deny it.", "Thanks."],
        ("We deny it.", "Thanks."),
        np.array(["We deny it.", "Thanks."]),
        pd.Series(["We deny it.", "Thanks."], index=[7, 7]),
        pd.Series(["We deny it.", "Thanks."], dtype="category"),
        (text for text in ["We deny it.", "Thanks."]),
    ],
    ids=lambda texts: type(texts).__name__,
)
def test_any_iterable_of_str_gives_a_list(texts: Any) -> None:
    assert [p.text for p in stance.predict(texts)] == ["We deny it.", "Thanks."]


def test_one_in_a_list_gives_a_list() -> None:
    assert [p.text for p in stance.predict(["Thanks."])] == ["Thanks."]


@pytest.mark.parametrize("value", MISSING.values(), ids=MISSING)
def test_a_missing_row_is_an_error_that_names_it(value: Any) -> None:
    with pytest.raises(MissingStatementError, match=r"row 1: .* missing"):
        stance.predict(["Thanks.", value])


@pytest.mark.parametrize("value", MISSING.values(), ids=MISSING)
def test_a_missing_row_can_be_other(value: Any) -> None:
    assert [p.label for p in stance.predict(["They lied.", value], on_missing="other")][
        1
    ] == "other"


@pytest.mark.parametrize("value", MISSING.values(), ids=MISSING)
def test_a_missing_statement_is_an_error(value: Any) -> None:
    with pytest.raises(MissingStatementError, match="text: the statement is missing"):
        stance.predict(value)


def test_an_unknown_option_for_missing_values_is_an_error() -> None:
    with pytest.raises(ValueError, match=re.escape('must be "error" or "other", got \'skip\'')):
        stance.predict(["Thanks."], on_missing="skip")  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (b"We deny it.", "got bytes"),
        (7, "expected str, got int"),
        ({"a": "We deny it."}, "got dict"),
        ({"We deny it."}, "got set"),
        (pd.DataFrame({"quote": ["We deny it."]}), "pass one column"),
        (["We deny it.", 7], "row 1: expected str, got int"),
        ([b"We deny it."], "row 0: expected str, got bytes .decode it first"),
        ([["We deny it."]], "row 0: expected str, got list"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_wrong_types_are_errors_that_teach(value: Any, message: str) -> None:
    with pytest.raises(InputTypeError, match=message):
        stance.predict(value)


def test_a_bare_string_where_a_list_is_wanted_is_an_error() -> None:
    with pytest.raises(InputTypeError, match=re.escape("pass [text]")):
        stance.load().predict("We deny it.")


@pytest.mark.parametrize(
    ("error", "base"), [(InputTypeError, TypeError), (MissingStatementError, ValueError)]
)
def test_errors_are_also_the_built_in_ones(error: type[Exception], base: type[Exception]) -> None:
    assert issubclass(error, StanceError)
    assert issubclass(error, base)
