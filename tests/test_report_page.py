from __future__ import annotations

import sys
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stance.data.labelled import LabelledStatement
from stance.errors import MissingExtraError
from stance.model import StanceModel
from stance.reports.making import make_report
from stance.reports.page import report_page
from stance.reports.report import Report

from .conftest import LABELS, TEXTS, small_model

pytestmark = pytest.mark.usefixtures("report_extra")

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><style>body{display:none}",
    "</blockquote></section></main>",
    "{{ 7 * 7 }}{% raw %}{# no #}",
    '=HYPERLINK("http://x.example","y")',
    "&lt;b&gt; & &amp; <!-- -->",
    "\u202ereversed\u2066 text",
    "nul\x00 and \ud800 alone",
    "javascript:alert(1)",
    "<svg onload=alert(1)><a href='http://x.example'>",
]
_VOID = {"meta", "br", "path", "use", "rect"}


class Seen(HTMLParser):
    """Collects what a page is made of, and checks that what is opened is closed."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.body = ""
        self.quotes: list[str] = []
        self.names: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in _VOID:
            self.open.append(tag)
        if tag == "blockquote":
            self.quotes.append("")
        if tag == "bdi":
            self.names.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        if "blockquote" in self.open:
            self.quotes[-1] += data
        elif "bdi" in self.open:
            self.names[-1] += data
        if "style" not in self.open:
            self.body += data


def statements(texts: list[str], name: str = "") -> list[LabelledStatement]:
    """Labelled so that some are hits and some are errors; hostile names in all other fields."""
    labels = [LABELS[i % len(LABELS)] for i in range(len(texts))]
    return [
        LabelledStatement(
            text,
            label,
            (label,) if label != "other" else (),
            f"{name}{i}",
            f"{name}{i}",
            natural=False,
            slices={"kind": name, "source": f"{name}{i % 2}", name or "topic": f"{name}{i % 3}"},
        )
        for i, (text, label) in enumerate(zip(texts, labels, strict=True))
    ]


@pytest.fixture(scope="module")
def report() -> Report:
    models = {"one": small_model(), "two": small_model()}
    return make_report(models, {"data.csv": statements(TEXTS)}, resamples=20)


@pytest.fixture(scope="module")
def seen(report: Report) -> Seen:
    return Seen(report_page(report))


def test_what_is_opened_is_closed(seen: Seen) -> None:
    assert (seen.open, seen.faults) == ([], [])


def test_the_page_has_its_parts(seen: Seen) -> None:
    ids = {value for _, name, value in seen.attributes if name == "id"}
    assert ids >= {"data", "stances", "models", "confidence", "slices", "examples", "features"}


def test_links_lead_to_parts_of_the_page(seen: Seen) -> None:
    ids = {value for _, name, value in seen.attributes if name == "id"}
    assert {value[1:] for _, name, value in seen.attributes if name == "href"} <= ids


def test_ids_are_unique(seen: Seen) -> None:
    ids = [value for _, name, value in seen.attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_pictures_say_what_they_show(seen: Seen) -> None:
    pictures = [
        value for tag, name, value in seen.attributes if (tag, name) == ("svg", "aria-label")
    ]
    assert len(pictures) == 4


def test_the_page_needs_nothing_else(report: Report) -> None:
    page = report_page(report)
    seen = Seen(page)
    assert not seen.tags & {"script", "link", "img", "iframe", "object", "image", "foreignobject"}
    assert not any(name == "src" for _, name, _ in seen.attributes)
    assert "http" not in page.replace("http-equiv", "")
    assert "@import" not in page


def test_figures_are_on_the_page(report: Report, seen: Seen) -> None:
    score = report.scores["all statements"].macro_f1
    assert f"{score.value:.3f} {score.low:.3f}–{score.high:.3f}" in seen.body


def test_the_same_report_is_the_same_page(report: Report) -> None:
    assert report_page(report) == report_page(report)


def test_statements_are_shown_whole(report: Report, seen: Seen) -> None:
    shown = [e.statement.text for e in (*report.errors, *report.hits)]
    assert seen.quotes == shown


def test_without_statements_there_is_no_such_part(model: StanceModel) -> None:
    page = report_page(
        make_report({"m": model}, {"d": statements(TEXTS)}, texts=False, resamples=20)
    )
    assert "<blockquote" not in page
    assert "#examples" not in page


@pytest.fixture(scope="module")
def harmless() -> Seen:
    """A page of harmless data with every part that a page can have."""
    models = {"a": small_model(), "b": small_model()}
    files = {"c": statements([f"We {text}" for text in TEXTS[:8]], name="d")}
    return Seen(report_page(make_report(models, files, trained_on=files, resamples=20)))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_inert_everywhere(text: str, harmless: Seen) -> None:
    texts = [text, f"We deny {text}", f"{text} may be", *TEXTS[:5]]
    models = {text: small_model(), f"{text}2": small_model()}
    files = {text: statements(texts, name=text)}
    seen = Seen(report_page(make_report(models, files, trained_on=files, resamples=20)))
    assert (seen.open, seen.faults) == ([], [])
    assert seen.tags <= harmless.tags
    names = {(tag, name) for tag, name, _ in harmless.attributes}
    assert {(tag, name) for tag, name, _ in seen.attributes} <= names
    # Lone surrogates cannot be written; everything else is shown as it is.
    shown = text.encode("utf-8", "replace").decode()
    assert any(shown in quote for quote in seen.quotes)
    assert shown in seen.names


def test_marks_that_turn_text_around_stay_within_what_isolates_them() -> None:
    mark = "\u202e"
    files = {mark: statements([f"{mark}We deny it", *TEXTS[:4]], name=mark)}
    seen = Seen(report_page(make_report({mark: small_model()}, files, resamples=20)))
    head = "Evaluation of "  # the window's title, which is not the page
    inside = "".join(seen.quotes + seen.names)
    assert seen.body.replace(f"{head}{mark} on {mark}", "").count(mark) == inside.count(mark) > 5


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(st.characters(exclude_categories=())), min_size=1, max_size=4), st.text())
def test_any_data_makes_a_page(texts: list[str], name: str) -> None:
    files = {name: statements(texts, name=name)}
    seen = Seen(report_page(make_report({name: small_model()}, files, resamples=5)))
    assert (seen.open, seen.faults) == ([], [])
    assert not seen.tags & {"script", "img", "iframe"}


@pytest.mark.parametrize(("module", "name"), [("jinja2", "Jinja2"), ("matplotlib", "matplotlib")])
def test_a_missing_extra_is_named(
    report: Report, module: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=rf"needs {name}: pip install 'stance\[report\]'"):
        report_page(report)
