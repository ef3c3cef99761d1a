"""Model folder <-> EncoderModel: an ONNX graph and a tokeniser beside the manifest."""

from __future__ import annotations

import math
import os
from typing import Any, Final

from stance.encoders.model import EncoderModel
from stance.errors import ModelFormatError
from stance.storage.folders import write_folder
from stance.storage.manifest import (
    ENCODER,
    MANIFEST,
    read_facts,
    read_labels,
    read_prior,
    read_thresholds,
    read_whole,
)

_GRAPH, _TOKENISER = "model.onnx", "tokenizer.json"
_MOST_TOKENS: Final = 4096


def save_encoder(
    model: EncoderModel,
    path: str | os.PathLike[str],
    *,
    card: str | None = None,
    report: str | None = None,
) -> None:
    """Write a model folder, as :func:`stance.storage.models.save` does.

    Parameters
    ----------
    model : EncoderModel
        What to save.
    path : path
        The folder to make. If it exists it must be empty or hold a model.
    card : str, optional
        Markdown for people, kept as ``README.md``.
    report : str, optional
        An evaluation as an HTML page, kept as ``report.html``.
    """
    facts = {
        "labels": list(model.labels),
        "features": {"longest": model.longest},
        "temperature": model.temperature,
        "thresholds": dict(model.thresholds),
        "prior": dict(model.prior),
        "facts": dict(model.facts),
    }
    files = {_GRAPH: model.graph, _TOKENISER: model.tokeniser}
    write_folder(path, ENCODER, facts, files, card, report=report)


def build_encoder(manifest: dict[str, Any], files: dict[str, bytes]) -> EncoderModel:
    """Build a model of what :func:`stance.storage.folders.read_folder` gives.

    Parameters
    ----------
    manifest : dict
        The manifest.
    files : dict of str to bytes
        The graph and the tokeniser.

    Returns
    -------
    EncoderModel
        Ready to predict.

    Raises
    ------
    ModelFormatError
        If anything in them is not what it should be.
    MissingExtraError
        If onnxruntime or tokenizers is not installed.
    """
    labels = read_labels(manifest)
    temperature = manifest.get("temperature")
    if type(temperature) is not float or not (math.isfinite(temperature) and temperature > 0):
        raise ModelFormatError(f"{MANIFEST}: temperature must be a number above 0")
    facts = read_facts(manifest)
    return EncoderModel(
        labels,
        files[_GRAPH],
        files[_TOKENISER],
        read_whole(manifest, "longest", 1, _MOST_TOKENS),
        temperature,
        read_thresholds(manifest, labels),
        facts,
        read_prior(manifest, labels),
    )
