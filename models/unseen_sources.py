"""How right are models on sources that they never saw? Leaves each source of the real statements out.

    python models/unseen_sources.py                 half an hour on one core, quiet
    python models/unseen_sources.py --no-filters    a quarter of that, with the n-grams alone

The default model's recipe learns from everything but that source (soft labels too); TF-IDF with
logistic regression from the annotated statements among it. Both are scored on the statements of
train.jsonl from the source left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rebuild import ROOT, default_classifier, default_files, say
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

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
        "| source left out | statements | logistic regression | with balanced labels | default recipe |"
        "\n|---|---|---|---|---|"
    )
    for source in sorted({s.slices["source"] for s in files["train.jsonl"]}):
        seen = [s for s in everything if s.slices.get("source") != source]
        unseen = [s for s in files["train.jsonl"] if s.slices["source"] == source]
        texts, labels = [s.text for s in unseen], [s.primary for s in unseen]
        found = (
            _simple(seen, texts, LogisticRegression(max_iter=1000)),
            _simple(seen, texts, LogisticRegression(C=4.0, class_weight="balanced", max_iter=1000)),
            learn(seen, texts),
        )
        rows.append([evaluate(probabilities, labels).macro_f1.value for probabilities in found])
        print(f"| {source} | {len(unseen):,} | {_cells(rows[-1])} |", flush=True)
    print(f"| mean | | {_cells(np.mean(rows, axis=0).tolist())} |")


def _cells(scores: Sequence[float]) -> str:
    return " | ".join(f"{score:.3f}" for score in scores)


def _simple(
    seen: Sequence[LabelledStatement], texts: Sequence[str], classifier: LogisticRegression
) -> np.ndarray:
    """Learn words and pairs of words, the usual way; give probabilities."""
    annotated = [s for s in seen if s.soft is None]
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    pipeline = make_pipeline(vectorizer, classifier)
    pipeline.fit([s.text for s in annotated], [s.primary for s in annotated])
    places = [list(pipeline.classes_).index(label) for label in LABELS]
    return np.asarray(pipeline.predict_proba(list(texts)))[:, places]


if __name__ == "__main__":
    main()
