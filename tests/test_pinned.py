from __future__ import annotations

import runpy
import shutil
from pathlib import Path

import pytest

from stance.errors import ModelFormatError
from stance.storage.models import read
from stance.storage.pinned import DIGESTS

from .conftest import ROOT


def test_the_pins_are_those_of_the_bundled_models() -> None:
    """After a rebuild: ``python models/pin.py``."""
    written = runpy.run_path(str(ROOT / "models" / "pin.py"))["pinned_module"]()
    assert written == (ROOT / "stance" / "storage" / "pinned.py").read_text(), (
        "run python models/pin.py"
    )


def test_another_sound_model_is_not_the_bundled_one() -> None:
    with pytest.raises(ModelFormatError, match=r"manifest\.json: its SHA-256 .* models/pin\.py"):
        read(ROOT / "tests" / "frozen" / "format-2", pinned=DIGESTS["default"])


def test_an_installer_may_link_the_files_of_the_bundled_model(tmp_path: Path) -> None:
    for file in (ROOT / "models" / "default").iterdir():
        (tmp_path / file.name).symlink_to(file)
    read(tmp_path, pinned=DIGESTS["default"])


def test_a_bundled_file_that_was_changed_is_named(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "models" / "default", tmp_path / "copy")
    with (folder / "vocabulary.txt").open("r+b") as file:
        file.seek(1000)
        file.write(b"!")
    with pytest.raises(ModelFormatError, match=r"vocabulary\.txt: its SHA-256"):
        read(folder, pinned=DIGESTS["default"])
