from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from stance.articles.article import read_article
from stance.articles.page import article_page

TEXT = "“They lied to us,” Ana Silva said. Silva denied that it rained."


class Seen(HTMLParser):
    """Collects tags and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marks: list[dict[str, str | None]] = []
        self.body = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "mark" and "title" in dict(attrs):
            self.marks.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        self.body += data


def test_each_statement_is_marked_with_speaker_and_stance() -> None:
    seen = Seen(article_page(TEXT, read_article(TEXT)))
    assert [mark["class"] for mark in seen.marks] == ["accusation", "denial"]
    assert all(str(mark["title"]).startswith("Ana Silva: ") for mark in seen.marks)


def test_the_article_is_whole() -> None:
    assert TEXT in Seen(article_page(TEXT, read_article(TEXT))).body


def test_the_summary_counts_by_speaker() -> None:
    assert "<td>Ana Silva</td><td>1</td><td>1</td>" in article_page(TEXT, read_article(TEXT))


def test_markup_in_an_article_is_inert() -> None:
    text = "“<script>alert(1)</script> & lies,” <b>Ana Silva</b> said."
    tags = Seen(article_page(text, read_article(text), title="</title><script>")).tags
    assert "script" not in tags
    assert "b" not in tags


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(exclude_categories=())))
def test_any_text_makes_a_page(text: str) -> None:
    article_page(text, read_article(text)).encode()
