from __future__ import annotations

import sys

import pytest

from stance.errors import MissingExtraError
from stance.finetuning import encoder_learner


def test_without_torch_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingExtraError, match=r"stance\[teacher\]"):
        encoder_learner("any")
