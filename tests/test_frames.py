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


def as_strings(df: pd.DataFrame, kind: str) -> pd.DataFrame:
    if "pyarrow" in kind:
        pytest.importorskip("pyarrow", reason="needs stance[files]")
    return df.astype({"quote": kind})


@pytest.mark.parametrize("kind", ["object", "string", "string[pyarrow]", "category"])
def test_any_kind_of_string_column_gives_the_same_labels(kind: str) -> None:
    new = stance.label_frame(as_strings(frame(), kind), text="quote")[NEW]
    pd.testing.assert_frame_equal(new, stance.label_frame(frame(), text="quote")[NEW])


@pytest.mark.parametrize("kind", ["object", "string", "string[pyarrow]", "category"])
def test_the_old_columns_keep_their_types(kind: str) -> None:
    df = as_strings(frame(n=pd.array([1, None, 3], dtype="Int64")), kind)
    pd.testing.assert_frame_equal(stance.label_frame(df, text="quote")[["quote", "n"]], df)


def test_arrows_own_strings_work() -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="needs stance[files]")
    df = frame().astype({"quote": pd.ArrowDtype(pyarrow.string())})
    result = stance.label_frame(df, text="quote")
    assert result["quote"].dtype == df["quote"].dtype
    pd.testing.assert_frame_equal(result[NEW], stance.label_frame(frame(), text="quote")[NEW])


@pytest.mark.parametrize("kind", ["object", "string", "string[pyarrow]", "category"])
def test_missing_values_of_any_kind_are_named_by_their_position(kind: str) -> None:
    df = as_strings(frame().assign(quote=["They lied.", None, "x"]), kind)
    with pytest.raises(MissingStatementError, match="row 1"):
        stance.label_frame(df, text="quote")
    assert stance.label_frame(df, text="quote", on_missing="other")["stance"].tolist()[1] == "other"


@pytest.mark.parametrize("kind", ["object", "string", "string[pyarrow]", "category"])
def test_an_empty_column_of_any_kind_stays_empty(kind: str) -> None:
    result = stance.label_frame(as_strings(frame()[:0], kind), text="quote")
    assert len(result) == 0
    assert (
        result.dtypes[NEW].tolist()
        == stance.label_frame(frame(), text="quote").dtypes[NEW].tolist()
    )


def test_a_category_that_no_row_has_is_not_labelled() -> None:
    quotes = pd.Categorical(["We deny it."] * 2, categories=["They lied.", "We deny it."])
    assert (
        stance.label_frame(pd.DataFrame({"quote": quotes}), "quote")["stance"].tolist()
        == ["denial"] * 2
    )


@pytest.mark.parametrize(
    "index",
    [
        pd.Index(["y", "x", "y"], name="who"),
        pd.MultiIndex.from_tuples([("a", 1), ("a", 1), ("b", 2)], names=["doc", "n"]),
        pd.DatetimeIndex(["2024-01-02", "2024-01-01", "2024-01-02"], tz="UTC"),
        pd.RangeIndex(7, 1, -2),
        pd.Index([1.5, float("nan"), float("nan")]),
    ],
    ids=["duplicates", "levels", "dates", "range", "missing"],
)
def test_any_index_and_its_order_stay(index: pd.Index[Any]) -> None:
    result = stance.label_frame(frame().set_axis(index), text="quote")
    pd.testing.assert_index_equal(result.index, index, exact=True)
    assert result["stance"].tolist() == [p.label for p in stance.predict(QUOTES)]


def test_filtered_rows_keep_their_order_and_labels() -> None:
    df = pd.DataFrame({"quote": QUOTES}).iloc[[2, 0]]
    result = stance.label_frame(df, text="quote")
    assert result.index.tolist() == [2, 0]
    assert result["stance"].tolist() == [p.label for p in stance.predict([QUOTES[2], QUOTES[0]])]


def test_changing_the_result_leaves_the_given_frame_as_it_is() -> None:
    df = frame()
    result = stance.label_frame(df, text="quote")
    result.iloc[0, 0] = "changed"
    assert df["quote"].tolist() == QUOTES
