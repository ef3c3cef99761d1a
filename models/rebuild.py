"""Rebuild the models of this repository from its data: same inputs, same bytes.

    python models/rebuild.py                    the default model, into models/default
    python models/rebuild.py --own DIR          a smaller one, from datasets/statements.csv alone
    python models/rebuild.py --quotes           the model that tells who said what, into models/attribution
    python models/rebuild.py --teacher ENCODER  first anew the soft labels, by fine-tuning that encoder,
                                                and the word vectors, which are those of its input

The default model needs the real statements, which are not part of the repository (--real). The last
way needs stance[teacher] and, on two cores, about two hours; without it, the soft labels that are in
the repository are used.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from stance.articles.training import train_quotes
from stance.classifier import StanceClassifier
from stance.data.rows import read_rows
from stance.learning.soft_labels import read_ids, write_soft_labels
from stance.learning.training import train
from stance.learning.word_vectors import write_vectors
from stance.text import words

ROOT = Path(__file__).resolve().parent.parent
STATEMENTS = ROOT / "datasets" / "statements.csv"
ANNOTATIONS = ROOT / "datasets" / "annotations"
READINGS = ANNOTATIONS / "readings.csv"
CORRECTIONS = ANNOTATIONS / "corrections.csv"
SOFT_LABELS = ANNOTATIONS / "soft_labels.csv.gz"
POOL_LABELLED = 60_000
RARE = 3  # statements that a word must stand in to get a vector
WORD_VECTORS = ROOT / "datasets" / "word_vectors.npz"


def main() -> None:
    """Read the command line and train what it asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--real", type=Path, default=ROOT.parent / "shared" / "real")
    parser.add_argument("--own", type=Path, metavar="DIR", help="folder of the smaller model")
    parser.add_argument("--quotes", action="store_true", help="the model that tells who said what")
    parser.add_argument("--teacher", metavar="ENCODER", help="sentence encoder to fine-tune")
    parser.add_argument("--out", type=Path, default=ROOT / "models" / "default")
    parser.add_argument("--jobs", type=int, default=-1, help="processes (default: all cores)")
    options = parser.parse_args()
    if options.own:
        train([STATEMENTS], options.own, jobs=options.jobs, report=say)
        return
    if options.quotes:
        annotated = options.real.parent / "quotes"
        train_quotes(
            [annotated / "train.jsonl"],
            ROOT / "models" / "attribution",
            vectors=WORD_VECTORS,
            held_out=[annotated / "dev.jsonl"],
            report=say,
        )
        return
    if options.teacher:
        teach(options.teacher, options.real)
    train(
        out=options.out,
        classifier=default_classifier(),
        **default_files(options.real),
        notes=(ROOT / "models" / "ablation.md").read_text(encoding="utf-8"),
        cross_validate=False,
        jobs=options.jobs,
        report=say,
    )


def default_files(real: Path) -> dict[str, Any]:
    """Give the files that the default model learns from and is scored on, as training takes them."""
    return {
        "data": [STATEMENTS, real / "train.jsonl", READINGS, SOFT_LABELS],
        "texts": [real / "unlabelled.jsonl.gz"],
        "corrections": CORRECTIONS,
        "held_out": [real / "dev.jsonl"],
    }


def default_classifier() -> StanceClassifier:
    """Give the settings of the default model."""
    return StanceClassifier(
        min_count=3,
        filters=128,
        filter_share=0.3,
        filter_vectors=WORD_VECTORS,
        peers_alike=True,
        calibration_folds=3,
        random_state=2,  # of three; see ablation.md
    )


def teach(encoder: str, real: Path) -> None:
    """Fine-tune a teacher on all annotated statements, and label the pool with it."""
    # Heavy, and an optional extra.
    from stance.encoders.encoder import Encoder  # noqa: PLC0415
    from stance.encoders.training import train_encoder  # noqa: PLC0415

    pool = real / "unlabelled.jsonl.gz"
    begun = Encoder(encoder)
    texts = [row["text"] for path in (pool, STATEMENTS) for _, row in read_rows(path)]
    counts = Counter(word for text in texts for word in set(words(text)))
    known = sorted(word for word, count in counts.items() if count >= RARE)
    write_vectors(WORD_VECTORS, known, begun.word_vectors(known))
    with tempfile.TemporaryDirectory() as folder:
        checkpoint, labels = Path(folder) / "checkpoint", Path(folder) / "soft_labels.csv"
        train_encoder(
            [STATEMENTS, real / "train.jsonl", READINGS],
            Path(folder) / "model",
            encoder=encoder,
            texts=[pool],
            corrections=CORRECTIONS,
            held_out=[real / "dev.jsonl"],
            checkpoint=checkpoint,
            report=say,
        )
        write_soft_labels(
            Encoder(checkpoint),
            [pool],
            labels,
            without=read_ids([READINGS]),
            limit=POOL_LABELLED,
            report=say,
        )
        # Without a time in it, the same labels are the same bytes.
        SOFT_LABELS.write_bytes(gzip.compress(labels.read_bytes(), mtime=0))


def say(line: str) -> None:
    """Print a line of progress."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
