"""A teacher's probabilities of unlabelled statements, kept on disk, and gone on with after a stop."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from stance.data.rows import read_rows
from stance.errors import DataError
from stance.labeller import Labeller
from stance.scoring import label_probabilities
from stance.stances import LABELS

_HEADER: Final = ["id", *LABELS]
_AT_ONCE: Final = 1024  # statements between two writes
_DIGITS: Final = 3
_PLAIN: Final = 0.9  # probability of other from which a statement promises to teach little


class Teacher(Protocol):
    """What gives soft labels: a fine-tuned encoder, or any model."""

    def predict_proba(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Give probabilities, ``(n_texts, 5)``, columns as in LABELS."""


def write_soft_labels(
    teacher: Teacher,
    pool: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    without: frozenset[str] = frozenset(),
    limit: int | None = None,
    sieve: Labeller | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> int:
    """Label a pool of statements with a teacher's probabilities.

    Each thousand is written as soon as it is there. If `out` exists, what it holds is not labelled
    again, and a line that a stopped run left unfinished is dropped. Texts are not written.

    Parameters
    ----------
    teacher : Teacher
        Gives the probabilities.
    pool : iterable of path
        CSV or JSON Lines files with ``id`` and ``text``.
    out : path
        A CSV file: ``id`` and a column for each label, three digits behind the point.
    without : frozenset of str, optional
        Ids to pass over, such as those that readers have labelled.
    limit : int, optional
        Most statements to label; they are taken in the order of their ids, which is as good as
        random, so that a larger limit only adds to a smaller one.
    sieve : Labeller, optional
        A quick model: statements that it finds *other* with at least 90 % are taken last, since a
        teacher has little to say about them.
    report : callable, optional
        Takes a line of progress.

    Returns
    -------
    int
        Statements that the file holds.

    Raises
    ------
    DataError
        If a pool file is malformed, or `out` is not such a file.
    """
    path = Path(out)
    done = _resume(path)
    texts: dict[str, str] = {}
    for file in pool:
        for where, row in read_rows(Path(file)):
            if not row.get("id") or not isinstance(row.get("text"), str):
                raise DataError(f"{where}: a row of a pool needs an id and a text")
            if row["id"] not in without:
                texts[str(row["id"])] = row["text"]
    ranked = sorted(texts)
    if sieve is not None:
        plain = label_probabilities(sieve, [texts[key] for key in ranked])[:, -1] >= _PLAIN
        ranked = [ranked[i] for i in np.argsort(plain, kind="stable")]
    chosen = ranked[:limit]
    missing = [key for key in chosen if key not in done]
    report(f"{len(chosen):,} statements to label, {len(chosen) - len(missing):,} done before")
    count = len(done)
    with path.open("a", encoding="utf-8", newline="") as rows_out:
        writer = csv.writer(rows_out, lineterminator="\n")
        if not done:
            writer.writerow(_HEADER)
        for keys in _chunks(missing):
            rows = teacher.predict_proba([texts[key] for key in keys])
            for key, row in zip(keys, rows.tolist(), strict=True):
                writer.writerow([key, *(f"{share:.{_DIGITS}f}" for share in row)])
            rows_out.flush()
            count += len(keys)
            report(f"{count:,} labelled")
    return count


def read_ids(paths: Iterable[str | os.PathLike[str]]) -> frozenset[str]:
    """Collect the ids of CSV or JSON Lines files."""
    return frozenset(
        str(row["id"]) for path in paths for _, row in read_rows(Path(path)) if row.get("id")
    )


def _resume(path: Path) -> set[str]:
    """Ids that the file holds; cuts off an unfinished last line."""
    if not path.exists():
        return set()
    data = path.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    lines = whole.decode().splitlines()
    if lines and lines[0] != ",".join(_HEADER):
        raise DataError(f"{path}: expected the columns {', '.join(_HEADER)}, got {lines[0]!r}")
    if len(whole) < len(data):
        path.write_bytes(whole)
    return {line.partition(",")[0] for line in lines[1:]}


def _chunks(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(keys), _AT_ONCE):
        yield keys[first : first + _AT_ONCE]
