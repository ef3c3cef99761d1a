"""What looks like something said, and is nothing that anybody could label."""

from __future__ import annotations

from typing import Final

from stance.articles.lexicon import PRONOUNS
from stance.articles.sentences import QUOTED, Sentence

_EMPTY: Final = PRONOUNS | frozenset(
    "a an the to for any further request requests comment this that him her them us me so who whom"
    " which what himself herself themselves ,".split()
)
_SPEAKING: Final = frozenset("speak speaks spoke spoken speaking".split())
_SPOKEN_OF: Final = frozenset("of about against for to out up that , :".split())


def says_nothing(sentence: Sentence, cue: int, first: int, last: int) -> bool:
    """Tell whether a content is empty: "it", "for comment", or the words behind "spoke at".

    Parameters
    ----------
    sentence : Sentence
        A sentence.
    cue : int
        Position of the reporting word.
    first, last : int
        Positions of the first and the last token of the content.

    Returns
    -------
    bool
        Whether nothing is said by it.
    """
    low = [token.text.lower() for token in sentence.tokens[first : last + 1]]
    around = [token.text.lower() for token in sentence.tokens[cue : cue + 2]]
    speaks_only = around[0] in _SPEAKING and around[-1] not in _SPOKEN_OF
    marks_only = not any(word[0].isalnum() or word == QUOTED for word in low)
    return speaks_only or marks_only or _EMPTY.issuperset(low)
