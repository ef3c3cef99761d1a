from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import stance
from stance.errors import ModelFormatError
from stance.model import StanceModel
from stance.storage.models import read, save

TEXTS = ["They lied.", "We deny it, withdrawn.", "", "If they come, we will strike."]


@pytest.fixture
def folder(model: StanceModel, tmp_path: Path) -> Path:
    save(model, tmp_path / "model", card="# Card\n")
    return tmp_path / "model"


def edit(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    change(manifest)
    manifest.pop("digest", None)  # as whoever forges a manifest would
    (folder / "manifest.json").write_text(json.dumps(manifest))


def replace(folder: Path, name: str, data: bytes) -> None:
    """Replace a file and declare the new one in the manifest."""
    (folder / name).write_bytes(data)
    entry = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    edit(folder, lambda manifest: manifest["files"].update({name: entry}))


def arrays(**changes: Any) -> bytes:
    file = io.BytesIO()
    np.savez(file, **changes)
    return file.getvalue()


def test_a_saved_model_predicts_the_same(model: StanceModel, folder: Path) -> None:
    assert (stance.load(folder).predict_proba(TEXTS) == model.predict_proba(TEXTS)).all()


def test_the_same_model_makes_the_same_bytes(
    model: StanceModel, folder: Path, tmp_path: Path
) -> None:
    save(model, tmp_path / "again", card="# Card\n")
    for file in folder.iterdir():
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes()


def test_nothing_is_left_beside_the_folder(folder: Path) -> None:
    assert [entry.name for entry in folder.parent.iterdir()] == ["model"]


def test_saving_replaces_an_older_model(model: StanceModel, folder: Path) -> None:
    save(model, folder)
    assert not (folder / "README.md").exists()


def test_saving_over_something_else_touches_nothing(model: StanceModel, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(FileExistsError, match="not a model folder"):
        save(model, tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "dear"


@pytest.mark.usefixtures("folder")
def test_a_folder_inside_a_zip_loads(model: StanceModel, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path, "model")
    with zipfile.ZipFile(archive) as packed:
        copy = read(zipfile.Path(packed, "model/"))
    assert (copy.predict_proba(TEXTS) == model.predict_proba(TEXTS)).all()


@pytest.mark.parametrize("name", ["manifest.json", "vocabulary.txt", "weights.npz", "README.md"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelFormatError, match=name):
        stance.load(folder)


@pytest.mark.parametrize("name", ["vocabulary.txt", "weights.npz", "README.md"])
def test_a_changed_byte_is_an_error(folder: Path, name: str) -> None:
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(ModelFormatError, match=f"{name}: its SHA-256"):
        stance.load(folder)


@pytest.mark.parametrize("name", ["vocabulary.txt", "weights.npz", "README.md"])
def test_a_short_file_is_an_error(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes()[:-1])
    with pytest.raises(ModelFormatError, match=f"{name}: .* bytes"):
        stance.load(folder)


def test_an_extra_file_is_an_error(folder: Path) -> None:
    (folder / "extra.py").write_text("")
    with pytest.raises(ModelFormatError, match=r"extra\.py"):
        stance.load(folder)


def test_no_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelFormatError, match="no such model folder"):
        stance.load(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 4}, "format 4 is not known"),
        ({"format": None}, "format None is not known"),
        ({"labels": ["denial"]}, "labels must be"),
        ({"labels": ["denial", "praise"]}, "labels must be"),
        ({"labels": ["denial", "accusation", "threat", "hedge", "other"]}, "labels must be"),
        ({"features": {"order": 0, "precision": 9}}, r"features\.order must be 1 to 8"),
        ({"features": {"order": 3, "precision": True}}, r"features\.precision must be"),
        ({"features": []}, r"features\.order"),
        ({"thresholds": {"threat": "high"}}, "thresholds"),
        ({"thresholds": {"threat": float("nan")}}, "NaN is no number"),
        ({"thresholds": {"threat": 1.5}}, "thresholds"),
        ({"facts": []}, "facts"),
        ({"files": []}, "files must be an object"),
        ({"files": {"../manifest.json": {}}}, "files must be"),
    ],
)
def test_a_wrong_manifest_is_an_error(folder: Path, change: dict[str, Any], message: str) -> None:
    edit(folder, lambda manifest: manifest.update(change))
    with pytest.raises(ModelFormatError, match=message):
        stance.load(folder)


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000])
def test_a_manifest_that_is_no_json_object_is_an_error(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text)
    with pytest.raises(ModelFormatError, match=r"manifest\.json"):
        stance.load(folder)


