"""One labelled statement, and how a row of a file becomes one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stance.errors import DataError
from stance.stances import LABELS, OTHER, STANCES
from stance.storage.folder_files import show_names

_GROUP_FIELDS: Final = ("group", "doc")
_OWN_FIELDS: Final = frozenset(
    {"id", "text", "primary", "stances", "natural", *_GROUP_FIELDS, *LABELS}
)
_PRIMARY_SHARE: Final = 2 / 3  # of a statement with several stances
# Of what a million statements have alike there is one: the labels of most, and no further columns.
_ALONE: Final = {label: (label,) if label != OTHER else () for label in LABELS}
_NO_SLICES: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class LabelledStatement:
    """One statement with its labels.

    Attributes
    ----------
    text : str
        The statement.
    primary : str
        The label that a reader would name first.
    stances : tuple of str
        Every stance present, the primary first; empty for ``"other"``.
    id : str
        Unique within the data.
    group : str
        What must not be split between training and test: a document, a scenario.
    natural : bool
        Drawn at random, so that it shows how often each stance occurs.
    slices : mapping of str to str
        All other columns, by which a score can be broken down.
    soft : tuple of float or None
        A teacher's probability of each of :data:`stance.stances.LABELS`, where no reader has labelled
        the statement; the primary is then the most probable one.
    """

    text: str
    primary: str
    stances: tuple[str, ...]
    id: str
    group: str
    natural: bool
    slices: Mapping[str, str]
    soft: tuple[float, ...] | None = None

    def shares(self) -> dict[str, float]:
        """Divide the statement among its labels.

        Returns
        -------
        dict of str to float
            A share above 0 for each label, summing to 1: the soft labels where there are any, else
            all to the primary, or two thirds to it if there are several stances.
        """
        if self.soft is not None:
            total = sum(self.soft)
            shares = zip(LABELS, self.soft, strict=True)
            return {label: share / total for label, share in shares if share > 0}
        others = [stance for stance in self.stances if stance != self.primary]
        first = {self.primary: _PRIMARY_SHARE if others else 1.0}
        return first | dict.fromkeys(others, (1 - _PRIMARY_SHARE) / max(len(others), 1))


def share_matrix(statements: Sequence[LabelledStatement]) -> NDArray[np.float64]:
    """Lay out the shares of many statements.

    Parameters
    ----------
    statements : sequence of LabelledStatement
        The statements.

    Returns
    -------
    (n_statements, 5) float64 array
        Columns in the order of :data:`stance.stances.LABELS`; rows sum to 1.
    """
    shares = np.zeros((len(statements), len(LABELS)))
    for row, statement in zip(shares, statements, strict=True):
        for label, share in statement.shares().items():
            row[LABELS.index(label)] = share
    return shares


def parse_statement(row: Mapping[str, Any], where: str) -> LabelledStatement:
    """Make a labelled statement of a row.

    Parameters
    ----------
    row : mapping of str to object
        Cells by the name of their column.
    where : str
        How an error names the place of the row.

    Returns
    -------
    LabelledStatement
        The statement; without ``id``, `where` stands for it, and the id for a group.

    Raises
    ------
    DataError
        If the row breaks a rule.
    """
    text = row.get("text")
    if text is None:
        raise DataError(
            f"{where}: field text: expected a str, got None; the row has {show_names(row)}; "
            "for annotations without texts, name the files that have them"
        )
    if not isinstance(text, str):
        raise DataError(f"{where}: field text: expected a str, got {text!r}")
    soft = _parse_soft(row, where)
    stances = parse_stances(row, where) if soft is None else _ALONE[LABELS[soft.index(max(soft))]]
    key = str(row.get("id") or where)
    group = next((str(row[name]) for name in _GROUP_FIELDS if row.get(name)), key)
    return LabelledStatement(
        text=text,
        primary=(*stances, OTHER)[0],
        stances=stances,
        soft=soft,
        id=key,
        group=group,
        natural=str(row.get("natural", "")).lower() in ("true", "1"),
        slices={k: str(v) for k, v in row.items() if k not in _OWN_FIELDS} or _NO_SLICES,
    )


def _parse_soft(row: Mapping[str, Any], where: str) -> tuple[float, ...] | None:
    """Probability of each label; None where a reader gave the label."""
    if row.get("primary") is not None or not all(label in row for label in LABELS):
        return None
    try:
        soft = tuple(_number(row[label]) for label in LABELS)
    except (TypeError, ValueError, OverflowError) as error:
        given = [row[label] for label in LABELS]
        raise DataError(f"{where}: soft labels must be numbers, got {given}") from error
    if not all(0 <= share <= 1 for share in soft) or not 0.9 < sum(soft) < 1.1:
        raise DataError(f"{where}: soft labels must be 0 to 1 and sum to 1, got {soft}")
    return soft


# A teacher's probabilities have three digits: a thousand numbers are those of all statements.
@lru_cache(maxsize=4096)
def _number(cell: str | float) -> float:
    return float(cell)


def parse_stances(row: Mapping[str, Any], where: str) -> tuple[str, ...]:
    """Read the stances of a row, the primary first; none for other.

    Parameters
    ----------
    row : mapping of str to object
        A row with ``primary``, and ``stances`` if there are several.
    where : str
        How an error names the place of the row.

    Returns
    -------
    tuple of str
        The stances.

    Raises
    ------
    DataError
        If a label is unknown, or primary and stances do not go together.
    """
    label, stances = row.get("primary"), row.get("stances")
    if label not in LABELS:
        raise DataError(f"{where}: primary {label!r} is not one of {', '.join(LABELS)}")
    if stances is None:
        stances = [label] if label != OTHER else []
    if not isinstance(stances, list) or not all(s in STANCES for s in stances):
        raise DataError(f"{where}: stances {stances!r} must be of {', '.join(STANCES)}")
    if (label == OTHER) != (not stances) or (stances and label not in stances):
        raise DataError(f"{where}: primary {label!r} does not go with stances {stances!r}")
    found = dict.fromkeys([label, *stances])
    return tuple(found) if len(found) > 1 else _ALONE[label]
