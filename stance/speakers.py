"""Names in one article: "Trump", "he" or "the spokesman" -> the full name that the article gives."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from stance.text import sentence_spans

# A full stop belongs to a name only behind an initial or a title; elsewhere it ends a sentence.
_WORD: Final = (
    r"(?:(?:[A-Z]|St|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Prof|Rev)\.|[^\W\d_][\w’'-]*)"
)
_NAME: Final = re.compile(rf"{_WORD}(?:[ \t]+{_WORD})*")
_PARTICLES: Final = frozenset("de da del di du van von der bin al el la".split())
_FEMALE_TITLES: Final = frozenset(
    "mrs ms miss madam lady queen princess baroness spokeswoman chairwoman congresswoman councilwoman"
    " businesswoman actress mother".split()
)
_MALE_TITLES: Final = frozenset(
    "mr sir lord king prince baron spokesman chairman congressman councilman businessman actor"
    " father".split()
)
_TITLES: Final = (
    frozenset(
        "president vice prime minister premier chancellor secretary general foreign defence defense"
        " finance interior health state senator sen representative rep congressman congresswoman"
        " governor gov mayor judge justice chief justice police officer captain capt colonel col major"
        " maj lieutenant lt sergeant sgt admiral adm commander ambassador envoy speaker leader deputy"
        " former ex acting then senior councillor"
        " councilor chief executive first spokesperson director chair chairperson ceo coach manager"
        " professor prof dr doctor sheriff attorney prosecutor detective inspector commissioner"
        " candidate nominee republican democrat democratic independent rev reverend bishop archbishop"
        " pope cardinal rabbi imam sheikh analyst expert economist striker goalkeeper kremlin pentagon"
        " us u.s uk eu un british american russian ukrainian french german italian spanish polish"
        " chinese japanese korean indian iranian iraqi israeli turkish canadian mexican brazilian"
        " australian african european asian gop national security adviser advisor press".split()
    )
    | _FEMALE_TITLES
    | _MALE_TITLES
)
_NOT_PEOPLE: Final = frozenset(
    "house council fund news party committee ministry department government court university street"
    " journal times post tribune agency bank union association federation league club company corp inc"
    " group office bureau commission party parliament senate congress army navy force forces service"
    " states kingdom republic nations city county state lake island islands river bay east west north"
    " south new monday tuesday wednesday thursday friday saturday sunday january february march april"
    " may june july august september october november december day eve year center centre institute"
    " college school hospital church world cup act bill press network radio tv television media fox"
    " residence region province district airport station bridge the a an on in at by for with from of"
    " and but as after before when while if this that these those it he she they we i his her their"
    " its there here what who how why where some many most all no not".split()
)
_FAR: Final = 1500  # characters over which a pronoun still reaches back


class Speakers:
    """The people of one article.

    Parameters
    ----------
    text : str
        The article.
    """

    def __init__(self, text: str) -> None:
        self._by_surname: dict[str, list[tuple[int, str]]] = {}
        self._roles: dict[str, str | None] = {}
        self._gender: dict[str, str] = {}
        self._mentions: list[tuple[int, str]] = []
        self._speaking: list[tuple[int, str]] = []
        bare: list[tuple[int, str]] = []
        for match in _NAME.finditer(text):
            self._read_name(match, text, bare)
        for at, surname in bare:
            full = self._full(surname, at)
            if full is not None:
                self._mentions.append((at, full))
        self._mentions.sort()
        self._text = text
        self._people = {name for _, name in self._mentions}

    def _read_name(self, match: re.Match[str], text: str, bare: list[tuple[int, str]]) -> None:
        """Take the full names out of one run of words."""
        words = list(re.finditer(r"\S+", match.group()))
        run: list[tuple[int, str]] = []
        for word in [*words, None]:
            token = word.group() if word else ""
            capital = bool(token) and token[0].isupper()
            if capital or (run and token in _PARTICLES):
                owned = token.endswith(("'s", "’s"))
                run.append((match.start() + (word.start() if word else 0), _without_s(token)))
                if not owned:
                    continue
            if run:
                self._add_run(run, text, bare)
            run = []

    def _add_run(self, run: list[tuple[int, str]], text: str, bare: list[tuple[int, str]]) -> None:
        titles: list[str] = []
        while run and _key(run[0][1]) in _TITLES | _NOT_PEOPLE:
            titles.append(_key(run[0][1]))
            run = run[1:]
        if not run:
            return
        at, name = run[0][0], " ".join(word for _, word in run)
        before = text[max(0, at - 40) : at].rstrip().rsplit(None, 2)
        titles += [_key(word) for word in before if word.islower()]
        if any(_key(word) in _NOT_PEOPLE for _, word in run) or len(run) > 4:
            return
        if len(run) == 1:
            bare.append((at, name))
            self._note_gender(name, titles)
            return
        self._by_surname.setdefault(_key(run[-1][1]), []).append((at, name))
        self._mentions.append((at, name))
        self._note_gender(name, titles)
        self._note_gender(run[-1][1], titles)
        if titles and titles[-1] in _TITLES:
            for role in (titles[-1], " ".join(titles[-2:])):
                known = self._roles.setdefault(role, name)
                if known != name:
                    self._roles[role] = None

    def _note_gender(self, name: str, titles: list[str]) -> None:
        for gender, marks in (("she", _FEMALE_TITLES), ("he", _MALE_TITLES)):
            if any(title in marks for title in titles):
                self._gender[name] = gender

    def resolve(self, mention: str, at: int) -> str | None:
        """Name the speaker that a source phrase means.

        Calls must come in the order of the article: a pronoun looks back at who spoke before.

        Parameters
        ----------
        mention : str
            The source as written: "Russian Foreign Minister Sergey Lavrov", "Trump", "he".
        at : int
            Offset of the source.

        Returns
        -------
        str or None
            The full name where the article gives it, else the name as it stands; None for a pronoun
            or a role that nobody clearly fits, and for people without a name ("critics").
        """
        low = mention.lower()
        if low in ("he", "she"):
            speaker = self._pronoun(low, at)
        elif low in ("they", "it", "we", "i", "you", "who"):
            speaker = None
        else:
            speaker = self._named(mention, at) or self._role(low)
        if speaker is not None:
            self._speaking.append((at, speaker))
        return speaker

    def _named(self, mention: str, at: int) -> str | None:
        # An apposition or a relative clause says more about the name before it.
        head, *more = re.split(r"[,;(]", mention)
        if more and head == head.lower().capitalize():
            head = more[0]
        # In "Silva and Costa" no one speaker is clear; the phrase as written is the best name.
        words = [_without_s(word) if i else word for i, word in enumerate(head.split())]
        while words and (words[0].lower() in ("the", "a", "an") or _key(words[0]) in _TITLES):
            words = words[1:]
        capitals = [word for word in words if word[0].isupper()]
        if not capitals:
            stripped = [w for w in head.split() if w.lower() not in ("the", "a", "an")]
            named = [w for w in stripped if w[0].isupper()]
            return " ".join(stripped) if named and stripped == named else None
        full = self._full(capitals[-1], at)
        people = [word for word in words if not word.islower() or word in _PARTICLES]
        if full and (len(people) == 1 or " ".join(people).endswith(full)):
            return full
        if full and any(word.islower() for word in words):
            return full
        return " ".join(words)

    def _full(self, surname: str, at: int) -> str | None:
        """Find the full name last used before an offset, or else the only one used behind it."""
        known = self._by_surname.get(_key(surname), [])
        before = bisect_left(known, (at + 1, ""))
        if before:
            return known[before - 1][1]
        names = {name for _, name in known}
        return known[0][1] if len(names) == 1 else None

    def _role(self, low: str) -> str | None:
        words = [word for word in low.split() if word not in ("the", "a", "an", "his", "her")]
        for size in (2, 1):
            if len(words) >= size:
                person = self._roles.get(" ".join(words[-size:]))
                if person is not None and low.startswith("the "):
                    return person
        return None

    def _pronoun(self, pronoun: str, at: int) -> str | None:
        """Find the last person who spoke or was named before, and whom the pronoun can mean."""
        spoke = [name for where, name in self._speaking[-3:] if at - where < _FAR]
        for name in [*self._subjects(at), *reversed(spoke)]:
            if name in self._people and self._gender.get(name, pronoun) == pronoun:
                self._gender[name] = pronoun
                return name
        return None

    def _subjects(self, at: int) -> list[str]:
        """People named in this paragraph before an offset: the first of each sentence, last first."""
        begin = max(self._text.rfind("\n", 0, at) + 1, at - _FAR)
        subjects = []
        for start, end in sentence_spans(self._text[begin:at]):
            first = bisect_left(self._mentions, (begin + start, ""))
            if first < len(self._mentions) and self._mentions[first][0] < begin + end:
                subjects.append(self._mentions[first][1])
        return subjects[::-1]


def _key(word: str) -> str:
    return _without_s(word).rstrip(".").lower()


def _without_s(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word
