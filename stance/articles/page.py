"""An article as one HTML page: its statements marked by stance, and a summary per speaker."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Sequence
from typing import Final

from stance.articles.article import Statement
from stance.stances import LABELS, STANCES

_UNSURE: Final = "unsure"
_NOBODY: Final = "speaker unclear"
_STYLE: Final = """
:root { color-scheme: light dark; --accusation: 214 69 65; --denial: 47 111 208; --threat: 150 60 170;
  --hedge: 190 130 20; --other: 120 120 120; --unsure: 120 120 120;
  --ink: #1d1d1f; --paper: #fff; --line: #ddd; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8ea; --paper: #17181a; --line: #3a3b3e;
  --accusation: 240 120 110; --denial: 120 170 250; --threat: 205 140 225; --hedge: 235 185 90;
  --other: 160 160 160; --unsure: 160 160 160; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 46rem; font: 17px/1.65 Georgia, serif;
  color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
h1 { font-size: 1.35rem; line-height: 1.3; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font: 14px/1.4 system-ui, sans-serif; width: 100%;
  margin: 1rem 0 2rem; }
th, td { text-align: right; padding: .35rem .5rem; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; }
p { margin: 0 0 1em; white-space: pre-line; }
mark { color: inherit; border-radius: 3px; padding: .08em .15em; box-decoration-break: clone;
  -webkit-box-decoration-break: clone; background: rgb(var(--c) / .17);
  border-bottom: 2px solid rgb(var(--c)); }
mark:hover, mark:focus { background: rgb(var(--c) / .35); outline: none; }
.key { font: 14px/2 system-ui, sans-serif; }
.key mark { margin-right: .6em; }
""" + "".join(f".{name} {{ --c: var(--{name}); }}\n" for name in (*LABELS, _UNSURE))


def article_page(text: str, statements: Sequence[Statement], *, title: str = "Article") -> str:
    """Show an article with its statements marked.

    Parameters
    ----------
    text : str
        The article.
    statements : sequence of Statement
        What :func:`stance.read_article` found in it.
    title : str, default "Article"
        Title of the page.

    Returns
    -------
    str
        A page that needs nothing else: no script, no network. Whatever the article holds is inert.
    """
    marks = [(span, s) for s in statements for span in s.spans]
    marks.sort(key=lambda pair: pair[0])
    parts: list[str] = []
    at = 0
    for (start, end), statement in marks:
        parts += [_escape(text[at:start]), _mark(text[start:end], statement)]
        at = end
    parts.append(_escape(text[at:]))
    key = " ".join(f'<mark class="{label}">{label}</mark>' for label in LABELS)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{_escape(title)}</h1>\n{_summary(statements)}\n"
        f'<p class="key">{key}</p>\n<p>{"".join(parts)}</p>\n</body>\n</html>\n'
    )


def _mark(words: str, statement: Statement) -> str:
    p = statement.prediction
    who = statement.speaker or statement.speaker_text or _NOBODY
    shares = ", ".join(f"{label} {share:.0%}" for label, share in p.probabilities.items())
    name = p.label or _UNSURE
    return (
        f'<mark class="{name}" tabindex="0" title="{_escape(f"{who}: {name} ({shares})")}">'
        f"{_escape(words)}</mark>"
    )


def _summary(statements: Sequence[Statement]) -> str:
    """Count the stances of each speaker, the most frequent speaker first."""
    counts: dict[str, Counter[str]] = {}
    for s in statements:
        who = s.speaker or _NOBODY
        counts.setdefault(who, Counter())[s.prediction.label or _UNSURE] += 1
    columns = [*STANCES, "other"]
    rows = "".join(
        f"<tr><td>{_escape(who)}</td>"
        + "".join(f"<td>{labels[column] or ''}</td>" for column in columns)
        + f"<td>{labels.total()}</td></tr>\n"
        for who, labels in sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    )
    heads = "".join(f"<th>{column}</th>" for column in (*columns, "all"))
    return f'<div class="wide"><table>\n<tr><th>speaker</th>{heads}</tr>\n{rows}</table></div>'


def _escape(text: str) -> str:
    # Lone surrogates cannot be written to a page.
    return html.escape(text.encode("utf-8", "replace").decode("utf-8"))
