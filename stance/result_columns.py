"""The columns that labelling adds to a table: their names, their types and their values.

For every kind of table: data frames, files, Dask and Spark.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from stance.prediction import Prediction

SEPARATOR: Final = "|"
"""What stands between several stances in one cell."""


def result_names(labels: Sequence[str], prefix: str = "") -> list[str]:
    """Name the columns: ``stance``, ``confidence``, ``p_`` and each label, ``stances``.

    Parameters
    ----------
    labels : sequence of str
        Labels of the model.
    prefix : str, default ""
        Put before each name.

    Returns
    -------
    list of str
        Names in the order of :func:`result_columns`.
    """
    names = ["stance", "confidence", *(f"p_{label}" for label in labels), "stances"]
    return [prefix + name for name in names]


def result_kinds(names: Sequence[str]) -> list[type[str] | type[float]]:
    """Tell which type each column has, for tables whose columns have one.

    Parameters
    ----------
    names : sequence of str
        What :func:`result_names` gives.

    Returns
    -------
    list of type
        ``str`` or ``float``, in the order of the names.
    """
    return [str, *([float] * (len(names) - 2)), str]


def result_columns(predictions: Sequence[Prediction], labels: Sequence[str]) -> list[list[Any]]:
    """Lay predictions out in columns.

    Parameters
    ----------
    predictions : sequence of Prediction
        One a row.
    labels : sequence of str
        Labels of the model that made them.

    Returns
    -------
    list of list
        The label (None where the model abstains), its probability, every label's probability, and
        the stances present, joined by ``|``.
    """
    return [
        [p.label for p in predictions],
        [p.confidence for p in predictions],
        *([p.probabilities[label] for p in predictions] for label in labels),
        [SEPARATOR.join(p.stances) for p in predictions],
    ]
