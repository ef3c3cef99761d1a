from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.articles.sentence_ends import sentence_spans
from stance.text import normalise, word_spans, words

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
def test_normalising_keeps_the_length(text: str) -> None:
    assert len(normalise(text)) == len(text)


@given(ANY_TEXT)
def test_spans_are_those_of_the_words(text: str) -> None:
    low = normalise(text)
    assert [low[start:end] for start, end in word_spans(text)] == words(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I DIDN'T", ["i", "didn't"]),
        ("I didn’t", ["i", "didn't"]),
        ("‘No’ means no", ["no", "means", "no"]),
        ("who's next?!", ["who's", "next", "?", "!"]),
        ("a_b-c 1,5", ["a", "b", "c", "1", "5"]),
        ("Мы не знаем", ["мы", "не", "знаем"]),
        ("İstanbul", ["istanbul"]),
        ("🙂 …", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(ANY_TEXT)
def test_sentences_hold_all_that_is_not_space(text: str) -> None:
    inside = "".join(text[start:end] for start, end in sentence_spans(text))
    assert "".join(inside.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It is over. Go home!", 2),
        ("Mr. Oduya met Gen. J. Silva.", 1),
        ("She wrote it on X. Nobody answered.", 2),
        ("They asked, and he said no. Nobody answered.", 2),
        ("It is in Annex No. 5.", 1),
        ("It is in Annex No.  5.", 1),
        ("“Is it?” she asked. “Yes.”", 3),
        ("First line\nSecond line", 2),
        ("", 0),
        (" \n ", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(sentence_spans(text)) == count
