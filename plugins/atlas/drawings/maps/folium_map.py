"""The interactive map, made with folium: a script that stands in a file of its own.

folium writes the map itself: its options, and the pane of the sheet that Leaflet moves. What it
writes is the same on every page and in every language, so a browser fetches it once, and it holds nothing
that anyone contributed: land, places, words and dates come as data and reach the page as text
(``theme/static/js/map``). Nothing but this module imports folium.

The reference system is a plane: the scripts put the projection of the drawn sheets in its place.
Ids are counted, so two builds give the same bytes. The header that folium would add
(Leaflet, jQuery, Bootstrap and style sheets from other hosts) is dropped, so the policy
``script-src 'self'; style-src 'self'`` holds.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from typing import Any

import folium
from branca.element import Element

from ...views.pages.map import FURTHEST, NEAREST


def script() -> str:
    """Return the script of the map.

    It puts the map into the element ``map_atlas`` and leaves it in the variable of the same name.
    """
    with _counted_ids():
        figure = folium.Map(
            location=(52, 12),
            zoom_start=4,
            crs="Simple",
            tiles=None,
            zoom_control=False,
            minZoom=FURTHEST,
            maxZoom=NEAREST,
            zoomSnap=0.25,
            wheelPxPerZoomLevel=120,
            attributionControl=False,
        )
        figure._name, figure._id = "map", "atlas"
        folium.map.CustomPane("sheet", z_index=400).add_to(figure)
        root: Any = figure.get_root()
        root.render()
        return _alone(str(root.script.render()))


@contextlib.contextmanager
def _counted_ids() -> Iterator[None]:
    """Give folium's elements numbers instead of 32 random digits."""
    element: Any = Element
    own, numbers = element._generate_id, itertools.count()
    element._generate_id = classmethod(lambda cls: f"atlas_{next(numbers)}")
    try:
        yield
    finally:
        element._generate_id = own


def _alone(script: str) -> str:
    """The script without what it would need from elsewhere."""
    missing = next((word for word in ("$(", "$.", "AwesomeMarkers", "http") if word in script), None)
    assert missing is None, f"folium wrote a script that needs {missing}"
    lines = [line.strip() for line in script.splitlines()]
    return "\n".join((*(line for line in lines if line), ""))
