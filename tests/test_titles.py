from __future__ import annotations

import pytest

from stance.articles.sentences import article_sentences
from stance.articles.titles import is_title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She read “War and Peace” aloud.", True),
        ("He hosts “The Nightly Show with Ana Silva.”", True),
        ("Silva said on “Meet the Town.”", True),
        ("He founded “Nurses for Oro 2008.”", True),
        ("Silva shouted “Never Again.”", False),
        ("Silva said “It Was Me.”", False),
        ("They want “more and cheaper bread” now.", False),
        ("She read “Faust” aloud.", False),
        ("She yelled “Who Goes There?” twice.", False),
    ],
)
def test_titles_have_capitals_and_end_no_sentence(text: str, expected: bool) -> None:
    (sentence,) = article_sentences(text)
    at = next(i for i, token in enumerate(sentence.tokens) if token.quoted)
    quote = sentence.quotations[sentence.tokens[at].start]
    reports = next((i for i, t in enumerate(sentence.tokens) if t.text in {"said", "shouted"}), 99)
    span = (quote.inner_start, quote.inner_end)
    assert is_title(text, sentence, at, span, reports) is expected
