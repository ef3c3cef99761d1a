"""The model card of an attribution model: what it was made from and how right it is."""

from __future__ import annotations

from collections.abc import Mapping

from stance.articles.evaluation import AttributionScores, KindScores

_HEAD = """# Model card: who said what

Finds, in a news article in English, the words that report speech, what they report, and whose speech
that is. Linear models over hashed features of words, their beginnings and endings, classes of small
words, marks and places: logistic regressions for cues and for the ends of speakers, a log-linear model
over all spans around a cue for contents. Word vectors of a sentence encoder's input (all-mpnet-base-v2,
Apache-2.0) are folded into one score for each known word. A regression over whole readings, learned
from articles that their models have not seen, tells which to believe. Rules join quotations that go
on, and leave out titles and scare quotes. numpy alone, no pickle.

It learned from articles that annotators of PolNeAR (US campaign news, 2015-16) marked, whose idea of
attribution is wide: "backed the plan", "wants to win" count. Expect it to be less right where news is
written otherwise.
"""
_SCORES = """Contents compared word by word (overlapping: precision, recall, F1) and as a whole (exact: F1);
the speaker of found statements; content and speaker together (end to end: F1).
`stance evaluate-quotes` gives the same.

| kind | annotated | found | P | R | F1 | exact F1 | speaker | end to end F1 |
|---|---|---|---|---|---|---|---|---|
"""


def attribution_card(
    articles: int, attributions: int, scores: Mapping[str, AttributionScores]
) -> str:
    """Write the card.

    Parameters
    ----------
    articles, attributions : int
        What the model learned from.
    scores : mapping of str to AttributionScores
        By the name of the file scored on.

    Returns
    -------
    str
        Markdown.
    """
    parts = [_HEAD, f"Learned from {articles:,} articles with {attributions:,} attributions.\n"]
    for name, found in scores.items():
        rows = "\n".join(_row(kind, one) for kind, one in found.kinds.items())
        parts.append(f"## {name}: {found.articles:,} articles\n\n{_SCORES}{rows}\n")
    return "\n".join(parts)


def _row(kind: str, scores: KindScores) -> str:
    precision, recall, f1 = scores.overlap
    figures = (
        precision,
        recall,
        f1,
        scores.exact[2],
        scores.speaker_accuracy,
        scores.end_to_end[2],
    )
    shown = " | ".join(f"{figure:.3f}" for figure in figures)
    return f"| {kind} | {scores.annotated:,} | {scores.found:,} | {shown} |"
