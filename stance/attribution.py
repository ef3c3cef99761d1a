"""Who said what in one article: spans of source, cue and content, by rules over sentences.

A sentence is read as tokens; a quotation is one token. Every reporting verb is tried as a cue: the
noun phrase before it (or behind it, after a quotation) is its source, what it governs its content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from stance.cues import AUXILIARIES, CUES, DOING, SAYING, TELLING, WRITING
from stance.quotes import Quotation, quotations
from stance.text import sentence_spans

Kind = Literal["direct", "mixed", "indirect"]
Span = tuple[int, int]

_QUOTED: Final = "\ue000"  # stands for every character of a quotation while sentences are found
_TOKEN: Final = re.compile(rf"{_QUOTED}+|[^\W_]+(?:[.'’&-][^\W_]+)*(?:['’](?=\s))?|[^\w\s]")
_STOPS: Final = frozenset(",;:—–-()[]") | {_QUOTED}
_PRONOUNS: Final = frozenset("he she they it we i you who".split())
_DETERMINERS: Final = frozenset(
    "the a an his her their its our my your this that these those another one some many several few"
    " two three four five most both all no other officials critics police experts aides".split()
)
_PREPOSITIONS: Final = frozenset(
    "in on at by for from with after before during since until under over about as against amid"
    " despite while when where if because although though unlike asked speaking taking but and yet so"
    " whether which because than".split()
)
_LINKS: Final = frozenset("of the de la van von bin al el for and del da do dos di du den".split())
_OPENERS: Final = frozenset(
    "soon however meanwhile still later earlier instead but and yet so then also today yesterday".split()
)
_MIN_SCARE_WORDS: Final = 4
_MAX_SOURCE: Final = 14
_SHORT_LEAD: Final = 6
_LINES_BETWEEN_PARAGRAPHS: Final = 3


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement in an article, as spans of offsets.

    Attributes
    ----------
    content : (int, int)
        What was said, without outer quotation marks.
    kind : {"direct", "mixed", "indirect"}
        Wholly quoted, partly quoted, not quoted.
    source : (int, int) or None
        The words that name the speaker.
    cue : (int, int) or None
        The reporting verb or phrase.
    """

    content: Span
    kind: Kind
    source: Span | None
    cue: Span | None


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str

    @property
    def quoted(self) -> bool:
        return self.text == _QUOTED


def attributions(text: str) -> list[Attribution]:
    """Find who said what.

    Parameters
    ----------
    text : str
        A news article in plain text, paragraphs apart by line breaks.

    Returns
    -------
    list of Attribution
        In order of their content; contents do not overlap.

    Examples
    --------
    >>> text = "Ana Silva denied that the bridge was closed."
    >>> found = attributions(text)[0]
    >>> text[slice(*found.source)], text[slice(*found.content)]
    ('Ana Silva', 'the bridge was closed')
    """
    quotes = quotations(text)
    found: list[Attribution] = []
    previous: Attribution | None = None
    previous_end = 0
    for start, end, inside in _sentences(text, quotes):
        these = _Sentence(text, _tokens(text, start, end, inside), inside).attributions()
        # Speech without a tag goes on from the sentence or the paragraph before.
        near = text.count("\n", previous_end, start) <= _LINES_BETWEEN_PARAGRAPHS
        source = previous.source if previous and near else None
        for quote in inside:
            covered = any(_overlap(a.content, (quote.start, quote.end)) for a in these)
            if not covered and _speaks(text, quote, start, end):
                said_here = these[-1].source if these else source
                these.append(Attribution(_inner(text, quote), "direct", said_here, None))
        these.sort(key=lambda a: a.content)
        found += these
        if these:
            previous, previous_end = these[-1], end
    return found


def _sentences(text: str, quotes: list[Quotation]) -> Iterator[tuple[int, int, list[Quotation]]]:
    """Yield sentences with their quotations; a quotation is in one sentence, whatever is in it."""
    parts: list[str] = []
    at = 0
    for quote in quotes:
        filler = _QUOTED * (quote.end - quote.start)
        if _ends_sentence(text, quote):
            filler = filler[:-1] + "."
        parts += [text[at : quote.start], filler]
        at = quote.end
    masked = "".join([*parts, text[at:]])
    first = 0
    for start, end in sentence_spans(masked):
        inside = []
        while first < len(quotes) and quotes[first].start < end:
            inside.append(quotes[first])
            first += 1
        yield start, end, inside


