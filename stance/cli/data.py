"""The commands for people who make labelled data: describe, annotate, agreement, suspects, learning-curve."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from stance.cli.terminal import inert

Command = Callable[[str, Callable[[argparse.Namespace], None], str], argparse.ArgumentParser]


def add_data_commands(command: Command) -> None:
    """Add the commands to a parser.

    Parameters
    ----------
    command : callable
        Makes a command of its name, what it runs, and a line about it.
    """
    describe = command("describe", _describe, "Count what labelled statements hold.")
    add_data_options(describe)
    describe.add_argument("--markdown", action="store_true", help="tables in Markdown")
    annotate = command("annotate", _annotate, "Label statements at the terminal, a key a stance.")
    annotate.add_argument("file", metavar="FILE", help="CSV or JSON Lines with statements")
    annotate.add_argument(
        "--out", required=True, metavar="CSV", help="labels; gone on with if there"
    )
    annotate.add_argument("--text", default="text", metavar="COLUMN", help="column of statements")
    annotate.add_argument("--id", default="id", metavar="COLUMN", help="column that names them")
    annotate.add_argument("--reader", default="", metavar="NAME", help="who reads")
    annotate.add_argument("--round", default="", metavar="NAME", help="which round this is")
    annotate.add_argument(
        "--uncertain-first", action="store_true", help="begin with what the model is least sure of"
    )
    annotate.add_argument("--model", metavar="DIR", help="model folder (default: the bundled one)")
    agree = command("agreement", _agreement, "Compare two readers' labels of the same statements.")
    agree.add_argument("first", metavar="A", help="CSV or JSON Lines with id, primary, stances")
    agree.add_argument("second", metavar="B")
    suspects = command("suspects", _suspects, "List labels that are probably wrong, worst first.")
    add_data_options(suspects)
    suspects.add_argument("--jobs", type=int, metavar="N", help="processes (-1: all cores)")
    curve = command("learning-curve", _learning_curve, "Score models on growing parts of the data.")
    add_data_options(curve)
    curve.add_argument(
        "--held-out", action="append", default=[], metavar="DATA", help="to score on"
    )
    curve.add_argument(
        "--leave-out", metavar="COLUMN", help="score each value of it by a model without it"
    )
    curve.add_argument("--out", required=True, metavar="CSV", help="the points")
    curve.add_argument("--figure", metavar="FILE", help="a picture of them: .svg, .png or .pdf")
    curve.add_argument(
        "--encoder", metavar="DIR", help="fine-tune this sentence encoder instead of n-grams"
    )
    curve.add_argument(
        "--share",
        action="append",
        type=float,
        metavar="X",
        help="part of each file to learn from; may repeat (default: 0.125, 0.25, 0.5, 1)",
    )
    curve.add_argument("--jobs", type=int, metavar="N", help="processes (-1: all cores)")


def add_data_options(parser: argparse.ArgumentParser) -> None:
    """Add what every command that reads labelled statements takes.

    Parameters
    ----------
    parser : argparse.ArgumentParser
        The command.
    """
    parser.add_argument("data", nargs="+", metavar="DATA", help="CSV or JSON Lines")
    parser.add_argument(
        "--texts",
        action="append",
        default=[],
        metavar="FILE",
        help="has the texts of annotations without one; may repeat",
    )
    parser.add_argument(
        "--corrections", metavar="FILE", help="labels that replace those of the data"
    )


def _describe(options: argparse.Namespace) -> None:
    from stance.data.datasets import load_statements  # noqa: PLC0415 - slow to load, as below
    from stance.data.description import describe  # noqa: PLC0415

    facts = describe(
        load_statements(*options.data, texts=options.texts, corrections=options.corrections)
    )
    if options.json:
        print(json.dumps(asdict(facts)))
    else:
        print(inert(facts.as_markdown() if options.markdown else str(facts)))


def _annotate(options: argparse.Namespace) -> None:
    import stance  # noqa: PLC0415
    from stance.data.annotate import LabelFile, annotate, load_unread, most_uncertain_first  # noqa: PLC0415

    unread = load_unread(options.file, text=options.text, identifier=options.id)
    if options.uncertain_first:
        unread = most_uncertain_first(unread, stance.load(options.model))
    labels = LabelFile(options.out, reader=options.reader, batch=options.round)
    keys = read_keys()
    count = annotate(unread, labels, keys=keys, ask=_ask, show=lambda text: print(inert(text)))
    left = sum(statement.id not in labels.read for statement in unread)
    print(f"\n{count} labelled, {left} left; labels are in {options.out}")


def read_keys() -> Iterator[str]:
    """Yield keys as they are pressed; characters of stdin where it is no terminal."""
    if not sys.stdin.isatty():
        while key := sys.stdin.read(1):
            yield key
        return
    try:
        import termios  # noqa: PLC0415 - not on Windows
        import tty  # noqa: PLC0415
    except ImportError:
        import msvcrt  # noqa: PLC0415 - on Windows only

        while True:
            yield msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]
    descriptor = sys.stdin.fileno()
    while True:
        before = termios.tcgetattr(descriptor)
        try:
            tty.setcbreak(descriptor)
            key = sys.stdin.read(1)
        finally:
            # So that notes are typed, and the shell is left, with the terminal as it was.
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
        if not key:
            return
        yield key


def _ask(prompt: str) -> str:
    print(prompt, end="", flush=True)
    return sys.stdin.readline().strip()


def _agreement(options: argparse.Namespace) -> None:
    from stance.data.agreement import agreement  # noqa: PLC0415

    result = agreement(options.first, options.second)
    print(json.dumps(asdict(result)) if options.json else result)


def _suspects(options: argparse.Namespace) -> None:
    from stance.data.datasets import load_statements  # noqa: PLC0415
    from stance.data.suspects import find_suspects  # noqa: PLC0415

    statements = load_statements(
        *options.data, texts=options.texts, corrections=options.corrections
    )
    found = find_suspects(statements, jobs=options.jobs)
    for s in found:
        given = "|".join(s.statement.stances) or s.statement.primary
        if options.json:
            row: dict[str, Any] = {"id": s.statement.id, "text": s.statement.text, "given": given}
            row |= {"given_probability": round(s.given, 4)}
            print(json.dumps(row | {"label": s.label, "probability": round(s.probability, 4)}))
        else:
            flat = " ".join(s.statement.text.split())
            guesses = f"{given} {s.given:.0%}, {s.label} {s.probability:.0%}"
            print(inert(f"{s.statement.id}  {guesses}:  {flat}"))
    print(f"{len(found):,} of {len(statements):,} labels are suspect", file=sys.stderr)


def _learning_curve(options: argparse.Namespace) -> None:
    from stance.classifier import StanceClassifier  # noqa: PLC0415
    from stance.data.datasets import load_statements  # noqa: PLC0415
    from stance.learning.fitting import ngram_learner  # noqa: PLC0415
    from stance.learning.learning_curve import SHARES, learning_curve, plot_curve, write_curve  # noqa: PLC0415

    if options.encoder:
        from stance.encoders.finetuning import encoder_learner  # noqa: PLC0415

        learner = encoder_learner(options.encoder)
    else:
        learner = ngram_learner(StanceClassifier())
    files = {
        Path(path).name: load_statements(path, texts=options.texts, corrections=options.corrections)
        for path in options.data
    }
    points = learning_curve(
        files,
        learner,
        held_out={Path(path).name: load_statements(path) for path in options.held_out},
        leave_out=options.leave_out,
        shares=options.share or SHARES,
        jobs=options.jobs,
        report=lambda line: print(line, file=sys.stderr, flush=True),
    )
    write_curve(points, options.out)
    if options.figure:
        plot_curve(points, options.figure)
    for p in points:
        if options.json:
            print(json.dumps(asdict(p)))
        else:
            print(f"{p.n:>8,} of {p.file}, {p.company}: {p.score} {p.macro_f1:.3f}")
