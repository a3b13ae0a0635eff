"""A drawn map as a picture of its own: an SVG file that needs no stylesheet, for print, slides and cards.

On a page the theme colours a sheet and lets its land run beyond the view box. A picture stands alone: it
is cut to the view box, carries the light palette as attributes and names its licence below.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from markupsafe import Markup

_SVG = "http://www.w3.org/2000/svg"
SEA, LAND, EDGE, INK = "#dbe8e6", "#f7faf6", "#6f8483", "#10262b"
PAPER, SOFT, LINE = "#fff", "#475b60", "#b9c8c6"
TEXT_FONT = "Atkinson Hyperlegible, Verdana, sans-serif"
FOOT = 26
"""The height of the line with the licence, in units of the view box."""


def _round(colour: str, width: float) -> dict[str, str]:
    return {"fill": "none", "stroke": colour, "stroke-width": f"{width:g}", "stroke-linecap": "round"}


_LINE = {"fill": "none", "stroke": EDGE, "stroke-width": "0.6", "stroke-opacity": "0.4"}
_LOOK: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "grat": _LINE,
        "grat border": _LINE,
        "grat region": _LINE,
        "land": {"fill": LAND, "stroke": EDGE, "stroke-width": "0.7", "stroke-linejoin": "round"},
        "here": {"fill": "#fff", "stroke": EDGE, "stroke-width": "1.25", "stroke-linejoin": "round"},
        "dot d1": _round(INK, 4),
        "dot d2": _round(INK, 7),
        "dot d3": _round(INK, 11),
        "halo h1": _round(LAND, 6),
        "halo h2": _round(LAND, 9),
        "halo h3": _round(LAND, 13.5),
        "dot seek": _round(INK, 30),
        "dot seekin": _round("#ffd24a", 26),
    }
)
"""Attributes for the classes that `sheet` draws with; the colours are the light ones of the theme."""
_NAMES = {
    "fill": INK,
    "font-family": TEXT_FONT,
    "font-size": "16",
    "paint-order": "stroke",
    "stroke": LAND,
    "stroke-width": "3.5",
    "stroke-linejoin": "round",
}


def picture(sheet: Markup, credit: str) -> str:
    """Return the SVG file of a sheet (see ``render.sheet``) with ``credit``, plain text, below it."""
    drawn = coloured(sheet)
    whole = canvas(drawn.width, drawn.height + FOOT, drawn.label)
    # What lies outside the sheet is beyond the picture or under its foot: a nested image, which would cut it
    # off, takes programs three times as long to draw.
    ET.SubElement(whole, "rect", {"width": "100%", "height": f"{drawn.height:g}", "fill": SEA})
    whole.extend(drawn.parts)
    return signed(whole, drawn.height + FOOT, credit)


class Drawn(NamedTuple):
    """A sheet with the light colours of the theme as attributes."""

    width: float
    height: float
    """The size of its view box; parts may lie outside it."""
    label: str
    parts: tuple[ET.Element, ...]


def coloured(sheet: Markup) -> Drawn:
    """Return the parts of a sheet (see ``render.sheet``) so that they need no stylesheet.

    Raises KeyError for a class that the sheet draws with and this module does not know.
    """
    drawn = ET.fromstring(sheet)
    width, height = (float(side) for side in drawn.attrib["viewBox"].split()[2:])
    for part in drawn:
        part.attrib.update(_NAMES if part.tag == "text" else _LOOK[part.attrib.pop("class")])
    return Drawn(width, height, drawn.attrib["aria-label"], tuple(drawn))


def canvas(width: float, height: float, label: str) -> ET.Element:
    """Return an empty picture on white paper, in units of px, with the title that it is read by."""
    size = {"width": f"{width:g}", "height": f"{height:g}"}
    whole = ET.Element("svg", {"xmlns": _SVG, "viewBox": f"0 0 {width:g} {height:g}", **size, "role": "img"})
    ET.SubElement(whole, "title").text = label
    ET.SubElement(whole, "rect", {"width": "100%", "height": "100%", "fill": PAPER})
    return whole


def signed(whole: ET.Element, height: float, credit: str) -> str:
    """Return the file of a picture with ``credit``, plain text, at its foot, which is ``FOOT`` high."""
    under = {"y": f"{height - FOOT:g}", "width": "100%", "height": f"{FOOT}", "fill": PAPER}
    ET.SubElement(whole, "rect", under)
    foot = {"x": "8", "y": f"{height - 8:g}", "fill": INK, "font-size": "12", "font-family": TEXT_FONT}
    ET.SubElement(whole, "text", foot).text = credit
    return ET.tostring(whole, encoding="unicode") + "\n"
