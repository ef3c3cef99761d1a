"""Any str, however odd: no crash, no warning, the same answer each time, sums that add up, inert HTML."""

from __future__ import annotations

import os
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stance
from fuzz import article, predict
from fuzz.texts import bytes_of, text_of
from stance.articles.page import article_page

ANY = st.characters(exclude_categories=())
MARKS = st.sampled_from("“”‘’\"'„«».,?!:;—\n\t <>&=\0\u200d\u202e\u0301\ud800\udfff")
WORDS = st.sampled_from(["he said", "They deny", "lied", "we will", "Ana Silva", "according to"])
ANY_TEXT = st.text(ANY) | st.lists(MARKS | WORDS | st.text(ANY, max_size=3)).map("".join)

MILLION = 10**6
NASTIES = {
    "nothing": "",
    "lone surrogates": "“We \ud800 deny \udfff it,” \udc80 said.",
    "swapped surrogates": "\udfff\ud800" * 1000,
    "combining marks": "d" + "\u0301" * MILLION,
    "bidirectional controls": "\u202e“We deny it,”\u202c \u2066said\u2069 \u200fObi\u061c.",
    "NUL": "They\0 lied\0. \0“No,\0” he said.\0",
    "control characters": "".join(map(chr, range(32))) + "\x7f\x80\x9f",
    "zero-width joiners": "w\u200de\u200d den\u200dy\ufeff i\u2060t",
    "mixed scripts": "We отрицаем 我们否认 ننفي אנחנו हम इनकार it",
    "homoglyphs": "Wе dеny іt; thеу lіеd",
    "full width": "Ｗｅ　ｄｅｎｙ　ｉｔ！",
    "emoji": "👩‍👩‍👧‍👦 deny 🏳️‍🌈 it 🇺🇦",
    "private use": "\ue000“\ue000no\ue000”\ue000 he said \uf8ff",
    "no characters": "\ufffe\uffff\U0010ffff",
    "one letter, two when lower": "İSTANBUL LIED ß ŉ ǰ ΐ ﬁ",
    "HTML": "“<script>alert(1)</script><img src=x onerror=alert(1)>,” <b>Obi</b> said.",
    "HTML attributes": '“No,” Ana "onmouseover="alert(1) Silva said. \' " > & &lt; &#60;',
    "HTML that closes": "</mark></p></body></html><!-- --> <![CDATA[ ]]> “No,” he said.",
    "CSV formulas": "=HYPERLINK(\"http://x\"),+1,-1,@SUM(A1)\t=cmd|' /C calc'!A0",
    "terminal escapes": "\x1b[31mWe\x1b]0;title\x07 deny\x1b[2J it",
    "line separators": "They lied.\u2028\u2029\x85\x0b\x0c\r\n\rWe deny it.",
    "a long word": "a" * MILLION,
    "long words": ("deny" * 500 + " ") * 200,
    "one word, often": "lied " * 100_000,
    "many words": " ".join(f"w{i}x" for i in range(50_000)),
    "marks": "?!" * 100_000,
    "stops": "." * MILLION,
    "line breaks": "\n" * MILLION,
    "blanks": " " * MILLION,
    "straight quotation marks": '"' * 100_000,
    "opening marks": "“" * 100_000,
    "closing marks": "”" * 100_000,
    "single marks": "‘" * 50_000 + "’" * 50_000,
    "apostrophes": "'a' " * 30_000,
    "deep nesting": "“‘" * 25_000 + "no" + "’”" * 25_000,
    "nesting and speech": "“He said ‘she said “they said ‘we lied’ and”’.” " * 300,
    "open over paragraphs": "“We lied\n" * 10_000,
    "much speech": '"No," he said. ' * 1_000,
    "capitals": "A " * 50_000,
    "titles": "Mr. " * 50_000,
    "endless speech": "we deny it " * 5_000,
}


@pytest.mark.parametrize("text", NASTIES.values(), ids=NASTIES)
def test_predicting_a_nasty_text(text: str) -> None:
    predict.check(bytes_of(text))


@pytest.mark.parametrize("text", NASTIES.values(), ids=NASTIES)
def test_reading_a_nasty_article(text: str) -> None:
    article.check(bytes_of(text))


@settings(deadline=None)
@given(ANY_TEXT)
def test_predicting_any_text(text: str) -> None:
    predict.check(bytes_of(text))


@settings(deadline=None)
@given(ANY_TEXT)
def test_reading_any_article(text: str) -> None:
    article.check(bytes_of(text))


@given(st.text(ANY))
def test_a_text_comes_back_from_the_bytes_of_the_fuzzer(text: str) -> None:
    back = text_of(bytes_of(text))
    # Two surrogates in order are one character once they have been bytes.
    assert back.encode("utf-16-le", "surrogatepass") == text.encode("utf-16-le", "surrogatepass")


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[tuple[str, tuple[str, ...]]] = set()
        self.comments: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add((tag, tuple(sorted(name for name, _ in attrs))))

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


EMPTY_PAGE = Tags(article_page("", [])).found | {("mark", ("class", "tabindex", "title"))}


@settings(deadline=None)
@given(ANY_TEXT, st.text(ANY))
def test_a_page_has_no_tags_but_its_own(text: str, title: str) -> None:
    tags = Tags(article_page(text, stance.read_article(text), title=title))
    assert tags.found - {("tr", ()), ("td", ())} <= EMPTY_PAGE
    assert not tags.comments


@settings(deadline=None)
@given(ANY_TEXT)
def test_a_prediction_in_a_notebook_has_no_tags_but_its_own(text: str) -> None:
    tags = Tags(stance.predict(text)._repr_html_())
    assert tags.found <= {("div", ("style",)), ("b", ()), ("br", ()), ("span", ("style",))}
    assert not tags.comments


def test_answers_are_the_same_in_every_process() -> None:
    code = (
        "import stance; from tests.test_any_text import NASTIES;"
        "texts = [text for text in NASTIES.values() if len(text) < 3000];"
        "print(stance.load().predict_proba(texts).tobytes().hex());"
        "print(ascii([[str(s) for s in stance.read_article(text)] for text in texts]));"
        "print(ascii([str(p.explain()) for p in stance.predict(texts)]))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(answers) == 1
