"""What looks like something said, and is nothing that anybody could label."""

from __future__ import annotations

from typing import Final

from stance.articles.lexicon import (
    AUXILIARIES,
    BE,
    OPENERS,
    OWNERS,
    PRONOUNS,
    REPORTS,
    word_class,
)
from stance.articles.no_speech import is_no_speech
from stance.articles.phrases import verb_behind
from stance.articles.sentences import QUOTED, Sentence

_EMPTY: Final = (
    PRONOUNS
    | OWNERS
    | frozenset(
        "a an the to for any further request requests comment this that him her them us me so who whom"
        " which what himself herself themselves not yet again more , be named identified quoted"
        " anonymity anyone anybody everyone everybody nobody nothing one"
        " here statement statements remarks x twitter facebook instagram".split()
    )
)
_SPEAKING: Final = frozenset("speak speaks spoke spoken speaking".split())
_REPLYING: Final = frozenset("respond reply return responded replied returned".split())
_ASKED_FOR: Final = _EMPTY | frozenset(
    "questions question messages message calls call emails email e-mails letters inquiries enquiries"
    " seeking repeated phone several multiple one two three four five six".split()
)
_LEADS: Final = frozenset("on in at after before during since until by from with".split())
_LONGEST_TIME: Final = 5  # tokens
_NAMED: Final = (["named"], ["identified"], ["quoted"])
_HEADINGS: Final = frozenset(
    "transcript video videos photo photos watch update analysis opinion exclusive breaking claim verdict"
    " check rating sketch live profile review obituary explainer podcast newsletter editorial column factbox"
    " recap timeline preview".split()
)
_NOUNS: Final = frozenset(
    "claim claims call calls report reports charge charges demand demands promise promises question"
    " questions remark remarks comment comments doubt doubts".split()
)
_BEFORE_NOUN: Final = OWNERS | frozenset(
    "a an the this that these those another no neither either first second third".split()
)
_BEHIND_NOUN: Final = frozenset("that of to by about against from whether , : ; — –".split()) | {
    QUOTED
}
_NOT: Final = frozenset(
    ("not", "n't", "never", "didn't", "didn’t", "hasn't", "hasn’t", "hadn't", "hadn’t")
)
_MODALS: Final = frozenset("could may might must can should".split())
_BEFORE_VERB: Final = AUXILIARIES | _MODALS | _NOT
_FIRM: Final = 0.4  # trust from which a thing is taken for what is said: "praised the plan"
_SHOWS: Final = frozenset("according : found finds show shows showed".split())
_DOES_THINGS: Final = frozenset(
    "recall recalls recalled recalling observe observes observed observing post posts posted posting"
    " note notes noted noting report reports reported reporting maintain maintains maintained maintaining"
    " reveal reveals revealed revealing add adds added adding counter countered".split()
)
_OPENS_CLAUSE: Final = frozenset("that to how whether why what if not".split())
_INTO: Final = frozenset(("into", "onto"))  # "slammed into a wall"
_NO_CUES: Final = OPENERS | _MODALS
_TO_NAME: Final = (["to", "give"], ["to", "be"], ["to", "provide"], ["to", "use"], ["to", "share"])
_ANONYMOUSLY: Final = ["speaking", "on", "condition", "of"]
_NAME: Final = frozenset("name surname named identified names".split())
_WHOM: Final = frozenset("him her them me us".split())
_SPOKEN_OF: Final = frozenset("of about against for to out up that , :".split())


