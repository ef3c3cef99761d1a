"""JSON of strangers: plain UTF-8, each key once, finite numbers, and no deeper than people nest."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any, Final

_MOST_NESTED: Final = 32
_LARGEST: Final = 2**63 - 1


def read_json(data: bytes) -> Any:
    """Read JSON, refusing what readers disagree on and what only an attack holds.

    Parameters
    ----------
    data : bytes
        UTF-8.

    Returns
    -------
    object
        dict, list, str, int, float, bool or None.

    Raises
    ------
    ValueError
        If it is not JSON, not UTF-8, names a key twice, holds NaN, an infinite or a huge number or
        a lone surrogate, or nests more than 32 deep; the message says which.

    Examples
    --------
    >>> read_json(b'{"a": 1, "a": 2}')
    Traceback (most recent call last):
    ValueError: key 'a' stands twice
    """
    text = data.decode("utf-8")  # json itself would guess UTF-16 and UTF-32, too
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError(f"nested more than {_MOST_NESTED} deep") from error
    check_plain(value)
    return value


def check_plain(value: Any) -> None:
    """Raise a ValueError if a value read from JSON is nested too deep, or holds odd numbers or text.

    Parameters
    ----------
    value : object
        dict, list, str, int, float, bool or None.
    """
    for level in _levels(value):
        for one in level:
            _check_scalar(one)


def check_depth(value: Any) -> None:
    """Raise a ValueError if a value read from JSON is nested more than 32 deep.

    Parameters
    ----------
    value : object
        dict, list, str, int, float, bool or None.
    """
    for _ in _levels(value):
        pass


def _levels(value: Any) -> Iterator[list[Any]]:
    level = [value]
    for _ in range(_MOST_NESTED + 1):
        yield level
        level = [child for one in level for child in _children(one)]
        if not level:
            return
    raise ValueError(f"nested more than {_MOST_NESTED} deep")


def _children(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _check_scalar(value: Any) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number is too large")
    if isinstance(value, int) and abs(value) > _LARGEST:
        raise ValueError("a whole number is too large")
    if isinstance(value, str) and not value.isascii():
        value.encode()  # a lone surrogate: UnicodeEncodeError is a ValueError


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"key {key[:40]!r} stands twice")
        found[key] = value
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")
