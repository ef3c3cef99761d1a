from __future__ import annotations

import ast
import re

from .conftest import ROOT
from .test_any_text import NASTIES
from .test_fuzz import FOUND
from .test_hostile_folders import ARRAYS, FROZEN, MANIFESTS
from .test_packed import HOSTILE_MEMBERS


def test_every_claim_names_a_test_that_there_is() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and "::" in line]
    assert len(rows) > 20
    for row in rows:
        named = re.findall(r"`(tests/\w+\.py)::(\w+)`", row)
        assert named, row
        for file, name in named:
            module = ast.parse((ROOT / file).read_text(encoding="utf-8"))
            assert name in {n.name for n in module.body if isinstance(n, ast.FunctionDef)}, name


def test_the_cases_are_as_many_as_is_said() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    said = dict(re.findall(r"^\| (.+?) \| ([\d,]+) \| 0 \|", text, re.MULTILINE))
    counted = {
        "what fuzzing found before it was mended": len(FOUND),
        "nasty texts: predicted, explained, read as articles, shown as pages": 2 * len(NASTIES),
        "sound archives of arrays that do not fit": len(ARRAYS),
        "array files: objects, shapes, sizes, types, code, NaN": len(HOSTILE_MEMBERS),
        "forged manifests: versions, kinds, names with `..`, sizes, digests, labels, numbers": len(
            MANIFESTS
        ),
        "files cut at every length": sum(p.stat().st_size for p in FROZEN.iterdir()) - 1,
    }
    assert {name: said.get(name) for name in counted} == {
        name: f"{count:,}" for name, count in counted.items()
    }
