"""The evaluation page that training puts beside a model."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from stance.data.datasets import LabelledStatement
from stance.errors import MissingExtraError
from stance.labeller import Labeller
from stance.reports.making import load_files, make_report
from stance.reports.page import report_page


def training_page(
    model: Labeller,
    out: str | os.PathLike[str],
    held_out: Sequence[str | os.PathLike[str]],
    trained_on: Mapping[str, Sequence[LabelledStatement]],
    *,
    texts: bool = True,
    report: Callable[[str], None] = lambda _: None,
) -> str | None:
    """Evaluate a model on its held-out files, as a page.

    Parameters
    ----------
    model : Labeller
        The model, as it will be saved.
    out : path
        Its folder, whose name the page shows.
    held_out : sequence of path
        Files to score on.
    trained_on : mapping of str to sequence of LabelledStatement
        What the model has learned from, by the file's name.
    texts : bool, default True
        Whether to show statements.
    report : callable, optional
        Takes a line of progress.

    Returns
    -------
    str or None
        HTML; None if nothing is held out or ``stance[report]`` is not installed.
    """
    if not held_out:
        return None
    try:
        made = make_report(
            {Path(out).resolve().name: model},
            load_files(held_out),
            trained_on=trained_on,
            texts=texts,
        )
        return report_page(made)
    except MissingExtraError as error:
        report(f"no page: {error}")
        return None
