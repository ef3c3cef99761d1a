from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.storage.strict_json import read_json

LEAVES = st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.text()
VALUES = st.recursive(
    LEAVES | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_plain_values_are_read(value: object) -> None:
    assert read_json(json.dumps(value, ensure_ascii=False).encode()) == value


BOMBS = {
    "deep lists": (b"[" * 100_000 + b"]" * 100_000, "nested"),
    "deep objects": (b'{"a":' * 1000 + b"1" + b"}" * 1000, "nested"),
    "34 deep": (b"[" * 34 + b"]" * 34, "nested"),
    "a key twice": (b'{"a": 1, "b": {"c": 1, "c": 2}}', "'c' stands twice"),
    "the same key, escaped": (b'{"a": 1, "\\u0061": 2}', "stands twice"),
    "a huge number": (b"9" * 5000, r"\w"),
    "a number past 64 bits": (b"9223372036854775808", "too large"),
    "a float past all": (b"1e999", "too large"),
    "digits past all floats": (b"1" * 400 + b".0", "too large"),
    "NaN": (b"[NaN]", "NaN is no number"),
    "infinity": (b"-Infinity", "no number"),
    "a lone surrogate": (b'"\\ud800"', "surrogate"),
    "a lone surrogate as a key": (b'{"\\udfff": 1}', "surrogate"),
    "UTF-16": ("{}".encode("utf-16"), r"\w"),
    "a byte-order mark": (b"\xef\xbb\xbf{}", r"\w"),
    "not UTF-8": (b'"\xff"', r"\w"),
    "two values": (b"{} {}", r"\w"),
    "a comment": (b"{} // no", r"\w"),
    "a trailing comma": (b"[1,]", r"\w"),
    "a raw control character": (b'"\n"', r"\w"),
    "nothing": (b"", r"\w"),
}


@pytest.mark.parametrize(("data", "message"), BOMBS.values(), ids=BOMBS)
def test_what_readers_disagree_on_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_json(data)


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read_json(data)
    except ValueError:
        return
