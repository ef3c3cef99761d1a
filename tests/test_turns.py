from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.articles.turns import turns

LINES = ["Q: Did you?", "A: No.", "SILVA: Never.", "“It burns.”", "(LAUGHTER)", "", "It rained."]


def found(text: str) -> list[tuple[str | None, str]]:
    return [
        (one.source and text[slice(*one.source)], text[slice(*one.content[0])])
        for one in turns(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It rained.\nQ: Did you?\nA: No.\nQ: Why?\nA: Nobody asked.",
            [(None, "Did you?"), (None, "No."), (None, "Why?"), (None, "Nobody asked.")],
        ),
        (
            "ANA SILVA: No.\nOBI: Why?\nANA SILVA: It burns.\nOBI: “Where?”\nIt rained.",
            [("ANA SILVA", "No."), ("OBI", "Why?"), ("ANA SILVA", "It burns."), ("OBI", "Where?")],
        ),
        (
            "Ana Silva: No.\n\nI left.\n\n(LAUGHTER)\n\nJoe Obi: Why?\nAna Silva: Oh.\nJoe Obi: So?",
            [
                ("Ana Silva", "No."),
                ("Ana Silva", "I left."),
                ("Joe Obi", "Why?"),
                ("Ana Silva", "Oh."),
                ("Joe Obi", "So?"),
            ],
        ),
        (
            "Q. Did you?\nA. No.\nQ. Why?\nA. Oh.",
            [(None, "Did you?"), (None, "No."), (None, "Why?"), (None, "Oh.")],
        ),
        (
            "Q    Did you?\nMS. BO:  No.\nQ    Why?\nMS. BO:  Oh.",
            [(None, "Did you?"), ("MS. BO", "No."), (None, "Why?"), ("MS. BO", "Oh.")],
        ),
        (
            "Q Did you?\nMR. BO: No.\nQ Why?\nMR. BO: Oh.",
            [(None, "Did you?"), ("MR. BO", "No."), (None, "Why?"), ("MR. BO", "Oh.")],
        ),
        ("Name: Ana\nAge: 30\nName: Joe\nAge: 40", []),
        ("WHAT: Jazz\nWHEN: Friday\nWHAT: Fair\nWHEN: Sunday", []),
        ("THE CLAIM: One.\nTHE FACTS: Two.\nTHE CLAIM: Three.\nTHE FACTS: Four.", []),
        ("Kremlin: no plans to meet\nMINISTER: it burns", []),
        ("ANA: One.\nANA: Two.", []),
        ("", []),
    ],
)
def test_turns(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert found(text) == expected


@given(st.lists(st.sampled_from(LINES)).map("\n".join))
def test_turns_are_in_order_and_apart(text: str) -> None:
    spans = [one.content[0] for one in turns(text)]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
