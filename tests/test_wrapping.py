from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.articles.article import read_article
from stance.articles.wrapping import unwrapped

from .conftest import ROOT

EXAMPLE = (ROOT / "datasets" / "examples" / "harbour_bridge.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [60, 72, 100])
def test_an_article_broken_at_a_width_says_the_same(width: int) -> None:
    broken = "\n\n".join(textwrap.fill(part, width) for part in EXAMPLE.split("\n\n"))
    found = [(s.speaker, s.said, s.prediction) for s in read_article(broken)]
    assert found == [(s.speaker, s.said, s.prediction) for s in read_article(EXAMPLE)]


@pytest.mark.parametrize(
    "text",
    [
        EXAMPLE,
        "Bridge shut again\nBy Ada Obi\nThe bridge was shut on Monday.\nNobody knows why.",
        "Q: Did you know?\nA: No.\nQ: Who did?\nA: Ask the mayor, not me, I was away at the time.",
        "“We wait,” she said.\niPhones were confiscated.",
    ],
)
def test_paragraphs_stay_apart(text: str) -> None:
    assert unwrapped(text) == text


@given(st.text(alphabet="ab A.\n”:\t", max_size=300))
def test_nothing_moves_and_blanks_alone_come_for_breaks(text: str) -> None:
    changes = {(old, new) for old, new in zip(text, unwrapped(text), strict=True) if old != new}
    assert changes <= {("\n", " ")}


def test_a_statement_is_cut_out_of_the_text_as_given() -> None:
    text = "“If they\ngo on like this,” Ana Silva said, “we will see them in court.”"
    (statement,) = read_article(text)
    assert statement.text == text[1:-1]
    assert statement.said == "If they go on like this, we will see them in court."
