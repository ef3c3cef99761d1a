"""A model on a file of labelled statements -> its evaluation. numpy alone."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from stance.data.datasets import load_statements
from stance.errors import DataError
from stance.evaluation import Evaluation, evaluate
from stance.labeller import Labeller, Prior
from stance.softmax import softmax
from stance.stances import LABELS


def evaluate_file(
    model: Labeller,
    path: str | os.PathLike[str],
    *,
    prior: Prior = "natural",
    by: str | None = None,
) -> dict[str, Evaluation]:
    """Score a model on a file of labelled statements, and on its natural part apart.

    Parameters
    ----------
    model : Labeller
        The model.
    path : path
        A file; see :func:`stance.data.datasets.load_statements`.
    prior : {"natural", "balanced"} or mapping of str to float, default "natural"
        How often each label is expected; see :func:`stance.predict`.
    by : str, optional
        A column, such as ``source``: score each of its values apart, too.

    Returns
    -------
    dict of str to Evaluation
        By the file's name; behind it ``", natural part"`` where the file marks one, and column and
        value, as in ``", source debates"``.

    Raises
    ------
    DataError
        If the file breaks a rule, or has no such column.
    """
    statements = load_statements(path)
    name = Path(path).name
    probabilities = label_probabilities(model, [s.text for s in statements], prior=prior)
    result = {name: evaluate(probabilities, [s.primary for s in statements])}
    natural = [i for i, s in enumerate(statements) if s.natural]
    if natural and len(natural) < len(statements):
        labels = [statements[i].primary for i in natural]
        result[f"{name}, natural part"] = evaluate(probabilities[natural], labels)
    if by is None:
        return result
    values = sorted({s.slices[by] for s in statements if by in s.slices})
    if not values:
        raise DataError(f"{path}: no column {by!r}")
    for value in values:
        rows = [i for i, s in enumerate(statements) if s.slices.get(by) == value]
        labels = [statements[i].primary for i in rows]
        result[f"{name}, {by} {value}"] = evaluate(probabilities[rows], labels)
    return result


def label_probabilities(
    model: Labeller, texts: Sequence[str], *, prior: Prior = "natural"
) -> NDArray[np.float64]:
    """Give probabilities for all five labels, also of a model that knows fewer.

    Parameters
    ----------
    model : Labeller
        The model.
    texts : sequence of str
        Statements.
    prior : {"natural", "balanced"} or mapping of str to float, default "natural"
        How often each label is expected.

    Returns
    -------
    (n_statements, 5) float64 array
        Columns in the order of :data:`stance.stances.LABELS`; 0 for a label the model lacks.
    """
    probabilities = np.zeros((len(texts), len(LABELS)))
    columns = [LABELS.index(label) for label in model.labels]
    probabilities[:, columns] = model.predict_proba(texts, prior=prior)
    return probabilities


def temperature_of(model: Labeller) -> float | None:
    """Tell by which temperature a model's scores were divided to calibrate it.

    Parameters
    ----------
    model : Labeller
        The model.

    Returns
    -------
    float or None
        The temperature; None if the model does not say.
    """
    value = getattr(model, "temperature", model.facts.get("temperature"))
    known = isinstance(value, float) and math.isfinite(value) and value > 0
    return value if known else None


def uncalibrated_probabilities(
    model: Labeller, texts: Sequence[str], *, prior: Prior = "natural"
) -> NDArray[np.float64] | None:
    """Give the probabilities that a model would give without its temperature.

    Parameters
    ----------
    model : Labeller
        The model.
    texts : sequence of str
        Statements.
    prior : {"natural", "balanced"} or mapping of str to float, default "natural"
        How often each label is expected.

    Returns
    -------
    (n_statements, 5) float64 array or None
        Columns in the order of :data:`stance.stances.LABELS`; None if the model does not say what
        its temperature is.
    """
    temperature = temperature_of(model)
    if temperature is None:
        return None
    # A prior adds the same to the scores of every text, so any text shows how much.
    shift = np.log(model.predict_proba([""], prior=prior) / model.predict_proba([""]))
    probabilities = np.zeros((len(texts), len(LABELS)))
    columns = [LABELS.index(label) for label in model.labels]
    probabilities[:, columns] = softmax(model.decision_function(texts) * temperature + shift)
    return probabilities
