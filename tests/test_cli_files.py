from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from stance.cli import main


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))


def test_label_makes_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text("quote\nThey lied to us.\n")
    out = tmp_path / "b.jsonl"
    assert main(["label", str(tmp_path / "a.csv"), "--text", "quote", "--out", str(out)]) == 0
    assert json.loads(out.read_text())["stance"] == "accusation"
    assert capsys.readouterr().err == "stance: 1 rows labelled\n"


def test_stdin_goes_to_stdout(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, "quote\nThey lied – to us.\n".encode())
    assert main(["label", "-", "--text", "quote", "--out", "-", "--format", "csv"]) == 0
    header, row = capsys.readouterr().out.splitlines()
    assert header.startswith("quote,stance,")
    assert row.startswith("They lied – to us.,accusation,")


@pytest.mark.parametrize("damage", [0, 8])
def test_stdin_may_be_packed(
    damage: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = gzip.compress(b"They lied to us.\n" * 3)
    give(monkeypatch, data[: len(data) - damage])
    call = ["label", "-", "--input-format", "txt.gz", "--out", "-", "--format", "jsonl"]
    assert main(call) == bool(damage)
    if damage:
        assert "cannot be unpacked" in capsys.readouterr().err
    else:
        assert len(capsys.readouterr().out.splitlines()) == 3


def test_a_fault_in_stdin_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, b"quote\nNo.\n\xff\n")
    assert main(["label", "-", "--text", "quote", "--out", str(tmp_path / "o.csv")]) == 1
    assert capsys.readouterr().err.startswith("stance: stdin:3: not UTF-8")
    assert list(tmp_path.iterdir()) == []


def test_bad_rows_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text("quote\nNo.\na,b\n")
    out = str(tmp_path / "o.csv")
    call = ["label", str(tmp_path / "a.csv"), "--text", "quote", "--out", out]
    assert main([*call, "--bad-rows", "skip"]) == 0
    assert capsys.readouterr().err == f"stance: 1 rows labelled, 1 bad rows in {out}.bad.jsonl\n"


def test_an_interrupt_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("stance.files.labelling.label_file", interrupt)
    assert main(["label", "a.txt", "--out", str(tmp_path / "o.csv")]) == 1
    assert "go on with the same command and --resume" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-", "--out", "-"], "the standard output needs a format"),
        (["-", "-", "--out", "o.csv", "--text", "x"], "the standard input can be read once"),
        (["a.parquet", "--out", "-", "--format", "parquet", "--text", "x"], "pipe"),
        (["nowhere.txt", "--out", "o.csv"], "nowhere.txt: No such file or directory"),
    ],
)
def test_wrong_calls_are_one_line(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["label", *words]) == 1
    assert message in capsys.readouterr().err
