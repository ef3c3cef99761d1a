"""What a worker does: a chunk of rows in, the bytes of its labelled rows out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from stance.bundled import load
from stance.files.table_formats import Kind, TableFormat
from stance.files.table_reading import Chunk
from stance.files.table_rows import Fault, Rows, parse_records
from stance.files.table_writing import encode_rows
from stance.inputs import OnMissing
from stance.labeller import Labeller
from stance.result_columns import result_columns, result_names


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelJob:
    """All that labelling a chunk depends on, beside the chunk.

    Attributes
    ----------
    text : str
        Column of statements.
    columns : tuple of str or None
        Names of the columns; None if rows of JSON Lines stay what they are.
    out : TableFormat
        Format to write.
    model : str or None
        Model folder; None is the bundled one.
    digest : str
        The model's digest.
    prefix, on_missing, prior, min_confidence, safe_csv
        As in :func:`stance.label_file`.
    """

    text: str
    columns: tuple[str, ...] | None
    out: TableFormat
    model: str | None
    digest: str
    prefix: str
    on_missing: OnMissing
    prior: Literal["natural", "balanced"] | tuple[tuple[str, float], ...]
    min_confidence: float
    safe_csv: bool

    def labels(self) -> tuple[str, ...]:
        """Load the model, try its options, and give its labels; errors are those of the model."""
        self.label([])
        return _load(self.model, self.digest).labels

    def label(self, texts: list[str]) -> Any:
        """Label statements; see :meth:`stance.StanceModel.label`."""
        prior = self.prior if isinstance(self.prior, str) else dict(self.prior)
        model = _load(self.model, self.digest)
        return model.label(texts, prior=prior, min_confidence=self.min_confidence)


@dataclass(frozen=True, slots=True)
class LabelledChunk:
    """A chunk that is done.

    Attributes
    ----------
    data : bytes
        Its labelled rows, in the format of the output.
    rows : int
        How many those are.
    faults : list of Fault
        Rows that could not be labelled.
    """

    data: bytes
    rows: int
    faults: list[Fault]


@lru_cache(maxsize=1)
def _load(model: str | None, digest: str) -> Labeller:  # noqa: ARG001 - an altered folder is loaded anew
    """Load the model of a worker once, whatever the number of chunks."""
    return load(model)


def label_chunk(job: LabelJob, task: tuple[Kind, Chunk]) -> LabelledChunk:
    """Label a chunk.

    Parameters
    ----------
    job : LabelJob
        What is to be done.
    task : (kind, Chunk)
        Format of the input, ``"csv"`` for example, and some of its rows.

    Returns
    -------
    LabelledChunk
        The same for the same chunk, in any process.
    """
    names = result_names(_load(job.model, job.digest).labels, job.prefix)
    rows, faults = _parse(job, *task, frozenset(names))
    if not rows.texts:
        return LabelledChunk(b"", 0, faults)
    labels = _load(job.model, job.digest).labels
    data = encode_rows(
        rows,
        job.out,
        columns=job.columns or (),
        names=names,
        values=result_columns(job.label(rows.texts), labels),
        safe_csv=job.safe_csv,
    )
    return LabelledChunk(data, len(rows.texts), faults)


def _parse(
    job: LabelJob, kind: Kind, chunk: Chunk, taken: frozenset[str]
) -> tuple[Rows, list[Fault]]:
    if isinstance(chunk.rows, bytes):
        from stance.files.parquet_tables import parse_batch  # needs pyarrow  # noqa: PLC0415

        return parse_batch(
            chunk.rows,
            chunk.first,
            text=job.text,
            on_missing=job.on_missing,
            with_cells=job.out.kind != "parquet",
        )
    return parse_records(
        chunk.rows,
        kind,
        columns=job.columns,
        text=job.text,
        taken=taken,
        on_missing=job.on_missing,
    )


def prior_key(prior: Any) -> Any:
    """Make a prior one that can be compared and kept: a mapping becomes pairs in order."""
    return tuple(prior.items()) if isinstance(prior, Mapping) else prior
