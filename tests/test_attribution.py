from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from stance.articles.attribution import attributions
from stance.articles.model import AttributionModel, Floats, Reading
from stance.articles.passage import Passage
from stance.articles.sentences import Span
from stance.bundled import load_attribution

TEXT = "“It was long,” Silva said, claiming that Obi lied. “Nobody slept at all.”"
QUOTED = Reading(2, 0.9, (0, 0), 5.0, (1, 1), 5.0, 0.9)
REPORTED = Reading(4, 0.9, (5, 7), 5.0, (1, 1), 5.0, 0.9)


class Fixed(AttributionModel):
    """A model that reads the first sentence of an article as it is told."""

    def told(self, *readings: Reading) -> Fixed:
        object.__setattr__(self, "_told", readings)
        return self

    def cue_probabilities(self, passage: Passage) -> Floats:
        probabilities = np.zeros(len(passage.word))
        for reading in self._told:  # type: ignore[attr-defined]
            probabilities[passage.offsets[0] + reading.cue] = reading.probability
        return probabilities

    def readings(self, *_: object) -> list[Reading]:  # type: ignore[override]
        return list(self._told)  # type: ignore[attr-defined]


@pytest.fixture
def model() -> Fixed:
    bundled = load_attribution()
    return Fixed(**{name: getattr(bundled, name) for name in bundled.__dataclass_fields__})


def contents(text: str, model: Fixed) -> list[list[str]]:
    return [[text[slice(*span)] for span in one.content] for one in attributions(text, model)]


def test_a_quotation_goes_on_over_what_is_hardly_reported(model: Fixed) -> None:
    model = model.told(QUOTED, replace(REPORTED, trust=0.3))
    assert contents(TEXT, model) == [["It was long", "Nobody slept at all."]]


def test_a_quotation_does_not_go_on_over_another_statement(model: Fixed) -> None:
    model = model.told(QUOTED, REPORTED)
    assert contents(TEXT, model) == [
        ["It was long"],
        ["that Obi lied"],
        ["Nobody slept at all."],
    ]


def test_what_is_not_trusted_is_no_statement(model: Fixed) -> None:
    model = model.told(QUOTED, replace(REPORTED, trust=0.1))
    assert contents(TEXT, model) == [["It was long", "Nobody slept at all."]]


def test_a_fragment_that_is_hardly_reported_is_a_statement_with_its_clause(model: Fixed) -> None:
    model = model.told(Reading(1, 0.3, (2, 4), 5.0, (0, 0), 5.0, 0.1))
    text = "Silva knew that Obi “would say anything at all.”"
    assert contents(text, model) == [["that Obi “would say anything at all.”"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Silva now hosts “Night Talk With Silva.”", []),
        ("Silva said: “Stop Them Right Now.”", [["Stop Them Right Now."]]),
        ("Silva told reporters “Stop Them Right Now.”", [["Stop Them Right Now."]]),
    ],
)
def test_a_full_stop_inside_does_not_make_a_title_a_statement(
    text: str, expected: list[list[str]], model: Fixed
) -> None:
    assert contents(text, model.told()) == expected


def test_of_two_that_exclude_each_other_the_more_trusted_is_a_statement(model: Fixed) -> None:
    text = "Silva said Obi denied that it rained."
    model = model.told(
        Reading(1, 0.9, (2, 6), 5.0, (0, 0), 5.0, 0.3),
        Reading(3, 0.9, (4, 6), 5.0, (2, 2), 5.0, 0.8),
    )
    assert contents(text, model) == [["that it rained"]]


def test_whoever_is_quoted_has_a_faint_speaker_named_too(model: Fixed) -> None:
    model = model.told(replace(QUOTED, speaker_score=-9.0), replace(REPORTED, speaker_score=-9.0))
    first, second, _ = attributions(TEXT, model)
    assert first.source == (15, 20)
    assert second.source is None


@pytest.mark.parametrize(
    ("text", "read", "expected"),
    [
        ("“We left,” said Obi, who had to stay.", (1, (2, 7), (0, 0)), "Obi"),
        ("“We left,” Obi, a baker, said that evening.", (6, (7, 8), (1, 4)), "Obi, a baker"),
        ("“We left,” Obi told the crowd that evening.", (2, (3, 6), None), "Obi"),
    ],
)
def test_a_quotation_before_a_comma_is_said_by_whoever_the_verb_behind_it_names(
    text: str, read: tuple[int, Span, Span | None], expected: str, model: Fixed
) -> None:
    cue, content, speaker = read
    model = model.told(Reading(cue, 0.9, content, 5.0, speaker, 5.0, 0.3))
    (found,) = attributions(text, model)
    assert text[slice(*found.content[0])] == "We left"
    assert found.source is not None
    assert text[slice(*found.source)] == expected


def test_a_second_verb_behind_a_quotation_has_a_statement_of_its_own(model: Fixed) -> None:
    text = "“We left,” Obi said, adding that it rained."
    model = model.told(
        Reading(2, 0.9, (0, 0), 5.0, (1, 1), 5.0, 0.9),
        Reading(4, 0.9, (5, 7), 5.0, (1, 1), 5.0, 0.9),
    )
    assert contents(text, model) == [["We left"], ["that it rained"]]
