"""A drawn map that needs no stylesheet, for cards: the light palette of the theme as attributes."""

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
        "tick": {"fill": "none", "stroke": INK, "stroke-width": "1"},
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
