from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.features import INTERCEPT, START, WORDLESS, Vocabulary, pieces
from stance.learning.counts import learn_vocabulary
from stance.learning.run_counts import number_words
from stance.text import words

SEEN = ["we deny it all", "we deny it", "they never saw the withdrawal", "who knows? we will see"]
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.lists(st.sampled_from([*" ".join(SEEN).split(), "denied", "x", "?"])).map(" ".join),
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return learn_vocabulary(number_words([words(text) for text in SEEN]), order=3, min_count=1)


def split(vocabulary: Vocabulary, texts: list[str]) -> list[list[int]]:
    rows, starts = vocabulary.rows(texts)
    ends = [*starts[1:], len(rows)]
    return [sorted(rows[a:b].tolist()) for a, b in zip(starts, ends, strict=True)]


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_rows_of_a_text_do_not_depend_on_its_neighbours(
    vocabulary: Vocabulary, texts: list[str]
) -> None:
    assert split(vocabulary, texts) == [split(vocabulary, [text])[0] for text in texts]


@given(TEXTS)
def test_located_features_are_those_that_count(vocabulary: Vocabulary, text: str) -> None:
    intercept, *rows = split(vocabulary, [text])[0]
    assert intercept == 0
    assert sorted(feature.row for feature in vocabulary.locate(text)) == rows


@given(TEXTS)
def test_features_lie_within_the_text(vocabulary: Vocabulary, text: str) -> None:
    for feature in vocabulary.locate(text):
        assert all(0 <= start < end <= len(text) for start, end in feature.spans)


def test_names_spell_the_features_of_a_known_text(vocabulary: Vocabulary) -> None:
    names = vocabulary.names()
    found = {names[row] for row in split(vocabulary, ["We deny it"])[0]}
    expected = {"we", "deny", "it", "we deny", "deny it", "we deny it"}
    expected |= {f"{START} we", f"{START} we deny", "it <end>", "deny it <end>", INTERCEPT}
    assert found == expected


def test_a_repeated_word_counts_once(vocabulary: Vocabulary) -> None:
    names = vocabulary.names()
    found = [names[row] for row in split(vocabulary, ["deny deny deny"])[0]]
    assert found.count("deny") == 1


def test_an_unknown_word_is_read_by_its_pieces(vocabulary: Vocabulary) -> None:
    names = vocabulary.names()
    found = {names[row] for row in split(vocabulary, ["withdrawn"])[0]}
    assert {"#_wit", "#hdraw"} <= found


def test_a_text_without_words_is_the_wordless_feature(vocabulary: Vocabulary) -> None:
    names = vocabulary.names()
    assert [names[row] for row in split(vocabulary, [" … "])[0]] == [INTERCEPT, WORDLESS]


def test_rare_features_are_left_out() -> None:
    vocabulary = learn_vocabulary(number_words([["a", "b"], ["a", "c"]]), order=2, min_count=2)
    assert set(vocabulary.names()[4:]) == {"a", "<start> a"}


def test_the_order_of_statements_does_not_matter() -> None:
    tokenised = [words(text) for text in SEEN]
    one = learn_vocabulary(number_words(tokenised), order=3, min_count=1)
    other = learn_vocabulary(number_words(tokenised[::-1]), order=3, min_count=1)
    assert one.names() == other.names()


def test_pieces_of_a_long_word_are_distinct() -> None:
    expected = ["_aaa", "aaaa", "aaa_", "_aaaa", "aaaaa", "aaaa_", "_aaaaa", "aaaaaa", "aaaaa_"]
    assert pieces("a" * 1000) == expected


def test_pickling_keeps_the_rows(vocabulary: Vocabulary) -> None:
    split(vocabulary, ["withdrawn"])
    copy = pickle.loads(pickle.dumps(vocabulary))
    assert split(copy, ["we deny the withdrawn"]) == split(vocabulary, ["we deny the withdrawn"])
