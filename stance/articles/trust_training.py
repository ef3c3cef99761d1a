"""Learning how far a reading is to be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from sklearn.linear_model import LogisticRegression

from stance.articles.hashing import Floats
from stance.articles.trust import TRUST_COLUMNS

_STRENGTH: Final = 0.05
_FEWEST: Final = 20  # readings of either kind from which anything can be learned


def fit_trust(columns: Sequence[Floats], right: Sequence[bool]) -> Floats:
    """Learn when a reading is right.

    Parameters
    ----------
    columns : sequence of (n_readings, TRUST_COLUMNS) float64 arrays
        Readings of articles that what read them has not seen.
    right : sequence of bool
        Whether each is an annotated cue with the annotated content.

    Returns
    -------
    (TRUST_COLUMNS + 1,) float64 array
        Weights, and what is added. If there are too few readings that are right, or that are wrong,
        the trust is the probability of the cue.
    """
    wanted = np.array(right, dtype=bool)
    weights = np.zeros(TRUST_COLUMNS + 1)
    if min(wanted.sum(), (~wanted).sum()) < _FEWEST:
        weights[0] = 1.0
        return weights
    values = np.vstack(columns)
    means, spreads = values.mean(axis=0), values.std(axis=0) + 1e-9
    model = LogisticRegression(C=_STRENGTH, max_iter=1000).fit((values - means) / spreads, wanted)
    weights[:-1] = model.coef_[0] / spreads
    weights[-1] = model.intercept_[0] - weights[:-1] @ means
    return weights
