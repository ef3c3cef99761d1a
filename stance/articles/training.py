"""Training of an attribution model on annotated articles; needs scikit-learn."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from stance.articles.annotated import AnnotatedArticle, AnnotatedAttribution, read_annotated
from stance.articles.attribution import attributions
from stance.articles.card import attribution_card
from stance.articles.evaluation import AttributionScores, evaluate_attribution
from stance.articles.hashing import BITS, Ints
from stance.articles.lexicon import AUXILIARIES
from stance.articles.model import SCORERS, WINDOW, AttributionModel, Floats
from stance.articles.sentences import Sentence, Span, article_sentences
from stance.articles.span_features import (
    Passage,
    Views,
    cue_columns,
    span_columns,
    word_code,
)
from stance.articles.storage import save_attribution
from stance.errors import DataError
from stance.learning.word_vectors import read_vectors

_FOLDS: Final = 5
_CUE_STRENGTH, _END_STRENGTH, _INSIDE_STRENGTH = 0.3, 0.3, 0.1  # LogisticRegression's C
_VECTOR_SCALE: Final = 0.5
_MOST: Final = 127  # of a weight
_NO_CUES: Final = AUXILIARIES | frozenset("not n't never to a the it".split())


def train_attribution(
    articles: Sequence[AnnotatedArticle],
    vectors: str | os.PathLike[str],
    *,
    report: Callable[[str], None] = lambda _: None,
) -> AttributionModel:
    """Learn to tell who said what.

    Six logistic regressions: is a token a cue; seen from a cue, does a token begin or end the
    content, begin or end the speaker, stand inside the content. The latter five look at
    probabilities of cues that come from models which have not seen the article.

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
    marked = [_Marked(article) for article in articles]
    if not any(one.targets for one in marked):
        raise DataError("no article holds an attribution with a cue")
    known = read_vectors(vectors)
    words = sorted(known, key=word_code)
    table = np.array([known[word] for word in words], dtype=np.float32) * _VECTOR_SCALE
    cues = _CueData(marked, np.array([word_code(word) for word in words]), table)
    report(f"{len(articles):,} articles, {sum(len(m.targets) for m in marked):,} attributions")
    unseen = [np.zeros(len(m.passage.word)) for m in marked]
    for seen, rest in KFold(_FOLDS).split(marked):
        fitted = cues.fit(seen)
        for number in rest:
            unseen[number] = cues.probabilities(fitted, number)
    report("cues are learned")
    weights, intercepts = _empty()
    fitted = cues.fit(np.arange(len(marked)))
    weights[0], intercepts[0] = fitted.coef_[0][: 1 << BITS], fitted.intercept_[0]
    folded = fitted.coef_[0][1 << BITS :].reshape(len(WINDOW), -1)
    word_scores = np.vstack([table @ folded.T, np.zeros((1, len(WINDOW)))])
    columns, targets = _span_data(marked, unseen)
    for row, name in enumerate(SCORERS[1:], start=1):
        strength = _INSIDE_STRENGTH if name == "inside" else _END_STRENGTH
        model = _regression(strength).fit(_sparse(columns), targets[name])
        weights[row], intercepts[row] = model.coef_[0], model.intercept_[0]
        report(f"{name} is learned")
    scales = np.maximum(np.abs(weights).max(axis=1), 1e-9) / _MOST
    return AttributionModel(
        np.round(weights / scales[:, None]).astype(np.int8),
        scales,
        intercepts,
        np.array([word_code(word) for word in words], dtype=np.uint32),
        word_scores.astype(np.float32),
    )


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
        name: evaluate_attribution(test, lambda text: attributions(text, model))
        for name, test in tests.items()
    }
    count = sum(len(article.attributions) for article in articles)
    save_attribution(model, out, card=attribution_card(len(articles), count, scores))
    report(f"saved {os.fspath(out)}")
    return scores


class _Marked:
    """An article as tokens, with what its annotation says of them."""

    def __init__(self, article: AnnotatedArticle) -> None:
        self.sentences = article_sentences(article.text)
        self.passage = Passage(article.text, self.sentences)
        # Of each attribution: cue, content and speaker, as positions in the passage.
        self.targets: list[tuple[int, Span | None, Span | None]] = []
        for attribution in article.attributions:
            target = self._target(attribution)
            if target is not None:
                self.targets.append(target)

    def _target(
        self, attribution: AnnotatedAttribution
    ) -> tuple[int, Span | None, Span | None] | None:
        if not attribution.cue:
            return None
        start = attribution.cue[0][0]
        places = zip(self.sentences, self.passage.offsets, strict=True)
        place = next((p for p in places if p[0].start <= start < p[0].end), None)
        if place is None:
            return None
        sentence, offset = place
        cue = _positions(sentence, attribution.cue)
        if not cue:
            return None
        telling = [
            at
            for at in cue
            if sentence.tokens[at].text[0].isalnum()
            and sentence.tokens[at].text.lower() not in _NO_CUES
        ]
        head = (telling or cue)[0]
        speaker = _run(sentence, _positions(sentence, attribution.source), {head})
        walls = {*cue, *(range(speaker[0], speaker[1] + 1) if speaker else ())}
        content = _run(sentence, _positions(sentence, attribution.content), walls)
        return head + offset, _moved(content, offset), _moved(speaker, offset)


