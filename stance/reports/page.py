"""An evaluation report as one HTML page that needs nothing else."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from stance.errors import MissingExtraError
from stance.metrics import KINDS
from stance.reports.data_facts import FEW
from stance.reports.figures import (
    confusion_figure,
    precision_recall_figure,
    reliability_figure,
    risk_coverage_figure,
)
from stance.reports.report import ALL, Report
from stance.stances import DEFINITIONS, LABELS

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATE: Final = "report.html.jinja"
"""The page's template, a file of this package."""


def report_page(report: Report) -> str:
    """Lay a report out as a page.

    Parameters
    ----------
    report : Report
        What was found out.

    Returns
    -------
    str
        HTML with its pictures in it, and without script or network. Whatever the data holds is
        inert in it. The same report gives the same bytes.

    Raises
    ------
    MissingExtraError
        If matplotlib or Jinja2 is not installed.
    """
    environment = _environment()
    from markupsafe import Markup  # noqa: PLC0415 - comes with Jinja2

    source = (files("stance.reports") / TEMPLATE).read_text(encoding="utf-8")
    page = environment.from_string(source).render(
        report=report,
        scores=report.scores[ALL],
        facts=report.facts,
        pictures=_pictures(report, Markup),
        markup=Markup,
        labels=LABELS,
        definitions=DEFINITIONS,
        kinds=KINDS,
        few=FEW,
    )
    # Lone surrogates cannot be written to a page.
    return page.encode("utf-8", "replace").decode("utf-8")


def _pictures(report: Report, markup: type[Markup]) -> dict[str, Any]:
    return {
        "confusion": markup(confusion_figure(report.scores[ALL])),
        "precision_recall": markup(precision_recall_figure(report.precision_recall)),
        "risk_coverage": markup(risk_coverage_figure(report.risk_coverage, report.targets)),
        "reliability": [
            markup(reliability_figure(one, f"reliability{i}"))
            for i, one in enumerate(report.reliability)
        ],
    }


def _environment() -> Environment:
    try:
        from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise MissingExtraError(
            "an evaluation report needs Jinja2: pip install 'stance[report]'"
        ) from error
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "percent": _percent,
        "figure": "{:.3f}".format,
        "signed": "{:+.3f}".format,
        "count": "{:,}".format,
    }
    return environment


def _percent(share: float, digits: int = 0) -> str:
    return f"{share:.{digits}%}"
