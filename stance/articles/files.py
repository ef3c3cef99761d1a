"""Articles in files: plain text, or HTML whose main text is taken out."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

from stance.errors import DataError, MissingExtraError

STDIN: Final = "-"
_HTML_SUFFIXES: Final = frozenset((".html", ".htm", ".xhtml"))
_HTML_OPENING: Final = re.compile(r"\s*(?:<!doctype html|<html\b)", re.IGNORECASE)


def read_article_file(path: str) -> str:
    """Read an article as plain text.

    Parameters
    ----------
    path : str
        A file in UTF-8, or ``-`` for the standard input. A name in ``.html``, or a text that begins as
        HTML does, is a page: headings and paragraphs of its main text are taken out.

    Returns
    -------
    str
        Plain text, paragraphs apart by line breaks.

    Raises
    ------
    DataError
        If the file is not UTF-8, or the page has no main text.
    MissingExtraError
        If it is a page and ``stance[html]`` is not installed.
    OSError
        If the file cannot be read.
    """
    try:
        text = (
            sys.stdin.buffer.read().decode("utf-8-sig")
            if path == STDIN
            else Path(path).read_text("utf-8-sig")
        )
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}") from error
    if Path(path).suffix.lower() in _HTML_SUFFIXES or _HTML_OPENING.match(text):
        return _main_text(text, path)
    return text


def _main_text(page: str, path: str) -> str:
    try:
        # An optional extra, and slow to load.
        import trafilatura  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(
            f"{path}: reading HTML needs trafilatura: pip install 'stance[html]'"
        ) from error
    text = trafilatura.extract(page, include_comments=False, include_tables=False)
    if not text:
        raise DataError(f"{path}: no main text found in this page")
    return str(text)
