"""Speed of reading news articles on one core: articles a second, and time against length.

    python benchmarks/articles.py [FILE.txt or FILE.jsonl ...]

Texts come from datasets/examples unless files are named (JSON Lines with a `text` each); they are repeated
to a thousand articles of about five thousand characters.
"""

from __future__ import annotations

import os

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

import json
import platform
import resource
import sys
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter, process_time

import stance

EXAMPLES = Path(__file__).parent.parent / "datasets" / "examples"
ARTICLES, LENGTH = 1000, 5000
LENGTHS = (10_000, 100_000, 1_000_000, 10_000_000)


def texts(names: list[str]) -> list[str]:
    """Read the texts of files."""
    found: list[str] = []
    for name in names or sorted(map(str, EXAMPLES.glob("*.txt"))):
        content = Path(name).read_text(encoding="utf-8")
        if name.endswith(".jsonl"):
            found += [json.loads(line)["text"] for line in content.splitlines()]
        else:
            found.append(content)
    return found


def thousand(given: list[str]) -> list[str]:
    """Make a thousand articles of about five thousand characters each."""
    whole = "\n\n".join(given)
    paragraphs = cycle(whole.split("\n\n"))
    articles = []
    for _ in range(ARTICLES):
        parts: list[str] = []
        while sum(map(len, parts)) < LENGTH:
            parts += islice(paragraphs, 1)
        articles.append("\n\n".join(parts))
    return articles


def main() -> None:
    """Print the figures."""
    given = texts(sys.argv[1:])
    stance.read_article("“No,” Ana Silva said.")
    articles = thousand(given)
    begin, used = perf_counter(), process_time()
    count = sum(
        1 for article in articles for s in stance.read_article(article) if s.prediction.confidence
    )
    seconds, used = perf_counter() - begin, process_time() - used
    size = sum(map(len, articles)) / 1e6
    print(f"Python {platform.python_version()}, {platform.processor() or platform.machine()}")
    print(f"{ARTICLES:,} articles, {size:.1f} million characters, {count:,} statements")
    print(
        f"{seconds:.1f} s: {ARTICLES / seconds:,.0f} articles a second; {used:.1f} s of processor time"
    )
    whole = "\n\n".join(articles)
    for length in LENGTHS:
        text = (whole * (length // len(whole) + 1))[:length]
        begin = perf_counter()
        stance.read_article(text)
        seconds = perf_counter() - begin
        each = seconds / length * 1e6
        print(f"one text of {length:>10,} characters: {seconds:7.2f} s, {each:.2f} us a character")
    for mark in ("“", '"', "' ", "“A,” B said. ", "the “Ab Cd.” ", "said that ", "(", "a "):
        text = mark * (100_000 // len(mark))
        begin = perf_counter()
        stance.read_article(text)
        print(f"{len(text):,} characters of {mark!r}: {perf_counter() - begin:.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:,.0f} MB")


if __name__ == "__main__":
    main()
