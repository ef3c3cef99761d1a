from __future__ import annotations

from pathlib import Path

import pytest

from stance.data.annotate import LabelFile, Unread, annotate, load_unread, most_uncertain_first
from stance.data.datasets import load_labels
from stance.errors import DataError
from stance.model import StanceModel

STATEMENTS = [Unread("a", "No."), Unread("b", "They lied; we did not."), Unread("c", "Thanks.")]


def read(path: Path, keys: str, note: str = "") -> list[str]:
    """Let a reader press some keys; give what was shown."""
    shown: list[str] = []
    annotate(STATEMENTS, LabelFile(path), keys=iter(keys), ask=lambda _: note, show=shown.append)
    return shown


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("d\nad\no\n", {"a": ("denial",), "b": ("accusation", "denial"), "c": ()}),
        ("d\rq", {"a": ("denial",)}),
        ("D\n", {"a": ("denial",)}),
        ("so\n", {"b": ()}),
        ("d\nuh\n", {"a": ("hedge",)}),
        ("sd\nuud\n", {"b": ("denial",)}),
        ("adda\no\n", {"a": ()}),
        ("od\n", {"a": ("denial",)}),
        ("do\n", {"a": ()}),
        ("\n\nd\n", {"a": ("denial",)}),
        ("x?d\n", {"a": ("denial",)}),
        ("d", {}),
        ("", {}),
    ],
)
def test_keys_make_labels(tmp_path: Path, keys: str, expected: dict[str, tuple[str, ...]]) -> None:
    read(tmp_path / "labels.csv", keys)
    assert load_labels(tmp_path / "labels.csv") == expected


def test_reading_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    read(path, "d\nq")
    assert "[2 of 3]  They lied; we did not." in "".join(read(path, "a\nq"))


def test_a_label_is_on_disk_before_the_next_statement_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    states = []
    annotate(
        STATEMENTS,
        LabelFile(path),
        keys=iter("d\nh\n"),
        ask=str,
        show=lambda text: states.append(len(load_labels(path)) if "of 3]" in text else None),
    )
    assert [state for state in states if state is not None] == [0, 1, 2]


def test_nothing_can_be_undone_of_an_earlier_sitting(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    read(path, "d\nq")
    assert "nothing to undo in this sitting" in read(path, "uq")


def test_a_note_is_kept(tmp_path: Path) -> None:
    read(tmp_path / "labels.csv", "nd\n", note="who, they?")
    assert '"who, they?"' in (tmp_path / "labels.csv").read_text(encoding="utf-8")


def test_reader_and_round_are_kept(tmp_path: Path) -> None:
    LabelFile(tmp_path / "l.csv", reader="Ada", batch="2").add(STATEMENTS[0], ["denial"])
    lines = (tmp_path / "l.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "a,denial,denial,Ada,2,"


def test_another_file_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("id,text\n1,No.\n", encoding="utf-8")
    with pytest.raises(DataError, match="expected columns id,primary"):
        LabelFile(tmp_path / "mine.csv")


def test_statements_are_read_from_any_column(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("key,quote\n7,No.\n", encoding="utf-8")
    found = load_unread(tmp_path / "q.csv", text="quote", identifier="key")
    assert found == [Unread("7", "No.")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id,quote\n1,No.\n", r"q\.csv:2: field text: .*the columns are id, quote"),
        ("id,text\n1,No.\n1,So.\n", r"q\.csv:3: id '1' stands twice"),
        ("id,text\n", "no statements"),
    ],
)
def test_a_faulty_file_is_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "q.csv").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        load_unread(tmp_path / "q.csv")


def test_the_least_sure_come_first(model: StanceModel) -> None:
    unread = [Unread("sure", "We deny every word of it."), Unread("torn", "We deny they lied.")]
    assert [s.id for s in most_uncertain_first(unread, model)] == ["torn", "sure"]
