"""The interactive map, made with folium: a script that stands in a file of its own.

folium writes the map itself: its options, the panes, the layers of the base map and the
layer that gathers marks into clusters. What it writes is the same on every page and in every
language, so a browser fetches it once, and it holds nothing that anyone contributed: the part of
the world that a page starts with, places, words and dates come as data and reach
the page as text (``theme/static/js/map``). Nothing but this module imports folium.

Ids are counted, so two builds give the same bytes. The header that folium would add
(Leaflet, jQuery, Bootstrap and style sheets from other hosts) is dropped, and the files of
the base map are fetched beside the script, so the policy ``script-src 'self'; style-src 'self'`` holds.
"""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterator
from typing import Any, TypeVar

import folium
from branca.element import Element
from folium.plugins import MarkerCluster

from ...views.pages.map import FURTHEST, NEAREST

E = TypeVar("E", bound=Any)

_LAND: dict[str, Any] = {"pane": "land", "interactive": False, "smoothFactor": 0.6}
_NOTHING = {"type": "FeatureCollection", "features": []}

# The call that folium writes to fetch a file: with jQuery, and holding up the page.
_FETCH = re.compile(r"\$\.ajax\((\".*?\"), \{dataType: 'json', async: false\}\)\s*\.done\((\w+)_add\);")
_LOADER = """window.\\2_load = () => fetch(new URL(\\1, atlas_folder))
            .then(answer => answer.ok ? answer.json() : Promise.reject(new Error(answer.status)))
            .then(\\2_add);"""


def script() -> str:
    """Return the script of the map.

    It puts the map into the element ``map_atlas`` and leaves it in the variable of the same
    name; the layers are ``europe_atlas``, ``countries_atlas``, ``voivodeships_atlas`` and
    ``marks_atlas``. Each layer of the base map is fetched by its function ``…_load``.
    """
    with _counted_ids():
        figure = _named(
            folium.Map(
                location=(52, 12),
                zoom_start=4,
                tiles=None,
                zoom_control=False,
                minZoom=FURTHEST,
                maxZoom=NEAREST,
                wheelPxPerZoomLevel=120,
                maxBounds=[[-75, -220], [85, 220]],
                maxBoundsViscosity=0.6,
                attributionControl=False,
            ),
            "map",
        )
        for order, pane in enumerate(("land", "regions")):
            folium.map.CustomPane(pane, z_index=210 + order).add_to(figure)
        _land("europe", className="land").add_to(figure)
        _land("countries", className="land").add_to(figure)
        _land("voivodeships", className="region", pane="regions").add_to(figure)
        clusters: Any = MarkerCluster  # without types
        marks = clusters(
            control=False,
            # Pixels: closer, a pointer could not tell two marks apart.
            maxClusterRadius=20,
            showCoverageOnHover=False,
            spiderfyOnMaxZoom=True,
            chunkedLoading=True,
        )
        _named(marks, "marks").add_to(figure)
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


def _land(name: str, **options: Any) -> folium.GeoJson:
    """A layer of the base map, which is fetched only when the page asks for it."""
    layer = folium.GeoJson(_NOTHING, name=name, control=False, **{**_LAND, **options})
    layer.embed, layer.embed_link = False, f"{name}.geojson"
    return _named(layer, name)


def _named(element: E, name: str) -> E:
    """Choose the name of the element's variable in the script."""
    element._name, element._id = name, "atlas"
    return element


def _alone(script: str) -> str:
    """The script without what it would need from elsewhere."""
    script = _FETCH.sub(_LOADER, script)
    missing = next((word for word in ("$(", "$.", "AwesomeMarkers", "http") if word in script), None)
    assert missing is None, f"folium wrote a script that needs {missing}"
    lines = [line.strip() for line in script.splitlines()]
    return "\n".join(
        ("var atlas_folder = document.currentScript.src;", *(line for line in lines if line), "")
    )
