"""Fuzz the entry points, each in a process of its own.

    python fuzz/run.py --seconds 60                       all four, a quarter of the time each
    python fuzz/run.py --seconds 3600 --only article      one, for an hour
    python fuzz/run.py --replay fuzz/found/load-...       one input again, without the fuzzer

Needs atheris (in stance[dev] where it exists). What fails is kept under fuzz/found, named by entry
point; mend it, and put it into tests/test_fuzz.py.
"""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
ENTRIES: Final = ("load", "predict", "article", "readers")
SLOWEST: Final = 20  # seconds that one input may take
MOST_MEMORY: Final = 2048  # megabytes
LONGEST: Final = 8192  # bytes of an input


def main() -> int:
    """Read the command line; 1 if anything was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=int, default=60, help="for all together (default: 60)")
    parser.add_argument("--only", choices=ENTRIES, action="append", help="may repeat")
    parser.add_argument("--seed", type=int, default=0, help="of the inputs (default: a new one)")
    parser.add_argument("--corpus", type=Path, help="folder of inputs to go on from and to add to")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="check one input of fuzz/found")
    parser.add_argument("--one", choices=ENTRIES, help=argparse.SUPPRESS)
    options, rest = parser.parse_known_args()
    sys.path.insert(0, str(HERE.parent))
    if options.replay:
        harness = importlib.import_module(f"fuzz.{options.replay.name.partition('-')[0]}")
        harness.check(options.replay.read_bytes())
        return 0
    if options.one:
        fuzz(options.one, rest)
    entries = options.only or ENTRIES
    seconds = options.seconds // len(entries)
    found = [name for name in entries if start(name, seconds, options.seed, options.corpus)]
    print(f"found something in: {', '.join(found)}" if found else "nothing found")
    return 1 if found else 0


def start(name: str, seconds: int, seed: int, corpus: Path | None) -> int:
    """Fuzz one entry point in a process of its own, since the fuzzer ends its process."""
    (HERE / "found").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        seeds = corpus / name if corpus else Path(folder) / "corpus"
        seeds.mkdir(parents=True, exist_ok=True)
        words = Path(folder) / "words"
        harness: Any = importlib.import_module(f"fuzz.{name}")
        for number, data in enumerate(harness.SEED_DATA):
            (seeds / f"seed-{number}").write_bytes(data)
        escaped = ("".join(f"\\x{byte:02x}" for byte in word) for word in harness.WORDS)
        words.write_text("".join(f'"{word}"\n' for word in escaped))
        call = [sys.executable, str(HERE / "run.py"), "--one", name, f"-max_total_time={seconds}"]
        call += [f"-timeout={SLOWEST}", f"-rss_limit_mb={MOST_MEMORY}", f"-max_len={LONGEST}"]
        call += [f"-artifact_prefix={HERE / 'found' / name}-", f"-dict={words}"]
        call += ["-print_final_stats=1", f"-seed={seed}", str(seeds)]
        done = subprocess.run(call, check=False, capture_output=True, text=True, errors="replace")
    lines = done.stderr.splitlines()
    stats = {
        key: value
        for key, _, value in (line.removeprefix("stat::").partition(":") for line in lines)
    }
    runs = stats.get("number_of_executed_units", "?").strip()
    covered = [line for line in lines if " cov: " in line]
    reached = covered[-1].split(" cov: ")[1].split()[0] if covered else "?"
    print(f"{name}: {runs} inputs, {reached} branches, {'found' if done.returncode else 'nothing'}")
    if done.returncode:
        print(done.stdout[-2000:], "\n".join(lines[-60:]), sep="\n", file=sys.stderr)
    return done.returncode


def fuzz(name: str, options: list[str]) -> None:
    """Hand one entry point to the fuzzer; does not return."""
    import atheris  # noqa: PLC0415 - not on every version of Python

    # numba compiles the kernel and its parts as they were written, or not at all.
    compiled = [
        f"stance.engine.{name}" for name in ("kernel", "compiled_words", "compiled_features")
    ]
    with atheris.instrument_imports(include=["stance"], exclude=compiled):
        harness = importlib.import_module(f"fuzz.{name}")
    atheris.Setup([name, *options], harness.check)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
