"""How right are models on sources that they never saw? Leaves each source of the real statements out.

    python models/unseen_sources.py                 half an hour on one core, quiet
    python models/unseen_sources.py --no-filters    a quarter of that, with the n-grams alone

The default model's recipe learns from everything but that source (soft labels too); TF-IDF of words
and pairs with logistic regression from the annotated statements among it; TF-IDF of words, pairs and
spelling with balanced logistic regression from train.jsonl alone, which has a macro-F1 of 0.57 on
dev.jsonl. All are scored on the statements of train.jsonl from the source left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rebuild import ROOT, default_classifier, default_files, say
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

from stance.data.labelled import LabelledStatement
from stance.evaluation import evaluate
from stance.learning.fitting import ngram_learner
from stance.learning.training import load_training
from stance.stances import LABELS


def main() -> None:
    """Print a row for each source, and the means."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--real", type=Path, default=ROOT.parent / "shared" / "real")
    parser.add_argument("--no-filters", action="store_true", help="the recipe's n-grams alone")
    options = parser.parse_args()
    classifier = default_classifier()
    if options.no_filters:
        classifier.set_params(filters=0)
    files = load_training(**default_files(options.real), report=say)
    everything = [s for statements in files.values() for s in statements]
    learn = ngram_learner(classifier)
    rows = []
    print(
        "| source left out | statements | train.jsonl alone | logistic regression | with balanced labels "
        "| default recipe |\n|---|---|---|---|---|---|"
    )
    for source in sorted({s.slices["source"] for s in files["train.jsonl"]}):
        seen = [s for s in everything if s.slices.get("source") != source]
        unseen = [s for s in files["train.jsonl"] if s.slices["source"] == source]
        texts, labels = [s.text for s in unseen], [s.primary for s in unseen]
        real = [s for s in files["train.jsonl"] if s.slices["source"] != source]
        found = (
            _simple(real, texts, _balanced(10.0), spelling=True),
            _simple(seen, texts, LogisticRegression(max_iter=1000)),
            _simple(seen, texts, _balanced(4.0)),
            learn(seen, texts),
        )
        rows.append([evaluate(probabilities, labels).macro_f1.value for probabilities in found])
        print(f"| {source} | {len(unseen):,} | {_cells(rows[-1])} |", flush=True)
    print(f"| mean | | {_cells(np.mean(rows, axis=0).tolist())} |")


def _cells(scores: Sequence[float]) -> str:
    return " | ".join(f"{score:.3f}" for score in scores)


def _balanced(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, class_weight="balanced", max_iter=1000)


def _simple(
    seen: Sequence[LabelledStatement],
    texts: Sequence[str],
    classifier: LogisticRegression,
    *,
    spelling: bool = False,
) -> np.ndarray:
    """Learn words and pairs of words, and spelling, the usual way; give probabilities."""
    annotated = [s for s in seen if s.soft is None]
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=3, sublinear_tf=True)
    pipeline = make_pipeline(make_union(words, letters) if spelling else words, classifier)
    pipeline.fit([s.text for s in annotated], [s.primary for s in annotated])
    places = [list(pipeline.classes_).index(label) for label in LABELS]
    return np.asarray(pipeline.predict_proba(list(texts)))[:, places]


if __name__ == "__main__":
    main()
