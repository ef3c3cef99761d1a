"""How far labels hold when a statement is worded otherwise, or somebody else is mentioned in it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stance.labeller import Labeller, Prior
from stance.robustness.mentions import COUNTRIES, NAMES, PANELS, Panel, others
from stance.robustness.rewording import CHANGES, Change
from stance.scoring import label_probabilities
from stance.stances import LABELS, STANCES

BAR: Final = 0.02
"""Mean shift of a stance's probability that is borne when somebody else is mentioned."""

_SHOWN: Final = 3  # members of a panel whose shift is told


@dataclass(frozen=True, slots=True)
class Flips:
    """How often a change of the wording changes the label.

    Attributes
    ----------
    change : str
        What was changed.
    statements : int
        Statements in which there was something to change.
    flipped : int
        Those with another label then.
    """

    change: str
    statements: int
    flipped: int

    @property
    def rate(self) -> float:
        """Share of the statements; 0 if there were none."""
        return self.flipped / self.statements if self.statements else 0.0


@dataclass(frozen=True, slots=True)
class Shifts:
    """How far probabilities move with who is mentioned.

    Attributes
    ----------
    panel : str
        Who was swapped for whom.
    statements : int
        Statements that mention one of them.
    mean_absolute : dict of str to float
        For each stance the mean distance of its probabilities between two of the panel, over all pairs
        and statements.
    signed : dict of str to dict of str to float
        For each of the panel and each stance, how far its probability lies above the mean of the panel.
    """

    panel: str
    statements: int
    mean_absolute: dict[str, float]
    signed: dict[str, dict[str, float]]

    @property
    def largest(self) -> float:
        """The largest mean absolute shift of a stance."""
        return max(self.mean_absolute.values(), default=0.0)


@dataclass(frozen=True, slots=True)
class Robustness:
    """What was measured.

    Attributes
    ----------
    flips : tuple of Flips
        One a change of the wording.
    shifts : tuple of Shifts
        One a panel.
    """

    flips: tuple[Flips, ...]
    shifts: tuple[Shifts, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give the figures as plain values."""
        return {
            "flips": {
                f.change: {"statements": f.statements, "rate": round(f.rate, 4)} for f in self.flips
            },
            "shifts": {
                s.panel: {
                    "statements": s.statements,
                    "mean_absolute": _rounded(s.mean_absolute),
                    "signed": {who: _rounded(by) for who, by in s.signed.items()},
                }
                for s in self.shifts
            },
        }

    def __str__(self) -> str:
        lines = [f"{'label changes with':<28}{'statements':>10}{'rate':>8}"]
        lines += [f"{f.change:<28}{f.statements:>10,}{f.rate:>8.1%}" for f in self.flips]
        heads = "".join(f"{stance:>12}" for stance in STANCES)
        lines += ["", f"{'mean shift with':<28}{'statements':>10}{heads}"]
        for s in self.shifts:
            cells = "".join(f"{s.mean_absolute.get(stance, 0.0):>12.4f}" for stance in STANCES)
            over = "  over the bar" if s.largest > BAR else ""
            lines.append(f"{s.panel:<28}{s.statements:>10,}{cells}{over}")
        lines += ["", "who is above or below the mean of the panel the most"]
        for s in self.shifts:
            lines += [f"{s.panel:<28}{who}: {stance} {by:+.4f}" for who, stance, by in _extremes(s)]
        return "\n".join(lines)


def measure_robustness(
    model: Labeller, texts: Sequence[str], *, prior: Prior = "natural", seed: int = 0
) -> Robustness:
    """Measure how labels and probabilities change with wording and with who is mentioned.

    Parameters
    ----------
    model : Labeller
        The model.
    texts : sequence of str
        Statements; labels are not needed.
    prior : {"natural", "balanced"} or mapping of str to float, default "natural"
        How often each label is expected; see :func:`stance.predict`.
    seed : int, default 0
        What typos and swaps are drawn by.

    Returns
    -------
    Robustness
        The same for the same model, texts and seed.

    References
    ----------
    Ribeiro et al. (2020), Beyond Accuracy: Behavioral Testing of NLP Models with CheckList, section 2
    (invariance tests).
    """
    best = label_probabilities(model, texts, prior=prior).argmax(axis=1)
    flips = []
    for name, change in _changes():
        rows, changed = _apply(change, texts, f"{seed} {name}")
        labels = label_probabilities(model, changed, prior=prior).argmax(axis=1)
        flips.append(Flips(name, len(rows), int((labels != best[rows]).sum())))
    return Robustness(tuple(flips), tuple(_shifts(model, texts, p, prior) for p in PANELS))


def _changes() -> Iterator[tuple[str, Change]]:
    yield from CHANGES.items()
    for name, panel in (("another name", NAMES), ("another country", COUNTRIES)):
        yield name, lambda text, chance, panel=panel: _another(panel, text, chance)  # type: ignore[misc]


def _another(panel: Panel, text: str, chance: random.Random) -> str | None:
    filled = list(others(panel, text))
    return chance.choice(filled) if filled else None


def _apply(change: Change, texts: Sequence[str], seed: str) -> tuple[NDArray[np.intp], list[str]]:
    """Change all texts that can be, each by a chance of its own; give their rows, too."""
    rows, changed = [], []
    for row, text in enumerate(texts):
        # Seeded with the text, so that other statements do not move it.
        new = change(text, random.Random(f"{seed} {text!r}"))
        if new is not None:
            rows.append(row)
            changed.append(new)
    return np.array(rows, dtype=np.intp), changed


def _shifts(model: Labeller, texts: Sequence[str], panel: Panel, prior: Prior) -> Shifts:
    filled = [found for text in texts if (found := panel.fill(text))]
    columns = [LABELS.index(stance) for stance in STANCES]
    who = list(panel.members)
    every = [text for found in filled for text in found.values()]
    if not every:
        return Shifts(panel.name, 0, {}, {})
    probabilities = label_probabilities(model, every, prior=prior)[:, columns]
    cube = probabilities.reshape(len(filled), len(who), len(columns))
    pairs = [(i, j) for i in range(len(who)) for j in range(i)]
    distances = np.mean([np.abs(cube[:, i] - cube[:, j]).mean(axis=0) for i, j in pairs], axis=0)
    above = (cube - cube.mean(axis=1, keepdims=True)).mean(axis=0)
    return Shifts(
        panel.name,
        len(filled),
        dict(zip(STANCES, distances.tolist(), strict=True)),
        {
            name: dict(zip(STANCES, row.tolist(), strict=True))
            for name, row in zip(who, above, strict=True)
        },
    )


def _extremes(shifts: Shifts) -> list[tuple[str, str, float]]:
    """Members of a panel and stances that lie farthest from the mean."""
    every = [(who, stance, by) for who, row in shifts.signed.items() for stance, by in row.items()]
    return sorted(every, key=lambda one: -abs(one[2]))[:_SHOWN]


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in values.items()}
