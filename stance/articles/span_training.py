"""Learning which span is the content of a cue: one log-linear model over all spans around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from stance.articles.hashing import BITS, Floats, Ints
from stance.articles.marked import Marked, Target
from stance.articles.model import SCORERS
from stance.articles.regression import regression, sparse_ones
from stance.articles.sentences import Span
from stance.articles.span_features import Views, span_columns
from stance.articles.span_loss import SpanLoss

_CONTENT_STRENGTH: Final = 0.3
_SPEAKER_STRENGTH: Final = 0.3
_STEPS: Final = 80


@dataclass(frozen=True, slots=True)
class SpanData:
    """Features and targets of one article for finding contents and speakers.

    Attributes
    ----------
    columns : (n_views, n_features) int64 array
        What each token looks like, seen from a cue.
    views : Views
        Which tokens these are.
    targets : list of Target
        Of each cue.
    """

    columns: Ints
    views: Views
    targets: list[Target]


def span_data(marked: Marked, probabilities: Floats) -> SpanData | None:
    """Gather what tokens look like from the cues of an article; None if it has no cue."""
    if not marked.targets:
        return None
    views = Views(marked.passage, np.array([target.cue for target in marked.targets]))
    columns = span_columns(marked.passage, views, probabilities)
    return SpanData(columns, views, marked.targets)


def fit_spans(data: Sequence[SpanData]) -> tuple[Floats, Floats]:
    """Learn to find contents and speakers.

    Parameters
    ----------
    data : sequence of SpanData
        Articles.

    Returns
    -------
    weights : (6, n_features) float64 array
        The row of cues is empty.
    intercepts : (6,) float64 array
        What is added to them.
    """
    weights, intercepts = np.zeros((len(SCORERS), 1 << BITS)), np.zeros(len(SCORERS))
    columns = np.vstack([one.columns for one in data])
    content = [SCORERS.index(name) for name in ("begin", "end", "inside")]
    weights[content] = _fit_contents(columns, data)
    for side, name in enumerate(("speaker begin", "speaker end")):
        row = SCORERS.index(name)
        wanted = np.concatenate([_is_bound(one, side) for one in data])
        model = regression(_SPEAKER_STRENGTH).fit(sparse_ones(columns), wanted)
        weights[row], intercepts[row] = model.coef_[0], model.intercept_[0]
    return weights, intercepts


def _is_bound(data: SpanData, side: int) -> NDArray[np.bool_]:
    """Mark the views of the first tokens of speakers, or the last ones."""
    wanted = [(target.speaker or (-1, -1))[side] for target in data.targets]
    found: NDArray[np.bool_] = data.views.token == np.repeat(wanted, np.diff(data.views.starts))
    return found


def _fit_contents(columns: Ints, data: Sequence[SpanData]) -> Floats:
    """Find the weights that make the annotated contents likely among all spans around their cues."""
    known, places = np.unique(columns, return_inverse=True)
    matrix = sparse_ones(places.reshape(columns.shape))[:, : len(known)]
    turned = matrix.T.tocsr()
    sides = _sides(data)

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(len(known), 3)
        value, slopes = sides.loss(matrix @ weights)
        total = _CONTENT_STRENGTH * value + 0.5 * float(flat @ flat)
        return total, (_CONTENT_STRENGTH * (turned @ slopes) + weights).ravel()

    best: Any = minimize(
        loss,
        np.zeros(3 * len(known)),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": _STEPS, "maxcor": 6},
    )
    found = np.zeros((3, 1 << BITS))
    found[:, known] = best.x.reshape(-1, 3).T
    return found


def _sides(data: Sequence[SpanData]) -> SpanLoss:
    """Count the views of all articles through: cues, what lies on either side, annotated contents."""
    sides: list[tuple[int, int]] = []
    cues: list[int] = []
    wanted: list[Span | None] = []
    base = 0
    for one in data:
        starts, tokens = one.views.starts.tolist(), one.views.token
        for target, start, end in zip(one.targets, starts, starts[1:], strict=False):
            shift = base + start - int(tokens[start])
            cue = target.cue + shift
            sides += [(base + start, cue), (cue + 1, base + end)]
            cues.append(cue)
            first, last = (at + shift for at in target.content or (cue, cue))
            seen = any(low <= first and last < high for low, high in sides[-2:])
            wanted.append((first, last) if seen else None)
        base += int(one.views.starts[-1])
    return SpanLoss(base, sides, cues, wanted)
