from __future__ import annotations

import pytest

from stance.data.labelled import LabelledStatement
from stance.robustness.swapping import swap_mentions


def made(text: str, number: int) -> LabelledStatement:
    return LabelledStatement(text, "accusation", ("accusation",), f"id{number}", "g", False, {})


@pytest.mark.parametrize("text", ["They lied to us.", "It rained, and nobody came.", ""])
def test_a_statement_that_mentions_nobody_stays(text: str) -> None:
    assert [s.text for s in swap_mentions([made(text, n) for n in range(20)])] == [text] * 20


def test_countries_are_drawn_from_all_over() -> None:
    texts = {s.text for s in swap_mentions([made("Russia lied.", n) for n in range(200)])}
    assert len(texts) == 16
    assert all(text.endswith(" lied.") for text in texts)


def test_labels_and_order_stay() -> None:
    given = [made("Russia lied.", n) for n in range(20)]
    swapped = swap_mentions(given)
    assert [(s.id, s.primary) for s in swapped] == [(s.id, s.primary) for s in given]


def test_a_draw_does_not_depend_on_the_others() -> None:
    given = [made("Russia lied.", n) for n in range(20)]
    assert swap_mentions(given)[7:8] == swap_mentions(given[7:8])


def test_another_seed_draws_others() -> None:
    given = [made("Russia lied.", n) for n in range(20)]
    assert swap_mentions(given, seed=1) != swap_mentions(given)
