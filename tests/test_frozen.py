"""Folders as former versions wrote them: they load, and give what they gave.

Each was learned from the statements of ``conftest`` (the model of attribution, from the articles of its
own test) and saved by the code of its time, which gave the recorded probabilities, too. Before the
format changes, add one in this way: what is frozen is never made again.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

import stance
from stance.articles.attribution import attributions
from stance.articles.storage import read_attribution
from stance.errors import ModelFormatError
from stance.storage.manifest import READABLE

FROZEN = Path(__file__).parent / "frozen"
RECORDED = json.loads((FROZEN / "probabilities.json").read_text())


@pytest.mark.parametrize("name", RECORDED)
def test_a_frozen_folder_gives_the_recorded_probabilities(name: str) -> None:
    expected = np.array(RECORDED[name]["probabilities"])
    found = stance.load(FROZEN / name).predict_proba(RECORDED[name]["texts"])
    assert np.abs(found - expected).max() < 1e-9


def test_a_frozen_model_of_attribution_finds_who_said_what() -> None:
    text = "Adeyemi said that the bridge was closed. It rained all day in the town."
    (found,) = attributions(text, read_attribution(FROZEN / "format-2-attribution"))
    assert (found.source, found.cue, found.content) == ((0, 7), (8, 12), ((13, 39),))


def test_every_readable_version_is_frozen() -> None:
    manifests = FROZEN.glob("*/manifest.json")
    assert {json.loads(path.read_text())["format"] for path in manifests} == set(READABLE)


def test_a_newer_version_is_a_clear_error(tmp_path: Path) -> None:
    folder = shutil.copytree(FROZEN / "format-2", tmp_path / "newer")
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace('"format": 2', '"format": 7'))
    with pytest.raises(ModelFormatError, match=r"format 7 is not known, .* reads 1, 2, 3; a newer"):
        stance.load(folder)
