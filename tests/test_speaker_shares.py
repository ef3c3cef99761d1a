from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import stance
from stance.errors import DataError, InputTypeError, OptionError
from stance.intervals import wilson

ROWS = [
    ("Ana", "2024-01-03", "denial", 0.7),
    ("Ana", "2024-01-20", "denial", 0.5),
    ("Ana", "2024-02-01", "other", 0.1),
    ("Bo", "2024-01-31", "threat", 0.0),
    (None, "2024-01-31", "threat", 0.0),
]


def frame() -> pd.DataFrame:
    df = pd.DataFrame(ROWS, columns=["who", "day", "stance", "p_denial"], index=[3, 3, 1, 1, 0])
    return df.assign(day=pd.to_datetime(df["day"]))


def row(table: pd.DataFrame, **wanted: Any) -> dict[str, Any]:
    for name, value in wanted.items():
        table = table[table[name] == value]
    assert len(table) == 1
    return dict(table.iloc[0])


def test_counts_shares_and_intervals() -> None:
    found = row(stance.by_speaker(frame(), "who"), speaker="Ana", stance="denial")
    assert (found["count"], found["n"], found["share"]) == (2, 3, 2 / 3)
    assert (found["low"], found["high"]) == wilson(2, 3)


def test_probabilities_are_means_of_all_statements_of_the_speaker() -> None:
    table = stance.by_speaker(frame(), "who")
    assert row(table, speaker="Ana", stance="denial")["probability"] == pytest.approx(1.3 / 3)
    assert table[table["stance"] == "hedge"]["probability"].isna().all()


def test_every_speaker_has_every_label_in_order() -> None:
    table = stance.by_speaker(frame(), "who")
    assert table[["speaker", "stance"]].to_numpy().tolist() == [
        [who, label] for who in ("Ana", "Bo") for label in stance.LABELS
    ]
    assert table.groupby("speaker")["share"].sum().tolist() == pytest.approx([1, 1])


def test_speakers_with_most_statements_come_first() -> None:
    df = pd.DataFrame({"who": ["A", "C", "B", "B"], "stance": ["other"] * 4})
    assert list(dict.fromkeys(stance.by_speaker(df, "who")["speaker"])) == ["B", "A", "C"]


def test_periods_are_counted_apart() -> None:
    table = stance.by_speaker(frame(), "who", time="day")
    months = [pd.Period("2024-01", "M"), pd.Period("2024-02", "M")]
    assert list(dict.fromkeys(table[table["speaker"] == "Ana"]["period"])) == months
    found = row(table, speaker="Ana", period=months[0], stance="denial")
    assert (found["count"], found["n"]) == (2, 2)


@pytest.mark.parametrize(("freq", "periods"), [("D", 3), ("W", 3), ("M", 2), ("Q", 1), ("Y", 1)])
def test_periods_are_as_long_as_asked(freq: str, periods: int) -> None:
    table = stance.by_speaker(frame(), "who", time="day", freq=freq)
    assert table[table["speaker"] == "Ana"]["period"].nunique() == periods


def test_a_day_is_that_of_its_own_time_zone() -> None:
    late = pd.Timestamp("2024-01-31 23:30", tz="America/New_York")
    df = pd.DataFrame({"who": ["Ana"], "day": [late], "stance": ["other"]})
    assert stance.by_speaker(df, "who", time="day")["period"].iloc[0] == pd.Period("2024-01", "M")


def test_rows_without_a_date_are_left_out() -> None:
    df = frame()
    df["day"] = df["day"].where(df["who"] != "Bo")
    assert set(stance.by_speaker(df, "who", time="day")["speaker"]) == {"Ana"}


def test_a_label_that_the_model_withheld_is_unsure() -> None:
    df = frame().assign(stance=["denial", None, "other", "threat", "threat"])
    found = row(stance.by_speaker(df, "who"), speaker="Ana", stance="unsure")
    assert (found["count"], found["n"]) == (1, 3)


def test_it_reads_what_label_frame_gives_with_a_prefix() -> None:
    df = pd.DataFrame({"who": ["Ana"], "quote": ["We deny it."]})
    labelled = stance.label_frame(df, text="quote", prefix="s_")
    found = row(stance.by_speaker(labelled, "who", stance="s_stance"), stance="denial")
    assert found["count"] == 1
    assert found["probability"] == labelled["s_p_denial"].iloc[0]


@pytest.mark.parametrize("kind", ["string", "category", "string[pyarrow]"])
def test_any_kind_of_column_counts_the_same(kind: str) -> None:
    if "pyarrow" in kind:
        pytest.importorskip("pyarrow", reason="needs stance[files]")
    df = frame().astype({"who": kind, "stance": kind})
    pd.testing.assert_frame_equal(stance.by_speaker(df, "who"), stance.by_speaker(frame(), "who"))


def test_arrows_own_dates_count_the_same() -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="needs stance[files]")
    df = frame().astype({"day": pd.ArrowDtype(pyarrow.timestamp("ns"))})
    pd.testing.assert_frame_equal(
        stance.by_speaker(df, "who", time="day"), stance.by_speaker(frame(), "who", time="day")
    )


@pytest.mark.parametrize("time", [None, "day"])
def test_an_empty_table_has_the_same_types(time: str | None) -> None:
    empty = stance.by_speaker(frame()[:0], "who", time=time)
    assert len(empty) == 0
    assert empty.dtypes.tolist() == stance.by_speaker(frame(), "who", time=time).dtypes.tolist()


def test_the_given_frame_is_not_changed() -> None:
    df = frame()
    stance.by_speaker(df, "who", time="day")
    pd.testing.assert_frame_equal(df, frame())


@pytest.mark.parametrize(
    ("df", "options", "error", "message"),
    [
        ([1], {}, InputTypeError, "expected a pandas DataFrame, got list"),
        (frame(), {"stance": "label"}, DataError, "no column named 'label'; it has: who, day"),
        (frame(), {"time": "who"}, DataError, "column 'who': expected dates"),
        (frame(), {"time": "day", "freq": "fortnight"}, OptionError, "got 'fortnight'"),
        (frame().assign(stance="praise"), {}, DataError, "labels praise are not among accusation"),
        (pd.concat([frame()] * 2, axis=1), {}, DataError, "several columns named 'who'"),
    ],
)
def test_faults_are_named(df: Any, options: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        stance.by_speaker(df, "who", **options)
