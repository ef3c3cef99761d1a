"""The verbs and phrases that report speech, in all their forms."""

from __future__ import annotations

from typing import Final

_IRREGULAR: Final = {
    "say": ("says", "said", "saying"),
    "tell": ("tells", "told", "telling"),
    "write": ("writes", "wrote", "written", "writing"),
    "swear": ("swears", "swore", "swearing"),
    "deny": ("denies", "denied", "denying"),
    "reply": ("replies", "replied", "replying"),
    "testify": ("testifies", "testified", "testifying"),
    "think": ("thinks", "thought"),
    "hit back": ("hits back", "hitting back"),
    "make clear": ("makes clear", "made clear", "making clear"),
    "rule out": ("rules out", "ruled out", "ruling out"),
    "point out": ("points out", "pointed out", "pointing out"),
    "refuse": ("refuses", "refused", "refusing"),
    "admit": ("admits", "admitted", "admitting"),
    "go on": ("goes on", "went on"),
    "quip": ("quips", "quipped", "quipping"),
    "tweet": ("tweets", "tweeted", "tweeting"),
    "put it": ("puts it",),
}
# Take a clause with or without "that", or a quotation.
_SAYING: Final = (
    "say add note claim argue insist state suggest admit acknowledge concede stress explain reply"
    " respond continue conclude declare report write allege estimate predict believe think hint"
    " indicate maintain contend assert confirm testify joke quip tweet post remark observe recall"
    " announce warn caution complain lament boast counter retort hope fear recount"
).split()
_PHRASES: Final = ("point out", "make clear", "go on", "put it")
# Are told to somebody, who stands between the verb and what is said.
_TELLING: Final = ("tell", "remind", "inform", "assure", "warn", "caution")
# Take a noun or "to ..." as well as a clause: what follows is the statement.
_DOING: Final = (
    "deny reject dismiss accuse blame threaten vow promise pledge swear demand urge criticize"
    " criticise condemn denounce praise propose request question doubt dispute rebuff slam blast"
    " rule_out hit_back call_for refuse describe slate charge"
).split()


def _forms(verb: str) -> tuple[str, ...]:
    """Inflect a verb: third person, past and present participle."""
    if verb in _IRREGULAR:
        return (verb, *_IRREGULAR[verb])
    head, _, tail = verb.partition(" ")
    tail = tail and f" {tail}"
    stem = head[:-1] if head.endswith("e") else head
    third = f"{head}es" if head.endswith(("s", "sh", "ch", "x")) else f"{head}s"
    return tuple(f"{form}{tail}" for form in (head, third, f"{stem}ed", f"{stem}ing"))


def _all_forms(verbs: tuple[str, ...]) -> frozenset[str]:
    return frozenset(form for verb in verbs for form in _forms(verb))


SAYING: Final = _all_forms((*_SAYING, *_PHRASES))
"""Verbs followed by a clause or a quotation: "said", "claims", "pointing out"."""

TELLING: Final = _all_forms(_TELLING)
"""Verbs followed by a listener and then by a clause or a quotation: "told reporters that"."""

DOING: Final = _all_forms(tuple(verb.replace("_", " ") for verb in _DOING))
"""Verbs that do the stance themselves, with a noun or an infinitive: "denied any role"."""

WRITING: Final = _all_forms(("write", "post", "tweet"))
"""Verbs that report a text only with "that" or a quotation: one may write a book, too."""

CUES: Final = SAYING | TELLING | DOING
"""Every reporting verb, in every form."""

AUXILIARIES: Final = frozenset(
    "has have had was were is are been be also later then now again already repeatedly recently"
    " previously earlier quickly further still even only flatly strongly firmly categorically"
    " publicly privately falsely angrily quietly simply just did does do would will could".split()
)
"""Words that may stand between a speaker and the reporting verb."""
