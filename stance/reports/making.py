"""A model and labelled statements -> an evaluation report."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

import stance
from stance.calibration import best_temperature
from stance.data.datasets import LabelledStatement, load_statements
from stance.errors import DataError
from stance.evaluation import evaluate
from stance.labeller import Labeller, Prior
from stance.metrics import RESAMPLES, label_columns
from stance.reports.comparison import compare
from stance.reports.curves import find_targets, precision_recall, reliability, risk_coverage
from stance.reports.data_facts import DataFacts, data_facts
from stance.reports.examples import find_examples, top_features
from stance.reports.report import ALL, Reliability, Report
from stance.reports.slices import score_slices
from stance.scoring import label_probabilities, uncalibrated_probabilities
from stance.stances import STANCES

FILE: Final = "file"
"""Name of the slices by file, where there are several."""


def report_files(
    models: Mapping[str, Labeller],
    paths: Sequence[str | os.PathLike[str]],
    *,
    trained_on: Sequence[str | os.PathLike[str]] = (),
    prior: Prior = "natural",
    texts: bool = True,
) -> Report:
    """Evaluate models on files of labelled statements.

    Parameters
    ----------
    models : mapping of str to Labeller
        Models by name; the first is looked at closely, the others are held against it.
    paths : sequence of path
        Files; see :func:`stance.data.datasets.load_statements`. Each is scored apart, too.
    trained_on : sequence of path, optional
        Files that the first model has learned from, to look for statements that it has seen.
    prior : {"natural", "balanced"} or mapping of str to float, default "natural"
        How often each label is expected; see :func:`stance.predict`.
    texts : bool, default True
        Whether to show statements. Leave them out if the report goes to people who must not have
        the data.

    Returns
    -------
    Report
        What was found out.

    Raises
    ------
    DataError
        If a file breaks a rule, or there is no model.
    """
    return make_report(
        models,
        load_files(paths),
        trained_on=load_files(trained_on),
        prior=prior,
        texts=texts,
    )


def load_files(
    paths: Sequence[str | os.PathLike[str]],
) -> dict[str, list[LabelledStatement]]:
    """Read files of labelled statements, each apart.

    Parameters
    ----------
    paths : sequence of path
        Files; see :func:`stance.data.datasets.load_statements`.

    Returns
    -------
    dict of str to list of LabelledStatement
        By the file's name, or by its whole path where two have one name.

    Raises
    ------
    DataError
        If a file breaks a rule.
    """
    names = Counter(Path(path).name for path in paths)
    return {
        Path(path).name if names[Path(path).name] == 1 else str(path): load_statements(path)
        for path in paths
    }


def make_report(
    models: Mapping[str, Labeller],
    files: Mapping[str, Sequence[LabelledStatement]],
    *,
    trained_on: Mapping[str, Sequence[LabelledStatement]] | None = None,
    prior: Prior = "natural",
    texts: bool = True,
    resamples: int = RESAMPLES,
) -> Report:
    """Evaluate models on labelled statements.

    Parameters
    ----------
    models : mapping of str to Labeller
        Models by name; the first is looked at closely, the others are held against it.
    files : mapping of str to sequence of LabelledStatement
        Statements by the name of their file.
    trained_on : mapping of str to sequence of LabelledStatement, optional
        What the first model has learned from.
    prior, texts
        As :func:`report_files` takes them.
    resamples : int, default 1000
        Bootstrap samples for the intervals.

    Returns
    -------
    Report
        What was found out.

    Raises
    ------
    DataError
        If there are no statements or no model.
    """
    if not models:
        raise DataError("there is no model to report on")
    name, model = next(iter(models.items()))
    trained_on = trained_on or {}
    statements = _with_files(files)
    texts_of = [s.text for s in statements]
    labels = [s.primary for s in statements]
    by_model = {
        other: label_probabilities(each, texts_of, prior=prior) for other, each in models.items()
    }
    own = by_model.pop(name)
    truth = label_columns(own, labels)
    right, confidence = own.argmax(axis=1) == truth, own.max(axis=1)
    facts = data_facts(
        statements,
        trained_on=[s for some in trained_on.values() for s in some],
        expected=_expected(model, prior),
    )
    scores = {
        title: evaluate(own[rows], [labels[row] for row in rows], resamples=resamples)
        for title, rows in _parts(files, statements, facts).items()
    }
    errors, hits = find_examples(model, statements, own) if texts else ((), ())
    return Report(
        version=stance.__version__,
        files=tuple(files),
        trained_on=tuple(trained_on),
        model=name,
        prior=_describe_prior(prior),
        scores=scores,
        others={
            other: evaluate(each, labels, resamples=resamples) for other, each in by_model.items()
        },
        comparisons={
            other: compare(own, each, labels, resamples=resamples)
            for other, each in by_model.items()
        },
        facts=facts,
        reliability=(
            *_before(model, texts_of, labels, prior, resamples),
            Reliability(_title(prior), reliability(confidence, right), scores[ALL]),
        ),
        temperature_left=best_temperature(
            np.log(np.maximum(own, 1e-300)), truth, np.ones(len(truth))
        ),
        targets=find_targets(confidence, right),
        precision_recall={
            label: precision_recall(own[:, i], truth == i)
            for i, label in enumerate(STANCES)
            if (truth == i).any()
        },
        risk_coverage=risk_coverage(confidence, right),
        slices=score_slices(statements, own, resamples=resamples),
        features=top_features(model, statements),
        errors=errors,
        hits=hits,
    )


def _with_files(files: Mapping[str, Sequence[LabelledStatement]]) -> list[LabelledStatement]:
    """Put files one after the other; where there are several, the file is a column."""
    if len(files) == 1:
        return list(*files.values())
    return [
        replace(s, slices={FILE: name, **s.slices})
        for name, statements in files.items()
        for s in statements
    ]


def _parts(
    files: Mapping[str, Sequence[LabelledStatement]],
    statements: Sequence[LabelledStatement],
    facts: DataFacts,
) -> dict[str, list[int]]:
    """Rows of everything, and of each part that is scored apart."""
    everything = range(len(statements))
    parts = {ALL: list(everything)}
    first = 0
    for name, some in files.items() if len(files) > 1 else ():
        parts[name] = list(range(first, first + len(some)))
        first += len(some)
    if 0 < facts.natural < facts.n:
        parts["natural part"] = [row for row in everything if statements[row].natural]
    if 0 < len(facts.near_duplicates) < facts.n:
        seen = set(facts.near_duplicates)
        parts["without what stands in the training data"] = [
            row for row in everything if row not in seen
        ]
    return parts


def _before(
    model: Labeller, texts: Sequence[str], labels: Sequence[str], prior: Prior, resamples: int
) -> tuple[Reliability, ...]:
    """Reliability without what calibrates the model, as far as the model can tell."""
    title = "Before: temperature off"
    probabilities = uncalibrated_probabilities(model, texts, prior=prior)
    if probabilities is None:
        if not model.prior:
            return ()
        # The temperature is in the weights for good, but the prior can be taken off.
        other: Prior = "balanced" if prior == "natural" else "natural"
        title = f"Before: {_describe_prior(other)} prior"
        probabilities = label_probabilities(model, texts, prior=other)
    right = probabilities.argmax(axis=1) == label_columns(probabilities, labels)
    bins = reliability(probabilities.max(axis=1), right)
    return (Reliability(title, bins, evaluate(probabilities, labels, resamples=resamples)),)


def _title(prior: Prior) -> str:
    return f"As the model is: {_describe_prior(prior)} prior"


def _describe_prior(prior: Prior) -> str:
    if isinstance(prior, str):
        return prior
    return ", ".join(f"{label} {share:g}" for label, share in prior.items())


def _expected(model: Labeller, prior: Prior) -> dict[str, float]:
    """How often a model expects each label under a prior; empty if it does not say."""
    if prior == "natural":
        return dict(model.prior)
    shares = dict.fromkeys(model.labels, 1.0) if prior == "balanced" else dict(prior)
    total = sum(shares.values())
    return {label: share / total for label, share in shares.items()}
