"""Imports go one way: no module needs itself, through others."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "stance"


def imports() -> dict[str, set[str]]:
    """Module -> modules of stance that it imports, wherever in it that is."""
    graph: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        if name == "stance.__init__":
            continue  # its names resolve when used
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        graph[name] = {
            node.module for node in found if node.module and node.module.startswith("stance.")
        }
    return graph


def test_modules_are_on_floors() -> None:
    assert list(TopologicalSorter(imports()).static_order())
