from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.model import StanceModel

ANY_TEXT = st.text(st.characters(exclude_categories=()))
NASTY = {
    "empty": "",
    "blank": " \t\n",
    "no words": "… — 🙂",
    "emoji": "We 🙂 deny 👩‍👩‍👧 it",
    "other script": "Мы отрицаем это. 我们否认。 ننفي ذلك",
    "control characters": "we\x00 deny\x1b[31m it\x7f",
    "lone surrogates": "we \ud800 deny \udfff it",
    "combining marks": "d" + "\u0301" * 10_000,
    "bidirectional": "\u202ewe deny\u202c",
    "curly": "‘We’ “didn’t” do it",
    "long": "we deny it and they lied " * 40_000,
    "one megabyte of one character": "a" * 2**20,
    "one megabyte of one mark": "?" * 2**20,
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_any_text_has_probabilities(bundled: StanceModel, text: str) -> None:
    probabilities = bundled.predict_proba([text])
    assert np.isfinite(probabilities).all()
    assert probabilities.sum() == pytest.approx(1, abs=1e-9)


@given(ANY_TEXT)
def test_label_is_the_most_probable(bundled: StanceModel, text: str) -> None:
    p = bundled.label(text)
    assert p.label == max(p.probabilities, key=p.probabilities.__getitem__)


@settings(deadline=None)
@given(st.lists(ANY_TEXT, max_size=8), ANY_TEXT)
def test_batch_equals_single_bit_for_bit(
    bundled: StanceModel, others: list[str], text: str
) -> None:
    alone = bundled.predict_proba([text])[0]
    assert bundled.predict_proba([*others, text])[-1].tobytes() == alone.tobytes()


def test_large_batch_equals_single_bit_for_bit(bundled: StanceModel) -> None:
    texts = [
        f"{a} {b} {c}" for a in NASTY["curly"].split() for b in "we they".split() for c in "abcdef"
    ]
    texts = [f"{text} {i}" for i in range(60) for text in texts]
    batch = bundled.predict_proba(texts)
    alone = np.vstack([bundled.predict_proba([text]) for text in texts])
    assert batch.tobytes() == alone.tobytes()


def test_order_of_rows_does_not_matter(model: StanceModel) -> None:
    texts = ["They lied.", "", "Maybe so.", "We deny it."]
    assert (model.predict_proba(texts)[::-1] == model.predict_proba(texts[::-1])).all()


def test_no_text_is_cut(model: StanceModel) -> None:
    long = "today " * 200_000
    assert (model.decision_function([long]) != model.decision_function([long + "they lied"])).any()


def test_predict_gives_an_array_of_labels(model: StanceModel) -> None:
    labels = model.predict(iter(["They lied to the committee.", "We deny every word of it."]))
    assert labels.tolist() == ["accusation", "denial"]


def test_columns_are_the_labels(model: StanceModel) -> None:
    best = model.predict_proba(["Thank you all."]).argmax(axis=1)
    assert model.classes_[best].tolist() == model.predict(["Thank you all."]).tolist()


def test_no_statements_give_no_rows(model: StanceModel) -> None:
    assert model.predict_proba([]).shape == (0, 5)
    assert model.label([]) == []


def test_wordless_text_is_other_with_the_documented_probability(model: StanceModel) -> None:
    p = model.label(" … ")
    assert p.label == "other"
    assert p.probabilities["other"] == pytest.approx(0.99, abs=0.001)


@pytest.mark.parametrize("text", ["They lied!", "", "unseen zyzzyva, they lied; they lied", "?!"])
@pytest.mark.parametrize("label", ["accusation", "other"])
def test_contributions_add_up_to_the_score(model: StanceModel, text: str, label: str) -> None:
    e = model.explain(text, label)
    assert e.intercept + sum(c.weight for c in e.contributions) == e.score
    assert e.score == model.decision_function([text])[0, model.labels.index(label)]


@given(ANY_TEXT)
def test_contributions_add_up_for_any_text(bundled: StanceModel, text: str) -> None:
    e = bundled.label(text).explain()
    assert e.intercept + sum(c.weight for c in e.contributions) == e.score


def test_explaining_an_unknown_label_says_which_there_are(model: StanceModel) -> None:
    with pytest.raises(ValueError, match="'praise' is not one of accusation, denial"):
        model.explain("We deny it.", "praise")


def test_other_has_no_stances(model: StanceModel) -> None:
    assert model.label("Thank you all for coming today.").stances == ()


def test_the_label_is_the_first_of_the_stances(model: StanceModel) -> None:
    p = model.label("They lied to the committee.")
    assert p.stances[0] == p.label == "accusation"


def test_a_second_stance_shows_above_its_threshold(model: StanceModel) -> None:
    eager = StanceModel(
        model.labels, model.vocabulary, model.weights, model.precision, {"threat": 0.0}
    )
    assert eager.label("They lied to the committee.").stances == ("accusation", "threat")


def test_threads_agree(model: StanceModel) -> None:
    texts = ["They lied to them all.", "unheard-of words", ""] * 50
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(model.predict_proba, [texts] * 16))
    assert all((result == results[0]).all() for result in results)


def test_a_model_survives_pickling(model: StanceModel) -> None:
    copy = pickle.loads(pickle.dumps(model))
    assert (copy.predict_proba(["They lied."]) == model.predict_proba(["They lied."])).all()
