"""Dask data frames in and out: :func:`stance.label_frame` over every partition (``stance[dask]``)."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

from stance.bundled import load
from stance.errors import InputTypeError, MissingExtraError
from stance.frames import label_frame
from stance.inputs import OnMissing
from stance.labeller import Labeller, Prior

if TYPE_CHECKING:
    import pandas as pd


def label(
    ddf: Any,
    text: str,
    *,
    prefix: str = "",
    on_missing: OnMissing = "error",
    prior: Prior = "natural",
    min_confidence: float = 0.0,
    model: str | os.PathLike[str] | None = None,
) -> Any:
    """Label a column of statements, partition by partition, on whatever workers there are.

    Nothing is computed yet, as usual with Dask. Each worker loads the model once, from its folder; only
    the folder's name goes with the tasks. A partition whose worker dies is labelled by another.

    Parameters
    ----------
    ddf : dask.dataframe.DataFrame
        A table with a column of statements.
    text : str
        The name of that column.
    prefix, on_missing, prior, min_confidence
        As :func:`stance.label_frame` takes them.
    model : path, optional
        A model folder that every worker can read; the bundled model if left out.

    Returns
    -------
    dask.dataframe.DataFrame
        The same partitions, rows and index, and the columns of :func:`stance.label_frame`.

    Raises
    ------
    InputTypeError
        If `ddf` is no Dask data frame.
    MissingExtraError
        If Dask is not installed.
    DataError, OptionError
        If a column or an option is wrong, at once; what is wrong with a statement shows later.

    Examples
    --------
    >>> import pandas as pd
    >>> dd = __import__("pytest").importorskip("dask.dataframe")
    >>> quotes = pd.DataFrame({"quote": ["We never said that.", "We will strike back."]})
    >>> label(dd.from_pandas(quotes, npartitions=2), text="quote")["stance"].compute().tolist()
    ['denial', 'threat']
    """
    try:
        # An optional extra, and slow to load.
        import dask.dataframe as dd  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(
            "labelling a Dask data frame needs dask: pip install 'stance[dask]'"
        ) from error
    if not isinstance(ddf, dd.DataFrame):
        raise InputTypeError(f"expected a dask.dataframe.DataFrame, got {type(ddf).__name__}")
    options: dict[str, Any] = {
        "text": text,
        "prefix": prefix,
        "on_missing": on_missing,
        "prior": prior,
        "min_confidence": min_confidence,
        "folder": None if model is None else os.fspath(model),
    }
    # An empty table shows the columns and their types, and what is wrong with the options.
    meta = _label_partition(ddf._meta, **options)
    return ddf.map_partitions(_label_partition, meta=meta, enforce_metadata=False, **options)


def _label_partition(df: pd.DataFrame, *, folder: str | None, **options: Any) -> pd.DataFrame:
    return label_frame(df, model=load_once(folder), **options)


@cache
def load_once(folder: str | None) -> Labeller:
    """Load a model once in a process; the bundled one for None."""
    return load() if folder is None else load(folder)
