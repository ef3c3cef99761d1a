"""Spark data frames in and out: :func:`stance.label_frame` over their batches (``stance[spark]``)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from stance.dask import load_once
from stance.frames import label_frame
from stance.result_columns import result_kinds

if TYPE_CHECKING:
    import pandas as pd


def label(
    df: Any, text: str, *, model: str | os.PathLike[str] | None = None, **options: Any
) -> Any:
    """Label a column of statements; nothing is computed yet, as usual with Spark.

    Each worker process loads the model once, from its folder; stance must be installed there.

    Parameters
    ----------
    df : pyspark.sql.DataFrame
        A table with a column of statements.
    text : str
        The name of that column.
    model : path, optional
        A model folder that every worker can read; the bundled model if left out.
    **options
        As :func:`stance.label_frame` takes them: prefix, on_missing, prior, min_confidence.

    Returns
    -------
    pyspark.sql.DataFrame
        The same rows, and the columns of :func:`stance.label_frame`.
    """
    folder = None if model is None else os.fspath(model)
    # An empty table shows the columns, and what is wrong with the options.
    empty = df.limit(0).toPandas()
    names = label_frame(empty, text, model=load_once(folder), **options).columns[len(df.columns) :]
    kinds = ["string" if kind is str else "double" for kind in result_kinds(list(names))]
    schema = df.schema
    for name, kind in zip(names, kinds, strict=True):
        schema = type(schema)(list(schema.fields)).add(name, kind)

    def label_batches(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            yield label_frame(batch, text, model=load_once(folder), **options)

    return df.mapInPandas(label_batches, schema)
