"""Logistic regression over hashed features: what the scorers of an attribution model are learned by."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from stance.articles.hashing import BITS, Ints


def regression(strength: float) -> Any:
    """Make an estimator; the higher the strength (C), the closer it follows the data."""
    return LogisticRegression(C=strength, solver="liblinear", random_state=0)


def sparse_ones(columns: Ints) -> csr_matrix:
    """Make a matrix with a one for each feature of a row.

    Parameters
    ----------
    columns : (n, n_features) int64 array
        Numbers below ``2**BITS``.

    Returns
    -------
    csr_matrix of shape (n, 2**BITS), float32
        Its rows.
    """
    count, width = columns.shape
    # The solver takes indices of 32 bits only.
    starts = np.arange(0, count * width + 1, width, dtype=np.int32)
    ones = np.ones(count * width, dtype=np.float32)
    return csr_matrix((ones, columns.ravel().astype(np.int32), starts), shape=(count, 1 << BITS))
