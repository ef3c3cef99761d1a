from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.robustness.mentions import (
    COUNTRIES,
    FIGURES,
    GENDERS,
    NAMES,
    PANELS,
    PARTIES,
    Panel,
    others,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("panel", "text", "who", "expected"),
    [
        (COUNTRIES, "Russia and the Russians lied.", "China", "China and the Chinese lied."),
        (COUNTRIES, "An Iranian drone.", "Russia", "A Russian drone."),
        (COUNTRIES, "A French drone.", "Israel", "An Israeli drone."),
        (PARTIES, "Democrats lied.", "Republican", "Republicans lied."),
        (GENDERS, "She lied to him about his dog.", "women", "She lied to her about her dog."),
        (GENDERS, "We saw her and her dog.", "men", "We saw him and his dog."),
        (GENDERS, "Mr. Obi is a man.", "women", "Ms. Obi is a woman."),
        (NAMES, "We asked Ana Silva.", "John Miller", "We asked John Miller."),
        (FIGURES, "Obama’s plan.", "Putin", "Putin’s plan."),
    ],
)
def test_slots_are_filled(panel: Panel, text: str, who: str, expected: str) -> None:
    assert panel.fill(text)[who] == expected


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.name)
@pytest.mark.parametrize("text", ["", "Nobody is here.", "the theme, heather, mango", "polished"])
def test_a_statement_without_a_slot_is_left(panel: Panel, text: str) -> None:
    assert panel.fill(text) == {}


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.name)
@given(ANY_TEXT)
def test_any_text_is_filled_or_left(panel: Panel, text: str) -> None:
    assert set(panel.fill(text)) in (set(), set(panel.members))


def test_others_are_unlike_the_text() -> None:
    assert "Russia lied." not in list(others(COUNTRIES, "Russia lied."))
