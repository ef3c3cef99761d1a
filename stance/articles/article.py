"""A news article -> its statements: who said what, and what stance that takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from stance.articles.attribution import attributions
from stance.articles.lexicon import DOING, REPORTS, STANCE_VERBS, word_class
from stance.articles.sentences import Span
from stance.articles.speakers import Speakers
from stance.articles.speech import Attribution, Kind
from stance.articles.wrapping import unwrapped
from stance.bundled import load, load_attribution
from stance.errors import InputTypeError
from stance.labeller import Labeller, Prior
from stance.prediction import Prediction

_CLOSING: Final = ',"”’»'
_VERB_PHRASE: Final = re.compile(r"[,;)—–]|\b(?:and|but)\b")
_LONGEST_BETWEEN: Final = 4  # words from a speaker to the verb
_AROUND_LINE: Final = ' \t\r\xa0"“”„«'


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement in an article.

    Attributes
    ----------
    text : str
        What was said, without outer quotation marks: ``article[start:end]``. If it is interrupted
        (“Never,” she said, “not once”), the interruption is in it; :attr:`said` leaves it out.
    speaker : str or None
        Full name of who said it, as far as the article makes it clear.
    kind : {"direct", "mixed", "indirect"}
        Wholly quoted, partly quoted, reported in the writer's words.
    start, end : int
        Offsets into the article.
    prediction : Prediction
        Its label. A reported clause is read with its speaker and its verb ("X denied that ..."),
        which often carry the stance: ``prediction.text`` is what was read.
    speaker_text : str or None
        The speaker as written here: "Trump", "he", "the ministry".
    cue : str or None
        The reporting word: "said", "accused", "according".
    sentence : str
        The sentence in which it begins.
    spans : tuple of (int, int)
        Offsets of its pieces: one, or more if it is interrupted.
    said : str
        The words of its pieces alone.
    """

    text: str
    speaker: str | None
    kind: Kind
    start: int
    end: int
    prediction: Prediction
    speaker_text: str | None
    cue: str | None
    sentence: str
    spans: tuple[Span, ...]
    said: str

    def __str__(self) -> str:
        p = self.prediction
        who = self.speaker or self.speaker_text or "?"
        return f"{p.label or 'unsure'} {p.confidence:.0%}  {who}: {self.said}"


def read_article(
    text: str,
    *,
    model: Labeller | None = None,
    prior: Prior = "natural",
    min_confidence: float = 0.0,
) -> list[Statement]:
    """Find the statements of a news article, who made them, and their stance.

    Parameters
    ----------
    text : str
        The article as plain text, paragraphs apart by line breaks. Breaks of lines at a width, as in
        mails, count as blanks. In an interview or a transcript ("Q: ...", "SILVA: ...") each paragraph
        is a statement of whom its label names.
    model : StanceModel, optional
        What labels the statements; the bundled model if left out.
    prior : {"natural", "balanced"} or mapping of str to float, default "natural"
        How often each label is expected; see :func:`stance.predict`.
    min_confidence : float, default 0.0
        Below this probability of the most probable label, a statement's ``label`` is None.

    Returns
    -------
    list of Statement
        In the order of the article; they do not overlap, and ``text[s.start:s.end] == s.text``.

    Raises
    ------
    InputTypeError
        If the article is not a str.

    Examples
    --------
    >>> article = 'Mayor Ada Obi spoke on Monday. “We never took a cent,” Obi said.'
    >>> [(s.speaker, s.text) for s in read_article(article)]
    [('Ada Obi', 'We never took a cent')]
    """
    if not isinstance(text, str):
        raise InputTypeError(f"article: expected str, got {type(text).__name__}")
    model = load() if model is None else model
    # What is read has other blanks in the same places.
    read = unwrapped(text)
    found = attributions(read, load_attribution())
    speakers = Speakers(read)
    predictions = model.label(
        [clause_of(read, a) for a in found], prior=prior, min_confidence=min_confidence
    )
    statements = []
    # Statements of one sentence share its text: in an endless one there may be thousands.
    sentences = {a.sentence: read[slice(*a.sentence)] for a in found}
    for attribution, prediction in zip(found, predictions, strict=True):
        start, end = attribution.content[0][0], attribution.content[-1][1]
        mention = None if attribution.source is None else read[slice(*attribution.source)]
        speaker = None
        if attribution.source is not None and mention is not None:
            speaker = speakers.resolve(mention, attribution.source[0])
        cue = None if attribution.cue is None else read[slice(*attribution.cue)]
        statements.append(
            Statement(
                text[start:end],
                speaker,
                attribution.kind,
                start,
                end,
                prediction,
                mention,
                cue,
                sentences[attribution.sentence],
                attribution.content,
                _said(read, attribution),
            )
        )
    return statements


def _said(text: str, attribution: Attribution) -> str:
    """Join the pieces of a statement; before "she said", a comma stands for a full stop, too."""
    said = ""
    for start, end in attribution.content:
        # A quotation that goes on in a paragraph of its own repeats its opening mark there.
        first, *more = text[start:end].split("\n")
        lines = [line.strip(_AROUND_LINE).lstrip("‘'") for line in more]
        piece = " ".join([first.rstrip(_AROUND_LINE) if more else first, *filter(None, lines)])
        mixed = attribution.kind == "mixed"
        if said and (attribution.kind == "indirect" or (mixed and piece[0].islower())):
            said += " "
        elif said and said[-1].isalnum():
            said += ". " if piece[0].isupper() else ", "
        elif said:
            said += " "
        said += piece
    return said


def _is_fragment(text: str, cue: Span, start: int) -> bool:
    """Tell whether a quotation is a part of what its verb does: denied “any role”."""
    verb = text[slice(*cue)].lower()
    does = verb in DOING or not DOING.isdisjoint(verb.split())
    return cue[0] < start and text[start].islower() and does


def clause_of(text: str, attribution: Attribution) -> str:
    """Cut out what the model reads: a quotation alone, a reported clause with its speaker and verb.

    Parameters
    ----------
    text : str
        The article.
    attribution : Attribution
        A statement in it.

    Returns
    -------
    str
        What to label.
    """
    start, end = attribution.content[0][0], attribution.content[-1][1]
    if attribution.cue is None or (
        attribution.kind == "direct" and not _is_fragment(text, attribution.cue, start)
    ):
        return _said(text, attribution)
    low, high = attribution.sentence
    around = [attribution.source, attribution.cue]
    here = [span for span in around if span is not None and low <= span[0] < high]
    first = min([start, *(span[0] for span in here)])
    last = max([end, *(span[1] for span in here)])
    if attribution.kind == "direct":
        last += len(text[last : last + 2]) - len(text[last : last + 2].lstrip(_CLOSING))
    if len(here) == len(around) and here[0][1] < here[1][0] < start:
        # "Karvia denied that it fired and accused Oro": what it denied is another statement, and "who is
        # expected to speak", before "has denied it", is no denial.
        between = text[here[0][1] : here[1][0]]
        words = between.lower().split()
        acts = len(words) > _LONGEST_BETWEEN and text[slice(*here[1])].lower() in STANCE_VERBS
        if acts or any(word_class(word) & REPORTS for word in words):
            verb = _VERB_PHRASE.split(between)[-1].strip()
            return " ".join(filter(None, (text[slice(*here[0])], verb, text[here[1][0] : last])))
    return text[first:last]
