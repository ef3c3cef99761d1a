from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import stance
from stance.errors import DataError, InputTypeError, MissingStatementError

QUOTES = ["They lied to us.", "We never said that.", ""]
NEW = ["stance", "confidence", *(f"p_{label}" for label in stance.LABELS), "stances"]


def frame(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame({"quote": QUOTES, **columns}, index=["x", "y", "y"])


def test_columns_are_added_behind() -> None:
    assert list(stance.label_frame(frame(n=[1, 2, 3]), text="quote").columns) == [
        "quote",
        "n",
        *NEW,
    ]


def test_rows_and_index_and_old_columns_stay() -> None:
    df = frame(n=[1, 2, 3])
    result = stance.label_frame(df, text="quote")
    pd.testing.assert_frame_equal(result[["quote", "n"]], df)


def test_the_given_frame_is_not_changed() -> None:
    df = frame()
    stance.label_frame(df, text="quote")
    assert list(df.columns) == ["quote"]


def test_values_are_those_of_predict() -> None:
    result = stance.label_frame(frame(), text="quote")
    predictions = stance.predict(QUOTES)
    assert result["stance"].tolist() == [p.label for p in predictions]
    assert result["confidence"].tolist() == [p.confidence for p in predictions]
    assert result["p_threat"].tolist() == [p.probabilities["threat"] for p in predictions]
    assert result["stances"].tolist() == ["|".join(p.stances) for p in predictions]


def test_a_prefix_is_put_before_the_names() -> None:
    result = stance.label_frame(frame(stance=[0, 0, 0]), text="quote", prefix="s_")
    assert list(result.columns) == ["quote", "stance", *(f"s_{name}" for name in NEW)]


def test_an_empty_frame_stays_empty_and_has_the_types() -> None:
    result = stance.label_frame(frame()[:0], text="quote")
    full = stance.label_frame(frame(), text="quote")
    assert len(result) == 0
    assert result.dtypes.to_dict() == full.dtypes.to_dict()


def test_a_categorical_column_works() -> None:
    result = stance.label_frame(frame().astype({"quote": "category"}), text="quote")
    assert result["stance"].tolist()[1] == "denial"


def test_missing_rows_are_an_error_or_other() -> None:
    df = frame().assign(quote=["They lied.", None, "x"])
    with pytest.raises(MissingStatementError, match="row 1"):
        stance.label_frame(df, text="quote")
    assert stance.label_frame(df, text="quote", on_missing="other")["stance"].tolist()[1] == "other"


@pytest.mark.parametrize(
    ("df", "text", "error", "message"),
    [
        (frame(), "text", DataError, "no column named 'text'; it has: quote"),
        (
            frame(stance=[1, 2, 3]),
            "quote",
            DataError,
            "columns stance are there already: pass prefix=",
        ),
        (
            pd.concat([frame(), frame()], axis=1),
            "quote",
            DataError,
            "several columns named 'quote'",
        ),
        (QUOTES, "quote", InputTypeError, "expected a pandas DataFrame, got list"),
    ],
)
def test_faults_are_named(df: Any, text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        stance.label_frame(df, text=text)


def test_below_the_asked_confidence_the_stance_is_missing() -> None:
    df = pd.DataFrame({"quote": ["We deny it.", "..."]})
    labelled = stance.label_frame(df, text="quote", min_confidence=1.0)
    assert labelled["stance"].isna().tolist() == [True, True]
    assert labelled["confidence"].between(0.2, 1.0).all()
