"""Which way from texts to scores is taken: all of them give the same, bit for bit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stance.engine import Engine
from stance.lookup import build_lookup
from stance.plain import Parts, plain_scores

_PLAIN_CHUNK: Final = 1024  # statements at once
_TABLES_FROM: Final = 2_000  # statements whose plain scoring takes as long as building tables


class Scorer:
    """Scores texts: few of them the plain way, many by tables that are built when they pay.

    Parameters
    ----------
    parts : Parts
        What to score by.
    """

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._seen = 0

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Give every label's score.

        Parameters
        ----------
        texts : sequence of str
            Statements.

        Returns
        -------
        (n_texts, n_labels) float64 array
            Each from its own text alone, to the last bit.
        """
        # Threads may lose a count to each other, which only puts the tables off.
        self._seen += len(texts)
        if self._seen >= _TABLES_FROM and self._engine is not None:
            return self._engine.scores(texts)
        scores = np.zeros((len(texts), self.parts.weights.shape[1]))
        for first in range(0, len(texts), _PLAIN_CHUNK):
            some = slice(first, first + _PLAIN_CHUNK)
            scores[some] = plain_scores(self.parts, texts[some])
        return scores

    @cached_property
    def _engine(self) -> Engine | None:
        lookup = build_lookup(self.parts.vocabulary)
        return None if lookup is None else Engine(self.parts, lookup)
