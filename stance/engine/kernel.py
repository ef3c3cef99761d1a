"""The engine as compiled code: from bytes to scores, a statement at a time, without the interpreter.

Importing this module needs numba (``stance[fast]``). The functions are written for its compiler: whole
numbers stay unsigned where they wrap around, and small ones are cut back to their size after a sum. All
stand in this file, since numba compiles anew when the file of what it keeps has changed, and no other.
"""

# ruff: noqa: PLR0917 - compiled functions take arrays by position

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import numpy as np
from numba import carray, cfunc, njit, types
from numpy.typing import NDArray

from stance.engine.code_folder import code_folder
from stance.engine.joined import APOSTROPHE, EXCLAMATION, FIRST_LETTER, MARK
from stance.engine.lookup import PIECE_BITS, ROW_BITS, WORD_BITS
from stance.engine.tables import MULTIPLIER
from stance.features import END_ROW, INTERCEPT_ROW, PIECE_SIZES, START_ROW, WORDLESS_ROW

_Function = TypeVar("_Function", bound=Callable[..., Any])


_KEEPS_CODE: Final = code_folder() is not None


def _compiled(function: _Function) -> _Function:
    made: _Function = njit(function)
    return made


ARRAYS: Final = (
    np.int64,  # the row of unknown words, the longest run, and the shifts of the three tables
    np.uint64,  # slots of the table of words
    np.uint64,  # what is kept of eight bytes where a word has fewer
    np.uint8,  # how the words are spelled
    np.int64,  # where the spelling of each begins
    np.int64,  # how long it is
    np.uint64,  # slots of the table of runs
    np.uint64,  # slots of the table of spelling pieces
    np.uint64,  # codes of the bytes in spelling pieces
    np.int16,  # weights of the features, (n_features, n_labels)
    np.int16,  # what words are worth to filters, (n_words + 1, 3, n_filters)
    np.int32,  # weights of the filters, (n_labels, n_filters)
    np.float64,  # what a weight of 1 adds to a score: a feature's, and a filter's
)
"""Types of the arrays that :func:`score_joined` needs."""

_COUNT: Final = len(ARRAYS)
_PLACES: Final = 3
_WINDOW: Final = 8
_ROW: Final = np.uint64(ROW_BITS)
_ROW_MASK: Final = np.uint64(2**ROW_BITS - 1)
_WORD: Final = np.uint64(WORD_BITS)
_HALF: Final = np.uint64(32)
_ONE: Final = np.uint64(1)

_SHORTEST, _LONGEST, _SIZES = min(PIECE_SIZES), max(PIECE_SIZES), len(PIECE_SIZES)
_BOUND: Final = ord("_")
_PIECE: Final = np.uint64(PIECE_BITS)
_LAST: Final = np.uint64(PIECE_BITS * (_LONGEST - 1))

# Sets of small whole numbers: each entry has a serial number above, so that none need be emptied.
_SERIAL: Final = np.int64(32)
_SERIAL_MASK: Final = np.int64(2**32 - 1)
_SCATTER: Final = np.int64(0x9E3779B1)
_SCATTERED: Final = np.int64(15)
_FEWEST: Final = 256  # slots of a set, at least


@_compiled
def _window(data: NDArray[np.uint8], begin: Any) -> Any:
    """Read eight bytes as one number, the first as its lowest; the compiler makes one load of it."""
    at = np.uint64(begin)
    value = np.uint64(data[at])
    value |= np.uint64(data[at + np.uint64(1)]) << np.uint64(8)
    value |= np.uint64(data[at + np.uint64(2)]) << np.uint64(16)
    value |= np.uint64(data[at + np.uint64(3)]) << np.uint64(24)
    value |= np.uint64(data[at + np.uint64(4)]) << np.uint64(32)
    value |= np.uint64(data[at + np.uint64(5)]) << np.uint64(40)
    value |= np.uint64(data[at + np.uint64(6)]) << np.uint64(48)
    value |= np.uint64(data[at + np.uint64(7)]) << np.uint64(56)
    return value


