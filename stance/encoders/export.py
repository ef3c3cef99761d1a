"""A fine-tuned encoder -> an EncoderModel: an ONNX graph with weights of eight bits."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from stance.calibration import USUAL_THRESHOLD, best_temperature
from stance.data.datasets import LabelledStatement
from stance.encoders.encoder import Encoder
from stance.encoders.model import EncoderModel
from stance.encoders.rounding import round_weights
from stance.errors import MissingExtraError
from stance.stances import LABELS, STANCES

_OPSET: Final = 17


def export_encoder(
    encoder: Encoder,
    *,
    calibration: Sequence[LabelledStatement] = (),
    prior: Mapping[str, float] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> EncoderModel:
    """Make a model that predicts without torch.

    Weights are rounded to integers of eight bits (:func:`stance.encoders.rounding.round_weights`).

    Parameters
    ----------
    encoder : Encoder
        Fine-tuned.
    calibration : sequence of LabelledStatement, optional
        Statements that the encoder has not seen, to fit the temperature on.
    prior : mapping of str to float, optional
        How often each label occurs in speech.
    facts : mapping, optional
        What the manifest tells beside the model.

    Returns
    -------
    EncoderModel
        Its own scores differ a little from the encoder's, by the rounding.

    Raises
    ------
    MissingExtraError
        If onnx or onnxruntime is not installed.
    """
    try:
        # Heavy, and optional extras.
        import onnx  # noqa: F401, PLC0415
        import onnxruntime  # noqa: F401, PLC0415
    except ImportError as error:
        raise MissingExtraError(
            "exporting an encoder needs onnx and onnxruntime: pip install 'stance[teacher]'"
        ) from error
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # The tracer warns of every Python number in transformers' own code.
        warnings.simplefilter("ignore")
        whole = Path(folder) / "whole.onnx"
        encoder.write_graph(whole, opset=_OPSET)
        graph = round_weights(whole.read_bytes())
    model = EncoderModel(
        LABELS,
        graph,
        encoder.tokeniser.backend_tokenizer.to_str().encode(),
        encoder.settings.longest,
        1.0,
        dict.fromkeys(STANCES, USUAL_THRESHOLD),
        dict(facts or {}),
        dict(prior or {}),
    )
    if not calibration:
        return model
    scores = model.decision_function([s.text for s in calibration])
    target = np.array([LABELS.index(s.primary) for s in calibration])
    temperature = best_temperature(scores, target, np.ones(len(target)))
    return replace(model, temperature=temperature)
