"""Model folder <-> StanceModel, without pickle, checked on the way in.

A folder holds ``manifest.json``, ``vocabulary.txt`` (a term a line), ``weights.npz`` (``weights`` and
``runs``) and, for people, ``README.md`` (the model card).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from stance.errors import ModelFormatError
from stance.features import RESERVED, Vocabulary
from stance.filters import Filters
from stance.late_numpy import NDArray, np
from stance.lengths import LONGEST
from stance.model import StanceModel
from stance.storage.folder_files import Content, Folder
from stance.storage.folders import read_folder, write_folder
from stance.storage.manifest import (
    ENCODER,
    LINEAR,
    read_facts,
    read_labels,
    read_prior,
    read_thresholds,
    read_whole,
)
from stance.storage.packed import pack_arrays, read_arrays, shape_of
from stance.terms import Terms

if TYPE_CHECKING:
    from stance.encoders.model import EncoderModel

VOCABULARY: Final = "vocabulary.txt"
WEIGHTS: Final = "weights.npz"
"""The files of a linear model."""

_MAX_ORDER: Final = 8
_WITH_PIVOT: Final = 3  # the format since which a linear model has one
_MAX_PRECISION: Final = 30
_MAX_TERMS: Final = 2**22
_MAX_WIDTH: Final = 3  # the shortest statement is a word between its two bounds
_MAX_DIMENSIONS, _MAX_FILTERS = (
    1024,
    4096,
)  # products of a word stay below 2 ** 24, exact in float32
_MAX_SUM: Final = 2**53  # whole numbers up to here are exact in float64
_LARGEST_VALUE: Final = 2**15 - 1  # of an int16
_FILTER_TYPES: Final = {
    "vectors": "int8",
    "kernel": "int8",
    "bias": "int16",
    "weights": "int32",
}
_FILTER_ARRAYS: Final = tuple(f"filter_{name}" for name in _FILTER_TYPES)
ARRAYS: Final = ("weights", "runs", "alike", *_FILTER_ARRAYS)
"""The arrays of a model that has all there can be."""

_FILTER_NUMBERS: Final = {"shift": 24, "precision": 40}


def save(
    model: StanceModel,
    path: str | os.PathLike[str],
    *,
    card: str | None = None,
    report: str | None = None,
) -> None:
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
    report : str, optional
        An evaluation as an HTML page, kept as ``report.html``.

    Raises
    ------
    FileExistsError
        If the path is something else than a model folder; nothing is touched then.
    """
    arrays: dict[str, Any] = {"weights": model.weights, "runs": model.vocabulary.runs}
    features = {
        "order": model.vocabulary.order,
        "precision": model.precision,
        "pivot": model.pivot,
    }
    if len(model.vocabulary.alike):
        arrays["alike"] = model.vocabulary.alike
    if model.filters is not None:
        arrays |= {f"filter_{name}": getattr(model.filters, name) for name in _FILTER_TYPES}
        features |= {f"filter_{name}": getattr(model.filters, name) for name in _FILTER_NUMBERS}
    facts = {
        "labels": list(model.labels),
        "features": features,
        "thresholds": dict(model.thresholds),
        "prior": dict(model.prior),
        "facts": dict(model.facts),
    }
    files = {
        VOCABULARY: model.vocabulary.terms.data,
        WEIGHTS: pack_arrays(arrays),
    }
    write_folder(path, LINEAR, facts, files, card, report=report)


def read(folder: Folder, *, pinned: str | None = None) -> StanceModel | EncoderModel:
    """Read a model folder, checking everything before anything is built.

    Parameters
    ----------
    folder : path or importlib.resources.abc.Traversable
        The folder; may lie in a zip file.
    pinned : str, optional
        The SHA-256 that its manifest must have.

    Returns
    -------
    StanceModel or EncoderModel
        A sound model.

    Raises
    ------
    ModelFormatError
        If the folder is not one, or any file in it is missing, altered, or not what it should be.
    """
    kind, manifest, files = read_folder(folder, pinned=pinned)
    if kind == ENCODER:
        # Needs what the linear model does not.
        from stance.encoders.storage import build_encoder  # noqa: PLC0415

        return build_encoder(manifest, {name: bytes(data) for name, data in files.items()})
    if kind != LINEAR:
        raise ModelFormatError(f"{folder}: a model of kind {kind} labels no statements")
    # What is pinned was checked when it was made.
    return build_linear(manifest, files, known=pinned is not None)


def build_linear(
    manifest: dict[str, Any], files: Mapping[str, Content], *, known: bool
) -> StanceModel:
    """Build a linear model.

    Parameters
    ----------
    manifest : dict
        What its manifest says.
    files : mapping of str to (bytes or mmap)
        Its files, each of the declared digest.
    known : bool
        Whether this very model is known to be sound.

    Returns
    -------
    StanceModel
        A sound model.

    Raises
    ------
    ModelFormatError
        If something in it is not what it should be.
    """
    labels = read_labels(manifest)
    order = read_whole(manifest, "order", 1, _MAX_ORDER)
    precision = read_whole(manifest, "precision", 0, _MAX_PRECISION)
    pivot = read_whole(manifest, "pivot", 0, LONGEST) if manifest["format"] >= _WITH_PIVOT else 0
    terms = _read_terms(bytes(files[VOCABULARY]), known=known)
    arrays = read_arrays(
        files[WEIGHTS],
        WEIGHTS,
        required=("weights", "runs"),
        optional=ARRAYS,
        checked=True,
    )
    weights, runs = np.ascontiguousarray(arrays["weights"]), np.ascontiguousarray(arrays["runs"])
    if runs.shape[1:] != (2,) or runs.dtype != np.int32:
        raise ModelFormatError(f"{WEIGHTS}: runs must be (n, 2) int32, got {shape_of(runs)}")
    expected = (len(terms) + len(runs), len(labels))
    if weights.shape != expected or weights.dtype != np.int16:
        raise ModelFormatError(
            f"{WEIGHTS}: weights must be {expected} int16, got {shape_of(weights)}"
        )
    if not known:
        _check_runs(runs, len(terms))
    thresholds = read_thresholds(manifest, labels)
    prior = read_prior(manifest, labels)
    facts = read_facts(manifest)
    vocabulary = Vocabulary(terms, runs, order, _read_alike(arrays, terms, known=known))
    filters = _read_filters(manifest, arrays, vocabulary, len(labels))
    return StanceModel(
        labels, vocabulary, weights, precision, thresholds, facts, prior, filters, pivot
    )


