"""Speed of the bundled model beside a plain scikit-learn pipeline, on the same statements, in one run.

    python benchmarks/speed.py [FILE.csv or FILE.jsonl]

Statements come from the project's own dataset unless a file is named. Both run on one core.
"""

from __future__ import annotations

import os

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

import platform
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

import stance
from stance.datasets import load_statements

OWN = Path(__file__).parent.parent / "datasets" / "statements.csv"
BATCH = 20_000
SINGLES = 2_000
ROUNDS = 5


def batch_rate(predict: Callable[[list[str]], Any], texts: list[str]) -> float:
    """Statements a second, the best of some rounds."""
    predict(texts[:1000])
    seconds = []
    for _ in range(ROUNDS):
        begin = perf_counter()
        predict(texts)
        seconds.append(perf_counter() - begin)
    return len(texts) / min(seconds)


def single_median(predict: Callable[[str], Any], texts: list[str]) -> float:
    """Median microseconds of one statement, warm."""
    for text in texts[:100]:
        predict(text)
    seconds = []
    for text in texts[:SINGLES]:
        begin = perf_counter()
        predict(text)
        seconds.append(perf_counter() - begin)
    return statistics.median(seconds) * 1e6


def main() -> None:
    statements = load_statements(sys.argv[1] if len(sys.argv) > 1 else OWN)
    texts = [s.text for s in statements]
    batch = (texts * (BATCH // len(texts) + 1))[:BATCH]
    model = stance.load()
    pipeline = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        LogisticRegression(C=5.0, max_iter=300),
    ).fit(texts, [s.primary for s in statements])
    words = statistics.mean(len(text.split()) for text in batch)
    versions = f"Python {platform.python_version()}, numpy {np.__version__}, "
    versions += f"scikit-learn {sklearn.__version__}"
    print(f"{len(batch):,} statements of {words:.1f} words on average, one core; {versions}\n")
    rows = [
        (
            "stance, model.predict",
            batch_rate(model.predict, batch),
            single_median(model.label, texts),
        ),
        (
            "stance, stance.predict",
            batch_rate(stance.predict, batch),
            single_median(stance.predict, texts),
        ),
        (
            "scikit-learn TF-IDF + LogisticRegression",
            batch_rate(pipeline.predict, batch),
            single_median(lambda text: pipeline.predict([text]), texts),
        ),
    ]
    _, peer_rate, peer_median = rows[-1]
    print(f"{'':<42} {'statements/s':>13} {'ratio':>7} {'one, median us':>15} {'ratio':>7}")
    for name, rate, median in rows:
        gain, quicker = rate / peer_rate, peer_median / median
        print(f"{name:<42} {rate:>13,.0f} {gain:>6.1f}x {median:>15.1f} {quicker:>6.1f}x")


if __name__ == "__main__":
    main()
