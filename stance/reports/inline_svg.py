"""matplotlib pictures as SVG inside of an HTML page: same bytes each time, light and dark."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from stance.errors import MissingExtraError
from stance.stances import LABELS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK: Final = "#010203"
"""Stands for the colour of the page's text: in a page it becomes ``currentColor``."""

COLOURS: Final = dict(
    zip(LABELS, ("#d9534f", "#3b82d6", "#a855c0", "#c98a1b", "#888a8e"), strict=True)
)
"""A colour for each label, readable on white and on black."""

_STYLE: Final[dict[str, Any]] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "stance",
    "font.size": 10,
    "axes.titlesize": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "legend.framealpha": 0.0,
    "legend.edgecolor": "none",
    "grid.alpha": 0.15,
    **dict.fromkeys(
        (
            "text.color",
            "axes.edgecolor",
            "axes.labelcolor",
            "xtick.color",
            "ytick.color",
            "grid.color",
        ),
        INK,
    ),
}
_FONT: Final = "system-ui, sans-serif"


@contextmanager
def page_style(what: str) -> Iterator[type[Figure]]:
    """Draw within this, for :func:`inline_svg`.

    Parameters
    ----------
    what : str
        What is drawn, for the error.

    Yields
    ------
    type
        The class of matplotlib's figures, which need no window.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    """
    try:
        # Slow to load, and an optional extra.
        from matplotlib import style  # noqa: PLC0415
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(f"{what} needs matplotlib: pip install 'stance[report]'") from error
    # From the defaults, so that nobody's own settings change the bytes.
    with style.context(["default", _STYLE]):
        yield Figure


def inline_svg(figure: Figure, name: str, description: str) -> str:
    """Make a figure a part of a page.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Drawn within :func:`page_style`.
    name : str
        Letters that no other picture of the page has; goes before every id.
    description : str
        What the picture shows, for those who do not see it.

    Returns
    -------
    str
        An ``<svg>`` element without script, style sheet, font or link to elsewhere.
    """
    file = io.StringIO()
    # Without a date, the same picture is the same bytes.
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    svg = file.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>\s*", "", svg, flags=re.DOTALL)
    used = set(re.findall(r'(?:xlink:href="#|url\(#)([^")]+)', svg))
    svg = re.sub(r' id="([^"]*)"', lambda m: f' id="{name}-{m[1]}"' if m[1] in used else "", svg)
    svg = re.sub(r"xlink:href=\"#", f'href="#{name}-', svg)
    svg = svg.replace("url(#", f"url(#{name}-").replace(INK, "currentColor")
    svg = re.sub(r"'DejaVu Sans'(?:, [^;\"]*)?", _FONT, svg)
    box = re.search(r'viewBox="[^"]*"', svg)
    head = (
        f'<svg {box[0] if box else ""} role="img" aria-label="{html.escape(description)}" '
        'stroke-linejoin="round" stroke-linecap="butt">'
    )
    return re.sub(r"^<svg[^>]*>", lambda _: head, svg).strip()
