"""Label public statements as accusation, denial, threat or hedge; read who said what in articles.

>>> import stance
>>> stance.predict("We categorically deny these allegations.").label
'denial'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stance.articles.article import Statement, read_article
    from stance.bundled import load, predict
    from stance.classifier import StanceClassifier
    from stance.errors import StanceError
    from stance.explanation import Explanation
    from stance.files.labelling import label_file
    from stance.frames import label_frame
    from stance.model import StanceModel
    from stance.prediction import Prediction
    from stance.reports.speaker_plot import plot_by_speaker
    from stance.reports.speaker_shares import by_speaker
    from stance.stances import DEFINITIONS, LABELS, STANCES

__version__ = "0.1.0"

# Name -> module: importing stance loads none of them, and predicting loads no scikit-learn or pandas.
_HOMES = {
    "DEFINITIONS": "stances",
    "LABELS": "stances",
    "STANCES": "stances",
    "Explanation": "explanation",
    "Prediction": "prediction",
    "StanceClassifier": "classifier",
    "StanceError": "errors",
    "StanceModel": "model",
    "Statement": "articles.article",
    "by_speaker": "reports.speaker_shares",
    "label_file": "files.labelling",
    "label_frame": "frames",
    "load": "bundled",
    "plot_by_speaker": "reports.speaker_plot",
    "predict": "bundled",
    "read_article": "articles.article",
}

__all__ = [
    "DEFINITIONS",
    "LABELS",
    "STANCES",
    "Explanation",
    "Prediction",
    "StanceClassifier",
    "StanceError",
    "StanceModel",
    "Statement",
    "by_speaker",
    "label_file",
    "label_frame",
    "load",
    "plot_by_speaker",
    "predict",
    "read_article",
]


# Modules for those who have what they need: stance.dask.label(...), stance.spark.label(...).
_MODULES = ("dask", "spark")


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"stance.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'stance' has no attribute {name!r}")
    value = getattr(import_module(f"stance.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
