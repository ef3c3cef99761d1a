"""Speed and memory of the shipped model beside its peers, on the same statements, in one run.

    python benchmarks/speed.py [--quick]

Each peer runs in a process of its own, on one core, in rounds that take turns, so that whatever else the
machine does meets all of them; the best round counts. Peers that are not installed are left out
(`pip install fasttext-wheel floret vowpalwabbit numba`). Writes benchmarks/RESULTS.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from peers import MODEL, installed
from report import Row, write_results

HERE = Path(__file__).parent
WORKER = HERE / "worker.py"
_ONE, _TWO = ": one thread", ": two threads"


class Worker:
    """A process that does tasks on demand."""

    def __init__(self, name: str, folder: Path, count: int) -> None:
        call = [sys.executable, str(WORKER), "serve", name, str(folder), str(count)]
        self.process = subprocess.Popen(
            call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE
        )
        self.texts = self._read()["texts"]

    def do(self, task: str, *given: Any) -> dict[str, float]:
        """Do a task."""
        assert self.process.stdin is not None
        print(json.dumps([task, *given]), file=self.process.stdin, flush=True)
        return self._read()

    def end(self) -> None:
        """Let the process go."""
        self.process.communicate()

    def _read(self) -> dict[str, float]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("a worker has failed; its message is above")
        answer: dict[str, float] = json.loads(line)
        return answer


def call(*arguments: str) -> dict[str, float]:
    """Run a worker to its end."""
    done = subprocess.run(
        [sys.executable, str(WORKER), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=HERE,
    )
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def cold(name: str, folder: Path, rounds: int) -> tuple[float, float]:
    """Milliseconds from nothing to one labelled statement and an ended process; megabytes."""
    seconds, peaks = [], []
    for _ in range(rounds):
        begin = perf_counter()
        peaks.append(call("cold", name, str(folder))["peak"])
        seconds.append(perf_counter() - begin)
    return min(seconds) * 1e3, min(peaks)


def measure(names: list[str], count: int, rounds: int, folder: Path) -> list[Row]:
    """Train all, then time all of them in turns."""
    rows = []
    for name in names:
        place = folder / name.replace(" ", "-")
        place.mkdir()
        say(f"training {name}")
        trained = call("train", name, str(place))["seconds"]
        saved = MODEL if name.startswith("stance") else place
        size = sum(file.stat().st_size for file in saved.iterdir()) / 1e6
        rows.append(Row(name, trained, size, *cold(name, place, rounds)))
    workers = {
        row.name: Worker(row.name, folder / row.name.replace(" ", "-"), count) for row in rows
    }
    for i in range(rounds):
        say(f"round {i + 1} of {rounds}")
        for row in rows:
            done = workers[row.name].do("singles")
            row.median, row.p99 = min(row.median, done["median"]), min(row.p99, done["p99"])
        for row in rows:
            done = workers[row.name].do("batch")
            row.rate = max(row.rate, done["rate"])
            row.peak, row.texts = done["peak"], workers[row.name].texts
    for worker in workers.values():
        worker.end()
    return rows


def stance_alone(
    engines: list[str], count: int, rounds: int, identical: int, quick: bool
) -> dict[str, Any]:
    """Measure what peers are not asked for: threads, growth, and that all engines agree."""
    found: dict[str, Any] = {}
    for name in engines:
        say(f"{name}: threads, lengths, growth")
        worker = Worker(name, Path("none"), count)
        tries = [worker.do("threads") for _ in range(rounds)]
        least = {key: min(one[key] for one in tries) for key in tries[0]}
        tasks = [key.removesuffix(_TWO) for key in least if key.endswith(_TWO)]
        found[name] = {
            "threads": {task: least[task + _ONE] / least[task + _TWO] for task in tasks},
            "lengths": worker.do("lengths"),
            "floor": max(worker.do("floor")["rate"] for _ in range(rounds)),
        }
        sizes = [10**n for n in range(3, 7 if quick else 8)]
        found[name]["growth"] = {size: call("grow", name, str(size)) for size in sizes}
        say(f"{name}: comparing {identical:,} statements with the plain way")
        found[name]["identical"] = worker.do("identical", identical)
        worker.end()
    return found


def say(line: str) -> None:
    """Print a line of progress."""
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    """Measure everything and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="fewer statements and rounds")
    options = parser.parse_args()
    count, rounds, identical = (20_000, 2, 20_000) if options.quick else (200_000, 7, 1_000_000)
    # Compiled modules are kept, as an installer does: else each cold start compiles all of them.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    names = installed()
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(names, count, rounds, Path(folder))
    engines = [name for name in names if name.startswith("stance")]
    alone = stance_alone(engines, count, rounds, identical, options.quick)
    text = write_results(rows, alone, count, rounds)
    print(text)
    if not options.quick:
        (HERE / "RESULTS.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