def _check_runs(runs: NDArray[np.int32], terms: int) -> None:
    rows = np.arange(terms, terms + len(runs))
    if not ((runs >= 0).all() and (runs[:, 0] < rows).all() and (runs[:, 1] < terms).all()):
        raise ModelFormatError(f"{WEIGHTS}: runs must point to rows before them and to words")
    keys = np.sort(runs[:, 0].astype(np.int64) << 32 | runs[:, 1])
    if (keys[1:] == keys[:-1]).any():
        raise ModelFormatError(f"{WEIGHTS}: a run stands twice")


def _read_alike(arrays: dict[str, NDArray[Any]], terms: Terms, *, known: bool) -> NDArray[np.int32]:
    """Read which words are read as which others, if any are."""
    alike = np.ascontiguousarray(arrays.get("alike", np.zeros((0, 2), dtype=np.int32)))
    if known:
        return alike
    if alike.shape[1:] != (2,) or alike.dtype != np.int32:
        raise ModelFormatError(f"{WEIGHTS}: alike must be (n, 2) int32, got {shape_of(alike)}")
    own = alike[:, 0]
    if ((alike < len(RESERVED)) | (alike >= terms.word_count)).any():
        raise ModelFormatError(f"{WEIGHTS}: alike must point to words")
    if len(np.unique(own)) < len(own) or np.isin(alike[:, 1], own).any():
        raise ModelFormatError(
            f"{WEIGHTS}: a word is read as two, or as one that is read as another"
        )
    return alike


def _read_filters(
    manifest: dict[str, Any], arrays: dict[str, NDArray[Any]], vocabulary: Vocabulary, labels: int
) -> Filters | None:
    """Read the filters, if there are any."""
    if not set(_FILTER_ARRAYS) & set(arrays):
        return None
    parts = {}
    for name, dtype in _FILTER_TYPES.items():
        array = arrays.get(f"filter_{name}")
        if array is None or array.dtype != dtype:
            raise ModelFormatError(f"{WEIGHTS}: filter_{name} must be {np.dtype(dtype)}")
        parts[name] = np.ascontiguousarray(array)
    if parts["kernel"].ndim != 3 or parts["vectors"].ndim != 2:
        raise ModelFormatError(f"{WEIGHTS}: filters must have a 3-d kernel and 2-d vectors")
    width, dimensions, count = parts["kernel"].shape
    if not (1 <= dimensions <= _MAX_DIMENSIONS and 1 <= count <= _MAX_FILTERS):
        raise ModelFormatError(
            f"{WEIGHTS}: 1 to {_MAX_FILTERS} filters of 1 to {_MAX_DIMENSIONS} dimensions are "
            f"possible, got {count} of {dimensions}"
        )
    expected = {
        "vectors": (vocabulary.word_count + 1, dimensions),
        "bias": (count,),
        "weights": (count, labels),
    }
    wrong = [name for name, shape in expected.items() if parts[name].shape != shape]
    if wrong or not 1 <= width <= _MAX_WIDTH:
        raise ModelFormatError(f"{WEIGHTS}: filter {wrong or 'width'} does not fit the rest")
    sums = np.abs(parts["weights"].astype(np.int64)).sum(axis=0) * _LARGEST_VALUE
    if (sums >= _MAX_SUM).any():
        raise ModelFormatError(f"{WEIGHTS}: filter_weights are too large to be summed exactly")
    shift, precision = (
        read_whole(manifest, f"filter_{name}", 0, most) for name, most in _FILTER_NUMBERS.items()
    )
    return Filters(
        parts["vectors"], parts["kernel"], parts["bias"], shift, parts["weights"], precision
    )


def _read_terms(data: bytes, *, known: bool) -> Terms:
    if known:
        return Terms(data)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise ModelFormatError(f"{VOCABULARY}: not UTF-8: {error}") from error
    if data.count(b"\n") > _MAX_TERMS:
        raise ModelFormatError(f"{VOCABULARY}: more than {_MAX_TERMS:,} terms")
    if not data.endswith(b"\n"):
        raise ModelFormatError(f"{VOCABULARY}: must end with a line break")
    terms = Terms(data)
    if tuple(terms[: len(RESERVED)]) != RESERVED:
        raise ModelFormatError(f"{VOCABULARY}: must begin with {', '.join(RESERVED)}")
    if terms.has_twice(len(RESERVED)):
        raise ModelFormatError(f"{VOCABULARY}: a term stands twice")
    if not terms.in_order:
        raise ModelFormatError(f"{VOCABULARY}: words must stand before spelling pieces")
    return terms
