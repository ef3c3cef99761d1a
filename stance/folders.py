"""Model folders of any kind: a manifest, and files whose size and digest it names, checked first.

Reading goes through :mod:`importlib.resources`' ``Traversable``, so a folder inside a zip works.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stance.errors import ModelFormatError
from stance.stances import LABELS, STANCES

if TYPE_CHECKING:
    if sys.version_info >= (3, 11):
        from importlib.resources.abc import Traversable
    else:
        from importlib.abc import Traversable

FORMAT_VERSION: Final = 2
"""Version of the folder's layout that this library writes. It also reads version 1, which knew no
filters, priors or encoders."""

_READABLE: Final = (1, FORMAT_VERSION)

MAX_BYTES: Final = 256 * 2**20
"""Most bytes a folder may hold, also when inflated."""

MANIFEST: Final = "manifest.json"
CARD: Final = "README.md"

# Files of each kind of model; the manifest of a linear model need not name its kind.
LINEAR, ENCODER, ATTRIBUTION = "linear", "encoder", "attribution"
FILES: Final = {
    LINEAR: frozenset({"vocabulary.txt", "weights.npz"}),
    ENCODER: frozenset({"model.onnx", "tokenizer.json"}),
    ATTRIBUTION: frozenset({"weights.npz"}),
}


def write_folder(
    path: str | os.PathLike[str],
    kind: str,
    facts: Mapping[str, Any],
    files: Mapping[str, bytes],
    card: str | None,
) -> None:
    """Write a model folder aside and rename it, so that nobody ever reads half of it.

    Parameters
    ----------
    path : path
        The folder to make. If it exists it must be empty or hold a model, which is replaced.
    kind : str
        One of the keys of :data:`FILES`.
    facts : mapping
        The manifest, without format, kind and files.
    files : mapping of str to bytes
        The files of that kind.
    card : str or None
        Markdown for people.

    Raises
    ------
    FileExistsError
        If the path is something else than a model folder; nothing is touched then.
    """
    # Slow to load, and reading needs neither.
    import shutil  # noqa: PLC0415
    import tempfile  # noqa: PLC0415

    folder = Path(path)
    if folder.exists() and not _replaceable(folder):
        raise FileExistsError(f"{folder} exists and is not a model folder; nothing was written")
    written = {**files} if card is None else {**files, CARD: card.encode()}
    manifest = {
        "format": FORMAT_VERSION,
        "kind": kind,
        **facts,
        "files": {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(written.items())
        },
    }
    written[MANIFEST] = (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode()
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        aside.chmod(0o755)
        for name, data in written.items():
            (aside / name).write_bytes(data)
        _swap(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _replaceable(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    names = {entry.name for entry in folder.iterdir()}
    known = frozenset.union(*FILES.values()) | {MANIFEST, CARD}
    return not names or (MANIFEST in names and names <= known)


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
    import shutil  # slow to load, and reading does not need it  # noqa: PLC0415

    shutil.rmtree(old, ignore_errors=True)


def read_folder(folder: Traversable) -> tuple[str, dict[str, Any], dict[str, bytes]]:
    """Read a model folder and check all that can be checked before anything is built.

    Parameters
    ----------
    folder : pathlib.Path or importlib.resources.abc.Traversable
        The folder; may lie in a zip file.

    Returns
    -------
    kind : str
        One of the keys of :data:`FILES`.
    manifest : dict
        The manifest.
    files : dict of str to bytes
        The files, each of the declared size and digest.

    Raises
    ------
    ModelFormatError
        If the folder is not one, or any file in it is missing or altered.
    """
    manifest = _read_manifest(folder)
    kind = manifest.get("kind", LINEAR)
    if not isinstance(kind, str) or kind not in FILES:
        raise ModelFormatError(f"{MANIFEST}: kind must be one of {', '.join(FILES)}, got {kind!r}")
    return kind, manifest, _read_files(folder, manifest, FILES[kind])


def _read_manifest(folder: Traversable) -> dict[str, Any]:
    if not folder.is_dir():
        raise ModelFormatError(f"{folder}: no such model folder")
    data = _read_bytes(folder, MANIFEST, MAX_BYTES)
    try:
        manifest = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ModelFormatError(f"{MANIFEST}: not valid JSON: {error}") from error
    if not isinstance(manifest, dict):
        raise ModelFormatError(f"{MANIFEST}: must be an object")
    if manifest.get("format") not in _READABLE:
        raise ModelFormatError(
            f"{MANIFEST}: format {manifest.get('format')!r} is not known, "
            f"this version of stance reads {' and '.join(map(str, _READABLE))}"
        )
    return manifest


def _read_files(
    folder: Traversable, manifest: dict[str, Any], required: Collection[str]
) -> dict[str, bytes]:
    """Read the declared files, each of the declared size and digest, and no others."""
    declared = manifest.get("files")
    if not isinstance(declared, dict):
        raise ModelFormatError(f"{MANIFEST}: files must be an object")
    names = set(declared)
    if not names >= set(required) or not names <= {*required, CARD}:
        raise ModelFormatError(
            f"{MANIFEST}: files must be {sorted(required)} and at most {CARD}, got {sorted(names)}"
        )
    present = {entry.name for entry in folder.iterdir()} - {MANIFEST}
    if present != names:
        raise ModelFormatError(
            f"the folder must hold {sorted(names)} beside {MANIFEST}, found {sorted(present)}"
        )
    entries = {name: _check_entry(name, entry) for name, entry in declared.items()}
    if sum(size for size, _ in entries.values()) > MAX_BYTES:
        raise ModelFormatError(f"{MANIFEST}: the files declare more than {MAX_BYTES} bytes")
    files = {}
    for name, (size, digest) in entries.items():
        data = _read_bytes(folder, name, size)
        if len(data) != size:
            raise ModelFormatError(f"{name}: {len(data)} bytes, {MANIFEST} declares {size}")
        if hashlib.sha256(data).hexdigest() != digest:
            raise ModelFormatError(f"{name}: its SHA-256 is not the one in {MANIFEST}")
        files[name] = data
    return files


def _check_entry(name: str, entry: object) -> tuple[int, str]:
    match entry:
        case {"size": int(size), "sha256": str(digest)} if size >= 0:
            return size, digest
    raise ModelFormatError(f"{MANIFEST}: {name} needs a size and a sha256")


def _read_bytes(folder: Traversable, name: str, limit: int) -> bytes:
    """Read one file, one byte past the limit at the most."""
    try:
        with (folder / name).open("rb") as file:
            return bytes(file.read(limit + 1))
    except (OSError, KeyError) as error:
        raise ModelFormatError(f"{name}: cannot be read: {error}") from error


def read_labels(manifest: dict[str, Any]) -> tuple[str, ...]:
    """Read the labels of a manifest, in codebook order."""
    labels = manifest.get("labels")
    if (
        not isinstance(labels, list)
        or len(labels) < 2
        or labels != [label for label in LABELS if label in labels]
    ):
        raise ModelFormatError(
            f"{MANIFEST}: labels must be two or more of {', '.join(LABELS)}, in this order"
        )
    return tuple(labels)


def read_whole(manifest: dict[str, Any], name: str, low: int, high: int) -> int:
    """Read a whole number of a manifest's ``features``, from `low` to `high`."""
    features = manifest.get("features")
    value = features.get(name) if isinstance(features, dict) else None
    if type(value) is not int or not low <= value <= high:
        raise ModelFormatError(f"{MANIFEST}: features.{name} must be {low} to {high}")
    return value


def read_thresholds(manifest: dict[str, Any], labels: tuple[str, ...]) -> Mapping[str, float]:
    """Read the probability from which each further stance counts as present."""
    thresholds = manifest.get("thresholds")
    if not isinstance(thresholds, dict) or not all(
        name in labels and name in STANCES and type(value) is float and math.isfinite(value)
        for name, value in thresholds.items()
    ):
        raise ModelFormatError(f"{MANIFEST}: thresholds must map stances to finite numbers")
    return thresholds


def read_prior(manifest: dict[str, Any], labels: tuple[str, ...]) -> Mapping[str, float]:
    """Read how often each label occurs in speech; empty if the manifest does not say."""
    prior = manifest.get("prior", {})
    if prior == {}:
        return {}
    if (
        not isinstance(prior, dict)
        or set(prior) != set(labels)
        or not all(type(share) is float and 0 < share < 1 for share in prior.values())
    ):
        raise ModelFormatError(f"{MANIFEST}: prior must give each label a share between 0 and 1")
    return {label: prior[label] for label in labels}
