"""An evaluation report as Markdown: its figures, without pictures and statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from stance.evaluation import as_markdown
from stance.metrics import Score
from stance.reports.report import ALL, Report


def report_markdown(report: Report) -> str:
    """Lay a report out as Markdown tables.

    Parameters
    ----------
    report : Report
        What was found out.

    Returns
    -------
    str
        Markdown; names from the data are escaped.
    """
    files = ", ".join(map(_plain, report.files))
    lines = [f"# Evaluation of {_plain(report.model)}", ""]
    lines += [f"On {files}; prior: {report.prior}; stance {report.version}."]
    lines += [""] if report.facts.warnings else []
    lines += [f"- {warning}" for warning in report.facts.warnings]
    for title, evaluation in report.scores.items():
        lines += ["", f"## {_plain(title)}", "", as_markdown(evaluation)]
    lines += _comparisons(report)
    lines += ["", "## Confidence", ""]
    lines += _table(
        ("probabilities", "ECE", "Brier", "accuracy"),
        (
            (r.title, r.evaluation.calibration_error, r.evaluation.brier, r.evaluation.accuracy)
            for r in report.reliability
        ),
    )
    lines += [""]
    lines += _table(
        ("to be right", "keep the most confident", "confidence from", "right among them"),
        (
            (f"{t.wanted:.0%}", f"{t.share:.0%}", f"{t.confidence:.3f}", f"{t.accuracy:.1%}")
            if t.confidence is not None and t.accuracy is not None
            else (f"{t.wanted:.0%}", "not reached", "", "")
            for t in report.targets
        ),
    )
    if report.slices:
        lines += ["", "## Slices", ""]
        lines += _table(
            ("slice", "n", "accuracy", "macro-F1", "difference from the rest", ""),
            (
                (
                    f"{_plain(s.column)} {_plain(s.value)}",
                    f"{s.n:,}",
                    s.accuracy,
                    s.macro_f1 or "",
                    _signed(s.difference) if s.difference else "",
                    "clearly worse" if s.worse else "",
                )
                for s in report.slices
            ),
        )
    for stance, features in report.features.items():
        words = ", ".join(f"{_plain(f.name)} {f.weight:+.2f}" for f in features)
        lines += ["", f"Most weighted for **{stance}**: {words}"]
    return "\n".join(lines).encode("utf-8", "replace").decode("utf-8") + "\n"


def _comparisons(report: Report) -> Iterator[str]:
    for name, c in report.comparisons.items():
        yield from ("", f"## {_plain(name)} against {_plain(report.model)}", "")
        rows = [
            ("macro-F1", c.macro_f1),
            *((f"F1 of {s}", score) for s, score in c.stances.items()),
        ]
        yield from _table(
            ("figure", _plain(report.model), _plain(name), "difference"),
            (
                (figure, *_both(report, name, figure), _signed(score))
                for figure, score in [*rows, ("accuracy", c.accuracy)]
            ),
        )


def _both(report: Report, name: str, figure: str) -> tuple[Score, Score]:
    """Find the two scores behind a difference."""
    pair = report.scores[ALL], report.others[name]
    if figure == "macro-F1":
        return pair[0].macro_f1, pair[1].macro_f1
    if figure == "accuracy":
        return pair[0].accuracy, pair[1].accuracy
    stance = figure.removeprefix("F1 of ")
    return pair[0].stances[stance]["f1"], pair[1].stances[stance]["f1"]


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    return lines + ["| " + " | ".join(map(str, row)) + " |" for row in rows]


def _signed(score: Score) -> str:
    return f"{score.value:+.3f} [{score.low:+.3f}, {score.high:+.3f}]"


def _plain(text: str) -> str:
    """Escape what Markdown or HTML would take for markup."""
    flat = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"([\\`*_{}\[\]()#+!|>~])", r"\\\1", flat)
