from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from stance.data.datasets import (
    LabelledStatement,
    fingerprint,
    load_statements,
    near_duplicates,
    split,
)
from stance.errors import DataError


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def statement(text: str, label: str = "other") -> LabelledStatement:
    stances = () if label == "other" else (label,)
    return LabelledStatement(text, label, stances, text, text, False, {})


def test_a_csv_row_is_read(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "own.csv",
        "id,text,primary,stances,group,register\n"
        'a1,"You lied, and I did not.",denial,denial|accusation,g1,courts\n',
    )
    assert load_statements(path) == [
        LabelledStatement(
            text="You lied, and I did not.",
            primary="denial",
            stances=("denial", "accusation"),
            id="a1",
            group="g1",
            natural=False,
            slices={"register": "courts"},
        )
    ]


def test_a_json_line_is_read(tmp_path: Path) -> None:
    row = {"id": "b", "text": "Maybe.", "primary": "hedge", "stances": ["hedge"]}
    row |= {"doc": "d1", "natural": True, "kind": "speech"}  # type: ignore[dict-item]
    path = written(tmp_path, "real.jsonl", json.dumps(row) + "\n\n")
    expected = LabelledStatement("Maybe.", "hedge", ("hedge",), "b", "d1", True, {"kind": "speech"})
    assert load_statements(path) == [expected]


def test_a_statement_without_a_group_is_its_own(tmp_path: Path) -> None:
    path = written(tmp_path, "own.csv", "id,text,primary\na1,Maybe.,hedge\na2,Thanks.,other\n")
    assert [s.group for s in load_statements(path)] == ["a1", "a2"]


def test_text_and_primary_are_enough(tmp_path: Path) -> None:
    path = written(tmp_path, "few.csv", "text,primary\nMaybe.,hedge\nThanks.,other\n")
    assert [(s.stances, s.id) for s in load_statements(path)] == [
        (("hedge",), f"{path}:2"),
        ((), f"{path}:3"),
    ]


def test_the_primary_comes_first(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "text,primary,stances\nNo!,threat,denial|threat\n")
    assert load_statements(path)[0].stances == ("threat", "denial")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "text,primary\nNo.,acusation\n", r"a\.csv:2: primary 'acusation' is not one of"),
        ("a.csv", "text,primary\nNo.\n", r"a\.csv:2: the row has not the 2 fields"),
        ("a.csv", "text,primary\nNo.,other,3\n", r"a\.csv:2: the row has not the 2 fields"),
        ("a.csv", "text,label\nNo.,other\n", r"a\.csv:2: primary None"),
        ("a.csv", "text,primary,stances\nNo.,threat,denial\n", "does not go with stances"),
        ("a.csv", "text,primary,stances\nNo.,other,denial\n", "does not go with stances"),
        ("a.csv", "text,primary,stances\nNo.,threat,threat|rage\n", "must be of accusation"),
        ("a.csv", "text,primary\n", "no statements"),
        ("a.csv", "", "no statements"),
        (
            "a.csv",
            "id,text,primary\n1,No.,other\n1,So.,other\n",
            r"a\.csv:3: id '1' stands at .*:2 too",
        ),
        ("a.csv", 'text,primary\n"No.,other\n', r"a\.csv:2: "),
        ("a.jsonl", "{}\n", r"a\.jsonl:1: field text: expected a str, got None"),
        ("a.jsonl", '{"text": 3, "primary": "other"}\n', r"a\.jsonl:1: field text"),
        ("a.jsonl", '\n{"text": \n', r"a\.jsonl:2: not valid JSON"),
        ("a.jsonl", "[1]\n", r"a\.jsonl:1: expected an object, got list"),
        ("a.txt", "No.\n", r"a\.txt: expected a \.csv or \.jsonl file"),
    ],
)
def test_a_fault_is_named_with_its_place(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    with pytest.raises(DataError, match=message):
        load_statements(written(tmp_path, name, text))


def test_bytes_that_are_no_text_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"text,primary\n\xff,other\n")
    with pytest.raises(DataError, match="not UTF-8"):
        load_statements(tmp_path / "a.csv")


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_statements(tmp_path / "a.csv")


def test_the_fingerprint_ignores_the_order() -> None:
    a, b = statement("One."), statement("Two.")
    assert fingerprint([a, b]) == fingerprint([b, a])


