"""The commands that tell about the program itself: info and completion."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from typing import Any

Command = Callable[[str, Callable[[argparse.Namespace], None], str], argparse.ArgumentParser]

SHELLS = ("bash", "zsh", "tcsh")


def add_info_commands(command: Command, parser: Callable[[], argparse.ArgumentParser]) -> None:
    """Add the commands to a parser.

    Parameters
    ----------
    command : callable
        Makes a command of its name, what it runs, and a line about it.
    parser : callable
        Makes the whole parser, of which completions are written.
    """
    command("info", _info, "Tell what a model is, what it learned from and how right it is.")
    completion = command(
        "completion",
        lambda options: _completion(options.shell, parser()),
        "Write a script that completes commands and options in a shell.",
    )
    completion.add_argument("shell", choices=SHELLS)


def _info(options: argparse.Namespace) -> None:
    import stance  # noqa: PLC0415 - loads numpy

    model = stance.load(options.model)
    facts = {
        "stance": stance.__version__,
        "model": options.model or "bundled",
        "labels": list(model.labels),
        "prior": {label: round(share, 4) for label, share in model.prior.items()},
        **model.facts,
    }
    if options.json:
        print(json.dumps(facts))
    else:
        print("\n".join(_lines(facts)))


def _lines(facts: Any, indent: str = "") -> list[str]:
    """Lay out nested facts, a line each."""
    lines: list[str] = []
    for name, value in facts.items():
        if isinstance(value, dict) and value and not _is_flat(value):
            lines += [f"{indent}{name}:", *_lines(value, indent + "  ")]
        else:
            lines.append(f"{indent}{name}: {_shown(value)}")
    return lines


def _is_flat(value: dict[str, Any]) -> bool:
    """Tell whether facts fit on one line."""
    return all(not isinstance(v, (dict, list)) for v in value.values()) and len(value) <= 6


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_shown(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _completion(shell: str, parser: argparse.ArgumentParser) -> None:
    from stance.errors import MissingExtraError  # noqa: PLC0415

    try:
        # An optional extra.
        import shtab  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(
            "shell completion needs shtab: pip install 'stance[completion]'"
        ) from error
    print(shtab.complete(parser, shell))
