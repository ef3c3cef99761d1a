from __future__ import annotations

import pytest

from stance.stances import DEFINITIONS, LABELS, STANCES, primary


def test_labels_are_the_stances_and_other() -> None:
    assert (*STANCES, "other") == LABELS


def test_every_label_is_defined() -> None:
    assert tuple(DEFINITIONS) == LABELS


@pytest.mark.parametrize(
    ("stances", "first"),
    [
        ([], "other"),
        (["hedge"], "hedge"),
        (["hedge", "denial"], "denial"),
        (["denial", "accusation"], "accusation"),
        (["accusation", "threat", "hedge"], "threat"),
    ],
)
def test_primary_of_equals_is_the_first_by_the_codebook(stances: list[str], first: str) -> None:
    assert primary(stances) == first
