from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.linear_model import LogisticRegression

import stance.learning.regression
from stance.learning.regression import fit_softmax

RNG = np.random.default_rng(0)
ROWS = RNG.poisson(0.4, size=(200, 12)).astype(np.float64)
TARGET = (ROWS[:, 0] > 0).astype(int) + (ROWS[:, 1] > 0)
SAME = csr_array(np.eye(12))
WEIGHT = RNG.uniform(0.5, 2.0, size=200)
ALPHA = 0.01


def test_one_label_a_row_gives_what_scikit_learn_gives() -> None:
    found = fit_softmax(
        csr_array(ROWS), SAME, np.eye(3)[TARGET], WEIGHT, alpha=ALPHA, max_iter=500, tol=1e-12
    )
    theirs = LogisticRegression(C=1 / (ALPHA * WEIGHT.sum()), max_iter=500, tol=1e-6).fit(
        ROWS, TARGET, WEIGHT
    )
    expected = ROWS @ theirs.coef_.T + theirs.intercept_
    scores = found.scores(csr_array(ROWS))
    gap = scores - expected
    assert np.abs(gap - gap.mean(axis=1, keepdims=True)).max() < 0.05


def test_shares_without_features_are_given_back() -> None:
    shares = np.tile([0.2, 0.3, 0.5], (50, 1))
    found = fit_softmax(
        csr_array((50, 4)), csr_array(np.eye(4)), shares, np.ones(50), alpha=0.02, max_iter=200
    )
    powers = np.exp(found.intercept)
    assert powers / powers.sum() == pytest.approx([0.2, 0.3, 0.5], abs=0.01)


def test_a_row_of_weight_two_is_two_rows() -> None:
    once = fit_softmax(
        csr_array(np.vstack([ROWS, ROWS[:20]])),
        SAME,
        np.eye(3)[np.append(TARGET, TARGET[:20])],
        np.ones(220),
        alpha=ALPHA,
        max_iter=500,
    )
    weight = np.ones(200)
    weight[:20] = 2
    twice = fit_softmax(csr_array(ROWS), SAME, np.eye(3)[TARGET], weight, alpha=ALPHA, max_iter=500)
    assert np.allclose(once.coefficients, twice.coefficients, atol=0.02)


def test_an_expansion_is_a_product_with_the_features() -> None:
    mix = csr_array(np.triu(RNG.uniform(0.0, 1.0, size=(12, 12))))
    factored = fit_softmax(
        csr_array(ROWS), mix, np.eye(3)[TARGET], WEIGHT, alpha=ALPHA, max_iter=99
    )
    product = csr_array(ROWS @ mix.toarray())
    whole = fit_softmax(product, SAME, np.eye(3)[TARGET], WEIGHT, alpha=ALPHA, max_iter=99)
    assert np.allclose(factored.scores(csr_array(ROWS)), whole.scores(product), atol=0.02)


def test_a_matrix_in_blocks_gives_what_one_in_a_piece_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counts, shares = csr_array(ROWS.astype(np.float32)), np.eye(3)[TARGET]
    whole = fit_softmax(counts, SAME, shares, WEIGHT, alpha=ALPHA, max_iter=30)
    monkeypatch.setattr(stance.learning.regression, "_BLOCK", 100)
    blocks = fit_softmax(counts, SAME, shares, WEIGHT, alpha=ALPHA, max_iter=30)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    alone = fit_softmax(counts, SAME, shares, WEIGHT, alpha=ALPHA, max_iter=30)
    assert np.allclose(blocks.coefficients, whole.coefficients, atol=0.02)
    assert (blocks.coefficients == alone.coefficients).all()