def _positions(sentence: Sentence, spans: Sequence[Span]) -> list[int]:
    """List the tokens of a sentence that spans touch."""
    return [
        at
        for at, token in enumerate(sentence.tokens)
        if any(token.start < end and start < token.end for start, end in spans)
    ]


def _run(sentence: Sentence, positions: Sequence[int], walls: set[int]) -> Span | None:
    """Take the longest run of tokens that no wall interrupts, without the marks around it."""
    runs: list[list[int]] = []
    for at in positions:
        if at in walls:
            continue
        if runs and not walls & set(range(runs[-1][1] + 1, at)):
            runs[-1][1] = at
        else:
            runs.append([at, at])
    if not runs:
        return None
    tokens = sentence.tokens
    first, last = max(runs, key=lambda run: tokens[run[1]].end - tokens[run[0]].start)
    solid = [token.quoted or token.text[0].isalnum() for token in tokens]
    while first < last and not solid[first]:
        first += 1
    while last > first and not solid[last]:
        last -= 1
    return first, last


def _moved(span: Span | None, by: int) -> Span | None:
    return None if span is None else (span[0] + by, span[1] + by)


class _CueData:
    """Features and targets for finding cues; the last columns are the vectors of words around."""

    def __init__(self, marked: Sequence[_Marked], codes: Ints, table: NDArray[np.float32]) -> None:
        self._ends = np.cumsum([0] + [len(m.passage.word) for m in marked])
        parts, dense, solid = [], [], []
        places = np.append(codes, -2)
        padded = np.vstack([table, np.zeros((1, table.shape[1]), dtype=np.float32)])
        self.is_cue = np.zeros(self._ends[-1])
        for m, begin in zip(marked, self._ends, strict=False):
            parts.append(cue_columns(m.passage))
            found = np.searchsorted(codes, m.passage.word)
            known = places[found] == m.passage.word
            vectors = padded[np.where(known, found, len(codes))]
            dense.append(np.hstack([np.roll(vectors, -by, axis=0) for by in WINDOW]))
            solid.append(m.passage.solid)
            for head, _, _ in m.targets:
                self.is_cue[begin + head] = 1
        joined = hstack([_sparse(np.vstack(parts)), csr_matrix(np.vstack(dense))]).tocsr()
        joined.indices, joined.indptr = (
            array.astype(np.int32) for array in (joined.indices, joined.indptr)
        )
        self._columns = joined
        self._solid = np.concatenate(solid)

    def fit(self, numbers: Ints) -> Any:
        rows = self._rows(numbers)
        rows = rows[self._solid[rows]]
        return _regression(_CUE_STRENGTH).fit(self._columns[rows], self.is_cue[rows])

    def probabilities(self, fitted: Any, number: int) -> Floats:
        rows = self._rows(np.array([number]))
        given: Floats = fitted.predict_proba(self._columns[rows])[:, 1]
        return np.where(self._solid[rows], given, 0.0)

    def _rows(self, numbers: Ints) -> Ints:
        return np.concatenate([np.arange(self._ends[n], self._ends[n + 1]) for n in numbers])


def _span_data(
    marked: Sequence[_Marked], probabilities: Sequence[Floats]
) -> tuple[Ints, dict[str, Floats]]:
    """Gather what each token near a cue looks like from it, and what it is."""
    columns: list[Ints] = []
    targets: dict[str, list[NDArray[np.bool_]]] = {name: [] for name in SCORERS[1:]}
    for one, given in zip(marked, probabilities, strict=True):
        if not one.targets:
            continue
        views = Views(one.passage, np.array([cue for cue, _, _ in one.targets]))
        columns.append(span_columns(one.passage, views, given))
        for number, (_, content, speaker) in enumerate(one.targets):
            tokens = views.token[views.starts[number] : views.starts[number + 1]]
            begin, end = content or (-1, -1)
            targets["begin"].append(tokens == begin)
            targets["end"].append(tokens == end)
            targets["inside"].append((tokens >= begin) & (tokens <= end))
            targets["speaker begin"].append(tokens == (speaker or (-1, -1))[0])
            targets["speaker end"].append(tokens == (speaker or (-1, -1))[1])
    joined = {name: np.concatenate(parts).astype(np.float64) for name, parts in targets.items()}
    return np.vstack(columns), joined


def _empty() -> tuple[Floats, Floats]:
    return np.zeros((len(SCORERS), 1 << BITS)), np.zeros(len(SCORERS))


def _regression(strength: float) -> Any:
    return LogisticRegression(C=strength, solver="liblinear", random_state=0)


def _sparse(columns: Ints) -> csr_matrix:
    """Make a matrix with a one for each feature of a row."""
    count, width = columns.shape
    # The solver takes indices of 32 bits only.
    starts = np.arange(0, count * width + 1, width, dtype=np.int32)
    ones = np.ones(count * width, dtype=np.float32)
    return csr_matrix((ones, columns.ravel().astype(np.int32), starts), shape=(count, 1 << BITS))
