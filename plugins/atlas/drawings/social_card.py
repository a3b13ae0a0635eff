"""Social cards: 1200 × 630 px, what a link looks like where it is shared. Drawn from the map sheet of a page.

A card is a function of its view, its sheet and the fonts; whatever it says is text, and none of it leaves
the card: long names are broken and set smaller (see ``text_width``).
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from ..languages.words import capitalized
from ..views.shared.card import Card, CardFact
from .picture_file import EDGE, INK, PAPER, SEA, SOFT, TEXT_FONT, canvas, coloured
from .png import HEAD_FONT
from .text_width import LEADING, fit, width

WIDTH, HEIGHT = 1200, 630
"""The size that networks ask for, in px."""
_LEFT, _ROOM, _PANEL = 64, 500, 592
"""Where text begins, how wide it may be, and where the map begins to be seen."""
_TOP, _BOTTOM = 84, HEIGHT - 112
"""The lines on which the first text and the last fact stand."""
_NAME, _FULL = 226, 70
"""The height that names may take together, and the full one of these."""
_SMALL = 28
"""The size of small text, in px: the least that is read in the preview of a message."""
_MARK = "#ffd24a"
_MAP = 630
"""The width of the map, at the right edge: any less, and its land would not reach up and down."""


def card(view: Card, sheet: Markup | None, fonts: Mapping[str, Path]) -> str:
    """Return the SVG of a card; ``fonts`` are files by what they are for (see ``raster.FONTS``)."""
    whole = canvas(WIDTH, HEIGHT, view.name)
    ET.SubElement(whole, "rect", _box(0, 0, WIDTH, HEIGHT) | {"fill": SEA})
    if sheet is not None:
        _map(whole, sheet)
    _panel(whole)
    foot = _heading(whole, view, fonts)
    _facts(whole, view.facts, foot, fonts)
    _site(whole, view.site, fonts)
    return ET.tostring(whole, encoding="unicode")


def _map(whole: ET.Element, sheet: Markup) -> None:
    """Let the sheet fill the card from its right edge on, as it fills its place on a page."""
    drawn = coloured(sheet)
    scale = min(_MAP / drawn.width, HEIGHT / drawn.height)
    # A group, where nested images would be cut out: what is beyond the card is not drawn anyway.
    at = f"translate({WIDTH - drawn.width * scale:.5g} {(HEIGHT - drawn.height * scale) / 2:.5g})"
    ET.SubElement(whole, "g", {"transform": f"{at} scale({scale:.5g})"}).extend(drawn.parts)


def _panel(whole: ET.Element) -> None:
    """Lay paper under the text, with a plain edge: a fading one would take long and make large files."""
    ET.SubElement(whole, "rect", _box(0, 0, _PANEL, HEIGHT) | {"fill": PAPER})
    ET.SubElement(whole, "rect", _box(_PANEL, 0, 2, HEIGHT) | {"fill": INK})
    ET.SubElement(whole, "rect", _box(0, 0, 14, HEIGHT) | {"fill": _MARK})


def _heading(whole: ET.Element, view: Card, fonts: Mapping[str, Path]) -> float:
    """Write kicker, name and full name; return where they end."""
    y = float(_TOP)
    _text(whole, _line(capitalized(view.kicker), fonts["bold"]), y, bold=True, fill=SOFT)
    room = _NAME - (_FULL if view.full_name else 0)
    name = fit(view.name, fonts["head"], room=_ROOM, sizes=(104, 92, 80, 70, 60, 52, 46, 40, 34), height=room)
    y += 14
    for line in name.lines:
        y += name.size * LEADING
        _text(whole, line, y, name.size, head=True)
    if view.full_name:
        full = fit(view.full_name, fonts["text"], room=_ROOM, sizes=(30, 27, 24), height=_FULL)
        y += 14
        for line in full.lines:
            y += full.size * LEADING
            _text(whole, line, y, full.size, fill=SOFT)
    return y


def _facts(whole: ET.Element, facts: tuple[CardFact, ...], top: float, fonts: Mapping[str, Path]) -> None:
    """Write the facts above the foot, each with its number large, in the room that is left."""
    step = min(82.0, (_BOTTOM - top - 12) / max(1, len(facts)))
    size = min(60.0, step * 0.85)
    column = min(_ROOM / 2, max((width(fact.value, fonts["head"], size) for fact in facts), default=0)) + 22
    for at, fact in enumerate(facts):
        y = _BOTTOM - step * (len(facts) - 1 - at)
        _text(whole, fact.value, y, size, head=True)
        label = fit(fact.label, fonts["text"], room=_ROOM - column, sizes=(30, 26, 22), height=step)
        first = y - (len(label.lines) - 1) * label.size * LEADING / 2
        for number, line in enumerate(label.lines):
            _text(whole, line, first + number * label.size * LEADING, label.size, x=_LEFT + column)


def _site(whole: ET.Element, site: str, fonts: Mapping[str, Path]) -> None:
    ET.SubElement(whole, "rect", _box(_LEFT, HEIGHT - 76, 64, 4) | {"fill": EDGE})
    _text(whole, _line(site, fonts["bold"]), HEIGHT - 36, bold=True)


def _line(text: str, font: Path) -> str:
    """Return as much of the text as one small line holds."""
    return "".join(fit(text, font, room=_ROOM, sizes=(_SMALL,), height=_SMALL * LEADING).lines)


def _text(
    whole: ET.Element,
    text: str,
    y: float,
    size: float = _SMALL,
    *,
    x: float = _LEFT,
    head: bool = False,
    bold: bool = False,
    fill: str = INK,
) -> None:
    look = {"x": f"{x:.5g}", "y": f"{y:.5g}", "font-size": f"{size:.4g}", "fill": fill}
    look |= {"font-family": HEAD_FONT if head else TEXT_FONT}
    look |= {"font-weight": "600"} if head else {"font-weight": "700"} if bold else {}
    ET.SubElement(whole, "text", look).text = text


def _box(x: float, y: float, width: float, height: float) -> dict[str, str]:
    return {"x": f"{x:g}", "y": f"{y:g}", "width": f"{width:g}", "height": f"{height:g}"}
