"""Learning curves: how scores grow with the number of statements of each file."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from random import Random
from typing import Final

import numpy as np

from stance.data.datasets import LabelledStatement, near_duplicates
from stance.errors import DataError, MissingExtraError
from stance.evaluation import evaluate
from stance.learning.fitting import Learner, unseen_values
from stance.learning.parallel import run_all

SHARES: Final = (0.125, 0.25, 0.5, 1.0)
"""Parts of a file that a curve is drawn over."""

ALONE, BESIDE = "alone", "beside the others"


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One point of a learning curve.

    Attributes
    ----------
    file : str
        The file that grows.
    company : str
        ``"alone"``, or ``"beside the others"``: all other files are learned from whole.
    n : int
        Statements of that file that were learned from.
    score : str
        What was scored: the name of the held-out data, or ``"mean over unseen source"``.
    macro_f1 : float
        Macro-F1 over the four stances.
    """

    file: str
    company: str
    n: int
    score: str
    macro_f1: float


def learning_curve(
    files: Mapping[str, Sequence[LabelledStatement]],
    learner: Learner,
    *,
    held_out: Mapping[str, Sequence[LabelledStatement]],
    leave_out: str | None = None,
    shares: Sequence[float] = SHARES,
    seed: int = 0,
    jobs: int | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> list[CurvePoint]:
    """Score a learner on growing parts of each file, alone and beside all other files.

    Parts are of whole groups and nested: a larger one holds the smaller. What is scored is the same
    at all points.

    Parameters
    ----------
    files : mapping of str to sequence of LabelledStatement
        Training data by name.
    learner : callable
        Learns and predicts; see :func:`stance.learning.fitting.ngram_learner`.
    held_out : mapping of str to sequence of LabelledStatement
        Data to score on, by name. Training statements that stand there almost word for word are
        dropped.
    leave_out : str, optional
        A column, such as ``source``: score each of its values, in all files, by what is learned
        without it, and take the mean.
    shares : sequence of float, optional
        Parts of a file, above 0 and at most 1.
    seed : int, default 0
        Which groups come first.
    jobs : int, optional
        Processes; one by default, -1 for all cores.
    report : callable, optional
        Takes a line of progress.

    Returns
    -------
    list of CurvePoint
        By file, company, number and score.

    Raises
    ------
    DataError
        If a share is out of range, or there is nothing to score.
    """
    if not shares or not all(0 < share <= 1 for share in shares):
        raise DataError(f"shares must be above 0 and at most 1, got {list(shares)}")
    if not held_out and leave_out is None:
        raise DataError("a learning curve needs held-out data or a column to leave out")
    tested = [s for statements in held_out.values() for s in statements]
    clean = {name: _without(data, near_duplicates(data, tested)) for name, data in files.items()}
    everything = [s for data in clean.values() for s in data]
    tests = _tests(everything, held_out, leave_out)
    # What is learned without the same statements is learned once.
    whole = [test for test in tests if test.column is None]
    groups = [*([whole] if whole else []), *([test] for test in tests if test.column is not None)]
    plans = list(_plans(clean, sorted(shares), seed))
    tasks = [(plan, group) for plan in plans for group in groups]
    report(f"{len(plans)} points, {len(tasks)} fits")

    def score(plan: _Plan, group: Sequence[_Test]) -> list[float]:
        seen = [s for s in plan.statements if not group[0].excludes(s)]
        probabilities = learner(seen, [s.text for test in group for s in test.statements])
        ends = np.cumsum([len(test.statements) for test in group])
        parts = np.split(probabilities, ends[:-1])
        return [
            evaluate(part, [s.primary for s in test.statements], resamples=0).macro_f1.value
            for part, test in zip(parts, group, strict=True)
        ]

    values = run_all(score, tasks, jobs)
    points: list[CurvePoint] = []
    for plan in plans:
        scores: dict[str, list[float]] = {}
        for (owner, group), several in zip(tasks, values, strict=True):
            if owner is plan:
                for test, value in zip(group, several, strict=True):
                    scores.setdefault(test.name, []).append(value)
        for name, found in scores.items():
            points.append(CurvePoint(plan.file, plan.company, plan.n, name, float(np.mean(found))))
    return points


@dataclass(frozen=True)
class _Plan:
    """What is learned from at one point."""

    file: str
    company: str
    n: int
    statements: Sequence[LabelledStatement]


@dataclass(frozen=True)
class _Test:
    """What is scored, and what must not be learned from for it."""

    name: str
    statements: Sequence[LabelledStatement]
    column: str | None = None
    value: str = ""

    def excludes(self, statement: LabelledStatement) -> bool:
        return self.column is not None and statement.slices.get(self.column) == self.value


def _tests(
    everything: Sequence[LabelledStatement],
    held_out: Mapping[str, Sequence[LabelledStatement]],
    leave_out: str | None,
) -> list[_Test]:
    tests = []
    for name, statements in held_out.items():
        tests.append(_Test(name, statements))
        natural = [s for s in statements if s.natural]
        if 0 < len(natural) < len(statements):
            tests.append(_Test(f"{name}, natural part", natural))
    if leave_out is not None:
        for value in unseen_values(everything, leave_out):
            scored = [s for s in everything if s.slices.get(leave_out) == value]
            tests.append(_Test(f"mean over unseen {leave_out}", scored, leave_out, value))
    return tests


def _plans(
    files: Mapping[str, Sequence[LabelledStatement]], shares: Sequence[float], seed: int
) -> Iterator[_Plan]:
    for name, statements in files.items():
        groups = sorted({s.group for s in statements})
        Random(seed).shuffle(groups)
        others = [s for other, data in files.items() if other != name for s in data]
        for company in (ALONE, BESIDE) if others else (ALONE,):
            for share in shares:
                taken = set(groups[: max(1, round(share * len(groups)))])
                part = [s for s in statements if s.group in taken]
                yield _Plan(name, company, len(part), part + (others if company == BESIDE else []))


def _without(
    statements: Sequence[LabelledStatement], positions: Sequence[int]
) -> list[LabelledStatement]:
    dropped = set(positions)
    return [s for i, s in enumerate(statements) if i not in dropped]


def write_curve(points: Sequence[CurvePoint], path: str | os.PathLike[str]) -> None:
    """Write the points of a learning curve as CSV.

    Parameters
    ----------
    points : sequence of CurvePoint
        The curve.
    path : path
        The file to write.
    """
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(CurvePoint)])
        writer.writerows([*astuple(point)[:-1], f"{point.macro_f1:.4f}"] for point in points)


