from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import stance
from stance.errors import DataError, MissingExtraError, OptionError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

figures = pytest.importorskip("matplotlib.figure", reason="needs stance[report]")

NAMES = ["Ana $x$ Silva", "_Bo", "<b>Cy</b>"]


def frame(speakers: int = 3) -> pd.DataFrame:
    rows = [(NAMES[i % speakers], f"2024-0{1 + i % 4}-05", stance.LABELS[i % 5]) for i in range(60)]
    df = pd.DataFrame(rows, columns=["who", "day", "stance"])
    return df.assign(day=pd.to_datetime(df["day"]))


@pytest.fixture
def ax() -> Any:
    return figures.Figure().subplots()


def legend(axes: Axes) -> list[str]:
    found = axes.get_legend()
    assert found is not None
    return [text.get_text() for text in found.get_texts()]


def test_bars_are_as_long_as_the_shares(ax: Axes) -> None:
    stance.plot_by_speaker(frame(), "who", ax=ax)
    table = stance.by_speaker(frame(), "who")
    for bars, label in zip(ax.containers, stance.LABELS, strict=True):
        shares = table[table["stance"] == label]["share"].tolist()
        assert [bar.get_width() for bar in bars] == pytest.approx(shares)  # type: ignore[attr-defined]
    assert legend(ax) == list(stance.LABELS)


def test_names_are_shown_as_they_are_with_their_number(ax: Axes) -> None:
    stance.plot_by_speaker(frame(), "who", ax=ax)
    ax.figure.canvas.draw()
    assert [text.get_text() for text in ax.get_yticklabels()] == [
        f"{name} (20)" for name in sorted(NAMES)
    ]
    assert not any(text.get_parse_math() for text in ax.get_yticklabels())


def test_only_so_many_speakers_are_drawn(ax: Axes) -> None:
    stance.plot_by_speaker(frame(), "who", most=2, ax=ax)
    assert len(ax.get_yticks()) == 2


def test_time_draws_a_line_a_speaker_of_any_stance(ax: Axes) -> None:
    stance.plot_by_speaker(frame(), "who", time="day", ax=ax)
    assert legend(ax) == sorted(NAMES)
    assert ax.get_ylabel() == "share of statements: any stance"
    table = stance.by_speaker(frame(), "who", time="day")
    first = table[(table["speaker"] == sorted(NAMES)[0]) & (table["stance"] == "other")]
    assert list(ax.lines[0].get_ydata()) == pytest.approx((1 - first["share"]).tolist())  # type: ignore[arg-type]


def test_time_and_a_label_draw_its_share(ax: Axes) -> None:
    stance.plot_by_speaker(frame(), "who", time="day", label="threat", ax=ax)
    assert ax.get_ylabel() == "share of statements: threat"
    table = stance.by_speaker(frame(), "who", time="day")
    first = table[(table["speaker"] == sorted(NAMES)[0]) & (table["stance"] == "threat")]
    assert list(ax.lines[0].get_ydata()) == pytest.approx(first["share"].tolist())  # type: ignore[arg-type]


def test_one_speaker_over_time_has_a_line_a_stance(ax: Axes) -> None:
    stance.plot_by_speaker(frame(1), "who", time="day", ax=ax)
    assert legend(ax) == list(stance.STANCES)


def test_withheld_labels_are_drawn(ax: Axes) -> None:
    df = frame()
    df.loc[0, "stance"] = None
    stance.plot_by_speaker(df, "who", ax=ax)
    assert legend(ax)[-1] == "unsure"


def test_without_axes_a_figure_is_made() -> None:
    from matplotlib import pyplot

    axes = stance.plot_by_speaker(frame(), "who")
    assert axes.figure.number in pyplot.get_fignums()  # type: ignore[union-attr]
    pyplot.close(axes.figure)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("df", "options", "error", "message"),
    [
        (frame(), {"most": 0}, OptionError, "most must be 1 or more"),
        (frame(), {"label": "threat"}, OptionError, "goes with time="),
        (frame(), {"label": "praise", "time": "day"}, OptionError, "got 'praise'"),
        (frame()[:0], {}, DataError, "no statements with a speaker"),
    ],
)
def test_faults_are_named(df: Any, options: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        stance.plot_by_speaker(df, "who", **options)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'stance\[report\]'"):
        stance.plot_by_speaker(frame(), "who")
