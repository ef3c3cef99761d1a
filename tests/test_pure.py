from __future__ import annotations

import csv
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.engine.plain import Parts, plain_scores
from stance.engine.pure import PureScorer
from stance.model import StanceModel

from .conftest import ROOT, lazy

WORDS = st.sampled_from(
    [
        "they",
        "lied",
        "never",
        "Unlied",
        "brexitings",
        "we'll",
        "will",
        "!",
        "?",
        "0",
        "ÄRA",
        "#ing",
        "…",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(WORDS, max_size=12).map(" ".join))


@pytest.fixture(scope="module")
def pure() -> PureScorer:
    scorer = lazy().pure
    assert scorer is not None
    return scorer


@pytest.fixture(scope="module")
def parts(bundled: StanceModel) -> Parts:
    model = bundled
    return Parts(model.vocabulary, model.weights, model.precision, model.filters, model.pivot)


@given(TEXTS)
def test_any_text_scores_as_the_plain_way_has_it(pure: PureScorer, parts: Parts, text: str) -> None:
    assert pure.score(text) == plain_scores(parts, [text])[0].tolist()


def test_statements_score_as_the_plain_way_has_it(pure: PureScorer, parts: Parts) -> None:
    with (ROOT / "datasets" / "statements.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in islice(csv.DictReader(file), 0, 4000, 40)]
    assert [pure.score(text) for text in texts] == plain_scores(parts, texts).tolist()


@pytest.mark.parametrize("text", ["", "?", "<start>", "a" * 500, "lied " * 300, "\ud800"])
def test_odd_texts_score_as_the_plain_way_has_them(
    pure: PureScorer, parts: Parts, text: str
) -> None:
    assert pure.score(text) == plain_scores(parts, [text])[0].tolist()
