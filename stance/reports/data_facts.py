"""What to know of labelled statements before a score on them is believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stance.data.datasets import LabelledStatement, near_duplicates
from stance.stances import LABELS, STANCES
from stance.text import words

FEW: Final = 30
"""Statements of a stance below which its scores are too uncertain for a claim."""

_TIMES: Final = 2.0  # as often as the model expects a label: worth a warning
_MANY: Final = 2.0  # statements a group, from which their likeness matters


@dataclass(frozen=True, slots=True)
class DataFacts:
    """Facts of the statements that a model is scored on.

    Attributes
    ----------
    n, n_groups : int
        Statements, and groups (documents, scenarios) of them.
    counts : mapping of str to int
        Statements of each label.
    several : int
        Statements with more than one stance.
    natural : int
        Statements that were drawn at random.
    natural_counts : mapping of str to int
        Statements of each label among those.
    duplicates : int
        Statements whose words, in their order, an earlier one has.
    wordless : int
        Statements without a word.
    soft : int
        Statements whose label is a teacher's, not a reader's.
    n_training : int
        Training statements that these were held against; 0 if none were given.
    near_duplicates : tuple of int
        Positions of the statements that stand, almost word for word, in the training data.
    shared_groups : int
        Statements of a group that the training data has statements of, too.
    warnings : tuple of str
        What follows for the scores.
    """

    n: int
    n_groups: int
    counts: Mapping[str, int]
    several: int
    natural: int
    natural_counts: Mapping[str, int]
    duplicates: int
    wordless: int
    soft: int
    n_training: int
    near_duplicates: tuple[int, ...]
    shared_groups: int
    warnings: tuple[str, ...]


def data_facts(
    statements: Sequence[LabelledStatement],
    *,
    trained_on: Sequence[LabelledStatement] = (),
    expected: Mapping[str, float] | None = None,
) -> DataFacts:
    """Look for what would make a score on statements misleading.

    Parameters
    ----------
    statements : sequence of LabelledStatement
        What a model is scored on.
    trained_on : sequence of LabelledStatement, optional
        What it has learned from, as far as that is at hand.
    expected : mapping of str to float, optional
        How often the model expects each label.

    Returns
    -------
    DataFacts
        Counts and warnings.
    """
    tokens = [tuple(words(s.text)) for s in statements]
    counts = Counter(s.primary for s in statements)
    natural = Counter(s.primary for s in statements if s.natural)
    trained_groups = {s.group for s in trained_on}
    near = tuple(near_duplicates(statements, trained_on)) if trained_on else ()
    facts = DataFacts(
        n=len(statements),
        n_groups=len({s.group for s in statements}),
        counts={label: counts[label] for label in LABELS},
        several=sum(len(s.stances) > 1 for s in statements),
        natural=sum(s.natural for s in statements),
        natural_counts={label: natural[label] for label in LABELS},
        duplicates=sum(count - 1 for some, count in Counter(tokens).items() if some),
        wordless=sum(not some for some in tokens),
        soft=sum(s.soft is not None for s in statements),
        n_training=len(trained_on),
        near_duplicates=near,
        shared_groups=sum(s.group in trained_groups for s in statements),
        warnings=(),
    )
    return _with_warnings(facts, expected or {})


def _with_warnings(facts: DataFacts, expected: Mapping[str, float]) -> DataFacts:
    warnings = []
    few = _few(facts.counts)
    if few:
        warnings.append(
            f"Fewer than {FEW} statements of {few}: too few for a claim about such a stance, and the "
            "macro-F1 is as uncertain."
        )
    often = [
        f"{label} {share:.1%} (expected {expected[label]:.1%})"
        for label in expected
        if (share := facts.counts[label] / facts.n) > _TIMES * expected[label]
    ]
    if often:
        warnings.append(
            f"Labels are more frequent here than the model expects: {', '.join(often)}. Its "
            "probabilities are made for the expected shares; see the prior."
        )
    if 0 < facts.natural < facts.n:
        warnings.append(
            f"{facts.natural:,} of {facts.n:,} statements were drawn at random; the others were picked, "
            "so only the natural part shows how right the model is on everyday speech."
        )
        few = _few(facts.natural_counts)
        if few:
            warnings.append(f"The natural part has fewer than {FEW} statements of {few}.")
    if facts.duplicates:
        warnings.append(
            f"{_counted(facts.duplicates, 'repeats', 'repeat')} an earlier one word for word."
        )
    if facts.near_duplicates:
        warnings.append(
            f"{_counted(len(facts.near_duplicates), 'stands', 'stand')}, almost word for word, in the "
            "training data; scores without such are given, too."
        )
    if facts.shared_groups:
        warnings.append(
            f"{_counted(facts.shared_groups, 'is', 'are')} of a group (document, scenario) that the "
            "training data has statements of."
        )
    if facts.n > _MANY * facts.n_groups:
        warnings.append(
            f"The {facts.n:,} statements come from {facts.n_groups:,} groups. The intervals take them "
            "for independent, and are somewhat too narrow."
        )
    if facts.soft:
        warnings.append(f"{_counted(facts.soft, 'has', 'have')} a teacher's label, not a reader's.")
    return replace(facts, warnings=tuple(warnings))


def _few(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{stance} ({counts[stance]})" for stance in STANCES if counts[stance] < FEW)


def _counted(n: int, one: str, many: str) -> str:
    return f"1 statement {one}" if n == 1 else f"{n:,} statements {many}"
