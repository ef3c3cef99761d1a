"""What the fuzzer begins with, and what it once found: without the fuzzer, so that it stays mended."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from fuzz.run import ENTRIES

FOUND = {
    "an annotated article that is not UTF-8": ("readers", b'\x05{"text": "\xff"}'),
    "an annotated article whose spans are a number": (
        "readers",
        b'\x05{"text": "a", "attributions": [{"content": 7}]}',
    ),
    "soft labels past all floats": (
        "readers",
        b'\x04{"text": "a", "accusation": 1%s, "denial": 0, "threat": 0, "hedge": 0, "other": 0}'
        % (b"0" * 400),
    ),
    "a quotation of nothing but a comma": (
        "article",
        "\0“We never took a cent,” M\0hey com``,\n“w” .e denied that the bridge was closed.".encode(),
    ),
    "a row nested so deep that it cannot be printed": (
        "readers",
        b'\x04{"text": "a", "primary": "other", "x": ' + b"[" * 900 + b"]" * 900 + b"}",
    ),
}


def harness(name: str) -> Any:
    return importlib.import_module(f"fuzz.{name}")


@pytest.mark.parametrize("name", ENTRIES)
def test_the_seeds_pass(name: str) -> None:
    for data in [b"", b"\0", *harness(name).SEED_DATA]:
        harness(name).check(data)


@pytest.mark.parametrize("name", ENTRIES)
def test_the_seeds_cut_short_pass(name: str) -> None:
    for data in harness(name).SEED_DATA:
        for length in range(0, len(data), 1 + len(data) // 40):
            harness(name).check(data[:length])


@pytest.mark.parametrize(("name", "data"), FOUND.values(), ids=FOUND)
def test_what_was_found_stays_mended(name: str, data: bytes) -> None:
    harness(name).check(data)
