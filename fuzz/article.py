"""Any article: statements that lie in it in order, and a page on which it is whole and inert."""

from __future__ import annotations

import re
from typing import Final

import stance
import stance.articles.article  # names of stance itself resolve too late to be seen by the fuzzer
from stance.articles.page import article_page

from .texts import MARKS, SEEDS, bytes_of, text_of

SEED_DATA: Final = [bytes_of(text) for text in SEEDS]
WORDS: Final = [mark.encode() for mark in MARKS]
_TAG: Final = re.compile(r'<mark class="\w+" tabindex="0" title="[^"<>]*">|</mark>')


def check(data: bytes) -> None:
    """Read one article."""
    text = text_of(data)
    statements = stance.read_article(text)
    at = 0
    for statement in statements:
        assert text[statement.start : statement.end] == statement.text
        assert statement.start < statement.end
        for start, end in statement.spans:
            assert at <= start < end <= len(text)
            at = end
        assert abs(sum(statement.prediction.probabilities.values()) - 1) < 1e-6
        assert str(statement)
    page = article_page(text, statements, title=text[:80])
    page.encode()
    body = page[page.rindex("</p>\n<p>") + len("</p>\n<p>") : page.rindex("</p>")]
    assert "<" not in _TAG.sub("", body)
