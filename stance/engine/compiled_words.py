"""Compiled code that finds words: cut out of bytes, digested, looked up in tables, told apart.

Every change goes with one of :data:`stance.engine.kernel.PARTS`.
"""

# ruff: noqa: PLR0917 - compiled functions take arrays by position

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic
from numpy.typing import NDArray

from stance.engine.joined import APOSTROPHE, BLANK, EXCLAMATION, FIRST_LETTER, MARK
from stance.engine.lookup import ROW_BITS
from stance.engine.tables import MULTIPLIER

_Function = TypeVar("_Function", bound=Callable[..., Any])

SERIAL: Final = np.int64(32)
"""Bits of a value in the entry of a set: a serial number stands above, so that none need be emptied."""

_SERIAL_MASK: Final = np.int64(2**32 - 1)
_WINDOW: Final = 8
_ROW: Final = np.uint64(ROW_BITS)
_ROW_MASK: Final = np.uint64(2**ROW_BITS - 1)
_HALF: Final = np.uint64(32)
_LOWER: Final = np.uint64(2**32 - 1)
_ONE: Final = np.uint64(1)


def compiled(function: _Function) -> _Function:
    """Have numba compile a function where one that is compiled calls it."""
    made: _Function = njit(function)
    return made


def inlined(function: _Function) -> _Function:
    """Have numba put a small function into whatever calls it, which it does for each word."""
    made: _Function = njit(forceinline=True)(function)
    return made


@intrinsic  # type: ignore[untyped-decorator]
def prefetch(_: Any, address: Any) -> Any:
    """Ask for the memory at an address, which is read soon: it comes while other work is done."""

    def generate(context: Any, builder: Any, _: Any, given: Any) -> Any:
        byte, number = ir.PointerType(ir.IntType(8)), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        function = builder.module.declare_intrinsic("llvm.prefetch", [byte], kind)
        to_read, to_keep, data = number(0), number(3), number(1)
        builder.call(function, [builder.inttoptr(given[0], byte), to_read, to_keep, data])
        return context.get_dummy_value()

    return types.void(address), generate


@inlined
def window(data: NDArray[np.uint8], begin: Any) -> Any:
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


@inlined
def digest(data: NDArray[np.uint8], begin: Any, length: Any, kept: NDArray[np.uint64]) -> Any:
    """Digest the spelling of a word, as :func:`stance.engine.lookup.fingerprints` does."""
    value = window(data, begin) & kept[min(length, _WINDOW)]
    for done in range(_WINDOW, length, _WINDOW):
        more = window(data, begin + done) & kept[min(length - done, _WINDOW)]
        value = (value ^ (value >> _HALF)) * MULTIPLIER + more
    value ^= value >> _HALF
    return ((value * MULTIPLIER) >> _ROW) | _ONE


@inlined
def same(
    data: NDArray[np.uint8],
    begin: Any,
    other_data: NDArray[np.uint8],
    other: Any,
    length: Any,
    kept: NDArray[np.uint64],
) -> bool:
    """Tell whether two places hold the same bytes."""
    for done in range(0, length, _WINDOW):
        differs = window(data, begin + done) ^ window(other_data, other + done)
        if differs & kept[min(length - done, _WINDOW)] != 0:
            return False
    return True


@compiled
def probe(
    slots: NDArray[np.uint64],
    shift: Any,
    keys: NDArray[np.uint64],
    count: Any,
    entries: NDArray[np.uint64],
) -> None:
    """Read the slot of each key: one loop, so that the memory answers many questions at once."""
    for i in range(count):
        entries[i] = slots[(keys[i] * MULTIPLIER) >> shift]


@inlined
def find(slots: NDArray[np.uint64], shift: Any, key: Any, entry: Any) -> Any:
    """Find the row of a key, -1 if none, from its slot on; see :class:`stance.engine.tables.Table`."""
    place = (key * MULTIPLIER) >> shift
    mask = np.uint64(len(slots) - 1)
    while entry >> _ROW != key:
        if entry == 0:
            return np.int64(-1)
        place = (place + _ONE) & mask
        entry = slots[place]
    return np.int64(entry & _ROW_MASK)


@compiled
def read_plain(
    data: NDArray[np.uint8],
    begin: Any,
    length: Any,
    plain: NDArray[np.uint8],
    read: NDArray[np.uint8],
) -> None:
    """Read a text, as what stands for each byte, with a blank before and enough of them behind."""
    read[0] = BLANK
    for i in range(length):
        read[i + 1] = plain[data[begin + i]]
    for i in range(length + 1, length + 2 + _WINDOW):
        read[i] = BLANK


@compiled
def split(
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


@compiled
def find_words(
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
    spellings: NDArray[np.uint64],
    read_as: NDArray[np.int64],
) -> None:
    """Find the row of each word, -1 if none, as :meth:`stance.engine.lookup.Lookup.find_words` does."""
    for i in range(count):
        keys[i] = digest(data, starts[i], sizes[i], kept)
    probe(slots, shift, keys, count, entries)
    for i in range(count):
        row = find(slots, shift, keys[i], entries[i])
        if row >= 0:
            # Written out: a call that is handed so many arrays costs as much as all the rest.
            size, place = sizes[i], spellings[row, 1]
            first = window(data, starts[i]) & kept[min(size, _WINDOW)]
            known = first == spellings[row, 0] and place & _LOWER == np.uint64(size)
            if known and size > _WINDOW:
                known = same(data, starts[i], spelled, np.int64(place >> _HALF), size, kept)
            row = read_as[row] if known else np.int64(-1)
        path[i + 1] = row


@compiled
def distinct(
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
        value = digest(data, starts[i], sizes[i], kept)
        place = np.int64(value & np.uint64(mask))
        new = True
        while new and seen[place] >> SERIAL == serial:
            other = seen[place] & _SERIAL_MASK
            new = sizes[other] != sizes[i] or not same(
                data, starts[i], data, starts[other], sizes[i], kept
            )
            place = (place + 1) & mask
        if new:
            seen[place] = (serial << SERIAL) | distinct
            starts[distinct], sizes[distinct] = starts[i], sizes[i]
            distinct += 1
    return distinct
