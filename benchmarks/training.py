"""How long training takes on many soft-labelled statements, and how much memory.

    python benchmarks/training.py [--statements 1000000] [--jobs 2]

The statements are those of the other benchmarks (`texts.py`); their labels are the probabilities that the
bundled model gives. `stance train` runs as a process of its own; memory is summed over it and its
workers, five times a second. Linux.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from texts import shuffled

import stance

FORMAT = "%.4f"
EVERY = 0.2  # seconds


def main() -> None:
    """Read the command line; print seconds and megabytes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "soft.csv"
        write_soft(data, options.statements)
        arguments = ["train", str(data), "--out", f"{folder}/model", "--jobs", str(options.jobs)]
        begun = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "stance", *arguments, "--no-cross-validation", "--no-report"]
        )
        peak = 0
        while process.poll() is None:
            peak = max(peak, resident(process.pid))
            time.sleep(EVERY)
        took = time.perf_counter() - begun
    print(f"{options.statements:,} statements, {options.jobs} jobs: {took:.0f} s, {peak:,} MB")
    sys.exit(process.returncode)


def write_soft(path: Path, count: int) -> None:
    """Write statements with probabilities as a file that training takes."""
    texts = shuffled(count)
    shares = stance.load().predict_proba(texts)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["text", *stance.LABELS])
        rows.writerows(
            [text, *(FORMAT % share for share in row)]
            for text, row in zip(texts, shares, strict=True)
        )


def resident(pid: int) -> int:
    """Megabytes that a process and its descendants hold."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:  # gone meanwhile
        return 0
    own = next((int(line.split()[1]) for line in status.splitlines() if "VmRSS" in line), 0)
    return own // 1024 + sum(resident(int(child)) for child in children)


if __name__ == "__main__":
    main()
