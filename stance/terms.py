"""The terms of a vocabulary as they stand in its file, cut to strings only where they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final, overload

from stance.late_numpy import NDArray, np

MARK: Final = "#"
"""What spelling pieces begin with, and no word does."""

FIRST: Final = 4
"""Words that stand before the others, in no order: bounds and the like."""

_MARK_BYTES: Final = MARK.encode()
_LINE_END: Final = 0x0A
_WINDOW: Final = 8
_BLOCK: Final = 4096  # bytes whose lines are counted together


class Terms(Sequence[str]):
    """Words and, behind them, spelling pieces.

    A model has a hundred thousand terms and more; most are never looked at as strings.

    Parameters
    ----------
    data : bytes
        A term a line, UTF-8.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._count = data.count(b"\n")
        line = data.find(b"\n" + _MARK_BYTES)
        self._words_end = (
            0 if data.startswith(_MARK_BYTES) else line + 1 if line >= 0 else len(data)
        )
        self.word_count = data.count(b"\n", 0, self._words_end)

    @classmethod
    def of(cls, terms: Sequence[str]) -> Terms:
        """Make terms of strings, none of which has a line end."""
        return cls("".join(f"{term}\n" for term in terms).encode())

    def __len__(self) -> int:
        return self._count

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """Bytes of each term."""
        ends = np.flatnonzero(np.frombuffer(self.data, dtype=np.uint8) == _LINE_END)
        return np.diff(ends, prepend=-1) - 1

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Where each term begins."""
        return np.cumsum(self.lengths + 1) - self.lengths - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return [self._term(i) for i in range(*index.indices(len(self)))]
        return self._term(range(len(self))[index])

    def __iter__(self) -> Iterator[str]:
        return iter(self.data.decode().split("\n")[: len(self)])

    def __reduce__(self) -> tuple[type[Terms], tuple[bytes]]:
        return Terms, (self.data,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Terms) and self.data == other.data

    def __hash__(self) -> int:
        return hash(self.data)

    def _term(self, i: int) -> str:
        return self._spelled(i).decode()

    def _spelled(self, i: int) -> bytes:
        begin = int(self.starts[i])
        return self.data[begin : begin + int(self.lengths[i])]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words, bounds included."""
        return tuple(self.data[: self._words_end].decode().split("\n")[: self.word_count])

    def find_word(self, word: str, *, ordered: bool = False) -> int | None:
        """Give the row of a word without making a dictionary first.

        Parameters
        ----------
        word : str
            A word.
        ordered : bool, default False
            Whether all words but the first :data:`FIRST` are known to be in ascending order.

        Returns
        -------
        int or None
            None if it is not there.
        """
        spelled = word.encode("utf-8", "surrogatepass")
        place = self._find_line(spelled, self._behind_first if ordered else 0, self._words_end)
        if place is None:
            end = self._behind_first if ordered else self._words_end
            before = (b"\n" + self.data[:end]).find(b"\n%b\n" % spelled)
            place = before if before >= 0 else None
        return None if place is None else self._row_at(place)

    @cached_property
    def _behind_first(self) -> int:
        """Where the first words end, which are in no order."""
        end = 0
        for _ in range(FIRST):
            end = self.data.find(b"\n", end, self._words_end) + 1 or self._words_end
        return end

    def find_piece(self, piece: str) -> int | None:
        """Give the row of a spelling piece, if they stand in ascending order; see :meth:`find_pieces`."""
        spelled = f"{MARK}{piece}".encode("utf-8", "surrogatepass")
        place = self._find_line(spelled, self._words_end, len(self.data))
        return None if place is None else self._row_at(place)

    def _find_line(self, line: bytes, begin: int, end: int) -> int | None:
        """Find where a line begins among others in ascending order; None if it is not there."""
        # What no line end follows is no line.
        low, high = begin, self.data.rfind(b"\n", begin, end) + 1
        while low < high:
            middle = self.data.rfind(b"\n", begin, (low + high) // 2) + 1 or begin
            stop = self.data.index(b"\n", middle)
            found = self.data[middle:stop]
            if found == line:
                return middle
            if found < line:
                low = stop + 1
            else:
                high = middle
        return None

    def _row_at(self, place: int) -> int:
        """Give the number of the line that begins somewhere."""
        block = place // _BLOCK
        return self._rows_before[block] + self.data.count(b"\n", block * _BLOCK, place)

    @cached_property
    def _rows_before(self) -> list[int]:
        """How many lines end before each block of bytes."""
        blocks = range(0, len(self.data), _BLOCK)
        return [0, *accumulate(self.data.count(b"\n", i, i + _BLOCK) for i in blocks)]

    @property
    def in_order(self) -> bool:
        """Whether all pieces stand behind all words."""
        first = np.frombuffer(self.data, dtype=np.uint8).take(self.starts[self.word_count :])
        return bool((first == ord(MARK)).all())

    def has_twice(self, begin: int) -> bool:
        """Tell whether a term stands twice, the first ones of which are in no order."""
        if self._ascend(begin, self.word_count) and self._ascend(self.word_count, len(self)):
            # All are different, unless one is among the first ones.
            head, words = self.words[:begin], set(self.words[begin:])
            return len(set(head)) < len(head) or not words.isdisjoint(head)
        return len(set(self)) < len(self)

    def _ascend(self, first: int, last: int) -> bool:
        """Tell whether each of some terms stands above the one before, by its bytes."""
        keys = self.keys[first:last]
        if (keys[1:] < keys[:-1]).any():
            return False
        # Eight bytes do not tell these apart.
        alike = np.flatnonzero(keys[1:] == keys[:-1]) + first
        return all(self._spelled(i) < self._spelled(i + 1) for i in alike.tolist())

    @cached_property
    def keys(self) -> NDArray[np.uint64]:
        """The first eight bytes of each term as a number, in the order of the terms."""
        padded = self.data + bytes(_WINDOW)
        shape = (len(padded) - _WINDOW + 1,)
        windows = np.ndarray(shape, dtype=">u8", buffer=padded, strides=(1,))
        keys = windows[self.starts].astype(np.uint64)
        dropped = (8 * np.maximum(_WINDOW - self.lengths, 0)).astype(np.uint64)
        # A shift by all 64 bits is none in C; only an empty term has no bytes.
        keys[self.lengths == 0] = 0
        dropped[self.lengths == 0] = 0
        return (keys >> dropped) << dropped

    def find_pieces(self, pieces: Sequence[str]) -> list[int]:
        """Give the rows of those spelling pieces that are there.

        Parameters
        ----------
        pieces : sequence of str
            Pieces without their mark.

        Returns
        -------
        list of int
            Their rows, in no order.
        """
        keys, rows, longer = self._pieces
        spelled = [f"{MARK}{piece}".encode("utf-8", "surrogatepass") for piece in pieces]
        found = [longer[piece] for piece in spelled if piece in longer] if longer else []
        short = [piece.ljust(_WINDOW, b"\0") for piece in spelled if len(piece) <= _WINDOW]
        if not short or not len(keys):
            return found
        wanted = np.frombuffer(b"".join(short), dtype=">u8").astype(np.uint64)
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        known: list[int] = rows[at[keys[at] == wanted]].tolist()
        return found + known

    @cached_property
    def _pieces(self) -> tuple[NDArray[np.uint64], NDArray[np.int64], dict[bytes, int]]:
        """Keys of the pieces that they tell apart, in ascending order, their rows, and the others."""
        row = np.arange(self.word_count, len(self))
        # A zero would be taken for the end of a piece.
        whole = (self.lengths[row] <= _WINDOW) & (b"\0" not in self.data)
        short = row[whole]
        short = short[np.argsort(self.keys[short], kind="stable")]
        longer = {self._spelled(i): i for i in row[~whole].tolist()}
        return self.keys[short], short, longer
