from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.articles.speakers import Speakers

PARTS = ["Ana", "Silva", "Silva’s", "’s", "'s", "Mr.", "de", "the", "mayor", "he", ",", "É", "St."]


@pytest.mark.parametrize("mention", ["’s", "’s ’s", "", " "])
def test_what_is_left_of_a_possessive_is_nobody(mention: str) -> None:
    assert Speakers("Ada Obi left.").resolve(mention, 0) is None


@given(st.lists(st.sampled_from(PARTS)).map(" ".join), st.lists(st.sampled_from(PARTS)))
def test_any_mention_is_resolved(text: str, mention: list[str]) -> None:
    speaker = Speakers(text).resolve(" ".join(mention), len(text))
    assert speaker is None or speaker


@pytest.mark.parametrize("mention", ["his lawyer in Geneva", "one of them", "the Oro-based firm"])
def test_a_phrase_that_names_nobody_is_nobody(mention: str) -> None:
    assert Speakers("Ada Obi left.").resolve(mention, 14) is None


def test_whose_remarks_they_are_is_who_a_possessive_means() -> None:
    assert Speakers("Ada Obi left. Her claim burns.").resolve("Her", 14) == "Ada Obi"


@pytest.mark.parametrize(
    ("text", "mention", "speaker"),
    [
        ("Ulf Bruck won.", "The Austrian", "Ulf Bruck"),
        ("Rory Meikle was booked.", "the defender", "Rory Meikle"),
        ("Mr Joe Obi met us.", "the actress", None),
        ("Joe Obi left. But Shelley, 35, stayed.", "she", "Shelley"),
        ("Jaxon Reed left. But Jaxon, 37, stayed.", "he", "Jaxon Reed"),
        ("Joan Hart is old. Her son Neil left.", "he", "Neil"),
        ("Joan Hart is old.", "Her son Neil, a joiner", "Neil"),
        ("Joe Obi fled.", "Obi’s wife Sunanda", "Sunanda"),
        ("Joe Obi’s wife Sunanda fled.", "the 31-year-old", "Sunanda"),
        ("A 31-year-old met Joe Obi.", "the 31-year-old", None),
        ("Tobias Renshaw KC rose.", "Mr Renshaw", "Tobias Renshaw"),
        ("Marc de Witte left.", "De Witte", "Marc de Witte"),
        ("It rained.", "the emergencies ministry", "emergencies ministry"),
        ("It rained.", "the ministry", None),
        ("It rained.", "Survivors", None),
        ("It rained.", "Sources in the ministry", None),
        ("It rained.", "the star", None),
        ("It rained.", "A source at Channel Six", None),
        ("It rained.", "a U.N. monitor", None),
        ("It rained.", "A spokesman for Oro Foods", "spokesman for Oro Foods"),
        ("Maj. Gen. Rustam Aliyar rose.", "Aliyar", "Rustam Aliyar"),
        ("Attorney-General Peta Sim rose.", "Sim", "Peta Sim"),
        ("Attorney-General Peta Sim rose.", "It", None),
        ("Engineer P.K. Barua left.", "Mr. Barua", "P.K. Barua"),
        ("Steph Laidlaw won.", "the former England international", "Steph Laidlaw"),
        ("The star's mum Pauline left.", "she", "Pauline"),
        ("Ned Tarrant left.", "Mr Tarrant's wife, Jan", "Jan"),
        ("Alain stayed.", "he", "Alain"),
        ("Virginia stayed.", "she", None),
        ("It rained.", "the Oro Falls, Ohio-based company", None),
    ],
)
def test_who_is_meant_by_what_they_are(text: str, mention: str, speaker: str | None) -> None:
    assert Speakers(f"{text} {mention}").resolve(mention, len(text) + 1) == speaker


def test_the_agency_is_the_body_that_spoke_last() -> None:
    speakers = Speakers("The Department of Fires and the agency spoke.")
    speakers.resolve("The Department of Fires", 0)
    assert speakers.resolve("the agency", 28) == "Department of Fires"


def test_a_body_is_no_he() -> None:
    speakers = Speakers("The Tax Foundation and he spoke.")
    speakers.resolve("The Tax Foundation", 0)
    assert speakers.resolve("he", 23) is None


@pytest.mark.parametrize(
    ("text", "mention", "speaker"),
    [
        ("Ana Silva, the mayor of Oro, rose.", "the mayor", "Ana Silva"),
        ("Ana Silva, mayor of Oro, rose.", "The mayor", "Ana Silva"),
        ("Tom Hale, 34, a farmer from Lund, rose.", "the farmer", "Tom Hale"),
        ("Joe Bell, Oro Foods’ chief executive, rose.", "the chief executive", "Joe Bell"),
        ("The club’s manager, Dan Hurst, rose.", "the club’s manager", "Dan Hurst"),
        ("The Minister of Aviation, Chief Emeka Bello, rose.", "the minister", "Emeka Bello"),
        ("We met bus driver Kofi Mensah. The bus left.", "the driver", "Kofi Mensah"),
        ("Ana Silva, the mayor, met Joe Bell, the governor.", "the mayor", "Ana Silva"),
        ("Ana Silva, a nurse, met Joe Bell, a nurse.", "the nurse", None),
        ("A farmer, Tom Hale, rose. Another farmer left.", "the farmer", None),
        ("Ana Silva, the vice president, rose.", "the president", None),
        ("Former mayor Ana Silva rose.", "the mayor", None),
        ("After a talk with Joe Bell, the mayor left.", "the mayor", None),
        ("The AG, Ana Silva, rose.", "The AG", "AG"),
    ],
)
def test_a_role_is_who_is_said_to_have_it(text: str, mention: str, speaker: str | None) -> None:
    assert Speakers(f"{text} {mention}").resolve(mention, len(text) + 1) == speaker


def test_who_stands_before_a_comma_and_a_role_without_one_behind_is_somebody_else() -> None:
    text = "After a talk with Joe Bell, the mayor said no."
    assert Speakers(text).resolve("the mayor", text.index("the")) is None
