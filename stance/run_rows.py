"""Runs of words -> rows: each run is found by the row of its prefix and that of its last word."""

from __future__ import annotations

from stance.late_numpy import NDArray, np


class RunRows:
    """Keys of all runs in ascending order.

    Parameters
    ----------
    runs : (n_runs, 2) int32 array
        The row of each run without its last word, and the row of that word.
    first : int
        The row of the first run; those of the others follow in order.
    """

    def __init__(self, runs: NDArray[np.int32], first: int) -> None:
        self._first, self.unknown = first, first + len(runs)
        # The keys of _keys_of, in their place: a first prediction waits for this.
        keys = np.empty(len(runs) + 1, dtype=np.int64)
        np.multiply(runs[:, 0], self.unknown + 1, out=keys[:-1], dtype=np.int64)
        keys[:-1] += runs[:, 1]
        keys[-1] = np.iinfo(np.int64).max
        # A training puts them in order; one look costs less than to sort them again.
        self._order = None
        if (keys[1:] < keys[:-1]).any():
            self._order = np.argsort(keys, kind="stable")
            keys = keys[self._order]
        self._keys = keys

    def _keys_of(self, prefix: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
        # One more than the rows, so that the keys of the unknown row meet no others.
        return prefix * (self.unknown + 1) + last

    def find(self, prefix: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
        """Find the runs that lengthen each prefix by a word.

        Parameters
        ----------
        prefix, last : (n,) int64 arrays
            Rows, the unknown one among them.

        Returns
        -------
        (n,) int64 array
            Rows of the runs; the unknown row where there is none.
        """
        found = np.full(len(prefix), self.unknown)
        known = np.flatnonzero((prefix != self.unknown) & (last != self.unknown))
        wanted = self._keys_of(prefix[known], last[known])
        place = np.searchsorted(self._keys, wanted)
        there = self._keys[place] == wanted
        number = place if self._order is None else self._order[place]
        found[known] = np.where(there, self._first + number, self.unknown)
        return found
