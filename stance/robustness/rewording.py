"""Changes that keep what a statement means: letters, marks, contractions, typos.

Each takes a text and a source of chance, and gives the changed text, or None where there is nothing
to change.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Final

Change = Callable[[str, random.Random], "str | None"]
"""A text, chance -> the changed text; None if it stays as it is."""

_CURLY: Final = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
_NEGATED: Final = (
    "is are was were do does did have has had would could should must need might".split()
)
_EXPANSIONS: Final = (
    (r"\bcan[’']t\b", "cannot"),
    (r"\bwon[’']t\b", "will not"),
    (r"\bshan[’']t\b", "shall not"),
    (rf"\b({'|'.join(_NEGATED)})n[’']t\b", r"\1 not"),
    (r"\b(let)[’']s\b", r"\1 us"),
    (r"\b(I)[’']m\b", r"\1 am"),
    (r"\b(you|we|they)[’']re\b", r"\1 are"),
    (r"\b(I|you|we|they)[’']ve\b", r"\1 have"),
    (r"\b(I|you|he|she|it|we|they)[’']ll\b", r"\1 will"),
    # "It's" may be "it has": before a participle nothing is said.
    (
        r"\b(it|that|there|what)[’']s(?= (?:a|an|the|not|no|very|just|only|all|about|why|how)\b)",
        r"\1 is",
    ),
)
_CONTRACTIONS: Final = (
    (r"\bcannot\b", "can't"),
    (r"\bwill not\b", "won't"),
    (rf"\b({'|'.join(_NEGATED)}) not\b", r"\1n't"),
    (r"\b(let) us\b", r"\1's"),
    (r"\b(I) am\b", r"\1'm"),
    (r"\b(you|we|they) are\b(?! not)", r"\1're"),
    (r"\b(I|you|we|they) have(?= (?:been|never|always|seen|done|made|had|said|\w+ed)\b)", r"\1've"),
    (r"\b(I|you|he|she|it|we|they) will\b(?! not)", r"\1'll"),
    (r"\b(it|that|there|what) is(?= \w)", r"\1's"),
)
_LAST_MARKS: Final = re.compile(r"[\s.!…,;:\"”’']+\Z")
_LONG_WORD: Final = re.compile(r"(?<![\w’'])[^\W\d_]{4,}(?![\w’'])")


def upper_case(text: str, _: random.Random) -> str | None:
    """Shout."""
    return _unless_same(text, text.upper())


def lower_case(text: str, _: random.Random) -> str | None:
    """Write without capitals."""
    return _unless_same(text, text.lower())


def curly_quotes(text: str, _: random.Random) -> str | None:
    """Write quotation marks and apostrophes as printers do."""
    curled = re.sub(r"\"(?=\w)", "“", text).replace('"', "”")
    return _unless_same(text, re.sub(r"(?<!\w)'(?=\w)", "‘", curled).replace("'", "’"))


def straight_quotes(text: str, _: random.Random) -> str | None:
    """Write quotation marks and apostrophes as typewriters do."""
    return _unless_same(text, text.translate(_CURLY))


def expand_contractions(text: str, _: random.Random) -> str | None:
    """Write "do not" for "don't", where that is sure to be meant."""
    return _replace_all(text, _EXPANSIONS)


def contract(text: str, _: random.Random) -> str | None:
    """Write "don't" for "do not"."""
    return _replace_all(text, _CONTRACTIONS)


def drop_last_marks(text: str, _: random.Random) -> str | None:
    """Leave out the marks at the end; a question mark stays, since a question means something else."""
    return _unless_same(text, _LAST_MARKS.sub("", text))


def typo(text: str, chance: random.Random) -> str | None:
    """Change one word of four letters or more: two letters swapped, one left out, or one doubled.

    Parameters
    ----------
    text : str
        A statement.
    chance : random.Random
        What chooses the word and the fault.

    Returns
    -------
    str or None
        The text with one fault.

    Examples
    --------
    >>> typo("We deny it.", random.Random(1))
    'We dny it.'
    """
    words = list(_LONG_WORD.finditer(text))
    if not words:
        return None
    word = chance.choice(words)
    at = word.start() + chance.randrange(1, len(word.group()) - 2)
    one, two = text[at], text[at + 1]
    faulty = chance.choice([two + one, two, one + one + two])
    return text[:at] + (faulty if faulty != one + two else one) + text[at + 2 :]


CHANGES: Final[dict[str, Change]] = {
    "upper case": upper_case,
    "lower case": lower_case,
    "curly quotation marks": curly_quotes,
    "straight quotation marks": straight_quotes,
    "contractions expanded": expand_contractions,
    "contractions used": contract,
    "last marks dropped": drop_last_marks,
    "a typo in one word": typo,
}
"""The changes by name."""


def _unless_same(text: str, changed: str) -> str | None:
    return changed if changed != text else None


def _replace_all(text: str, pairs: tuple[tuple[str, str], ...]) -> str | None:
    changed = text
    for pattern, put in pairs:
        changed = re.sub(pattern, lambda m, put=put: _like(m, put), changed, flags=re.IGNORECASE)  # type: ignore[misc]
    return _unless_same(text, changed)


def _like(match: re.Match[str], put: str) -> str:
    """Put words in the place of others, with a capital where there was one."""
    new = match.expand(put)
    return new[0].upper() + new[1:] if match.group()[0].isupper() else new
