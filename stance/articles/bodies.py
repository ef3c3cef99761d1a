"""Bodies in one article: "the ministry", "the company" -> the name that the article gives."""

from __future__ import annotations

import re
from typing import Final

from stance.articles.lexicon import DAYS
from stance.articles.name_words import CALLED_FIRM, FIRMS, GROUPS, NO_NAMES
from stance.articles.names import name_key

FAR: Final = 1500
"""Characters over which a pronoun or a word like these still reaches back."""

ANY_BODY: Final = frozenset(
    "agency body organisation organization group watchdog regulator charity".split()
)
"""What any body may be called once it has been named."""

_WRITTEN: Final = GROUPS | frozenset("government office embassy police army navy military".split())
_PLACED: Final = re.compile(r"-(?:based|listed|owned|backed|headquartered) ")
_FOLLOWS: Final = re.compile(r"\s([A-Z][a-z]+)\b")
_OF_FIRMS: Final = (
    FIRMS
    | GROUPS
    | frozenset(
        "research energy energi energia capital partners industries media labs technologies software systems"
        " motors pharma analytics consulting logistics".split()
    )
)
_NO_NAME: Final = frozenset(
    "other same new old whole entire previous former second third first last next own only current"
    " outgoing incoming ruling main smaller larger bigger".split()
)
_LONGEST: Final = 4  # words
_CALLED: Final = GROUPS | CALLED_FIRM | ANY_BODY
_BEFORE: Final = NO_NAMES | DAYS | frozenset("the a an in at on but and".split())
_LEADING: Final = r"((?:[A-Z][\w’'&-]*[ \t](?:(?:and|of|for|&)[ \t])?){1,5}"
_OF_FIRM: Final = re.compile(
    rf"((?:[A-Z][\w’'&-]*[ \t](?:&[ \t])?){{1,5}}(?i:{'|'.join(sorted(FIRMS))}))\b"
)


def called(low: str) -> str | None:
    """Give the word by which a mention in lower case calls a body: "the Oro-based company"."""
    noun = low.removeprefix("the ")
    if _PLACED.search(noun):
        noun = noun.rsplit(" ", 1)[-1]
    return noun if noun != low and noun in _CALLED else None


def body_meant(text: str, noun: str, at: int) -> str | None:
    """Find the body that "the ministry" means: the last one named so before.

    Parameters
    ----------
    text : str
        The article.
    noun : str
        What it is called.
    at : int
        Where it stands.

    Returns
    -------
    str or None
        Its name; None if there is none, or if "the company" may be either of two.
    """
    before = text[max(0, at - FAR) : at]
    if noun in CALLED_FIRM:
        # "Oro Foods" is Oro Foods Plc.
        names = {" ".join(_bare(name)) for name in _OF_FIRM.findall(before) if "-based" not in name}
        found = sorted(names, key=len)
        if not all(found[-1].startswith(name) for name in found):
            return None
    else:
        found = re.findall(rf"{_LEADING}{noun.title()})\b", before)
    words = _bare(found[-1]) if found else []
    return " ".join(words) if len(words) > 1 else None


def firm_called(text: str, name: str, at: int) -> str | None:
    """Give the whole name of a firm or body that goes by its first word: "Gannet", Gannet Research."""
    # Where it is first named so and no more, it is another: "Karvia" before "Karvia Airlines".
    first = text.find(name, 0, at) if name.isalpha() else -1
    follows = _FOLLOWS.match(text, first + len(name)) if first >= 0 else None
    if follows is None or follows[1].lower() not in _OF_FIRMS:
        return None
    return f"{name} {follows[1]}"


def body_as_written(low: str) -> str | None:
    """Name a body that has no name but what it is: "the emergencies ministry"; None if that is too little."""
    article, _, name = low.partition(" ")
    words = name.split()
    whole = article == "the" and 1 < len(words) <= _LONGEST and words[-1] in _WRITTEN
    named = all(word.isalpha() for word in words) and _NO_NAME.isdisjoint(words)
    return name if whole and named and not words[0].endswith("est") else None


def _bare(name: str) -> list[str]:
    """Take off what begins with a capital before a name and is no part of it: "In Oro Foods"."""
    words = name.split()
    while words and name_key(words[0]) in _BEFORE:
        words = words[1:]
    return words
