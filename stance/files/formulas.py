"""Cells that a spreadsheet would run instead of showing them."""

from __future__ import annotations

from typing import Final

_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")


def guarded(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would take for a formula.

    Parameters
    ----------
    cell : str
        Any text.

    Returns
    -------
    str
        What a spreadsheet shows as it is (OWASP, CSV Injection).

    Examples
    --------
    >>> guarded("=1+1"), guarded("We deny it.")
    ("'=1+1", 'We deny it.')
    """
    return f"'{cell}" if cell.startswith(_RISKY) else cell
