"""Text of any origin on a terminal: what a terminal would obey is shown instead."""

from __future__ import annotations

import re
from typing import Final

_COMMANDS: Final = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f]")


def inert(text: str) -> str:
    r"""Write out control characters, which a terminal takes for commands.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The same, but ``\x1b`` as four characters and other control characters likewise; tabs and ends
        of lines stay.

    Examples
    --------
    >>> print(inert("We \x1b[2J deny it."))
    We \x1b[2J deny it.
    """
    return _COMMANDS.sub(lambda found: f"\\x{ord(found.group()):02x}", text)
