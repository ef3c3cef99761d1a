"""The commands that make models: train and soft-labels."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from stance.cli.data import Command, add_data_options
from stance.errors import OptionError

if TYPE_CHECKING:
    from stance.evaluation import Evaluation

# Options that one kind of model alone has a use for, and what they are when they are not given.
_OF_NGRAMS: Final = {
    "leave_out": None,
    "swap_mentions": False,
    "peers_alike": False,
    "no_cross_validation": False,
    "jobs": None,
}
_OF_ENCODERS: Final = {"checkpoint": None, "epochs": None, "rate": None}


def add_training_commands(command: Command) -> None:
    """Add the commands to a parser.

    Parameters
    ----------
    command : callable
        Makes a command of its name, what it runs, and a line about it.
    """
    train = command("train", _train, "Train a model on labelled statements (CSV or JSON Lines).")
    add_data_options(train)
    train.add_argument("--out", required=True, metavar="DIR", help="model folder to make")
    train.add_argument(
        "--held-out",
        action="append",
        default=[],
        metavar="DATA",
        help="file to score on; may repeat",
    )
    train.add_argument(
        "--leave-out", metavar="COLUMN", help="score each value of a column by a model without it"
    )
    train.add_argument(
        "--swap-mentions",
        action="store_true",
        help="learn with other countries, parties and names than those mentioned",
    )
    train.add_argument(
        "--peers-alike",
        action="store_true",
        help="read any country as any other; so, too, parties, public figures and names",
    )
    train.add_argument("--no-cross-validation", action="store_true", help="skip that score")
    train.add_argument(
        "--no-report",
        action="store_true",
        help="write no report.html on the held-out files (needs stance[report])",
    )
    train.add_argument(
        "--without-statements", action="store_true", help="leave statements out of report.html"
    )
    train.add_argument("--jobs", type=int, metavar="N", help="processes (-1: all cores; default 1)")
    train.add_argument(
        "--encoder",
        metavar="DIR",
        help="fine-tune this sentence encoder instead of learning n-grams (stance[teacher])",
    )
    train.add_argument(
        "--checkpoint", metavar="DIR", help="keep the fine-tuned encoder, to fine-tune it further"
    )
    train.add_argument("--epochs", type=int, metavar="N", help="passes of an encoder over the data")
    train.add_argument("--rate", type=float, metavar="X", help="learning rate of an encoder")
    soft = command("soft-labels", _soft_labels, "Label a pool with a model's probabilities.")
    soft.add_argument("pool", nargs="+", metavar="POOL", help="CSV or JSON Lines with id and text")
    teacher = soft.add_mutually_exclusive_group(required=True)
    teacher.add_argument("--model", metavar="DIR", help="the teacher: a model folder")
    teacher.add_argument(
        "--encoder", metavar="DIR", help="the teacher: a checkpoint of a fine-tuned encoder"
    )
    soft.add_argument("--out", required=True, metavar="CSV", help="gone on with if there")
    soft.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="DATA",
        help="pass over the ids of this file; may repeat",
    )
    soft.add_argument("--limit", type=int, metavar="N", help="label at most so many")
    soft.add_argument(
        "--sieve", metavar="DIR", help="a quick model: what it finds plainly other comes last"
    )


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _train(options: argparse.Namespace) -> None:
    # Training needs scikit-learn, which is slow to load.
    from stance.evaluation import as_text  # noqa: PLC0415

    _check_kind(options)
    if options.encoder:
        evaluations = _train_encoder(options)
    else:
        from stance.classifier import StanceClassifier  # noqa: PLC0415
        from stance.learning.training import train  # noqa: PLC0415

        result = train(
            options.data,
            options.out,
            classifier=StanceClassifier(peers_alike=options.peers_alike),
            texts=options.texts,
            corrections=options.corrections,
            held_out=options.held_out,
            cross_validate=not options.no_cross_validation,
            leave_out=options.leave_out,
            swap=options.swap_mentions,
            page=not options.no_report,
            page_texts=not options.without_statements,
            jobs=options.jobs,
            report=_say,
        )
        evaluations = result.evaluations
    for title, evaluation in evaluations.items():
        print(as_text(evaluation, title), end="\n\n")
    if not options.encoder and result.left_out:
        for name, evaluation in result.left_out.items():
            print(f"without {name}: {evaluation.n:,} statements, macro-F1 {evaluation.macro_f1}")
        print(f"mean macro-F1 of what was left out: {result.mean_left_out:.3f}")


def _check_kind(options: argparse.Namespace) -> None:
    """Raise an OptionError for an option that the kind of model to be trained has no use for."""
    kind, unused = ("an encoder", _OF_NGRAMS) if options.encoder else ("n-grams", _OF_ENCODERS)
    for name, default in unused.items():
        if getattr(options, name) != default:
            raise OptionError(f"--{name.replace('_', '-')} has no use in training {kind}")


def _train_encoder(options: argparse.Namespace) -> dict[str, Evaluation]:
    from stance.encoders.encoder import EncoderSettings  # noqa: PLC0415
    from stance.encoders.training import train_encoder  # noqa: PLC0415

    given = {name: getattr(options, name) for name in ("epochs", "rate")}
    settings = EncoderSettings(**{k: v for k, v in given.items() if v is not None})
    _, evaluations = train_encoder(
        options.data,
        options.out,
        encoder=options.encoder,
        texts=options.texts,
        corrections=options.corrections,
        held_out=options.held_out,
        checkpoint=options.checkpoint,
        settings=settings,
        page=not options.no_report,
        page_texts=not options.without_statements,
        report=_say,
    )
    return evaluations


def _soft_labels(options: argparse.Namespace) -> None:
    from stance.bundled import load  # noqa: PLC0415 - loads numpy
    from stance.learning.soft_labels import Teacher, read_ids, write_soft_labels  # noqa: PLC0415

    teacher: Teacher
    if options.encoder:
        from stance.encoders.encoder import Encoder  # noqa: PLC0415

        teacher = Encoder(options.encoder)
    else:
        teacher = load(options.model)
    write_soft_labels(
        teacher,
        options.pool,
        options.out,
        without=read_ids(options.without),
        limit=options.limit,
        sieve=load(options.sieve) if options.sieve else None,
        report=_say,
    )
