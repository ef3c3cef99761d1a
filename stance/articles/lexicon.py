"""Closed classes of words around reported speech: reporting verbs in all their forms, small words."""

from __future__ import annotations

from typing import Final

_IRREGULAR: Final = {
    "say": ("says", "said", "saying"),
    "tell": ("tells", "told", "telling"),
    "write": ("writes", "wrote", "written", "writing"),
    "swear": ("swears", "swore", "swearing"),
    "decry": ("decries", "decried", "decrying"),
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
    "slam": ("slams", "slammed", "slamming"),
}
# Take a clause with or without "that", or a quotation.
_SAYING: Final = (
    "say add note claim argue insist state suggest admit acknowledge concede stress explain reply"
    " respond continue conclude declare report write allege estimate predict believe think hint"
    " indicate maintain contend assert confirm testify joke quip tweet post remark observe recall"
    " announce warn caution complain lament boast counter retort hope fear recount reveal disclose reckon"
    " exclaim interject proclaim emphasise emphasize reiterate reaffirm affirm underline underscore clarify"
    " opine wonder shout"
).split()
_PHRASES: Final = ("point out", "make clear", "go on", "put it")
# Are told to somebody, who stands between the verb and what is said.
_TELLING: Final = ("tell", "remind", "inform", "assure", "warn", "caution")
# Take a noun or "to ..." as well as a clause: what follows is the statement.
_DOING: Final = (
    "deny reject dismiss accuse blame threaten vow promise pledge swear demand urge criticize"
    " criticise condemn denounce praise propose request question doubt dispute rebuff slam blast"
    " rule_out hit_back call_for refuse describe slate charge refute rebuke decry lambast lambaste deplore"
    " berate"
).split()
# Forms of words that are nouns as often as verbs.
_STRESSED: Final = frozenset(("stressed", "stresses", "stressing"))
_TERMED: Final = frozenset("termed branded labelled labeled dubbed".split())


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


SAYING: Final = _all_forms((*_SAYING, *_PHRASES)) | _STRESSED
"""Verbs followed by a clause or a quotation: "said", "claims", "pointing out"."""

TELLING: Final = _all_forms(_TELLING)
"""Verbs followed by a listener and then by a clause or a quotation: "told reporters that"."""

ASKING: Final = _all_forms(("ask",))
"""Verbs that report a question."""

REPORTING: Final = SAYING | TELLING
"""Verbs that report a clause or a quotation."""

TAGGING: Final = REPORTING | ASKING
"""Verbs that may stand in a tag: "... " she asked."""

DOING: Final = _all_forms(tuple(verb.replace("_", " ") for verb in _DOING)) | _TERMED
"""Verbs that do the stance themselves, with a noun or an infinitive: "denied any role"."""

WRITING: Final = _all_forms(("write", "post", "tweet"))
"""Verbs that report a text only with "that" or a quotation: one may write a book, too."""

AUXILIARIES: Final = frozenset(
    "has have had was were is are been be being am 's ’s 're ’re 'll ’ll 've ’ve 'd ’d 'm ’m also"
    " later then now again already repeatedly recently previously earlier quickly further still even"
    " only flatly strongly firmly categorically publicly privately falsely angrily quietly simply just"
    " did does do would will could".split()
)
"""Words that may stand between a speaker and the reporting verb."""

BE: Final = frozenset("is are was were be been being 's ’s 're ’re 'm ’m am".split())
"""Forms of "be", with which passives are made."""

PRONOUNS: Final = frozenset("he she they it we i you who".split())
"""Pronouns that can speak."""

DETERMINERS: Final = frozenset(
    "the a an his her their its our my your this that these those another one some many several few"
    " two three four five most both all no other officials critics police experts aides".split()
)
"""Words that open a noun phrase, and plural speakers that need none."""

OWNERS: Final = frozenset("his her its their my our".split())
"""Words for whose something is."""

LINKS: Final = frozenset("of the de la van von bin al el for and del da do dos di du den".split())
"""Small words inside names and noun phrases."""

PREPOSITIONS: Final = frozenset(
    "in on at by for from with after before during since until under over about as against amid"
    " despite while when where if because although though unlike asked speaking taking but and yet so"
    " whether which because than".split()
)
"""Words that a speaker's noun phrase does not begin with."""

SUBORDINATORS: Final = frozenset(
    "that because when while if but after before since once as".split()
)
"""Words that open a subordinate clause."""

JOINS: Final = frozenset(("and", "but"))
"""Conjunctions between clauses of one rank."""

BEHIND_LISTENER: Final = frozenset(("that", "if", "whether", "not"))
"""What stands behind who is told something: "told the club that"."""

NEVER_CUES: Final = frozenset(
    ". , the to of a and 's ’s that he is his has with from it her but be she will have they this"
    " their had i or when been him".split()
)
"""Frequent words and marks that are never what reports speech, in lower case."""

STANCE_VERBS: Final = frozenset(
    "denies denied accuses accused blames blamed rejects rejected threatens threatened".split()
)
"""Verbs that are a stance by themselves, where they are no participles."""

COURTS: Final = frozenset(
    "court jury inquest tribunal inquiry hearing committee jurors mps trial judge".split()
)
"""Who hears what is said in court."""

POSSESSIVE: Final = frozenset(("'s", "’s"))
"""Tokens that make what stands before them an owner."""

DAYS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday earlier later".split()
)
"""Times that may stand between a verb and what it reports."""

OPENERS: Final = frozenset(
    "soon however meanwhile still later earlier instead but and yet so then also today yesterday".split()
)
"""Adverbs and conjunctions that open a sentence before its subject."""

_CLASSES: Final = (
    SAYING,
    TELLING,
    DOING,
    WRITING,
    AUXILIARIES,
    PRONOUNS,
    DETERMINERS,
    LINKS,
    PREPOSITIONS,
    SUBORDINATORS,
    DAYS,
    OPENERS,
)
_CLASS_OF: Final = {
    word: sum(1 << bit for bit, words in enumerate(_CLASSES) if word in words)
    for word in frozenset.union(*_CLASSES)
}

REPORTS, IS_AUXILIARY = 0b111, 1 << 4
"""Bits of :func:`word_class`: any kind of reporting verb; a word between speaker and verb."""


def word_class(word: str) -> int:
    """Give the classes of a word in lower case as bits; 0 for most words."""
    return _CLASS_OF.get(word, 0)
