from __future__ import annotations

import re

import pytest

from stance.model import StanceModel
from stance.reports.making import make_report
from stance.reports.markdown import report_markdown

from .conftest import TEXTS, small_model
from .test_report_page import HOSTILE, statements


def test_figures_and_differences_are_there(model: StanceModel) -> None:
    models = {"one": model, "two": small_model()}
    report = make_report(models, {"data.csv": statements(TEXTS)}, resamples=20)
    text = report_markdown(report)
    assert str(report.scores["all statements"].macro_f1) in text
    assert f"{report.comparisons['two'].macro_f1.value:+.3f}" in text


def test_statements_are_not(model: StanceModel) -> None:
    text = report_markdown(make_report({"m": model}, {"d": statements(TEXTS)}, resamples=20))
    assert not any(statement in text for statement in TEXTS)


@pytest.mark.parametrize("name", [*HOSTILE, "a|b", "a\n\n# b", "[a](http://x.example)", "`a`"])
def test_hostile_names_neither_break_tables_nor_are_markup(model: StanceModel, name: str) -> None:
    files = {name: statements(TEXTS, name=name)}
    text = report_markdown(make_report({name: model}, files, resamples=20))
    assert "<" not in text.replace("&lt;", "")
    assert not re.search(r"(?<!\\)\]\(", text)
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        columns = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
        assert len(columns) == 1, block
