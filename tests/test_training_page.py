from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import stance
from stance.cli import main
from stance.learning.training import train

from .conftest import LABELS, TEXTS


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = zip(TEXTS, LABELS, strict=True)
    lines = [json.dumps({"text": text, "primary": label}) + "\n" for text, label in rows]
    (tmp_path / "data.jsonl").write_text("".join(lines))
    return tmp_path / "data.jsonl"


@pytest.fixture
def held_out(tmp_path: Path) -> Path:
    text = "text,primary\nAll of it is untrue.,denial\nPerhaps it will.,hedge\n"
    (tmp_path / "dev.csv").write_text(text, encoding="utf-8")
    return tmp_path / "dev.csv"


def command(data: Path, held_out: Path, *options: str) -> list[str]:
    out = str(data.with_name("model"))
    call = ["train", str(data), "--out", out, "--held-out", str(held_out), "--no-cross-validation"]
    return [*call, *options]


@pytest.mark.usefixtures("report_extra")
def test_the_command_puts_a_page_beside_the_model(data: Path, held_out: Path) -> None:
    assert main(command(data, held_out)) == 0
    folder = data.with_name("model")
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "15 training statements" in page
    assert "Before: temperature off" in page
    assert stance.load(folder).labels == stance.LABELS


@pytest.mark.usefixtures("report_extra")
def test_the_page_can_go_without_statements(data: Path, held_out: Path) -> None:
    assert main(command(data, held_out, "--without-statements")) == 0
    page = (data.with_name("model") / "report.html").read_text(encoding="utf-8")
    assert "<blockquote" not in page


def test_the_page_can_be_left_out(data: Path, held_out: Path) -> None:
    assert main(command(data, held_out, "--no-report")) == 0
    assert not (data.with_name("model") / "report.html").exists()


def test_without_the_extra_the_model_is_saved_without_a_page(
    data: Path,
    held_out: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    assert main(command(data, held_out)) == 0
    assert "no page: an evaluation report needs Jinja2" in capsys.readouterr().err
    assert not (data.with_name("model") / "report.html").exists()
    assert stance.load(data.with_name("model")).labels == stance.LABELS


def test_nothing_held_out_gives_no_page(data: Path, tmp_path: Path) -> None:
    train([data], tmp_path / "model", page=True, cross_validate=False)
    assert not (tmp_path / "model" / "report.html").exists()


def test_from_python_a_page_is_made_only_if_asked(
    data: Path, held_out: Path, tmp_path: Path
) -> None:
    train([data], tmp_path / "model", held_out=[held_out], cross_validate=False)
    assert not (tmp_path / "model" / "report.html").exists()


def test_the_model_says_its_temperature(data: Path, tmp_path: Path) -> None:
    result = train([data], tmp_path / "model", cross_validate=False)
    assert result.model.facts["temperature"] > 0
    assert stance.load(tmp_path / "model").facts["temperature"] == result.model.facts["temperature"]
