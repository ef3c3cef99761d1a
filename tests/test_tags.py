from __future__ import annotations

import pytest

from stance.articles.sentences import article_sentences
from stance.articles.tags import signature_behind, tag_behind


def tag(text: str) -> tuple[str, str] | None:
    found = tag_behind(article_sentences(text)[0], 0)
    return None if found is None else (text[slice(*found[0])], text[slice(*found[1])])


def signature(text: str) -> tuple[str, str] | None:
    found = signature_behind(article_sentences(text)[0])
    return None if found is None else (text[slice(*found[0])], text[slice(*found[1])])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It burns,” Ana Silva said.", ("Ana Silva", "said")),
        ("“It burns!” beamed Ana Silva, who won.", ("Ana Silva", "beamed")),
        ("“Why now?” the mayor has asked in vain.", ("the mayor", "asked")),
        ("“It burns,” Ana Silva, the mayor, told us.", ("Ana Silva", "told")),
        ("“It burns,” he said, “like hell.”", ("he", "said")),
        ("“It burns,” and nobody said why.", None),
        ("“It burns,” he left before Ana said so.", None),
        ("“It burns,” he left “for good.”", None),
        ("“It burns.”", None),
    ],
)
def test_a_tag_names_the_speaker_and_the_verb(text: str, expected: tuple[str, str] | None) -> None:
    assert tag(text) == expected


@pytest.mark.parametrize("dash", ["—", "–", "―", "--", "-"])
def test_a_name_behind_a_dash_signs(dash: str) -> None:
    assert signature(f"“It burns.” {dash} Ana de Silva, nurse") == ("Ana de Silva", dash)


@pytest.mark.parametrize(
    "text",
    [
        "“It burns.” — Ana Silva left the room",
        "“It burns” — nobody came",
        "“It burns.” Ana Silva",
        "“It burns.” —",
        "“Night and Day” – Penguin, £9.99 – is out.",
        "“Big Three” — Ford, Oro and Kia said so.",
    ],
)
def test_what_goes_on_behind_a_dash_signs_nothing(text: str) -> None:
    assert signature(text) is None
