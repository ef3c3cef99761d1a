"""News articles with annotated attributions: read and checked."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from stance.articles.sentences import Span
from stance.errors import DataError

_FIELDS: Final = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class AnnotatedAttribution:
    """Who said what, as people marked it.

    Attributes
    ----------
    source, cue, content : tuple of (int, int)
        Offsets into the article; several spans if there are gaps, none if it is not told.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article and its attributions.

    Attributes
    ----------
    name : str
        Its name in the data.
    text : str
        Plain text.
    attributions : tuple of AnnotatedAttribution
        In any order.
    """

    name: str
    text: str
    attributions: tuple[AnnotatedAttribution, ...]


def read_annotated(path: str | os.PathLike[str]) -> list[AnnotatedArticle]:
    """Read articles with annotated attributions.

    Parameters
    ----------
    path : path
        JSON Lines: an object an article with ``text``, ``attributions`` and, if it has a name,
        ``doc``. Each attribution has ``source``, ``cue`` and ``content``, lists of ``[start, end]``
        in characters of the text.

    Returns
    -------
    list of AnnotatedArticle
        In the order of the file.

    Raises
    ------
    DataError
        If a line is malformed; the message names file, line and field.
    """
    articles = []
    try:
        with Path(path).open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    articles.append(_article(line, f"{path}, line {number}"))
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}") from error
    if not articles:
        raise DataError(f"{path}: holds no articles")
    return articles


def _article(line: str, where: str) -> AnnotatedArticle:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{where}: not valid JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise DataError(f"{where}: an article needs a text")
    marked = row.get("attributions")
    if not isinstance(marked, list):
        raise DataError(f"{where}: attributions must be a list")
    found = []
    for position, one in enumerate(marked):
        here = f"{where}, attribution {position}"
        if not isinstance(one, dict):
            raise DataError(f"{here}: must be an object, got {type(one).__name__}")
        source, cue, content = (_spans(one, name, len(row["text"]), here) for name in _FIELDS)
        if not content:
            raise DataError(f"{here}: content is empty")
        found.append(AnnotatedAttribution(source, cue, content))
    return AnnotatedArticle(str(row.get("doc", where)), row["text"], tuple(found))


def _spans(one: dict[str, Any], name: str, length: int, where: str) -> tuple[Span, ...]:
    given: object = one.get(name) or []
    if not isinstance(given, list):
        raise DataError(f"{where}: {name} must be a list, got {type(given).__name__}")
    spans = []
    for span in given:
        match span:
            case [int(start), int(end)] if 0 <= start < end <= length:
                spans.append((start, end))
            case _:
                raise DataError(f"{where}: {name} holds {span!r}, not a [start, end] in the text")
    return tuple(sorted(spans))
