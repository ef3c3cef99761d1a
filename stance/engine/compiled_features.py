"""Compiled code that adds up features: the distinct words, runs and spelling pieces, and the filters.

Every change goes with one of :data:`stance.engine.kernel.PARTS`.
"""

# ruff: noqa: PLR0917 - compiled functions take arrays by position

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stance.engine.compiled_words import SERIAL, compiled, find, inlined, prefetch, probe
from stance.engine.lookup import PIECE_BITS, WORD_BITS
from stance.engine.tables import MULTIPLIER
from stance.features import INTERCEPT_ROW, PIECE_SIZES

_WORD: Final = np.uint64(WORD_BITS)
_SHORTEST, _LONGEST = min(PIECE_SIZES), max(PIECE_SIZES)
_BOUND: Final = ord("_")
_PIECE: Final = np.uint64(PIECE_BITS)
_LAST: Final = np.uint64(PIECE_BITS * (_LONGEST - 1))
_SCATTER: Final = np.int64(0x9E3779B1)
_SCATTERED: Final = np.int64(15)
_LINE: Final = 64  # bytes that the memory hands out at once


@inlined
def is_new(seen: NDArray[np.int64], mask: Any, serial: Any, value: Any) -> bool:
    """Put a value into the set of a serial number; tell whether it was not there."""
    wanted = (serial << SERIAL) | value
    place = ((value * _SCATTER) >> _SCATTERED) & mask
    while True:
        held = seen[place]
        if held == wanted:
            return False
        if held >> SERIAL != serial:
            seen[place] = wanted
            return True
        place = (place + 1) & mask


@compiled
def collect(
    path: NDArray[np.int64],
    tokens: Any,
    order: Any,
    at: NDArray[np.int64],
    keys: NDArray[np.uint64],
    entries: NDArray[np.uint64],
    slots: NDArray[np.uint64],
    shift: Any,
    seen: NDArray[np.int64],
    mask: Any,
    serial: Any,
    rows: NDArray[np.int64],
) -> Any:
    """List the distinct rows of a statement's words and runs, and the intercept; give their number."""
    rows[0] = INTERCEPT_ROW
    found = 1
    left = 0
    for i in range(tokens):
        if path[i] >= 0:
            at[left] = i
            keys[left] = path[i]
            left += 1
            if 0 < i < tokens - 1 and is_new(seen, mask, serial, path[i]):
                rows[found] = path[i]
                found += 1
    # Where a run of the length before begins, and its row, which becomes the key of a longer one.
    for length in range(1, order):
        asked = 0
        for i in range(left):
            last = at[i] + length
            if last < tokens and path[last] >= 0:
                at[asked] = at[i]
                keys[asked] = (keys[i] << _WORD) | np.uint64(path[last])
                asked += 1
        probe(slots, shift, keys, asked, entries)
        left = 0
        for i in range(asked):
            row = find(slots, shift, keys[i], entries[i])
            if row >= 0:
                at[left] = at[i]
                keys[left] = row
                left += 1
                if is_new(seen, mask, serial, row):
                    rows[found] = row
                    found += 1
    return found


@compiled
def add(weights: NDArray[np.int16], rows: NDArray[np.int64], count: Any, sums: Any) -> None:
    """Add the weights of some rows to the sum of each label."""
    for k in range(len(sums)):
        total = np.int64(0)
        for i in range(count):
            total += weights[rows[i], k]
        sums[k] += total


@inlined
def weigh(total: Any, intercept: Any, scale: Any) -> Any:
    """Scale a sum by the length of the text; see :meth:`stance.engine.plain.Parts.weigh`."""
    return (total - intercept) * scale + intercept


@compiled
def collect_pieces(
    data: NDArray[np.uint8],
    begin: Any,
    size: Any,
    codes: NDArray[np.uint64],
    slots: NDArray[np.uint64],
    shift: Any,
    seen: NDArray[np.int64],
    mask: Any,
    serial: Any,
    rows: NDArray[np.int64],
) -> Any:
    """List the distinct rows of the spelling pieces of a word, its bounds included."""
    found = 0
    key = np.uint64(0)
    for last in range(size + 2):
        byte = _BOUND if last == 0 or last == size + 1 else np.int64(data[begin + last - 1])
        # The key holds the last six characters, the first of them lowest.
        key = (key >> _PIECE) | (codes[byte] << _LAST)
        for length in range(_SHORTEST, _LONGEST + 1):
            if last + 1 >= length:
                piece = key >> np.uint64(PIECE_BITS * (_LONGEST - length))
                entry = slots[(piece * MULTIPLIER) >> shift]
                row = find(slots, shift, piece, entry)
                if row >= 0 and is_new(seen, mask, serial, row):
                    rows[found] = row
                    found += 1
    return found


@compiled
def fetch(path: NDArray[np.int64], tokens: Any, unknown: Any, table: NDArray[np.int8]) -> None:
    """Have what the words are worth to filters at hand when :func:`pool` comes to it."""
    size = table.shape[1] * table.shape[2]
    first = np.int64(table.ctypes.data)
    for i in range(tokens):
        row = path[i] if path[i] >= 0 else unknown
        for line in range(0, size, _LINE):
            prefetch(first + row * size + line)


@compiled
def pool(
    path: NDArray[np.int64],
    tokens: Any,
    unknown: Any,
    table: NDArray[np.int8],
    bias: NDArray[np.int16],
    best: NDArray[np.int16],
) -> None:
    """Keep each filter's largest value over the runs of three words, 0 at least."""
    best[:] = 0
    for i in range(tokens):
        if path[i] < 0:
            path[i] = unknown
    for i in range(tokens - 2):
        first, middle, last = table[path[i], 0], table[path[i + 1], 1], table[path[i + 2], 2]
        for j in range(len(best)):
            value = np.int16(bias[j] + first[j] + middle[j] + last[j])
            best[j] = max(best[j], value)


@compiled
def dot(best: NDArray[np.int16], soft: NDArray[np.int32]) -> Any:
    """Add up what the filters' values are worth to a label."""
    total = np.int64(0)
    for j in range(len(best)):
        total += np.int64(best[j]) * np.int64(soft[j])
    return total
