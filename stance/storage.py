"""Model folder <-> StanceModel, without pickle, checked on the way in.

A folder holds ``manifest.json``, ``vocabulary.txt`` (a term a line), ``weights.npz`` (``weights`` and
``runs``) and, for people, ``README.md`` (the model card). The manifest names size and SHA-256 of the
others. Reading goes through :mod:`importlib.resources`' ``Traversable``, so a folder inside a zip works.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from stance.errors import ModelFormatError
from stance.features import RESERVED, Vocabulary
from stance.model import StanceModel
from stance.stances import LABELS, STANCES

if TYPE_CHECKING:
    if sys.version_info >= (3, 11):
        from importlib.resources.abc import Traversable
    else:
        from importlib.abc import Traversable

FORMAT_VERSION: Final = 1
"""Version of the folder's layout that this library writes and reads."""

MAX_BYTES: Final = 256 * 2**20
"""Most bytes a folder may hold, also when inflated."""

_MANIFEST, _VOCABULARY, _WEIGHTS, _CARD = (
    "manifest.json",
    "vocabulary.txt",
    "weights.npz",
    "README.md",
)
_REQUIRED: Final = {_VOCABULARY, _WEIGHTS}
_ALLOWED: Final = _REQUIRED | {_CARD}
_MAX_ORDER: Final = 8
_MAX_PRECISION: Final = 30


