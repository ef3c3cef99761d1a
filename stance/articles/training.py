"""Training of an attribution model on annotated articles; needs scikit-learn."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import KFold

from stance.articles.annotated import AnnotatedArticle, read_annotated
from stance.articles.attribution import LIKELY, attributions
from stance.articles.card import attribution_card
from stance.articles.cue_training import CueData
from stance.articles.evaluation import AttributionScores, evaluate_attribution
from stance.articles.hashing import BITS, Floats
from stance.articles.marked import Marked
from stance.articles.model import WINDOW, AttributionModel
from stance.articles.passage import word_code
from stance.articles.span_training import SpanData, fit_spans, span_data
from stance.articles.storage import save_attribution
from stance.articles.trust import TRUST_COLUMNS, trust_columns
from stance.articles.trust_training import fit_trust
from stance.articles.wrapping import unwrapped
from stance.errors import DataError
from stance.learning.word_vectors import read_vectors

_FOLDS: Final = 5
_VECTOR_SCALE: Final = 0.5
_MOST: Final = 127  # of a weight


def train_attribution(
    articles: Sequence[AnnotatedArticle],
    vectors: str | os.PathLike[str],
    *,
    report: Callable[[str], None] = lambda _: None,
) -> AttributionModel:
    """Learn to tell who said what.

    Logistic regressions tell whether a token is a cue, and whether, seen from a cue, it begins or ends
    the speaker; a log-linear model over all spans tells which is the content. These look at
    probabilities of cues that come from models which have not seen the article. A last regression
    tells when what was read is to be trusted, and learns it from such models, too.

    Parameters
    ----------
    articles : sequence of AnnotatedArticle
        The data, five or more.
    vectors : path
        Word vectors (:mod:`stance.learning.word_vectors`), so that cues not seen in training are found; they
        are folded into a score for each word.
    report : callable, optional
        Takes a line of progress.

    Returns
    -------
    AttributionModel
        The same for the same data, byte for byte.

    Raises
    ------
    DataError
        If there are fewer than five articles, or none holds an attribution with a cue.
    """
    if len(articles) < _FOLDS:
        raise DataError(f"expected {_FOLDS} articles or more, got {len(articles)}")
    marked = [Marked(article) for article in articles]
    if not any(one.targets for one in marked):
        raise DataError("no article holds an attribution with a cue")
    known = read_vectors(vectors)
    words = sorted(known, key=word_code)
    table = np.array([known[word] for word in words], dtype=np.float32) * _VECTOR_SCALE
    codes = np.array([word_code(word) for word in words])
    cues = CueData(marked, codes, table)
    report(f"{len(articles):,} articles, {sum(len(m.targets) for m in marked):,} attributions")
    unseen = [np.zeros(len(m.passage.word)) for m in marked]
    for seen, rest in KFold(_FOLDS).split(marked):
        fitted = cues.fit(seen)
        for number in rest:
            unseen[number] = cues.probabilities(fitted, number)
    report("cues are learned")
    fitted = cues.fit(np.arange(len(marked)))
    folded = fitted.coef_[0][1 << BITS :].reshape(len(WINDOW), -1)
    word_scores = np.vstack([table @ folded.T, np.zeros((1, len(WINDOW)))])
    data = [span_data(one, given) for one, given in zip(marked, unseen, strict=True)]
    trust = _learn_trust(marked, unseen, data)
    report("what to trust is learned")
    weights, intercepts = fit_spans([one for one in data if one is not None])
    weights[0], intercepts[0] = fitted.coef_[0][: 1 << BITS], fitted.intercept_[0]
    report("contents and speakers are learned")
    return AttributionModel(
        *_rounded(weights),
        intercepts,
        codes.astype(np.uint32),
        word_scores.astype(np.float32),
        trust,
    )


def _rounded(weights: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Give weights as small integers, and what a row of them is to be multiplied by."""
    scales = np.maximum(np.abs(weights).max(axis=1), 1e-9) / _MOST
    return np.round(weights / scales[:, None]).astype(np.int8), scales


def _learn_trust(
    marked: Sequence[Marked], probabilities: Sequence[Floats], data: Sequence[SpanData | None]
) -> Floats:
    """Learn when a reading is right, from readings by models that have not seen the article."""
    columns: list[Floats] = []
    right: list[bool] = []
    for seen, rest in KFold(_FOLDS).split(marked):
        known = [one for one in (data[number] for number in seen) if one is not None]
        if not known:
            continue
        weights, intercepts = fit_spans(known)
        none = np.zeros(0, dtype=np.uint32), np.zeros((1, len(WINDOW)), dtype=np.float32)
        model = AttributionModel(*_rounded(weights), intercepts, *none, np.zeros(TRUST_COLUMNS + 1))
        for number in rest:
            passage, given = marked[number].passage, probabilities[number]
            cues = np.flatnonzero(given > LIKELY)
            if not len(cues):
                continue
            spans = model.spans(passage, cues, given)
            contents = {target.cue: target.content for target in marked[number].targets}
            columns.append(trust_columns(passage, spans, given))
            right += [
                contents.get(cue) == tuple(content)
                for cue, content in zip(cues.tolist(), spans.content.tolist(), strict=True)
            ]
    return fit_trust(columns, right)


def train_quotes(
    data: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    vectors: str | os.PathLike[str],
    held_out: Sequence[str | os.PathLike[str]] = (),
    report: Callable[[str], None] = lambda _: None,
) -> dict[str, AttributionScores]:
    """Learn from files of annotated articles, score, and save a model folder with its card.

    Parameters
    ----------
    data : sequence of path
        What to learn from; see :func:`stance.articles.annotated.read_annotated`.
    out : path
        The folder to make.
    vectors, report
        As :func:`train_attribution` takes them.
    held_out : sequence of path, optional
        What to score on.

    Returns
    -------
    dict of str to AttributionScores
        By the name of the file scored on.

    Raises
    ------
    DataError
        If a file is malformed, or there is too little to learn from.
    """
    articles = [article for path in data for article in read_annotated(path)]
    tests = {Path(path).name: read_annotated(path) for path in held_out}
    model = train_attribution(articles, vectors, report=report)
    scores = {
        name: evaluate_attribution(test, lambda text: attributions(unwrapped(text), model))
        for name, test in tests.items()
    }
    count = sum(len(article.attributions) for article in articles)
    save_attribution(model, out, card=attribution_card(len(articles), count, scores))
    report(f"saved {os.fspath(out)}")
    return scores
