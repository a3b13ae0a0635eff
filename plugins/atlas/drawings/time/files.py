"""Drawings of time as pictures of their own: SVG files that need no stylesheet (see ``pictures``).

On a page lanes and columns lie at per cents of a width that the browser knows, and the theme colours them.
Here the width is fixed, so per cents become px, and classes become attributes.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from ...model.records import Code
from ...views.analysis.accessions import Accessions
from ...views.lanes.geometry import LEFT, RIGHT, Scale
from ...views.lanes.rows import LaneRow
from ...views.lanes.tables import LaneTable
from ..picture_file import EDGE, FOOT, INK, LINE, PAPER, SOFT, TEXT_FONT, canvas, signed
from . import accessions as columns
from . import lanes

_NAMES, _LANE, _DATES = 260, 560, 260
"""The widths of the columns of a drawing of lanes."""
_ROW, _HEAD, _AXIS = 46, 52, 30
_WIDE = 920
"""The width of a drawing of accessions."""
_GAP = 20

_STROKE = {"fill": "none", "stroke": "currentColor", "stroke-width": "3"}
_LOOK: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "gr": {"stroke": LINE},
        "now": {"stroke": EDGE, "stroke-dasharray": "2 3"},
        "span": {"transform": "translate(0 -2)"},
        "iv": {},
        "m0": {"stop-color": "#fff", "stop-opacity": "0"},
        "m7": {"stop-color": "#fff", "stop-opacity": ".68"},
        "m1": {"stop-color": "#fff"},
        "pt": {"stroke": PAPER, "stroke-width": "2"},
        "ring": {"fill": PAPER, "stroke": "currentColor", "stroke-width": "2.5"},
        "stroke": _STROKE | {"stroke-linecap": "square"},
        "dash": {
            "stroke": "currentColor",
            "stroke-width": "3",
            "stroke-dasharray": ".1 7",
            "stroke-linecap": "round",
        },
        "q": {"font-size": "18", "font-weight": "700", "font-family": TEXT_FONT},
        "soft": {"opacity": ".55"},
        "faint": {"opacity": ".6"},
        "known": {},
        "bar": {"stroke": "currentColor", "opacity": ".5"},
        "minor": {},
        "year": {},
    }
)
"""Attributes for the classes that ``lanes`` and ``accessions`` draw with, as the style sheet has them."""
_PER_CENT = re.compile(r"-?[\d.]+%")


def lane_picture(table: LaneTable, topics: Mapping[str, Code], credit: str) -> str:
    """Return the SVG file of a drawing of lanes with its labels, and ``credit`` at its foot."""
    rows = [row for group in (*table.groups, *table.folded) for row in group.rows]
    width = _NAMES + _LANE + _DATES + 3 * _GAP
    height = _HEAD + _AXIS + _ROW * len(rows) + 12
    whole = canvas(width, height + FOOT, table.caption)
    whole.append(_signs(table.scale))
    _text(whole, table.caption, _GAP, 34, size="20", weight="700")
    axis = ET.fromstring(lanes.axis(table.scale, table.today))
    _place(whole, axis, _NAMES + _GAP, _HEAD, _LANE, _AXIS, SOFT)
    for number, row in enumerate(rows):
        _row(whole, row, table.scale, _HEAD + _AXIS + number * _ROW, topics)
    return signed(whole, height + FOOT, credit)


def _row(whole: ET.Element, row: LaneRow, scale: Scale, y: float, topics: Mapping[str, Code]) -> None:
    middle = y + _ROW / 2 + 5
    _text(whole, _short(", ".join(to.text for to in row.links), 32), _GAP, middle)
    drawn = ET.fromstring(lanes.lane(row.lane, scale))
    colour = _colour(row.lane.topic, topics)
    _place(whole, drawn, _NAMES + _GAP, y, _LANE, _ROW, colour)
    _text(whole, _short(row.when, 34), _NAMES + _LANE + 2 * _GAP, middle, fill=SOFT)
    line = {"x1": str(_GAP), "x2": str(_NAMES + _LANE + _DATES + 2 * _GAP), "stroke": LINE}
    ET.SubElement(whole, "line", line | {"y1": f"{y + _ROW:g}", "y2": f"{y + _ROW:g}"})


def accession_picture(
    chart: Accessions, title: str, topic: str | None, topics: Mapping[str, Code], credit: str
) -> str:
    """Return the SVG file of who joined in which year, with ``credit`` at its foot."""
    drawn = ET.fromstring(columns.chart(chart))
    tall = float(drawn.attrib["height"])
    height = _HEAD + tall + 42
    whole = canvas(_WIDE + 2 * _GAP, height + FOOT, f"{title}: {chart.label}")
    _text(whole, _short(f"{chart.heading}: {title}", 92), _GAP, 34, size="20", weight="700")
    for label in drawn.iter("text"):
        label.attrib["fill"] = SOFT
    _place(whole, drawn, _GAP, _HEAD, _WIDE, tall, _colour(topic, topics))
    _text(whole, _short(chart.undated, 130), _GAP, height - 8, fill=SOFT)
    return signed(whole, height + FOOT, credit)


@lru_cache(512)  # the scale is that of the years shown, and few cities began much earlier than others
def _signs(scale: Scale) -> ET.Element:
    """Return the signs that lanes use, a year as wide as it is on this scale; not to be changed."""
    defs = ET.fromstring(lanes.defs(scale))[0]
    year = max(18.0, _LANE * (RIGHT - LEFT) / scale.years)
    for sign in defs.iter("rect"):
        if "year" in sign.attrib.get("class", "").split():
            sign.attrib.update({"width": f"{year:.4g}", "x": f"{-year / 2:.4g}"})
    _dress(defs, _LANE, _ROW)
    return defs


def _place(
    whole: ET.Element, drawn: ET.Element, x: float, y: float, width: float, height: float, colour: str
) -> None:
    _dress(drawn, width, height)
    look = {"transform": f"translate({x:g} {y:g})", "fill": colour, "color": colour}
    ET.SubElement(whole, "g", look | {"font-family": TEXT_FONT, "font-size": "15"}).extend(drawn)


def _dress(drawn: ET.Element, width: float, height: float) -> None:
    """Turn what a browser would work out into plain attributes, in place."""
    for part in drawn.iter():
        for name, value in part.attrib.items():
            if _PER_CENT.fullmatch(value):
                of = height if name.startswith(("y", "cy", "height")) else width
                part.attrib[name] = f"{float(value[:-1]) / 100 * of:.5g}"
        classes = part.attrib.pop("class", "").split() if part is not drawn else ()
        if "life" in classes:
            _thin(part)
            continue
        for name in classes:
            part.attrib.update({key: part.attrib.get(key, value) for key, value in _LOOK[name].items()})
        if part.tag == "svg" and part is not drawn:
            # A nested image would be cut off at its own frame.
            part.tag = "g"
            part.attrib["transform"] = f"translate({part.attrib.pop('x')} {part.attrib.pop('y')})"


def _thin(life: ET.Element) -> None:
    """The life of an instrument is thinner and fainter than any period of a city."""
    life.attrib["opacity"] = ".6"
    for part in life:
        if part.attrib.get("class") == "span":
            part.attrib.update({"height": "2", "transform": "translate(0 -1)"})
        else:
            part.attrib["stroke-width"] = "2"


def _colour(topic: str | None, topics: Mapping[str, Code]) -> str:
    known = topics.get(topic or "")
    return (known.colour_light if known else None) or INK


def _text(
    whole: ET.Element,
    text: str,
    x: float,
    y: float,
    *,
    size: str = "15",
    weight: str = "400",
    fill: str = INK,
) -> None:
    look = {"x": f"{x:g}", "y": f"{y:g}", "fill": fill, "font-size": size, "font-weight": weight}
    ET.SubElement(whole, "text", look | {"font-family": TEXT_FONT}).text = text


def _short(text: str, most: int) -> str:
    """Return the text, cut after ``most`` characters, which is what its column holds."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
