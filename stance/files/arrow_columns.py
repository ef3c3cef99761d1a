"""Python values -> Arrow arrays, without pandas. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def column_of(values: Sequence[Any], kind: Any) -> Any:
    """Make an Arrow array.

    ``pyarrow.array`` would import pandas to see whether it is given a Series: 50 MB in every worker.

    Parameters
    ----------
    values : sequence
        Values of the type, and None for missing ones.
    kind : pyarrow.DataType
        ``string``, ``bool_``, ``int64`` or ``float64``.

    Returns
    -------
    pyarrow.Array
        The values.
    """
    present = np.array([value is not None for value in values], dtype=bool)
    missing = None if present.all() else _bits(present)
    if pa.types.is_string(kind):
        encoded = [b"" if value is None else value.encode() for value in values]
        ends = np.zeros(len(values) + 1, dtype=np.int32)
        np.cumsum([len(text) for text in encoded], out=ends[1:])
        buffers = [missing, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))]
    else:
        numbers = np.array([value or 0 for value in values], dtype=kind.to_pandas_dtype())
        packed = _bits(numbers) if pa.types.is_boolean(kind) else pa.py_buffer(numbers)
        buffers = [missing, packed]
    return pa.Array.from_buffers(kind, len(values), buffers)


def _bits(flags: NDArray[np.bool_]) -> Any:
    return pa.py_buffer(np.packbits(flags, bitorder="little"))
