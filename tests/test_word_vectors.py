from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from stance.errors import DataError
from stance.learning.word_vectors import read_vectors, write_vectors

WORDS = ["deny", "denied", "lie", "may"]
VECTORS = np.random.default_rng(0).normal(size=(4, 12))


def test_what_is_near_stays_near(tmp_path: Path) -> None:
    near = VECTORS.copy()
    near[1] = near[0] + 0.01
    write_vectors(tmp_path / "v.npz", WORDS, near, dimensions=3)
    found = read_vectors(tmp_path / "v.npz")
    gap = np.linalg.norm(found["deny"] - found["denied"])
    assert gap < np.linalg.norm(found["deny"] - found["lie"]) / 10


def test_only_the_asked_dimensions_are_kept(tmp_path: Path) -> None:
    write_vectors(tmp_path / "v.npz", WORDS, VECTORS, dimensions=2)
    assert read_vectors(tmp_path / "v.npz")["may"].shape == (2,)


def test_another_file_is_an_error(tmp_path: Path) -> None:
    np.savez(tmp_path / "v.npz", other=np.zeros(3))
    with pytest.raises(DataError, match="no file of word vectors"):
        read_vectors(tmp_path / "v.npz")


def test_counts_that_differ_are_an_error(tmp_path: Path) -> None:
    np.savez(tmp_path / "v.npz", words=np.array(WORDS), vectors=np.zeros((3, 2)), unit=1.0)
    with pytest.raises(DataError, match=r"\(4,\) words and \(3, 2\) vectors"):
        read_vectors(tmp_path / "v.npz")
