"""The compiled engine (``stance[fast]``) behind the same door as the one in numpy."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from ctypes import CFUNCTYPE, addressof, c_char_p, c_double, c_int64, c_void_p
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stance.engine.batches import chunks, foreign_sums
from stance.engine.joined import PLAIN, WINDOW, join, join_one
from stance.engine.lookup import CODES, KEPT, Lookup
from stance.engine.plain import Parts
from stance.lengths import length_scales

_WIDTH: Final = 3  # words of a run that the compiled filters are written for
_EXACT: Final = 2**53  # whole numbers below are exact as float64
_LARGEST: Final = 2**15
_PROTOTYPE: Final = CFUNCTYPE(
    c_int64, c_char_p, c_void_p, c_int64, c_void_p, c_void_p, c_void_p, c_int64, c_void_p
)


class CompiledEngine:
    """Scores of batches and of single statements.

    Parameters
    ----------
    parts : Parts
        What to score by.
    lookup : Lookup
        Its words and runs.
    address : int
        Where :func:`stance.engine.kernel.score_joined` lies.
    """

    name: Final = "numba"

    def __init__(self, parts: Parts, lookup: Lookup, address: int) -> None:
        self.parts = parts
        filters, labels = parts.filters, parts.weights.shape[1]
        table: NDArray[Any] = np.zeros((1, _WIDTH, 0), np.int8)
        bias, soft = np.zeros(0, np.int16), np.zeros((labels, 0), np.int32)
        if filters is not None:
            table, bias = filters.table, filters.bias
            soft = np.ascontiguousarray(filters.weights.T)
        shifts = [lookup.words.shift, lookup.runs.shift, lookup.pieces.shift]
        # In the order of stance.engine.kernel.ARRAYS; kept here, since C holds no reference to them.
        self._arrays: list[NDArray[Any]] = [
            np.array([lookup.unknown, parts.vocabulary.order, *shifts], dtype=np.int64),
            np.frombuffer(PLAIN, dtype=np.uint8),
            lookup.words.slots,
            KEPT,
            np.ascontiguousarray(lookup.spelled.data),
            lookup.spellings,
            lookup.read_as,
            lookup.runs.slots,
            lookup.pieces.slots,
            CODES,
            np.ascontiguousarray(parts.weights),
            table,
            bias,
            soft,
            np.array([parts.unit, 0.5**filters.precision if filters else 0.0]),
            length_scales(parts.pivot),
        ]
        sizes = list(map(len, self._arrays))
        self._addresses = (c_void_p * len(sizes))(*(a.ctypes.data for a in self._arrays))
        self._sizes = (c_int64 * (len(sizes) + 2))(*sizes, labels, table.shape[2])
        self._score_joined = _PROTOTYPE(address)
        self._given = addressof(self._addresses), addressof(self._sizes)
        self._aliases = lookup.aliases
        self._ends, self._row = c_int64 * 1, c_double * labels

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Give what :func:`stance.engine.plain.plain_scores` gives, much sooner.

        Parameters
        ----------
        texts : sequence of str
            Statements.

        Returns
        -------
        (n_texts, n_labels) float64 array
            Each from its own text alone.
        """
        scores = np.empty((len(texts), self.parts.weights.shape[1]))
        for some in chunks(texts):
            joined = join(texts[some], self._aliases, plain=False)
            data, ends, more = joined.data, joined.ends.ctypes.data, None
            if joined.foreign:
                extra = foreign_sums(self.parts, joined.foreign, len(joined.ends))
                more = extra.ctypes.data
            given = data, ends, len(joined.ends), *self._given, more, more is not None
            if not self._score_joined(*given, scores[some].ctypes.data):
                raise MemoryError
        return scores

    def score(self, text: str) -> list[float]:
        """Give what :meth:`scores` gives for one text."""
        if not text.isascii():
            return [*self.scores([text])[0].tolist()]
        data, row = join_one(text), self._row()
        ends = self._ends(len(data) - WINDOW)
        if not self._score_joined(data, ends, 1, *self._given, None, 0, row):
            raise MemoryError
        return [*row]


def compile_engine(parts: Parts, lookup: Lookup) -> CompiledEngine | None:
    """Load the compiled engine, or compile it, which takes some seconds.

    Parameters
    ----------
    parts : Parts
        What to score by.
    lookup : Lookup
        Its words and runs.

    Returns
    -------
    CompiledEngine or None
        None where numba is missing or does not work, or for filters that it is not written for.
    """
    filters = parts.filters
    if filters is not None:
        sums = np.abs(filters.weights.astype(np.int64)).sum(axis=0) * _LARGEST
        fits = filters.table.dtype == np.int8
        if len(filters.kernel) != _WIDTH or sums.max() >= _EXACT or not fits:
            return None
    try:
        # An optional extra, and slow to load.
        from stance.engine.kernel import score_joined  # noqa: PLC0415
    except Exception as error:
        # numba fails in many ways where it does not know the machine, Python or numpy.
        message = f"numba does not work here, statements are scored with numpy: {error}"
        warnings.warn(message, RuntimeWarning, stacklevel=2)
        return None
    return CompiledEngine(parts, lookup, score_joined.address)