@_compiled
def _digest(data: NDArray[np.uint8], begin: Any, length: Any, kept: NDArray[np.uint64]) -> Any:
    """Digest the spelling of a word, as :func:`stance.engine.lookup.fingerprints` does."""
    digest = _window(data, begin) & kept[min(length, _WINDOW)]
    for done in range(_WINDOW, length, _WINDOW):
        more = _window(data, begin + done) & kept[min(length - done, _WINDOW)]
        digest = (digest ^ (digest >> _HALF)) * MULTIPLIER + more
    digest ^= digest >> _HALF
    return ((digest * MULTIPLIER) >> _ROW) | _ONE


@_compiled
def _same(
    data: NDArray[np.uint8],
    begin: Any,
    other_data: NDArray[np.uint8],
    other: Any,
    length: Any,
    kept: NDArray[np.uint64],
) -> bool:
    """Tell whether two places hold the same bytes."""
    for done in range(0, length, _WINDOW):
        differs = _window(data, begin + done) ^ _window(other_data, other + done)
        if differs & kept[min(length - done, _WINDOW)] != 0:
            return False
    return True


@_compiled
def _probe(
    slots: NDArray[np.uint64],
    shift: Any,
    keys: NDArray[np.uint64],
    count: Any,
    entries: NDArray[np.uint64],
) -> None:
    """Read the slot of each key: one loop, so that the memory answers many questions at once."""
    for i in range(count):
        entries[i] = slots[(keys[i] * MULTIPLIER) >> shift]


@_compiled
def _find(slots: NDArray[np.uint64], shift: Any, key: Any, entry: Any) -> Any:
    """Find the row of a key, -1 if none, from its slot on; see :class:`stance.engine.tables.Table`."""
    place = (key * MULTIPLIER) >> shift
    mask = np.uint64(len(slots) - 1)
    while entry >> _ROW != key:
        if entry == 0:
            return np.int64(-1)
        place = (place + _ONE) & mask
        entry = slots[place]
    return np.int64(entry & _ROW_MASK)


@_compiled
def _split(
    data: NDArray[np.uint8],
    begin: Any,
    end: Any,
    starts: NDArray[np.int64],
    sizes: NDArray[np.int64],
) -> Any:
    """Find the words between two places; give their number."""
    count = 0
    i = begin
    while i < end:
        byte = data[i]
        if byte >= FIRST_LETTER:
            starts[count] = i
            i += 1
            while data[i] >= FIRST_LETTER or (
                data[i] == APOSTROPHE and data[i + 1] >= FIRST_LETTER
            ):
                # An apostrophe goes on with the word only between two letters.
                i += 1
            sizes[count] = i - starts[count]
            count += 1
        else:
            if byte in (EXCLAMATION, MARK):
                starts[count] = i
                sizes[count] = 1
                count += 1
            i += 1
    return count


@_compiled
def _find_words(
    data: NDArray[np.uint8],
    starts: NDArray[np.int64],
    sizes: NDArray[np.int64],
    count: Any,
    path: NDArray[np.int64],
    keys: NDArray[np.uint64],
    entries: NDArray[np.uint64],
    slots: NDArray[np.uint64],
    shift: Any,
    kept: NDArray[np.uint64],
    spelled: NDArray[np.uint8],
    begins: NDArray[np.int64],
    lengths: NDArray[np.int64],
) -> None:
    """Find the row of each word, -1 if none, as :meth:`stance.engine.lookup.Lookup.find_words` does."""
    for i in range(count):
        keys[i] = _digest(data, starts[i], sizes[i], kept)
    _probe(slots, shift, keys, count, entries)
    for i in range(count):
        row = _find(slots, shift, keys[i], entries[i])
        if row >= 0 and not (
            lengths[row] == sizes[i]
            and _same(data, starts[i], spelled, begins[row], sizes[i], kept)
        ):
            row = -1
        path[i + 1] = row


@_compiled
def _is_new(seen: NDArray[np.int64], mask: Any, serial: Any, value: Any) -> bool:
    """Put a value into the set of a serial number; tell whether it was not there."""
    wanted = (serial << _SERIAL) | value
    place = ((value * _SCATTER) >> _SCATTERED) & mask
    while True:
        held = seen[place]
        if held == wanted:
            return False
        if held >> _SERIAL != serial:
            seen[place] = wanted
            return True
        place = (place + 1) & mask


