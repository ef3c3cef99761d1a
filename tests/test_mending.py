"""Rules of attribution by themselves, on readings such as a model may give."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stance.articles.clause_mending import mended_clause
from stance.articles.coordination import coordinated
from stance.articles.mending import mended
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
        (
            "Silva said afterwards that it burned.",
            "said",
            "afterwards that it burned",
            "that it burned",
        ),
        (
            "Silva argued for a decade that it burned.",
            "argued",
            "a decade that it burned",
            "that it burned",
        ),
        (
            "Silva said it rained, and that it burned, too.",
            "said",
            "it rained",
            "it rained, and that it burned, too",
        ),
        (
            "Silva urged us to wait, and the cars swept off.",
            "urged",
            "us to wait, and the cars swept off",
            "us to wait",
        ),
        (
            "Silva urged us to free Obi, Ada, and the others.",
            "urged",
            "us to free Obi, Ada, and the others",
            "us to free Obi, Ada, and the others",
        ),
        (
            "Silva said she would stay, though she stopped short of calling for it.",
            "said",
            "she would stay, though she stopped short of calling for it",
            "she would stay",
        ),
    ],
)
def test_a_clause_begins_and_ends_where_its_words_tell(
    text: str, cue: str, read: str, expected: str
) -> None:
    sentence = only(text)
    found = mended_clause(sentence, reading(sentence, cue, read)).content
    assert shown(sentence, found) == " ".join(only(expected).words)


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
        ("The actress last night said it burned.", "The actress last night", "The actress"),
        ("Silva, defending, said it burned.", "Silva, defending", "Silva"),
        ("Opening the case, Joe Obi said it burned.", "Opening the case, Joe Obi", "Joe Obi"),
        (
            "Obi confirmed it, while the referees’ body said it burned.",
            "Obi confirmed it, while the referees’ body",
            "the referees’ body",
        ),
        (
            "Obi replied to most but in a statement said it burned.",
            "Obi replied to most but",
            "Obi",
        ),
        ("She fumed on Friday and said it burned.", "She fumed on Friday", "She"),
        ("De Witte said it burned.", "Witte", "De Witte"),
        ("Harrow & Pell said it burned.", "Pell", "Harrow & Pell"),
        (
            "But friends of Obi hit back and said it burned.",
            "But friends of Obi hit back",
            "friends of Obi",
        ),
        ("Obi has for months said it burned.", "Obi has for months", "Obi"),
        ("Obi hasn’t said it burned.", "Obi hasn’t", "Obi"),
        (
            "A spokeswoman for Harrow & Pell said it burned.",
            "Pell",
            "spokeswoman for Harrow & Pell",
        ),
    ],
)
def test_a_speaker_begins_and_ends_where_its_words_tell(
    text: str, read: str, expected: str
) -> None:
    sentence = only(text)
    found = source_span(sentence, reading(sentence, "said", "it burned", read))
    assert found is not None
    assert " ".join(only(text[slice(*found)]).words) == expected


def test_there_is_nobody() -> None:
    sentence = only("There were cries that it burned.")
    assert source_span(sentence, reading(sentence, "cries", "it burned", "There")) is None


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
        ("Silva requested anonymity.", "requested", "anonymity"),
        ("A car slammed into a wall.", "slammed", "into a wall"),
        ("Alain did not want to give his surname.", "want", "to give his surname"),
        ("When I called him, he was polite.", "called", "he was polite"),
        ("She however said it burned.", "however", "it burned"),
        ("His manager agreed.", "agreed", "His"),
    ],
)
def test_nothing_is_said(text: str, cue: str, content: str) -> None:
    sentence = only(text)
    assert says_nothing(sentence, sentence.words.index(cue), *span(sentence, content), trust=1.0)


@pytest.mark.parametrize(
    ("text", "cue", "content", "nothing"),
    [
        ("Silva opened the gate.", "opened", "the gate", True),
        ("Oro recalled its envoy.", "recalled", "its envoy", True),
        ("Silva praised the plan.", "praised", "the plan", False),
        ("Silva recalled that it burned.", "recalled", "that it burned", False),
        ("Silva recalled “a fire”.", "recalled", "“a fire”", False),
        ("Silva feared they lied.", "feared", "they lied", False),
    ],
)
def test_a_thing_is_said_by_those_verbs_alone_that_do_a_stance(
    text: str, cue: str, content: str, nothing: bool
) -> None:
    sentence = only(text)
    cue_at = sentence.words.index(cue)
    assert says_nothing(sentence, cue_at, *span(sentence, content), trust=0.3) == nothing


def test_a_thing_that_is_surely_said_is_said() -> None:
    sentence = only("Oro wants a new bridge.")
    at = sentence.words.index("wants")
    assert not says_nothing(sentence, at, *span(sentence, "a new bridge"), trust=0.5)


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


def test_what_one_does_as_another_reports_is_no_part_of_that() -> None:
    sentence = only("Oro recalls its envoy as Karvia accuses it of theft.")
    first = reading(sentence, "recalls", "its envoy as Karvia accuses it of theft", "Oro")
    second = reading(sentence, "accuses", "it of theft", "Oro recalls its envoy as Karvia")
    one, other = coordinated("", sentence, [first, second])
    assert (shown(sentence, one.content), shown(sentence, other.speaker)) == ("its envoy", "Karvia")


def test_what_somebody_was_told_by_somebody_is_not_what_the_sentence_says() -> None:
    sentence = only("Silva said he'd been told as much by the referee.")
    read = mended_passive(sentence, reading(sentence, "told", "the referee", "Silva"))
    assert read.content is None


def test_a_verb_before_and_said_reports_what_stands_between() -> None:
    sentence = only("Karvia’s Defence Ministry denied involvement and said a rocket fell.")
    first = reading(sentence, "denied", "a rocket fell", "Karvia’s Defence Ministry")
    second = reading(sentence, "said", "a rocket fell", "Karvia’s")
    weak = replace(first, probability=0.2, trust=0.1)
    one, other = coordinated("", sentence, [weak, replace(second, speaker_score=-1.0)])
    assert shown(sentence, one.content) == "involvement"
    assert one.trust >= 0.5
    assert other.speaker == first.speaker


def test_a_threat_that_is_added_stands_behind_its_verb() -> None:
    sentence = only("It rained all day, Silva said, threatening to strike on Monday.")
    first = reading(sentence, "said", "It rained all day", "Silva")
    second = reading(sentence, "threatening", "It rained all day")
    _, other = coordinated("", sentence, [first, second])
    assert shown(sentence, other.content) == "to strike on Monday"
    assert shown(sentence, other.speaker) == "Silva"


@pytest.mark.parametrize(
    ("text", "cue", "read", "speaker", "expected"),
    [
        (
            "The work was done, Ada Obi said, adding that it was safe.",
            "said",
            "that it was safe",
            "Ada Obi",
            "The work was done",
        ),
        (
            "The work was done, a man said in a statement, adding that it was safe.",
            "said",
            "that it was safe",
            "a man",
            "The work was done",
        ),
        (
            "Profits rose, the Oro Falls, Ohio-based company said.",
            "said",
            "Profits rose, the Oro Falls",
            "the Oro Falls , Ohio-based company",
            "Profits rose",
        ),
        (
            "According to Obi, the report showed that it burned.",
            "According",
            "that it burned",
            "Obi",
            "the report showed that it burned",
        ),
        (
            "According to Obi, the mayor, it burned down.",
            "According",
            "it burned down",
            "Obi, the mayor",
            "it burned down",
        ),
        ("Silva was told to leave it.", "told", "it", None, "to leave it"),
        (
            "It was, in the words of one aide, “a joke”.",
            "was",
            "“a joke”",
            "one aide",
            "“a joke”",
        ),
    ],
)
def test_a_sentence_is_read_as_its_words_tell(
    text: str, cue: str, read: str, speaker: str | None, expected: str
) -> None:
    sentence = only(text)
    found = mended(text, sentence, reading(sentence, cue, read, speaker))
    assert shown(sentence, found.content) == " ".join(only(expected).words)
    assert found.speaker == (None if speaker is None else span(sentence, speaker))


def test_whom_one_tells_to_do_something_is_no_part_of_it() -> None:
    sentence = only("Silva told Joe Obi to drop the claim that it burned.")
    read = mended("", sentence, reading(sentence, "told", "that it burned", "Silva"))
    assert shown(sentence, read.content) == "to drop the claim that it burned"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "It may reopen on Monday, people familiar with the plan said.",
            "people familiar with the plan",
        ),
        ("A manager turned off the alarms, a court heard.", "a court"),
        ("A manager turned off the alarms, the jury was told.", None),
    ],
)
def test_a_tag_at_the_end_needs_no_name(text: str, speaker: str | None) -> None:
    sentence = only(text)
    read_as = (speaker or "the jury was").rsplit(" ", 1)[0]
    read = mended("", sentence, reading(sentence, sentence.words[-2], read_as))
    assert shown(sentence, read.speaker) == speaker
    assert shown(sentence, read.content) == text.split(",", maxsplit=1)[0]
