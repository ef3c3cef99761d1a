from __future__ import annotations

import pytest

from stance.articles.coordination import coordinated
from stance.articles.model import Reading
from stance.articles.sentences import article_sentences


def contents(text: str, first: str, second: str, probability: float = 0.9) -> list[str]:
    """What two verbs report, if each is read to the end of its sentence."""
    (sentence,) = article_sentences(text)
    words = [token.text for token in sentence.tokens]
    last = len(words) - 2
    readings = [
        Reading(words.index(verb), 0.9, (words.index(verb) + 1, last), 5.0, (0, 1), 5.0, 0.9)
        for verb in (first, second)
    ]
    readings[1] = Reading(readings[1].cue, probability, readings[1].content, 5.0, None, 0.0, 0.1)
    tokens = sentence.tokens
    return [
        text[tokens[one.content[0]].start : tokens[one.content[1]].end]
        for one in coordinated(text, sentence, readings)
        if one.content is not None
    ]


@pytest.mark.parametrize(
    ("text", "second", "expected"),
    [
        ("Ana Silva said it burns and denied that she left.", "denied", "it burns"),
        ("Ana Silva said it burns, adding that she left.", "adding", "it burns"),
        ("Ana Silva said it is “a joke,” adding that she left.", "adding", "it is “a joke,”"),
        ("Ana Silva said it burns but later told us to leave.", "told", "it burns"),
        ("Ana Silva said they burn it and claim that she left.", "claim", "they burn it"),
    ],
)
def test_a_verb_of_the_same_speaker_ends_what_the_first_reports(
    text: str, second: str, expected: str
) -> None:
    assert contents(text, "said", second)[0] == expected


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Ana Silva said Obi claimed that she left.", "claimed"),
        ("Ana Silva said they burn it and claim she left.", "claim"),
        ("Ana Silva said he burned it and threatened her.", "threatened"),
    ],
)
def test_a_verb_inside_ends_nothing(text: str, second: str) -> None:
    assert contents(text, "said", second)[0] == text.removeprefix("Ana Silva said ")[:-1]


def test_a_doubtful_verb_that_reports_nothing_by_itself_ends_nothing() -> None:
    text = "Ana Silva said it burns and burned the bill."
    assert contents(text, "said", "burned", 0.2)[0] == "it burns and burned the bill"


def test_the_second_verb_has_the_speaker_of_the_first() -> None:
    text = "Ana Silva said it burns, adding that she left."
    (sentence,) = article_sentences(text)
    first = Reading(2, 0.9, (3, 9), 5.0, (0, 1), 5.0, 0.9)
    second = Reading(6, 0.9, (7, 9), 5.0, None, 0.0, 0.1)
    assert coordinated(text, sentence, [first, second])[1].speaker == (0, 1)
