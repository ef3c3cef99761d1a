from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from stance.cli import main

from .conftest import LABELS, TEXTS

ARTICLE = "“We never took a cent,” Ana Silva said. Silva accused the council of lying."


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = zip(TEXTS, LABELS, strict=True)
    lines = [json.dumps({"text": text, "primary": label}) + "\n" for text, label in rows]
    (tmp_path / "data.jsonl").write_text("".join(lines))
    return tmp_path / "data.jsonl"


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))


def test_predict_prints_a_line_a_statement(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", "They lied to us.", "We never said that."]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["accusation", "denial"]


def test_predict_reads_lines_of_stdin(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, "We deny it – all.\r\n\nThey lied to us.".encode())
    assert main(["predict", "--json"]) == 0
    results = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [r["text"] for r in results] == ["We deny it – all.", "", "They lied to us."]


def test_predict_gives_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", "--json", "--explain", "We never said that."]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["label"] == "denial"
    assert sum(result["probabilities"].values()) == pytest.approx(1)
    assert "never" in result["contributions"]


def test_predict_explains(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", "--explain", "We never said that."]) == 0
    assert "  never" in capsys.readouterr().out


def test_article_prints_speakers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert main(["article", str(tmp_path / "a.txt")]) == 0
    assert capsys.readouterr().out.count("Ana Silva") == 2


def test_article_reads_stdin_and_gives_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, ARTICLE.encode())
    assert main(["article", "--json", "-"]) == 0
    for line in capsys.readouterr().out.splitlines():
        result = json.loads(line)
        assert ARTICLE[result["start"] : result["end"]] == result["text"]


def test_a_page_does_not_take_the_place_of_its_article(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    assert main(["article", str(article), "--html", str(article)]) == 1
    assert "would write over the article" in capsys.readouterr().err
    assert article.read_text(encoding="utf-8") == ARTICLE


def test_article_gives_a_table_with_what_was_said_and_all_probabilities(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert main(["article", "--csv", str(tmp_path / "a.txt")]) == 0
    for row in csv.DictReader(capsys.readouterr().out.splitlines()):
        assert float(row[f"p_{row['label']}"]) == float(row["confidence"])
        assert row["said"] in ARTICLE


def test_an_article_without_statements_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("It rained.")
    assert main(["article", str(tmp_path / "a.txt")]) == 0
    assert capsys.readouterr().err.endswith("a.txt: no statements found\n")


def test_train_and_evaluate(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = str(tmp_path / "model")
    assert main(["train", str(data), "--out", model, "--held-out", str(data)]) == 1
    assert main(["train", str(data), "--out", model]) == 0
    captured = capsys.readouterr()
    assert "fitting on 15 statements" in captured.err
    assert "5-fold cross-validation by group: 15 statements" in captured.out
    assert main(["evaluate", str(data), "--model", model]) == 0
    assert "macro-F1 over four stances" in capsys.readouterr().out
    assert main(["evaluate", str(data), "--model", model, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["n"] == 15


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["article", "nowhere.txt"], "nowhere.txt: No such file or directory"),
        (["predict", "--model", "nowhere", "No."], "nowhere: no such model folder"),
        (["evaluate", "nowhere.csv"], "nowhere.csv: cannot be read"),
        (["train", "nowhere.csv", "--out", "never"], "nowhere.csv: cannot be read"),
        (
            ["train", "a.csv", "--out", "never", "--encoder", "e", "--peers-alike"],
            "--peers-alike has no use in training an encoder",
        ),
        (
            ["train", "a.csv", "--out", "never", "--epochs", "2"],
            "--epochs has no use in training n-grams",
        ),
    ],
)
def test_a_fault_in_the_data_is_one_line_and_exit_1(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    error = capsys.readouterr().err.splitlines()
    assert error[-1].startswith(f"stance: {message}")
    assert not any("Traceback" in line for line in error)


def test_input_that_is_no_text_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, b"\xff\n")
    assert main(["predict"]) == 1
    assert "not UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["label"], ["article"], ["train", "a.csv"]], ids=str)
def test_a_wrong_call_is_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "usage: stance" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["predict", "--help"]], ids=str)
def test_help_is_exit_0(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert "stance" in capsys.readouterr().out


def test_describe_counts(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", str(data)]) == 0
    assert capsys.readouterr().out.startswith("15 statements in 15 groups")


def test_annotate_takes_keys_from_stdin(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, b"d\nnwhy\no\nq")
    assert main(["annotate", str(data), "--out", str(tmp_path / "l.csv"), "--reader", "Ada"]) == 0
    assert capsys.readouterr().out.endswith(
        "2 labelled, 13 left; labels are in " + str(tmp_path / "l.csv") + "\n"
    )


def test_suspects_are_counted(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["suspects", str(data)]) == 0
    assert "of 15 labels are suspect" in capsys.readouterr().err


def test_learning_curve_writes_points(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held_out = tmp_path / "dev.csv"
    held_out.write_text("text,primary\nAll of it is untrue.,denial\nMaybe.,hedge\n", "utf-8")
    out = tmp_path / "curve.csv"
    call = ["learning-curve", str(data), "--held-out", str(held_out), "--out", str(out)]
    assert main([*call, "--json"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(out.read_text().splitlines()) - 1


def test_a_prior_can_be_given_as_shares(capsys: pytest.CaptureFixture[str]) -> None:
    shares = "accusation=1,denial=1,threat=1,hedge=1,other=1"
    assert main(["predict", "We meet at nine.", "--json", "--prior", shares]) == 0
    given = json.loads(capsys.readouterr().out)
    assert main(["predict", "We meet at nine.", "--json", "--prior", "balanced"]) == 0
    named = json.loads(capsys.readouterr().out)
    assert given["probabilities"] == pytest.approx(named["probabilities"])


@pytest.mark.parametrize("prior", ["often", "accusation=much"])
def test_a_prior_that_is_none_is_a_wrong_call(
    prior: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", "We meet.", "--prior", prior]) == 2
    assert "label=share" in capsys.readouterr().err


def test_shares_of_unknown_labels_are_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", "We meet.", "--prior", "praise=1"]) == 1
    assert "share above 0 for each of" in capsys.readouterr().err


def test_an_unsure_label_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", "We deny it.", "--min-confidence", "1"]) == 0
    assert capsys.readouterr().out.startswith("unsure")


def test_evaluate_scores_each_value_of_a_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data.csv"
    data.write_text("text,primary,source\nWe deny it.,denial,b\nThey lied.,accusation,a\n")
    assert main(["evaluate", str(data), "--by", "source", "--json"]) == 0
    titles = [json.loads(line)["data"] for line in capsys.readouterr().out.splitlines()]
    assert titles == ["data.csv", "data.csv, source a", "data.csv, source b"]


def test_evaluate_by_a_column_that_is_not_there_is_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data.csv"
    data.write_text("text,primary\nWe deny it.,denial\n")
    assert main(["evaluate", str(data), "--by", "source"]) == 1
    assert "no column 'source'" in capsys.readouterr().err


ESCAPES = "They lied \x1b[2Jto \x9b1mus \x07all.\r"


@pytest.mark.parametrize("explain", [[], ["--explain"]], ids=str)
def test_no_statement_commands_the_terminal(
    explain: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", *explain, ESCAPES]) == 0
    shown = capsys.readouterr().out
    assert r"They lied \x1b[2Jto \x9b1mus \x07all." in shown
    assert shown.replace("\n", "").isprintable()


def test_no_article_commands_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = "“We never took\x1b]0;x\x07 a cent,” Ana\x1b[31m Silva said."
    (tmp_path / "a.txt").write_text(article, encoding="utf-8")
    assert main(["article", str(tmp_path / "a.txt")]) == 0
    shown = capsys.readouterr().out
    assert "never took" in shown
    assert shown.replace("\n", "").isprintable()


def test_no_name_of_a_file_commands_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["article", "no\x1b[2Jwhere.txt"]) == 1
    assert capsys.readouterr().err == "stance: no\\x1b[2Jwhere.txt: No such file or directory\n"
