from __future__ import annotations

from typing import Any

import pytest

from stance.data.labelled import parse_statement
from stance.errors import DataError

SOFT = {"accusation": "0.1", "denial": "0", "threat": "0.7", "hedge": "0.1", "other": "0.1"}


def row(**cells: Any) -> dict[str, Any]:
    return {"id": "a", "text": "We will see them in court.", **cells}


def test_one_stance_has_the_whole_share() -> None:
    assert parse_statement(row(primary="threat"), "f:1").shares() == {"threat": 1.0}


def test_the_primary_of_several_stances_has_two_thirds() -> None:
    statement = parse_statement(row(primary="threat", stances=["threat", "denial"]), "f:1")
    assert statement.shares() == pytest.approx({"threat": 2 / 3, "denial": 1 / 3})


def test_other_is_a_label_too() -> None:
    assert parse_statement(row(primary="other"), "f:1").shares() == {"other": 1.0}


def test_soft_labels_are_the_shares() -> None:
    shares = parse_statement(row(**SOFT), "f:1").shares()
    assert shares == pytest.approx({"accusation": 0.1, "threat": 0.7, "hedge": 0.1, "other": 0.1})


def test_the_most_probable_soft_label_is_the_primary() -> None:
    assert parse_statement(row(**SOFT), "f:1").primary == "threat"


def test_a_readers_label_goes_before_soft_ones() -> None:
    statement = parse_statement(row(primary="denial", **SOFT), "f:1")
    assert statement.soft is None
    assert statement.primary == "denial"


@pytest.mark.parametrize("share", ["", "much", "1.5", "-0.1", "nan"])
def test_a_soft_label_that_is_no_share_is_an_error(share: str) -> None:
    with pytest.raises(DataError, match="f:1: soft labels must be"):
        parse_statement(row(**{**SOFT, "threat": share}), "f:1")
