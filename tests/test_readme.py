"""What the README shows is run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stance.cli import main
from stance.storage.models import read

from .conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_there_are_four_snippets() -> None:
    assert len(SNIPPETS) == 4


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_a_snippet_runs(snippet: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(snippet, names)
    # A line that ends in "# value" shows what the expression before it gives.
    for line in snippet.splitlines():
        shown = re.fullmatch(r"(\S.*?)\s+# ('[^']*')", line)
        if shown:
            assert repr(eval(shown.group(1), names)) == shown.group(2)


def test_the_picture_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["article", str(ROOT / "datasets" / "examples" / "harbour_bridge.txt")]) == 0
    printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    picture = re.search(r"```text\n(.*?)```", README, re.DOTALL)
    assert picture is not None
    shown = [line.rstrip() for line in picture.group(1).splitlines() if line.strip() != "..."]
    assert shown
    assert all(any(line.startswith(s.removesuffix("…")) for line in printed) for s in shown)


def test_the_figures_are_those_of_the_model_card() -> None:
    scores = read(ROOT / "models" / "default").facts["scores"]
    quoted = re.findall(r"\*\*0\.(\d\d)\*\*", README)
    known = [f"{round(score['macro_f1'], 2):.2f}"[2:] for score in scores.values()]
    assert quoted
    assert set(quoted) <= set(known)


def test_links_lead_to_files() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
