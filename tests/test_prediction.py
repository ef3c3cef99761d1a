from __future__ import annotations

import copy
import pickle
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stance
from stance.explanation import Contribution, Explanation
from stance.model import StanceModel
from stance.prediction import Prediction


class Page(HTMLParser):
    """The tags and the text that a browser would see."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def explanation(text: str, *contributions: Contribution) -> Explanation:
    return Explanation(text, "threat", 0.5, 1.0, 0.0, contributions)


def test_confidence_is_the_probability_of_the_label(model: StanceModel) -> None:
    p = model.label("They lied to the committee.")
    assert p.confidence == p.probabilities["accusation"]


def test_a_prediction_prints_in_one_line(model: StanceModel) -> None:
    assert re.fullmatch(r"accusation \d+%  They lied\.", str(model.label("They lied.")))


def test_an_explanation_prints_the_strongest_first(model: StanceModel) -> None:
    lines = str(model.label("They lied to the committee.").explain()).splitlines()
    weights = [abs(float(line.split()[0])) for line in lines[1:-1]]
    assert weights == sorted(weights, reverse=True)


def test_printed_contributions_add_up(model: StanceModel) -> None:
    e = model.label("They lied to the committee about the dam, and hid the money.").explain()
    shown = sum(float(line.split()[0]) for line in str(e).splitlines()[1:])
    assert e.intercept + shown == pytest.approx(e.score, abs=0.1)


def test_any_label_can_be_explained(model: StanceModel) -> None:
    assert model.label("They lied.").explain("threat").label == "threat"


def test_words_for_the_label_are_green_and_against_it_red() -> None:
    e = explanation(
        "we strike", Contribution("we", -1.0, ((0, 2),)), Contribution("strike", 1.0, ((3, 9),))
    )
    assert re.search(r'rgba\(218,[^"]*">we<', e._repr_html_())
    assert re.search(r'rgba\(46,[^"]*">strike<', e._repr_html_())


def test_the_page_shows_the_statement(model: StanceModel) -> None:
    text = 'They lied & hid <b>the money</b> "again".'
    page = Page(model.label(text)._repr_html_())
    assert text in page.text
    assert page.tags <= {"div", "b", "br", "span"}


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script> they lied", "they <img src=x onerror=y> lied"]
)
def test_markup_in_a_statement_is_inert(model: StanceModel, text: str) -> None:
    assert not Page(model.label(text)._repr_html_()).tags & {"script", "img"}


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_makes_a_page_that_can_be_written(bundled: StanceModel, text: str) -> None:
    page = Page(bundled.label(text)._repr_html_().encode("utf-8").decode("utf-8"))
    assert page.tags <= {"div", "b", "br", "span"}


def test_a_page_says_when_the_model_abstains(model: StanceModel) -> None:
    page = Page(model.label("We strike.", min_confidence=1.0)._repr_html_())
    assert page.text.startswith("unsure")


def test_a_list_prints_a_line_each() -> None:
    shown = str(stance.predict(["We never said that.", "Thank you all."]))
    assert [line.split()[0] for line in shown.splitlines()] == ["denial", "other"]


def test_a_long_list_says_how_much_more_there_is() -> None:
    assert str(stance.predict(["No."] * 25)).endswith("... and 5 more")


def test_a_list_is_a_table_in_a_notebook() -> None:
    page = stance.predict(["<b>No</b>, we never said that."])._repr_html_()  # type: ignore[attr-defined]
    assert "<td>denial</td>" in page
    assert "<b>No" not in page


BATCH = ["We never said that.", "They lied.", "Thank you all.", "", "Maybe they lied?"]


def test_a_batch_holds_what_each_statement_is_given_alone(model: StanceModel) -> None:
    assert model.label(BATCH) == [model.label(text) for text in BATCH]


@pytest.mark.parametrize("copied", [copy.copy, lambda p: pickle.loads(pickle.dumps(p))])
def test_a_prediction_that_nobody_has_looked_at_can_be_copied(
    model: StanceModel, copied: Callable[[Prediction], Prediction]
) -> None:
    (prediction,) = model.label(BATCH[:1])
    again = copied(prediction)
    assert again == model.label(BATCH[0])
    assert again.explain().label == "denial"


def test_a_prediction_that_nobody_has_looked_at_prints_and_changes_as_any(
    model: StanceModel,
) -> None:
    first, second = model.label(BATCH[:1] * 2)
    assert repr(first) == repr(model.label(BATCH[0]))
    assert replace(second, label="hedge").probabilities == first.probabilities


def test_a_prediction_has_no_other_fields(model: StanceModel) -> None:
    (prediction,) = model.label(BATCH[:1])
    assert not hasattr(prediction, "speaker")
    with pytest.raises(FrozenInstanceError):
        prediction.label = "hedge"  # type: ignore[misc]


def test_threads_may_look_at_a_prediction_at_once(model: StanceModel) -> None:
    predictions = model.label(BATCH * 200)
    with ThreadPoolExecutor(8) as pool:
        labels = list(pool.map(lambda _: [p.label for p in predictions], range(8)))
    assert all(some == labels[0] for some in labels)
