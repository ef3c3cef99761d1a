"""label_file: tables in files in, the same tables with labels out, in bounded memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

import stance
from stance.bundled import model_digest
from stance.files import table_reading
from stance.files.chunk_labelling import LabelJob, prior_key
from stance.files.journal import Progress
from stance.files.label_inputs import (
    BadRows,
    check_options,
    choose_formats,
    common_columns,
    open_table,
)
from stance.files.label_run import LabelRun
from stance.files.partial_output import BAD_SUFFIX, PartialOutput, StreamOutput
from stance.files.progress_bar import progress_shown
from stance.files.table_formats import STDIO, TableFormat
from stance.files.workers import count_jobs
from stance.inputs import OnMissing, check_on_missing
from stance.labeller import Prior

_LINES_COLUMN: Final = "text"


@dataclass(frozen=True, slots=True)
class LabelledFile:
    """What :func:`label_file` has done.

    Attributes
    ----------
    out : str
        The output.
    rows : int
        Rows in it.
    bad : int
        Rows set aside.
    bad_rows : str or None
        The file of those; None if there are none.
    """

    out: str
    rows: int
    bad: int
    bad_rows: str | None


def label_file(
    inputs: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    text: str | None = None,
    model: str | os.PathLike[str] | None = None,
    prefix: str = "",
    on_missing: OnMissing = "error",
    prior: Prior = "natural",
    min_confidence: float = 0.0,
    bad_rows: BadRows = "error",
    safe_csv: bool = False,
    input_format: str | None = None,
    output_format: str | None = None,
    resume: bool = False,
    jobs: int | None = None,
    progress: bool | Callable[[Progress], None] = False,
) -> LabelledFile:
    r"""Label the statements of files of any size, on all cores.

    The output is the same for any number of processes, and whether the run was stopped and resumed
    or not. It appears when it is whole; until then there are files beside it, in ``.partial`` and
    ``.journal``.

    Parameters
    ----------
    inputs : path or sequence of path
        Tables: ``.csv``, ``.tsv``, ``.jsonl``, ``.parquet``, or ``.txt`` with a statement on each
        line; all but Parquet also compressed (``.gz``, ``.zst``). ``"-"`` is the standard input.
        Rows of several files, which must have the same columns, are put one after the other.
    out : path
        The table to make; its name gives its format. ``"-"`` is the standard output.
    text : str, optional
        The column of statements. Needed, except for ``.txt``, whose lines it names (default
        ``"text"``).
    model : path, optional
        A model folder; the bundled model if left out.
    prefix : str, default ""
        Put before the names of the new columns.
    on_missing : {"error", "other"}, default "error"
        Whether a missing statement is a fault, or counts as a text without words. Missing are
        ``null``, an absent key, and an empty cell of CSV and TSV.
    prior : {"natural", "balanced"} or mapping of str to float, default "natural"
        How often each label is expected; see :func:`stance.predict`.
    min_confidence : float, default 0.0
        Below this probability of the most probable label, ``stance`` is missing.
    bad_rows : {"error", "skip"}, default "error"
        Whether a row that cannot be labelled (malformed, not UTF-8, a missing statement) stops the
        run, or is set aside in a file beside the output, ``.bad.jsonl``, with its file, line (in
        Parquet row group and row), reason and text.
    safe_csv : bool, default False
        Put an apostrophe before cells of the old columns that begin with ``=``, ``+``, ``-``,
        ``@``, a tab or a carriage return, so that spreadsheets do not run them.
    input_format, output_format : str, optional
        Formats of the standard input and output, such as ``"csv"`` or ``"jsonl.gz"``. By default
        they are those of the other end.
    resume : bool, default False
        Go on where a stopped run was; settings and inputs must be the same as then. If there is
        none, begin.
    jobs : int, optional
        Processes; all cores if left out.
    progress : bool or callable, default False
        Called after each chunk of rows; True shows a bar on a terminal if tqdm is installed.

    Returns
    -------
    LabelledFile
        How many rows were labelled and set aside.

    Raises
    ------
    DataError
        If a file or a row breaks a rule; the message names file and line.
    MissingStatementError
        If a statement is missing; the message names file and line.
    OptionError
        If an option is out of range, or does not go with the others.
    MissingExtraError
        If a format needs ``stance[files]`` and that is not installed.
    OSError
        If a file cannot be read or written.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     lines, table = Path(folder, "lines.txt"), Path(folder, "table.csv")
    ...     _ = lines.write_text("We never said that.\n")
    ...     _ = label_file(lines, table, jobs=1)
    ...     print(table.read_text()[:58])
    text,stance,confidence,p_accusation,p_denial,p_threat,p_he
    """
    several = inputs if isinstance(inputs, Sequence) and not isinstance(inputs, str) else [inputs]
    paths = [os.fspath(path) for path in several]
    target = os.fspath(out)
    formats, out_format = choose_formats(paths, target, input_format, output_format)
    check_on_missing(on_missing)
    check_options(
        [*zip(paths, formats, strict=True)],
        (target, out_format),
        text=text,
        bad_rows=bad_rows,
        resume=resume,
        safe_csv=safe_csv,
    )
    column = _LINES_COLUMN if text is None else text
    tables = [open_table(path, table, column) for path, table in zip(paths, formats, strict=True)]
    job = LabelJob(
        text=column,
        columns=common_columns(paths, formats, tables, column, out_format),
        out=out_format,
        model=None if model is None else os.fspath(model),
        digest=model_digest(model),
        prefix=prefix,
        on_missing=on_missing,
        prior=prior_key(prior),
        min_confidence=min_confidence,
        safe_csv=safe_csv,
    )
    output: PartialOutput | StreamOutput = (
        StreamOutput()
        if target == STDIO
        else PartialOutput(target, _settings(job, formats, bad_rows), paths, resume=resume)
    )
    with closing(output):
        run = LabelRun(job, paths, formats, tables, output, bad_rows)
        if not output.complete:
            with progress_shown(progress) as report:
                run.label(count_jobs(jobs), report)
        output.finish(_assemble if out_format.kind == "parquet" else None)
    done = output.progress
    return LabelledFile(target, done.rows, done.bad, f"{target}{BAD_SUFFIX}" if done.bad else None)


def _settings(job: LabelJob, formats: Sequence[TableFormat], bad_rows: str) -> dict[str, Any]:
    """All that the output depends on, beside the inputs' bytes; under the names of the options."""
    return {
        "text": job.text,
        "model": job.digest,
        "prefix": job.prefix,
        "on_missing": job.on_missing,
        "prior": job.prior,
        "min_confidence": job.min_confidence,
        "bad_rows": bad_rows,
        "safe_csv": job.safe_csv,
        "format": str(job.out),
        "input formats": list(map(str, formats)),
        "rows at once": table_reading.CHUNK_ROWS,
        "version of stance": stance.__version__,
    }


def _assemble(frames: str, out: str) -> None:
    from stance.files.parquet_frames import put_together  # needs pyarrow  # noqa: PLC0415

    put_together(frames, out)
