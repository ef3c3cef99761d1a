from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.articles.sentences import QUOTED, article_sentences


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in article_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. He left.", ["It rained.", "He left."]),
        ("It rained at 7 p.m. He left.", ["It rained at 7 p.m.", "He left."]),
        ("It rained at 7 p.m. Monday.", ["It rained at 7 p.m. Monday."]),
        ("J. Obi left the U.S. The rain came.", ["J. Obi left the U.S.", "The rain came."]),
        ("Sens. Obi and Silva left.", ["Sens. Obi and Silva left."]),
        ("“It rained.” ― Ana Obi", ["“It rained.” ― Ana Obi"]),
        ("“It rained. He left,” Obi said. So.", ["“It rained. He left,” Obi said.", "So."]),
        ("“Who is next?” Obi said. So.", ["“Who is next?” Obi said.", "So."]),
        ("“It rained.” Obi said.\nSo.", ["“It rained.” Obi said.", "So."]),
        ("“It rained?” Obi went on. So.", ["“It rained?” Obi went on.", "So."]),
        ("“It rained.” Obi left the room.", ["“It rained.”", "Obi left the room."]),
        ("ORO, Nev. (AP) — It rained. He left.", ["It rained.", "He left."]),
        ("PORT ORO, Feb. 2 — “It rained,” Obi said.", ["“It rained,” Obi said."]),
        ("ORO (“AP”) — It rained.", ["ORO (“AP”) — It rained."]),
        ("NATO — which met — left.", ["NATO — which met — left."]),
        ("Obi went on:\n\n“It rained.”", ["Obi went on:\n\n“It rained.”"]),
    ],
)
def test_a_quotation_stays_with_its_tag(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_quotation_is_one_token() -> None:
    (sentence,) = article_sentences("“No. Never,” he said.")
    assert [t.text for t in sentence.tokens] == [QUOTED, "he", "said", "."]


@given(st.text(st.characters(exclude_categories=())))
def test_tokens_lie_in_their_sentence_in_order(text: str) -> None:
    at = 0
    for sentence in article_sentences(text):
        for token in sentence.tokens:
            assert at <= token.start < token.end <= max(sentence.end, token.end)
            at = token.end
