from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from stance.data.datasets import LabelledStatement
from stance.errors import DataError
from stance.learning.learning_curve import CurvePoint, learning_curve, plot_curve, write_curve
from stance.stances import LABELS


def statements(source: str, n: int) -> list[LabelledStatement]:
    return [
        LabelledStatement(
            f"{source} {label} word{i}",
            label,
            () if label == "other" else (label,),
            f"{source}{label}{i}",
            f"{source}{i}",
            i % 2 == 0,
            {"source": source},
        )
        for i in range(n)
        for label in LABELS
    ]


FILES = {"a.csv": statements("x", 8) + statements("y", 8), "b.csv": statements("x2", 4)}
HELD_OUT = {"dev": statements("z", 4)}


def memory(seen: Sequence[LabelledStatement], texts: Sequence[str]) -> NDArray[np.float64]:
    """Knows the labels that it has seen often, by name; takes all else for other."""
    known = {label for label in LABELS if sum(s.primary == label for s in seen) > 4}
    labels = [text.split()[1] for text in texts]
    return np.eye(5)[[LABELS.index(label if label in known else "other") for label in labels]]


def test_more_statements_score_higher() -> None:
    points = learning_curve(FILES, memory, held_out=HELD_OUT)
    alone = [p for p in points if (p.file, p.company, p.score) == ("a.csv", "alone", "dev")]
    assert [(p.n, p.macro_f1) for p in alone] == [(10, 0.0), (20, 0.0), (40, 1.0), (80, 1.0)]


def test_beside_the_others_all_other_files_count() -> None:
    points = learning_curve(FILES, memory, held_out=HELD_OUT, shares=[0.125])
    scores = {(p.file, p.company): p.macro_f1 for p in points if p.score == "dev"}
    assert (scores["b.csv", "alone"], scores["b.csv", "beside the others"]) == (0, 1)


def test_the_natural_part_is_scored_apart() -> None:
    points = learning_curve(FILES, memory, held_out=HELD_OUT, shares=[1])
    assert {p.score for p in points} == {"dev", "dev, natural part"}


def test_what_is_left_out_is_not_learned_from() -> None:
    sources = []

    def spy(seen: Sequence[LabelledStatement], texts: Sequence[str]) -> NDArray[np.float64]:
        sources.append(({s.slices["source"] for s in seen}, {t.split()[0] for t in texts}))
        return memory(seen, texts)

    learning_curve(FILES, spy, held_out={}, leave_out="source", shares=[1])
    assert all(not seen & unseen for seen, unseen in sources)


def test_held_out_statements_are_not_learned_from() -> None:
    points = learning_curve({"a.csv": HELD_OUT["dev"]}, memory, held_out=HELD_OUT, shares=[1])
    assert {p.n for p in points} == {0}


@pytest.mark.parametrize("shares", [[], [0], [1.5]])
def test_shares_out_of_range_are_an_error(shares: list[float]) -> None:
    with pytest.raises(DataError, match="shares"):
        learning_curve(FILES, memory, held_out=HELD_OUT, shares=shares)


def test_nothing_to_score_is_an_error() -> None:
    with pytest.raises(DataError, match="held-out data or a column"):
        learning_curve(FILES, memory, held_out={})


POINTS = [
    CurvePoint("a.csv", "alone", 10, "dev", 0.25),
    CurvePoint("a.csv", "alone", 20, "dev", 0.5),
    CurvePoint("b.csv", "beside the others", 20, "dev", 0.625),
]


def test_points_are_written(tmp_path: Path) -> None:
    write_curve(POINTS[:1], tmp_path / "curve.csv")
    expected = "file,company,n,score,macro_f1\na.csv,alone,10,dev,0.2500\n"
    assert (tmp_path / "curve.csv").read_text(encoding="utf-8") == expected


@pytest.mark.usefixtures("report_extra")
def test_the_same_points_are_the_same_picture(tmp_path: Path) -> None:
    for name in ("one.svg", "two.svg"):
        plot_curve(POINTS, tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


@pytest.mark.usefixtures("report_extra")
def test_a_picture_can_have_other_kinds(tmp_path: Path) -> None:
    plot_curve(POINTS, tmp_path / "curve.png")
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")
