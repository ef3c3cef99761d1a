from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest

from stance.articles.files import read_article_file
from stance.cli import main
from stance.errors import DataError, MissingExtraError

PAGE = """<!DOCTYPE html><html><head><title>Bridge</title></head><body><nav><a href="/">Home</a></nav>
<article><h1>Bridge closed</h1><p>“We did not close the bridge,” Mayor Ada Obi said on Monday, and she
asked the council for patience while the engineers look at the bolts.</p><p>The council said that the
bridge would open again by the end of the week, if nothing else is found to be broken.</p></article>
</body></html>"""


def test_plain_text_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\ufeffIt rained.\n", encoding="utf-8")
    assert read_article_file(str(tmp_path / "a.txt")) == "It rained.\n"


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_the_main_text_is_taken_out_of_a_page(tmp_path: Path, name: str) -> None:
    pytest.importorskip("trafilatura", reason="needs stance[html]")
    (tmp_path / name).write_text(PAGE, encoding="utf-8")
    text = read_article_file(str(tmp_path / name))
    assert "“We did not close the bridge,” Mayor Ada Obi said" in text
    assert "<" not in text
    assert "Home" not in text


def test_a_page_without_text_is_a_fault(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="needs stance[html]")
    (tmp_path / "a.html").write_text("<html><body></body></html>")
    with pytest.raises(DataError, match=r"a\.html: no main text"):
        read_article_file(str(tmp_path / "a.html"))


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    with pytest.raises(MissingExtraError, match=r"pip install 'stance\[html\]'"):
        read_article_file(str(tmp_path / "a.html"))


def test_what_is_not_utf8_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"It rained \xff")
    with pytest.raises(DataError, match=r"a\.txt: not UTF-8 at byte 10"):
        read_article_file(str(tmp_path / "a.txt"))


def test_a_cell_that_a_spreadsheet_would_run_is_guarded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("“=HYPERLINK(1) is what they told us to deny,” Ana Silva said.")
    assert main(["article", str(path), "--safe-csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["text"][:12] for row in rows] == ["'=HYPERLINK("]


def test_a_guard_is_for_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("“No,” Ana Silva said.")
    assert main(["article", str(path), "--safe-csv", "--json"]) == 1
    assert "--safe-csv is for CSV" in capsys.readouterr().err
