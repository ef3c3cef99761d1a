"""The commands that read news articles: article, evaluate-quotes, train-quotes."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stance.cli.data import Command
from stance.cli.terminal import inert
from stance.errors import DataError
from stance.files.formulas import guarded
from stance.stances import LABELS

if TYPE_CHECKING:
    from stance.articles.article import Statement
    from stance.articles.speech import Attribution

_COLUMNS: Final = (
    "file",
    "speaker",
    "label",
    "confidence",
    "kind",
    "text",
    "speaker_text",
    "cue",
    "start",
    "end",
    "sentence",
    "said",
    *(f"p_{label}" for label in LABELS),
)
ShowLine = Callable[[str | None, float, str | None, str], str]


def add_article_commands(command: Command, line: ShowLine) -> None:
    """Add the commands to a parser.

    Parameters
    ----------
    command : callable
        Makes a command of its name, what it runs, and a line about it.
    line : callable
        Lays out label, confidence, speaker and text for the terminal.
    """
    article = command(
        "article",
        lambda options: _article(options, line),
        "Find who said what in news articles, and label it.",
    )
    article.add_argument(
        "files", nargs="+", metavar="FILE", help="plain text or HTML in UTF-8; - for stdin"
    )
    shape = article.add_mutually_exclusive_group()
    shape.add_argument("--csv", action="store_true", help="CSV for tables")
    article.add_argument(
        "--safe-csv",
        action="store_true",
        help="CSV, with an apostrophe before cells that a spreadsheet would run",
    )
    shape.add_argument(
        "--html", metavar="PAGE", help="write a page with the statements marked; one file only"
    )
    score = command(
        "evaluate-quotes",
        _evaluate,
        "Score how well statements and speakers are found in articles.",
    )
    score.add_argument("data", nargs="+", metavar="DATA", help="JSON Lines of annotated articles")
    score.add_argument("--quotes-model", metavar="DIR", help="model folder made by train-quotes")
    train = command("train-quotes", _train, "Learn to tell who said what from annotated articles.")
    train.add_argument("data", nargs="+", metavar="DATA", help="JSON Lines of annotated articles")
    train.add_argument("--vectors", required=True, metavar="NPZ", help="word vectors")
    train.add_argument("--out", required=True, metavar="DIR", help="model folder to make")
    train.add_argument(
        "--held-out", action="append", default=[], metavar="DATA", help="to score on; may repeat"
    )


def _article(options: argparse.Namespace, line: ShowLine) -> None:
    import stance  # noqa: PLC0415 - loads numpy, as below
    from stance.articles.files import read_article_file  # noqa: PLC0415

    _check_shape(options)
    model = stance.load(options.model)
    as_csv = options.csv or options.safe_csv
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if as_csv:
        writer.writerow(_COLUMNS)
    for path in options.files:
        text = read_article_file(path)
        statements = stance.read_article(
            text, model=model, prior=options.prior, min_confidence=options.min_confidence
        )
        if options.html:
            from stance.articles.page import article_page  # noqa: PLC0415

            page = article_page(text, statements, title=Path(path).stem)
            Path(options.html).write_text(page, encoding="utf-8")
        elif as_csv:
            writer.writerows(_cells(path, s, safe=options.safe_csv) for s in statements)
        elif options.json:
            for s in statements:
                row = _row(path, s) | {"probabilities": s.prediction.probabilities}
                # ASCII only, so that lone surrogates and odd terminals do no harm.
                print(json.dumps(row | {"spans": s.spans}))
        else:
            if len(options.files) > 1:
                print(inert(f"{path}:"))
            for s in statements:
                shown = f"“{s.said}”" if s.kind == "direct" else s.said
                speaker = s.speaker or s.speaker_text or "?"
                print(line(s.prediction.label, s.prediction.confidence, speaker, shown))
        if not statements:
            print(inert(f"stance: {path}: no statements found"), file=sys.stderr)


def _check_shape(options: argparse.Namespace) -> None:
    if options.html and len(options.files) != 1:
        raise DataError(f"--html takes one article, got {len(options.files)}")
    if options.html:
        page, article = Path(options.html), Path(options.files[0])
        if page.exists() and article.exists() and page.samefile(article):
            raise DataError(f"--html {page} would write over the article itself")
    if options.safe_csv and (options.html or options.json):
        raise DataError("--safe-csv is for CSV, not for --html or --json")


def _cells(path: str, s: Statement, *, safe: bool) -> list[Any]:
    probabilities = s.prediction.probabilities
    # Of a model that lacks a label, that column is empty.
    shares = {f"p_{label}": round(share, 4) for label, share in probabilities.items()}
    row = dict.fromkeys(_COLUMNS) | _row(path, s) | shares
    cells = [row[name] for name in _COLUMNS]
    return [guarded(cell) if safe and isinstance(cell, str) else cell for cell in cells]


def _row(path: str, s: Statement) -> dict[str, Any]:
    return {
        "file": path,
        "speaker": s.speaker,
        "label": s.prediction.label,
        "confidence": round(s.prediction.confidence, 4),
        "kind": s.kind,
        "text": s.text,
        "speaker_text": s.speaker_text,
        "cue": s.cue,
        "start": s.start,
        "end": s.end,
        "sentence": s.sentence,
        "said": s.said,
    }


def _evaluate(options: argparse.Namespace) -> None:
    from stance.articles.annotated import read_annotated  # noqa: PLC0415
    from stance.articles.attribution import attributions  # noqa: PLC0415
    from stance.articles.evaluation import evaluate_attribution  # noqa: PLC0415
    from stance.articles.stance_transfer import stance_agreement  # noqa: PLC0415
    from stance.articles.storage import read_attribution  # noqa: PLC0415
    from stance.articles.wrapping import unwrapped  # noqa: PLC0415
    from stance.bundled import load, load_attribution  # noqa: PLC0415

    model = (
        read_attribution(Path(options.quotes_model)) if options.quotes_model else load_attribution()
    )

    def find(text: str, /) -> list[Attribution]:
        return attributions(unwrapped(text), model)

    for path in options.data:
        articles = read_annotated(path)
        scores = evaluate_attribution(articles, find)
        same = stance_agreement(articles, find, load(options.model))
        if options.json:
            kinds = {kind: asdict(one) for kind, one in scores.kinds.items()}
            print(json.dumps({"data": path, "kinds": kinds, "stance": asdict(same)}))
        else:
            print(f"{path}: {scores}\n{same}")


def _train(options: argparse.Namespace) -> None:
    # Training needs scikit-learn, which is slow to load.
    from stance.articles.training import train_quotes  # noqa: PLC0415

    def report(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    scores = train_quotes(
        options.data,
        options.out,
        vectors=options.vectors,
        held_out=options.held_out,
        report=report,
    )
    for name, found in scores.items():
        print(f"{name}: {found}")
