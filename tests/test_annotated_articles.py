from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from stance.articles.annotated import read_annotated
from stance.errors import DataError

TEXT = "“No,” Obi said."
GOOD = {"source": [[6, 9]], "cue": [[10, 14]], "content": [[0, 5]], "kind": "direct"}


def write(folder: Path, *rows: object) -> Path:
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_articles_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, {"doc": "a", "text": TEXT, "attributions": [GOOD]})
    (article,) = read_annotated(path)
    assert article.name == "a"
    assert article.attributions[0].content == ((0, 5),)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"attributions": []}, "line 1: an article needs a text"),
        ({"text": TEXT}, "line 1: attributions must be a list"),
        ({"text": TEXT, "attributions": [3]}, "line 1, attribution 0: must be an object, got int"),
        (
            {"text": TEXT, "attributions": [GOOD | {"content": []}]},
            "line 1, attribution 0: content is empty",
        ),
        (
            {"text": TEXT, "attributions": [GOOD | {"source": [[6, 99]]}]},
            r"attribution 0: source holds \[6, 99\], not a \[start, end\] in the text",
        ),
    ],
)
def test_a_fault_names_line_and_field(tmp_path: Path, row: Any, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read_annotated(write(tmp_path, row))


def test_broken_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": ')
    with pytest.raises(DataError, match="line 1: not valid JSON"):
        read_annotated(tmp_path / "a.jsonl")


def test_no_articles_are_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds no articles"):
        read_annotated(write(tmp_path))
