"""What the documentation shows is run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from stance.cli import main

from .conftest import ROOT

PAGES = sorted((ROOT / "docs" / "pages").rglob("*.md"))
_BLOCK = re.compile(r"```(python|sh)\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_runs_from_top_to_bottom(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if page.stem == "tutorial":
        request.getfixturevalue("report_extra")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for language, block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "python":
            exec(block, names)
            # A line that ends in "# value" shows what the expression before it gives.
            for line in block.splitlines():
                shown = re.fullmatch(r"(\S.*?)\s+# ('[^']*')", line)
                if shown:
                    assert repr(eval(shown.group(1), names)) == shown.group(2)
        else:
            for line in block.splitlines():
                program, *arguments = shlex.split(line)
                if program == "stance":
                    assert main(arguments) == 0, line


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_page_is_in_the_navigation() -> None:
    listed = re.findall(
        r": ([\w/-]+\.md)$", (ROOT / "docs" / "mkdocs.yml").read_text(), re.MULTILINE
    )
    assert {page.relative_to(ROOT / "docs" / "pages").as_posix() for page in PAGES} == set(listed)
