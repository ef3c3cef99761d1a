"""Statements -> a sparse matrix of feature counts, as the regression learns from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from stance.features import RESERVED, Vocabulary, pieces


def count_matrix(
    vocabulary: Vocabulary, texts: Sequence[str], tokenised: Sequence[Sequence[str]]
) -> csr_array:
    """Count each statement's features; known words bring their spelling pieces along.

    Parameters
    ----------
    vocabulary : Vocabulary
        The features.
    texts : sequence of str
        Statements.
    tokenised : sequence of sequences of str
        The :func:`stance.text.words` of each.

    Returns
    -------
    (n_texts, n_features) sparse float64 array
        Reserved features are not counted.
    """
    rows, starts = vocabulary.rows(texts)
    row_of = {term: row for row, term in enumerate(vocabulary.terms)}
    cut_rows: dict[str, list[int]] = {}
    columns: list[NDArray[np.int64]] = []
    for i, (first, last) in enumerate(zip(starts, [*starts[1:], len(rows)], strict=True)):
        cuts: list[int] = []
        for word in set(tokenised[i]):
            if word in row_of:
                if word not in cut_rows:
                    cut_rows[word] = [row_of[f"#{p}"] for p in pieces(word) if f"#{p}" in row_of]
                cuts += cut_rows[word]
        columns.append(np.concatenate([rows[first:last], np.array(cuts, dtype=np.int64)]))
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.concatenate(columns)
    matrix = csr_array((np.ones(len(flat)), flat, ends), shape=(len(texts), len(vocabulary)))
    matrix.sum_duplicates()
    # Reserved rows take no part in the regression.
    matrix.data[matrix.indices < len(RESERVED)] = 0.0
    matrix.eliminate_zeros()
    return matrix


def inverse_document_frequency(counts: csr_array) -> NDArray[np.float64]:
    """Scale each feature: the rarer, the larger, so that the penalty spares rare n-grams.

    Parameters
    ----------
    counts : (n_texts, n_features) sparse array
        As :func:`count_matrix` makes it.

    Returns
    -------
    (n_features,) float64 array
        What to multiply each column by.
    """
    n = counts.shape[0]
    found_in = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(1.0 + np.log(n / np.maximum(found_in, 1)))
