"""Data frames in and out: the same rows, the same index, and a column for each label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stance.bundled import load
from stance.errors import DataError, InputTypeError
from stance.inputs import OnMissing
from stance.labeller import Labeller, Prior
from stance.result_columns import result_columns, result_kinds, result_names

if TYPE_CHECKING:
    import pandas as pd


def label_frame(
    df: pd.DataFrame,
    text: str,
    *,
    prefix: str = "",
    on_missing: OnMissing = "error",
    prior: Prior = "natural",
    min_confidence: float = 0.0,
    model: Labeller | None = None,
) -> pd.DataFrame:
    """Label a column of statements.

    Parameters
    ----------
    df : pandas.DataFrame
        A table with a column of statements; it is not changed.
    text : str
        The name of that column.
    prefix : str, default ""
        Put before the names of the new columns.
    on_missing : {"error", "other"}, default "error"
        Whether a missing statement raises, or counts as a text without words.
    prior : {"natural", "balanced"} or mapping of str to float, default "natural"
        How often each label is expected; see :func:`stance.predict`.
    min_confidence : float, default 0.0
        Below this probability of the most probable label, ``stance`` is missing.
    model : StanceModel, optional
        What labels the statements; the bundled model if left out.

    Returns
    -------
    pandas.DataFrame
        A copy with the same index and rows and, behind its columns, ``stance`` (str),
        ``confidence`` (float64), ``p_accusation`` ... ``p_other`` (float64), and ``stances`` (every
        stance present, joined by ``|``; empty for *other*).

    Raises
    ------
    InputTypeError
        If `df` is no data frame, or a statement is not a str.
    DataError
        If there is no such column, there are several, or a new column is there already.
    MissingStatementError
        If a statement is missing, with its position.

    Examples
    --------
    >>> import pandas as pd
    >>> df = pd.DataFrame({"quote": ["We never said that."]}, index=["a"])
    >>> label_frame(df, text="quote")[["quote", "stance"]]
                     quote  stance
    a  We never said that.  denial
    """
    columns: Any = getattr(df, "columns", None)
    if columns is None or not hasattr(df, "loc"):
        raise InputTypeError(f"expected a pandas DataFrame, got {type(df).__name__}")
    found = [column for column in columns if column == text]
    if len(found) != 1:
        have = ", ".join(map(str, columns))
        number = "several columns" if found else "no column"
        raise DataError(f"the table has {number} named {text!r}; it has: {have}")
    model = load() if model is None else model
    names = result_names(model.labels, prefix)
    taken = [name for name in names if name in columns]
    if taken:
        raise DataError(f"columns {', '.join(taken)} are there already: pass prefix=")
    predictions = model.label(
        df[text], on_missing=on_missing, prior=prior, min_confidence=min_confidence
    )
    result = df.copy()
    values = result_columns(predictions, model.labels)
    for name, kind, column in zip(names, result_kinds(names), values, strict=True):
        result[name] = _series(column, kind, result)
    return result


def _series(values: list[Any], kind: type[str] | type[float], like: pd.DataFrame) -> pd.Series[Any]:
    import pandas as pd  # slow to import, and loaded by whoever has a data frame  # noqa: PLC0415

    # The type that pandas itself gives strings, which differs between 2 and 3; None stays missing.
    dtype = pd.Series([""]).dtype if kind is str else "float64"
    return pd.Series(values, index=like.index, dtype=dtype)
