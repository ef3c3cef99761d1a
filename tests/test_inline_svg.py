from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from stance.reports.inline_svg import COLOURS, INK, inline_svg, page_style
from stance.stances import LABELS

matplotlib = pytest.importorskip("matplotlib", reason="needs stance[report]")


def drawing(name: str = "one") -> str:
    with page_style("a test") as new_figure:
        figure = new_figure(figsize=(3, 2))
        axes = figure.subplots()
        axes.plot([0, 1], [0, 1], marker="o", label="<line> & more")
        axes.set_title('a "title"')
        axes.legend()
        return inline_svg(figure, name, 'what "it" <shows>')


def test_it_is_one_sound_element() -> None:
    assert ElementTree.fromstring(drawing()).tag == "svg"


def test_the_same_picture_is_the_same_bytes() -> None:
    assert drawing() == drawing()


def test_nobodys_own_settings_change_it() -> None:
    plain = drawing()
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red", "svg.fonttype": "path"}):
        assert drawing() == plain


def test_settings_are_as_before() -> None:
    before = dict(matplotlib.rcParams)
    drawing()
    assert dict(matplotlib.rcParams) == before


def test_text_is_text_in_the_colour_of_the_page() -> None:
    svg = drawing()
    assert "&lt;line&gt; &amp; more</text>" in svg
    assert "currentColor" in svg
    assert INK not in svg


def test_ids_begin_with_the_name_and_are_all_used() -> None:
    svg = drawing("two")
    ids = set(re.findall(r' id="([^"]*)"', svg))
    used = set(re.findall(r'href="#([^"]*)"', svg)) | set(re.findall(r"url\(#([^)]*)\)", svg))
    assert ids == used
    assert all(name.startswith("two-") for name in ids)


def test_it_holds_no_style_sheet_no_metadata_and_no_address() -> None:
    svg = drawing()
    assert not re.search(r"<style|<metadata|<!DOCTYPE|<\?xml|https?:", svg)


def test_every_label_has_a_colour_of_its_own() -> None:
    assert len({COLOURS[label] for label in LABELS}) == len(LABELS)


@pytest.mark.parametrize("paper", ["#ffffff", "#17181a"])
@pytest.mark.parametrize("label", LABELS)
def test_colours_stand_out_on_light_and_dark(label: str, paper: str) -> None:
    # WCAG 2.1, success criterion 1.4.11: 3 to 1 for graphics; 2.5 for a line beside a legend.
    light, dark = sorted((luminance(COLOURS[label]), luminance(paper)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) > 2.5


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