_TAG: Final = re.compile(
    r"(?:he|she|they|it|we|I|(?:(?:[A-Z][\w.'’-]*|the|an?|his|her|of|and|for|de|van|former)\s+){1,6}?)"
    r"\s*(?:[a-z]+\s+){0,3}?(?:" + "|".join(sorted(SAYING | TELLING)) + r")\b"
)


def _ends_sentence(text: str, quote: Quotation) -> bool:
    """Tell whether a sentence ends with a quotation, and no "he said" follows."""
    last = text[quote.inner_end - 1]
    if last not in ".?!…":
        return False
    follows = text[quote.end : quote.end + 80].lstrip(" \t")
    if not follows or follows[0] == "\n":
        return True
    if last != "." and _TAG.match(follows):
        return False
    return not follows[0].islower() and follows[0] not in ",;:—–-.)"


def _tokens(text: str, start: int, end: int, inside: list[Quotation]) -> list[_Token]:
    tokens: list[_Token] = []
    at = start
    for quote in inside:
        for match in _TOKEN.finditer(text, at, max(at, quote.start)):
            tokens.append(_Token(match.start(), match.end(), match.group()))
        tokens.append(_Token(quote.start, min(quote.end, end), _QUOTED))
        at = quote.end
    for match in _TOKEN.finditer(text, at, max(at, end)):
        tokens.append(_Token(match.start(), match.end(), match.group()))
    return tokens


