from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.terms import FIRST, Terms

LINES = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])))


@given(LINES)
def test_terms_are_the_strings_they_were_made_of(lines: list[str]) -> None:
    terms = Terms.of(lines)
    assert list(terms) == lines
    assert [terms[i] for i in range(len(lines))] == lines
    assert list(terms[1:3]) == lines[1:3]


@given(LINES)
def test_words_are_what_stands_before_the_first_piece(lines: list[str]) -> None:
    marked = [line.startswith("#") for line in lines]
    expected = marked.index(True) if any(marked) else len(lines)
    terms = Terms.of(lines)
    assert terms.word_count == expected
    assert list(terms.words) == lines[:expected]
    assert terms.in_order == (marked == sorted(marked))


@given(LINES, st.integers(0, 3))
def test_terms_that_stand_twice_are_found(lines: list[str], begin: int) -> None:
    assert Terms.of(lines).has_twice(min(begin, Terms.of(lines).word_count)) == (
        len(set(lines)) < len(lines)
    )


@given(LINES)
def test_terms_in_order_that_stand_twice_are_found(lines: list[str]) -> None:
    once = sorted({line for line in lines if not line.startswith("#")})
    assert not Terms.of(once).has_twice(0)
    if once:
        assert Terms.of(sorted([*once, once[-1]])).has_twice(0)


@given(st.sets(st.text(st.characters(exclude_characters="\n"), max_size=8)), LINES)
def test_pieces_are_found_by_their_spelling(known: set[str], asked: list[str]) -> None:
    sound = sorted(piece for piece in known if piece.isascii())
    terms = Terms.of(["we", *(f"#{piece}" for piece in sound)])
    found = terms.find_pieces([*sound, *asked])
    assert sorted(set(found)) == list(range(1, len(sound) + 1))


def test_a_piece_that_is_not_there_is_not_found() -> None:
    terms = Terms.of(["we", "#_den", "#eny_", "#ähnlich"])
    assert terms.find_pieces(["_deny", "_de", "ähnlic", ""]) == []


def test_a_missing_last_line_end_drops_that_line() -> None:
    assert list(Terms(b"we\nthey\nyo")) == ["we", "they"]


def test_an_index_past_the_end_is_an_error() -> None:
    with pytest.raises(IndexError):
        Terms.of(["we"])[1]


def test_pickling_keeps_the_terms() -> None:
    terms = Terms.of(["we", "#_we_"])
    assert pickle.loads(pickle.dumps(terms)) == terms


WORDS = st.lists(
    st.text(st.characters(exclude_characters="\n#", exclude_categories=["Cs"]), max_size=4),
    unique=True,
)


@given(WORDS, WORDS)
def test_a_word_is_found_without_a_dictionary(known: list[str], asked: list[str]) -> None:
    for some in (known, sorted(known)):
        terms = Terms.of([*some, "#piece"])
        expected = [some.index(word) if word in some else None for word in [*known, *asked]]
        assert [terms.find_word(word) for word in [*known, *asked]] == expected


@given(WORDS, WORDS)
def test_a_word_among_ordered_ones_is_found_without_a_dictionary(
    known: list[str], asked: list[str]
) -> None:
    some = [*known[:FIRST], *sorted(known[FIRST:])]
    terms = Terms.of([*some, "#piece"])
    expected = [some.index(word) if word in some else None for word in [*known, *asked]]
    assert [terms.find_word(word, ordered=True) for word in [*known, *asked]] == expected


@given(WORDS, WORDS)
def test_an_ordered_piece_is_found(known: list[str], asked: list[str]) -> None:
    some = sorted(known)
    terms = Terms.of(["we", *(f"#{piece}" for piece in some)])
    expected = [some.index(piece) + 1 if piece in some else None for piece in [*known, *asked]]
    assert [terms.find_piece(piece) for piece in [*known, *asked]] == expected


def test_a_piece_is_no_word() -> None:
    assert Terms.of(["we", "#we"]).find_word("#we") is None
