"""The command ``stance``."""

from stance.cli.command import main

__all__ = ["main"]
