from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from stance.data.datasets import load_statements
from stance.errors import DataError
from stance.learning.soft_labels import read_ids, write_soft_labels
from stance.model import StanceModel


class Counter:
    """A teacher that counts what it is asked, and stops after some."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.asked: list[str] = []
        self.stop_after = stop_after

    def predict_proba(self, texts: Sequence[str]) -> NDArray[np.float64]:
        if self.stop_after is not None and len(self.asked) >= self.stop_after:
            raise KeyboardInterrupt
        self.asked += texts
        rows = np.full((len(texts), 5), 0.1)
        rows[:, [len(text) % 5 for text in texts]] += 0.0
        rows[np.arange(len(texts)), [len(text) % 5 for text in texts]] = 0.6
        return rows


@pytest.fixture
def pool(tmp_path: Path) -> Path:
    path = tmp_path / "pool.jsonl"
    rows = [{"id": f"{i:04x}", "doc": f"d{i % 7}", "text": "word " * (i % 9)} for i in range(2500)]
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def test_each_statement_gets_a_row(pool: Path, tmp_path: Path) -> None:
    out = tmp_path / "soft.csv"
    assert write_soft_labels(Counter(), [pool], out) == 2500
    assert len(out.read_text().splitlines()) == 2501


def test_no_text_is_written(pool: Path, tmp_path: Path) -> None:
    out = tmp_path / "soft.csv"
    write_soft_labels(Counter(), [pool], out)
    assert "word" not in out.read_text()


def test_a_stopped_run_goes_on_to_the_same_bytes(pool: Path, tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole.csv", tmp_path / "broken.csv"
    write_soft_labels(Counter(), [pool], whole)
    with pytest.raises(KeyboardInterrupt):
        write_soft_labels(Counter(stop_after=1), [pool], broken)
    with broken.open("a") as file:
        file.write("0fff,0.1")
    again = Counter()
    write_soft_labels(again, [pool], broken)
    assert broken.read_bytes() == whole.read_bytes()
    assert len(again.asked) < 2500


def test_a_larger_limit_adds_to_a_smaller_one(pool: Path, tmp_path: Path) -> None:
    out = tmp_path / "soft.csv"
    write_soft_labels(Counter(), [pool], out, limit=10)
    before = read_ids([out])
    write_soft_labels(Counter(), [pool], out, limit=20)
    assert before < read_ids([out])
    assert len(read_ids([out])) == 20


def test_ids_to_pass_over_are_not_labelled(pool: Path, tmp_path: Path) -> None:
    out = tmp_path / "soft.csv"
    write_soft_labels(Counter(), [pool], out, without=frozenset({"0000", "0001"}))
    assert not {"0000", "0001"} & read_ids([out])


def test_another_file_is_not_written_over(pool: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine.csv"
    out.write_text("name,age\nAda,36\n")
    with pytest.raises(DataError, match="expected the columns id, accusation"):
        write_soft_labels(Counter(), [pool], out)
    assert out.read_text() == "name,age\nAda,36\n"


def test_a_pool_without_ids_is_an_error(tmp_path: Path) -> None:
    pool = tmp_path / "pool.jsonl"
    pool.write_text('{"text": "We meet."}\n')
    with pytest.raises(DataError, match=r"pool.jsonl:1: .* needs an id and a text"):
        write_soft_labels(Counter(), [pool], tmp_path / "soft.csv")


def test_soft_labels_are_statements_to_train_on(pool: Path, tmp_path: Path) -> None:
    out = tmp_path / "soft.csv"
    write_soft_labels(Counter(), [pool], out, limit=50)
    statements = load_statements(out, texts=[pool])
    assert {s.group for s in statements} == {f"d{i}" for i in range(7)}
    assert all(s.shares()[s.primary] == pytest.approx(0.6) for s in statements)


def test_what_the_sieve_finds_plainly_other_comes_last(model: StanceModel, tmp_path: Path) -> None:
    pool, out = tmp_path / "pool.csv", tmp_path / "soft.csv"
    pool.write_text("id,text\na,\nb,They lied and they hid the money.\n")
    write_soft_labels(Counter(), [pool], out, limit=1, sieve=model)
    assert read_ids([out]) == {"b"}
