"""Statements to learn from with somebody else mentioned, so that who is named teaches little."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from stance.data.labelled import LabelledStatement
from stance.robustness.mentions import COUNTRIES, FIGURES, NAMES, PARTIES

_SWAPPED: Final = (COUNTRIES, PARTIES, NAMES, FIGURES)
_KEPT: Final = 0.2  # of the statements stay as they are


def swap_mentions(
    statements: Sequence[LabelledStatement], *, seed: int = 0
) -> list[LabelledStatement]:
    """Put a country, party, name or public figure drawn at random in the place of the one mentioned.

    A speech act does not depend on who is spoken of; a collection does, since some are accused more
    often than others. Labels stay (counterfactual data augmentation; Lu et al., 2020).

    Parameters
    ----------
    statements : sequence of LabelledStatement
        The data.
    seed : int, default 0
        Seed of the draws; each statement has its own, so that none depends on the others.

    Returns
    -------
    list of LabelledStatement
        As many, in the same order.

    Examples
    --------
    >>> one = LabelledStatement("Russia lied to us.", "accusation", ("accusation",), "7", "g", False, {})
    >>> swap_mentions([one])[0].text
    'Turkey lied to us.'
    """
    return [replace(s, text=_swapped(s, seed)) for s in statements]


def _swapped(statement: LabelledStatement, seed: int) -> str:
    draw = random.Random(f"{seed} {statement.id}")
    text = statement.text
    if draw.random() < _KEPT:
        return text
    for panel in _SWAPPED:
        filled = panel.fill(text)
        if filled:
            text = draw.choice(list(filled.values()))
    return text
