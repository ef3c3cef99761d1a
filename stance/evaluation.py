"""How right a model is: scores with bootstrap intervals, from probabilities and labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stance.errors import DataError
from stance.stances import LABELS, STANCES

N_BINS: Final = 15
"""Bins of the expected calibration error, of equal width in the confidence."""

SHARES: Final = (0.25, 0.5, 0.75, 0.9, 1.0)
"""Shares of the statements, the most confident first, that :class:`Coverage` is given for."""

_LEVEL: Final = 0.95
_FLOATS_AT_ONCE: Final = 2**23


@dataclass(frozen=True, slots=True)
class Score:
    """One figure with its 95 % interval (percentile bootstrap over statements)."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


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
    resamples: int = 1000,
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
    shape = (len(labels), len(LABELS))
    if not labels or probabilities.shape != shape:
        raise DataError(f"expected probabilities of shape {shape}, got {probabilities.shape}")
    unknown = sorted({str(label) for label in labels} - set(LABELS))
    if unknown:
        raise DataError(f"labels {unknown} are not among {', '.join(LABELS)}")
    truth = np.array([LABELS.index(label) for label in labels])
    n = len(truth)
    # The first row weighs every statement once: the figures themselves. The others are resamples.
    rng = np.random.default_rng(seed)
    step = max(1, _FLOATS_AT_ONCE // n)
    parts = [_figures(probabilities, truth, np.ones((1, n)))]
    for first in range(0, resamples, step):
        size = min(step, resamples - first)
        weights = rng.multinomial(n, np.full(n, 1 / n), size=size).astype(np.float64)
        parts.append(_figures(probabilities, truth, weights))
    scores = {name: _score(np.concatenate([part[name] for part in parts])) for name in parts[0]}
    predicted = probabilities.argmax(axis=1)
    confusion = np.zeros((len(LABELS), len(LABELS)), dtype=int)
    np.add.at(confusion, (truth, predicted), 1)
    return Evaluation(
        n=n,
        macro_f1=scores["macro_f1"],
        accuracy=scores["accuracy"],
        calibration_error=scores["calibration_error"],
        brier=scores["brier"],
        stances={
            stance: {kind: scores[f"{stance} {kind}"] for kind in _KINDS} for stance in STANCES
        },
        support=dict(zip(LABELS, confusion.sum(axis=1).tolist(), strict=True)),
        confusion=tuple(map(tuple, confusion.tolist())),
        coverage=_coverage(probabilities.max(axis=1), probabilities.argmax(axis=1) == truth),
    )


_KINDS: Final = ("precision", "recall", "f1", "average_precision")


def _figures(
    probabilities: NDArray[np.float64], truth: NDArray[np.intp], weights: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    """Every figure under each row of weights, (n_resamples, n_statements)."""
    k = len(LABELS)
    predicted = probabilities.argmax(axis=1)
    cells = np.eye(k * k)[truth * k + predicted]
    confusion = (weights @ cells).reshape(-1, k, k)
    hits = np.einsum("bii->bi", confusion)
    precision = _ratio(hits, confusion.sum(axis=1))
    recall = _ratio(hits, confusion.sum(axis=2))
    f1 = _ratio(2 * precision * recall, precision + recall)
    total = weights.sum(axis=1)
    squares = ((probabilities - np.eye(k)[truth]) ** 2).sum(axis=1)
    figures = {
        "macro_f1": f1[:, : len(STANCES)].mean(axis=1),
        "accuracy": hits.sum(axis=1) / total,
        "calibration_error": _calibration_error(probabilities, predicted == truth, weights),
        "brier": weights @ squares / total,
    }
    for i, stance in enumerate(STANCES):
        ranked = _average_precision(probabilities[:, i], truth == i, weights)
        columns = (precision[:, i], recall[:, i], f1[:, i], ranked)
        figures |= {f"{stance} {kind}": c for kind, c in zip(_KINDS, columns, strict=True)}
    return figures


def _coverage(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[Coverage, ...]:
    order = np.argsort(-confidence, kind="stable")
    kept = [max(1, round(share * len(order))) for share in SHARES]
    return tuple(
        Coverage(share, float(confidence[order[n - 1]]), float(right[order[:n]].mean()))
        for share, n in zip(SHARES, kept, strict=True)
    )


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _calibration_error(
    probabilities: NDArray[np.float64], right: NDArray[np.bool_], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    confidence = probabilities.max(axis=1)
    bins = np.eye(N_BINS)[np.minimum((confidence * N_BINS).astype(int), N_BINS - 1)]
    gaps = weights @ (bins * (confidence - right)[:, None])
    return np.asarray(np.abs(gaps).sum(axis=1) / weights.sum(axis=1))


def _average_precision(
    score: NDArray[np.float64], positive: NDArray[np.bool_], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Area under the precision-recall steps, equal scores taken together."""
    order = np.argsort(-score, kind="stable")
    ends = np.append(np.diff(score[order]) != 0, True)
    weighted = weights[:, order]
    found = np.cumsum(weighted * positive[order], axis=1)[:, ends]
    shown = np.cumsum(weighted, axis=1)[:, ends]
    gained = np.diff(found, axis=1, prepend=0)
    area = (gained * _ratio(found, shown)).sum(axis=1)
    return _ratio(area, found[:, -1])


def _score(values: NDArray[np.float64]) -> Score:
    """Make a score of values: the first is the figure, the others are its resamples."""
    tail = (1 - _LEVEL) / 2
    resampled = values[1:] if len(values) > 1 else values
    low, high = np.quantile(resampled, [tail, 1 - tail])
    return Score(float(values[0]), float(low), float(high))


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
        cells = " ".join(f"{scores[kind]!s:<21}" for kind in _KINDS)
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
        cells = " | ".join(str(scores[kind]) for kind in _KINDS)
        lines.append(f"| {stance} | {cells} | {e.support[stance]} |")
    lines += ["", "| true \\ predicted | " + " | ".join(LABELS) + " |", "|---" * 6 + "|"]
    for label, row in zip(LABELS, e.confusion, strict=True):
        lines.append(f"| {label} | " + " | ".join(map(str, row)) + " |")
    lines += ["", "| the most confident | confidence from | accuracy |", "|---|---|---|"]
    lines += [f"| {c.share:.0%} | {c.confidence:.2f} | {c.accuracy:.3f} |" for c in e.coverage]
    return "\n".join(lines)
