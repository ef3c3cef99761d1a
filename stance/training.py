"""The training script's steps: data -> cross-validation -> fit -> evaluate -> card -> save."""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import scipy
import sklearn

import stance
from stance.classifier import WORDLESS_PROBABILITY, StanceClassifier
from stance.datasets import LabelledStatement, fingerprint, load_statements, near_duplicates
from stance.errors import DataError
from stance.evaluation import Evaluation, as_markdown, evaluate
from stance.fitting import FOLDS, fit_statements, leave_one_out, out_of_fold
from stance.model import StanceModel
from stance.scoring import evaluate_file
from stance.stances import DEFINITIONS, LABELS
from stance.storage import save

Report = Callable[[str], None]


@dataclass(frozen=True)
class TrainingResult:
    """What training made.

    Attributes
    ----------
    model : StanceModel
        The model, as saved.
    evaluations : dict of str to Evaluation
        Scores by the name of what was scored.
    left_out : dict of str to Evaluation
        Scores of each source (or whatever column) by a model that saw nothing of it.
    """

    model: StanceModel
    evaluations: dict[str, Evaluation]
    left_out: dict[str, Evaluation]

    @property
    def mean_left_out(self) -> float:
        """Mean macro-F1 of what was left out in turn; NaN if nothing was."""
        return float(np.mean([e.macro_f1.value for e in self.left_out.values()] or [np.nan]))


def train(
    data: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    texts: Sequence[str | os.PathLike[str]] = (),
    corrections: str | os.PathLike[str] | None = None,
    held_out: Sequence[str | os.PathLike[str]] = (),
    classifier: StanceClassifier | None = None,
    cross_validate: bool = True,
    leave_out: str | None = None,
    jobs: int | None = None,
    report: Report = lambda _: None,
) -> TrainingResult:
    """Train a model on labelled statements and save it with its card.

    Parameters
    ----------
    data : sequence of path
        Files of training statements; see :func:`stance.datasets.load_statements`.
    out : path
        The model folder to make.
    texts : sequence of path, optional
        Files that have the texts of annotations without one.
    corrections : path, optional
        Labels that replace those of the data.
    held_out : sequence of path, optional
        Files to score the model on. Training statements that stand there almost word for word are
        dropped first.
    classifier : StanceClassifier, optional
        Settings; the defaults if left out.
    cross_validate : bool, default True
        Score the training data too, in grouped cross-validation, each file apart.
    leave_out : str, optional
        A column, such as ``source``: score each value of it by a model that saw nothing of it.
    jobs : int, optional
        Processes for the cross-validation; one by default, -1 for all cores.
    report : callable, optional
        Takes a line of progress.

    Returns
    -------
    TrainingResult
        The model and its scores.

    Raises
    ------
    DataError
        If a file breaks a rule; the message names file and line.
    """
    classifier = StanceClassifier() if classifier is None else classifier
    tested = load_statements(*held_out) if held_out else []
    files = {
        Path(path).name: load_statements(path, texts=texts, corrections=corrections)
        for path in data
    }
    if len(files) < len(data):
        raise DataError(f"two training files of one name in {list(map(str, data))}")
    for name, statements in files.items():
        leaks = set(near_duplicates(statements, tested))
        files[name] = [s for i, s in enumerate(statements) if i not in leaks]
        report(f"{name}: {len(statements):,} statements, {len(leaks)} dropped as held out")
    everything = [s for statements in files.values() for s in statements]
    _check_ids(files)
    evaluations: dict[str, Evaluation] = {}
    if cross_validate:
        report(f"cross-validating in {FOLDS} folds by group")
        probabilities = out_of_fold(classifier, everything, jobs=jobs)
        first = 0
        for name, statements in files.items():
            chosen = probabilities[first : first + len(statements)]
            first += len(statements)
            title = f"{name}, {FOLDS}-fold cross-validation by group"
            evaluations[title] = evaluate(chosen, [s.primary for s in statements])
    left_out: dict[str, Evaluation] = {}
    if leave_out is not None:
        report(f"leaving out each {leave_out} in turn")
        left_out = leave_one_out(classifier, everything, leave_out, jobs=jobs)
    report(f"fitting on {len(everything):,} statements")
    model = fit_statements(classifier, everything).model_
    for path in held_out:
        evaluations |= evaluate_file(model, path)
    model = replace(model, facts=_facts(files, classifier, evaluations))
    result = TrainingResult(model, evaluations, left_out)
    call = ["stance train", *files, *(f"--texts {Path(path).name}" for path in texts)]
    call += [f"--corrections {Path(corrections).name}"] if corrections else []
    call += [f"--held-out {Path(path).name}" for path in held_out]
    call += [f"--leave-out {leave_out}"] if leave_out else []
    save(model, out, card=_card(result, files, leave_out, call))
    report(f"saved {out}")
    return result