@_compiled
def _collect(
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
            if 0 < i < tokens - 1 and _is_new(seen, mask, serial, path[i]):
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
        _probe(slots, shift, keys, asked, entries)
        left = 0
        for i in range(asked):
            row = _find(slots, shift, keys[i], entries[i])
            if row >= 0:
                at[left] = at[i]
                keys[left] = row
                left += 1
                if _is_new(seen, mask, serial, row):
                    rows[found] = row
                    found += 1
    return found


@_compiled
def _add(weights: NDArray[np.int16], rows: NDArray[np.int64], count: Any, sums: Any) -> None:
    for k in range(len(sums)):
        total = np.int64(0)
        for i in range(count):
            total += weights[rows[i], k]
        sums[k] += total


@_compiled
def _distinct(
    data: NDArray[np.uint8],
    starts: NDArray[np.int64],
    sizes: NDArray[np.int64],
    count: Any,
    kept: NDArray[np.uint64],
    seen: NDArray[np.int64],
    mask: Any,
    serial: Any,
) -> Any:
    """Move each distinct spelling to the front; give their number."""
    distinct = np.int64(0)
    for i in range(count):
        digest = _digest(data, starts[i], sizes[i], kept)
        place = np.int64(digest & np.uint64(mask))
        new = True
        while new and seen[place] >> _SERIAL == serial:
            other = seen[place] & _SERIAL_MASK
            new = sizes[other] != sizes[i] or not _same(
                data, starts[i], data, starts[other], sizes[i], kept
            )
            place = (place + 1) & mask
        if new:
            seen[place] = (serial << _SERIAL) | distinct
            starts[distinct], sizes[distinct] = starts[i], sizes[i]
            distinct += 1
    return distinct


@_compiled
def _collect_pieces(
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
                row = _find(slots, shift, piece, entry)
                if row >= 0 and _is_new(seen, mask, serial, row):
                    rows[found] = row
                    found += 1
    return found


@_compiled
def _pool(
    path: NDArray[np.int64],
    tokens: Any,
    unknown: Any,
    table: NDArray[np.int16],
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
            value = np.int16(first[j] + middle[j] + last[j])
            best[j] = max(best[j], value)


@_compiled
def _dot(best: NDArray[np.int16], soft: NDArray[np.int32]) -> Any:
    total = np.int64(0)
    for j in range(len(best)):
        total += np.int64(best[j]) * np.int64(soft[j])
    return total


@_compiled
def _score_texts(
    data: NDArray[np.uint8],
    ends: NDArray[np.int64],
    numbers: NDArray[np.int64],
    word_slots: NDArray[np.uint64],
    kept: NDArray[np.uint64],
    spelled: NDArray[np.uint8],
    spelled_begins: NDArray[np.int64],
    spelled_lengths: NDArray[np.int64],
    run_slots: NDArray[np.uint64],
    piece_slots: NDArray[np.uint64],
    codes: NDArray[np.uint64],
    weights: NDArray[np.int16],
    table: NDArray[np.int16],
    soft: NDArray[np.int32],
    units: NDArray[np.float64],
    extra: NDArray[np.int64],
    scores: NDArray[np.float64],
) -> None:
    unknown, order = numbers[0], numbers[1]
    word_shift, run_shift = np.uint64(numbers[2]), np.uint64(numbers[3])
    piece_shift = np.uint64(numbers[4])
    longest = ends[0]
    for text in range(1, len(ends)):
        longest = max(longest, ends[text] - ends[text - 1])
    # A text has at most as many words as characters, and two bounds. One block for all: each costs.
    room = longest + 3
    labels = weights.shape[1]
    block = np.empty((6 + max(order, _SIZES)) * room + _FEWEST + labels, np.int64)
    path, at = block[:room], block[room : 2 * room]
    starts, sizes = block[2 * room : 3 * room], block[3 * room : 4 * room]
    keys = block[4 * room : 5 * room].view(np.uint64)
    entries = block[5 * room : 6 * room].view(np.uint64)
    rows = block[6 * room : len(block) - _FEWEST - labels]
    seen = block[len(block) - _FEWEST - labels : len(block) - labels]
    seen[:] = 0
    sums = block[len(block) - labels :]
    best = np.empty(table.shape[2], np.int16)
    serial = np.int64(0)
    for text in range(len(ends)):
        begin = ends[text - 1] + 1 if text else np.int64(1)
        count = _split(data, begin, ends[text], starts, sizes)
        tokens = max(count, 1) + 2
        path[0], path[1], path[tokens - 1] = START_ROW, WORDLESS_ROW, END_ROW
        _find_words(
            data, starts, sizes, count, path, keys, entries, word_slots, word_shift, kept,
            spelled, spelled_begins, spelled_lengths,
        )  # fmt: skip
        strange, largest = np.int64(0), np.int64(0)
        for i in range(count):
            if path[i + 1] < 0:
                starts[strange], sizes[strange] = starts[i], sizes[i]
                largest = max(largest, sizes[i])
                strange += 1
        mask = np.int64(_FEWEST - 1)
        while mask < 2 * max(order * tokens, _SIZES * (largest + 2)):
            mask = 2 * mask + 1
        if mask >= len(seen):
            seen = np.zeros(mask + 1, np.int64)
        serial += 1
        found = _collect(
            path, tokens, order, at, keys, entries, run_slots, run_shift, seen, mask, serial, rows
        )
        for k in range(labels):
            sums[k] = extra[text, k] if len(extra) else np.int64(0)
        _add(weights, rows, found, sums)
        serial += 1
        strange = _distinct(data, starts, sizes, strange, kept, seen, mask, serial)
        for i in range(strange):
            serial += 1
            found = _collect_pieces(
                data, starts[i], sizes[i], codes, piece_slots, piece_shift, seen, mask, serial, rows
            )
            _add(weights, rows, found, sums)
        for k in range(len(sums)):
            scores[text, k] = sums[k] * units[0]
        if len(best) and count:
            _pool(path, tokens, unknown, table, best)
            for k in range(len(sums)):
                scores[text, k] += _dot(best, soft[k]) * units[1]


_SIGNATURE: Final = types.int64(
    types.voidptr,
    types.voidptr,
    types.int64,
    types.CPointer(types.voidptr),
    types.CPointer(types.int64),
    types.voidptr,
    types.int64,
    types.voidptr,
)


@cfunc(_SIGNATURE, cache=_KEEPS_CODE)  # type: ignore[untyped-decorator]
def score_joined(
    data: Any,
    ends: Any,
    count: Any,
    arrays: Any,
    sizes: Any,
    extra: Any,
    has_extra: Any,
    scores: Any,
) -> int:
    """Score joined texts; for C, without a wrapper that would cost as much as a statement.

    Parameters
    ----------
    data, ends
        Addresses of what :class:`stance.engine.joined.Joined` holds.
    count : int
        Number of texts.
    arrays, sizes
        Addresses of the arrays of :data:`ARRAYS` in their order, and of the length of each; behind
        them the number of labels and that of filters.
    extra
        Address of what :func:`stance.engine.batches.foreign_sums` gives.
    has_extra : int
        1; 0 if there is none.
    scores
        Where the scores are written, (n_texts, n_labels) float64.

    Returns
    -------
    int
        1; 0 if there was not memory enough.
    """
    labels, filters = sizes[_COUNT], sizes[_COUNT + 1]
    all_ends = carray(ends, count, np.int64)
    _score_texts(
        carray(data, all_ends[count - 1] + _WINDOW, np.uint8),
        all_ends,
        carray(arrays[0], sizes[0], np.int64),
        carray(arrays[1], sizes[1], np.uint64),
        carray(arrays[2], sizes[2], np.uint64),
        carray(arrays[3], sizes[3], np.uint8),
        carray(arrays[4], sizes[4], np.int64),
        carray(arrays[5], sizes[5], np.int64),
        carray(arrays[6], sizes[6], np.uint64),
        carray(arrays[7], sizes[7], np.uint64),
        carray(arrays[8], sizes[8], np.uint64),
        carray(arrays[9], (sizes[9], labels), np.int16),
        carray(arrays[10], (sizes[10], _PLACES, filters), np.int16),
        carray(arrays[11], (sizes[11], filters), np.int32),
        carray(arrays[12], sizes[12], np.float64),
        carray(extra, (count * has_extra, labels), np.int64),
        carray(scores, (count, labels), np.float64),
    )
    return 1
