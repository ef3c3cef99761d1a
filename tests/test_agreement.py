from __future__ import annotations

import json
from pathlib import Path

import pytest
from sklearn.metrics import cohen_kappa_score, f1_score

from stance.cli import main
from stance.data.agreement import agreement
from stance.errors import DataError
from stance.stances import STANCES

FIRST = ["denial", "denial|accusation", "", "hedge", "threat", "accusation", "", "hedge"]
SECOND = ["denial", "accusation|denial", "hedge", "hedge", "", "accusation", "", "denial"]


def written(folder: Path, name: str, readings: list[str]) -> Path:
    rows = [f"{i},{r.split('|')[0] or 'other'},{r}" for i, r in enumerate(readings)]
    (folder / name).write_text("\n".join(["id,primary,stances", *rows]) + "\n")
    return folder / name


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return written(tmp_path, "a.csv", FIRST), written(tmp_path, "b.csv", [*SECOND, "threat"])


def test_kappa_is_that_of_scikit_learn(files: tuple[Path, Path]) -> None:
    one, other = ([r.split("|")[0] for r in readings] for readings in (FIRST, SECOND))
    assert agreement(*files).kappa == pytest.approx(cohen_kappa_score(one, other))


@pytest.mark.parametrize("stance", STANCES)
def test_f1_is_that_of_scikit_learn(files: tuple[Path, Path], stance: str) -> None:
    one, other = ([stance in r for r in readings] for readings in (FIRST, SECOND))
    expected = f1_score(one, other, zero_division=1.0)
    assert agreement(*files).f1[stance] == pytest.approx(expected)


def test_differences_are_those_of_the_sets(files: tuple[Path, Path]) -> None:
    assert agreement(*files).differences == (
        ("2", (), ("hedge",)),
        ("4", ("threat",), ()),
        ("7", ("hedge",), ("denial",)),
    )


def test_what_one_alone_has_read_is_counted(files: tuple[Path, Path]) -> None:
    result = agreement(*files)
    assert (result.n, result.only_first, result.only_second) == (8, 0, 1)


def test_a_reading_agrees_with_itself(files: tuple[Path, Path]) -> None:
    result = agreement(files[0], files[0])
    assert (result.kappa, set(result.f1.values()), result.differences) == (1.0, {1.0}, ())


def test_readings_of_other_statements_cannot_be_compared(tmp_path: Path) -> None:
    written(tmp_path, "a.csv", ["threat"])
    (tmp_path / "b.csv").write_text("id,primary\nx,threat\n")
    with pytest.raises(DataError, match="no id of"):
        agreement(tmp_path / "a.csv", tmp_path / "b.csv")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("1,threat\n1,threat", r"b\.csv:3: id '1' stands twice"),
        (",threat", r"b\.csv:2: id '' is missing"),
        ("1,rage", "'rage' is not one of"),
    ],
)
def test_a_fault_is_named_with_its_place(files: tuple[Path, Path], rows: str, message: str) -> None:
    files[1].write_text(f"id,primary\n{rows}\n")
    with pytest.raises(DataError, match=message):
        agreement(*files)


def test_the_command_prints_and_gives_json(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["agreement", *map(str, files)]) == 0
    assert "8 statements read twice: kappa" in capsys.readouterr().out
    assert main(["agreement", "--json", *map(str, files)]) == 0
    assert json.loads(capsys.readouterr().out)["n"] == 8
