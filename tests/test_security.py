from __future__ import annotations

import ast
import re

from .conftest import ROOT


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
