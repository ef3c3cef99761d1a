"""Words for somebody who has been named before: "the Austrian", "the defender", "the 31-year-old"."""

from __future__ import annotations

import re
from typing import Final, Literal

_FROM: Final = frozenset(
    "american argentine austrian belgian brazilian briton bulgarian californian cameroonian"
    " canadian chilean colombian croat croatian czech dane dutchman dutchwoman egyptian englishman"
    " englishwoman ethiopian finn floridian frenchman frenchwoman german ghanaian greek hungarian"
    " icelander indian indonesian iranian iraqi irishman irishwoman israeli italian ivorian japanese"
    " kenyan korean lebanese malaysian mexican moroccan nigerian norwegian ohioan pakistani palestinian"
    " peruvian pole portuguese romanian russian scot senegalese serb slovak slovene spaniard swede swiss"
    " syrian texan tunisian turk ukrainian uruguayan virginian welshman".split()
)
_OF: Final = frozenset(("democrat", "republican"))
_DOES: Final = frozenset(
    "author batsman billionaire bowler boxer businessman comedian comic cyclist defender drummer"
    " goalkeeper golfer grandparent guitarist lawmaker midfielder newcomer novelist pensioner playwright"
    " politician rapper singer songwriter sprinter striker swimmer teenager tycoon veteran winger"
    " wrestler".split()
)
_SHE: Final = frozenset(
    "actress businesswoman congresswoman councilwoman dutchwoman englishwoman frenchwoman irishwoman".split()
)
_HE: Final = frozenset(
    "businessman congressman councilman dutchman englishman frenchman irishman welshman".split()
)
_NAMED: Final = _FROM | _OF
_PLAIN: Final = (_DOES | _SHE | _HE) - _NAMED
_ROLES: Final = frozenset(
    "spokesman spokeswoman spokesperson official aide lawyer woman man resident neighbour neighbor adviser"
    " advisor source witness".split()
)
_THINGS: Final = frozenset(
    "report statement poll survey study letter post tweet video document memo email court panel group"
    " company firm bank newspaper paper magazine website agency ministry union party committee team"
    " commission government board council club message note indictment lawsuit complaint review"
    " restaurant school charity hospital college shop hotel city country organisation organization body"
    " watchdog regulator book film song album".split()
)
_NAMELESS: Final = frozenset(
    "aide analyst bystander colleague diplomat doctor driver employee executive expert fan friend insider"
    " lawyer member monitor neighbor neighbour nurse observer officer official onlooker pal passenger"
    " resident scientist soldier source staffer student supporter teacher voter witness worker".split()
)
_PLACE: Final = re.compile(
    r" (?:at|in|of|from|near|inside|outside|close|who|with|briefed|familiar) "
)
_NAMELESS_SUBJECT: Final = re.compile(
    r"(?:^|(?<=[.!?”\"]\s))(?:An?|Another|One)\s(?:[\w’'-]+\s){0,3}?(?:man|woman|boy|girl|teenager|mother"
    rf"|father|{'|'.join(sorted(_NAMELESS))})\b[^.!?\n]*$"
)
_AGED: Final = re.compile(r"(?:the|an?) (\d{1,3})-year-old\b")
_KIN: Final = {
    "she": "mum mom ex-wife wife widow daughter mother sister aunt niece grandmother girlfriend fiancée",
    "he": "dad ex-husband husband widower son father brother uncle nephew grandfather boyfriend fiancé",
}
_PRONOUN_OF: Final = {noun: pronoun for pronoun, nouns in _KIN.items() for noun in nouns.split()}
_AGE: Final = re.compile(r", \d{1,3},(?! and\b)")
_LED_TO: Final = re.compile(r"\b(?:[Ii]n|[Aa]t|[Ff]rom|and|beat|over) $")
_LEAD: Final = 8  # characters


def described(mention: str) -> Literal["he", "she", ""] | None:
    """Tell how to look for somebody who is named by what he or she is.

    Parameters
    ----------
    mention : str
        The words that name somebody.

    Returns
    -------
    {"he", "she", ""} or None
        The pronoun that goes with it, "" if either does; None if it describes nobody.
    """
    article, _, noun = mention.partition(" ")
    if article.lower() != "the" or "," in noun:
        return None
    if noun.startswith("former ") and noun.split()[-1].islower():
        return ""
    where, _, what = noun.partition(" ")
    if where.lower() in _FROM and what in _PLAIN:
        noun = what  # "the Argentine midfielder"
    low = noun.lower()
    if noun not in _PLAIN and (low not in _NAMED or noun[0].islower()):
        return None
    return "she" if low in _SHE else "he" if low in _HE else ""


def age_of(low: str) -> str | None:
    """Give the age that somebody is named by, in digits: "the 31-year-old"."""
    found = _AGED.match(low)
    return found[1] if found else None


def is_role(low: str) -> bool:
    """Tell whether a phrase is somebody's role, whoever that is: "a spokesman for the mayor"."""
    for leading in (" of ", " for ", " to ", " who ", " at ", " in ", " from ", ","):
        low = low.split(leading, 1)[0]
    words = low.split()
    return words[-1] in _ROLES or (
        words[0] in ("a", "an") and words[-1] not in _THINGS and not words[-1].endswith("s")
    )


def is_thing(noun: str) -> bool:
    """Tell whether a noun in lower case is no person's: "report", "agency"."""
    return noun in _THINGS


def is_person(low: str) -> bool:
    """Tell whether a phrase is somebody without a name, and no more: "source at Oro", "U.N. monitor"."""
    head = _PLACE.split(low, maxsplit=1)[0].split()
    return bool(head) and head[-1] in _NAMELESS


def nameless_subject(text: str) -> int | None:
    """Give where a text's last sentence begins if it is about somebody without a name: "A man ..."."""
    found = _NAMELESS_SUBJECT.search(text)
    return None if found is None else found.start()


def kin(word: str) -> str | None:
    """Tell which pronoun goes with a relative: "wife" in "his wife Ana"."""
    return _PRONOUN_OF.get(word.rstrip(","))


def is_aged(text: str, begin: int, end: int) -> bool:
    """Tell whether an age stands behind a name, as only people have: "Ana, 35,", but "In Georgia, 14,"."""
    aged = _AGE.match(text, end) is not None
    return aged and _LED_TO.search(text[max(0, begin - _LEAD) : begin]) is None
