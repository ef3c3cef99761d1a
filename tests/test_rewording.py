from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.robustness.rewording import CHANGES

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("change", "text", "expected"),
    [
        ("upper case", "We deny it.", "WE DENY IT."),
        ("upper case", "NO!", None),
        ("lower case", "We Deny It.", "we deny it."),
        ("curly quotation marks", "\"No,\" he said, 'it isn't.'", "“No,” he said, ‘it isn’t.’"),
        ("straight quotation marks", "“No,” it isn’t.", '"No," it isn\'t.'),
        (
            "contractions expanded",
            "We can’t, won't and didn't.",
            "We cannot, will not and did not.",
        ),
        ("contractions expanded", "It's a lie; they're wrong.", "It is a lie; they are wrong."),
        ("contractions expanded", "It's been a year.", None),
        ("contractions used", "I am sure we will not do it.", "I'm sure we won't do it."),
        ("contractions used", "They have lied.", "They've lied."),
        ("contractions used", "They have a plan.", None),
        ("last marks dropped", "They lied!”", "They lied"),
        ("last marks dropped", "Did they lie?", None),
        ("a typo in one word", "It is so.", None),
    ],
)
def test_changes(change: str, text: str, expected: str | None) -> None:
    assert CHANGES[change](text, random.Random(0)) == expected


@pytest.mark.parametrize("name", CHANGES)
@given(ANY_TEXT, st.integers())
def test_any_text_is_changed_the_same_way_twice_or_left(name: str, text: str, seed: int) -> None:
    one, two = (CHANGES[name](text, random.Random(seed)) for _ in range(2))
    assert one == two
    assert one is None or one != text


@given(st.integers())
def test_a_typo_is_one_letter_more_or_less_or_two_swapped(seed: int) -> None:
    changed = CHANGES["a typo in one word"]("They withdrew.", random.Random(seed))
    assert changed is not None
    assert abs(len(changed) - len("They withdrew.")) <= 1
    assert changed[0] + changed[-1] == "T."
