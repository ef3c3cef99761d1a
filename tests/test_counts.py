from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from stance.features import Vocabulary
from stance.learning.counts import count_matrix, feature_scales, learn_vocabulary, spelling
from stance.learning.run_counts import Words, number_words

# "usual" stands in one text of a hundred, "rare" in one of eight hundred.
TEXTS = [["usual"]] * 8 + [["rare"]] + [["common"]] * 791


@pytest.fixture(scope="module")
def numbered() -> Words:
    return number_words(TEXTS)


@pytest.fixture(scope="module")
def vocabulary(numbered: Words) -> Vocabulary:
    return learn_vocabulary(numbered, order=1, min_count=1)


@pytest.fixture(scope="module")
def scales(numbered: Words, vocabulary: Vocabulary) -> NDArray[np.float64]:
    return feature_scales(count_matrix(vocabulary, numbered), spelling(vocabulary), vocabulary)


def _scale(name: str, vocabulary: Vocabulary, scales: NDArray[np.float64]) -> float:
    return float(scales[vocabulary.names().index(name)])


def test_a_word_of_one_text_in_a_hundred_is_not_scaled(
    vocabulary: Vocabulary, scales: NDArray[np.float64]
) -> None:
    assert _scale("usual", vocabulary, scales) == pytest.approx(1.0)


def test_a_word_eight_times_as_rare_has_twice_the_scale(
    vocabulary: Vocabulary, scales: NDArray[np.float64]
) -> None:
    assert _scale("rare", vocabulary, scales) == pytest.approx(2.0)


def test_a_piece_has_half_the_scale_of_a_word_as_rare(
    vocabulary: Vocabulary, scales: NDArray[np.float64]
) -> None:
    assert _scale("#usua", vocabulary, scales) == pytest.approx(0.5)


def test_a_word_brings_its_pieces_along(vocabulary: Vocabulary) -> None:
    names = vocabulary.names()
    row = spelling(vocabulary)[[names.index("rare")]].toarray()[0]
    assert row[names.index("#rare")] == 1
