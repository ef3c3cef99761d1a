"""Statements -> a sparse matrix of feature counts, as the regression learns from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array

from stance.features import RESERVED, Vocabulary, pieces


def count_matrix(vocabulary: Vocabulary, texts: Sequence[str]) -> csr_array:
    """Count each statement's features, as a model finds them.

    Parameters
    ----------
    vocabulary : Vocabulary
        The features.
    texts : sequence of str
        Statements.

    Returns
    -------
    (n_texts, n_features) sparse float64 array
        Reserved features are not counted.
    """
    rows, starts = vocabulary.rows(texts)
    shape = (len(texts), len(vocabulary))
    ends = np.append(starts, len(rows)).astype(np.int32)
    matrix = csr_array((np.ones(len(rows)), rows.astype(np.int32), ends), shape=shape)
    matrix.sum_duplicates()
    matrix.data[matrix.indices < len(RESERVED)] = 0.0
    matrix.eliminate_zeros()
    return matrix


def spelling(vocabulary: Vocabulary) -> csr_array:
    """Say which spelling pieces each known word brings along.

    While learning, a known word stands for itself and for its pieces, so that the pieces learn from
    it what they then say of unknown words.

    Parameters
    ----------
    vocabulary : Vocabulary
        The features.

    Returns
    -------
    (n_features, n_features) sparse float64 array
        1 on the diagonal, and in the row of a word under each of its pieces.
    """
    row_of = {term: row for row, term in enumerate(vocabulary.terms)}
    links = [
        (row, row_of[f"#{piece}"])
        for term, row in row_of.items()
        if term not in RESERVED and not term.startswith("#")
        for piece in pieces(term)
        if f"#{piece}" in row_of
    ]
    n = len(vocabulary)
    places = np.array(links, dtype=np.int32).reshape(-1, 2).T
    extra = csr_array((np.ones(places.shape[1]), (places[0], places[1])), shape=(n, n))
    return csr_array(eye_array(n, format="csr") + extra)


def inverse_document_frequency(counts: csr_array) -> NDArray[np.float64]:
    """Scale each feature: the rarer, the larger, so that the penalty spares rare n-grams.

    Parameters
    ----------
    counts : (n_texts, n_features) sparse array
        Features of statements.

    Returns
    -------
    (n_features,) float64 array
        What to multiply each column by.
    """
    n = counts.shape[0]
    found_in = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(1.0 + np.log(n / np.maximum(found_in, 1)))
