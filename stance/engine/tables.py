"""Hash tables over whole arrays: integers -> rows, built and looked up without a loop in Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

# The golden ratio's digits: neighbouring keys fall far apart (Knuth, 1998, section 6.4).
MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)
"""What keys are multiplied by to give their slots."""

_KEY_BITS: Final = 64
_ROOM: Final = 4  # slots for each key, at least


@dataclass(frozen=True, eq=False)
class Table:
    """Open addressing with linear probing; an empty slot is 0.

    Attributes
    ----------
    slots : (2 ** n,) uint64 array
        Entries: each holds its key in its upper bits.
    low : int
        Lower bits of an entry, which are no part of its key.
    shift : int
        What a product of a key is shifted by to give its slot.
    """

    slots: NDArray[np.uint64]
    low: int
    shift: int

    def find(self, keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Find the entries of many keys.

        Parameters
        ----------
        keys : (n,) uint64 array
            Keys, none of them 0.

        Returns
        -------
        (n,) uint64 array
            The entry of each; 0 for a key that is not there.
        """
        places = self._places(keys)
        found = self.slots.take(places)
        low = np.uint64(self.low)
        # Most keys lie at their place, or that is empty.
        astray = np.flatnonzero((found >> low != keys) & (found != 0))
        while len(astray):
            places[astray] = (places[astray] + 1) & (len(self.slots) - 1)
            found[astray] = entries = self.slots.take(places[astray])
            astray = astray[(entries >> low != keys[astray]) & (entries != 0)]
        return found

    def _places(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        return ((keys * MULTIPLIER) >> np.uint64(self.shift)).view(np.int64)


def build_table(entries: NDArray[np.uint64], low: int) -> Table | None:
    """Build a table.

    Parameters
    ----------
    entries : (n,) uint64 array
        Entries, none of them 0.
    low : int
        Lower bits of an entry that are no part of its key.

    Returns
    -------
    Table or None
        The table; None if a key comes twice.
    """
    bits = max(4, int(np.ceil(np.log2(max(1, _ROOM * len(entries))))))
    table = Table(np.zeros(2**bits, dtype=np.uint64), low, _KEY_BITS - bits)
    keys = entries >> np.uint64(low)
    places = table._places(keys)
    waiting = np.arange(len(entries))
    while len(waiting):
        where = places[waiting]
        free = table.slots[where] == 0
        # Of several for one slot the last is put there, the others go on.
        table.slots[where[free]] = entries[waiting[free]]
        found = table.slots[where]
        lost = found != entries[waiting]
        if (found[lost] >> np.uint64(low) == keys[waiting[lost]]).any():
            return None
        waiting = waiting[lost]
        places[waiting] = (places[waiting] + 1) & (len(table.slots) - 1)
    return table
