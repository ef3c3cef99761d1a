"""Statements -> a vocabulary, and a sparse matrix of feature counts, as the regression learns from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array

from stance.features import END, RESERVED, START, SYMBOL, WORDLESS_ROW, Paths, Vocabulary, pieces
from stance.learning.run_counts import BITS, Runs, Words, chunks, count_runs, count_words, distinct
from stance.terms import MARK, Terms

_CHUNK: Final = 20_000  # statements whose features are spelled out at once
# Chosen on documents kept aside, as the cube root is; models/ablation.md has what others gave.
_USUAL_SHARE: Final = 0.01  # of the statements that a feature of scale 1 stands in
_PIECE_SCALE: Final = 0.5  # of spelling pieces, beside words as rare


def learn_vocabulary(
    numbered: Words,
    *,
    order: int,
    min_count: int,
    max_features: int | None = None,
    alike: Mapping[str, str] = MappingProxyType({}),
) -> Vocabulary:
    """Collect the features that stand in enough statements.

    Parameters
    ----------
    numbered : Words
        The words of the training statements.
    order : int
        Most words in a run, at least 1.
    min_count : int
        Statements a feature must stand in, at least 1; a spelling piece in nearly twice as many.
    max_features : int, optional
        Most features; the rarest runs are left out if there are more.
    alike : mapping of str to str, optional
        Words, and the symbol that each is read as; the statements hold symbols in their place.

    Returns
    -------
    Vocabulary
        Sorted, so that the order of the statements does not matter.
    """
    counts = count_words(numbered)
    word_counts = dict(zip(numbered.names[2:], counts[2:].tolist(), strict=True))
    piece_counts: dict[str, int] = {}
    for word, count in word_counts.items():
        for piece in map(_marked, _pieces_of(word)):
            piece_counts[piece] = piece_counts.get(piece, 0) + count
    known = {word for word, count in word_counts.items() if count >= min_count}
    known |= {*alike, *alike.values()}
    # A piece as rare as the rarest words hardly speaks for others than these.
    least = 2 * min_count - 1
    shared = [piece for piece, count in piece_counts.items() if count >= least]
    terms = Terms.of((*RESERVED, *sorted(known), *sorted(shared)))
    found = count_runs(numbered, order, min_count)
    if max_features is not None:
        found = _drop_rarest(found, max_features - len(terms))
    row_of = {term: row for row, term in enumerate(terms.words)}
    word_rows = np.array([row_of.get(name, -1) for name in numbered.names])
    # In the order of their keys, which need not be sorted then when a model is loaded.
    runs = [np.zeros((0, 2), dtype=np.int64)]
    prefix_rows, first = word_rows, len(terms)
    for level in found:
        rows = np.stack([prefix_rows[level.prefix], word_rows[level.last]], axis=1)
        order_of = np.lexsort((rows[:, 1], rows[:, 0]))
        runs.append(rows[order_of])
        prefix_rows = np.empty(len(order_of), dtype=np.int64)
        prefix_rows[order_of] = range(first, first + len(order_of))
        first += len(order_of)
    stands = sorted((row_of[word], row_of[symbol]) for word, symbol in alike.items())
    return Vocabulary(
        terms,
        np.concatenate(runs).astype(np.int32),
        order,
        np.array(stands, dtype=np.int32).reshape(-1, 2),
    )


def _drop_rarest(found: list[Runs], room: int) -> list[Runs]:
    """Keep at most so many runs; those that are kept have their prefixes, which are no rarer."""
    if sum(len(level.counts) for level in found) <= room:
        return found
    counts = np.sort(np.concatenate([level.counts for level in found]))[::-1]
    least = int(counts[max(room, 0)]) + 1
    return _kept(found, [level.counts >= least for level in found])


def _kept(found: list[Runs], masks: list[NDArray[np.bool_]]) -> list[Runs]:
    """Take some runs of each length, whose prefixes are taken, too."""
    kept, number = [], None
    for level, some in zip(found, masks, strict=True):
        prefix = level.prefix if number is None else number[level.prefix]
        kept.append(Runs(prefix[some], level.last[some], level.counts[some]))
        number = np.cumsum(some) - 1
    return kept


def count_matrix(vocabulary: Vocabulary, numbered: Words) -> csr_array:
    """Count each statement's features, as a model finds them.

    Parameters
    ----------
    vocabulary : Vocabulary
        The features.
    numbered : Words
        The words of the statements.

    Returns
    -------
    (n_statements, n_features) sparse float32 array
        Reserved features are not counted.
    """
    row_of = vocabulary.word_rows
    rows = np.array([row_of.get(name, vocabulary.unknown) for name in numbered.names])
    # Joined one after the other, each dropped then: a million statements have a gigabyte of them.
    lengths, indices, data = (
        [np.zeros(1, np.int64)],
        [np.zeros(0, np.int32)],
        [np.zeros(0, np.float32)],
    )
    for some, owners in chunks(numbered):
        part = _count_part(vocabulary, _paths(vocabulary, numbered, rows, some, owners))
        lengths.append(np.diff(part.indptr).astype(np.int64))
        indices.append(part.indices)
        data.append(part.data)
    starts = np.cumsum(_join(lengths))
    shape = (len(numbered.lengths), len(vocabulary))
    return csr_array((_join(data), _join(indices), starts.astype(np.int32)), shape=shape)


def _paths(
    vocabulary: Vocabulary,
    numbered: Words,
    rows: NDArray[np.int64],
    some: slice,
    owners: NDArray[np.int64],
) -> Paths:
    """Give what :meth:`Vocabulary.paths` gives for the texts of some statements."""
    words, path, base = numbered.path[some], rows[numbered.path[some]], len(vocabulary) + 1
    at = np.flatnonzero(path == vocabulary.unknown)
    owned = [
        (pair >> BITS) * base + row
        for pair in distinct(owners[at] << BITS | words[at]).tolist()
        for row in vocabulary.piece_rows(numbered.names[pair & (2**BITS - 1)])
    ]
    # Each statement has its two bounds; one that has nothing else gets a word of its own between them.
    lengths = np.bincount(owners)
    wordless = lengths == len((START, END))
    path = np.insert(path, np.cumsum(lengths)[wordless] - 1, WORDLESS_ROW)
    return Paths(path, lengths + wordless, np.array(owned, dtype=np.int64), base)


def _count_part(vocabulary: Vocabulary, paths: Paths) -> csr_array:
    """Count the features of some statements."""
    rows, starts = vocabulary.rows_of(paths)
    ends = np.append(starts, len(rows)).astype(np.int32)
    shape = (len(paths.lengths), len(vocabulary))
    part = csr_array((np.ones(len(rows), np.float32), rows.astype(np.int32), ends), shape=shape)
    part.sum_duplicates()
    part.data[part.indices < len(RESERVED)] = 0.0
    part.eliminate_zeros()
    return part


def _join(parts: list[NDArray[Any]]) -> NDArray[Any]:
    """Put arrays one behind the other, and let go of them."""
    whole = np.empty(sum(map(len, parts)), dtype=parts[0].dtype)
    end = len(whole)
    while parts:
        part = parts.pop()
        whole[end - len(part) : end] = part
        end -= len(part)
    return whole


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
        (row, row_of[_marked(piece)])
        for term, row in row_of.items()
        if not term.startswith(MARK)
        for piece in _pieces_of(term)
        if _marked(piece) in row_of
    ]
    n = len(vocabulary)
    places = np.array(links, dtype=np.int32).reshape(-1, 2).T
    extra = csr_array((np.ones(places.shape[1]), (places[0], places[1])), shape=(n, n))
    return csr_array(eye_array(n, format="csr") + extra)


def feature_scales(
    counts: csr_array, spelled: csr_array, vocabulary: Vocabulary
) -> NDArray[np.float64]:
    """Scale each feature: the rarer, the larger, so that the penalty spares rare n-grams.

    A scale is the cube root of how rare a feature is: between 1, by which rare ones are hardly heard,
    and the square root, by which all vary alike and rare ones say too much. A spelling piece has half
    of that: it stands for many words, and would learn what each of these should say by itself.

    Parameters
    ----------
    counts : (n_texts, n_features) sparse array
        Features of statements.
    spelled : (n_features, n_features) sparse array
        What each brings along; see :func:`spelling`.
    vocabulary : Vocabulary
        The features.

    Returns
    -------
    (n_features,) float64 array
        What to multiply each column by: 1 for a word or run that stands in one text of a hundred.
    """
    n = counts.shape[0]
    found_in = np.zeros(counts.shape[1], dtype=np.int64)
    # A part at a time: the product has a dozen times as many entries as the counts.
    for first in range(0, n, _CHUNK):
        product = counts[first : first + _CHUNK] @ spelled
        found_in += np.bincount(product.indices, minlength=counts.shape[1])
    scales = np.cbrt(_USUAL_SHARE * n / np.maximum(found_in, 1))
    scales[[i for i, term in enumerate(vocabulary.terms) if term.startswith(MARK)]] *= _PIECE_SCALE
    return np.asarray(scales)


def _pieces_of(word: str) -> list[str]:
    """Cut a word into its pieces; a symbol has none."""
    return [] if word.startswith(SYMBOL) else pieces(word)


def _marked(piece: str) -> str:
    return f"{MARK}{piece}"
