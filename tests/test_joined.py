from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.joined import MARK, find_words, join, join_one
from stance.text import words

from .test_engine import ANY_TEXT


def words_found(texts: list[str]) -> list[list[str] | None]:
    """The words of each text, None for the odd ones."""
    joined = join(texts)
    tokens = find_words(joined)
    spelled = [
        joined.data[start : start + length].decode().replace(chr(MARK), "?")
        for start, length in zip(tokens.starts.tolist(), tokens.lengths.tolist(), strict=True)
    ]
    firsts = [0, *tokens.lasts.tolist()]
    return [
        None if i in joined.odd else spelled[firsts[i] : firsts[i + 1]] for i in range(len(texts))
    ]


@settings(deadline=None)
@given(st.lists(ANY_TEXT, min_size=1, max_size=6))
def test_joined_texts_have_the_words_of_each(texts: list[str]) -> None:
    for text, found in zip(texts, words_found(texts), strict=True):
        assert found in (None, words(text))


@given(st.text(st.characters(max_codepoint=127)))
def test_no_ascii_text_is_odd(text: str) -> None:
    assert words_found([text]) == [words(text)]


@pytest.mark.parametrize("text", ["“We” — the ‘people’ … don’t", "we 🙂 deny", "d\u0301", "\ud800"])
def test_marks_that_are_no_letters_do_not_make_a_text_odd(text: str) -> None:
    assert words_found([text]) == [words(text)]


@pytest.mark.parametrize("text", ["señor", "İ", "Σ", "日本", "½", "٣", "\u212a"])
def test_letters_and_digits_outside_ascii_make_a_text_odd(text: str) -> None:
    assert words_found(["we", text, "they"]) == [["we"], None, ["they"]]
    assert join_one(text) is None


@given(ANY_TEXT)
def test_one_text_is_joined_as_several_are(text: str) -> None:
    joined = join([text])
    assert join_one(text) == (None if joined.odd else joined.data)
