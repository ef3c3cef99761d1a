"""Progress of a long run: a bar on a terminal, or whatever the caller does with it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from stance.files.journal import Progress


@contextmanager
def progress_shown(
    progress: bool | Callable[[Progress], None],
) -> Iterator[Callable[[Progress], None]]:
    """Give what is to be called as a run goes on.

    Parameters
    ----------
    progress : bool or callable
        Something to call; or True for a bar with rate and time left, which is shown on a terminal
        alone, if tqdm is installed.

    Yields
    ------
    callable
        Takes a :class:`~stance.files.journal.Progress`.
    """
    if callable(progress):
        yield progress
        return
    bar = _Bar()
    try:
        yield bar.show if progress and sys.stderr.isatty() else lambda _: None
    finally:
        bar.close()


class _Bar:
    """A bar that is there from its first use on, if tqdm is installed."""

    def __init__(self) -> None:
        self._bar: Any = None

    def show(self, at: Progress) -> None:
        rows = at.rows + at.bad
        if self._bar is None:
            try:
                from tqdm import tqdm  # an optional extra  # noqa: PLC0415
            except ImportError:
                return
            # What an earlier run has done counts as done, but not for the rate.
            self._bar = tqdm(initial=rows, unit=" rows", unit_scale=True, dynamic_ncols=True)
        if at.share:
            # Rows are not counted beforehand: the share of bytes read tells about how many there are.
            self._bar.total = max(round(rows / at.share), rows)
        self._bar.update(rows - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