def save(model: StanceModel, path: str | os.PathLike[str], *, card: str | None = None) -> None:
    """Write a model folder.

    The folder is written aside and renamed, so that nobody ever reads half of it; an older model
    of the same name is replaced.

    Parameters
    ----------
    model : StanceModel
        What to save.
    path : path
        The folder to make. If it exists it must be empty or hold a model.
    card : str, optional
        Markdown for people, kept as ``README.md``.

    Raises
    ------
    FileExistsError
        If the path is something else than a model folder; nothing is touched then.
    """
    folder = Path(path)
    if folder.exists() and not _replaceable(folder):
        raise FileExistsError(f"{folder} exists and is not a model folder; nothing was written")
    arrays = io.BytesIO()
    np.savez_compressed(arrays, weights=model.weights, runs=model.vocabulary.runs)
    files = {
        _VOCABULARY: "".join(f"{term}\n" for term in model.vocabulary.terms).encode(),
        _WEIGHTS: arrays.getvalue(),
    }
    if card is not None:
        files[_CARD] = card.encode()
    manifest = {
        "format": FORMAT_VERSION,
        "labels": list(model.labels),
        "features": {"order": model.vocabulary.order, "precision": model.precision},
        "thresholds": dict(model.thresholds),
        "facts": dict(model.facts),
        "files": {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(files.items())
        },
    }
    files[_MANIFEST] = (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode()
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        aside.chmod(0o755)
        for name, data in files.items():
            (aside / name).write_bytes(data)
        _swap(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _replaceable(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    names = {entry.name for entry in folder.iterdir()}
    return not names or (_MANIFEST in names and names <= _ALLOWED | {_MANIFEST})


def _swap(aside: Path, folder: Path) -> None:
    """Put the new folder in the place of the old one, and the old one aside."""
    if not folder.exists():
        aside.rename(folder)
        return
    old = aside.with_name(aside.name + "-old")
    folder.rename(old)
    try:
        aside.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def read(folder: Traversable) -> StanceModel:
    """Read a model folder, checking everything before anything is built.

    Parameters
    ----------
    folder : pathlib.Path or importlib.resources.abc.Traversable
        The folder; may lie in a zip file.

    Returns
    -------
    StanceModel
        A sound model.

    Raises
    ------
    ModelFormatError
        If the folder is not one, or any file in it is missing, altered, or not what it should be.
    """
    manifest = _read_manifest(folder)
    files = _read_files(folder, manifest)
    labels = _check_labels(manifest)
    order = _whole(manifest, "order", 1, _MAX_ORDER)
    precision = _whole(manifest, "precision", 0, _MAX_PRECISION)
    terms = _read_terms(files[_VOCABULARY])
    weights, runs = _read_arrays(files[_WEIGHTS])
    if runs.shape[1:] != (2,) or runs.dtype != np.int32:
        raise ModelFormatError(f"{_WEIGHTS}: runs must be (n, 2) int32, got {_shape(runs)}")
    expected = (len(terms) + len(runs), len(labels))
    if weights.shape != expected or weights.dtype != np.int16:
        raise ModelFormatError(
            f"{_WEIGHTS}: weights must be {expected} int16, got {_shape(weights)}"
        )
    rows = np.arange(len(terms), len(terms) + len(runs))
    if len(runs) and not (
        (runs >= 0).all() and (runs[:, 0] < rows).all() and (runs[:, 1] < len(terms)).all()
    ):
        raise ModelFormatError(f"{_WEIGHTS}: runs must point to rows before them and to words")
    thresholds = _check_thresholds(manifest, labels)
    facts = manifest.get("facts", {})
    if not isinstance(facts, dict):
        raise ModelFormatError(f"{_MANIFEST}: facts must be an object")
    return StanceModel(
        labels, Vocabulary(terms, runs, order), weights, precision, thresholds, facts
    )


def _read_manifest(folder: Traversable) -> dict[str, Any]:
    if not folder.is_dir():
        raise ModelFormatError(f"{folder}: no such model folder")
    data = _read_bytes(folder, _MANIFEST, MAX_BYTES)
    try:
        manifest = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ModelFormatError(f"{_MANIFEST}: not valid JSON: {error}") from error
    if not isinstance(manifest, dict):
        raise ModelFormatError(f"{_MANIFEST}: must be an object")
    if manifest.get("format") != FORMAT_VERSION:
        raise ModelFormatError(
            f"{_MANIFEST}: format {manifest.get('format')!r} is not known, "
            f"this version of stance reads {FORMAT_VERSION}"
        )
    return manifest


def _read_files(folder: Traversable, manifest: dict[str, Any]) -> dict[str, bytes]:
    """Read the declared files, each of the declared size and digest, and no others."""
    declared = manifest.get("files")
    if not isinstance(declared, dict):
        raise ModelFormatError(f"{_MANIFEST}: files must be an object")
    names = set(declared)
    if not names >= _REQUIRED or not names <= _ALLOWED:
        raise ModelFormatError(
            f"{_MANIFEST}: files must be {sorted(_REQUIRED)} and at most {_CARD}, "
            f"got {sorted(names)}"
        )
    present = {entry.name for entry in folder.iterdir()} - {_MANIFEST}
    if present != names:
        raise ModelFormatError(
            f"the folder must hold {sorted(names)} beside {_MANIFEST}, found {sorted(present)}"
        )
    entries = {name: _check_entry(name, entry) for name, entry in declared.items()}
    if sum(size for size, _ in entries.values()) > MAX_BYTES:
        raise ModelFormatError(f"{_MANIFEST}: the files declare more than {MAX_BYTES} bytes")
    files = {}
    for name, (size, digest) in entries.items():
        data = _read_bytes(folder, name, size)
        if len(data) != size:
            raise ModelFormatError(f"{name}: {len(data)} bytes, {_MANIFEST} declares {size}")
        if hashlib.sha256(data).hexdigest() != digest:
            raise ModelFormatError(f"{name}: its SHA-256 is not the one in {_MANIFEST}")
        files[name] = data
    return files


def _check_entry(name: str, entry: object) -> tuple[int, str]:
    match entry:
        case {"size": int(size), "sha256": str(digest)} if size >= 0:
            return size, digest
    raise ModelFormatError(f"{_MANIFEST}: {name} needs a size and a sha256")


def _read_bytes(folder: Traversable, name: str, limit: int) -> bytes:
    """Read one file, one byte past the limit at the most."""
    try:
        with (folder / name).open("rb") as file:
            return bytes(file.read(limit + 1))
    except (OSError, KeyError) as error:
        raise ModelFormatError(f"{name}: cannot be read: {error}") from error


def _check_labels(manifest: dict[str, Any]) -> tuple[str, ...]:
    labels = manifest.get("labels")
    if (
        not isinstance(labels, list)
        or len(labels) < 2
        or labels != [label for label in LABELS if label in labels]
    ):
        raise ModelFormatError(
            f"{_MANIFEST}: labels must be two or more of {', '.join(LABELS)}, in this order"
        )
    return tuple(labels)


def _whole(manifest: dict[str, Any], name: str, low: int, high: int) -> int:
    features = manifest.get("features")
    value = features.get(name) if isinstance(features, dict) else None
    if type(value) is not int or not low <= value <= high:
        raise ModelFormatError(f"{_MANIFEST}: features.{name} must be {low} to {high}")
    return value


def _check_thresholds(manifest: dict[str, Any], labels: tuple[str, ...]) -> Mapping[str, float]:
    thresholds = manifest.get("thresholds")
    if not isinstance(thresholds, dict) or not all(
        name in labels and name in STANCES and type(value) is float and math.isfinite(value)
        for name, value in thresholds.items()
    ):
        raise ModelFormatError(f"{_MANIFEST}: thresholds must map stances to finite numbers")
    return thresholds


def _read_terms(data: bytes) -> tuple[str, ...]:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise ModelFormatError(f"{_VOCABULARY}: not UTF-8: {error}") from error
    terms = tuple(text.split("\n")[:-1])
    if terms[: len(RESERVED)] != RESERVED:
        raise ModelFormatError(f"{_VOCABULARY}: must begin with {', '.join(RESERVED)}")
    if len(set(terms)) != len(terms):
        raise ModelFormatError(f"{_VOCABULARY}: a term stands twice")
    is_piece = [term.startswith("#") for term in terms]
    if is_piece != sorted(is_piece):
        raise ModelFormatError(f"{_VOCABULARY}: words must stand before spelling pieces")
    return terms


def _read_arrays(data: bytes) -> tuple[NDArray[Any], NDArray[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
                raise ModelFormatError(f"{_WEIGHTS}: inflates to more than {MAX_BYTES} bytes")
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return np.ascontiguousarray(arrays["weights"]), arrays["runs"]
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        if isinstance(error, ModelFormatError):
            raise
        raise ModelFormatError(f"{_WEIGHTS}: {error}") from error


def _shape(array: NDArray[Any]) -> str:
    return f"{array.shape} {array.dtype}"