def test_the_fingerprint_sees_a_label() -> None:
    a = statement("One.")
    assert fingerprint([a]) != fingerprint([replace(a, primary="hedge", stances=("hedge",))])


def test_near_duplicates_are_found() -> None:
    test = [statement("We will never give up a single inch of our own land"), statement("Thanks.")]
    train = [
        statement("we will NEVER give up a single inch of our land!"),
        statement("We will never give in"),
        statement("Thanks."),
        statement(""),
    ]
    assert near_duplicates(train, test) == [0, 2]


def test_an_annotation_finds_its_text(tmp_path: Path) -> None:
    pool = written(
        tmp_path, "pool.jsonl", '{"id": "a1", "text": "No.", "doc": "d", "source": "s"}\n'
    )
    read = written(tmp_path, "read.csv", "id,primary,stances,round\na1,denial,denial,2\n")
    expected = LabelledStatement(
        "No.", "denial", ("denial",), "a1", "d", False, {"source": "s", "round": "2"}
    )
    assert load_statements(read, texts=[pool]) == [expected]


def test_annotations_keep_their_order_whatever_that_of_the_texts(tmp_path: Path) -> None:
    pool = written(tmp_path, "p.jsonl", '{"id": "b", "text": "Yes."}\n{"id": "a", "text": "No."}\n')
    read = written(tmp_path, "read.csv", "id,primary\na,denial\nb,other\n")
    assert [s.text for s in load_statements(read, texts=[pool])] == ["No.", "Yes."]


def test_labels_of_the_texts_are_not_taken(tmp_path: Path) -> None:
    pool = written(
        tmp_path,
        "pool.jsonl",
        '{"id": "a1", "text": "No.", "primary": "x", "stances": ["hedge"]}\n',
    )
    read = written(tmp_path, "read.csv", "id,primary\na1,denial\n")
    assert load_statements(read, texts=[pool])[0].stances == ("denial",)


def test_annotations_without_text_are_counted_and_named(tmp_path: Path) -> None:
    pool = written(tmp_path, "pool.jsonl", '{"id": "a1", "text": "No."}\n')
    read = written(tmp_path, "read.csv", "id,primary\na1,denial\na2,other\n")
    with pytest.raises(DataError, match=r"1 of 2 annotations .*read\.csv:3 \(id 'a2'\)"):
        load_statements(read, texts=[pool])


def test_an_annotation_without_files_of_texts_says_what_to_name(tmp_path: Path) -> None:
    read = written(tmp_path, "read.csv", "id,primary\na1,denial\n")
    with pytest.raises(DataError, match=r"read\.csv:2: field text: .*name the files"):
        load_statements(read)


def test_one_id_with_two_texts_is_an_error(tmp_path: Path) -> None:
    pool = written(tmp_path, "p.jsonl", '{"id": "a", "text": "No."}\n{"id": "a", "text": "Yes."}\n')
    read = written(tmp_path, "read.csv", "id,primary\na,denial\n")
    with pytest.raises(DataError, match=r"p\.jsonl:2: id 'a' stood before with another text"):
        load_statements(read, texts=[pool])


def test_corrections_replace_labels(tmp_path: Path) -> None:
    data = written(tmp_path, "data.csv", "id,text,primary\na,No.,denial\nb,Yes.,denial\n")
    fixes = written(tmp_path, "fixes.csv", "id,primary,stances\nb,other,\nz,threat,threat\n")
    found = load_statements(data, corrections=fixes)
    assert [(s.primary, s.stances) for s in found] == [("denial", ("denial",)), ("other", ())]


def many(groups: int) -> list[LabelledStatement]:
    texts = [f"word{g} number{i}" for g in range(groups) for i in range(3)]
    return [replace(statement(text), group=text.split()[0]) for text in texts]


def test_a_split_keeps_groups_whole() -> None:
    train, test = split(many(10))
    assert not {s.group for s in train} & {s.group for s in test}


def test_a_split_loses_nothing_but_duplicates() -> None:
    train, test = split(many(10))
    assert (len(train), len(test)) == (24, 6)


def test_a_split_drops_training_statements_that_stand_in_the_test() -> None:
    data = [replace(s, text="We did not do that at all.") for s in many(10)]
    assert split(data)[0] == []


def test_a_split_is_the_same_each_time() -> None:
    assert split(many(10), seed=3) == split(many(10), seed=3)


def test_one_group_cannot_be_split() -> None:
    with pytest.raises(DataError, match="1 groups cannot be split"):
        split(many(1))
