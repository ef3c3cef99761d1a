from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.articles.model import AttributionModel
from stance.articles.passage import Passage
from stance.articles.sentences import article_sentences
from stance.articles.trust import TRUST_COLUMNS, trust_columns
from stance.articles.trust_training import fit_trust
from stance.bundled import load_attribution

WORDS = "Ana Silva said that denied , . “ ” he it rained adding".split()


@pytest.fixture(scope="module")
def model() -> AttributionModel:
    return load_attribution()


@settings(deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
def test_every_reading_has_finite_features(model: AttributionModel, words: list[str]) -> None:
    text = " ".join(words)
    passage = Passage(text, article_sentences(text))
    probabilities = model.cue_probabilities(passage)
    cues = np.flatnonzero(passage.solid)
    if len(cues):
        columns = trust_columns(passage, model.spans(passage, cues, probabilities), probabilities)
        assert columns.shape == (len(cues), TRUST_COLUMNS)
        assert np.isfinite(columns).all()


def test_a_plain_report_is_trusted_more_than_a_plain_fact(model: AttributionModel) -> None:
    text = "Ana Silva said that the dam was safe. The dam was built by Ana Silva in May."
    passage = Passage(text, article_sentences(text))
    probabilities = model.cue_probabilities(passage)
    cues = np.flatnonzero(passage.solid)
    trust = {r.cue: r.trust for r in model.readings(passage, cues[:8], probabilities)}
    assert max(trust, key=lambda cue: trust[cue]) == 2
    assert all(r.trust < trust[2] for r in model.readings(passage, cues[8:], probabilities))


def test_what_tells_right_from_wrong_is_learned() -> None:
    rng = np.random.default_rng(0)
    columns = rng.normal(size=(400, TRUST_COLUMNS))
    right = columns[:, 3] > 0
    weights = fit_trust([columns[:100], columns[100:]], right.tolist())
    assert ((columns @ weights[:-1] + weights[-1] > 0) == right).mean() > 0.9


@pytest.mark.parametrize("right", [[], [True] * 40, [False] * 40, [True] * 40 + [False] * 3])
def test_with_too_little_to_learn_from_trust_is_the_probability_of_the_cue(
    right: list[bool],
) -> None:
    columns = [np.ones((len(right), TRUST_COLUMNS))] if right else []
    weights = fit_trust(columns, right)
    assert weights[0] == 1
    assert not weights[1:].any()
