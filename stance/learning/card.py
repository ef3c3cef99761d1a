"""The model card: what a model is, how right it is, what it learned from, its limits."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import scipy
import sklearn

import stance
from stance.data.datasets import LabelledStatement
from stance.encoders.model import EncoderModel
from stance.evaluation import Evaluation, as_markdown
from stance.labeller import WORDLESS_PROBABILITY
from stance.model import StanceModel
from stance.stances import DEFINITIONS, LABELS


def versions() -> dict[str, str]:
    """Name the libraries that a model's weights depend on, with their versions."""
    return {
        "python": platform.python_version(),
        "stance": stance.__version__,
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
    }


def write_card(
    model: StanceModel | EncoderModel,
    files: Mapping[str, Sequence[LabelledStatement]],
    evaluations: Mapping[str, Evaluation],
    *,
    left_out: Mapping[str, Evaluation],
    column: str | None,
    call: str,
    notes: str = "",
) -> str:
    """Write a model card.

    Parameters
    ----------
    model : StanceModel or EncoderModel
        The model.
    files : mapping of str to sequence of LabelledStatement
        What it learned from, by the file's name.
    evaluations : mapping of str to Evaluation
        Scores by the name of what was scored.
    left_out : mapping of str to Evaluation
        Scores of each value of a column by a model that saw nothing of it.
    column : str or None
        That column.
    call : str
        The command that made the model.
    notes : str, optional
        Markdown to put before the limits.

    Returns
    -------
    str
        Markdown.
    """
    lines = [
        "# Model card",
        "",
        "Labels one public statement (a quote, a reported clause) in English as:",
        "",
    ]
    lines += [f"- **{label}**: {DEFINITIONS[label]}" for label in model.labels]
    lines += [
        "",
        _describe(model),
        "",
        "## How right it is",
        "",
        "Each figure with its 95 % interval (bootstrap over statements). The macro-F1 is over the four "
        "stances, without *other*. A natural part was drawn at random; the rest of such a file is "
        "enriched with rare stances.",
    ]
    for title, evaluation in evaluations.items():
        lines += ["", f"### {title}", "", as_markdown(evaluation)]
    if left_out:
        title = f"Sources it has not seen: each {column} by a model trained without it"
        lines += ["", f"### {title}", "", f"| {column} | statements | macro-F1 (4 stances) |"]
        lines += ["|---|---|---|"]
        lines += [f"| {name} | {e.n:,} | {e.macro_f1} |" for name, e in left_out.items()]
        lines += [f"| mean | | **{mean_macro_f1(left_out):.3f}** |"]
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
    libraries = ", ".join(f"{name} {version}" for name, version in versions().items())
    lines += [
        "",
        f"Made by `{call} --out DIR`, with {libraries}.",
        "",
        *([notes.strip(), ""] if notes else []),
        "## Limits",
        "",
        *_LIMITS,
        "",
    ]
    return "\n".join(lines)


def mean_macro_f1(evaluations: Mapping[str, Evaluation]) -> float:
    """Average the macro-F1 of several evaluations; NaN if there are none."""
    return float(np.mean([e.macro_f1.value for e in evaluations.values()] or [np.nan]))


def _describe(model: StanceModel | EncoderModel) -> str:
    wordless = f"A text without words is `other` with probability {WORDLESS_PROBABILITY}."
    if isinstance(model, EncoderModel):
        return (
            "A fine-tuned sentence encoder with one linear layer on top, its weights rounded to eight "
            f"bits; statements are cut to {model.longest} tokens. Probabilities are calibrated by "
            f"temperature scaling. {wordless}"
        )
    return (
        f"A linear model over {len(model.vocabulary):,} features: words, runs of up to "
        f"{model.vocabulary.order} words, and spelling pieces of words it does not know. Weights are "
        f"integers in units of 2^-{model.precision}. Probabilities are calibrated by temperature "
        f"scaling on statements that the regression had not seen. {wordless}"
    )


_LIMITS: Final = (
    "- It sees words, not the world: irony, veiled threats and what was said before escape it.",
    "- It labels what a speaker does with the words, not whether they are true.",
    "- English only; mostly political speech and news. Other registers are less certain.",
    "- A label on one statement is a hint. Read the statement before you print the label.",
)
