"""The bundled model, and the one-line predict API over it."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, overload

from stance.engine.scorer import CHOICE
from stance.errors import ModelFormatError
from stance.inputs import OnMissing
from stance.labeller import Prior
from stance.model import StanceModel
from stance.prediction import Prediction
from stance.storage.folder_files import Folder, check_folder, read_file
from stance.storage.lazy import read_lazy
from stance.storage.manifest import MANIFEST, MAX_MANIFEST
from stance.storage.models import read
from stance.storage.pinned import DIGESTS

if TYPE_CHECKING:
    from stance.articles.model import AttributionModel
    from stance.encoders.model import EncoderModel


@overload
def load(path: None = None) -> StanceModel: ...
@overload
def load(path: str | os.PathLike[str]) -> StanceModel | EncoderModel: ...
def load(path: str | os.PathLike[str] | None = None) -> StanceModel | EncoderModel:
    """Load a model.

    Parameters
    ----------
    path : path, optional
        A model folder, as made by :meth:`stance.StanceClassifier.save` or ``stance train``. The
        bundled model if left out; that one is read once and shared, since models never change.

    Returns
    -------
    StanceModel or EncoderModel
        Ready to predict. The former needs numpy and nothing else; the latter, made by ``stance train
        --encoder``, needs the extra ``stance[encoder]``.

    Raises
    ------
    ModelFormatError
        If the folder is not a whole and sound model; the message names the file and the fault.

    Examples
    --------
    >>> model = load()
    >>> model.labels
    ('accusation', 'denial', 'threat', 'hedge', 'other')
    >>> model.predict_proba(["They lied to us.", "Thank you all."]).shape
    (2, 5)
    """
    return _bundled() if path is None else read(_checked(path))


def model_digest(path: str | os.PathLike[str] | None = None) -> str:
    """Digest a model's manifest, which holds the digests of all its files.

    Parameters
    ----------
    path : path, optional
        A model folder; the bundled model if left out.

    Returns
    -------
    str
        64 hexadecimal digits (SHA-256).

    Raises
    ------
    ModelFormatError
        If there is no manifest.
    """
    folder = _folder("default") if path is None else _checked(path)
    check_folder(folder, links=True)
    return hashlib.sha256(read_file(folder, MANIFEST, MAX_MANIFEST, links=True)).hexdigest()


@cache
def load_attribution() -> AttributionModel:
    """Load the bundled model that tells who said what in an article; read once and shared."""
    # Labelling needs nothing of it.
    from stance.articles.storage import read_attribution  # noqa: PLC0415

    return read_attribution(_folder("attribution"), pinned=DIGESTS["attribution"])


def _checked(path: str | os.PathLike[str]) -> str:
    found: object = os.fspath(path)
    if isinstance(found, str):
        return found
    raise TypeError(f"path: expected str or os.PathLike, got {type(path).__name__}")


def _folder(name: str) -> Folder:
    package = os.path.dirname(__file__)
    # An editable install runs from the checkout, where the models lie beside the package.
    for parent in (package, os.path.dirname(package)):
        folder = os.path.join(parent, "models", name)
        if os.path.isdir(folder):
            return folder
    # In a zip file; a slow import that folders do not need.
    from importlib.resources import files  # noqa: PLC0415

    return files("stance") / "models" / name


@cache
def _bundled() -> StanceModel:
    folder = _folder("default")
    pinned = DIGESTS["default"]
    # With numpy at hand, or an engine that needs it, there is nothing to be gained.
    lazy = "numpy" not in sys.modules and not os.environ.get(CHOICE)
    model = read_lazy(folder, pinned=pinned) if lazy else read(folder, pinned=pinned)
    if not isinstance(model, StanceModel):
        raise ModelFormatError(f"{folder}: the bundled model must be a linear one")
    return model


@overload
def predict(  # type: ignore[overload-overlap]  # a str is an iterable of str, too
    texts: str,
    *,
    on_missing: OnMissing = "error",
    prior: Prior = "natural",
    min_confidence: float = 0.0,
) -> Prediction: ...
@overload
def predict(
    texts: Iterable[str],
    *,
    on_missing: OnMissing = "error",
    prior: Prior = "natural",
    min_confidence: float = 0.0,
) -> list[Prediction]: ...
def predict(
    texts: str | Iterable[str],
    *,
    on_missing: OnMissing = "error",
    prior: Prior = "natural",
    min_confidence: float = 0.0,
) -> Prediction | list[Prediction]:
    """Label one statement or many with the bundled model.

    Parameters
    ----------
    texts : str or iterable of str
        One statement, or many: list, tuple, array, pandas Series, generator.
    on_missing : {"error", "other"}, default "error"
        Whether a missing value (None, NaN) raises, or counts as a text without words. A text
        without words is ``"other"`` with probability 0.99.
    prior : {"natural", "balanced"} or mapping of str to float, default "natural"
        How often each label is expected where the statements come from: as in everyday public speech,
        all alike, or a share for each label. Statements picked for a stance hold more of it.
    min_confidence : float, default 0.0
        Below this probability of the most probable label, ``label`` is None.

    Returns
    -------
    Prediction or list of Prediction
        One for a str; for an iterable a list of its length, in its order.

    Raises
    ------
    InputTypeError
        If something is not a str; a TypeError.
    MissingStatementError
        If a statement is missing, with its row; a ValueError.

    Examples
    --------
    >>> import stance
    >>> stance.predict("You're saying maybe it didn't take place, that's possible too, I guess.").label
    'hedge'
    >>> [p.label for p in stance.predict(["We never said that.", "If they come, we will strike."])]
    ['denial', 'threat']
    """
    model = load()
    return model.label(texts, on_missing=on_missing, prior=prior, min_confidence=min_confidence)
