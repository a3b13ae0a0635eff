"""A drawn map as a picture of its own: an SVG file that needs no stylesheet, for print, slides and cards.

On a page the theme colours a sheet and lets its land run beyond the view box. A picture stands alone: it
is cut to the view box, carries the light palette as attributes and names its licence below.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from types import MappingProxyType

from markupsafe import Markup

_SVG = "http://www.w3.org/2000/svg"
_SEA, _LAND, _EDGE, _INK = "#dbe8e6", "#f7faf6", "#6f8483", "#10262b"
_FOOT = 26
"""The height of the line with the licence, in units of the view box."""


def _round(colour: str, width: float) -> dict[str, str]:
    return {"fill": "none", "stroke": colour, "stroke-width": f"{width:g}", "stroke-linecap": "round"}


_LINE = {"fill": "none", "stroke": _EDGE, "stroke-width": "0.6", "stroke-opacity": "0.4"}
_LOOK: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "grat": _LINE,
        "grat border": _LINE,
        "grat region": _LINE,
        "land": {"fill": _LAND, "stroke": _EDGE, "stroke-width": "0.7", "stroke-linejoin": "round"},
        "here": {"fill": "#fff", "stroke": _EDGE, "stroke-width": "1.25", "stroke-linejoin": "round"},
        "dot d1": _round(_INK, 4),
        "dot d2": _round(_INK, 7),
        "dot d3": _round(_INK, 11),
        "halo h1": _round(_LAND, 6),
        "halo h2": _round(_LAND, 9),
        "halo h3": _round(_LAND, 13.5),
        "dot seek": _round(_INK, 30),
        "dot seekin": _round("#ffd24a", 26),
    }
)
"""Attributes for the classes that `sheet` draws with; the colours are the light ones of the theme."""
_NAMES = {
    "fill": _INK,
    "font-family": "Atkinson Hyperlegible, Verdana, sans-serif",
    "font-size": "16",
    "paint-order": "stroke",
    "stroke": _LAND,
    "stroke-width": "3.5",
    "stroke-linejoin": "round",
}


def picture(sheet: Markup, credit: str) -> str:
    """Return the SVG file of a sheet (see ``render.sheet``) with ``credit``, plain text, below it.

    Raises KeyError for a class that the sheet draws with and this module does not know.
    """
    drawn = ET.fromstring(sheet)
    width, height = (float(side) for side in drawn.attrib["viewBox"].split()[2:])
    whole = ET.Element(
        "svg",
        {
            "xmlns": _SVG,
            "viewBox": f"0 0 {width:g} {height + _FOOT:g}",
            "width": f"{width:g}",
            "height": f"{height + _FOOT:g}",
            "role": "img",
        },
    )
    ET.SubElement(whole, "title").text = drawn.attrib["aria-label"]
    ET.SubElement(whole, "rect", {"width": "100%", "height": "100%", "fill": "#fff"})
    # A nested image cuts off what lies outside its own frame.
    frame = ET.SubElement(whole, "svg", {"width": f"{width:g}", "height": f"{height:g}"})
    ET.SubElement(frame, "rect", {"width": "100%", "height": "100%", "fill": _SEA})
    for part in drawn:
        look = _NAMES if part.tag == "text" else _LOOK[part.attrib.pop("class")]
        part.attrib.update(look)
        frame.append(part)
    foot = {"x": "8", "y": f"{height + 18:g}", "fill": _INK, "font-size": "12"}
    ET.SubElement(whole, "text", foot | {"font-family": _NAMES["font-family"]}).text = credit
    return ET.tostring(whole, encoding="unicode") + "\n"
