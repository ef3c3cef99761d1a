"""Which way from texts to scores is taken: all of them give the same, bit for bit."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal

from stance.engine.plain import Parts, plain_scores
from stance.errors import MissingExtraError, OptionError
from stance.late_numpy import NDArray, np

if TYPE_CHECKING:
    from stance.engine.batches import Engine
    from stance.engine.compiled import CompiledEngine
    from stance.engine.lookup import Lookup

EngineName = Literal["plain", "numpy", "numba"]
"""The ways from texts to scores, the slowest to work and quickest to begin first."""

CHOICE: Final = "STANCE_ENGINE"
"""Variable of the environment that holds one of these names; without it, each begins when it pays."""

_PLAIN_CHUNK: Final = 1024  # statements at once
# Statements after which each way has paid for what it takes to begin; what one by itself counts, and
# what a batch counts beside its statements where numpy scores it.
_NUMPY_FROM: Final = 2_000
_NUMBA_FROM: Final = 100_000
_NUMBA_FROM_IF_NOT_COMPILED: Final = 1_000_000
_ALONE: Final = 8
_BATCH: Final = 100


class Scorer:
    """Scores texts: the first ones the plain way, then by engines, which are made when they pay.

    Parameters
    ----------
    parts : Parts
        What to score by.
    """

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._seen = 0
        self._lookup: Lookup | None = None
        self._engine: Engine | CompiledEngine | None = None
        self._next_from = _NUMPY_FROM
        chosen = os.environ.get(CHOICE)
        if chosen:
            self._choose(chosen)

    def _choose(self, chosen: str) -> None:
        """Begin with an engine by its name, and stay with it."""
        from stance.engine.code_folder import has_numba  # noqa: PLC0415 - predicting a few does not need it

        if chosen in ("numpy", "numba"):
            if chosen == "numba" and not has_numba():
                raise MissingExtraError(
                    f"{CHOICE} is numba, which is not installed: pip install 'stance[fast]'"
                )
            self._begin(compiled=chosen == "numba")
            self._next_from = np.iinfo(np.int64).max
        elif chosen == "plain":
            self._next_from = np.iinfo(np.int64).max
        else:
            raise OptionError(f"{CHOICE} must be plain, numpy or numba, got {chosen!r}")

    @property
    def engine(self) -> EngineName:
        """What the next texts are scored by."""
        return "plain" if self._engine is None else self._engine.name

    def warm_up(self) -> EngineName:
        """Begin with the fastest way there is, rather than when it pays.

        Returns
        -------
        {"plain", "numpy", "numba"}
            Which one that is.
        """
        from stance.engine.code_folder import has_numba  # noqa: PLC0415 - as above

        self._begin(compiled=has_numba())
        return self.engine

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
        # Threads may lose a count to each other, which only puts an engine off.
        self._seen += len(texts) + (_BATCH if self._engine is not None else 0)
        if self._seen >= self._next_from:
            self._advance()
        if self._engine is not None:
            return self._engine.scores(texts)
        scores = np.zeros((len(texts), self.parts.weights.shape[1]))
        for first in range(0, len(texts), _PLAIN_CHUNK):
            some = slice(first, first + _PLAIN_CHUNK)
            scores[some] = plain_scores(self.parts, texts[some])
        return scores

    def score(self, text: str) -> list[float]:
        """Give what :meth:`scores` gives for one text."""
        if self._seen:
            _ = self.parts.vocabulary.word_rows  # who asks twice asks often
        self._seen += _ALONE
        if self._seen >= self._next_from:
            self._advance()
        if self._engine is not None:
            return self._engine.score(text)
        scores: list[float] = plain_scores(self.parts, [text])[0].tolist()
        return scores

    def _advance(self) -> None:
        """Begin with what pays by now, and say from when the next one does."""
        from stance.engine.code_folder import has_numba, is_compiled  # noqa: PLC0415 - as above

        if not has_numba():
            self._begin(compiled=False)
            return
        numba_from = _NUMBA_FROM if is_compiled() else _NUMBA_FROM_IF_NOT_COMPILED
        compiled = self._seen >= numba_from
        self._begin(compiled=compiled)
        if not compiled:
            self._next_from = numba_from

    def _begin(self, *, compiled: bool) -> None:
        """Make an engine, if vocabulary and filters allow for one."""
        # Predicting a few statements needs none of these.
        from stance.engine.batches import Engine  # noqa: PLC0415
        from stance.engine.compiled import compile_engine  # noqa: PLC0415
        from stance.engine.lookup import build_lookup  # noqa: PLC0415

        self._next_from = np.iinfo(np.int64).max
        filters = self.parts.filters
        if filters is not None and not filters.table_fits:
            return
        if filters is not None:
            _ = filters.table  # small batches take from it, too, once it is there
        if self._lookup is None:
            self._lookup = build_lookup(self.parts.vocabulary)
        if self._lookup is None:
            return
        if compiled:
            self._engine = compile_engine(self.parts, self._lookup)
        if self._engine is None:
            self._engine = Engine(self.parts, self._lookup)
