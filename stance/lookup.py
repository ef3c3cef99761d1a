"""What a vocabulary knows, as hash tables: the words and word runs of whole batches are found at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stance.features import PIECE_SIZES, Vocabulary
from stance.joined import WINDOW, Tokens, as_data
from stance.tables import MULTIPLIER, Table, build_table

ROW_BITS: Final = 22
"""Bits of the row of a run, and of a word, in the entries of the tables."""

WORD_BITS: Final = 20
"""Bits of the row of a word that lengthens a run."""

PIECE_BITS: Final = 6
"""Bits of a character in the key of a spelling piece."""

ROW_MASK: Final = 2**ROW_BITS - 1
"""The bits of the row in an entry."""

_ROW_MASK: Final = np.uint64(ROW_MASK)
KEPT: Final = np.array([2 ** (8 * n) - 1 for n in range(WINDOW + 1)], dtype=np.uint64)
"""What is kept of eight bytes where a word has fewer."""

_CHARACTERS: Final = "_'0123456789abcdefghijklmnopqrstuvwxyz"
CODES: Final = np.zeros(256, dtype=np.uint64)
"""The code of each byte in the key of a spelling piece; 0 for what no word has."""

CODES[[ord(character) for character in _CHARACTERS]] = range(1, len(_CHARACTERS) + 1)
_HALF: Final = np.uint64(32)


@dataclass(frozen=True, eq=False)
class Lookup:
    """The words and runs of a vocabulary.

    Attributes
    ----------
    unknown : int
        What stands for the row of a word that is not there.
    words : Table
        Fingerprints of the words, with their rows.
    runs : Table
        Prefix and last word of each run, with its row.
    pieces : Table
        Characters of each spelling piece, with its row.
    spelled : Tokens
        How the words are spelled, by row; of length 0 those that no ASCII text can hold.
    longest : int
        Bytes of the longest word.
    """

    unknown: int
    words: Table
    runs: Table
    pieces: Table
    spelled: Tokens
    longest: int

    def find_words(self, tokens: Tokens) -> NDArray[np.int64]:
        """Find the row of each word, (n_tokens,); the unknown one for what is not there."""
        short = np.minimum(tokens.lengths, self.longest)
        entries = self.words.find(fingerprints(tokens.data, tokens.starts, short))
        rows = (entries & _ROW_MASK).astype(np.int64)
        same = (entries != 0) & (self.spelled.lengths.take(rows) == tokens.lengths)
        begins = self.spelled.starts.take(rows)
        left = np.flatnonzero(same)
        windows, known = _windows(tokens.data), _windows(self.spelled.data)
        done = 0
        while len(left):
            kept = KEPT[np.minimum(tokens.lengths[left] - done, WINDOW)]
            differs = (windows[tokens.starts[left] + done] ^ known[begins[left] + done]) & kept != 0
            same[left[differs]] = False
            done += WINDOW
            left = left[(tokens.lengths[left] > done) & ~differs]
        return np.where(same, rows, self.unknown)

    def find_runs(self, prefix: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
        """Find the row of each run, by its prefix and its last word; 0 for what is not there."""
        keys = (prefix.view(np.uint64) << np.uint64(WORD_BITS)) | last.view(np.uint64)
        return (self.runs.find(keys) & _ROW_MASK).view(np.int64)


def build_lookup(vocabulary: Vocabulary) -> Lookup | None:
    """Make the tables of a vocabulary.

    Parameters
    ----------
    vocabulary : Vocabulary
        The features.

    Returns
    -------
    Lookup or None
        None if the vocabulary is too large, or two of its words or runs cannot be told apart.
    """
    count, rows = vocabulary.word_count, len(vocabulary)
    if rows >= 2**ROW_BITS or count >= 2**WORD_BITS:
        return None
    spelled = as_data(vocabulary.terms[:count])
    longest = int(spelled.lengths.max())
    held = np.flatnonzero(spelled.lengths)
    prints = fingerprints(spelled.data, spelled.starts[held], spelled.lengths[held])
    words = build_table((prints << np.uint64(ROW_BITS)) | held.astype(np.uint64), ROW_BITS)
    prefix, last = vocabulary.runs.astype(np.uint64).T
    first = len(vocabulary.terms)
    # Runs of spelling pieces, which only a model made by hand may have, are never looked for.
    used = (last < count) & ((prefix < count) | (prefix >= first))
    row = np.arange(first, rows, dtype=np.uint64)[used]
    keys = (prefix[used] << np.uint64(WORD_BITS)) | last[used]
    runs = build_table((keys << np.uint64(ROW_BITS)) | row, ROW_BITS)
    pieces = _piece_table(vocabulary)
    if words is None or runs is None or pieces is None:
        return None
    return Lookup(count, words, runs, pieces, spelled, longest)


def _piece_table(vocabulary: Vocabulary) -> Table | None:
    """Make the table of those spelling pieces that ASCII words have."""
    marked = vocabulary.terms[vocabulary.word_count :]
    sizes = np.fromiter(map(len, marked), dtype=np.int64, count=len(marked)) - 1
    fits = np.isin(sizes, PIECE_SIZES) & np.fromiter(map(str.isascii, marked), bool, len(marked))
    text = "".join(compress(marked, fits.tolist())) + " " * WINDOW
    begins = np.cumsum(sizes[fits] + 1) - sizes[fits]
    data = np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    keys, sound = np.zeros(len(begins), dtype=np.uint64), np.ones(len(begins), dtype=bool)
    for i in range(max(PIECE_SIZES)):
        code = CODES[data[begins + i]] * (sizes[fits] > i)
        keys |= code << np.uint64(PIECE_BITS * i)
        sound &= (code > 0) | (sizes[fits] <= i)
    rows = (np.flatnonzero(fits)[sound] + vocabulary.word_count).astype(np.uint64)
    return build_table((keys[sound] << np.uint64(ROW_BITS)) | rows, ROW_BITS)


def _windows(data: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """See eight bytes from each place on as one little-endian number."""
    return np.ndarray((len(data) - WINDOW + 1,), dtype="<u8", buffer=data, strides=(1,))


def fingerprints(
    data: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Digest the spelling of words into 42 bits, never 0."""
    windows = _windows(data)
    prints = windows[starts] & KEPT[np.minimum(lengths, WINDOW)]
    longer, done = np.flatnonzero(lengths > WINDOW), WINDOW
    while len(longer):
        kept = KEPT[np.minimum(lengths[longer] - done, WINDOW)]
        more = windows[starts[longer] + done] & kept
        prints[longer] = (prints[longer] ^ (prints[longer] >> _HALF)) * MULTIPLIER + more
        done += WINDOW
        longer = longer[lengths[longer] > done]
    prints ^= prints >> _HALF
    prints *= MULTIPLIER
    prints >>= np.uint64(ROW_BITS)
    return prints | np.uint64(1)
