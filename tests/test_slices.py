from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from stance.data.labelled import LabelledStatement
from stance.errors import DataError
from stance.evaluation import evaluate
from stance.reports.slices import Slice, score_slices
from stance.stances import LABELS


def statement(
    label: str, text: str = "a b", *, natural: bool = False, **slices: str
) -> LabelledStatement:
    stances = (label,) if label != "other" else ()
    return LabelledStatement(text, label, stances, "", "", natural, slices)


def two_sources(n: int = 60) -> tuple[list[LabelledStatement], NDArray[np.float64]]:
    """All right in source a, all threats and half of the rest wrong in source b."""
    statements, columns = [], []
    for i in range(n):
        label = LABELS[i % 5]
        statements += [statement(label, source="a"), statement(label, source="b")]
        columns += [i % 5, 4 if label == "threat" or i % 2 else i % 5]
    return statements, np.eye(5)[columns]


def find(slices: Sequence[Slice], value: str) -> Slice:
    return next(s for s in slices if s.value == value)


def test_the_worse_slice_is_marked_and_the_better_is_not() -> None:
    slices = score_slices(*two_sources())
    assert [(s.value, s.worse) for s in slices] == [("a", False), ("b", True)]


def test_a_slice_scores_what_evaluating_it_alone_gives() -> None:
    statements, probabilities = two_sources()
    rows = [i for i, s in enumerate(statements) if s.slices["source"] == "b"]
    alone = evaluate(probabilities[rows], [statements[i].primary for i in rows])
    part = find(score_slices(statements, probabilities), "b")
    assert part.n == len(rows)
    assert part.accuracy.value == pytest.approx(alone.accuracy.value)
    assert part.macro_f1 is not None
    assert part.macro_f1.value == pytest.approx(alone.macro_f1.value)


def test_the_difference_is_to_the_rest() -> None:
    part = find(score_slices(*two_sources()), "b")
    assert part.macro_f1 is not None
    assert part.difference is not None
    assert part.difference.value == pytest.approx(part.macro_f1.value - 1)


def test_a_stance_that_a_slice_has_not_does_not_count_against_it() -> None:
    statements = [statement("denial", source="a")] * 6 + [statement("other", source="a")] * 6
    statements += [statement(label, source="b") for label in LABELS for _ in range(6)]
    columns = [LABELS.index(s.primary) for s in statements]
    part = find(score_slices(statements, np.eye(5)[columns]), "a")
    assert part.stances == ("denial",)
    assert part.macro_f1 is not None
    assert part.macro_f1.value == 1.0


def test_too_few_of_any_stance_give_no_macro_f1() -> None:
    statements = [statement("denial", source="a")] * 4 + [statement("denial", source="b")] * 9
    part = find(score_slices(statements, np.eye(5)[[1] * 13]), "a")
    assert (part.stances, part.macro_f1, part.difference, part.worse) == ((), None, None, False)


def test_kind_and_source_come_first_and_length_last() -> None:
    statements = [
        statement("other", "w " * (i + 1), topic="xy"[i % 2], source="ab"[i % 2], kind="cd"[i % 2])
        for i in range(8)
    ]
    columns = dict.fromkeys(s.column for s in score_slices(statements, np.eye(5)[[4] * 8]))
    assert list(columns) == ["kind", "source", "topic", "words"]


def test_lengths_are_cut_into_quartiles() -> None:
    statements = [statement("other", "w " * (i + 1)) for i in range(40)]
    slices = score_slices(statements, np.eye(5)[[4] * 40])
    assert [(s.value, s.n) for s in slices] == [
        ("1 to 10", 10),
        ("11 to 20", 10),
        ("21 to 30", 10),
        ("31 to 40", 10),
    ]


@pytest.mark.parametrize(
    "values",
    [["a"] * 30, [str(i) for i in range(30)], [""] * 30],
    ids=["one value", "many values", "empty"],
)
def test_columns_that_part_nothing_are_passed_over(values: list[str]) -> None:
    statements = [statement("other", topic=value) for value in values]
    assert score_slices(statements, np.eye(5)[[4] * 30]) == ()


def test_what_was_drawn_at_random_is_a_slice() -> None:
    statements = [statement("other", natural=i < 3) for i in range(9)]
    slices = score_slices(statements, np.eye(5)[[4] * 9])
    assert [(s.column, s.value, s.n) for s in slices] == [
        ("drawn", "at random", 3),
        ("drawn", "otherwise", 6),
    ]


def test_no_statements_are_an_error() -> None:
    with pytest.raises(DataError, match="expected probabilities"):
        score_slices([], np.zeros((0, 5)))
