from __future__ import annotations

import json

import pytest

from stance.cli import main


def test_info_tells_what_a_model_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("stance: ")
    assert "labels: accusation, denial, threat, hedge, other" in printed
    assert "macro_f1" in printed


def test_info_gives_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["model"] == "bundled"


def test_completion_knows_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("shtab", reason="needs stance[completion]")
    assert main(["completion", "bash"]) == 0
    assert "evaluate-quotes" in capsys.readouterr().out
