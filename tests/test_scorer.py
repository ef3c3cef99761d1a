from __future__ import annotations

from dataclasses import replace

import pytest

from stance.engine.plain import plain_scores
from stance.engine.scorer import CHOICE, Scorer
from stance.errors import OptionError
from stance.model import StanceModel

from .conftest import TEXTS
from .test_engine import parts_of


@pytest.fixture(autouse=True)
def no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(CHOICE, raising=False)


def test_the_first_statements_are_scored_the_plain_way() -> None:
    scorer = Scorer(parts_of(filters=True))
    scorer.scores(TEXTS)
    assert scorer.engine == "plain"


def test_many_statements_are_scored_by_an_engine() -> None:
    scorer = Scorer(parts_of(filters=True))
    scorer.scores(TEXTS * 200)
    assert scorer.engine == "numpy"


def test_many_single_statements_are_scored_by_an_engine() -> None:
    scorer = Scorer(parts_of(filters=True))
    for text in TEXTS * 20:
        scorer.score(text)
    assert scorer.engine == "numpy"


@pytest.mark.parametrize("name", ["plain", "numpy"])
def test_an_engine_can_be_chosen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHOICE, name)
    scorer = Scorer(parts_of(filters=True))
    scorer.scores(TEXTS * 200)
    assert scorer.engine == name


def test_an_unknown_engine_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHOICE, "fortran")
    with pytest.raises(OptionError, match="plain, numpy or numba, got 'fortran'"):
        Scorer(parts_of(filters=False))


def test_all_engines_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(filters=True)
    expected = plain_scores(parts, TEXTS)
    warm = Scorer(parts)
    warm.warm_up()
    scorers = [warm]
    for name in ("plain", "numpy"):
        monkeypatch.setenv(CHOICE, name)
        scorers.append(Scorer(parts))
    for scorer in scorers:
        assert scorer.scores(TEXTS).tobytes() == expected.tobytes()
        assert [scorer.score(text) for text in TEXTS] == expected.tolist()


def test_a_warm_model_says_what_it_scores_by(model: StanceModel) -> None:
    assert model.warm_up() in ("numpy", "numba")


def test_without_numba_a_model_warms_up_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stance.engine.code_folder.find_spec", lambda _: None)
    assert Scorer(parts_of(filters=True)).warm_up() == "numpy"


@pytest.mark.parametrize("text", ["We deny it, zyzzyva.", "Peru lied to García."])
def test_the_first_text_is_scored_as_later_ones_are(text: str) -> None:
    parts = parts_of(filters=True)
    # Parts whose vocabulary has looked for nothing yet.
    scorer = Scorer(parts._replace(vocabulary=replace(parts.vocabulary)))
    assert scorer.score(text) == scorer.score(text)
