from __future__ import annotations

import os
import runpy
import shutil
from mmap import mmap
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import stance
from stance.errors import ModelFormatError
from stance.model import StanceModel
from stance.storage.folder_files import map_file
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


def _lies_in(array: NDArray[Any]) -> object:
    """What holds the numbers of an array."""
    base: object = array
    while isinstance(base, np.ndarray):
        base = base.base
    return base.obj if isinstance(base, memoryview) else base


@pytest.mark.skipif(os.name != "posix", reason="files are mapped on POSIX systems alone")
def test_the_weights_of_the_bundled_model_lie_in_its_file(bundled: StanceModel) -> None:
    assert isinstance(_lies_in(bundled.weights), mmap)


def test_the_weights_of_another_folder_are_a_copy_that_nobody_changes(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "models" / "default", tmp_path / "copy")
    assert isinstance(_lies_in(stance.load(folder).weights), bytes)


def test_a_bundled_file_that_grew_is_named(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "models" / "default", tmp_path / "copy")
    with (folder / "weights.npz").open("ab") as file:
        file.write(b"!")
    with pytest.raises(ModelFormatError, match=r"weights\.npz: more than \d+ bytes"):
        read(folder, pinned=DIGESTS["default"])


@pytest.mark.parametrize("left", [0, 1000])
def test_a_bundled_file_that_was_cut_is_named(left: int, tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "models" / "default", tmp_path / "copy")
    os.truncate(folder / "weights.npz", left)
    with pytest.raises(ModelFormatError, match=rf"weights\.npz: {left} bytes"):
        read(folder, pinned=DIGESTS["default"])


def test_a_bundled_file_that_is_missing_is_named(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "models" / "default", tmp_path / "copy")
    with pytest.raises(ModelFormatError, match=r"no\.npz: cannot be read"):
        map_file(folder, "no.npz", 1000)
