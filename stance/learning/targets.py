"""What a classifier learns towards: labels, weights and shares, checked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from stance.errors import DataError, InputTypeError
from stance.inputs import is_missing
from stance.stances import LABELS


def check_labels(y: Iterable[str], n: int) -> NDArray[Any]:
    """Make an array of labels.

    Parameters
    ----------
    y : iterable of str
        Labels, or what scikit-learn has encoded as integers.
    n : int
        Statements.

    Returns
    -------
    (n_statements,) array of str or int
        The labels, in order.

    Raises
    ------
    DataError
        If there are more or fewer than statements, or one is unknown (with its row).
    InputTypeError
        If they are one str, or no iterable.
    """
    if isinstance(y, (str, bytes)) or not isinstance(y, Iterable):
        raise InputTypeError(f"labels must be an iterable of str, got {type(y).__name__}")
    labels = list(y)
    if len(labels) != n:
        raise DataError(f"{n} statements and {len(labels)} labels; there must be one for each")
    # scikit-learn's meta-estimators and cross_val_predict encode labels as integers.
    encoded = n > 0 and all(isinstance(label, np.integer) for label in labels)
    for row, label in enumerate(labels):
        if not encoded and (is_missing(label) or label not in LABELS):
            raise DataError(f"row {row}: label {label!r} is not one of {', '.join(LABELS)}")
    return np.array(labels, dtype=None if encoded else str)


def check_weights(sample_weight: ArrayLike | None, n: int) -> NDArray[np.float64]:
    """Make an array of weights, all of them 1 where none are given.

    Parameters
    ----------
    sample_weight : (n_statements,) array-like of float, optional
        Weight of each statement.
    n : int
        Statements.

    Returns
    -------
    (n_statements,) float64 array
        The weights.

    Raises
    ------
    DataError
        If the shape is another, or a weight is negative or not finite.
    """
    if sample_weight is None:
        return np.ones(n)
    weight = np.asarray(sample_weight, dtype=np.float64)
    if weight.shape != (n,):
        raise DataError(f"sample_weight must have shape ({n},), got {weight.shape}")
    if not (np.isfinite(weight) & (weight >= 0)).all():
        raise DataError("sample_weight must be finite and at least 0")
    return weight


def check_shares(
    shares: ArrayLike | None, target: NDArray[np.intp], classes: NDArray[Any]
) -> NDArray[np.float64]:
    """Make an array of how far each statement belongs to each label.

    Parameters
    ----------
    shares : (n_statements, 5) array-like of float, optional
        Columns as in :data:`stance.stances.LABELS`; if left out, all goes to the label.
    target : (n_statements,) int array
        Where in `classes` the label of each statement is.
    classes : (n_labels,) array
        The labels that occur.

    Returns
    -------
    (n_statements, n_labels) float64 array
        Columns as in `classes`; rows sum to 1.

    Raises
    ------
    DataError
        If the shape is another, a share is negative, or a row does not sum to 1.
    """
    if shares is None:
        return np.eye(len(classes))[target]
    given = np.asarray(shares, dtype=np.float64)
    if given.shape != (len(target), len(LABELS)):
        raise DataError(f"shares must be {(len(target), len(LABELS))}, got {given.shape}")
    if not (given >= 0).all() or not np.allclose(given.sum(axis=1), 1.0, atol=1e-6):
        raise DataError("shares must be at least 0 and each row must sum to 1")
    known = given[:, [LABELS.index(str(label)) for label in classes]]
    return np.asarray(known / known.sum(axis=1, keepdims=True))


def label_weights(
    shares: NDArray[np.float64], weight: NDArray[np.float64], balance: float
) -> NDArray[np.float64]:
    """Weigh rare labels more.

    Parameters
    ----------
    shares : (n_statements, n_labels) float64 array
        How far each statement belongs to each label.
    weight : (n_statements,) float64 array
        Weight of each statement.
    balance : float
        The power to which the inverse of a label's frequency is taken.

    Returns
    -------
    (n_labels,) float64 array
        Weight of each label; all are 1 where all are equally frequent.

    Raises
    ------
    DataError
        If a label has no weight at all.
    """
    totals = weight @ shares
    if not (totals > 0).all():
        raise DataError("sample_weight is 0 for all statements of a label")
    return np.asarray((totals.sum() / len(totals) / totals) ** balance)
