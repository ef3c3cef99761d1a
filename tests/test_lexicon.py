from __future__ import annotations

import pytest

from stance.articles.lexicon import DOING, SAYING


@pytest.mark.parametrize("form", ["slams", "slammed", "slamming", "denies", "denied", "denying"])
def test_verbs_that_do_a_stance_are_there_in_all_forms(form: str) -> None:
    assert form in DOING


@pytest.mark.parametrize("form", ["quipped", "admitting", "argues", "argued", "made clear"])
def test_verbs_of_saying_are_there_in_all_forms(form: str) -> None:
    assert form in SAYING


def test_no_form_lacks_a_doubled_letter() -> None:
    assert not {"slamed", "slaming", "quiped", "admited", "rebufed"} & (DOING | SAYING)