def _check_ids(files: dict[str, list[LabelledStatement]]) -> None:
    """Refuse a statement that stands in two files: it would count twice."""
    found_in: dict[str, str] = {}
    for name, statements in files.items():
        for s in statements:
            if s.id in found_in:
                raise DataError(f"id {s.id!r} stands in {found_in[s.id]} and in {name}")
            found_in[s.id] = name


def _facts(
    files: dict[str, list[LabelledStatement]],
    classifier: StanceClassifier,
    evaluations: dict[str, Evaluation],
) -> dict[str, Any]:
    return {
        "training": {
            name: {"statements": len(statements), "sha256": fingerprint(statements)}
            for name, statements in files.items()
        },
        "settings": classifier.get_params(),
        "versions": _versions(),
        "scores": {
            title: {"n": e.n, "macro_f1": round(e.macro_f1.value, 4)}
            for title, e in evaluations.items()
        },
    }


def _versions() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "stance": stance.__version__,
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
    }


def _card(
    result: TrainingResult,
    files: dict[str, list[LabelledStatement]],
    leave_out: str | None,
    call: Sequence[str],
) -> str:
    """Write the model card: what it is, how right it is, what it learned from, its limits."""
    model = result.model
    lines = [
        "# Model card",
        "",
        "Labels one public statement (a quote, a reported clause) in English as:",
        "",
    ]
    lines += [f"- **{label}**: {DEFINITIONS[label]}" for label in model.labels]
    lines += [
        "",
        f"A linear model over {len(model.vocabulary):,} features: words, runs of up to "
        f"{model.vocabulary.order} words, and spelling pieces of words it does not know. Weights are "
        f"integers in units of 2^-{model.precision}. Probabilities are calibrated by temperature "
        "scaling on statements that the regression had not seen. A text without words is `other` "
        f"with probability {WORDLESS_PROBABILITY}.",
        "",
        "## How right it is",
        "",
        "Each figure with its 95 % interval (bootstrap over statements). The macro-F1 is over the four "
        "stances, without *other*. A natural part was drawn at random; the rest of such a file is "
        "enriched with rare stances.",
    ]
    for title, evaluation in result.evaluations.items():
        lines += ["", f"### {title}", "", as_markdown(evaluation)]
    if result.left_out:
        title = f"Sources it has not seen: each {leave_out} by a model trained without it"
        lines += ["", f"### {title}", "", f"| {leave_out} | statements | macro-F1 (4 stances) |"]
        lines += ["|---|---|---|"]
        lines += [f"| {name} | {e.n:,} | {e.macro_f1} |" for name, e in result.left_out.items()]
        lines += [f"| mean | | **{result.mean_left_out:.3f}** |"]
    lines += [
        "",
        "## What it learned from",
        "",
        "| file | statements | " + " | ".join(LABELS) + " |",
    ]
    lines += ["|---" * (len(LABELS) + 2) + "|"]
    for name, statements in files.items():
        counts = Counter(s.primary for s in statements)
        cells = " | ".join(str(counts[label]) for label in LABELS)
        lines.append(f"| {name} | {len(statements)} | {cells} |")
    versions = ", ".join(f"{name} {version}" for name, version in _versions().items())
    lines += [
        "",
        f"Made by `{' '.join(call)} --out DIR`, with {versions}.",
        "",
        "## Limits",
        "",
        *_LIMITS,
        "",
    ]
    return "\n".join(lines)


_LIMITS: Final = (
    "- It sees words, not the world: irony, veiled threats and what was said before escape it.",
    "- It labels what a speaker does with the words, not whether they are true.",
    "- English only; mostly political speech and news. Other registers are less certain.",
    "- A label on one statement is a hint. Read the statement before you print the label.",
)
