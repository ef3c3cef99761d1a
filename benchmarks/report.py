"""What was measured, as Markdown."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from math import inf
from pathlib import Path
from typing import Any

PACKAGES = "numpy numba scikit-learn fasttext-wheel floret vowpalwabbit".split()
FAST_TEXT, SCIKIT_LEARN = "fastText, word pairs", "scikit-learn"


@dataclass
class Row:
    """One of those that are compared."""

    name: str
    train: float
    size: float
    cold: float
    cold_peak: float
    rate: float = 0.0
    median: float = inf
    p99: float = inf
    peak: float = 0.0
    texts: float = 0.0


def write_results(rows: list[Row], alone: dict[str, Any], count: int, rounds: int) -> str:
    """Lay out everything that was measured."""
    parts = [
        "# Speed and memory, measured",
        f"`python benchmarks/speed.py` on {date.today().isoformat()}: {_machine()}. {_versions()}.",
        f"{count:,} statements of 25 words on average (13 to 37), drawn from the words of "
        "`datasets/statements.csv`. One core; rates are of the process's own time, the best of "
        f"{rounds} rounds that take turns. The other figures are of time on the clock: medians are "
        "the lowest of the rounds, too. Cold: from the start of Python to one labelled statement and "
        "the end of the process. Peak: of a process that holds the texts and labels them all.",
        _peers(rows),
        _ratios(rows),
    ]
    for name, found in alone.items():
        parts += [f"## {name}", _alone(found)]
    return "\n\n".join(parts) + "\n"


def _peers(rows: list[Row]) -> str:
    lines = [
        (
            row.name,
            f"{row.rate:,.0f}",
            f"{row.median:.1f}",
            f"{row.p99:.1f}",
            f"{row.cold:.0f}",
            f"{row.cold_peak:.0f}",
            f"{row.peak:.0f}",
            f"{row.size:.1f}",
            f"{row.train:.1f}",
        )
        for row in rows
    ]
    titles = (
        "",
        "statements/s",
        "one, median us",
        "one, p99 us",
        "cold, ms",
        "cold peak, MB",
        f"peak, MB (texts {rows[0].texts:.0f})",
        "model, MB",
        "training, s",
    )
    return _table(titles, lines)


def _ratios(rows: list[Row]) -> str:
    """Each engine of stance beside each peer."""
    peers = [row for row in rows if not row.name.startswith("stance")]
    lines = []
    for ours in (row for row in rows if row.name.startswith("stance")):
        for peer in peers:
            rate, median = ours.rate / peer.rate, ours.median / peer.median
            lines.append((ours.name, peer.name, f"{rate:.2f} times", f"{median:.2f} times"))
    return _table(("", "beside", "statements/s", "time of one, median"), lines)


def _alone(found: dict[str, Any]) -> str:
    growth = [
        (
            f"{int(size):,}",
            f"{grown['seconds']:.3f}",
            f"{grown['seconds'] / int(size) * 1e6:.2f}",
            f"{grown['peak'] - grown['before']:.0f}",
        )
        for size, grown in found["growth"].items()
    ]
    lengths = [
        (f"{int(size):,}", f"{us:,.0f}", f"{us / int(size) * 1e3:,.0f}")
        for size, us in found["lengths"].items()
        if size.isdigit()
    ]
    gains = "; ".join(f"{name}: {gain:.2f} times" for name, gain in found["threads"].items())
    same = found["identical"]
    return "\n\n".join(
        [
            f"Two threads beside one: {gains}. Merely reading the statements from a file and "
            f"splitting them at blanks: {found['floor']:,.0f} statements/s. Scores identical to the "
            f"plain way's, to the last bit: {same['same']:,} of {same['count']:,} statements.",
            _table(("statements", "s", "us each", "MB beyond the texts"), growth),
            _table(("characters of one text", "us", "ns a character"), lengths),
        ]
    )


def _table(titles: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    rows = [list(titles), *map(list, lines)]
    marks = ["---", *("---:" for _ in rows[0][1:])]
    return "\n".join("| " + " | ".join(row) + " |" for row in [rows[0], marks, *rows[1:]])


def _machine() -> str:
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text().splitlines()
        names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
        cpu = f"{names[0]}, {len(names)} cores" if names else cpu
    load = Path("/proc/loadavg")
    busy = f", load {load.read_text().split()[0]} at the end" if load.exists() else ""
    return f"{cpu}, {platform.system()}{busy}"


def _versions() -> str:
    found = [f"Python {platform.python_version()}"]
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)
