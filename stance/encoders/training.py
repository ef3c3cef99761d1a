"""Training of an encoder model: data -> fine-tune -> export -> calibrate -> evaluate -> card -> save."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Final

from stance.data.datasets import split
from stance.encoders.encoder import Encoder, EncoderSettings
from stance.encoders.export import export_encoder
from stance.encoders.finetuning import fine_tune
from stance.encoders.model import EncoderModel
from stance.encoders.storage import save_encoder
from stance.evaluation import Evaluation
from stance.learning.card import write_card
from stance.learning.fitting import natural_prior
from stance.learning.training import Report, describe_call, load_training, training_facts
from stance.reports.training_page import training_page
from stance.scoring import evaluate_file

_KEPT_ASIDE: Final = 0.05  # of the statements, by whole groups, for the temperature
_MIN_NATURAL: Final = 100  # natural ones among them that the temperature is fitted on alone


def train_encoder(
    data: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    encoder: str | os.PathLike[str],
    texts: Sequence[str | os.PathLike[str]] = (),
    corrections: str | os.PathLike[str] | None = None,
    held_out: Sequence[str | os.PathLike[str]] = (),
    checkpoint: str | os.PathLike[str] | None = None,
    settings: EncoderSettings | None = None,
    page: bool = False,
    page_texts: bool = True,
    report: Report = lambda _: None,
) -> tuple[EncoderModel, dict[str, Evaluation]]:
    """Fine-tune an encoder, and save it as a model folder that needs no torch.

    Parameters
    ----------
    data, out, texts, corrections, held_out, page, page_texts, report
        As :func:`stance.learning.training.train` takes them.
    encoder : path or str
        Where to begin: a folder with a transformers model and tokeniser, or a name of the hub.
    checkpoint : path, optional
        A folder to keep the fine-tuned encoder in as it is, so that it can be fine-tuned further.
    settings : EncoderSettings, optional
        The defaults if left out.

    Returns
    -------
    model : EncoderModel
        The model, as saved.
    evaluations : dict of str to Evaluation
        Scores by the name of what was scored.

    Raises
    ------
    DataError
        If a file breaks a rule; the message names file and line.
    MissingExtraError
        If torch, transformers, onnx or onnxruntime is not installed.
    """
    tuned = Encoder(encoder, settings)
    files = load_training(
        data, texts=texts, corrections=corrections, held_out=held_out, report=report
    )
    everything = [s for statements in files.values() for s in statements]
    seen, aside = split(everything, test_share=_KEPT_ASIDE)
    report(f"fine-tuning on {len(seen):,} statements, {len(aside):,} kept aside")
    fine_tune(tuned, seen, report=report)
    if checkpoint is not None:
        tuned.save(checkpoint)
    natural = [s for s in aside if s.natural]
    calibration = natural if len(natural) >= _MIN_NATURAL else aside
    model = export_encoder(tuned, calibration=calibration, prior=natural_prior(everything))
    evaluations: dict[str, Evaluation] = {}
    for path in held_out:
        evaluations |= evaluate_file(model, path)
    facts = training_facts(files, asdict(tuned.settings), evaluations)
    model = replace(model, facts=facts)
    call = describe_call(files, texts, corrections, held_out) + " --encoder ENCODER"
    card = write_card(model, files, evaluations, left_out={}, column=None, call=call)
    made = training_page(
        model, out, held_out if page else (), files, texts=page_texts, report=report
    )
    save_encoder(model, out, card=card, report=made)
    report(f"saved {out}")
    return model, evaluations
