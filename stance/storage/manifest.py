"""The manifest of a model folder: what it says, and that it says it as it was written.

Versions of the format:

1. One kind of model, the linear one: n-grams.
2. The manifest names the ``kind``; linear models may have filters and a ``prior``; encoders and
   models of attribution. A folder written since then has a ``digest`` of the manifest itself, too,
   which is checked wherever it stands.
3. Linear models may scale by length (``pivot``), and take some words as alike (``alike``).
"""

from __future__ import annotations

import hashlib
import json
import math
import reprlib
from collections.abc import Mapping
from typing import Any, Final

from stance.errors import ModelFormatError
from stance.stances import LABELS, STANCES
from stance.storage.folder_files import show_names
from stance.storage.strict_json import check_plain, read_json

FORMAT_VERSION: Final = 3
"""Version of the folder's layout that this library writes."""

READABLE: Final = (1, 2, FORMAT_VERSION)
"""Versions that it reads."""

MANIFEST: Final = "manifest.json"
CARD: Final = "README.md"
REPORT: Final = "report.html"
FOR_PEOPLE: Final = frozenset({CARD, REPORT})
"""Files that a folder may do without."""

MAX_MANIFEST: Final = 2**20
"""Most bytes of a manifest."""

_DIGEST: Final = "digest"

# Files of each kind of model; the manifest of a linear model need not name its kind.
LINEAR, ENCODER, ATTRIBUTION = "linear", "encoder", "attribution"
FILES: Final = {
    LINEAR: frozenset({"vocabulary.txt", "weights.npz"}),
    ENCODER: frozenset({"model.onnx", "tokenizer.json"}),
    ATTRIBUTION: frozenset({"weights.npz"}),
}

_COMMON_KEYS: Final = frozenset({"format", "kind", "features", "facts", "files", _DIGEST})
_KEYS: Final = {
    LINEAR: _COMMON_KEYS | {"labels", "thresholds", "prior"},
    ENCODER: _COMMON_KEYS | {"labels", "thresholds", "prior", "temperature"},
    ATTRIBUTION: _COMMON_KEYS | {"scales", "intercepts"},
}


def make_manifest(kind: str, facts: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """Write a manifest.

    Parameters
    ----------
    kind : str
        One of the keys of :data:`FILES`.
    facts : mapping
        What it says beside format, kind and files. What is no number under ``"facts"`` becomes null.
    files : mapping of str to bytes
        The other files of the folder.

    Returns
    -------
    bytes
        JSON, with a digest of itself.
    """
    given = {
        "format": FORMAT_VERSION,
        "kind": kind,
        **facts,
        "facts": _without_nan(facts.get("facts", {})),
        "files": {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(files.items())
        },
    }
    # What a reader will see: lists for tuples, keys that are all text.
    manifest = json.loads(json.dumps(given, allow_nan=False))
    check_plain(manifest)
    manifest[_DIGEST] = _digest_of(manifest)
    return (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode()


def _without_nan(value: Any) -> Any:
    """Put null for what is no number: a score of a stance that no statement had."""
    if isinstance(value, Mapping):
        return {key: _without_nan(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nan(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _digest_of(manifest: Mapping[str, Any]) -> str:
    """Digest of all that a manifest says, however it is spaced."""
    said = {key: value for key, value in manifest.items() if key != _DIGEST}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def parse_manifest(data: bytes) -> tuple[str, dict[str, Any]]:
    """Read a manifest.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    kind : str
        One of the keys of :data:`FILES`.
    manifest : dict
        What it says.

    Raises
    ------
    ModelFormatError
        If it is not JSON, of an unknown version or kind, altered, or says what no manifest says.
    """
    if len(data) > MAX_MANIFEST:
        raise ModelFormatError(f"{MANIFEST}: more than {MAX_MANIFEST:,} bytes")
    try:
        manifest = read_json(data)
    except ValueError as error:
        raise ModelFormatError(f"{MANIFEST}: not valid JSON: {error}") from error
    if not isinstance(manifest, dict):
        raise ModelFormatError(f"{MANIFEST}: must be an object")
    version = manifest.get("format")
    if type(version) is not int or version not in READABLE:
        raise ModelFormatError(
            f"{MANIFEST}: format {reprlib.repr(version)} is not known, "
            f"this version of stance reads {', '.join(map(str, READABLE))}"
            + ("; a newer one may" if type(version) is int and version > FORMAT_VERSION else "")
        )
    kind = manifest.get("kind", LINEAR)
    if not isinstance(kind, str) or kind not in FILES:
        raise ModelFormatError(
            f"{MANIFEST}: kind must be one of {', '.join(FILES)}, got {reprlib.repr(kind)}"
        )
    if not set(manifest) <= _KEYS[kind]:
        raise ModelFormatError(
            f"{MANIFEST}: unknown keys {show_names(set(manifest) - _KEYS[kind])}"
        )
    if _DIGEST in manifest and manifest[_DIGEST] != _digest_of(manifest):
        raise ModelFormatError(f"{MANIFEST}: altered: its digest is not that of what it says")
    return kind, manifest


def is_manifest(data: bytes) -> bool:
    """Tell whether a file is a manifest, of whatever version, whole or not."""
    try:
        manifest = read_json(data)
    except ValueError:
        return False
    return isinstance(manifest, dict) and {"format", "files"} <= set(manifest)


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


def read_facts(manifest: dict[str, Any]) -> dict[str, Any]:
    """Give what the manifest tells beside the model; nothing where it tells nothing."""
    facts = manifest.get("facts", {})
    if not isinstance(facts, dict):
        raise ModelFormatError(f"{MANIFEST}: facts must be an object")
    return facts


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
        name in labels and name in STANCES and type(value) is float and 0 <= value <= 1
        for name, value in thresholds.items()
    ):
        raise ModelFormatError(f"{MANIFEST}: thresholds must map stances to numbers from 0 to 1")
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
