"""The command that scores models: evaluate, at the terminal, as a page, Markdown or JSON."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stance.cli.data import Command
from stance.cli.terminal import inert
from stance.errors import OptionError

if TYPE_CHECKING:
    from stance.labeller import Labeller

_STDOUT: Final = "-"
_BUNDLED: Final = "bundled model"


def add_evaluation_command(command: Command) -> None:
    """Add the command to a parser.

    Parameters
    ----------
    command : callable
        Makes a command of its name, what it runs, and a line about it.
    """
    evaluate = command("evaluate", _evaluate, "Score a model on labelled statements.")
    evaluate.add_argument("data", nargs="+", metavar="DATA", help="CSV or JSON Lines")
    evaluate.add_argument(
        "--model",
        action="append",
        metavar="DIR",
        help="model folder (default: the bundled one); repeat it to compare models with the first",
    )
    evaluate.add_argument("--by", metavar="COLUMN", help="score each value of a column apart, too")
    evaluate.add_argument(
        "--json",
        nargs="?",
        const=_STDOUT,
        metavar="FILE.json",
        help="scores as JSON lines, or the whole report into a file",
    )
    evaluate.add_argument("--html", metavar="FILE.html", help="write a report as one page")
    evaluate.add_argument("--markdown", metavar="FILE.md", help="write a report as Markdown")
    evaluate.add_argument(
        "--trained-on",
        action="append",
        default=[],
        metavar="DATA",
        help="what the model has learned from, to look for leaks; may repeat",
    )
    evaluate.add_argument(
        "--without-statements", action="store_true", help="leave statements out of the report"
    )


def _evaluate(options: argparse.Namespace) -> None:
    from stance.evaluation import as_text  # noqa: PLC0415 - only this command scores
    from stance.scoring import evaluate_file  # noqa: PLC0415

    _check_names(options)
    models = _load(options.model or [])
    # Files first: whoever reads what is printed may stop reading.
    if options.html or options.markdown or options.json not in (None, _STDOUT):
        _write_reports(options, models)
    for name, model in models.items():
        for path in options.data:
            scored = evaluate_file(model, path, prior=options.prior, by=options.by)
            for part, evaluation in scored.items():
                title = part if len(models) == 1 else f"{name}: {part}"
                if options.json == _STDOUT:
                    # ASCII only, so that lone surrogates and odd terminals do no harm.
                    print(json.dumps({"data": title, **evaluation.as_dict()}))
                else:
                    print(inert(as_text(evaluation, title)), end="\n\n")


def _write_reports(options: argparse.Namespace, models: dict[str, Labeller]) -> None:
    from stance.reports.making import report_files  # noqa: PLC0415 - slow to load, as below

    report = report_files(
        models,
        options.data,
        trained_on=options.trained_on,
        prior=options.prior,
        texts=not options.without_statements,
    )
    if options.json not in (None, _STDOUT):
        whole = json.dumps(report.as_dict(), indent=1, allow_nan=False)
        Path(options.json).write_text(whole + "\n", encoding="utf-8")
    if options.markdown:
        from stance.reports.markdown import report_markdown  # noqa: PLC0415

        Path(options.markdown).write_text(report_markdown(report), encoding="utf-8")
    if options.html:
        from stance.reports.page import report_page  # noqa: PLC0415

        Path(options.html).write_text(report_page(report), encoding="utf-8")


def _check_names(options: argparse.Namespace) -> None:
    """Refuse to write over what is not a report, such as a file of statements."""
    for option, endings in (
        ("json", (".json",)),
        ("html", (".html", ".htm")),
        ("markdown", (".md",)),
    ):
        name = getattr(options, option)
        if name not in (None, _STDOUT) and not name.endswith(endings):
            raise OptionError(
                f"--{option} writes a file whose name ends in {' or '.join(endings)}, got {name!r}"
            )


def _load(folders: list[str]) -> dict[str, Labeller]:
    """Load models by the name of their folder, or by their whole path where two have one name."""
    import stance  # noqa: PLC0415 - loads numpy

    if not folders:
        return {_BUNDLED: stance.load()}
    names = [Path(folder).resolve().name for folder in folders]
    if len(set(folders)) < len(folders):
        raise OptionError(f"--model names one folder twice: {', '.join(folders)}")
    return {
        name if names.count(name) == 1 else folder: stance.load(folder)
        for name, folder in zip(names, folders, strict=True)
    }
