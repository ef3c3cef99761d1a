"""Statements -> a vocabulary, and a sparse matrix of feature counts, as the regression learns from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array

from stance.features import END, RESERVED, START, Vocabulary, pieces
from stance.terms import Terms


def learn_vocabulary(
    tokenised: Sequence[Sequence[str]], *, order: int, min_count: int
) -> Vocabulary:
    """Collect the features that stand in enough statements.

    Parameters
    ----------
    tokenised : sequence of sequences of str
        The :func:`stance.text.words` of each training statement.
    order : int
        Most words in a run, at least 1.
    min_count : int
        Statements a feature must stand in, at least 1.

    Returns
    -------
    Vocabulary
        Sorted, so that the order of the statements does not matter.
    """
    word_counts: dict[str, int] = {}
    run_counts: dict[tuple[str, ...], int] = {}
    for tokens in tokenised:
        for word in set(tokens):
            word_counts[word] = word_counts.get(word, 0) + 1
        bounded = [START, *tokens, END]
        for run in {
            tuple(bounded[i : i + length])
            for length in range(2, order + 1)
            for i in range(len(bounded) - length + 1)
        }:
            run_counts[run] = run_counts.get(run, 0) + 1
    piece_counts: dict[str, int] = {}
    for word, count in word_counts.items():
        for piece in map(_marked, pieces(word)):
            piece_counts[piece] = piece_counts.get(piece, 0) + count
    frequent = [
        sorted(term for term, count in counts.items() if count >= min_count)
        for counts in (word_counts, piece_counts)
    ]
    terms = (*RESERVED, *frequent[0], *frequent[1])
    # A run is at least as rare as its prefix, so every prefix of a frequent run has a row.
    row_of: dict[tuple[str, ...], int] = {(term,): row for row, term in enumerate(terms)}
    runs: list[tuple[int, int]] = []
    for run in sorted((r for r, n in run_counts.items() if n >= min_count), key=_by_length):
        row_of[run] = len(terms) + len(runs)
        runs.append((row_of[run[:-1]], row_of[run[-1:]]))
    return Vocabulary(Terms.of(terms), np.array(runs, dtype=np.int32).reshape(-1, 2), order)


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


def _marked(piece: str) -> str:
    return f"#{piece}"


def _by_length(run: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return len(run), run
