"""Speed of the bundled model beside scikit-learn and fastText, on the same statements, in one run.

    python benchmarks/speed.py [FILE.csv or FILE.jsonl]

Statements come from the project's own dataset unless a file is named. All run on one core. fastText runs
if it is installed (`pip install fasttext-wheel`).
"""

from __future__ import annotations

import os

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

import platform
import statistics
import sys
import tempfile
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
from stance.datasets import LabelledStatement, load_statements

MODEL = Path(__file__).parent.parent / "models" / "default"
OWN = Path(__file__).parent.parent / "datasets" / "statements.csv"
Row = tuple[str, float, float]
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


def load_time() -> float:
    """Least milliseconds to load the bundled model's folder."""
    seconds = []
    for _ in range(ROUNDS):
        begin = perf_counter()
        stance.load(MODEL)
        seconds.append(perf_counter() - begin)
    return min(seconds) * 1e3


def fasttext_row(statements: list[LabelledStatement], batch: list[str]) -> list[Row]:
    """FastText's own classifier, word pairs counted; nothing if it is not installed."""
    try:
        import fasttext  # noqa: PLC0415 - optional
    except ImportError:
        return []
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        for s in statements:
            file.write(f"__label__{s.primary} {' '.join(s.text.split())}\n")
        file.flush()
        model = fasttext.train_supervised(file.name, wordNgrams=2, thread=1, verbose=0)
    # The module's own wrapper fails on numpy 2; this is what it calls.
    predict = model.f.predict
    texts = [" ".join(text.split()) + "\n" for text in batch]
    return [
        (
            "fastText, word pairs",
            batch_rate(lambda some: [predict(t, 1, 0.0, "strict") for t in some], texts),
            single_median(lambda t: predict(t, 1, 0.0, "strict"), texts),
        )
    ]


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
    rows: list[Row] = [
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
    rows += fasttext_row(statements, batch)
    print(f"{'':<42} {'statements/s':>13} {'ratio':>7} {'one, median us':>15} {'ratio':>7}")
    for name, rate, median in rows:
        gain, quicker = rate / peer_rate, peer_median / median
        print(f"{name:<42} {rate:>13,.0f} {gain:>6.1f}x {median:>15.1f} {quicker:>6.1f}x")
    size = sum(file.stat().st_size for file in MODEL.iterdir()) / 1e6
    print(f"\nthe model folder: {size:.1f} MB, loaded in {load_time():.0f} ms")


if __name__ == "__main__":
    main()
