"""Pictures of who takes which stance how often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from stance.errors import DataError, MissingExtraError, OptionError
from stance.intervals import wilson
from stance.reports.inline_svg import COLOURS
from stance.reports.speaker_shares import PERIOD, SPEAKER, STANCE, UNSURE, by_speaker
from stance.stances import LABELS, STANCES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

ANY: Final = "any stance"
_PALE: Final = "#c4c6ca"


def plot_by_speaker(
    df: pd.DataFrame,
    speaker: str,
    *,
    time: str | None = None,
    stance: str = "stance",
    freq: str = "M",
    label: str | None = None,
    most: int = 10,
    ax: Axes | None = None,
) -> Axes:
    """Draw the shares of the stances by speaker: stacked bars or, with `time`, lines.

    Parameters
    ----------
    df, speaker, time, stance, freq
        As :func:`stance.by_speaker` takes them.
    label : str, optional
        With `time`, which label's share to draw, a line a speaker. If left out, the share of
        statements with any stance; for a single speaker, a line a stance.
    most : int, default 10
        Speakers to draw at most, those with most statements.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure of pyplot if left out.

    Returns
    -------
    matplotlib.axes.Axes
        Bars are labelled with the number of statements; bands around lines are 95 % intervals.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    DataError
        If there is nothing to draw, or as :func:`stance.by_speaker` raises it.
    OptionError
        If an option is out of range.
    """
    if most < 1:
        raise OptionError(f"most must be 1 or more, got {most}")
    if label is not None and (label not in LABELS or time is None):
        raise OptionError(
            f"label must be one of {', '.join(LABELS)}, and goes with time=; got {label!r}"
        )
    shares = by_speaker(df, speaker, time=time, stance=stance, freq=freq)
    if shares.empty:
        raise DataError("there are no statements with a speaker to draw")
    speakers = list(dict.fromkeys(shares[SPEAKER]))[:most]
    axes = _new_axes() if ax is None else ax
    if time is None:
        _draw_bars(axes, shares, speakers)
    else:
        _draw_lines(axes, shares, speakers, label)
    return axes


def _new_axes() -> Axes:
    try:
        # Slow to load, and an optional extra.
        from matplotlib import pyplot  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(
            "drawing shares by speaker needs matplotlib: pip install 'stance[report]'"
        ) from error
    _, axes = pyplot.subplots(layout="constrained")
    return axes


def _draw_bars(axes: Axes, shares: pd.DataFrame, speakers: list[str]) -> None:
    places = range(len(speakers))
    filled = [0.0] * len(speakers)
    for name in dict.fromkeys(shares[STANCE]):
        rows = shares[shares[STANCE] == name].set_index(SPEAKER).loc[speakers]
        widths = rows["share"].tolist()
        axes.barh(places, widths, left=filled, label=name, color={**COLOURS, UNSURE: _PALE}[name])
        filled = [a + b for a, b in zip(filled, widths, strict=True)]
    numbers = shares.drop_duplicates(SPEAKER).set_index(SPEAKER)["n"].loc[speakers].tolist()
    axes.set_yticks(places)
    names = [f"{who} ({n:,})" for who, n in zip(speakers, numbers, strict=True)]
    for text, name in zip(axes.set_yticklabels(names), names, strict=True):
        _set_name(text, name)
    axes.set(xlim=(0, 1), xlabel="share of statements")
    axes.invert_yaxis()
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=3, frameon=False)


def _draw_lines(axes: Axes, shares: pd.DataFrame, speakers: list[str], label: str | None) -> None:
    if label is None and len(set(shares[SPEAKER])) == 1:
        lines = {name: shares[shares[STANCE] == name] for name in STANCES}
        colours: dict[str, Any] = dict(COLOURS)
        what = f"share of statements by {speakers[0]}"
    else:
        chosen = _any_stance(shares) if label is None else shares[shares[STANCE] == label]
        lines = {who: chosen[chosen[SPEAKER] == who] for who in speakers}
        colours = {who: f"C{i % 10}" for i, who in enumerate(speakers)}
        what = f"share of statements: {label or ANY}"
    for name, rows in lines.items():
        x = rows[PERIOD].dt.start_time.to_numpy()
        axes.fill_between(
            x, rows["low"].to_numpy(), rows["high"].to_numpy(), color=colours[name], alpha=0.15
        )
        # A label that begins with _ would not be shown.
        axes.plot(
            x, rows["share"].to_numpy(), marker="o", color=colours[name], label=f"\u200b{name}"
        )
    axes.set(ylim=(0, 1))
    _set_name(axes.yaxis.label, what)
    for text, name in zip(axes.legend(frameon=False).get_texts(), lines, strict=True):
        _set_name(text, name)
    axes.tick_params(axis="x", rotation=30)


def _any_stance(shares: pd.DataFrame) -> pd.DataFrame:
    """Add up the four stances of each speaker and period."""
    taken = shares[shares[STANCE].isin(STANCES)]
    sums = taken.groupby([SPEAKER, PERIOD], as_index=False).agg({"count": "sum", "n": "first"})
    sums["share"] = sums["count"] / sums["n"]
    bounds = [wilson(count, n) for count, n in zip(sums["count"], sums["n"], strict=True)]
    return sums.assign(low=[low for low, _ in bounds], high=[high for _, high in bounds])


def _set_name(text: Any, name: str) -> None:
    """Show a name of the data as it is: a dollar sign in it begins no formula."""
    text.set_parse_math(False)
    text.set_text(name)
