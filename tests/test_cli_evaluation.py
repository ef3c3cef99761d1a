from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from stance.cli import main
from stance.model import StanceModel
from stance.storage.models import save

from .conftest import LABELS, TEXTS


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = zip(TEXTS, LABELS, strict=True)
    lines = [json.dumps({"text": text, "primary": label}) + "\n" for text, label in rows]
    (tmp_path / "data.jsonl").write_text("".join(lines))
    return tmp_path / "data.jsonl"


@pytest.fixture
def folder(model: StanceModel, tmp_path: Path) -> Path:
    save(model, tmp_path / "model")
    return tmp_path / "model"


@pytest.mark.usefixtures("report_extra")
def test_a_page_markdown_and_json_are_written(data: Path, folder: Path, tmp_path: Path) -> None:
    page, text, figures = (tmp_path / name for name in ("r.html", "r.md", "r.json"))
    call = ["evaluate", str(data), "--model", str(folder)]
    call += ["--html", str(page), "--markdown", str(text), "--json", str(figures)]
    assert main(call) == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert text.read_text(encoding="utf-8").startswith("# Evaluation of model\n")
    assert json.loads(figures.read_text(encoding="utf-8"))["files"] == ["data.jsonl"]


def test_scores_are_printed_too(
    data: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["evaluate", str(data), "--model", str(folder), "--json", str(tmp_path / "r.json")]
    assert main(call) == 0
    assert "macro-F1 over four stances" in capsys.readouterr().out


def test_several_models_are_printed_by_name_and_compared(
    data: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = shutil.copytree(folder, tmp_path / "other")
    call = ["evaluate", str(data), "--model", str(folder), "--model", str(other)]
    assert main([*call, "--json"]) == 0
    titles = [json.loads(line)["data"] for line in capsys.readouterr().out.splitlines()]
    assert titles == ["model: data.jsonl", "other: data.jsonl"]
    assert main([*call, "--json", str(tmp_path / "r.json")]) == 0
    assert list(json.loads((tmp_path / "r.json").read_text())["comparisons"]) == ["other"]


def test_models_of_one_name_are_told_apart(
    data: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = shutil.copytree(folder, tmp_path / "b" / "model")
    assert main(["evaluate", str(data), "--model", str(folder), "--model", str(other)]) == 0
    out = capsys.readouterr().out
    assert f"{folder}: data.jsonl: 15 statements" in out
    assert f"{other}: data.jsonl: 15 statements" in out


def test_training_data_is_looked_through(data: Path, folder: Path, tmp_path: Path) -> None:
    call = ["evaluate", str(data), "--model", str(folder), "--json", str(tmp_path / "r.json")]
    assert main([*call, "--trained-on", str(data)]) == 0
    facts = json.loads((tmp_path / "r.json").read_text())["facts"]
    assert len(facts["near_duplicates"]) == len(TEXTS)


@pytest.mark.usefixtures("report_extra")
def test_statements_can_be_left_out(data: Path, folder: Path, tmp_path: Path) -> None:
    call = ["evaluate", str(data), "--model", str(folder), "--html", str(tmp_path / "r.html")]
    assert main([*call, "--without-statements"]) == 0
    assert "<blockquote" not in (tmp_path / "r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("option", "ending"), [("--json", ".json"), ("--html", ".html"), ("--markdown", ".md")]
)
def test_a_file_of_statements_is_never_written_over(
    data: Path, option: str, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other = data.with_name("precious.jsonl")
    other.write_bytes(data.read_bytes())
    assert main(["evaluate", str(data), option, str(other)]) == 1
    assert f"{option} writes a file whose name ends in {ending}" in capsys.readouterr().err
    assert other.read_bytes() == data.read_bytes()


def test_one_folder_twice_is_a_fault(
    data: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(data), "--model", str(folder), "--model", str(folder)]) == 1
    assert "--model names one folder twice" in capsys.readouterr().err
