"""The training script's steps: data -> cross-validation -> fit -> evaluate -> card -> save."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from stance.classifier import StanceClassifier
from stance.data.datasets import LabelledStatement, fingerprint, load_statements, near_duplicates
from stance.errors import DataError
from stance.evaluation import Evaluation, evaluate
from stance.learning.card import mean_macro_f1, versions, write_card
from stance.learning.fitting import FOLDS, fit_statements, leave_one_out, natural_prior, out_of_fold
from stance.model import StanceModel
from stance.reports.training_page import training_page
from stance.robustness.swapping import swap_mentions
from stance.scoring import evaluate_file
from stance.storage.models import save

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
        return mean_macro_f1(self.left_out)


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
    notes: str = "",
    swap: bool = False,
    page: bool = False,
    page_texts: bool = True,
    jobs: int | None = None,
    report: Report = lambda _: None,
) -> TrainingResult:
    """Train a model on labelled statements and save it with its card.

    Parameters
    ----------
    data : sequence of path
        Files of training statements; see :func:`stance.data.datasets.load_statements`.
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
    notes : str, optional
        Markdown to put into the card, before its limits.
    swap : bool, default False
        Learn from statements in which the country, party, name or public figure that is mentioned
        is another, drawn at random; see :mod:`stance.robustness.swapping`.
    page : bool, default False
        Also put the evaluation on the held-out files, as ``report.html``, into the folder, if
        ``stance[report]`` is installed.
    page_texts : bool, default True
        Whether that page shows held-out statements. Leave them out if the model goes to people who
        must not have them.
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
    files = load_training(
        data, texts=texts, corrections=corrections, held_out=held_out, report=report
    )
    everything = [s for statements in files.values() for s in statements]
    evaluations: dict[str, Evaluation] = {}
    if cross_validate:
        report(f"cross-validating in {FOLDS} folds by group")
        evaluations |= _cross_validate(classifier, files, jobs)
    left_out: dict[str, Evaluation] = {}
    if leave_out is not None:
        report(f"leaving out each {leave_out} in turn")
        left_out = leave_one_out(classifier, everything, leave_out, jobs=jobs)
    report(f"fitting on {len(everything):,} statements")
    fitted = fit_statements(classifier, swap_mentions(everything) if swap else everything)
    model = fitted.model_
    for path in held_out:
        evaluations |= evaluate_file(model, path)
    facts = training_facts(files, {**classifier.get_params(), "swap": swap}, evaluations)
    facts["temperature"] = fitted.temperature_
    model = replace(model, facts=facts, prior=natural_prior(everything))
    result = TrainingResult(model, evaluations, left_out)
    call = describe_call(files, texts, corrections, held_out)
    call += f" --leave-out {leave_out}" if leave_out else ""
    card = write_card(
        model,
        files,
        evaluations,
        left_out=left_out,
        column=leave_out,
        call=call,
        notes=notes,
    )
    made = training_page(
        model, out, held_out if page else (), files, texts=page_texts, report=report
    )
    save(model, out, card=card, report=made)
    report(f"saved {out}")
    return result


def load_training(
    data: Sequence[str | os.PathLike[str]],
    *,
    texts: Sequence[str | os.PathLike[str]] = (),
    corrections: str | os.PathLike[str] | None = None,
    held_out: Sequence[str | os.PathLike[str]] = (),
    report: Report = lambda _: None,
) -> dict[str, list[LabelledStatement]]:
    """Read training files without what stands in the held-out ones.

    Parameters
    ----------
    data, texts, corrections, held_out, report
        As :func:`train` takes them.

    Returns
    -------
    dict of str to list of LabelledStatement
        By the file's name.

    Raises
    ------
    DataError
        If a file breaks a rule, two have one name, or an id stands in two of them.
    """
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
    _check_ids(files)
    return files


def _check_ids(files: dict[str, list[LabelledStatement]]) -> None:
    """Refuse a statement that stands in two files: it would count twice."""
    found_in: dict[str, str] = {}
    for name, statements in files.items():
        for s in statements:
            if s.id in found_in:
                raise DataError(f"id {s.id!r} stands in {found_in[s.id]} and in {name}")
            found_in[s.id] = name


def describe_call(
    files: Iterable[str],
    texts: Sequence[str | os.PathLike[str]],
    corrections: str | os.PathLike[str] | None,
    held_out: Sequence[str | os.PathLike[str]],
) -> str:
    """Spell out the command that trains on these files, without the output folder."""
    call = ["stance train", *files, *(f"--texts {Path(path).name}" for path in texts)]
    call += [f"--corrections {Path(corrections).name}"] if corrections else []
    return " ".join([*call, *(f"--held-out {Path(path).name}" for path in held_out)])


def _cross_validate(
    classifier: StanceClassifier,
    files: Mapping[str, Sequence[LabelledStatement]],
    jobs: int | None,
) -> dict[str, Evaluation]:
    """Score each file that readers have labelled, by models that saw nothing of the same groups."""
    everything = [s for statements in files.values() for s in statements]
    if all(s.soft is not None for s in everything):
        return {}
    probabilities = out_of_fold(classifier, everything, jobs=jobs)
    evaluations: dict[str, Evaluation] = {}
    first = 0
    for name, statements in files.items():
        chosen = probabilities[first : first + len(statements)]
        first += len(statements)
        read = [i for i, s in enumerate(statements) if s.soft is None]
        if read:
            title = f"{name}, {FOLDS}-fold cross-validation by group"
            evaluations[title] = evaluate(chosen[read], [statements[i].primary for i in read])
    return evaluations


def training_facts(
    files: Mapping[str, Sequence[LabelledStatement]],
    settings: Mapping[str, Any],
    evaluations: Mapping[str, Evaluation],
) -> dict[str, Any]:
    """Say what a model learned from and with, and how right it is, for its manifest."""
    return {
        "training": {
            name: {"statements": len(statements), "sha256": fingerprint(statements)}
            for name, statements in files.items()
        },
        "settings": {
            name: Path(value).name if isinstance(value, os.PathLike) else value
            for name, value in settings.items()
        },
        "versions": versions(),
        "scores": {
            title: {"n": e.n, "macro_f1": round(e.macro_f1.value, 4)}
            for title, e in evaluations.items()
        },
    }
