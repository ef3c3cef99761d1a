from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from stance.data.rows import read_rows
from stance.errors import DataError


def test_a_compressed_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pool.jsonl.gz"
    path.write_bytes(gzip.compress('{"text": "Né là."}\n'.encode()))
    assert list(read_rows(path)) == [(f"{path}:1", {"text": "Né là."})]


@pytest.mark.parametrize("content", [b"no gzip at all", gzip.compress(b"x" * 1000)[:-12], b""])
def test_a_broken_compressed_file_is_an_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pool.csv.gz"
    path.write_bytes(content or gzip.compress(b"a,b\n1\n"))
    with pytest.raises(DataError, match=r"pool\.csv\.gz"):
        list(read_rows(path))


def test_stances_of_a_csv_are_a_list(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("stances\ndenial|threat\n", encoding="utf-8")
    assert [row for _, row in read_rows(path)] == [{"stances": ["denial", "threat"]}]


def test_a_csv_without_stances_has_none(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("primary\nother\n", encoding="utf-8")
    assert [row for _, row in read_rows(path)] == [{"primary": "other"}]


def test_a_byte_order_mark_is_no_part_of_a_column(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\ufefftext\nNo.\n", encoding="utf-8")
    assert [row for _, row in read_rows(path)] == [{"text": "No."}]
