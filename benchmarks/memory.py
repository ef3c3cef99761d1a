"""Whether memory stays flat: resident size over thousands of loads and a million predictions.

    python benchmarks/memory.py [--loads 2000] [--predictions 1000000]

A fault if it grows by more than two megabytes once everything has been done a few times.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import stance
from stance.storage.models import read

BORNE: Final = 2 * 2**20
FOLDER: Final = Path(__file__).resolve().parent.parent / "models" / "default"
TEXTS: Final = [f"{who} deny it, word{i}x." for i in range(500) for who in ("We", "They")]
ARTICLE: Final = (
    "“We never took a cent,” Mayor Ada Obi said. She denied that the bridge was closed.\n"
)


def main() -> int:
    """Read the command line; 1 if memory grew."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--loads", type=int, default=2000)
    parser.add_argument("--predictions", type=int, default=1_000_000)
    options = parser.parse_args()
    model = stance.load()
    model.warm_up()  # or the fastest engine, and numba with it, would come in between
    rounds = options.predictions // len(TEXTS)
    grown = [
        measure("loads", lambda: read(FOLDER), options.loads),
        measure("batches of 1,000 predictions", lambda: model.label(TEXTS), rounds),
        measure(
            "predictions, one at a time", lambda: stance.predict(TEXTS[0]), options.predictions
        ),
        measure("explanations", lambda: stance.predict(TEXTS[1]).explain(), options.loads * 10),
        measure("articles", lambda: stance.read_article(ARTICLE), options.loads),
    ]
    return int(max(grown) > BORNE)


def measure(name: str, work: Callable[[], object], times: int) -> int:
    """Do something often; print and give by how much memory grew after the first tenth."""
    for _ in range(max(1, times // 10)):
        work()
    gc.collect()
    before = resident()
    for _ in range(times):
        work()
    gc.collect()
    after = resident()
    print(f"{times:>9,} {name:<32}{before / 2**20:8.1f} MB -> {after / 2**20:8.1f} MB", flush=True)
    return after - before


def resident() -> int:
    """Bytes of memory that the process holds."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    sys.exit(main())
