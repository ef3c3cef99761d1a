"""A process of its own for what is measured, so that memory and beginnings are its own, too.

python benchmarks/worker.py train NAME FOLDER         prints seconds
python benchmarks/worker.py cold NAME FOLDER          labels one statement, and ends
python benchmarks/worker.py serve NAME FOLDER COUNT   does what the lines of its input ask for
python benchmarks/worker.py grow NAME COUNT           prints seconds and megabytes
"""

from __future__ import annotations

import os

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

import json
import resource
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from peers import Peer, peer

# ruff: noqa: PLC0415 - what is measured must not wait for what is not
SINGLES = 2_000


def peak() -> float:
    """Most megabytes that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def batch(labeller: Peer, texts: list[str]) -> dict[str, float]:
    """Statements a second of this process's time."""
    begin = process_time()
    labeller.batch(texts)
    return {"rate": len(texts) / (process_time() - begin)}


def singles(labeller: Peer, texts: list[str]) -> dict[str, float]:
    """Microseconds of one statement: half take less, and 99 in 100."""
    seconds = []
    for text in texts[:SINGLES]:
        begin = perf_counter()
        labeller.one(text)
        seconds.append(perf_counter() - begin)
    seconds.sort()
    return {"median": seconds[len(seconds) // 2] * 1e6, "p99": seconds[-len(seconds) // 100] * 1e6}


def threads(labeller: Any, texts: list[str]) -> dict[str, float]:
    """Seconds of one thread, and of two that share the work."""
    model, half = labeller.model, len(texts) // 2
    tasks: dict[str, Callable[[list[str]], Any]] = {
        "predict_proba": model.predict_proba,
        "label": model.label,
        "label, every prediction looked at": lambda some: [p.label for p in model.label(some)],
    }
    seconds = {}
    for name, work in tasks.items():
        begin = perf_counter()
        work(texts[:half])
        work(texts[half:])
        seconds[f"{name}: one thread"] = perf_counter() - begin
        with ThreadPoolExecutor(2) as pool:
            begin = perf_counter()
            list(pool.map(work, (texts[:half], texts[half:])))
            seconds[f"{name}: two threads"] = perf_counter() - begin
    return seconds


def floor(_: Any, texts: list[str]) -> dict[str, float]:
    """Statements a second that are merely read from a file and split at blanks."""
    path = Path(f"/tmp/stance-floor-{os.getpid()}.txt")
    path.write_text("\n".join(texts), encoding="utf-8")
    begin = process_time()
    with path.open(encoding="utf-8") as file:
        for line in file:
            line.split()
    seconds = process_time() - begin
    path.unlink()
    return {"rate": len(texts) / seconds}


def identical(labeller: Any, _: list[str], count: int) -> dict[str, float]:
    """Of how many statements the scores are those of the plain way, to the last bit."""
    from texts import shuffled

    from stance.engine.plain import Parts, plain_scores

    model, same = labeller.model, 0
    parts = Parts(model.vocabulary, model.weights, model.precision, model.filters, model.pivot)
    step = 50_000
    for first in range(0, count, step):
        texts = shuffled(min(step, count - first), seed=first + 1)
        fast = model.decision_function(texts)
        for i in range(0, len(texts), 1000):
            some = slice(i, i + 1000)
            equal = fast[some] == plain_scores(parts, texts[some])
            same += int(equal.all(axis=1).sum())
    return {"same": same, "count": count}


def lengths(labeller: Peer, _: list[str]) -> dict[str, float]:
    """Microseconds of one text, the least of some, by its length."""
    from texts import of_length

    found = {}
    for length in (10, 100, 1_000, 10_000, 100_000, 1_000_000):
        text = of_length(length)
        seconds = []
        for _round in range(20 if length <= 10_000 else 3):
            begin = process_time()
            labeller.batch([text])
            seconds.append(process_time() - begin)
        found[str(length)] = min(seconds) * 1e6
    return found


TASKS: dict[str, Callable[..., dict[str, float]]] = {
    "batch": batch,
    "singles": singles,
    "threads": threads,
    "floor": floor,
    "identical": identical,
    "lengths": lengths,
}


def serve(labeller: Peer, folder: Path, count: int, answer: Callable[[Any], None]) -> None:
    """Load, warm up, and do one task a line."""
    from texts import shuffled

    texts = shuffled(count)
    before = peak()
    labeller.load(folder)
    labeller.batch(texts[:1000])
    for text in texts[:100]:
        labeller.one(text)
    answer({"texts": before})
    for line in sys.stdin:
        task, *given = json.loads(line)
        answer({**TASKS[task](labeller, texts, *given), "peak": peak()})


def grow(labeller: Peer, count: int) -> dict[str, float]:
    """Seconds to label so many statements, and the megabytes they take beyond the texts."""
    from texts import shuffled

    labeller.load(Path())
    labeller.batch(["We deny it."] * 100)
    texts = shuffled(min(count, 100_000)) * max(1, count // 100_000)
    before = peak()
    begin = process_time()
    labeller.batch(texts)
    return {"seconds": process_time() - begin, "before": before, "peak": peak()}


def main() -> None:
    """Do what the command line says; only answers go to standard output."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(value: Any) -> None:
        print(json.dumps(value), file=out, flush=True)

    task, name, *given = sys.argv[1:]
    labeller = peer(name)
    if task == "train":
        from texts import own

        texts, labels = own()
        begin = process_time()
        labeller.train(texts, labels, Path(given[0]))
        answer({"seconds": process_time() - begin})
    elif task == "cold":
        # Who labels one statement asks for no engine.
        os.environ.pop("STANCE_ENGINE", None)
        labeller.load(Path(given[0]))
        labeller.one("They lied to the committee.")
        answer({"peak": peak()})
    elif task == "serve":
        serve(labeller, Path(given[0]), int(given[1]), answer)
    elif task == "grow":
        answer(grow(labeller, int(given[0])))


if __name__ == "__main__":
    main()
