"""An annotated article as tokens, with what its annotation says of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from stance.articles.annotated import AnnotatedArticle, AnnotatedAttribution
from stance.articles.lexicon import AUXILIARIES
from stance.articles.passage import Passage
from stance.articles.sentences import Sentence, Span, article_sentences

_NO_CUES: Final = AUXILIARIES | frozenset("not n't never to a the it".split())


class Target(NamedTuple):
    """An attribution as positions in a passage.

    Attributes
    ----------
    cue : int
        The telling word of its cue.
    content, speaker : (int, int) or None
        First and last token, if they lie in the sentence of the cue.
    """

    cue: int
    content: Span | None
    speaker: Span | None


class Marked:
    """An article as tokens, with what its annotation says of them.

    Parameters
    ----------
    article : AnnotatedArticle
        The article.

    Attributes
    ----------
    passage : Passage
        Its tokens.
    targets : list of Target
        Its attributions that have a cue.
    """

    def __init__(self, article: AnnotatedArticle) -> None:
        self._sentences = article_sentences(article.text)
        self.passage = Passage(article.text, self._sentences)
        found = (self._target(attribution) for attribution in article.attributions)
        self.targets = [target for target in found if target is not None]

    def _target(self, attribution: AnnotatedAttribution) -> Target | None:
        if not attribution.cue:
            return None
        start = attribution.cue[0][0]
        places = zip(self._sentences, self.passage.offsets, strict=True)
        place = next((p for p in places if p[0].start <= start < p[0].end), None)
        if place is None:
            return None
        sentence, offset = place
        cue = _positions(sentence, attribution.cue)
        if not cue:
            return None
        telling = [
            at
            for at in cue
            if sentence.tokens[at].text[0].isalnum()
            and sentence.tokens[at].text.lower() not in _NO_CUES
        ]
        head = (telling or cue)[0]
        speaker = _run(sentence, _positions(sentence, attribution.source), {head})
        walls = {*cue, *(range(speaker[0], speaker[1] + 1) if speaker else ())}
        content = _run(sentence, _positions(sentence, attribution.content), walls)
        return Target(head + offset, _moved(content, offset), _moved(speaker, offset))


def _positions(sentence: Sentence, spans: Sequence[Span]) -> list[int]:
    """List the tokens of a sentence that spans touch."""
    return [
        at
        for at, token in enumerate(sentence.tokens)
        if any(token.start < end and start < token.end for start, end in spans)
    ]


def _run(sentence: Sentence, positions: Sequence[int], walls: set[int]) -> Span | None:
    """Take the longest run of tokens that no wall interrupts, without the marks around it."""
    runs: list[list[int]] = []
    for at in positions:
        if at in walls:
            continue
        if runs and not walls & set(range(runs[-1][1] + 1, at)):
            runs[-1][1] = at
        else:
            runs.append([at, at])
    if not runs:
        return None
    tokens = sentence.tokens
    first, last = max(runs, key=lambda run: tokens[run[1]].end - tokens[run[0]].start)
    solid = [token.quoted or token.text[0].isalnum() for token in tokens]
    while first < last and not solid[first]:
        first += 1
    while last > first and not solid[last]:
        last -= 1
    return first, last


def _moved(span: Span | None, by: int) -> Span | None:
    return None if span is None else (span[0] + by, span[1] + by)