def says_nothing(sentence: Sentence, cue: int, first: int, last: int, trust: float) -> bool:
    """Tell whether a reading reports nothing.

    Its content is empty ("it", "for comment"), or its cue is no verb that reports: a noun ("the claims
    were"), a heading ("Transcript:"), one that is denied ("stopped short of calling"), the verb of what
    was taken for the content ("Silva shrugged"), or one that does something to a thing ("opened the gate").

    Parameters
    ----------
    sentence : Sentence
        A sentence.
    cue : int
        Position of the reporting word.
    first, last : int
        Positions of the first and the last token of the content.
    trust : float
        Probability that it is a statement, and exactly this.

    Returns
    -------
    bool
        Whether nothing is said by it.
    """
    low = sentence.low[first : last + 1]
    around = sentence.low[cue : cue + 2]
    before = sentence.low[max(cue - 3, 0) : cue]
    not_so = before[-2:] == ["short", "of"]
    speaks_only = around[0] in _SPEAKING and around[-1] not in _SPOKEN_OF
    marks_only = not any(word[0].isalnum() or word == QUOTED for word in low)
    unanswered = (
        around[0] in _REPLYING and not _NOT.isdisjoint(before) and _ASKED_FOR.issuperset(low)
    )
    anonymous = low[:3] == ["not", "to", "be"] and low[3:4] in _NAMED
    heading = around[0] == ":" and not _HEADINGS.isdisjoint(before[-1:])
    inside = (
        low[0] in _INTO
        or (around == ["found", "out"] and low[0] != "that")
        or around[0] in _NO_CUES
    )
    unnamed = low[:4] == _ANONYMOUSLY or (low[:2] in _TO_NAME and not _NAME.isdisjoint(low))
    met = around[0] == "called" and around[-1] in _WHOM and first > cue + 2
    return (
        speaks_only
        or inside
        or unnamed
        or met
        or low[-1] in _MODALS
        or not_so
        or anonymous
        or heading
        or marks_only
        or unanswered
        or _EMPTY.issuperset(low)
        or _is_noun(before, around)
        or _is_subject(sentence, cue, first, last)
        or _is_time(sentence, first, last)
        or _is_done(sentence, cue, last)
        or is_no_speech(sentence, cue, first, last)
        or (trust < _FIRM and _is_thing(sentence, cue, first, last))
    )


def _is_noun(before: list[str], around: list[str]) -> bool:
    """Tell whether a word that reports elsewhere is the subject of its clause: "the claims were"."""
    return (
        around[0] in _NOUNS
        and not _BEFORE_NOUN.isdisjoint(before[-1:])
        and around[-1] not in _BEHIND_NOUN
    )


def _is_thing(sentence: Sentence, cue: int, first: int, last: int) -> bool:
    """Tell whether what somebody does something to was taken for what is said: "recalled its envoy"."""
    verb, low = sentence.low[cue], sentence.low[first : last + 1]
    reports = word_class(verb) & REPORTS and verb not in _DOES_THINGS
    clause = low[0] in _OPENS_CLAUSE or low[0].endswith("ing") or QUOTED in low
    clause = clause or (low[0] in PRONOUNS and len(low) > 1)
    if first < cue or reports or clause or verb in _SHOWS:
        return False
    return verb_behind(sentence.words, first, last) is None


def _is_done(sentence: Sentence, cue: int, last: int) -> bool:
    """Tell whether what is done was taken for what is said: "changes were announced"."""
    behind = sentence.low[cue + 1 : cue + 4]
    return last == cue - 2 and sentence.low[cue - 1] in BE and "by" not in behind


def _is_time(sentence: Sentence, first: int, last: int) -> bool:
    """Tell whether the time of what somebody does was taken for what is said: "On Tuesday, Silva spoke"."""
    if first or last >= _LONGEST_TIME or sentence.low[0] not in _LEADS:
        return False
    return verb_behind(sentence.words, 1, last) is None and QUOTED not in sentence.words[: last + 1]


def _is_subject(sentence: Sentence, cue: int, first: int, last: int) -> bool:
    """Tell whether who does something else was taken for what is said: "Silva shrugged"."""
    verb = cue - 1
    negated = False
    while verb > last and sentence.low[verb] in _BEFORE_VERB:
        negated = negated or sentence.low[verb] in _NOT
        verb -= 1
    if verb != last or QUOTED in sentence.words[first : last + 1]:
        return False
    return negated or (last == cue - 1 and not word_class(sentence.low[cue]) & REPORTS)
