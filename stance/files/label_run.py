"""One run of label_file: chunks out of the inputs, through the workers, into the output."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from stance.errors import DataError, MissingStatementError
from stance.files.chunk_labelling import LabelJob, LabelledChunk, label_chunk
from stance.files.journal import Progress
from stance.files.label_inputs import Table
from stance.files.partial_output import PartialOutput, StreamOutput
from stance.files.table_formats import STDIO, Kind, TableFormat
from stance.files.table_reading import Chunk, Position
from stance.files.table_rows import Fault, Rows
from stance.files.table_writing import encode_header, encode_rows
from stance.files.workers import worker_pool
from stance.result_columns import result_names


@dataclass(frozen=True, slots=True)
class LabelRun:
    """One run: what is labelled and where it goes."""

    job: LabelJob
    paths: Sequence[str]
    formats: Sequence[TableFormat]
    tables: Sequence[Table]
    output: PartialOutput | StreamOutput
    bad_rows: str

    def label(self, jobs: int, report: Callable[[Progress], None]) -> None:
        """Label all chunks that are left."""
        tasks = self._tasks()
        # For one chunk it does not pay to start processes.
        ahead = list(islice(tasks, 2))
        places: deque[tuple[int, Position, int]] = deque()
        with worker_pool(jobs if len(ahead) > 1 else 1) as run:
            (labels,) = run(LabelJob.labels, [self.job])
            self._begin(labels)
            report(self.output.progress)
            work = _noted(chain(ahead, tasks), self.formats, places)
            for done in run(partial(label_chunk, self.job), work):
                self._add(done, *places.popleft())
                report(self.output.progress)

    def _tasks(self) -> Iterator[tuple[int, Chunk]]:
        begun = self.output.progress
        for number in range(begun.input, len(self.tables)):
            start = begun.position if number == begun.input else None
            for chunk in self.tables[number].chunks(start):
                yield number, chunk

    def _begin(self, labels: Sequence[str]) -> None:
        """Check the new columns' names, and write what stands before the first row."""
        names = result_names(labels, self.job.prefix)
        for path, table in zip(self.paths, self.tables, strict=True):
            taken = [name for name in names if name in table.columns]
            if taken:
                raise DataError(
                    f"{path}: columns {', '.join(taken)} are there already: use --prefix"
                )
        done = self.output.progress
        if done.rows + done.bad:
            return
        columns = self.job.columns or ()
        if self.job.out.kind == "parquet":
            head = encode_rows(
                self._no_rows(),
                self.job.out,
                columns=columns,
                names=names,
                values=[()] * len(names),
            )
        else:
            head = encode_header(
                self.job.out, columns=columns, names=names, safe_csv=self.job.safe_csv
            )
        self.output.append(head, b"", done)

    def _no_rows(self) -> Rows:
        """Rows that are none, but have the types of Parquet's columns."""
        return Rows(batch=getattr(self.tables[0], "no_rows", None))

    def _add(self, done: LabelledChunk, number: int, end: Position, consumed: int) -> None:
        path = "stdin" if self.paths[number] == STDIO else self.paths[number]
        if done.faults and self.bad_rows == "error":
            fault = done.faults[0]
            kind = MissingStatementError if fault.missing else DataError
            raise kind(f"{fault.where(path)}: {fault.reason}")
        aside = "".join(json.dumps(_described(fault, path)) + "\n" for fault in done.faults)
        before = self.output.progress
        self.output.append(
            done.data,
            aside.encode(),
            Progress(
                input=number,
                position=end,
                rows=before.rows + done.rows,
                bad=before.bad + len(done.faults),
                share=self._share(number, consumed),
            ),
        )

    def _share(self, number: int, consumed: int) -> float | None:
        if STDIO in self.paths:
            return None
        sizes = [Path(path).stat().st_size for path in self.paths]
        return min((sum(sizes[:number]) + consumed) / max(sum(sizes), 1), 1.0)


def _noted(
    tasks: Iterable[tuple[int, Chunk]],
    formats: Sequence[TableFormat],
    places: deque[tuple[int, Position, int]],
) -> Iterator[tuple[Kind, Chunk]]:
    """Pass chunks on, and keep of each where it ends until its result is there."""
    for number, chunk in tasks:
        places.append((number, chunk.end, chunk.consumed))
        yield formats[number].kind, chunk


def _described(fault: Fault, path: str) -> dict[str, Any]:
    return {"file": path, **fault.place, "reason": fault.reason, "raw": fault.raw}
