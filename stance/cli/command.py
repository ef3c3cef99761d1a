"""The ``stance`` command: predict, and those of the other ``cli_`` modules."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from textwrap import shorten, wrap
from typing import TYPE_CHECKING, Any, Final

import stance
from stance.cli.articles import add_article_commands
from stance.cli.data import add_data_commands
from stance.cli.evaluation import add_evaluation_command
from stance.cli.files import add_file_commands
from stance.cli.info import add_info_commands
from stance.cli.robustness import add_robustness_command
from stance.cli.terminal import inert
from stance.cli.training import add_training_commands
from stance.errors import StanceError
from stance.stances import OTHER

if TYPE_CHECKING:
    from stance.labeller import Prior

_OK, _FAULT, _USAGE = 0, 1, 2
_LINES_AT_ONCE: Final = 4096
_COLOURS: Final = {"accusation": 31, "denial": 34, "threat": 35, "hedge": 33, "other": 90}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        Words after ``stance``; those of the process if left out.

    Returns
    -------
    int
        0 if all went well, 1 for a fault in the data, 2 for a wrong call.
    """
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:
        return _USAGE if stop.code else _OK
    # Text of any origin must print, whatever the terminal's encoding cannot show.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, less) has gone; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except StanceError as error:
        return _complain(error)
    except UnicodeDecodeError as error:
        return _complain(f"the input is not UTF-8 at byte {error.start}")
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        return _complain(f"{name}{error.strerror or error}")
    except KeyboardInterrupt:
        return _complain("stopped")
    return _OK


def _complain(fault: object) -> int:
    print(inert(f"stance: {fault}"), file=sys.stderr)
    return _FAULT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="stance", description=stance.__doc__.splitlines()[0])
    parser.add_argument("--version", action="version", version=f"stance {stance.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Any, summary: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=summary, description=summary)
        sub.set_defaults(run=run)
        if name in ("predict", "article", "label", "evaluate-quotes", "robustness", "info"):
            sub.add_argument(
                "--model", metavar="DIR", help="model folder (default: the bundled one)"
            )
        if name in ("predict", "article", "label", "evaluate", "evaluate-quotes", "robustness"):
            sub.add_argument(
                "--prior",
                type=_prior,
                default="natural",
                metavar="PRIOR",
                help="how often each label is expected: natural (default), balanced, or shares "
                "such as accusation=.2,denial=.2,threat=.1,hedge=.2,other=.3",
            )
        if name in ("predict", "article", "label"):
            sub.add_argument(
                "--min-confidence",
                type=float,
                default=0.0,
                metavar="P",
                help="give no label below this probability",
            )
        if name not in (
            "label",
            "train",
            "train-quotes",
            "soft-labels",
            "annotate",
            "evaluate",
            "completion",
        ):
            sub.add_argument("--json", action="store_true", help="JSON for programs")
        return sub

    predict = command("predict", _predict, "Label statements.")
    predict.add_argument(
        "text", nargs="*", metavar="TEXT", help="a statement; none: lines of stdin"
    )
    predict.add_argument("--explain", action="store_true", help="show what each n-gram contributes")
    add_article_commands(command, _line)
    add_file_commands(command)
    add_training_commands(command)
    add_evaluation_command(command)
    add_robustness_command(command)
    add_data_commands(command)
    add_info_commands(command, _parser)
    return parser


def _predict(options: argparse.Namespace) -> None:
    model = stance.load(options.model)
    lines: Iterable[str] = options.text or (line.rstrip("\r\n") for line in _stdin())
    rows = iter(lines)
    while some := list(islice(rows, _LINES_AT_ONCE)):
        for p in model.label(some, prior=options.prior, min_confidence=options.min_confidence):
            if options.json:
                result: dict[str, Any] = {"text": p.text, "label": p.label, "stances": p.stances}
                result |= {"probabilities": p.probabilities}
                if options.explain:
                    result["contributions"] = {c.ngram: c.weight for c in p.explain().contributions}
                _print_json(result)
            else:
                print(_line(p.label, p.confidence, None, p.text))
                if options.explain:
                    print(inert(str(p.explain())), end="\n\n")


def _stdin() -> Any:
    if sys.stdin.isatty():
        print("stance: reading from the terminal; Ctrl-D ends the input", file=sys.stderr)
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    return sys.stdin


def _print_json(result: dict[str, Any]) -> None:
    # ASCII only, so that lone surrogates and odd terminals do no harm.
    print(json.dumps(result))


def _prior(text: str) -> Prior:
    """Read a prior off the command line; names and shares are checked by the model."""
    match text:
        case "natural" | "balanced":
            return text
    pairs = [part.partition("=") for part in text.split(",")]
    try:
        return {name.strip(): float(share) for name, _, share in pairs}
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"expected natural, balanced or label=share,..., got {text!r}"
        ) from error


def _line(label: str | None, confidence: float, speaker: str | None, text: str) -> str:
    """One statement: label and confidence, speaker, and the text, wrapped on a terminal."""
    terminal = sys.stdout.isatty()
    name = f"{label or 'unsure':<10}"
    if terminal and "NO_COLOR" not in os.environ:
        name = f"\033[{_COLOURS[label or OTHER]}m{name}\033[0m"
    head = f"{name} {confidence:>4.0%}  "
    indent = 17
    if speaker is not None:
        head += f"{shorten(inert(speaker), 22, placeholder='…'):<22}  "
        indent += 24
    flat = inert(" ".join(text.split()))
    if not terminal:
        return head + flat
    width = max(shutil.get_terminal_size().columns - indent, 30)
    return head + f"\n{' ' * indent}".join(wrap(flat, width) or [""])
