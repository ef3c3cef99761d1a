from __future__ import annotations

import csv
import math
from dataclasses import replace
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stance
from stance.classifier import StanceClassifier
from stance.engine.batches import Engine
from stance.engine.lookup import build_lookup
from stance.engine.plain import Parts, plain_scores
from stance.features import Vocabulary
from stance.filters import quantise
from stance.model import StanceModel
from stance.robustness.peers import PEERS
from stance.text import words

from .conftest import LABELS, ROOT, TEXTS, small_model

# Words that are not ASCII, known ones among them.
NAMED = ["Peru lied to García.", "Today García will come."]
FOREIGN = ["señor", "SEÑOR", "señores", "naïve", "café"]
WORDS = sorted({word for text in TEXTS for word in words(text)})
# What texts are made of: known words, parts of words, and all that a tokeniser may trip over.
ODDMENTS = [
    *WORDS,
    *FOREIGN,
    *("Peru", "FRANCE", "garcía", "López", "Oksana"),
    *("WE", "Deny", "didn't", "didn’t", "'", "''", "’", "‘", "ʼ", "＇", "?", "!", "?!", "_", "-"),
    *("withdrawal", "zyzzyva", "antidisestablishmentarianism", "a" * 40, "é", "İ", "ß", "Σ", "ΑΣ"),
    *("\x00", "\n", "\u2028", "\ud800", "🙂", "Ⓐ", "\u212a", "ﬁ", "٣", "½", "日本", "e\u0301"),
]
PATCHWORK = st.lists(st.tuples(st.sampled_from(ODDMENTS), st.sampled_from(["", " ", "  ", "’"])))
ANY_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.text(st.characters(max_codepoint=127)),
    PATCHWORK.map(lambda parts: "".join(word + gap for word, gap in parts)),
)


LONG = {
    "words": "we deny it and they lied " * 40_000,
    "unknown words": " ".join(f"unheard{i}" for i in range(20_000)),
    "letters": "a" * 2**20,
    "marks": "?" * 100_000,
    "two chunks": "x" * 2**21,
    "apostrophes": "d’" * 50_000,
}


@cache
def parts_of(*, filters: bool) -> Parts:
    texts = [*TEXTS, "Señor, we deny it.", "The señor lied.", "Naïve, maybe so.", *NAMED]
    labels = [*LABELS, "denial", "accusation", "hedge", "accusation", "other"]
    classifier = StanceClassifier(min_count=1, alpha=0.001, calibration_folds=0, peers_alike=True)
    model = classifier.fit(texts, labels).model_
    soft = None
    if filters:
        rng = np.random.default_rng(1)
        shapes = [(model.vocabulary.word_count + 1, 16), (3, 16, 12), (12,), (12, 5)]
        soft = quantise(*(rng.normal(size=shape) * 0.3 for shape in shapes))
    return Parts(model.vocabulary, model.weights, model.precision, soft, model.pivot)


@cache
def bundled_parts() -> Parts:
    model = stance.load()
    return Parts(model.vocabulary, model.weights, model.precision, model.filters, model.pivot)


def engine_of(parts: Parts) -> Engine:
    lookup = build_lookup(parts.vocabulary)
    assert lookup is not None
    return Engine(parts, lookup)


@cache
def small_engine(*, filters: bool) -> Engine:
    return engine_of(parts_of(filters=filters))


@cache
def bundled_engine() -> Engine:
    return engine_of(bundled_parts())


@pytest.mark.parametrize("filters", [False, True])
@settings(deadline=None)
@given(texts=st.lists(ANY_TEXT, min_size=1, max_size=8))
def test_the_engine_scores_as_the_plain_way_does(filters: bool, texts: list[str]) -> None:
    engine, plain = small_engine(filters=filters), plain_scores(parts_of(filters=filters), texts)
    assert engine.scores(texts).tobytes() == plain.tobytes()
    assert [engine.score(text) for text in texts] == plain.tolist()


