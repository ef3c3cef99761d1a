"""Soft n-grams: filters over word vectors that find runs of words by what they are like.

An n-gram is found when its very words stand there; a filter adds up, for each run of words, how far
each word lies in the direction that the filter looks for at its place, and keeps the best run of a
statement (Kim, 2014, section 2). What it finds is as additive as an n-gram is: a filter's value times
its weight is its part of a label's score.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from stance.late_numpy import NDArray, np

_LARGEST_TABLE: Final = 2**27  # products of all words that are kept in memory
_FEW: Final = 2048  # tokens below which the words' own products cost less than those of all words
_LONGEST: Final = 64  # runs of a statement that are pooled together; more are pooled in parts
_BLOCK: Final = 512  # parts pooled side by side: their values fit into the cache
_ROWS: Final = 2048  # words whose products are made at once
_FULL: Final = 120  # of a byte, with room for what rounding and a change of the vectors may add
_LEAST: Final = 1e-12  # stands for nothing where it would be divided by
_FURTHEST: Final = 2**14  # a bias beyond all sums of bytes
_MOST_WEIGHT, _MOST_DIGITS = 2**30, 40  # so that sums of products fit into a float64's 53 bits


@dataclass(frozen=True, eq=False)
class Filters:
    """Filters with integer weights, so that values are exact in any batch.

    Parameters
    ----------
    vectors : (n_words + 1, n_dimensions) int8 array
        The vector of each word of the vocabulary, by its row; the last one is that of unknown words.
    kernel : (width, n_dimensions, n_filters) int8 array
        The direction that each filter looks for at each place of a run.
    bias : (n_filters,) int16 array
        What each filter adds to every run.
    shift : int
        Binary digits that are dropped off the product of a vector and a direction.
    weights : (n_filters, n_labels) int32 array
        Weight of each filter's value for each label, in units of ``2 ** -precision``.
    precision : int
        Binary digits of the weights behind the point.
    """

    vectors: NDArray[np.int8]
    kernel: NDArray[np.int8]
    bias: NDArray[np.int16]
    shift: int
    weights: NDArray[np.int32]
    precision: int

    def scaled(self, factor: float) -> Filters:
        """Multiply what the filters add to scores by a number, up to rounding."""
        wide = self.weights * factor
        spare = math.floor(math.log2(_MOST_WEIGHT / max(float(np.abs(wide).max()), _LEAST)))
        spare = min(spare, _MOST_DIGITS - self.precision)
        weights = np.rint(wide * 2.0**spare).astype(np.int32)
        return replace(self, weights=weights, precision=self.precision + spare)

    def scores(self, path: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.float64]:
        """Give what the filters add to each label's score.

        Parameters
        ----------
        path : (n_tokens,) int64 array
            Rows of the words of all statements, one after the other, each with its two bounds.
        lengths : (n_statements,) int64 array
            Tokens of each.

        Returns
        -------
        (n_statements, n_labels) float64 array
            Sums of multiples of a power of two, without rounding.
        """
        few = len(path) < _FEW or not self.table_fits
        best = self._best_of_few(path, lengths) if few else self.pool(path, lengths)
        return np.asarray(best.astype(np.float64) @ self._real_weights)

    def scores_of_one(self, path: list[int]) -> NDArray[np.float64]:
        """Give what :meth:`scores` gives for one statement: (n_labels,).

        Parameters
        ----------
        path : list of int
            Rows of the words of the statement, with its two bounds.

        Returns
        -------
        (n_labels,) float64 array
            The sums.
        """
        if len(path) >= _FEW and self.table_fits:
            return np.asarray(self.scores(np.array(path), np.array([len(path)]))[0])
        best = np.maximum(np.maximum.reduce(self._values(np.array(path)), axis=0), 0)
        return np.asarray(best.astype(np.float64) @ self._real_weights)

    def pool(self, path: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int16]:
        """Give each filter's largest value in each statement, 0 at least.

        Parameters
        ----------
        path, lengths
            As :meth:`scores` takes them.

        Returns
        -------
        (n_statements, n_filters) int16 array
            What the weights are multiplied with.
        """
        # The parts of a block are walked in step, the longest first: the others drop out behind them.
        runs = lengths - len(self.kernel) + 1
        parts = -(-runs // _LONGEST)
        first_parts = np.cumsum(parts) - parts
        within = np.arange(int(parts.sum())) - np.repeat(first_parts, parts)
        begins = np.repeat(np.cumsum(lengths) - lengths, parts) + within * _LONGEST
        sizes = np.minimum(np.repeat(runs, parts) - within * _LONGEST, _LONGEST)
        order = np.argsort(-sizes, kind="stable")
        words = np.minimum(path, len(self.vectors) - 1)
        best = np.empty((len(sizes), len(self.bias)), dtype=np.int16)
        for first in range(0, len(order), _BLOCK):
            block = order[first : first + _BLOCK]
            best[block] = self._pool_block(words, begins[block], sizes[block])
        if len(best) == len(lengths):
            return best
        return np.asarray(np.maximum.reduceat(best, first_parts, axis=0))

    def _pool_block(
        self, words: NDArray[np.int64], begins: NDArray[np.int64], sizes: NDArray[np.int64]
    ) -> NDArray[np.int16]:
        """Pool some parts of statements, sorted by their number of runs, the largest first."""
        width, table = len(self.kernel), self.table.reshape(-1, len(self.bias))
        best, values, wide = np.zeros((3, len(begins), len(self.bias)), dtype=np.int16)
        more = np.empty(best.shape, dtype=table.dtype)
        left = np.searchsorted(-sizes, -np.arange(sizes[0]))
        for step, count in enumerate(left.tolist()):
            at = begins[:count] + step
            values[:count] = self.bias
            for place in range(width):
                rows = words[at + place] * width + place
                # Any mode but "raise" writes into the given array without a copy; all rows are there.
                table.take(rows, axis=0, out=more[:count], mode="clip")
                # Bytes are made wide first: a sum of both kinds takes longer.
                wide[:count] = more[:count]
                values[:count] += wide[:count]
            np.maximum(best[:count], values[:count], out=best[:count])
        return np.asarray(best)

    def _best_of_few(
        self, path: NDArray[np.int64], lengths: NDArray[np.int64]
    ) -> NDArray[np.int16]:
        """Give what :meth:`pool` gives, with less to begin with."""
        ends = np.cumsum(lengths)
        values = self._values(path)
        # Runs that cross into the next statement count for none.
        crossing = (ends[:-1, None] - np.arange(1, len(self.kernel))).ravel()
        values[crossing] = 0
        return np.asarray(np.maximum(np.maximum.reduceat(values, ends - lengths, axis=0), 0))

    def locate(self, path: NDArray[np.int64]) -> list[tuple[int, NDArray[np.float64]]]:
        """Find the runs of one statement that the filters keep.

        Parameters
        ----------
        path : (n_tokens,) int64 array
            Rows of the words of the statement, with its two bounds.

        Returns
        -------
        list of (int, (n_labels,) float64 array)
            The first token of each run that some filter keeps, in order, and what it adds to each
            label's score.
        """
        values = self._values(path)
        places = values.argmax(axis=0)
        best = np.maximum(values.max(axis=0), 0)
        parts = best[:, None] * self._real_weights
        return [
            (place, parts[(places == place) & (best > 0)].sum(axis=0))
            for place in sorted(set(places[best > 0].tolist()))
        ]

    def _values(self, path: NDArray[np.int64]) -> NDArray[np.int16]:
        """Each filter's value at each run, (n_tokens - width + 1, n_filters)."""
        words = np.minimum(path, len(self.vectors) - 1)
        width = len(self.kernel)
        runs = len(path) - width + 1
        if "table" in self.__dict__:
            near, products = words * width, self.table
        else:
            near, products = np.arange(len(words)) * width, self._products(self.vectors[words])
        products = products.reshape(-1, len(self.bias))
        # Bytes are made wide first: a sum of both kinds takes twice as long.
        values = products.take(near[:runs], axis=0).astype(np.int16)
        for place in range(1, width):
            values += products.take(near[place : place + runs] + place, axis=0).astype(np.int16)
        values += self.bias
        return np.asarray(values)

    def _products(self, vectors: NDArray[np.int8]) -> NDArray[np.int16]:
        """Give what each word is worth to each filter at each place, (n_words, width, n_filters)."""
        # Whole numbers below 2 ** 24: exact in float32, in any order.
        products = (vectors.astype(np.float32) @ self._directions).astype(np.int32)
        products >>= self.shift
        return products.astype(np.int16).reshape(len(vectors), len(self.kernel), len(self.bias))

    @cached_property
    def _directions(self) -> NDArray[np.float32]:
        """The directions of all places side by side, (n_dimensions, width * n_filters)."""
        flat = self.kernel.transpose(1, 0, 2).reshape(self.kernel.shape[1], -1)
        return flat.astype(np.float32)

    @cached_property
    def table_fits(self) -> bool:
        """Whether :attr:`table` is small enough to be kept."""
        width, _, count = self.kernel.shape
        return bool(width * len(self.vectors) * count <= _LARGEST_TABLE)

    @cached_property
    def table(self) -> NDArray[np.int8] | NDArray[np.int16]:
        """What each word is worth to each filter at each place, (n_words + 1, width, n_filters).

        Bytes, half as much to read, unless a model was made when sums were finer than that.
        """
        shape = (len(self.vectors), len(self.kernel), len(self.bias))
        table: NDArray[Any] = np.empty(shape, dtype=np.int8)
        for first in range(0, len(self.vectors), _ROWS):
            some = slice(first, first + _ROWS)
            products = self._products(self.vectors[some])
            if table.itemsize == 1 and (products.astype(np.int8) != products).any():
                table = table.astype(np.int16)
            table[some] = products
        return table

    @cached_property
    def _real_weights(self) -> NDArray[np.float64]:
        return self.weights.astype(np.float64) * 0.5**self.precision

    def __getstate__(self) -> dict[str, Any]:
        # What is derived is derived again on the other side.
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def quantise(
    vectors: NDArray[np.float64],
    kernel: NDArray[np.float64],
    bias: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> Filters:
    """Make filters of real numbers ones of integers.

    Parameters
    ----------
    vectors : (n_words + 1, n_dimensions) float array
        Word vectors.
    kernel : (width, n_dimensions, n_filters) float array
        Directions.
    bias : (n_filters,) float array
        What each filter adds.
    weights : (n_filters, n_labels) float array
        Weight of each filter for each label.

    Returns
    -------
    Filters
        Whose scores are about those of the real numbers.
    """
    vector_step = float(np.abs(vectors).max()) / 127
    small_vectors = np.rint(vectors / vector_step).astype(np.int8)
    wide = small_vectors.astype(np.float32)
    # Both directions and products fit into bytes, behind a shift that is the same for all filters:
    # half of them use all of the one, half all of the other.
    directions = np.maximum(np.abs(kernel).max(axis=(0, 1)), _LEAST)
    products = np.max([np.abs(wide @ part).max(axis=0) for part in kernel], axis=0)
    shift = max(0, round(math.log2(max(float(np.median(products / directions)), 1.0))))
    filter_step = np.maximum(products / (2.0**shift * _FULL), directions / 127)
    small_kernel = np.rint(kernel / filter_step).astype(np.int8)
    unit = vector_step * filter_step * 2.0**shift
    # A shift rounds down, on average by half a unit at each place of a run.
    middle = len(kernel) / 2 if shift else 0.0
    small_bias = np.rint(np.clip(bias / unit + middle, -_FURTHEST, _FURTHEST)).astype(np.int16)
    scaled = weights * unit[:, None]
    precision = int(np.floor(np.log2(_MOST_WEIGHT / max(float(np.abs(scaled).max()), _LEAST))))
    precision = min(precision, _MOST_DIGITS)
    small_weights = np.rint(scaled * 2.0**precision).astype(np.int32)
    return Filters(small_vectors, small_kernel, small_bias, shift, small_weights, precision)
