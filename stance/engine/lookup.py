"""What a vocabulary knows, as hash tables: the words and word runs of whole batches are found at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stance.engine.joined import WINDOW, Tokens, as_tokens
from stance.engine.tables import MULTIPLIER, Table, build_table
from stance.features import PIECE_SIZES, Vocabulary
from stance.terms import MARK

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
_APART: Final = bytes(max(PIECE_SIZES))
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
        How the words are spelled, by row.
    longest : int
        Bytes of the longest word.
    read_as : (n_words,) int64 array
        The row that each word is read as; see :class:`stance.features.Vocabulary`.
    aliases : dict of str to str
        How words that are not ASCII are spelled instead.
    """

    unknown: int
    words: Table
    runs: Table
    pieces: Table
    spelled: Tokens
    longest: int
    read_as: NDArray[np.int64]
    aliases: dict[str, str]

    @property
    def spellings(self) -> NDArray[np.uint64]:
        """First eight bytes of each word, and its begin (upper half) and length, (n_words, 2)."""
        begins, lengths = self.spelled.starts, self.spelled.lengths
        first = _windows(self.spelled.data)[begins] & KEPT[np.minimum(lengths, WINDOW)]
        place = begins.astype(np.uint64) << _HALF | lengths.astype(np.uint64)
        return np.stack([first, place], axis=1)

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
        return np.where(same, self.read_as.take(rows), self.unknown)

    def find_runs(self, prefix: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
        """Find the row of each run, by its prefix and its last word; 0 for what is not there."""
        keys = (prefix.view(np.uint64) << np.uint64(WORD_BITS)) | last.view(np.uint64)
        return (self.runs.find(keys) & _ROW_MASK).view(np.int64)

    def find_pieces(self, spelled: Sequence[bytes]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Find the spelling pieces of words.

        Parameters
        ----------
        spelled : sequence of bytes
            Words, as joined texts spell them.

        Returns
        -------
        rows : (n_pieces,) int64 array
            Rows of the pieces that are known, as often as they stand in a word.
        words : (n_pieces,) int64 array
            Which word each is of.
        """
        # Between two words there are as many zeros as a piece has characters: no piece goes across.
        data = _APART.join([b"", *(b"_%b_" % word for word in spelled), b"", b""])
        codes = CODES[np.frombuffer(data, dtype=np.uint8)]
        sizes = np.fromiter(map(len, spelled), dtype=np.int64, count=len(spelled))
        owners = np.repeat(np.arange(len(spelled)), sizes + 2 + len(_APART))
        places = len(owners)
        begin = codes[len(_APART) : len(_APART) + places]
        key, found = np.zeros(places, dtype=np.uint64), []
        for size in range(1, max(PIECE_SIZES) + 1):
            last = codes[len(_APART) + size - 1 : len(_APART) + size - 1 + places]
            key |= last << np.uint64(PIECE_BITS * (size - 1))
            if size in PIECE_SIZES:
                whole = np.flatnonzero((begin != 0) & (last != 0))
                rows = self.pieces.find(key[whole]) & _ROW_MASK
                known = np.flatnonzero(rows)
                found.append((rows[known].astype(np.int64), owners[whole[known]]))
        return np.concatenate([rows for rows, _ in found]), np.concatenate([of for _, of in found])


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
    spelled, aliases = as_tokens(vocabulary.terms)
    longest = int(spelled.lengths.max())
    prints = fingerprints(spelled.data, spelled.starts, spelled.lengths)
    row = np.arange(count, dtype=np.uint64)
    words = build_table((prints << np.uint64(ROW_BITS)) | row, ROW_BITS)
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
    read_as = vocabulary.read_as
    return Lookup(count, words, runs, pieces, spelled, longest, read_as, aliases)


def _piece_table(vocabulary: Vocabulary) -> Table | None:
    """Make the table of those spelling pieces that ASCII words have."""
    terms, first = vocabulary.terms, vocabulary.word_count
    data = np.frombuffer(terms.data + bytes(max(PIECE_SIZES)), dtype=np.uint8)
    sizes = terms.lengths[first:] - len(MARK)
    fits = np.flatnonzero(np.isin(sizes, PIECE_SIZES))
    sizes, begins = sizes[fits], terms.starts[first:][fits] + len(MARK)
    keys, sound = np.zeros(len(fits), dtype=np.uint64), np.ones(len(fits), dtype=bool)
    for i in range(max(PIECE_SIZES)):
        code = CODES[data[begins + i]] * (sizes > i)
        keys |= code << np.uint64(PIECE_BITS * i)
        sound &= (code > 0) | (sizes <= i)
    rows = (fits[sound] + first).astype(np.uint64)
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
