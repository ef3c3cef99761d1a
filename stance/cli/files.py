"""The command that labels files of any size: label."""

from __future__ import annotations

import argparse
import sys

from stance.cli.data import Command


def add_file_commands(command: Command) -> None:
    """Add the command to a parser.

    Parameters
    ----------
    command : callable
        Makes a command of its name, what it runs, and a line about it.
    """
    label = command("label", _label, "Label the statements of tables in files, of any size.")
    label.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help=".csv, .tsv, .jsonl, .parquet, or .txt with a statement on each line; also .gz and .zst "
        "(not Parquet); - for stdin",
    )
    label.add_argument(
        "--out", required=True, metavar="OUTPUT", help="table to make, its name gives the format"
    )
    label.add_argument("--text", metavar="COLUMN", help="column of statements; .txt needs none")
    label.add_argument("--format", metavar="FORMAT", help="of --out -, such as csv or jsonl.gz")
    label.add_argument("--input-format", metavar="FORMAT", help="of - among the inputs")
    label.add_argument("--prefix", default="", metavar="P", help="before the new columns' names")
    label.add_argument(
        "--on-missing",
        choices=("error", "other"),
        default="error",
        help="a missing statement is a fault (default), or other",
    )
    label.add_argument(
        "--bad-rows",
        choices=("error", "skip"),
        default="error",
        help="stop at a faulty row (default), or set it aside in OUTPUT.bad.jsonl",
    )
    label.add_argument(
        "--safe-csv",
        action="store_true",
        help="an apostrophe before cells that a spreadsheet would run",
    )
    label.add_argument("--resume", action="store_true", help="go on where a stopped run was")
    label.add_argument("--jobs", type=int, metavar="N", help="processes (default: all cores)")


def _label(options: argparse.Namespace) -> None:
    from stance.files.labelling import label_file  # loads numpy  # noqa: PLC0415
    from stance.files.table_formats import STDIO  # noqa: PLC0415

    try:
        done = label_file(
            options.inputs,
            options.out,
            text=options.text,
            model=options.model,
            prefix=options.prefix,
            on_missing=options.on_missing,
            prior=options.prior,
            min_confidence=options.min_confidence,
            bad_rows=options.bad_rows,
            safe_csv=options.safe_csv,
            input_format=options.input_format,
            output_format=options.format,
            resume=options.resume,
            jobs=options.jobs,
            progress=True,
        )
    except KeyboardInterrupt:
        if STDIO not in (*options.inputs, options.out):
            print("stance: go on with the same command and --resume", file=sys.stderr)
        raise
    aside = f", {done.bad:,} bad rows in {done.bad_rows}" if done.bad else ""
    print(f"stance: {done.rows:,} rows labelled{aside}", file=sys.stderr)
