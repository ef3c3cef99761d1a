from __future__ import annotations

import pytest

from stance.data.datasets import LabelledStatement
from stance.data.description import describe
from stance.errors import DataError


def statement(text: str, group: str, *stances: str, **columns: str) -> LabelledStatement:
    primary = stances[0] if stances else "other"
    return LabelledStatement(text, primary, stances, text, group, False, columns)


DATA = [
    statement("We will never accept that.", "g1", "denial", register="courts", pair=""),
    statement("We will never accept this.", "g1", register="courts", pair="p1"),
    statement("They lied, and we never lied.", "g2", "accusation", "denial", register="sport"),
    statement("We will never accept those.", "g3", register="sport", pair="p2"),
]


def test_labels_are_counted() -> None:
    expected = {"accusation": 1, "denial": 1, "threat": 0, "hedge": 0, "other": 2, "several": 1}
    assert describe(DATA).counts == expected


def test_groups_are_counted() -> None:
    assert describe(DATA).n_groups == 3


def test_a_column_is_counted_by_value() -> None:
    assert describe(DATA).columns["register"]["courts"]["denial"] == 1


def test_a_column_with_empty_cells_tells_how_many_are_filled() -> None:
    assert describe(DATA).filled == {"pair": (2, 2)}


def test_runs_within_a_group_do_not_count_as_repeated() -> None:
    assert describe(DATA[:2]).repeated_runs == 0


def test_runs_in_two_groups_do() -> None:
    # Of "we will never accept", "will never accept that", "... this", "... those" only the first.
    assert describe([DATA[0], DATA[1], DATA[3]]).repeated_runs == pytest.approx(1 / 4)


def test_the_likest_statement_of_another_group_is_found() -> None:
    assert describe([DATA[0], DATA[3]]).nearest[2] == pytest.approx(4 / 6)


def test_openings_are_counted() -> None:
    assert describe(DATA).openings[0] == ("we will never", 0.75)


@pytest.mark.parametrize("shown", ["register", "courts", "4 statements in 3 groups", "4-word runs"])
def test_it_prints(shown: str) -> None:
    assert shown in str(describe(DATA))


def test_markdown_has_a_table_a_column() -> None:
    assert "| sport | 2 | 1 | 0 | 0 | 0 | 1 | 1 |" in describe(DATA).as_markdown()


def test_wordless_statements_are_described() -> None:
    assert describe([statement("...", "g1")]).nearest == (0, 0, 0)


def test_nothing_is_an_error() -> None:
    with pytest.raises(DataError, match="no statements"):
        describe([])