class _Sentence:
    """The tokens of one sentence, and what is attributed in it."""

    def __init__(self, text: str, tokens: list[_Token], quotes: list[Quotation]) -> None:
        self.text = text
        self.tokens = tokens
        self.low = [t.text.lower() for t in tokens]
        self.inner = {q.start: _inner(text, q) for q in quotes}
        self.found: list[Attribution] = []
        self.subject: Span | None = None

    def attributions(self) -> list[Attribution]:
        """Read the sentence from left to right, cue by cue."""
        at = 0
        while at < len(self.tokens):
            at = self._according(at) or self._cue(at) or at + 1
        if not self.found:
            self._headline()
        return self.found

    def _according(self, at: int) -> int | None:
        """Read "according to X" before or behind what X said."""
        if self.low[at : at + 2] != ["according", "to"]:
            return None
        source = self._phrase_after(at + 2)
        if source is None:
            return None
        first, last = source
        cue = self._span(at, at + 2)
        if at == 0:
            begin = last + 1 if self._is(last, ",") else last
            self._add(begin, len(self.tokens), self._span(first, last), cue)
        else:
            begin = 1 if self.low[0] in _OPENERS else 0
            goes_on = self._is(last, ",") and at < _SHORT_LEAD and len(self.tokens) - last > at
            self._add(begin, len(self.tokens) if goes_on else at, self._span(first, last), cue)
        return len(self.tokens) if at == 0 else last

    def _cue(self, at: int) -> int | None:
        """Read a reporting verb with its source and its content."""
        pair = " ".join(self.low[at : at + 2])
        verb = pair if pair in CUES else self.low[at]
        length = verb.count(" ") + 1
        if verb not in CUES:
            return None
        after = at + length
        source = self._source_before(at)
        if self.subject is None:
            self.subject = source
        behind = self._said_before(at, after, source)
        if behind is not None:
            return behind
        if source is None and self._participle(verb, at):
            source = self.subject
        begin = self._content_start(verb, after) if source else None
        if source is None or begin is None:
            return None
        end = self._content_end(begin)
        if self._subordinate(source):
            commas = (i for i in range(begin, end) if self._is(i, ","))
            end = next(commas, end)
        if not self._add(begin, end, source, self._span(at, after)):
            return None
        self.subject = source
        return end

    def _said_before(self, at: int, after: int, source: Span | None) -> int | None:
        """Read "CONTENT, X said" and "CONTENT, said X"."""
        cue = self._span(at, after)
        if self._is(at - 1, ",") or (at and self.tokens[at - 1].quoted):
            phrase = self._phrase_after(after)
            inverts = self.tokens[at - 1].quoted or (
                self.low[at] in SAYING - WRITING
                and self.low[after : after + 1] not in (["a"], ["an"])
            )
            if phrase and inverts and not self._that_follows(after):
                first, last = phrase
                self.subject = self._span(first, last)
                if self._add(self._clause_start(at), at, self.subject, cue):
                    return last
                return None
        if source is None or self._that_follows(after):
            return None
        first = next((i for i, t in enumerate(self.tokens) if t.start >= source[0]), 0)
        ends = after >= len(self.tokens) or self.low[after] in {
            ".",
            ",",
            ";",
            "in",
            "on",
            "at",
            "of",
        }
        ends = ends or self.low[after] in AUXILIARIES | _PREPOSITIONS | _DAYS
        before = first - 1
        stopped = self._is(before, ",") or (before >= 0 and self.tokens[before].quoted)
        if ends and stopped and self._add(self._clause_start(first), first, source, cue):
            self.subject = source
            return after
        return None

    def _subordinate(self, source: Span) -> bool:
        """Tell whether a source stands in a clause that opens the sentence: "After X said ..., "."""
        first = next((i for i, t in enumerate(self.tokens) if t.start >= source[0]), 0)
        return 0 < first <= 4 and self.low[first - 1] in _SUBORDINATORS - {"that", "but"}

    def _participle(self, verb: str, at: int) -> bool:
        """Tell whether a verb without a subject takes that of the sentence: ", saying", "but added"."""
        before = at - 1
        while before > 0 and self.low[before] in AUXILIARIES:
            before -= 1
        if at == 0 or (self.low[before] not in _JOINTS and not verb.endswith("ing")):
            return False
        if self.subject is None:
            self.subject = self._first_phrase(at)
        return self.subject is not None

    def _content_start(self, verb: str, after: int) -> int | None:
        """Find where the content of a verb begins; None where it has none."""
        rest = self.low[after:]
        if not rest:
            return None
        window = rest[:10]
        if "that" in window and (window.index("that") == 0 or verb in TELLING):
            return after + window.index("that") + 1
        if verb in WRITING and not any(t.quoted for t in self.tokens[after : after + 8]):
            return None
        if rest[0] in {":", ","} and len(rest) > 1 and self.tokens[after + 1].quoted:
            return after + 1
        if rest[0] == ":" and len(rest) > 1:
            return after + 1
        if self.tokens[after].quoted:
            return after
        if verb in TELLING and verb not in SAYING:
            return self._after_listener(after)
        if verb in DOING:
            return after if rest[0] not in {",", ".", ";"} else None
        quoted = next((i for i, t in enumerate(self.tokens[after : after + 8]) if t.quoted), None)
        if (
            rest[0] in _PREPOSITIONS | _DAYS
            and quoted is not None
            and rest[quoted - 1] in {",", ":"}
        ):
            return after + quoted
        if rest[0] in {",", ".", ";", ")", "to", "by"} | _PREPOSITIONS - {"if", "whether", "there"}:
            return None
        if rest[0] in _DAYS:
            return after + (2 if len(rest) > 1 and rest[1] == "that" else 1)
        return after

    def _after_listener(self, after: int) -> int | None:
        """Skip the listener of "told reporters ..."."""
        end = min(len(self.tokens), after + 8)
        for i in range(after + 1, end):
            if self.tokens[i].quoted:
                return i
            if (
                self.low[i] in _PRONOUNS | _DETERMINERS | {"there"}
                and self.low[i - 1] not in _LINKS
            ):
                return i
            if self.low[i] in {",", ":"}:
                return i + 1 if i + 1 < end and self.tokens[i + 1].quoted else None
        return after + 1 if after + 2 < len(self.tokens) else None

    def _content_end(self, begin: int) -> int:
        """Find where a content ends: at "according to", at ", but added", or with the sentence."""
        for i in range(begin + 1, len(self.tokens)):
            if self.low[i : i + 2] == ["according", "to"]:
                return i - 1 if self._is(i - 1, ",") else i
            if self.tokens[i].quoted and self._leads_on(i) and self._tag_from(i + 1):
                return i + 1
            joined = self.low[i] in {"but", "and", "while"} or self._is(i, ",")
            if not joined or i + 1 >= len(self.tokens):
                continue
            verb = i + 1
            while verb + 1 < len(self.tokens) and self.low[verb] in AUXILIARIES | {"and", "but"}:
                verb += 1
            if self.low[verb] in SAYING | DOING and not self.low[verb].endswith("s"):
                follows = self.low[verb + 1 : verb + 2]
                if follows == ["that"] or self.low[verb].endswith("ing"):
                    return i
            tagged = self._tag_from(i + 1)
            if self._is(i, ",") and tagged:
                return i
        return len(self.tokens)

    def _leads_on(self, at: int) -> bool:
        """Tell whether a quotation ends in a comma, as before "he said"."""
        return self.text[self.inner[self.tokens[at].start][1]] == ","

    def _tag_from(self, at: int) -> bool:
        """Tell whether the sentence closes with a short "X said"."""
        rest = self.low[at:]
        return (
            2 <= len(rest) <= 8
            and any(word in SAYING for word in rest[1:])
            and (rest[0] in _PRONOUNS | _DETERMINERS or self._capital(at))
            and not any(t.quoted for t in self.tokens[at:])
        )

    def _headline(self) -> None:
        """Read "SPEAKER: what the speaker says"."""
        colon = next((i for i, word in enumerate(self.low[:8]) if word == ":"), None)
        if not colon or colon + 2 >= len(self.tokens):
            return
        if all(self._capital(i) or self.low[i] in _LINKS for i in range(colon)):
            cue = self._span(colon, colon + 1)
            self._add(colon + 1, len(self.tokens), self._span(0, colon), cue)

    def _add(self, first: int, last: int, source: Span, cue: Span) -> bool:
        """Keep the content between two tokens, if there is one and it is still free."""
        while first < last and (self.low[first] in _STOPS - {_QUOTED, "("}):
            first += 1
        while last > first and self.low[last - 1] in {
            ",",
            ".",
            ";",
            ":",
            "—",
            "–",
            "-",
            "and",
            "but",
        }:
            last -= 1
        chosen = self.tokens[first:last]
        quoted = [t for t in chosen if t.quoted]
        if not quoted and len(chosen) < 2:
            return False
        kind: Kind = "indirect"
        span = (chosen[0].start, chosen[-1].end)
        if quoted:
            kind = "mixed"
        if len(chosen) == len(quoted):
            kind = "direct"
            # Several quotations of one breath: the speaker's name stands between them.
            added = False
            for token in quoted:
                added |= self._keep(Attribution(self.inner[token.start], kind, source, cue))
            return added
        return self._keep(Attribution(span, kind, source, cue))

    def _keep(self, attribution: Attribution) -> bool:
        taken = any(_overlap(attribution.content, a.content) for a in self.found)
        if not taken:
            self.found.append(attribution)
        return not taken

    def _source_before(self, at: int) -> Span | None:
        """Find the noun phrase before a verb, over adverbs and an apposition in commas."""
        last = at
        while last and self.low[last - 1] in AUXILIARIES:
            last -= 1
        if self._is(last - 1, ",") and last > 2:
            comma = last - 2
            while comma > 0 and not self._is(comma, ","):
                comma -= 1
            if comma > 0 and not any(t.quoted for t in self.tokens[comma:last]):
                last = comma
        first = last
        while first and last - first < _MAX_SOURCE and self.low[first - 1] not in _STOPS:
            if self.low[first - 1] in _SUBORDINATORS:
                break
            first -= 1
        return self._noun_phrase(first, last)

    def _noun_phrase(self, first: int, last: int) -> Span | None:
        """Trim what stands before the noun phrase that ends here; None if it looks like none."""
        while first < last and self.low[first] in _OPENERS | {"that"}:
            first += 1
        if first < last and self.low[first] in _PREPOSITIONS:
            heads = [
                i
                for i in range(first + 1, last)
                if (self.low[i] in _DETERMINERS | _PRONOUNS or self._capital(i))
                and self.low[i - 1] not in _LINKS | _PREPOSITIONS
                and not (self._capital(i) and self._capital(i - 1))
            ]
            if not heads:
                return None
            first = heads[-1]
        words = self.low[first:last]
        if (
            not words
            or last - first >= _MAX_SOURCE
            or any(t.quoted for t in self.tokens[first:last])
        ):
            return None
        if last - first == 1 and words[0] in _PRONOUNS:
            return self._span(first, last)
        if words[-1] in _LINKS | _PREPOSITIONS | _DETERMINERS - _PLURAL_SPEAKERS | {
            "to",
            "not",
            "n't",
        }:
            return None
        named = any(self._capital(i) for i in range(first, last))
        if named or words[0] in _DETERMINERS or words[-1].endswith("s"):
            return self._span(first, last)
        return None

    def _phrase_after(self, at: int) -> tuple[int, int] | None:
        """Find the noun phrase that begins here, as two token positions."""
        if at >= len(self.tokens) or self.low[at] in {"that", "there", "this", "it's"}:
            return None
        if self.low[at] in _PRONOUNS - {"it", "you", "who"}:
            return at, at + 1
        if not (self._capital(at) or self.low[at] in _DETERMINERS):
            return None
        last = at + 1
        while last < len(self.tokens) and last - at < _MAX_SOURCE:
            word = self.low[last]
            if word in _STOPS | {"."} or word in (_PREPOSITIONS | _DAYS | {"who", "told"}) - _LINKS:
                break
            last += 1
        return at, last

    def _first_phrase(self, before: int) -> Span | None:
        """Take the noun phrase that opens the sentence for its subject."""
        at = 0
        while at < before and self.low[at] in _OPENERS | {","}:
            at += 1
        last = at
        while last < before and (self._capital(last) or (last > at and self.low[last] in _LINKS)):
            last += 1
        if last == at and self.low[at : at + 1] and self.low[at] in _PRONOUNS:
            last = at + 1
        return self._noun_phrase(at, last) if last > at else None

    def _clause_start(self, before: int) -> int:
        """Find where what was said before a tag begins: behind the last content, or with all."""
        taken = [a.content[1] for a in self.found]
        if not taken:
            return 1 if self.low[0] in {"but", "and"} and before > 1 else 0
        return next((i for i, t in enumerate(self.tokens) if t.start >= max(taken)), before)

    def _that_follows(self, at: int) -> bool:
        return self.low[at : at + 1] == ["that"]

    def _is(self, at: int, mark: str) -> bool:
        return 0 <= at < len(self.tokens) and self.low[at] == mark

    def _capital(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and self.tokens[at].text[0].isupper()

    def _span(self, first: int, last: int) -> Span:
        return self.tokens[first].start, self.tokens[last - 1].end


_JOINTS: Final = frozenset(", and but while by before after then".split())
_SUBORDINATORS: Final = frozenset(
    "that because when while if but after before since once as".split()
)
_DAYS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday earlier later".split()
)
_PLURAL_SPEAKERS: Final = frozenset("officials critics police experts aides".split())


def _inner(text: str, quote: Quotation) -> Span:
    """Trim the quoted words of white space and of the comma that leads over to "he said"."""
    start, end = quote.inner_start, quote.inner_end
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return start, end


def _speaks(text: str, quote: Quotation, start: int, end: int) -> bool:
    """Tell speech from a title or a scare quote: it is long, or a sentence by itself."""
    words = len(text[quote.inner_start : quote.inner_end].split())
    alone = quote.start <= start + 1 and quote.end >= end - 1
    closed = text[quote.inner_end - 1] in ".,?!…"
    return (alone and words >= 2) or (closed and words >= _MIN_SCARE_WORDS)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
