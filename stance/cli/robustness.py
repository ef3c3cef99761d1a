"""The command that measures robustness."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable

Command = Callable[[str, Callable[[argparse.Namespace], None], str], argparse.ArgumentParser]


def add_robustness_command(command: Command) -> None:
    """Add the command to a parser.

    Parameters
    ----------
    command : callable
        Makes a command of its name, what it runs, and a line about it.
    """
    sub = command(
        "robustness",
        _robustness,
        "Measure how labels hold when wording or who is mentioned changes.",
    )
    sub.add_argument("data", nargs="+", metavar="DATA", help="CSV or JSON Lines of statements")
    sub.add_argument("--seed", type=int, default=0, metavar="N", help="what typos are drawn by")


def _robustness(options: argparse.Namespace) -> None:
    import stance  # noqa: PLC0415 - slow to load, as below
    from stance.data.datasets import load_statements  # noqa: PLC0415
    from stance.robustness.shifts import measure_robustness  # noqa: PLC0415

    texts = [statement.text for statement in load_statements(*options.data)]
    model = stance.load(options.model)
    found = measure_robustness(model, texts, prior=options.prior, seed=options.seed)
    print(json.dumps(found.as_dict()) if options.json else found)
