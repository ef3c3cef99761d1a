"""Fine-tune the encoder of the ablation table: on two cores in an hour, from 31,700 statements.

    python models/encoder.py ENCODER OUT    ENCODER: a folder with all-mpnet-base-v2, or another's

What is read in an hour is all of train.jsonl, every reading drawn at random, and a sample of the
readings that models had found hard and of our own statements. Needs stance[teacher]; OUT then needs
stance[encoder]. All statements, in two hours and more: `stance train ... --encoder ENCODER`.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from rebuild import CORRECTIONS, READINGS, ROOT, STATEMENTS, say

from stance.data.datasets import split
from stance.encoders.encoder import Encoder, EncoderSettings
from stance.encoders.export import export_encoder
from stance.encoders.finetuning import fine_tune
from stance.encoders.storage import save_encoder
from stance.evaluation import as_text
from stance.learning.fitting import natural_prior
from stance.learning.training import load_training
from stance.scoring import evaluate_file

HARD, OWN = 9_000, 2_000  # statements of these kinds that are read
ASIDE = 0.03  # of all, for the temperature
SEED = 7


def main() -> None:
    """Sample, fine-tune, export, and print the scores on dev.jsonl."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("encoder")
    parser.add_argument("out", type=Path)
    parser.add_argument("--real", type=Path, default=ROOT.parent / "shared" / "real")
    parser.add_argument("--hard", type=int, default=HARD, help="hard readings to learn from")
    options = parser.parse_args()
    dev = options.real / "dev.jsonl"
    files = load_training(
        [STATEMENTS, options.real / "train.jsonl", READINGS],
        texts=[options.real / "unlabelled.jsonl.gz"],
        corrections=CORRECTIONS,
        held_out=[dev],
        report=say,
    )
    own, real, readings = files.values()
    hard = [s for s in readings if not s.natural]
    draw = random.Random(SEED)
    draw.shuffle(hard)
    draw.shuffle(own)
    natural = [s for s in readings if s.natural]
    seen, aside = split([*real, *natural, *hard[: options.hard], *own[:OWN]], test_share=ASIDE)
    tuned = Encoder(options.encoder, EncoderSettings(frozen=1 / 3, longest=64))
    fine_tune(tuned, seen, report=say)
    unseen = [s for s in aside if s.natural]
    prior = natural_prior([s for statements in files.values() for s in statements])
    model = export_encoder(tuned, calibration=unseen, prior=prior)
    save_encoder(model, options.out)
    for title, evaluation in evaluate_file(model, dev).items():
        print(as_text(evaluation, title), end="\n\n")


if __name__ == "__main__":
    main()
