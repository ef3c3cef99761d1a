"""Training data for finding cues: features and targets of every token of annotated articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from stance.articles.hashing import Floats, Ints
from stance.articles.marked import Marked
from stance.articles.model import WINDOW
from stance.articles.regression import regression, sparse_ones
from stance.articles.span_features import cue_columns

_STRENGTH: Final = 0.3


class CueData:
    """Features and targets for finding cues; the last columns are the vectors of words around.

    Parameters
    ----------
    marked : sequence of Marked
        The articles.
    codes : (n_words,) int64 array
        Codes of the words that have a vector, in ascending order.
    table : (n_words, n_dimensions) float32 array
        Their vectors.
    """

    def __init__(self, marked: Sequence[Marked], codes: Ints, table: NDArray[np.float32]) -> None:
        self._ends = np.cumsum([0] + [len(m.passage.word) for m in marked])
        parts, dense, solid = [], [], []
        places = np.append(codes, -2)
        padded = np.vstack([table, np.zeros((1, table.shape[1]), dtype=np.float32)])
        self._is_cue = np.zeros(self._ends[-1])
        for m, begin in zip(marked, self._ends, strict=False):
            parts.append(cue_columns(m.passage, np.arange(len(m.passage.word))))
            found = np.searchsorted(codes, m.passage.word)
            known = places[found] == m.passage.word
            vectors = padded[np.where(known, found, len(codes))]
            dense.append(np.hstack([np.roll(vectors, -by, axis=0) for by in WINDOW]))
            solid.append(m.passage.solid)
            for target in m.targets:
                self._is_cue[begin + target.cue] = 1
        joined = hstack([sparse_ones(np.vstack(parts)), csr_matrix(np.vstack(dense))]).tocsr()
        joined.indices, joined.indptr = (
            array.astype(np.int32) for array in (joined.indices, joined.indptr)
        )
        self._columns = joined
        self._solid = np.concatenate(solid)

    def fit(self, numbers: Ints) -> Any:
        """Learn from some articles, by their numbers."""
        rows = self._rows(numbers)
        rows = rows[self._solid[rows]]
        return regression(_STRENGTH).fit(self._columns[rows], self._is_cue[rows])

    def probabilities(self, fitted: Any, number: int) -> Floats:
        """Give the probabilities of one article's tokens to be cues."""
        rows = self._rows(np.array([number]))
        given: Floats = fitted.predict_proba(self._columns[rows])[:, 1]
        return np.where(self._solid[rows], given, 0.0)

    def _rows(self, numbers: Ints) -> Ints:
        return np.concatenate([np.arange(self._ends[n], self._ends[n + 1]) for n in numbers])
