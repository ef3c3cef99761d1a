"""From article to stance: whether a statement keeps its stance when we, not people, cut it out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stance.articles.annotated import AnnotatedArticle
from stance.articles.article import clause_of
from stance.articles.evaluation import Finder, match_attributions
from stance.data.agreement import cohens_kappa
from stance.labeller import Labeller


@dataclass(frozen=True, slots=True)
class StanceTransfer:
    """Labels of found statements beside those of the annotated ones.

    Attributes
    ----------
    matched : int
        Annotated statements of which a word was found.
    same : float
        Share of them with the same label.
    kappa : float
        Cohen's kappa of the labels.
    stances_kept, stances_annotated : int
        Annotated statements whose label is a stance and that of the found one is the same; all whose
        label is a stance, found or not.
    """

    matched: int
    same: float
    kappa: float
    stances_kept: int
    stances_annotated: int

    def __str__(self) -> str:
        return (
            f"stance from our statement and from the annotated one: the same for {self.same:.1%} of "
            f"{self.matched:,} matched (kappa {self.kappa:.2f}); of {self.stances_annotated:,} "
            f"annotated statements with a stance, {self.stances_kept:,} are found with it"
        )


def stance_agreement(
    articles: Iterable[AnnotatedArticle], find: Finder, model: Labeller
) -> StanceTransfer:
    """Compare the labels of found statements with those of the annotated ones.

    Parameters
    ----------
    articles : iterable of AnnotatedArticle
        The data.
    find : callable
        Takes a text, gives its attributions.
    model : StanceModel
        What labels both.

    Returns
    -------
    StanceTransfer
        How often the label is the same.
    """
    ours: list[str] = []
    theirs: list[str] = []
    kept = stances = 0
    for article in articles:
        pairs = match_attributions(article, find(article.text))
        annotated = model.label([clause_of(article.text, one) for one, _ in pairs])
        found = model.label([clause_of(article.text, other) for _, other in pairs if other])
        labels = iter(found)
        for prediction, (_, other) in zip(annotated, pairs, strict=True):
            label = next(labels).label if other else None
            if prediction.label != "other":
                stances += 1
                kept += label == prediction.label
            if label is not None and prediction.label is not None:
                ours.append(label)
                theirs.append(prediction.label)
    same = sum(a == b for a, b in zip(ours, theirs, strict=True)) / len(ours) if ours else 0.0
    return StanceTransfer(len(ours), same, cohens_kappa(ours, theirs), kept, stances)
