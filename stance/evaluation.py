"""How right a model is: scores with bootstrap intervals, from probabilities and labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stance.metrics import (
    KINDS,
    RESAMPLES,
    Score,
    label_columns,
    resample_weights,
    score_of,
    weighted_figures,
)
from stance.stances import LABELS, STANCES

SHARES: Final = (0.25, 0.5, 0.75, 0.9, 1.0)
"""Shares of the statements, the most confident first, that :class:`Coverage` is given for."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How right the most confident statements are (El-Yaniv & Wiener, 2010).

    Attributes
    ----------
    share : float
        Share of the statements that are kept.
    confidence : float
        The least confidence among them: what to pass as ``min_confidence``.
    accuracy : float
        Share of right labels among them.
    """

    share: float
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores of one model on one set of statements.

    Attributes
    ----------
    n : int
        Statements.
    macro_f1 : Score
        Mean F1 of the four stances; *other* does not count.
    accuracy : Score
        Share of right labels, of all five.
    calibration_error : Score
        Expected calibration error of the confidence (15 bins; Guo et al., 2017).
    brier : Score
        Mean squared distance of the probabilities from the truth, summed over labels; 0 to 2.
    stances : mapping of str to mapping of str to Score
        For each stance ``precision``, ``recall``, ``f1`` and ``average_precision``.
    support : mapping of str to int
        Statements of each label.
    confusion : tuple of tuple of int
        Rows are true, columns predicted labels, both in the order of :data:`~stance.stances.LABELS`.
    coverage : tuple of Coverage
        What abstaining buys: the most confident half of the statements, and other shares.
    """

    n: int
    macro_f1: Score
    accuracy: Score
    calibration_error: Score
    brier: Score
    stances: Mapping[str, Mapping[str, Score]]
    support: Mapping[str, int]
    confusion: tuple[tuple[int, ...], ...]
    coverage: tuple[Coverage, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give all figures as plain dictionaries, lists and numbers, fit for JSON."""
        return asdict(self)


def evaluate(
    probabilities: NDArray[np.float64],
    labels: Sequence[str],
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Evaluation:
    """Score predicted probabilities against labels.

    Parameters
    ----------
    probabilities : (n_statements, 5) float64 array
        Columns in the order of :data:`stance.stances.LABELS`; rows sum to 1. The predicted label is
        the most probable one.
    labels : sequence of str
        The true label of each.
    resamples : int, default 1000
        Bootstrap samples for the intervals.
    seed : int, default 0
        Seed of the bootstrap.

    Returns
    -------
    Evaluation
        Scores with intervals. A precision or recall with nothing to divide by is 0.

    Raises
    ------
    DataError
        If there is nothing to score, shapes do not fit, or a label is unknown.

    Examples
    --------
    >>> import numpy as np
    >>> result = evaluate(np.eye(5), ["accusation", "denial", "threat", "hedge", "other"])
    >>> result.macro_f1.value
    1.0
    """
    truth = label_columns(probabilities, labels)
    parts = [
        weighted_figures(probabilities, truth, weights)
        for weights in resample_weights(len(truth), resamples, seed)
    ]
    scores = {name: score_of(np.concatenate([part[name] for part in parts])) for name in parts[0]}
    predicted = probabilities.argmax(axis=1)
    confusion = np.zeros((len(LABELS), len(LABELS)), dtype=int)
    np.add.at(confusion, (truth, predicted), 1)
    return Evaluation(
        n=len(truth),
        macro_f1=scores["macro_f1"],
        accuracy=scores["accuracy"],
        calibration_error=scores["calibration_error"],
        brier=scores["brier"],
        stances={
            stance: {kind: scores[f"{stance} {kind}"] for kind in KINDS} for stance in STANCES
        },
        support=dict(zip(LABELS, confusion.sum(axis=1).tolist(), strict=True)),
        confusion=tuple(map(tuple, confusion.tolist())),
        coverage=_coverage(probabilities.max(axis=1), probabilities.argmax(axis=1) == truth),
    )


def _coverage(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[Coverage, ...]:
    order = np.argsort(-confidence, kind="stable")
    kept = [max(1, round(share * len(order))) for share in SHARES]
    return tuple(
        Coverage(share, float(confidence[order[n - 1]]), float(right[order[:n]].mean()))
        for share, n in zip(SHARES, kept, strict=True)
    )


def as_text(evaluation: Evaluation, title: str) -> str:
    """Lay an evaluation out for a terminal.

    Parameters
    ----------
    evaluation : Evaluation
        The scores.
    title : str
        What was scored.

    Returns
    -------
    str
        Headline figures, a table by stance and the confusion matrix.
    """
    e = evaluation
    lines = [
        f"{title}: {e.n:,} statements",
        f"  macro-F1 over four stances  {e.macro_f1}",
        f"  accuracy                    {e.accuracy}",
        f"  calibration error (ECE)     {e.calibration_error}",
        f"  Brier score                 {e.brier}",
        "",
        f"  {'':<11} {'precision':<21} {'recall':<21} {'F1':<21} {'average precision':<21} n",
    ]
    for stance, scores in e.stances.items():
        cells = " ".join(f"{scores[kind]!s:<21}" for kind in KINDS)
        lines.append(f"  {stance:<11} {cells} {e.support[stance]}")
    lines += ["", "  true \\ predicted " + "".join(f"{label:>12}" for label in LABELS)]
    for label, row in zip(LABELS, e.confusion, strict=True):
        lines.append(f"  {label:<17}" + "".join(f"{count:>12,}" for count in row))
    lines += ["", "  the most confident    confidence from    accuracy"]
    lines += [f"  {c.share:<21.0%} {c.confidence:<18.2f} {c.accuracy:.3f}" for c in e.coverage]
    return "\n".join(lines)


def as_markdown(evaluation: Evaluation) -> str:
    """Lay an evaluation out as Markdown tables.

    Parameters
    ----------
    evaluation : Evaluation
        The scores.

    Returns
    -------
    str
        A table of headline figures, one by stance, and the confusion matrix.
    """
    e = evaluation
    lines = [
        "| statements | macro-F1 (4 stances) | accuracy | ECE | Brier |",
        "|---|---|---|---|---|",
        f"| {e.n:,} | **{e.macro_f1}** | {e.accuracy} | {e.calibration_error} | {e.brier} |",
        "",
        "| stance | precision | recall | F1 | average precision | n |",
        "|---|---|---|---|---|---|",
    ]
    for stance, scores in e.stances.items():
        cells = " | ".join(str(scores[kind]) for kind in KINDS)
        lines.append(f"| {stance} | {cells} | {e.support[stance]} |")
    lines += ["", "| true \\ predicted | " + " | ".join(LABELS) + " |", "|---" * 6 + "|"]
    for label, row in zip(LABELS, e.confusion, strict=True):
        lines.append(f"| {label} | " + " | ".join(map(str, row)) + " |")
    lines += ["", "| the most confident | confidence from | accuracy |", "|---|---|---|"]
    lines += [f"| {c.share:.0%} | {c.confidence:.2f} | {c.accuracy:.3f} |" for c in e.coverage]
    return "\n".join(lines)
