"""What is claimed of one sentence: statements that the model reads, and quotations that go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Final

from stance.articles.asides import other_side
from stance.articles.lexicon import ASKING, JOINS, REPORTS, word_class
from stance.articles.model import Reading
from stance.articles.nothing_said import says_nothing
from stance.articles.sentences import Sentence, Span
from stance.articles.sources import source_span, subject_span
from stance.articles.speech import Speech
from stance.articles.tags import is_tag_between, signature_behind, tag_behind
from stance.articles.titles import is_title

_FAINT_SPEAKER: Final = -8.0  # with lower log-odds, what is not quoted has no speaker
_FAINT_CONTENT: Final = -8.0
_MIN_SCARE_WORDS: Final = 4
_TAGGED: Final = frozenset(",?!")
_LINES_BETWEEN_PARAGRAPHS: Final = 3
_TRIMMED: Final = frozenset(",.;:—–-")
_DOES: Final = frozenset(
    "supported supports backed backs opposed opposes defended praised welcomed".split()
)
_GOES_ON: Final = frozenset(",?!—–…-")  # how the first half of a quotation ends


@dataclass
class Claims:
    """What is claimed of one sentence: no word is part of two statements."""

    text: str
    sentence: Sentence
    made: list[Speech] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._taken = [False] * len(self.sentence.tokens)

    def take_signed(self) -> None:
        """Make a statement of a quotation that somebody signs behind a dash."""
        signed = signature_behind(self.sentence) if self.sentence.quotations else None
        if signed is not None:
            self._add(self._edge(0), True, *signed).closed = True
            self._taken = [True] * len(self._taken)

    def take(self, reading: Reading) -> None:
        """Make a statement of a reading, if its content is still free."""
        if reading.content is None or reading.content_score < _FAINT_CONTENT:
            return
        first, last = reading.content
        if self._taken[reading.cue] or any(self._taken[first : last + 1]):
            return
        tokens = self.sentence.tokens
        while first < last and self.sentence.words[first] in _TRIMMED:
            first += 1
        while last > first and self.sentence.words[last] in _TRIMMED:
            last -= 1
        chosen = tokens[first : last + 1]
        if len(chosen) == 1 and chosen[0].quoted and self._titles(first):
            return
        if says_nothing(self.sentence, reading.cue, first, last, reading.trust):
            return
        self._taken[first : last + 1] = [True] * len(chosen)
        marks = [bool(self.sentence.quotations) and token.quoted for token in chosen]
        span = (chosen[0].start, chosen[-1].end)
        if all(marks):
            span = (self._edge(first)[0], self._edge(last)[1])
        speech = self._make(span, all(marks), any(marks), reading)
        if first == last and all(marks):
            other = self._halves.get(first, first)
            low, high = min(first, other), max(first, other)
            if low < high and not any(self._taken[low + 1 : high]) and not self._taken[other]:
                # The tag is no place for another statement.
                self._taken[low : high + 1] = [True] * (high - low + 1)
                speech.add(self._edge(other), self.sentence)
            elif low == high and self.text[span[0]].islower():
                self._add_other_side(speech, reading)
        elif not marks[0]:
            self._add_other_side(speech, reading)

    def _add_other_side(self, speech: Speech, reading: Reading) -> None:
        """Add what stands on the other side of a tag between commas."""
        rest = other_side(self.sentence, reading)
        if rest is None or reading.content is None:
            return
        first, last = rest
        low, high = sorted((*rest, *reading.content))[1:3]
        tokens = self.sentence.tokens[first : last + 1]
        claimed = any(self._taken[first : last + 1]) or any(self._taken[low + 1 : high])
        if not claimed and not any(token.quoted for token in tokens):
            self._taken[first : last + 1] = [True] * len(tokens)
            self._taken[low:high] = [True] * (high - low)
            speech.pieces.append((tokens[0].start, tokens[-1].end))
            speech.whole = False

    @cached_property
    def _halves(self) -> dict[int, int]:
        """Give each half of an interrupted quotation the other: "..., " she said, "..."."""
        halves: dict[int, int] = {}
        places = [at for at, token in enumerate(self.sentence.tokens) if token.quoted]
        for one, other in pairwise(places):
            if one not in halves and self._interrupts(one, other):
                halves |= {one: other, other: one}
        return halves

    def _interrupts(self, one: int, other: int) -> bool:
        """Tell whether one quotation goes on in another, behind no more than "she said,"."""
        return is_tag_between(self.sentence.words, one, other) and self._is_open(one)

    def _is_open(self, at: int) -> bool:
        """Tell whether a quotation ends as if its sentence went on: "..., " she said."""
        quote = self.sentence.quotations[self.sentence.tokens[at].start]
        return self.text[quote.inner_end - 1] in _GOES_ON

    def take_quotations(
        self, readings: Sequence[Reading], previous: Speech | None, before: Sentence | None
    ) -> None:
        """Join the quotations that nobody claimed to a statement, or make one of each."""
        if not self.sentence.quotations:
            return
        leads = self._leads(readings)
        # From left to right: the statement that begins last before a quotation, and those behind it.
        behind: Speech | None = None
        ahead = sorted(self.made, key=lambda speech: speech.pieces, reverse=True)
        for at, token in enumerate(self.sentence.tokens):
            if not token.quoted or self._taken[at]:
                continue
            while ahead and ahead[-1].pieces[0] < (token.start, 0):
                behind = ahead.pop()
            host = behind or (ahead[-1] if ahead else None)
            # What is only partly quoted goes on with a quotation behind it, not with one before.
            if host is not None and not (host.marks if behind else host.whole):
                host = None
            alone = host is None and not self.made
            # “No.” behind a quotation and its tag is speech, too.
            more = alone and at == 0 and self._continued(at, previous, before) is not None
            goes_on = more and previous is not None and previous.marks
            if not self._speaks(at, goes_on=goes_on or (host is not None and host.whole)):
                continue
            self._taken[at] = True
            span = self._edge(at)
            if alone and at in leads:
                # A tag that was not sure enough by itself: ", he thunders".
                behind = self._lead(at, span, leads[at])
                continue
            tag = tag_behind(self.sentence, at) if alone and self._is_open(at) else None
            if alone and tag is None:
                host = self._continued(at, previous, before)
            if host is not None:
                host.add(span, self.sentence)
            elif tag is not None:
                behind = self._tagged(at, span, tag)
            else:
                source = self._carried(previous, before) if at == 0 else self._named_before(at)
                behind = self._add(span, True, source, None)

    def _add(
        self,
        span: Span,
        whole: bool,
        source: Span | None,
        cue: Span | None,
        *,
        marks: bool = True,
        trust: float = 1.0,
    ) -> Speech:
        """Make a statement; it may be a quotation, or the end of a clause that is not quoted."""
        here = (self.sentence.start, self.sentence.end)
        self.made.append(Speech([span], whole, marks, source, cue, here, trust))
        return self.made[-1]

    def _tagged(self, at: int, span: Span, tag: tuple[Span, Span]) -> Speech:
        """Make a statement of a quotation before its tag, with the clause that it may end."""
        fragment = self.text[span[0]].islower() and not any(self._taken[:at])
        if fragment:
            self._taken[:at] = [True] * at
            span = (self.sentence.tokens[0].start, self.sentence.tokens[at].end)
        return self._add(span, not fragment, *tag)

    def _lead(self, at: int, span: Span, reading: Reading) -> Speech:
        """Make a statement of a quotation; if that is a fragment, of what leads to it in its clause, too."""
        first, last = reading.content or (at, at)
        while first < at and self.sentence.words[first] in _TRIMMED:
            first += 1
        fragment = self.text[span[0]].islower() and first < at <= last
        if fragment and not any(self._taken[first:at]) and reading.cue < first:
            self._taken[first:at] = [True] * (at - first)
            span = (self.sentence.tokens[first].start, self.sentence.tokens[at].end)
            return self._make(span, False, True, reading)
        return self._make(span, True, True, reading)

    def _leads(self, readings: Sequence[Reading]) -> dict[int, Reading]:
        """Give the most trusted of the readings that report each quotation."""
        leads: dict[int, Reading] = {}
        for reading in readings:
            first, last = reading.content or (0, -1)
            for at in range(first, last + 1):
                if self.sentence.tokens[at].quoted and (
                    at not in leads or reading.trust > leads[at].trust
                ):
                    leads[at] = reading
        return leads

    def _make(self, span: Span, quoted: bool, marks: bool, reading: Reading) -> Speech:
        source = None
        if reading.speaker is not None and (marks or reading.speaker_score > _FAINT_SPEAKER):
            source = source_span(self.sentence, reading)
        cue = self.sentence.tokens[reading.cue]
        return self._add(
            span, quoted, source, (cue.start, cue.end), marks=marks, trust=reading.trust
        )

    def _continued(
        self, at: int, previous: Speech | None, before: Sentence | None
    ) -> Speech | None:
        """Find the statement before this sentence that a quotation goes on from."""
        if previous is None or previous.closed or before is None:
            return None
        start = self.sentence.tokens[at].start
        lines = self.text.count("\n", previous.pieces[-1][1], start)
        reaches = previous.reaches(before)
        # What is merely reported goes on in the next sentence, if it is all that is reported there.
        reported = at == lines == 0 and reaches and previous.alone and self._reports(previous)
        if not previous.marks and not reported:
            return None
        # A paragraph that it opens, not one that tells something first.
        paragraph = self.text.rfind("\n", 0, start) + 1
        opens = 0 < lines <= _LINES_BETWEEN_PARAGRAPHS and not self.text[paragraph:start].strip()
        return previous if opens or (lines == 0 and reaches) else None

    def _carried(self, previous: Speech | None, before: Sentence | None) -> Span | None:
        """Find who speaks without a tag: the subject of the sentence before, or who spoke there."""
        if before is None:
            return None
        lines = self.text.count("\n", before.end, self.sentence.start)
        if lines > _LINES_BETWEEN_PARAGRAPHS:
            return None
        spoke = previous is not None and previous.reaches(before)
        if previous is None or self._asks(previous) or (lines == 0 and not spoke):
            return subject_span(before)
        return previous.source

    def _reports(self, previous: Speech) -> bool:
        """Tell whether a statement is what a verb of saying reports, not what is supported or denied."""
        cue = previous.cue
        verb = "" if cue is None else self.text[slice(*cue)].lower()
        return verb not in ASKING and verb not in _DOES

    def _asks(self, previous: Speech) -> bool:
        """Tell whether a statement is a question that somebody was asked, not one in quotation marks."""
        cue = None if previous.marks else previous.cue
        return cue is not None and self.text[slice(*cue)].lower() in ASKING

    def _named_before(self, at: int) -> Span | None:
        """Find who speaks before a token in this sentence."""
        first = self._first_source
        return first if first is not None and first[0] < self.sentence.tokens[at].start else None

    @cached_property
    def _first_source(self) -> Span | None:
        """Who of those that readings found to speak here comes first."""
        return min((speech.source for speech in self.made if speech.source), default=None)

    def _edge(self, at: int) -> Span:
        """Offsets of a token; of a quotation, what it quotes."""
        token = self.sentence.tokens[at]
        if not token.quoted:
            return token.start, token.end
        quote = self.sentence.quotations[token.start]
        start, end = quote.inner_start, quote.inner_end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] == ","):
            end -= 1
        return start, end

    def _speaks(self, at: int, *, goes_on: bool) -> bool:
        """Tell speech from a title or a scare quote: it is long, a sentence by itself, or goes on."""
        quote = self.sentence.quotations[self.sentence.tokens[at].start]
        inner = self.text[quote.inner_start : quote.inner_end]
        if self._titles(at):
            return False
        words = len(inner.split())
        alone = quote.start <= self.sentence.start + 1 and quote.end >= self.sentence.end - 1
        closed = inner[-1] in ".,?!…"
        # ", " she said: what ends so before its sentence goes on is hardly a title or a scare quote.
        opens = at == 0 and inner[-1] in _TAGGED
        enough = 1 if goes_on else 2 if opens else _MIN_SCARE_WORDS
        return (alone and words >= 2) or (closed and words >= enough)

    def _titles(self, at: int) -> bool:
        """Tell whether a quotation is a title, and no tag behind it shows that it is said."""
        joined = at > 1 and self.sentence.low[at - 1] in JOINS
        if joined and self.sentence.tokens[at - 2].quoted and self._is_title(at - 2):
            return self._is_title(at)
        if self._is_open(at) and tag_behind(self.sentence, at) is not None:
            return False
        return self._is_title(at)

    def _is_title(self, at: int) -> bool:
        return is_title(self.text, self.sentence, at, self._edge(at), self._first_report)

    @cached_property
    def _first_report(self) -> int:
        """Position of the first word that reports speech; looked for once, however many quotations."""
        low = self.sentence.low
        return next((i for i, word in enumerate(low) if word_class(word) & REPORTS), len(low))
