"""No text of ../shared may be in the repository: statements of real people belong to their sources."""

from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from stance.text import words

from .conftest import ROOT

RUN = 8  # words in a row that are no coincidence
# The issues quote this one, so tests may.
ALLOWED = "You're saying maybe the attack didn't take place, that's possible too, I guess"


def runs(text: str) -> Iterator[str]:
    tokens = words(text)
    return (" ".join(tokens[i : i + RUN]) for i in range(len(tokens) - RUN + 1))


def shared_texts(shared: Path) -> Iterator[str]:
    for path in [
        *sorted((shared / "real").glob("*.jsonl")),
        *sorted((shared / "quotes").glob("*.jsonl")),
    ]:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]
    with gzip.open(shared / "real" / "unlabelled.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)["text"]
    yield (shared / "seed_article.txt").read_text(encoding="utf-8")


def test_no_eight_words_of_a_shared_text_stand_in_a_tracked_file(shared: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    ours: dict[str, str] = {}
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.suffix not in (".npz", ".gz") and path.is_file():
            ours |= dict.fromkeys(runs(path.read_text(encoding="utf-8")), name)
    for run in runs(ALLOWED):
        ours.pop(run, None)
    found = {run: ours[run] for text in shared_texts(shared) for run in runs(text) if run in ours}
    assert found == {}
