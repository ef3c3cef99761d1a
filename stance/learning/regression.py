"""Softmax regression that learns from shares: a statement may be two thirds threat, one third hedge."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import parent_process
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array

from stance.softmax import softmax

_BLOCK: Final = 8_000_000  # entries of a matrix that are multiplied together
_MEMORY: Final = 5  # steps that the solver looks back on; each takes two vectors of all weights


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
    alpha: float,
    max_iter: int,
    tol: float = 1e-5,
) -> SoftmaxRegression:
    """Minimise the weighted cross-entropy to shares of labels, with an L2 penalty, by L-BFGS.

    For shares of 0 and 1 this is scikit-learn's ``LogisticRegression``, which does not take others,
    with a ``C`` of 1 over `alpha` and the sum of the weights.

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
    alpha : float
        Strength of the penalty on the coefficients, beside the mean loss; the intercept has none.
    max_iter : int
        Most iterations.
    tol : float, default 1e-5
        Mean loss of a statement (its share, where that is above 1) that a step must gain; one that
        gains less is the last.

    Returns
    -------
    SoftmaxRegression
        The same for the same input, bit by bit.
    """
    n_features, n_labels = counts.shape[1], shares.shape[1]
    total = float(weight.sum())
    contracted = expansion.T.tocsr()
    product = _Product(counts)
    wanted = weight[:, None] * shares

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        packed = flat.reshape(n_features + 1, n_labels)
        coefficients, intercept = packed[:-1], packed[-1]
        scores = product.times(expansion @ coefficients)
        scores += intercept
        probabilities = softmax(scores)
        logs = np.log(np.maximum(probabilities, 1e-300, out=scores), out=scores)
        value = -float(np.multiply(wanted, logs, out=logs).sum()) / total
        value += alpha / 2 * float((coefficients**2).sum())
        probabilities *= weight[:, None]
        probabilities -= wanted
        probabilities /= total
        slope = np.empty_like(packed)
        slope[:-1] = contracted @ product.transposed_times(probabilities)
        slope[:-1] += alpha * coefficients
        slope[-1] = probabilities.sum(axis=0)
        return value, slope.ravel()

    found = minimize(
        loss,
        np.zeros((n_features + 1) * n_labels),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": max_iter, "maxcor": _MEMORY, "ftol": tol, "gtol": 0.0, "maxls": 50},
    )
    packed = found.x.reshape(n_features + 1, n_labels)
    return SoftmaxRegression(expansion @ packed[:-1], packed[-1])


class _Product:
    """A matrix of counts, and products with it and with its transpose, which is never built.

    It is cut into blocks of rows, which threads share; where the cuts are depends on the matrix
    alone, and sums are taken in the order of the blocks, so that any number of threads gives the same
    bits. If there are several, they are multiplied in single precision, half as much to read.
    """

    def __init__(self, matrix: csr_array) -> None:
        blocks = max(1, -(-matrix.nnz // _BLOCK))
        cuts = np.searchsorted(matrix.indptr, np.linspace(0, matrix.nnz, blocks + 1))
        cuts[0], cuts[-1] = 0, matrix.shape[0]
        self._bounds = [(int(i), int(j)) for i, j in pairwise(cuts)]
        self._blocks = [_rows(matrix, *bounds) for bounds in self._bounds]
        self._columns = matrix.shape[1]
        self._precise = matrix.dtype if blocks > 1 else np.dtype(np.float64)
        # The processes of a cross-validation have a core each.
        alone = blocks == 1 or parent_process() is not None
        self._threads = 1 if alone else (os.cpu_count() or 1)
        self._pool = None if self._threads == 1 else ThreadPoolExecutor(self._threads)

    def times(self, right: NDArray[np.float64]) -> NDArray[np.float64]:
        """Multiply with (n_columns, n) numbers: (n_rows, n)."""
        given = right.astype(self._precise, copy=False)
        parts = self._map(lambda at: self._blocks[at] @ given, range(len(self._blocks)))
        return np.concatenate(parts, dtype=np.float64)

    def transposed_times(self, right: NDArray[np.float64]) -> NDArray[np.float64]:
        """Multiply the transpose with (n_rows, n) numbers: (n_columns, n)."""

        def multiply(at: int) -> NDArray[Any]:
            some = right[slice(*self._bounds[at])].astype(self._precise, copy=False)
            return np.asarray(self._blocks[at].T @ some)

        found = np.zeros((self._columns, right.shape[1]))
        # As many blocks at once as there are threads: each has a result as large as the whole.
        for first in range(0, len(self._blocks), self._threads):
            last = min(first + self._threads, len(self._blocks))
            for part in self._map(multiply, range(first, last)):
                found += part
        return found

    def _map(
        self, multiply: Callable[[int], NDArray[Any]], blocks: Iterable[int]
    ) -> list[NDArray[Any]]:
        """Give what some blocks make, in their order."""
        return list(
            map(multiply, blocks) if self._pool is None else self._pool.map(multiply, blocks)
        )


def _rows(matrix: csr_array, first: int, last: int) -> csr_array:
    """Take some rows of a matrix, without a copy of what is in them."""
    begin, end = matrix.indptr[first], matrix.indptr[last]
    inside = matrix.data[begin:end], matrix.indices[begin:end]
    shape = (last - first, matrix.shape[1])
    return csr_array((*inside, matrix.indptr[first : last + 1] - begin), shape=shape, copy=False)
