"""Who takes which stance how often: counts, shares and probabilities by speaker and period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from stance.errors import DataError, InputTypeError, OptionError
from stance.intervals import wilson
from stance.stances import LABELS

if TYPE_CHECKING:
    import pandas as pd

UNSURE: Final = "unsure"
"""Stands for the label of statements that the model abstained on."""

SPEAKER, PERIOD, STANCE = "speaker", "period", "stance"


def by_speaker(
    df: pd.DataFrame,
    speaker: str,
    *,
    time: str | None = None,
    stance: str = "stance",
    freq: str = "M",
) -> pd.DataFrame:
    """Count the stances of each speaker in a labelled table.

    Parameters
    ----------
    df : pandas.DataFrame
        What :func:`stance.label_frame` gives, or any table with a column of labels.
    speaker : str
        The column that names the speakers. Rows without a speaker are left out.
    time : str, optional
        A column of dates: count each period apart. Rows without a date are left out.
    stance : str, default "stance"
        The column of labels; with the prefix that :func:`stance.label_frame` was given, if any.
        A missing label counts as ``"unsure"``.
    freq : str, default "M"
        The length of a period: ``"D"``, ``"W"``, ``"M"``, ``"Q"`` or ``"Y"``.

    Returns
    -------
    pandas.DataFrame
        A row for each speaker, period (with `time`) and label, speakers with most statements first:
        ``speaker``, ``period`` (period), ``stance`` (str), ``count`` and ``n`` (int64; statements of
        the label, and all of the speaker in the period), ``share`` (float64), ``low`` and ``high``
        (float64; its 95 % interval by Wilson, for independent statements) and ``probability``
        (float64; mean probability of the label, NaN where `df` has none).

    Raises
    ------
    InputTypeError
        If `df` is no data frame.
    DataError
        If there is no such column or several, a label is unknown, or `time` holds no dates.
    OptionError
        If `freq` is not known.

    Examples
    --------
    >>> import pandas as pd
    >>> df = pd.DataFrame({"who": ["Ana", "Ana", "Bo"], "stance": ["denial", "other", "threat"]})
    >>> shares = by_speaker(df, speaker="who")
    >>> shares.loc[shares["count"] > 0, ["speaker", "stance", "count", "n", "share"]]
      speaker  stance  count  n  share
    1     Ana  denial      1  2    0.5
    4     Ana   other      1  2    0.5
    7      Bo  threat      1  1    1.0
    """
    import pandas as pd  # slow to import, and loaded by whoever has a data frame  # noqa: PLC0415

    if not isinstance(df, pd.DataFrame):
        raise InputTypeError(f"expected a pandas DataFrame, got {type(df).__name__}")
    prefix = stance.removesuffix("stance")
    # By position, not by index: an index may have an entry twice.
    names = _column(df, speaker)
    known = names.notna().tolist()
    table = pd.DataFrame(
        {SPEAKER: [str(name) if there else None for name, there in zip(names, known, strict=True)]}
    )
    table[STANCE] = _labels(_column(df, stance))
    keys = [SPEAKER]
    if time is not None:
        table[PERIOD] = _periods(_column(df, time), time, freq)
        keys.append(PERIOD)
    means = [label for label in LABELS if f"{prefix}p_{label}" in df.columns]
    for label in means:
        table[f"p_{label}"] = _column(df, f"{prefix}p_{label}").to_numpy(dtype="float64")
    table = table.dropna(subset=keys)
    labels = [*LABELS, *([UNSURE] if (table[STANCE] == UNSURE).any() else [])]
    totals = table.groupby(SPEAKER, sort=False).size()
    rows: list[dict[str, Any]] = []
    for key, part in table.groupby(keys):
        found = part[STANCE].value_counts()
        for label in labels:
            count, n = int(found.get(label, 0)), len(part)
            low, high = wilson(count, n)
            probability = part[f"p_{label}"].mean() if label in means else float("nan")
            rows.append(
                dict(zip(keys, key, strict=True))
                | {STANCE: label, "count": count, "n": n, "share": count / n}
                | {"low": low, "high": high, "probability": probability}
            )
    rows.sort(key=lambda row: -totals[row[SPEAKER]])  # stable: names and periods stay in order
    return _typed(rows, keys, table)


def _typed(rows: list[dict[str, Any]], keys: list[str], table: pd.DataFrame) -> pd.DataFrame:
    """Make a table of rows, with the same types when there are none."""
    import pandas as pd  # noqa: PLC0415

    text = pd.Series([""]).dtype
    types: dict[str, Any] = {key: text if key == SPEAKER else table[key].dtype for key in keys}
    types |= {STANCE: text, "count": "int64", "n": "int64"}
    types |= dict.fromkeys(("share", "low", "high", "probability"), "float64")
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in types.items()}
    )


def _column(df: pd.DataFrame, name: str) -> pd.Series[Any]:
    """Find one column by its name."""
    found = [column for column in df.columns if column == name]
    if len(found) != 1:
        have = ", ".join(map(str, df.columns))
        number = "several columns" if found else "no column"
        raise DataError(f"the table has {number} named {name!r}; it has: {have}")
    series: pd.Series[Any] = df[name]
    return series


def _labels(column: pd.Series[Any]) -> list[str]:
    missing = column.isna().tolist()
    labels = [
        UNSURE if none else label for label, none in zip(column.tolist(), missing, strict=True)
    ]
    unknown = sorted({str(label) for label in labels} - {*LABELS, UNSURE})
    if unknown:
        raise DataError(
            f"column {column.name!r}: labels {', '.join(unknown[:5])} are not among {', '.join(LABELS)}"
        )
    return labels


def _periods(column: pd.Series[Any], name: str, freq: str) -> Any:
    import pandas as pd  # noqa: PLC0415

    if not pd.api.types.is_datetime64_any_dtype(column.dtype):
        raise DataError(
            f"column {name!r}: expected dates, got {column.dtype}; make them by pandas.to_datetime"
        )
    # Arrow's dates, too; the days of a period are those of the column's own time zone.
    dates = pd.DatetimeIndex(column.array).tz_localize(None)
    try:
        return dates.to_period(freq)
    except (ValueError, AttributeError) as error:
        raise OptionError(f'freq must be "D", "W", "M", "Q" or "Y", got {freq!r}') from error
