from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

import stance
from stance.classifier import StanceClassifier
from stance.model import StanceModel
from stance.storage.lazy import LazyModel, read_lazy
from stance.storage.pinned import DIGESTS

# Nothing is timed in a test: the first example may load a model, on a machine that others use.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).parent.parent

# Nothing is timed in a test; what else is set, as for CI, stays.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

TEXTS = [
    "We deny every word of it.",
    "That is not true, we never said so.",
    "We deny that we were ever there.",
    "They lied to the committee.",
    "They lied and they hid the money.",
    "The ministry lied about the dam.",
    "If they come closer, we will strike.",
    "We will strike back, and they will regret it.",
    "They will regret it if they come.",
    "It may be so, we do not know yet.",
    "Maybe, maybe not, we do not know.",
    "It may rain, it may not, who knows.",
    "Thank you all for coming today.",
    "The meeting begins at nine today.",
    "Thank you, the meeting was good.",
]
LABELS = [label for label in ("denial", "accusation", "threat", "hedge", "other") for _ in range(3)]


@pytest.fixture(scope="session")
def fitted() -> StanceClassifier:
    """Learned from a handful of statements: small, quick, and with all five labels."""
    return StanceClassifier(min_count=1, alpha=0.001).fit(TEXTS, LABELS)


@cache
def small_model() -> StanceModel:
    """The same without calibration, for properties, which cannot take fixtures."""
    return StanceClassifier(min_count=1, alpha=0.001, calibration_folds=0).fit(TEXTS, LABELS).model_


@pytest.fixture
def model(fitted: StanceClassifier) -> StanceModel:
    return fitted.model_


@pytest.fixture(scope="session")
def bundled() -> StanceModel:
    return stance.load()


@pytest.fixture(scope="session")
def report_extra() -> None:
    """What a page or a picture needs."""
    for module in ("jinja2", "matplotlib"):
        pytest.importorskip(module, reason="needs stance[report]")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real statements and articles: there for the developers and CI, not for users."""
    folder = ROOT.parent / "shared"
    if not (folder / "real").is_dir():
        pytest.skip("needs ../shared, which is not part of the repository")
    return folder


def lazy() -> LazyModel:
    """A fresh one: the bundled model, as if numpy were not loaded."""
    model = read_lazy(ROOT / "models" / "default", pinned=DIGESTS["default"])
    assert isinstance(model, LazyModel)
    return model
