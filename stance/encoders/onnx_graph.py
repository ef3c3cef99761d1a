"""What an ONNX file says, read without onnx: whether it reads other files, and which operators it has.

A file is nested messages of numbered fields (Protocol Buffers, wire format); the numbers are those of
``onnx.proto``. Only what leads to tensors and nodes is followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stance.errors import ModelFormatError

_MODEL, _GRAPH, _NODE, _ATTRIBUTE, _TENSOR, _SPARSE, _FUNCTION, _OP = range(8)
_BYTES: Final = 2
_FIXED: Final = {1: 8, 5: 4}  # bytes of the wire types of fixed width
_LONGEST_NUMBER: Final = 10  # bytes
_MOST_NESTED: Final = 16

# Message -> number of a field -> the message in it.
_FIELDS: Final = {
    _MODEL: {7: _GRAPH, 25: _FUNCTION},
    _GRAPH: {1: _NODE, 5: _TENSOR, 15: _SPARSE},
    _NODE: {5: _ATTRIBUTE, 4: _OP},
    _ATTRIBUTE: {5: _TENSOR, 6: _GRAPH, 10: _TENSOR, 11: _GRAPH, 22: _SPARSE, 23: _SPARSE},
    _SPARSE: {1: _TENSOR, 2: _TENSOR},
    _FUNCTION: {7: _NODE, 11: _ATTRIBUTE},
    _TENSOR: {},
    _OP: {},
}
_EXTERNAL_DATA, _DATA_LOCATION = 13, 14  # of a tensor
_WITHOUT_END: Final = frozenset({b"Loop", b"Scan", b"If", b"SequenceMap"})


def check_graph(data: bytes, name: str) -> None:
    """Raise a ModelFormatError if a graph names other files, or has operators that may never end.

    Parameters
    ----------
    data : bytes
        An ONNX file.
    name : str
        What to call it in an error.
    """
    try:
        _check(memoryview(data), _MODEL, name, 0)
    except (IndexError, ValueError) as error:
        if isinstance(error, ModelFormatError):
            raise
        raise ModelFormatError(f"{name}: not an ONNX file: {error}") from error


def _check(data: memoryview, message: int, name: str, depth: int) -> None:
    if depth > _MOST_NESTED:
        raise ModelFormatError(f"{name}: nested more than {_MOST_NESTED} deep")
    inside = _FIELDS[message]
    for number, content in _fields(data):
        if message == _TENSOR and number in (_EXTERNAL_DATA, _DATA_LOCATION):
            # A location may also be told to be inside, which is 0.
            if content is not None or number == _EXTERNAL_DATA:
                raise ModelFormatError(f"{name}: a tensor lies in another file")
        elif number in inside and content is not None:
            if inside[number] == _OP:
                if bytes(content) in _WITHOUT_END:
                    raise ModelFormatError(f"{name}: operator {bytes(content).decode()} is refused")
            else:
                _check(content, inside[number], name, depth + 1)


def _fields(data: memoryview) -> Iterator[tuple[int, memoryview | None]]:
    """Yield the number of each field with its bytes; None for a 0, empty bytes for other numbers."""
    at = 0
    while at < len(data):
        key, at = _number(data, at)
        kind = key & 7
        if kind == 0:
            value, at = _number(data, at)
            yield key >> 3, data[:0] if value else None
            continue
        if kind == _BYTES:
            length, at = _number(data, at)
        elif kind in _FIXED:
            length = _FIXED[kind]
        else:
            raise ValueError(f"unknown wire type {kind}")
        if at + length > len(data):
            raise ValueError("a field ends behind the file")
        yield key >> 3, data[at : at + length]
        at += length


def _number(data: memoryview, at: int) -> tuple[int, int]:
    value = 0
    for place in range(_LONGEST_NUMBER):
        byte = data[at + place]
        value |= (byte & 127) << (7 * place)
        if byte < 128:
            return value, at + place + 1
    raise ValueError("a number is too long")
