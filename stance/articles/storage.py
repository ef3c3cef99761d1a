"""Model folder <-> AttributionModel: arrays beside the manifest."""

from __future__ import annotations

import os
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stance.articles.hashing import BITS, Floats
from stance.articles.model import SCORERS, WINDOW, AttributionModel
from stance.articles.trust import TRUST_COLUMNS
from stance.errors import ModelFormatError
from stance.storage.folder_files import Folder
from stance.storage.folders import read_folder, write_folder
from stance.storage.manifest import ATTRIBUTION, MANIFEST, read_facts
from stance.storage.packed import pack_arrays, read_arrays, shape_of

_WEIGHTS: Final = "weights.npz"
_FEATURES: Final = {"bits": BITS, "trust": TRUST_COLUMNS}
_LARGEST: Final = 1e6  # of any score: their sums and differences stay finite


def save_attribution(
    model: AttributionModel, path: str | os.PathLike[str], *, card: str | None = None
) -> None:
    """Write a model folder, as :func:`stance.storage.models.save` does.

    Parameters
    ----------
    model : AttributionModel
        What to save.
    path : path
        The folder to make. If it exists it must be empty or hold a model.
    card : str, optional
        Markdown for people, kept as ``README.md``.
    """
    facts = {
        "features": _FEATURES,
        "scales": model.scales.tolist(),
        "intercepts": model.intercepts.tolist(),
        "facts": dict(model.facts),
    }
    arrays: dict[str, NDArray[Any]] = {
        "weights": model.weights,
        "words": model.words,
        "word_scores": model.word_scores,
        "trust": model.trust,
    }
    write_folder(path, ATTRIBUTION, facts, {_WEIGHTS: pack_arrays(arrays)}, card)


def read_attribution(folder: Folder, *, pinned: str | None = None) -> AttributionModel:
    """Read a model folder, checking everything before anything is built.

    Parameters
    ----------
    folder : path or importlib.resources.abc.Traversable
        The folder; may lie in a zip file.
    pinned : str, optional
        The SHA-256 that its manifest must have.

    Returns
    -------
    AttributionModel
        A sound model.

    Raises
    ------
    ModelFormatError
        If the folder is not one of this kind, or any file in it is missing, altered, or not what it
        should be.
    """
    kind, manifest, files = read_folder(folder, pinned=pinned)
    if kind != ATTRIBUTION:
        raise ModelFormatError(f"{folder}: a model of kind {kind}, expected {ATTRIBUTION}")
    if manifest.get("features") != _FEATURES:
        raise ModelFormatError(
            f"{MANIFEST}: features must be {_FEATURES}, got {manifest.get('features')!r}"
        )
    facts = read_facts(manifest)
    arrays = read_arrays(
        files[_WEIGHTS],
        _WEIGHTS,
        required=("weights", "words", "word_scores", "trust"),
        checked=True,
    )
    words = arrays["words"]
    expected: dict[str, tuple[tuple[int, ...], Any]] = {
        "weights": ((len(SCORERS), 1 << BITS), np.int8),
        "words": ((words.size,), np.uint32),
        "word_scores": ((words.size + 1, len(WINDOW)), np.float32),
        "trust": ((TRUST_COLUMNS + 1,), np.float64),
    }
    for name, (shape, dtype) in expected.items():
        array = arrays[name]
        if array.shape != shape or array.dtype != dtype:
            raise ModelFormatError(
                f"{_WEIGHTS}: {name} must be {shape} {np.dtype(dtype)}, got {shape_of(array)}"
            )
    if not words.size or (np.diff(words.astype(np.int64)) < 0).any():
        raise ModelFormatError(f"{_WEIGHTS}: words must be in ascending order, one or more")
    for name in ("word_scores", "trust"):
        if not (np.abs(arrays[name]) <= _LARGEST).all():
            raise ModelFormatError(f"{_WEIGHTS}: {name} must be within {_LARGEST:,.0f} of 0")
    scales, intercepts = (_numbers(manifest, name) for name in ("scales", "intercepts"))
    return AttributionModel(
        arrays["weights"],
        scales,
        intercepts,
        words,
        arrays["word_scores"],
        arrays["trust"],
        facts,
    )


def _numbers(manifest: dict[str, Any], name: str) -> Floats:
    given = manifest.get(name)
    if (
        not isinstance(given, list)
        or len(given) != len(SCORERS)
        or not all(type(value) is float and abs(value) <= _LARGEST for value in given)
    ):
        raise ModelFormatError(
            f"{MANIFEST}: {name} must be {len(SCORERS)} numbers within {_LARGEST:,.0f} of 0"
        )
    return np.array(given)
