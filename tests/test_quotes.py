from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.articles.quotes import quotations

MARKED = st.text(st.sampled_from("ab s.,?\n\"'“”‘’«»`—"), max_size=60)


def quoted(text: str) -> list[str]:
    return [text[q.inner_start : q.inner_end] for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" and "yes".', ["no", "yes"]),
        ("He said “no” and “yes”.", ["no", "yes"]),
        ("«No», he said.", ["No"]),
        ("„No”, he said.", ["No"]),
        ("”No”, he said.", ["No"]),
        ("He left.” ”No, never”, he said.", ["No, never"]),
        ("He left.”Then it rained.”", []),
        ("``No,'' he said.", ["No,"]),
        ("''No,'' he said.", ["No,"]),
        ("'No,' he said. 'Never.'", ["No,", "Never."]),
        ("‘No,’ he said.", ["No,"]),
        ("“They told me ‘go home’ today,” she said.", ["They told me ‘go home’ today,"]),
        ("\"They told me 'go home' today,\" she said.", ["They told me 'go home' today,"]),
        ("‘It’s the boys’ fault, isn’t it?’ she asked.", ["It’s the boys’ fault, isn’t it?"]),
        ("It's the players' own fault, isn't it.", []),
        ("It’s the players’ own fault, isn’t it.", []),
        ("The '90s and rock 'n' roll.", []),
        ("“One.\n\n“Two.”", ["One.\n\n“Two."]),
        ('"One.\n\n"Two."', ['One.\n\n"Two.']),
        ("“Never closed.\n\nShe left.", ["Never closed."]),
        ("'One. It's two.\n\n'Three.' No.", ["One. It's two.\n\n'Three."]),
        ("‘One.\n\n‘Two.\n\n‘Three.’", ["One.\n\n‘Two.\n\n‘Three."]),
        ("He said ‘never.\n\nShe left.", []),
        ("Give 'em hell. “We won.”\n'No,' he said.", ["We won.", "No,"]),
        ("He wrote 'em a letter.\n'No,' he said.", ["No,"]),
        ('"Never closed.\n\nShe left.', []),
        ('<tweet author="Ana Silva">It burns.</tweet>', []),
        ("“”", []),
        ("“,” “...”", []),
        ("“One “two” three", ["two"]),
        ("", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@given(MARKED)
def test_quotations_are_in_order_and_apart(text: str) -> None:
    found = quotations(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(MARKED)
def test_marks_stand_around_what_is_quoted(text: str) -> None:
    for q in quotations(text):
        assert 0 <= q.start < q.inner_start <= q.inner_end <= q.end <= len(text)


@given(st.lists(st.text("abc ", min_size=1).filter(str.strip), min_size=1))
def test_every_closed_curly_quotation_is_found(parts: list[str]) -> None:
    assert quoted(" x ".join(f"“{part}”" for part in parts)) == parts
