"""A model that labels its first statements before numpy is loaded, which takes longer than they do."""

from __future__ import annotations

import sys
from array import array
from dataclasses import fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal

from stance.engine.pure import PureScorer, Settings
from stance.errors import ModelFormatError
from stance.late_numpy import NDArray, np
from stance.model import StanceModel
from stance.prediction import Prediction, Predictions
from stance.softmax import softmax_of_one
from stance.storage.folders import read_folder
from stance.storage.manifest import LINEAR, read_facts, read_labels, read_prior, read_thresholds
from stance.storage.members import View, view_arrays
from stance.storage.models import ARRAYS, VOCABULARY, WEIGHTS, build_linear
from stance.terms import Terms
from stance.text import words

if TYPE_CHECKING:
    from stance.storage.folder_files import Content, Folder

_PAYS_FOR_NUMPY: Final = 400  # tokens that take as long without it as it takes to load
_BOUNDS: Final = 2  # tokens
_LONGEST: Final = 4_000  # characters of a text whose tokens are counted
# How Python names the types of numbers that a model folder holds.
_CODES: Final[dict[str, Literal["b", "h", "i"]]] = {"|i1": "b", "<i2": "h", "<i4": "i"}


class LazyModel(StanceModel):
    """A :class:`stance.StanceModel` whose arrays are made when something needs them.

    That is after some statements, or at once for many of them, for an explanation, or whatever else is
    asked of it. What it gives is the same to the last bit, before and after.

    Attributes
    ----------
    pure : PureScorer or None
        What scores without arrays; None from when they are made, and in a copy.
    """

    pure: PureScorer | None = None
    _tokens_left = _PAYS_FOR_NUMPY
    # What the arrays are made of.
    _manifest: dict[str, Any]
    _files: dict[str, Content]

    @classmethod
    def of(cls, manifest: dict[str, Any], files: dict[str, Content], pure: PureScorer) -> LazyModel:
        """Make a model of a manifest, its files, and what scores without arrays."""
        model, labels = object.__new__(cls), read_labels(manifest)
        parts = {
            "labels": labels,
            "thresholds": read_thresholds(manifest, labels),
            "facts": read_facts(manifest),
            "prior": read_prior(manifest, labels),
            "pivot": manifest["features"]["pivot"],
            "_manifest": manifest,
            "_files": files,
            "pure": pure,
        }
        for name, value in parts.items():
            object.__setattr__(model, name, value)
        return model

    @cached_property
    def _whole(self) -> StanceModel:
        model = build_linear(self._manifest, self._files, known=True)
        object.__setattr__(self, "pure", None)
        return model

    if not TYPE_CHECKING:  # to a type checker they are fields like the others
        vocabulary = cached_property(lambda self: self._whole.vocabulary)
        weights = cached_property(lambda self: self._whole.weights)
        precision = cached_property(lambda self: self._whole.precision)
        filters = cached_property(lambda self: self._whole.filters)

    def _scores_of_one(self, text: str) -> list[float]:
        pure = self.pure
        return pure.score(text) if pure and self._pays([text]) else super()._scores_of_one(text)

    def _predictions(
        self, texts: list[str], shift: NDArray[np.float64] | float, min_confidence: float
    ) -> list[Prediction]:
        pure = self.pure
        if pure is None or not isinstance(shift, float) or not self._pays(texts):
            return super()._predictions(texts, shift, min_confidence)
        predictions = Predictions()
        for text in texts:
            row = softmax_of_one([score + shift for score in pure.score(text)])
            predictions.append(self.lay_out(text, row, min_confidence))
        return predictions

    def _pays(self, texts: list[str]) -> bool:
        """Tell whether to score texts without numpy takes less time than to load it; if so, count them."""
        left = self._tokens_left - _BOUNDS * len(texts)
        for text in texts:
            if left < 0 or len(text) > _LONGEST:
                return False
            left -= len(words(text))
        # Threads may lose a count to each other, which only puts numpy off.
        object.__setattr__(self, "_tokens_left", max(left, 0))
        return left >= 0

    def __reduce__(self) -> tuple[type[StanceModel], tuple[Any, ...]]:
        # What is on the other side is lazy no more.
        return StanceModel, tuple(getattr(self, one.name) for one in fields(StanceModel))


def read_lazy(folder: Folder, *, pinned: str) -> StanceModel:
    """Read a folder that is known to hold a sound linear model, and make no arrays of it yet.

    Parameters
    ----------
    folder : path or importlib.resources.abc.Traversable
        The folder; may lie in a zip file.
    pinned : str
        The SHA-256 that its manifest must have.

    Returns
    -------
    StanceModel
        An :class:`LazyModel`, if the model is of a kind that can be.

    Raises
    ------
    ModelFormatError
        As from :func:`stance.storage.models.read`.
    """
    kind, manifest, files = read_folder(folder, pinned=pinned)
    if kind != LINEAR:
        raise ModelFormatError(f"{folder}: the bundled model must be a linear one, not {kind}")
    views = view_arrays(
        files[WEIGHTS], WEIGHTS, required=("weights", "runs"), optional=ARRAYS, checked=True
    )
    if sys.byteorder != "little" or set(views) != set(ARRAYS):
        return build_linear(manifest, files, known=True)
    numbers = {name: _flat(view) for name, view in views.items()}
    features = manifest["features"]
    settings = Settings(
        labels=len(manifest["labels"]),
        order=features["order"],
        precision=features["precision"],
        pivot=features["pivot"],
        dimensions=views["filter_vectors"].shape[1],
        shift=features["filter_shift"],
        filter_precision=features["filter_precision"],
    )
    pure = PureScorer(Terms(bytes(files[VOCABULARY])), numbers, settings)
    return LazyModel.of(manifest, files, pure)


def _flat(view: View) -> memoryview[int]:
    """Give the numbers of an array one after the other, rows first."""
    code = _CODES[view.dtype]
    numbers = memoryview(view.numbers).cast(code)
    if view.columns_first:
        return memoryview(_rows_first(array(code, numbers), view.shape))
    return numbers


def _rows_first(numbers: array[int], shape: tuple[int, ...]) -> array[int]:
    """Put numbers that stand columns first into the other order."""
    if len(shape) < 2:
        return numbers
    turned = array(numbers.typecode)
    for i in range(shape[0]):
        turned.extend(_rows_first(numbers[i :: shape[0]], shape[1:]))
    return turned
