"""Softmax regression that learns from shares: a statement may be two thirds threat, one third hedge."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import parent_process
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array

from stance.softmax import softmax

_MANY: Final = 2_000_000  # entries of a matrix from which threads pay


@dataclass(frozen=True)
class SoftmaxRegression:
    """A fitted regression.

    Attributes
    ----------
    coefficients : (n_features, n_labels) float64 array
        Weight of each feature, expanded and scaled, for each label.
    intercept : (n_labels,) float64 array
        What each label scores without any feature.
    """

    coefficients: NDArray[np.float64]
    intercept: NDArray[np.float64]

    def scores(self, counts: csr_array) -> NDArray[np.float64]:
        """Score each label of each row: (n_rows, n_labels)."""
        return np.asarray(counts @ self.coefficients + self.intercept)


def fit_softmax(
    counts: csr_array,
    expansion: csr_array,
    shares: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    C: float,
    max_iter: int,
    tol: float = 1e-3,
) -> SoftmaxRegression:
    """Minimise the weighted cross-entropy to shares of labels, with an L2 penalty, by L-BFGS.

    For shares of 0 and 1 this is scikit-learn's ``LogisticRegression``, which does not take others.

    Parameters
    ----------
    counts : (n_rows, n_features) sparse array
        Features as they are counted.
    expansion : (n_features, n_features) sparse array
        Features as they are learned from: ``counts @ expansion``. The product is never built.
    shares : (n_rows, n_labels) float64 array
        Share of each label; rows sum to 1.
    weight : (n_rows,) float64 array
        Weight of each row.
    C : float
        Inverse strength of the penalty on the coefficients; the intercept has none.
    max_iter : int
        Most iterations.
    tol : float, default 1e-3
        Largest slope, for a weight of 1, at which to stop.

    Returns
    -------
    SoftmaxRegression
        The same for the same input, bit by bit.
    """
    n_features, n_labels = counts.shape[1], shares.shape[1]
    total = float(weight.sum())
    contracted = expansion.T.tocsr()
    times, times_transposed = _Product(counts), _Product(csr_array(counts.T.tocsr()))
    ridge = 1.0 / (C * total)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        packed = flat.reshape(n_features + 1, n_labels)
        coefficients, intercept = packed[:-1], packed[-1]
        probabilities = softmax(times(expansion @ coefficients) + intercept)
        logs = np.log(np.maximum(probabilities, 1e-300))
        value = -float((weight[:, None] * shares * logs).sum()) / total
        value += ridge / 2 * float((coefficients**2).sum())
        errors = weight[:, None] * (probabilities - shares) / total
        slope = np.empty_like(packed)
        slope[:-1] = contracted @ times_transposed(errors) + ridge * coefficients
        slope[-1] = errors.sum(axis=0)
        return value, slope.ravel()

    found = minimize(
        loss,
        np.zeros((n_features + 1) * n_labels),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": max_iter, "gtol": tol, "ftol": 1e-9, "maxls": 50},
    )
    packed = found.x.reshape(n_features + 1, n_labels)
    return SoftmaxRegression(expansion @ packed[:-1], packed[-1])


class _Product:
    """A matrix, multiplied by threads; each row is summed by one, so that all give the same bits."""

    def __init__(self, matrix: csr_array) -> None:
        # The processes of a cross-validation have a core each.
        many = matrix.nnz >= _MANY and parent_process() is None
        threads = (os.cpu_count() or 1) if many else 1
        bounds = np.linspace(0, matrix.nnz, threads + 1)
        cuts = np.searchsorted(matrix.indptr, bounds)
        cuts[0], cuts[-1] = 0, matrix.shape[0]
        self._parts = [_rows(matrix, int(i), int(j)) for i, j in pairwise(cuts)]
        self._pool = ThreadPoolExecutor(threads) if threads > 1 else None

    def __call__(self, other: NDArray[np.float64]) -> NDArray[np.float64]:
        if self._pool is None:
            return np.asarray(self._parts[0] @ other)
        return np.concatenate(list(self._pool.map(lambda part: part @ other, self._parts)))


def _rows(matrix: csr_array, first: int, last: int) -> csr_array:
    """Take some rows of a matrix, without a copy of what is in them."""
    begin, end = matrix.indptr[first], matrix.indptr[last]
    inside = matrix.data[begin:end], matrix.indices[begin:end]
    shape = (last - first, matrix.shape[1])
    return csr_array((*inside, matrix.indptr[first : last + 1] - begin), shape=shape, copy=False)
