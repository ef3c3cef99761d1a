"""What predicting gives back: plain results with a text and an HTML view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one n-gram adds to the score of a label.

    Attributes
    ----------
    ngram : str
        Words joined by blanks, or ``#piece in word`` for a spelling piece of an unknown word.
    weight : float
        Signed contribution to the score (log-odds units): above 0 speaks for the label.
    spans : tuple of (int, int)
        Where the n-gram stands: ``[start, end)`` offsets into the text.
    """

    ngram: str
    weight: float
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a label has its score: ``intercept + sum(weights) == score``, to the last bit.

    Attributes
    ----------
    text : str
        The statement.
    label : str
        The label that is explained.
    probability : float
        The label's probability.
    score : float
        The label's score before the softmax that makes probabilities of all labels' scores.
    intercept : float
        What the label scores without any words.
    contributions : tuple of Contribution
        Every n-gram that counts, the strongest first.
    """

    text: str
    label: str
    probability: float
    score: float
    intercept: float
    contributions: tuple[Contribution, ...]

    def __str__(self) -> str:
        lines = [
            f"{self.label} {self.probability:.0%}: "
            f"score {self.score:+.2f} = intercept {self.intercept:+.2f} and"
        ]
        shown = [c for c in self.contributions if abs(c.weight) >= 0.005]
        lines += [f"  {c.weight:+6.2f}  {c.ngram}" for c in shown[:_SHOWN]]
        rest = self.contributions[len(shown[:_SHOWN]) :]
        if rest:
            lines.append(f"  {sum(c.weight for c in rest):+6.2f}  {len(rest)} weaker n-grams")
        return "\n".join(lines)

    def shaded(self) -> str:
        """Give the statement as HTML: green words speak for the label, red ones against it.

        Returns
        -------
        str
            The escaped text, with a background behind each word that counts.
        """
        weights = self._weight_of_characters()
        strongest = max(map(abs, weights), default=0.0) or 1.0
        return "".join(
            _shade("".join(self.text[i] for i in run), weight, strongest)
            for weight, run in _runs(weights)
        )

    def _repr_html_(self) -> str:
        return (
            '<div style="line-height:1.9;max-width:50em">'
            f"<b>{_safe(self.label)}</b> {self.probability:.0%}<br>{self.shaded()}</div>"
        )

    def _weight_of_characters(self) -> list[float]:
        """Spread each contribution over the places where it stands."""
        # Steps up at the start and down at the end of a span: linear in text and spans.
        steps = [0.0] * (len(self.text) + 1)
        for contribution in self.contributions:
            length = sum(end - start for start, end in contribution.spans)
            for start, end in contribution.spans:
                steps[start] += contribution.weight / length
                steps[end] -= contribution.weight / length
        level, weights = 0.0, []
        for step in steps[:-1]:
            level += step
            weights.append(round(level, 9))
        return weights


_SHOWN = 12  # n-grams of a printed explanation


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
    _waiting: tuple[Batch, int] | None = field(default=None, repr=False, compare=False)

    if not TYPE_CHECKING:  # to a type checker all fields are there

        def __getattr__(self, name: str) -> Any:
            """Lay out a prediction of a batch; called where a field is not there yet."""
            if name not in _LAID_OUT:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            waiting = self._waiting
            if waiting is not None:
                batch, row = waiting
                made = batch.lay_out(self.text, row)
                for field_name in _LAID_OUT:
                    object.__setattr__(self, field_name, getattr(made, field_name))
                object.__setattr__(self, "_waiting", None)
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
        return self.explain()._repr_html_()


_LAID_OUT = ("label", "probabilities", "stances", "_explainer")


class Predictions(list[Prediction]):
    """A list of predictions that prints a line each, and shows as a table in a notebook.

    Examples
    --------
    >>> import stance
    >>> print(stance.predict(["We never said that.", "Thank you all."]))
    denial 100%  We never said that.
    other 99%  Thank you all.
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
        new, put = object.__new__, object.__setattr__
        for row, text in enumerate(texts):
            prediction = new(Prediction)
            put(prediction, "text", text)
            put(prediction, "_waiting", (batch, row))
            self.append(prediction)

    def __str__(self) -> str:
        shown = [str(prediction) for prediction in self[:_LINES]]
        rest = len(self) - len(shown)
        return "\n".join([*shown, f"... and {rest:,} more"] if rest else shown)

    def __repr__(self) -> str:
        return f"<{len(self):,} predictions>\n{self}" if self else "[]"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{_safe(p.label or 'unsure')}</td><td>{p.confidence:.0%}</td>"
            f'<td style="text-align:left">{_safe(p.text)}</td></tr>'
            for p in self[:_LINES]
        )
        rest = len(self) - _LINES
        more = f"<p>... and {rest:,} more</p>" if rest > 0 else ""
        head = "<tr><th>label</th><th>confidence</th><th>statement</th></tr>"
        return f"<table>{head}{rows}</table>{more}"


_LINES = 20  # predictions of a printed list


def _safe(text: str) -> str:
    import html  # only where something is shown  # noqa: PLC0415

    # Lone surrogates cannot be written to a page.
    return html.escape(text.encode("utf-8", "replace").decode("utf-8"))


def _runs(weights: list[float]) -> Iterator[tuple[float, list[int]]]:
    """Group neighbouring characters of one weight."""
    for weight, run in groupby(range(len(weights)), key=weights.__getitem__):
        yield weight, list(run)


def _shade(words: str, weight: float, strongest: float) -> str:
    """Escape some words and shade them by their weight."""
    safe = _safe(words)
    if abs(weight) < strongest / 50 or not words.strip():
        return safe
    colour = "46,160,67" if weight > 0 else "218,54,51"
    opacity = 0.7 * abs(weight) / strongest
    return f'<span style="background:rgba({colour},{opacity:.2f})">{safe}</span>'
