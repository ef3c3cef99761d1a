"""The way from one text to scores that needs nothing but Python, for those who label no more than a few.

To load numpy takes longer than this takes for a dozen statements. All is read where it lies in the
model's files, and what comes out is what :func:`stance.engine.plain.plain_scores` gives, bit for bit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property
from operator import add, mul
from typing import Final, NamedTuple

from stance.features import END_ROW, INTERCEPT_ROW, START_ROW, WORDLESS_ROW, pieces
from stance.lengths import scale_of
from stance.terms import Terms
from stance.text import words

_FIELD: Final = 4  # bytes that a product takes in a number that holds many
_MIDDLE: Final = 2**31  # added to each, so that none is below 0
_AS_UNSIGNED: Final = bytes([*range(128, 256), *range(128)])  # a signed byte -> itself and 128


class Settings(NamedTuple):
    """The numbers of a model that its manifest gives.

    Attributes
    ----------
    labels : int
        How many there are.
    order : int
        Most words in a run.
    precision : int
        Binary digits of the weights behind the point.
    pivot : int
        Tokens of a text whose sum is left as it is; see :mod:`stance.lengths`.
    dimensions : int
        Length of a word's vector.
    shift : int
        Binary digits that are dropped off the products of filters.
    filter_precision : int
        Binary digits of the filters' weights behind the point.
    """

    labels: int
    order: int
    precision: int
    pivot: int
    dimensions: int
    shift: int
    filter_precision: int


class PureScorer:
    """Scores one text at a time by a model with filters.

    Parameters
    ----------
    terms : Terms
        Words and spelling pieces, each of them in ascending order.
    arrays : mapping of str to memoryview
        The arrays of a model folder, flat, rows first: ``weights`` and ``runs``, which are in ascending
        order, ``alike``, and the filters' ``filter_vectors``, ``filter_kernel``, ``filter_bias`` and
        ``filter_weights``.
    settings : Settings
        Its numbers.
    """

    def __init__(self, terms: Terms, arrays: Mapping[str, memoryview], settings: Settings) -> None:
        self._terms, self._settings = terms, settings
        self._weights, self._runs = arrays["weights"], arrays["runs"]
        self._filters = _Filters(arrays, settings)
        alike = arrays["alike"].tolist()
        self._alike = dict(zip(alike[::2], alike[1::2], strict=True))

    def score(self, text: str) -> list[float]:
        """Give every label's score.

        Parameters
        ----------
        text : str
            One statement.

        Returns
        -------
        list of float
            One a label.
        """
        found = words(text)
        known = {word: self._row_of(word) for word in found}
        path = [known[word] for word in found] or [WORDLESS_ROW]
        path = [START_ROW, *path, END_ROW]
        sums = self._sums(self._rows(path, [word for word, row in known.items() if row is None]))
        scale = scale_of(len(path), self._settings.pivot)
        intercept = self._weights_of(INTERCEPT_ROW)
        unit = 0.5**self._settings.precision
        scores = [((s - i) * scale + i) * unit for s, i in zip(sums, intercept, strict=True)]
        return list(map(add, scores, self._filters.scores(path))) if found else scores

    def _row_of(self, word: str) -> int | None:
        row = self._terms.find_word(word, ordered=True)
        return row if row is None else self._alike.get(row, row)

    def _rows(self, path: list[int | None], strange: list[str]) -> list[int]:
        """Give the rows of a text's features and of the intercept.

        Parameters
        ----------
        path : list of (int or None)
            Rows of its words, and of its bounds.
        strange : list of str
            The words that are not there, each once.
        """
        level, distinct = path, set(path)
        for length in range(1, self._settings.order):
            level = list(map(self._find_run, level, path[length:]))
            distinct.update(level)
        rows = [row for row in distinct - {START_ROW, END_ROW} if row is not None]
        found = [self._terms.find_piece(piece) for word in strange for piece in pieces(word)]
        return [INTERCEPT_ROW, *rows, *(row for row in found if row is not None)]

    def _find_run(self, prefix: int | None, last: int | None) -> int | None:
        """Find the run that lengthens a prefix by a word; None if there is none."""
        if prefix is None or last is None:
            return None
        runs, wanted = self._runs, (prefix, last)
        count = len(runs) // 2
        place = bisect_left(range(count), wanted, key=lambda i: (runs[2 * i], runs[2 * i + 1]))
        there = place < count and (runs[2 * place], runs[2 * place + 1]) == wanted
        return len(self._terms) + place if there else None

    def _weights_of(self, row: int) -> list[int]:
        labels = self._settings.labels
        weights: list[int] = self._weights[row * labels : (row + 1) * labels].tolist()
        return weights

    def _sums(self, rows: list[int]) -> list[int]:
        return list(map(sum, zip(*map(self._weights_of, rows), strict=True)))


class _Filters:
    """What :class:`stance.filters.Filters` is, for one text at a time.

    A word's vector is multiplied with all directions at once: with whole numbers that hold the
    directions' parts side by side, one number a dimension (Kronecker, 1882).
    """

    def __init__(self, arrays: Mapping[str, memoryview], settings: Settings) -> None:
        self._vectors, self._kernel = arrays["filter_vectors"], arrays["filter_kernel"]
        self._weights = arrays["filter_weights"].tolist()
        self._bias: list[int] = arrays["filter_bias"].tolist()
        self._settings, self._count = settings, len(self._bias)
        self._width = len(self._kernel) // (settings.dimensions * self._count)

    def scores(self, path: list[int | None]) -> list[float]:
        """Give what the filters add to each label's score; `path` as rows, None for unknown words."""
        known = {row: self._products(row) for row in set(path)}
        products = [known[row] for row in path]
        best = [0] * self._count
        for run in zip(*(products[place:] for place in range(self._width))):  # noqa: B905 - the last words begin none
            values = self._bias
            for place, of_word in enumerate(run):
                values = list(map(add, values, of_word[place]))
            best = list(map(max, best, values))
        unit, labels = 0.5**self._settings.filter_precision, self._settings.labels
        return [sum(map(mul, best, self._weights[i::labels])) * unit for i in range(labels)]

    def _products(self, row: int | None) -> list[list[int]]:
        """Give what a word is worth to each filter, a list for each place of a run."""
        dimensions = self._settings.dimensions
        begin = len(self._vectors) - dimensions if row is None else row * dimensions
        vector = self._vectors[begin : begin + dimensions]
        total = sum(map(mul, vector, self._columns), self._middles)
        fields = memoryview(total.to_bytes(self._columns_size, "little")).cast("I")
        shift, count = self._settings.shift, self._count
        parts = [(field - _MIDDLE) >> shift for field in fields]
        return [parts[place * count : (place + 1) * count] for place in range(self._width)]

    @cached_property
    def _columns(self) -> list[int]:
        """The directions of all places, a number for each dimension."""
        dimensions, count = self._settings.dimensions, self._count
        kernel, columns = bytes(self._kernel).translate(_AS_UNSIGNED), []
        for i in range(dimensions):
            parts = (
                kernel[begin * count : (begin + 1) * count]
                for begin in range(i, self._width * dimensions, dimensions)
            )
            spread = bytearray(self._columns_size)
            spread[::_FIELD] = b"".join(parts)
            columns.append(int.from_bytes(spread, "little") - 128 * self._ones)
        return columns

    @property
    def _columns_size(self) -> int:
        return _FIELD * self._width * self._count

    @cached_property
    def _ones(self) -> int:
        """A number that holds a 1 in each field."""
        return int.from_bytes(b"\1\0\0\0" * (self._width * self._count), "little")

    @cached_property
    def _middles(self) -> int:
        return _MIDDLE * self._ones
