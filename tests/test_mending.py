"""Rules of attribution by themselves, on readings such as a model may give."""

from __future__ import annotations

import pytest

from stance.articles.clause_mending import mended_clause
from stance.articles.coordination import coordinated
from stance.articles.model import Reading
from stance.articles.nothing_said import says_nothing
from stance.articles.passives import mended_passive
from stance.articles.sentences import Sentence, article_sentences
from stance.articles.sources import source_span


def only(text: str) -> Sentence:
    (sentence,) = article_sentences(text)
    return sentence


def span(sentence: Sentence, words: str) -> tuple[int, int]:
    """Where some words stand in a sentence."""
    wanted = [token.text for token in only(words).tokens]
    starts = range(len(sentence.words) - len(wanted) + 1)
    at = next(i for i in starts if sentence.words[i : i + len(wanted)] == wanted)
    return at, at + len(wanted) - 1


def reading(sentence: Sentence, cue: str, content: str, speaker: str | None = None) -> Reading:
    who = None if speaker is None else span(sentence, speaker)
    return Reading(sentence.words.index(cue), 0.9, span(sentence, content), 5.0, who, 1.0, 0.9)


def shown(sentence: Sentence, part: tuple[int, int] | None) -> str | None:
    return None if part is None else " ".join(sentence.words[part[0] : part[1] + 1])


@pytest.mark.parametrize(
    ("text", "cue", "read", "expected"),
    [
        (
            "Silva said outside court that it burned.",
            "said",
            "outside court that it burned",
            "that it burned",
        ),
        (
            "Silva said in Oro it was not that bad.",
            "said",
            "in Oro it was not that bad",
            "in Oro it was not that bad",
        ),
        ("Silva told the court Obi had known about it.", "told", "it", "Obi had known about it"),
        ("Silva told the court of it.", "told", "it", "it"),
        ("Silva denied knowing about the loss.", "denied", "the loss", "knowing about the loss"),
        (
            "Silva denied the charge and walked out.",
            "denied",
            "the charge and walked out",
            "the charge",
        ),
        (
            "Silva denied murder and attempted murder.",
            "denied",
            "murder and attempted murder",
            "murder and attempted murder",
        ),
        (
            "Silva pledged to cap and reduce it.",
            "pledged",
            "to cap and reduce it",
            "to cap and reduce it",
        ),
        ("A man accused of murder walked free.", "accused", "murder walked free", "murder"),
    ],
)
def test_a_clause_begins_and_ends_where_its_words_tell(
    text: str, cue: str, read: str, expected: str
) -> None:
    sentence = only(text)
    assert (
        shown(sentence, mended_clause(sentence, reading(sentence, cue, read)).content) == expected
    )


@pytest.mark.parametrize(
    ("text", "read", "expected"),
    [
        ("It comes after Silva said it burned.", "It comes after Silva", "Silva"),
        (
            "Obi wept for a very long time when Silva said it burned.",
            "Obi wept for a very long time when Silva",
            "Silva",
        ),
        ("On Friday Silva said it burned.", "On Friday Silva", "Silva"),
        ("A source close to the board said it burned.", "the board", "A source close to the board"),
        ("Oro Foods (ORO: LSX) said it burned.", "LSX )", "Oro Foods"),
        ("Oro Foods, Inc. said it burned.", "Inc", "Oro Foods , Inc"),
        ("Its chair, Sir Joe Obi, said it burned.", "Its chair", "Its chair , Sir Joe Obi"),
        ("Silva declined to said it burned.", "Silva declined to", "Silva"),
        ("Silva met Obi when he said it burned.", "Silva met Obi when he", "he"),
    ],
)
def test_a_speaker_begins_and_ends_where_its_words_tell(
    text: str, read: str, expected: str
) -> None:
    sentence = only(text)
    found = source_span(sentence, reading(sentence, "said", "it burned", read))
    assert found is not None
    assert " ".join(only(text[slice(*found)]).words) == expected


def test_what_stands_between_two_verbs_is_what_the_first_reports() -> None:
    sentence = only("The firm denied wrongdoing and said it won.")
    first = reading(sentence, "denied", "it won", "The firm")
    second = reading(sentence, "said", "it won", "The firm denied wrongdoing and")
    one, other = coordinated("", sentence, [first, second])
    assert shown(sentence, one.content) == "wrongdoing"
    assert shown(sentence, other.speaker) == "The firm"


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        (
            "An aide asked not to be named for fear of it.",
            "asked",
            "not to be named for fear of it",
        ),
        ("Silva spoke at a rally.", "spoke", "a rally"),
        ("The claims were false.", "claims", "were false"),
        ("On Friday, Silva testified.", "testified", "On Friday"),
        ("Silva would not say.", "say", "Silva"),
    ],
)
def test_nothing_is_said(text: str, cue: str, content: str) -> None:
    sentence = only(text)
    assert says_nothing(sentence, sentence.words.index(cue), *span(sentence, content))


@pytest.mark.parametrize(
    ("text", "cue", "content", "speaker"),
    [
        ("Silva was accused by Obi of lying.", "accused", "by Obi of lying", "Obi"),
        ("Silva was urged to leave by Friday.", "urged", "to leave by Friday", None),
        ("Silva was told to go by train.", "told", "to go by train", None),
        (
            "Silva has been accused of lying by the board.",
            "accused",
            "of lying by the board",
            "the board",
        ),
    ],
)
def test_who_does_what_somebody_suffers(
    text: str, cue: str, content: str, speaker: str | None
) -> None:
    sentence = only(text)
    read = mended_passive(sentence, reading(sentence, cue, content, "Silva"))
    assert shown(sentence, read.speaker) == speaker