def plot_curve(points: Sequence[CurvePoint], path: str | os.PathLike[str]) -> None:
    """Draw a learning curve: one panel a score, one line a file and its company.

    Parameters
    ----------
    points : sequence of CurvePoint
        The curve.
    path : path
        The picture to write; its ending says which kind (``.svg``, ``.png``, ``.pdf``).

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    """
    try:
        # Slow to load, and an optional extra.
        import matplotlib  # noqa: PLC0415
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(
            "drawing a learning curve needs matplotlib: pip install 'stance[report]'"
        ) from error

    scores = list(dict.fromkeys(point.score for point in points))
    lines = list(dict.fromkeys((point.file, point.company) for point in points))
    figure = Figure(figsize=(4.2 * len(scores), 3.8), layout="constrained")
    panels = figure.subplots(1, len(scores), squeeze=False, sharey=True)[0]
    for panel, score in zip(panels, scores, strict=True):
        for file, company in lines:
            some = [p for p in points if (p.file, p.company, p.score) == (file, company, score)]
            style = {"marker": "o", "linestyle": "--" if company == ALONE else "-"}
            files = list(dict.fromkeys(name for name, _ in lines))
            style["color"] = f"C{files.index(file)}"
            panel.plot(
                [p.n for p in some], [p.macro_f1 for p in some], label=f"{file}, {company}", **style
            )
        panel.set(title=score, xlabel="statements of the file", xscale="log")
        panel.grid(alpha=0.3)
    panels[0].set_ylabel("macro-F1 (4 stances)")
    panels[-1].legend(fontsize="small")
    # Without a salt and with a date, the same picture would be other bytes each time.
    with matplotlib.rc_context({"svg.hashsalt": "stance"}):
        figure.savefig(path, metadata={"Date": None} if str(path).endswith(".svg") else None)