def test_a_huge_declared_size_is_an_error(folder: Path) -> None:
    entry = {"size": 2**40, "sha256": ""}
    edit(folder, lambda manifest: manifest["files"].update({"weights.npz": entry}))
    with pytest.raises(ModelFormatError, match="declare more than"):
        stance.load(folder)


@pytest.mark.parametrize(
    ("weights", "runs", "message"),
    [
        (np.zeros((2, 5), np.int16), np.zeros((0, 2), np.int32), "weights must be"),
        (np.zeros((4, 5), np.float64), np.zeros((0, 2), np.int32), "weights must be"),
        (np.zeros((5, 5), np.int16), np.array([[9, 0]], np.int32), "point to rows before"),
        (np.zeros((5, 5), np.int16), np.array([[-1, 0]], np.int32), "point to rows before"),
        (np.zeros((4, 5), np.int16), np.zeros((0, 3), np.int32), "runs must be"),
        (np.zeros((4, 5), np.int16), np.zeros((0, 2), np.int64), "runs must be"),
    ],
)
def test_wrong_arrays_are_errors(folder: Path, weights: Any, runs: Any, message: str) -> None:
    replace(folder, "vocabulary.txt", b"<intercept>\n<wordless>\n<start>\n<end>\n")
    replace(folder, "weights.npz", arrays(weights=weights, runs=runs))
    with pytest.raises(ModelFormatError, match=message):
        stance.load(folder)


def test_pickled_objects_are_never_read(folder: Path) -> None:
    replace(folder, "weights.npz", arrays(weights=np.array([{}], dtype=object), runs=np.zeros(1)))
    with pytest.raises(ModelFormatError, match=r"weights\.npz"):
        stance.load(folder)


@pytest.mark.parametrize("data", [b"", b"PK", arrays(weights=np.zeros(1))])
def test_arrays_that_cannot_be_read_are_an_error(folder: Path, data: bytes) -> None:
    replace(folder, "weights.npz", data)
    with pytest.raises(ModelFormatError, match=r"weights\.npz"):
        stance.load(folder)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xff\n", "not UTF-8"),
        (b"we\n", "must begin with"),
        (b"<intercept>\n<wordless>\n<start>\n<end>\nwe\nwe\n", "stands twice"),
        (b"<intercept>\n<wordless>\n<start>\n<end>\n#_we\nwe\n", "before spelling pieces"),
    ],
)
def test_a_wrong_vocabulary_is_an_error(folder: Path, data: bytes, message: str) -> None:
    replace(folder, "vocabulary.txt", data)
    with pytest.raises(ModelFormatError, match=message):
        stance.load(folder)


def test_a_report_is_kept_beside_the_card(model: StanceModel, folder: Path) -> None:
    save(model, folder, card="# Card\n", report="<!doctype html>")
    assert (folder / "report.html").read_text() == "<!doctype html>"
    assert (stance.load(folder).predict_proba(TEXTS) == model.predict_proba(TEXTS)).all()


def test_a_report_is_declared_like_every_file(model: StanceModel, folder: Path) -> None:
    save(model, folder, report="<!doctype html>")
    assert sorted(json.loads((folder / "manifest.json").read_text())["files"]) == [
        "report.html",
        "vocabulary.txt",
        "weights.npz",
    ]
    (folder / "report.html").write_text("<!DOCTYPE html>")
    with pytest.raises(ModelFormatError, match=r"report\.html: its SHA-256"):
        stance.load(folder)


def test_a_report_that_is_not_declared_is_an_error(folder: Path) -> None:
    (folder / "report.html").write_text("")
    with pytest.raises(ModelFormatError, match=r"report\.html"):
        stance.load(folder)


def test_a_model_with_a_report_is_replaced_whole(model: StanceModel, folder: Path) -> None:
    save(model, folder, report="<!doctype html>")
    save(model, folder)
    assert not (folder / "report.html").exists()
