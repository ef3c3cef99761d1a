"""Any table: its rows are labelled or set aside, and what is written is a table of as many rows."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Final

from stance.bundled import model_digest
from stance.files.chunk_labelling import LabelJob, label_chunk
from stance.files.label_inputs import common_columns, open_table
from stance.files.table_formats import DELIMITERS, TableFormat, format_of

_MODEL: Final = Path(__file__).resolve().parent.parent / "tests" / "frozen" / "format-2"
_DIGEST: Final = model_digest(_MODEL)
_TEXT: Final = "text"


def label_table(path: Path, out: TableFormat) -> None:
    """Label the rows of one file, as ``stance label`` does, and read what that gives."""
    table = format_of(str(path))
    rows = open_table(str(path), table, _TEXT)
    job = LabelJob(
        text=_TEXT,
        columns=common_columns([str(path)], [table], [rows], _TEXT, out),
        out=out,
        model=str(_MODEL),
        digest=_DIGEST,
        prefix="",
        on_missing="other",
        prior="natural",
        min_confidence=0.0,
        safe_csv=out.kind in DELIMITERS,
    )
    for chunk in rows.chunks():
        done = label_chunk(job, (table.kind, chunk))
        assert done.rows + len(done.faults) == len(chunk.rows)
        assert all(fault.where(str(path)) and fault.reason for fault in done.faults)
        written = io.StringIO(done.data.decode(), newline="")
        if out.kind in DELIMITERS:
            cells = list(csv.reader(written, delimiter=DELIMITERS[out.kind], strict=True))
            assert len(cells) == done.rows
            assert len({len(row) for row in cells}) <= 1
        else:
            objects = [json.loads(line) for line in written]
            assert len(objects) == done.rows
            assert all("stance" in row for row in objects)
