"""Scores of statements by what was learned without them: what a temperature is fitted on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.model_selection import GroupKFold, StratifiedKFold
from sklearn.utils.validation import check_random_state

from stance.learning.learned import Features, Learned


def score_unseen(
    learn: Callable[[Features, NDArray[np.float64]], Learned],
    data: Features,
    weighed: NDArray[np.float64],
    target: NDArray[np.intp],
    *,
    folds: int,
    groups: ArrayLike | None,
    random_state: int | None,
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Score statements by what is learned without their group.

    Parameters
    ----------
    learn : callable
        Learns from statements and their weighed shares.
    data : Features
        The statements.
    weighed : (n_statements, n_labels) float64 array
        Share of each label times the statement's weight.
    target : (n_statements,) int array
        The column of each one's label.
    folds : int
        Most folds: fewer where a label or the groups are few, none below two.
    groups : (n_statements,) array-like, optional
        What is kept in one fold.
    random_state : int or None
        Seed of the folds where there are no groups.

    Returns
    -------
    scores : (n_statements, n_labels) float64 array
        Zeros where a statement is not scored.
    scored : (n_statements,) bool array
        Whether it is: not where the other folds lack a label.
    """
    labels = weighed.shape[1]
    scores = np.zeros((len(target), labels))
    scored = np.zeros(len(target), dtype=bool)
    folds = min(folds, int(np.bincount(target).min()))
    if groups is not None:
        folds = min(folds, len(np.unique(np.asarray(groups))))
    if folds < 2:
        return scores, scored
    if groups is None:
        seed = check_random_state(random_state).randint(2**31 - 1)
        splits = StratifiedKFold(folds, shuffle=True, random_state=seed).split(target, target)
    else:
        splits = GroupKFold(folds).split(target, target, np.asarray(groups))
    for seen, unseen in splits:
        if len(np.unique(target[seen])) == labels:
            parts = learn(data.take(seen), weighed[seen])
            scores[unseen] = parts.scores(data.take(unseen))
            scored[unseen] = True
    return scores, scored