@settings(deadline=None)
@given(st.lists(ANY_TEXT, min_size=1, max_size=8))
def test_the_engine_scores_any_text_as_the_bundled_model_does(texts: list[str]) -> None:
    plain = plain_scores(bundled_parts(), texts)
    assert bundled_engine().scores(texts).tobytes() == plain.tobytes()
    assert [bundled_engine().score(text) for text in texts] == plain.tolist()


def test_the_engine_scores_the_dataset_as_the_plain_way_does() -> None:
    with (ROOT / "datasets" / "statements.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    plain = plain_scores(bundled_parts(), texts)
    assert bundled_engine().scores(texts).tobytes() == plain.tobytes()


@pytest.mark.parametrize(
    "text",
    LONG.values(),
    ids=LONG,
)
def test_long_texts_score_alike(text: str) -> None:
    engine, texts = small_engine(filters=True), ["They lied.", text, "", text, "We deny it."]
    plain = plain_scores(parts_of(filters=True), texts)
    assert engine.scores(texts).tobytes() == plain.tobytes()
    assert engine.score(text) == plain[1].tolist()


def test_a_model_scores_alike_before_and_after_it_builds_tables() -> None:
    model = replace(small_model())
    few = model.decision_function(TEXTS)
    many = model.decision_function(TEXTS * 200)
    assert np.array_equal(np.tile(few, (200, 1)), many)
    assert np.array_equal(model.decision_function(TEXTS), few)


def test_no_texts_have_no_scores() -> None:
    assert small_engine(filters=True).scores([]).shape == (0, 5)


def test_runs_that_come_twice_leave_a_model_to_the_plain_way(model: StanceModel) -> None:
    vocabulary = model.vocabulary
    runs = np.concatenate([vocabulary.runs, vocabulary.runs[:1]])
    assert build_lookup(Vocabulary(vocabulary.terms, runs, vocabulary.order)) is None


def test_runs_of_pieces_are_never_found(model: StanceModel) -> None:
    vocabulary = model.vocabulary
    piece = vocabulary.word_count
    runs = np.concatenate([vocabulary.runs, np.array([[4, piece], [piece, 4]], dtype=np.int32)])
    strange = Vocabulary(vocabulary.terms, runs, vocabulary.order)
    parts = Parts(strange, np.ones((len(strange), 5), np.int16), 1, None)
    texts = [" ".join([WORDS[0], "unheard", WORDS[0]]), " ".join(WORDS)]
    assert engine_of(parts).scores(texts).tobytes() == plain_scores(parts, texts).tobytes()


def by_definition(parts: Parts, text: str) -> list[float]:
    """Scores without filters, by dictionaries and fractions."""
    vocabulary = parts.vocabulary
    row_of = {name: row for row, name in enumerate(vocabulary.names())}
    symbols = {word: symbol for symbol, group in PEERS.items() for word in group}
    found = [symbols.get(word, word) for word in words(text)] or ["<wordless>"]
    bounded = ["<start>", *found, "<end>"]
    names = {
        " ".join(bounded[i : i + n])
        for n in range(1, vocabulary.order + 1)
        for i in range(len(bounded) - n + 1)
    }
    rows = [row_of[name] for name in names - {"<start>", "<end>"} if name in row_of]
    for word in set(found) - set(vocabulary.terms[: vocabulary.word_count]):
        cuts = {f"_{word}_"[i : i + n] for n in (4, 5, 6) for i in range(len(word) + 3 - n)}
        rows += [row_of[f"#{cut}"] for cut in cuts if f"#{cut}" in row_of]
    tokens = min(len(bounded), 1024)
    scale = Fraction(round(math.sqrt((parts.pivot + 10) / (tokens + 10)) * 1024), 1024)
    intercept, sums = (parts.weights[some].sum(axis=0, dtype=int).tolist() for some in ([0], rows))
    unit = Fraction(1, 2**parts.precision)
    return [float((a + b * scale) * unit) for a, b in zip(intercept, sums, strict=True)]


@settings(deadline=None)
@given(ANY_TEXT)
def test_the_plain_way_scores_by_definition(text: str) -> None:
    parts = parts_of(filters=False)
    assert plain_scores(parts, [text])[0].tolist() == by_definition(parts, text)
