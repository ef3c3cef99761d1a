"""Why a label has its score: a text and an HTML view of what each n-gram adds to it.

A module of its own, since predicting does not load it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_SHOWN = 12  # n-grams of a printed explanation


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
            f"<b>{safe(self.label)}</b> {self.probability:.0%}<br>{self.shaded()}</div>"
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


def safe(text: str) -> str:
    """Escape a text for a page."""
    import html  # only where something is shown  # noqa: PLC0415

    # Lone surrogates cannot be written to a page.
    return html.escape(text.encode("utf-8", "replace").decode("utf-8"))


def _runs(weights: list[float]) -> Iterator[tuple[float, list[int]]]:
    """Group neighbouring characters of one weight."""
    for weight, run in groupby(range(len(weights)), key=weights.__getitem__):
        yield weight, list(run)


def _shade(words: str, weight: float, strongest: float) -> str:
    """Escape some words and shade them by their weight."""
    shown = safe(words)
    if abs(weight) < strongest / 50 or not words.strip():
        return shown
    colour = "46,160,67" if weight > 0 else "218,54,51"
    opacity = 0.7 * abs(weight) / strongest
    return f'<span style="background:rgba({colour},{opacity:.2f})">{shown}</span>'
