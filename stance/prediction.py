"""What predicting gives back: plain results with a text and an HTML view."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, repeat
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from stance.explanation import Explanation


class Explainer(Protocol):
    """What a prediction asks for its reasons: the model that made it."""

    def explain(self, text: str, label: str) -> Explanation:
        """Explain one label of one statement."""


class Batch(Protocol):
    """What scored many statements at once, and can tell the prediction of each."""

    def lay_out(self, text: str, row: int) -> Prediction:
        """Make the prediction of a row."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The label of one statement, with its probabilities and its reasons.

    Attributes
    ----------
    text : str
        The statement.
    label : str or None
        The most probable label; None if the model abstains, since it is less sure than was asked for.
    probabilities : dict of str to float
        Every label's calibrated probability, in the order of :data:`stance.stances.LABELS`; the
        values sum to 1.
    stances : tuple of str
        Every stance present, the most probable first; empty for ``"other"``.
    """

    text: str
    label: str | None
    probabilities: dict[str, float]
    stances: tuple[str, ...]
    _explainer: Explainer = field(repr=False, compare=False)
    # The batch and the row that the other fields wait in until one of them is first read.
    _batch: Batch | None = field(default=None, repr=False, compare=False)
    _row: int = field(default=0, repr=False, compare=False)

    if not TYPE_CHECKING:  # to a type checker all fields are there

        def __getattr__(self, name: str) -> Any:
            """Lay out a prediction of a batch; called where a field is not there yet."""
            if name not in _LAID_OUT:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            batch = self._batch
            if batch is not None:
                made = batch.lay_out(self.text, self._row)
                for field_name in _LAID_OUT:
                    object.__setattr__(self, field_name, getattr(made, field_name))
                object.__setattr__(self, "_batch", None)
            # Else another thread has just laid it out.
            return object.__getattribute__(self, name)

    @property
    def confidence(self) -> float:
        """Probability of the most probable label."""
        return max(self.probabilities.values())

    def explain(self, label: str | None = None) -> Explanation:
        """Give the exact contribution of each n-gram to a label's score.

        Parameters
        ----------
        label : str, optional
            Which label to explain; the most probable one by default.

        Returns
        -------
        Explanation
            Prints as text, shows as shaded words in a notebook.

        Raises
        ------
        ValueError
            If the model has no such label.
        """
        if label is None:
            label = max(self.probabilities, key=self.probabilities.__getitem__)
        explanation = self._explainer.explain(self.text, label)
        # A prior changes probabilities, not scores.
        return replace(explanation, probability=self.probabilities[label])

    def __str__(self) -> str:
        return f"{self.label or 'unsure'} {self.confidence:.0%}  {self.text}"

    def _repr_html_(self) -> str:
        shown = self.explain()._repr_html_()
        return shown if self.label is not None else f"<div>unsure; most probable is</div>{shown}"


_LAID_OUT = ("label", "probabilities", "stances", "_explainer")


class Predictions(list[Prediction]):
    """A list of predictions that prints a line each, and shows as a table in a notebook.

    Examples
    --------
    >>> import stance
    >>> print(stance.predict(["We never said that.", "Thank you all."]))
    denial 100%  We never said that.
    other 100%  Thank you all.
    """

    def add(self, texts: Sequence[str], batch: Batch) -> None:
        """Add the predictions of a batch, each of which is laid out when it is first looked at.

        Parameters
        ----------
        texts : sequence of str
            The statements.
        batch : Batch
            What scored them.
        """
        # A call for each of a million statements would take as long as a fifth of their scoring.
        made = list(map(object.__new__, repeat(Prediction, len(texts))))
        fields: dict[str, Iterable[object]] = {
            "text": texts,
            "_batch": repeat(batch),
            "_row": count(),
        }
        for name, values in fields.items():
            put = vars(Prediction)[name].__set__
            deque(map(put, made, values), maxlen=0)
        self += made

    def __str__(self) -> str:
        shown = [str(prediction) for prediction in self[:_LINES]]
        rest = len(self) - len(shown)
        return "\n".join([*shown, f"... and {rest:,} more"] if rest else shown)

    def __repr__(self) -> str:
        return f"<{len(self):,} predictions>\n{self}" if self else "[]"

    def _repr_html_(self) -> str:
        # Only where something is shown.
        from stance.explanation import safe  # noqa: PLC0415

        rows = "".join(
            f"<tr><td>{safe(p.label or 'unsure')}</td><td>{p.confidence:.0%}</td>"
            f'<td style="text-align:left">{safe(p.text)}</td></tr>'
            for p in self[:_LINES]
        )
        rest = len(self) - _LINES
        more = f"<p>... and {rest:,} more</p>" if rest > 0 else ""
        head = "<tr><th>label</th><th>confidence</th><th>statement</th></tr>"
        return f"<table>{head}{rows}</table>{more}"


_LINES = 20  # predictions of a printed list
