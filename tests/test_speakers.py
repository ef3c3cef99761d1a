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
