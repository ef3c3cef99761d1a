from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from stance.engine.joined import MARK, as_tokens, find_words, join, join_one
from stance.terms import Terms
from stance.text import words

from .test_engine import ANY_TEXT


def words_found(texts: list[str]) -> list[list[str]]:
    """The words of each text, as the bytes spell them."""
    joined = join(texts, {})
    tokens = find_words(joined)
    spelled = [
        joined.data[start : start + length].decode().replace(chr(MARK), "?")
        for start, length in zip(tokens.starts.tolist(), tokens.lengths.tolist(), strict=True)
    ]
    firsts = [0, *tokens.lasts.tolist()]
    return [spelled[firsts[i] : firsts[i + 1]] for i in range(len(texts))]


def ascii_words(text: str) -> list[str]:
    return [word if word.isascii() else "{" for word in words(text)]


@settings(deadline=None)
@given(st.lists(ANY_TEXT, min_size=1, max_size=6))
def test_joined_texts_have_the_words_of_each(texts: list[str]) -> None:
    assert words_found(texts) == [ascii_words(text) for text in texts]


@given(st.lists(ANY_TEXT, min_size=1, max_size=6))
def test_words_with_other_letters_are_noted(texts: list[str]) -> None:
    expected = [(i, w) for i, text in enumerate(texts) for w in words(text) if not w.isascii()]
    assert join(texts, {}).foreign == expected


def test_known_words_with_other_letters_have_a_spelling_of_their_own() -> None:
    tokens, aliases = as_tokens(Terms.of(["we", "señor", "?", '"']))
    joined = join(["We? SEÑOR!"], aliases)
    spelled = [
        bytes(tokens.data[start : start + length]).decode()
        for start, length in zip(tokens.starts.tolist(), tokens.lengths.tolist(), strict=True)
    ]
    assert joined.foreign == []
    assert words_found(["we?"])[0] == ["we", "?"]
    assert spelled == ["we", "{1", chr(MARK), " "]
    assert joined.data.split() == [b"we", bytes([MARK]), b"{1", b"!"]


@given(st.text(st.characters(max_codepoint=127)))
def test_one_text_is_joined_as_several_are(text: str) -> None:
    assert join_one(text) == join([text], {}, plain=False).data
