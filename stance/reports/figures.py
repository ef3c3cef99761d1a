"""The pictures of an evaluation report, as SVG for its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from stance.evaluation import Evaluation
from stance.reports.curves import Target
from stance.reports.inline_svg import COLOURS, INK, inline_svg, page_style
from stance.reports.report import Curve, Reliability
from stance.stances import LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WHAT: Final = "an evaluation report"
_SQUARE: Final = (4.4, 3.9)  # inches: as wide as a phone
_BLUE: Final = COLOURS["denial"]
_MOST_ALPHA: Final = 0.6  # of a cell, so that its number stays readable


def confusion_figure(evaluation: Evaluation) -> str:
    """Draw the confusion matrix: counts, shaded by their share of the row.

    Parameters
    ----------
    evaluation : Evaluation
        The scores.

    Returns
    -------
    str
        An ``<svg>`` element.
    """
    counts = np.array(evaluation.confusion)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    with page_style(_WHAT) as new_figure:
        from matplotlib.colors import to_rgb  # noqa: PLC0415 - an optional extra, as below
        from matplotlib.patches import Rectangle  # noqa: PLC0415

        figure = new_figure(figsize=_SQUARE, layout="constrained")
        axes = figure.subplots()
        for (row, column), count in np.ndenumerate(counts):
            colour = (*to_rgb(_BLUE), _MOST_ALPHA * float(shares[row, column]))
            axes.add_patch(Rectangle((column - 0.48, row - 0.48), 0.96, 0.96, facecolor=colour))
            axes.text(column, row - 0.1, f"{count:,}", ha="center", va="center")
            axes.text(
                column,
                row + 0.24,
                f"{shares[row, column]:.0%}",
                ha="center",
                va="center",
                fontsize=7.5,
            )
        n = len(LABELS)
        axes.set(xlim=(-0.5, n - 0.5), ylim=(n - 0.5, -0.5), xlabel="predicted", ylabel="true")
        axes.set_xticks(range(n), LABELS)
        axes.set_yticks(range(n), LABELS)
        axes.tick_params(length=0, labelsize=8.5)
        axes.spines[:].set_visible(False)
        return inline_svg(figure, "confusion", "Confusion matrix; the same figures are in a table.")


def precision_recall_figure(curves: Mapping[str, Curve]) -> str:
    """Draw precision against recall, a line a stance.

    Parameters
    ----------
    curves : mapping of str to Curve
        Recall and precision by stance.

    Returns
    -------
    str
        An ``<svg>`` element.
    """
    with page_style(_WHAT) as new_figure:
        figure = new_figure(figsize=_SQUARE, layout="constrained")
        axes = figure.subplots()
        for stance, (recall, precision) in curves.items():
            axes.step(
                [0.0, *recall],
                [precision[0], *precision],
                where="pre",
                color=COLOURS[stance],
                label=stance,
                linewidth=1.6,
            )
        _unit_square(axes, "recall", "precision")
        if curves:
            axes.legend(loc="lower left", fontsize=8.5)
        return inline_svg(figure, "curves", "Precision-recall curves of the stances.")


def reliability_figure(reliability: Reliability, name: str) -> str:
    """Draw the share of right labels against the confidence, with the number of statements.

    Parameters
    ----------
    reliability : Reliability
        Bins of statements.
    name : str
        Letters for the ids of the picture.

    Returns
    -------
    str
        An ``<svg>`` element.
    """
    bins = reliability.bins
    total = sum(part.n for part in bins)
    with page_style(_WHAT) as new_figure:
        figure = new_figure(figsize=_SQUARE, layout="constrained")
        axes = figure.subplots()
        x, y = [part.confidence for part in bins], [part.accuracy for part in bins]
        spread = [[p.accuracy - p.low for p in bins], [p.high - p.accuracy for p in bins]]
        places = [min(int(10 * part.confidence), 9) / 10 for part in bins]
        axes.bar(
            places,
            [part.n / total for part in bins],
            width=0.096,
            align="edge",
            color=INK,
            alpha=0.12,
            label="share of the statements",
        )
        axes.plot([0, 1], [0, 1], color=INK, alpha=0.5, linestyle="--", linewidth=1)
        axes.errorbar(
            x, y, yerr=spread, color=_BLUE, marker="o", markersize=4, capsize=2, linewidth=1.4
        )
        _unit_square(axes, "confidence", "share of right labels")
        axes.legend(loc="upper left", fontsize=8.5)
        return inline_svg(figure, name, f"Reliability diagram. {reliability.title}.")


def risk_coverage_figure(curve: Curve, targets: Sequence[Target]) -> str:
    """Draw the share of wrong labels against the share of statements that are kept.

    Parameters
    ----------
    curve : Curve
        Coverage and risk.
    targets : sequence of Target
        Points to mark.

    Returns
    -------
    str
        An ``<svg>`` element.
    """
    coverage, risk = curve
    with page_style(_WHAT) as new_figure:
        from matplotlib.ticker import PercentFormatter  # noqa: PLC0415

        figure = new_figure(figsize=_SQUARE, layout="constrained")
        axes = figure.subplots()
        axes.plot(coverage, risk, color=_BLUE, linewidth=1.6)
        for target in targets:
            if target.accuracy is not None and target.share < 1:
                axes.plot(target.share, 1 - target.accuracy, "o", color=_BLUE, markersize=5)
                left = target.share < 0.3  # no room for words on that side
                axes.annotate(
                    f"{target.wanted:.0%} right",
                    (target.share, 1 - target.accuracy),
                    xytext=(6, -10) if left else (-6, 6),
                    textcoords="offset points",
                    ha="left" if left else "right",
                    fontsize=8.5,
                )
        axes.set(xlim=(0, 1.02), ylim=(0, max(1.2 * float(risk.max()), 0.02)))
        axes.set(xlabel="share kept, the most confident first", ylabel="share of wrong labels")
        axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        axes.yaxis.set_major_formatter(PercentFormatter(1))
        axes.grid(visible=True)
        return inline_svg(figure, "risk", "Risk-coverage curve.")


def _unit_square(axes: Any, xlabel: str, ylabel: str) -> None:
    axes.set(xlim=(0, 1.01), ylim=(0, 1.01), xlabel=xlabel, ylabel=ylabel)
    axes.grid(visible=True)
