"""Parquet written chunk by chunk: frames in a partial file, put together at the end. Needs pyarrow.

A Parquet file cannot be gone on with once it is left, since its index stands at its end; frames can.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow as pa

from stance.errors import DataError
from stance.files.arrow_columns import column_of
from stance.files.parquet_tables import to_stream
from stance.files.table_rows import Rows, cell_text
from stance.result_columns import result_kinds

_GROUP_ROWS: Final = 2**16
_GROUP_BYTES: Final = 32 * 2**20
_EXACT: Final = 2**53  # whole numbers up to here are exact in float64
_LENGTH_BYTES: Final = 8


def to_frame(
    rows: Rows,
    columns: Sequence[str],
    names: Sequence[str],
    values: Sequence[Sequence[Any]],
) -> bytes:
    """Put rows and what was found about them into one frame of an unfinished file.

    Parameters
    ----------
    rows : Rows
        Labelled rows; cells are turned into columns of the type that all of them have.
    columns, names : sequence of str
        Names of the old columns and of those behind them.
    values : sequence of sequence
        The columns behind.

    Returns
    -------
    bytes
        A length and an Arrow stream.
    """
    if rows.batch is not None:
        arrays, fields = list(rows.batch.columns), list(rows.batch.schema)
        metadata = rows.batch.schema.metadata
    else:
        cells = zip(*rows.cells, strict=True) if rows.cells else ((),) * len(columns)
        arrays = [_array(list(column)) for column in cells]
        fields = [pa.field(name, a.type) for name, a in zip(columns, arrays, strict=True)]
        metadata = None
    for name, type_, column in zip(names, result_kinds(names), values, strict=True):
        kind = pa.string() if type_ is str else pa.float64()
        arrays.append(column_of(column, kind))
        fields.append(pa.field(name, kind))
    batch = pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields, metadata=metadata))
    stream = to_stream(batch, "zstd")
    return len(stream).to_bytes(_LENGTH_BYTES, "little") + stream


def _array(values: list[Any]) -> Any:
    """Column of JSON values, or of text where no other type holds all of them."""
    kinds = {type(value) for value in values} - {type(None)}
    if not kinds:
        return pa.nulls(len(values))
    if kinds == {bool}:
        return column_of(values, pa.bool_())
    if kinds == {int} and all(v is None or -(2**63) <= v < 2**63 for v in values):
        return column_of(values, pa.int64())
    if kinds <= {int, float} and all(type(v) is not int or abs(v) <= _EXACT for v in values):
        return column_of(values, pa.float64())
    return _as_text(values)


def _as_text(values: list[Any]) -> Any:
    return column_of([None if value is None else cell_text(value) for value in values], pa.string())


def put_together(frames: str, out: str) -> None:
    """Make a Parquet file of the frames of a finished run.

    Columns that changed their type on the way get one that holds all of their values: float64 for
    whole and broken numbers, else text.

    Parameters
    ----------
    frames : str
        The file of frames.
    out : str
        The file to make.

    Raises
    ------
    DataError
        If a column holds broken numbers and whole ones that float64 does not keep.
    """
    import pyarrow.parquet as pq  # 10 MB that workers do without  # noqa: PLC0415

    schema = None
    for batch in _frames(frames):
        schema = batch.schema if schema is None else _common(schema, batch.schema)
    assert schema is not None  # a run begins with a frame without rows
    fields = [f.with_type(pa.string()) if pa.types.is_null(f.type) else f for f in schema]
    schema = pa.schema(fields, metadata=schema.metadata)
    gathered: list[Any] = []
    with pq.ParquetWriter(out, schema) as writer:
        for batch in _frames(frames):
            gathered.append(_cast(batch, schema))
            if (
                sum(map(len, gathered)) >= _GROUP_ROWS
                or sum(b.nbytes for b in gathered) >= _GROUP_BYTES
            ):
                writer.write_table(pa.Table.from_batches(gathered, schema).unify_dictionaries())
                gathered = []
        if sum(map(len, gathered)):
            writer.write_table(pa.Table.from_batches(gathered, schema).unify_dictionaries())


def _frames(path: str) -> Iterator[Any]:
    with Path(path).open("rb") as file:
        while length := file.read(_LENGTH_BYTES):
            yield _read_frame(file, int.from_bytes(length, "little"))


def _read_frame(file: BinaryIO, length: int) -> Any:
    return pa.ipc.open_stream(file.read(length)).read_next_batch()


def _common(one: Any, other: Any) -> Any:
    if one.equals(other):
        return one
    kinds = [_common_type(a.type, b.type) for a, b in zip(one, other, strict=True)]
    fields = [field.with_type(kind) for field, kind in zip(one, kinds, strict=True)]
    return pa.schema(fields, metadata=one.metadata)


def _common_type(one: Any, other: Any) -> Any:
    if one == other or pa.types.is_null(other):
        return one
    if pa.types.is_null(one):
        return other
    return pa.float64() if {one, other} == {pa.int64(), pa.float64()} else pa.string()


def _cast(batch: Any, schema: Any) -> Any:
    arrays = []
    for column, field in zip(batch.columns, schema, strict=True):
        if column.type == field.type:
            arrays.append(column)
        elif pa.types.is_string(field.type) and not pa.types.is_null(column.type):
            arrays.append(_as_text(column.to_pylist()))
        else:
            try:
                arrays.append(column.cast(field.type))
            except pa.ArrowInvalid as error:
                raise DataError(
                    f"column {field.name!r} holds numbers that no one type of Parquet keeps: {error}"
                ) from error
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
