"""The label set: its order, one-line definitions, and which stance is named first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

STANCES: Final = ("accusation", "denial", "threat", "hedge")
"""The four stances, in the order every table and dictionary of this library keeps."""

OTHER: Final = "other"
"""The label of a statement that takes none of the four stances."""

LABELS: Final = (*STANCES, OTHER)
"""Every label, in the order of the columns of :meth:`StanceModel.predict_proba`."""

DEFINITIONS: Final = {
    "accusation": "holds somebody else responsible for a specific wrong",
    "denial": "rejects the truth of a claim, or its own side's responsibility",
    "threat": "announces, hints at or wishes harm or cost to a party",
    "hedge": "withholds commitment on the main point",
    "other": "none of the four",
}
"""What a speaker does with the words, one line a label; the codebook has the rules."""

_PRECEDENCE: Final = ("threat", "accusation", "denial", "hedge")


def primary(stances: Iterable[str]) -> str:
    """Name the primary label of equally central stances.

    Parameters
    ----------
    stances : iterable of str
        Stances present in one statement, in any order; may be empty.

    Returns
    -------
    str
        The first of threat, accusation, denial, hedge that is present; ``"other"`` if none is.

    Examples
    --------
    >>> primary(["denial", "accusation"])
    'accusation'
    >>> primary([])
    'other'
    """
    present = set(stances)
    return next((stance for stance in _PRECEDENCE if stance in present), OTHER)
