"""What one sentence attributes to whom: "X said that ...", "..., said X", "according to X"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from stance.cues import AUXILIARIES, CUES, DOING, SAYING, TELLING, WRITING
from stance.phrases import (
    DAYS,
    DETERMINERS,
    LINKS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    QUOTED,
    SHORT_LEAD,
    STOPS,
    SUBORDINATORS,
    Phrases,
    Span,
    Token,
)

Kind = Literal["direct", "mixed", "indirect"]
"""Wholly quoted, partly quoted, reported in the writer's words."""

_ENDS: Final = frozenset(". , ; of".split())
_JOINTS: Final = frozenset(", and but while by before after then".split())


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


class Sentence(Phrases):
    """One sentence, read from left to right, cue by cue.

    Parameters
    ----------
    text : str
        The article.
    tokens : list of Token
        The sentence; a quotation is one token.
    inner : mapping of int to (int, int)
        What each quotation quotes, by the offset where it starts.
    """

    def __init__(self, text: str, tokens: list[Token], inner: dict[int, Span]) -> None:
        super().__init__(tokens)
        self.text = text
        self.inner = inner
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
        source = self.phrase_after(at + 2)
        if source is None:
            return None
        first, last = source
        cue = self.span(at, at + 2)
        if at == 0:
            begin = last + 1 if self.is_mark(last, ",") else last
            self._add(begin, len(self.tokens), self.span(first, last), cue)
        else:
            begin = 1 if self.low[0] in OPENERS else 0
            goes_on = self.is_mark(last, ",") and at < SHORT_LEAD and len(self.tokens) - last > at
            self._add(begin, len(self.tokens) if goes_on else at, self.span(first, last), cue)
        return len(self.tokens) if at == 0 else last

    def _cue(self, at: int) -> int | None:
        """Read a reporting verb with its source and its content."""
        pair = " ".join(self.low[at : at + 2])
        verb = pair if pair in CUES else self.low[at]
        length = verb.count(" ") + 1
        if verb not in CUES:
            return None
        after = at + length
        source = self.source_before(at)
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
            commas = (i for i in range(begin, end) if self.is_mark(i, ","))
            end = next(commas, end)
        if not self._add(begin, end, source, self.span(at, after)):
            return None
        self.subject = source
        return end

    def _said_before(self, at: int, after: int, source: Span | None) -> int | None:
        """Read "CONTENT, X said" and "CONTENT, said X"."""
        cue = self.span(at, after)
        if self.is_mark(at - 1, ",") or (at and self.tokens[at - 1].quoted):
            phrase = self.phrase_after(after)
            inverts = self.tokens[at - 1].quoted or (
                phrase is not None and self.low[at] in SAYING - WRITING and self._closes(*phrase)
            )
            if phrase and inverts and not self._that_follows(after):
                first, last = phrase
                self.subject = self.span(first, last)
                if self._add(self._clause_start(at), at, self.subject, cue):
                    return last
                return None
        if source is None or self._that_follows(after):
            return None
        first = next((i for i, t in enumerate(self.tokens) if t.start >= source[0]), 0)
        follows = self.low[after : after + 1]
        before = first - 1
        stopped = self.is_mark(before, ",") or (before >= 0 and self.tokens[before].quoted)
        ends = not follows or follows[0] in _ENDS | AUXILIARIES | PREPOSITIONS | DAYS
        ends = ends or (self.low[at] in TELLING and before >= 0 and self.tokens[before].quoted)
        if ends and stopped and self._add(self._clause_start(first), first, source, cue):
            self.subject = source
            return after
        return None

    def _closes(self, first: int, last: int) -> bool:
        """Tell whether a noun phrase behind a verb is all there is: ", said the mayor of Oro"."""
        bare = not any(word in AUXILIARIES or word in CUES for word in self.low[first:last])
        return bare and (last == len(self.tokens) or self.low[last] in STOPS | {"."})

    def _subordinate(self, source: Span) -> bool:
        """Tell whether a source stands in a clause that opens the sentence: "After X said ..., "."""
        first = next((i for i, t in enumerate(self.tokens) if t.start >= source[0]), 0)
        return 0 < first <= 4 and self.low[first - 1] in SUBORDINATORS - {"that", "but"}

    def _participle(self, verb: str, at: int) -> bool:
        """Tell whether a verb without a subject takes that of the sentence: ", saying", "but added"."""
        before = at - 1
        while before > 0 and self.low[before] in AUXILIARIES:
            before -= 1
        if at == 0 or (self.low[before] not in _JOINTS and not verb.endswith("ing")):
            return False
        if self.subject is None:
            self.subject = self.first_phrase(at)
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
        if rest[0] in PREPOSITIONS | DAYS and quoted is not None and rest[quoted - 1] in {",", ":"}:
            return after + quoted
        if rest[0] in {",", ".", ";", ")", "to", "by"} | PREPOSITIONS - {"if", "whether", "there"}:
            return None
        if rest[0] in DAYS:
            return after + (2 if len(rest) > 1 and rest[1] == "that" else 1)
        return after

    def _after_listener(self, after: int) -> int | None:
        """Skip the listener of "told reporters ..."."""
        end = min(len(self.tokens), after + 8)
        for i in range(after + 1, end):
            if self.tokens[i].quoted:
                return i
            if self.low[i] in PRONOUNS | DETERMINERS | {"there"} and self.low[i - 1] not in LINKS:
                return i
            if self.low[i] in {",", ":"}:
                return i + 1 if i + 1 < end and self.tokens[i + 1].quoted else None
        return after + 1 if after + 2 < len(self.tokens) else None

    def _content_end(self, begin: int) -> int:
        """Find where a content ends: at "according to", at ", but added", or with the sentence."""
        for i in range(begin + 1, len(self.tokens)):
            if self.low[i : i + 2] == ["according", "to"]:
                return i - 1 if self.is_mark(i - 1, ",") else i
            if self.tokens[i].quoted and self._leads_on(i) and self._tag_from(i + 1):
                return i + 1
            joined = self.low[i] in {"but", "and", "while"} or self.is_mark(i, ",")
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
            if self.is_mark(i, ",") and tagged:
                return i
        return len(self.tokens)

    def _leads_on(self, at: int) -> bool:
        """Tell whether a quotation ends in a comma, as before "he said"."""
        return self.text.startswith(",", self.inner[self.tokens[at].start][1])

    def _tag_from(self, at: int) -> bool:
        """Tell whether the sentence closes with a short "X said"."""
        rest = self.low[at:]
        return (
            2 <= len(rest) <= 8
            and any(word in SAYING for word in rest[1:])
            and (rest[0] in PRONOUNS | DETERMINERS or self.is_capital(at))
            and not any(t.quoted for t in self.tokens[at:])
        )

    def _headline(self) -> None:
        """Read "SPEAKER: what the speaker says"."""
        colon = next((i for i, word in enumerate(self.low[:8]) if word == ":"), None)
        if not colon or colon + 2 >= len(self.tokens):
            return
        if all(self.is_capital(i) or self.low[i] in LINKS for i in range(colon)):
            cue = self.span(colon, colon + 1)
            self._add(colon + 1, len(self.tokens), self.span(0, colon), cue)

    def _add(self, first: int, last: int, source: Span, cue: Span) -> bool:
        """Keep the content between two tokens, if there is one and it is still free."""
        while first < last and (self.low[first] in STOPS - {QUOTED, "("}):
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
        taken = any(overlap(attribution.content, a.content) for a in self.found)
        if not taken:
            self.found.append(attribution)
        return not taken

    def _clause_start(self, before: int) -> int:
        """Find where what was said before a tag begins: behind the last content, or with all."""
        taken = [a.content[1] for a in self.found]
        if not taken:
            return 1 if self.low[0] in {"but", "and"} and before > 1 else 0
        return next((i for i, t in enumerate(self.tokens) if t.start >= max(taken)), before)

    def _that_follows(self, at: int) -> bool:
        return self.low[at : at + 1] == ["that"]


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]
