"""What users hand in -> a list of strings, or an error that says what to pass instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from stance.errors import InputTypeError, MissingStatementError

OnMissing = Literal["error", "other"]
"""What to do with a missing value: raise, or take it for a text without words."""

_MISSING_TYPES: Final = frozenset({"NoneType", "NAType", "NaTType"})


def is_missing(value: object) -> bool:
    """Tell whether a value stands for "no value": None, NaN, ``pandas.NA`` or ``NaT``."""
    if type(value).__name__ in _MISSING_TYPES:
        return True
    return isinstance(value, float) and value != value  # noqa: PLR0124 - NaN is unlike itself


def statements(texts: object, *, on_missing: OnMissing = "error") -> list[str]:
    """Check an iterable of statements and make a list of it.

    Parameters
    ----------
    texts : iterable of str
        Statements: a list, tuple, array, pandas Series, generator.
    on_missing : {"error", "other"}, default "error"
        Whether a missing value raises, or counts as a text without words.

    Returns
    -------
    list of str
        One a row, in order.

    Raises
    ------
    InputTypeError
        If `texts` is a bare string, bytes, a table, a mapping, a set, or no iterable, or if a row
        is not a string.
    MissingStatementError
        If a row is missing and `on_missing` is ``"error"``.
    ValueError
        If `on_missing` is neither of the two.

    Examples
    --------
    >>> statements(("We did not.", None), on_missing="other")
    ['We did not.', '']
    """
    check_on_missing(on_missing)
    if isinstance(texts, str):
        raise InputTypeError("expected an iterable of str, got one str: pass [text]")
    if hasattr(texts, "columns"):
        raise InputTypeError(
            f"expected an iterable of str, got a {type(texts).__name__}: pass one column of it, "
            'table["quote"], or use stance.label_frame(table, text="quote")'
        )
    if isinstance(texts, (bytes, bytearray, Mapping, set, frozenset)) or not isinstance(
        texts, Iterable
    ):
        raise InputTypeError(
            f"expected str or an iterable of str in a fixed order, got {type(texts).__name__}"
        )
    rows = list(texts)
    if set(map(type, rows)) <= {str}:
        return rows
    for row, value in enumerate(rows):
        if not isinstance(value, str):
            rows[row] = statement(value, where=f"row {row}", on_missing=on_missing)
    return rows


def statement(value: object, *, where: str = "text", on_missing: OnMissing = "error") -> str:
    """Check one statement.

    Parameters
    ----------
    value : object
        What should be a str.
    where : str, default "text"
        How an error names the place of the value.
    on_missing : {"error", "other"}, default "error"
        Whether a missing value raises, or counts as a text without words.

    Returns
    -------
    str
        The statement; ``""`` for a missing one.

    Raises
    ------
    InputTypeError
        If it is neither a str nor missing.
    MissingStatementError
        If it is missing and `on_missing` is ``"error"``.
    """
    if isinstance(value, str):
        return value
    if not is_missing(value):
        hint = " (decode it first)" if isinstance(value, (bytes, bytearray)) else ""
        raise InputTypeError(f"{where}: expected str, got {type(value).__name__}{hint}")
    if on_missing == "error":
        raise MissingStatementError(
            f"{where}: the statement is missing ({value}); "
            'drop it, or pass on_missing="other" (--on-missing other)'
        )
    return ""


def check_on_missing(on_missing: str) -> None:
    """Raise a ValueError unless the option is one of the two there are."""
    if on_missing not in ("error", "other"):
        raise ValueError(f'on_missing must be "error" or "other", got {on_missing!r}')
