"""The engine as compiled code: from bytes to scores, a statement at a time, without the interpreter.

Importing this module needs numba (``stance[fast]``). It and its parts are written for numba's compiler:
whole numbers stay unsigned where they wrap around, and small ones are cut back to their size after a sum.
"""

# ruff: noqa: PLR0917 - compiled functions take arrays by position

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numba import carray, cfunc, types
from numpy.typing import NDArray

from stance.engine.code_folder import code_folder
from stance.engine.compiled_features import add, collect, collect_pieces, dot, fetch, pool, weigh
from stance.engine.compiled_words import compiled, distinct, find_words, read_plain, split
from stance.features import END_ROW, INTERCEPT_ROW, PIECE_SIZES, START_ROW, WORDLESS_ROW

PARTS: Final = {
    "compiled_features": "469d98164f91173cf2d153b2925e296203d9bfe1001249d67b0f8a20230b0f54",
    "compiled_words": "1134fd6482a47fded263c8ecccec16c041a478054db7635315e82ffd34639bd1",
}
"""SHA-256 of the modules whose functions are compiled into those of this one: numba compiles what it
keeps anew when this file has changed, and looks at no other."""

_KEEPS_CODE: Final = code_folder() is not None

ARRAYS: Final = (
    np.int64,  # the row of unknown words, the longest run, and the shifts of the three tables
    np.uint8,  # what is read for each byte
    np.uint64,  # slots of the table of words
    np.uint64,  # what is kept of eight bytes where a word has fewer
    np.uint8,  # how the words are spelled
    np.uint64,  # first eight bytes of each, and where it begins (upper half) and its length, (n_words, 2)
    np.int64,  # the row that each is read as
    np.uint64,  # slots of the table of runs
    np.uint64,  # slots of the table of spelling pieces
    np.uint64,  # codes of the bytes in spelling pieces
    np.int16,  # weights of the features, (n_features, n_labels)
    np.int8,  # what words are worth to filters, (n_words + 1, 3, n_filters)
    np.int16,  # what each filter adds to every run
    np.int32,  # weights of the filters, (n_labels, n_filters)
    np.float64,  # what a weight of 1 adds to a score: a feature's, and a filter's
    np.float64,  # what the sum of the features is scaled by, by the number of tokens
)
"""Types of the arrays that :func:`score_joined` needs."""

_COUNT: Final = len(ARRAYS)
_PLACES: Final = 3
_WINDOW: Final = 8
_SIZES: Final = len(PIECE_SIZES)
_FEWEST: Final = 256  # slots of a set, at least


@compiled
def _score_texts(
    data: NDArray[np.uint8],
    ends: NDArray[np.int64],
    numbers: NDArray[np.int64],
    plain: NDArray[np.uint8],
    word_slots: NDArray[np.uint64],
    kept: NDArray[np.uint64],
    spelled: NDArray[np.uint8],
    spellings: NDArray[np.uint64],
    read_as: NDArray[np.int64],
    run_slots: NDArray[np.uint64],
    piece_slots: NDArray[np.uint64],
    codes: NDArray[np.uint64],
    weights: NDArray[np.int16],
    table: NDArray[np.int8],
    bias: NDArray[np.int16],
    soft: NDArray[np.int32],
    units: NDArray[np.float64],
    scales: NDArray[np.float64],
    extra: NDArray[np.int64],
    scores: NDArray[np.float64],
) -> None:
    unknown, order, shifts = numbers[0], numbers[1], numbers[2:].view(np.uint64)
    word_shift, run_shift, piece_shift = shifts[0], shifts[1], shifts[2]
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
    read = np.empty(longest + 2 + _WINDOW, np.uint8)
    serial = np.int64(0)
    for text in range(len(ends)):
        begin = ends[text - 1] + 1 if text else np.int64(1)
        length = ends[text] - begin
        read_plain(data, begin, length, plain, read)
        count = split(read, np.int64(1), length + 1, starts, sizes)
        tokens = max(count, 1) + 2
        path[0], path[1], path[tokens - 1] = START_ROW, WORDLESS_ROW, END_ROW
        find_words(
            read, starts, sizes, count, path, keys, entries, word_slots, word_shift, kept,
            spelled, spellings, read_as,
        )  # fmt: skip
        fetch(path, tokens, unknown, table)
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
        found = collect(
            path, tokens, order, at, keys, entries, run_slots, run_shift, seen, mask, serial, rows
        )
        for k in range(labels):
            sums[k] = extra[text, k] if len(extra) else np.int64(0)
        add(weights, rows, found, sums)
        serial += 1
        strange = distinct(read, starts, sizes, strange, kept, seen, mask, serial)
        for i in range(strange):
            serial += 1
            found = collect_pieces(
                read, starts[i], sizes[i], codes, piece_slots, piece_shift, seen, mask, serial, rows
            )
            add(weights, rows, found, sums)
        scale = scales[min(tokens, len(scales) - 1)]
        for k in range(len(sums)):
            scores[text, k] = weigh(sums[k], np.int64(weights[INTERCEPT_ROW, k]), scale) * units[0]
        if len(best) and count:
            pool(path, tokens, unknown, table, bias, best)
            for k in range(len(sums)):
                scores[text, k] += dot(best, soft[k]) * units[1]


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
        carray(arrays[1], sizes[1], np.uint8),
        carray(arrays[2], sizes[2], np.uint64),
        carray(arrays[3], sizes[3], np.uint64),
        carray(arrays[4], sizes[4], np.uint8),
        carray(arrays[5], (sizes[5], 2), np.uint64),
        carray(arrays[6], sizes[6], np.int64),
        carray(arrays[7], sizes[7], np.uint64),
        carray(arrays[8], sizes[8], np.uint64),
        carray(arrays[9], sizes[9], np.uint64),
        carray(arrays[10], (sizes[10], labels), np.int16),
        carray(arrays[11], (sizes[11], _PLACES, filters), np.int8),
        carray(arrays[12], sizes[12], np.int16),
        carray(arrays[13], (sizes[13], filters), np.int32),
        carray(arrays[14], sizes[14], np.float64),
        carray(arrays[15], sizes[15], np.float64),
        carray(extra, (count * has_extra, labels), np.int64),
        carray(scores, (count, labels), np.float64),
    )
    return 1
