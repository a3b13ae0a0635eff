"""What is drawn on the land: graticule, dots and names, and the SVG around them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import shapely
from markupsafe import Markup, escape

from ...views.parts import MapPoint
from .basemap import FAR, Land, Projected, Window, path_of_dots, path_of_lines
from .labels import Dot, Label
from .projection import EqualEarth
from .viewport import degrees

RADII = {1: 3.0, 2: 4.5, 3: 6.8}
"""The radius of a dot with its halo, by size."""

_CELLS = (1, 2, 3, 4, 6, 8, 12, 16)
"""Units: where there are too many dots, one stands for all of its size in a square so wide."""


def dots(
    view: Projected,
    places: Sequence[MapPoint],
    *,
    size: Callable[[int], int],
    window: Window,
    most: int = 1500,
) -> list[tuple[int, Dot]]:
    """Size and dot of each place that lies in the window, or of about ``most`` that stand for the others."""
    if not places:
        return []
    at = view.places(degrees(places))
    x, y = at[:, 0], at[:, 1]
    inside = (window.left <= x) & (x <= window.right) & (window.top <= y) & (y <= window.bottom)
    found: list[tuple[int, Dot]] = []
    for index in np.flatnonzero(inside).tolist():
        place = places[index]
        kind = size(place.weight)
        spot = float(x[index]), float(y[index])
        dot = Dot(*spot, RADII[kind], place.name, place.weight, place.id, place.rank)
        found.append((kind, dot))
    return found if len(found) <= most else _thinned(found, most)


def _thinned(found: list[tuple[int, Dot]], most: int) -> list[tuple[int, Dot]]:
    """Return the heaviest dot of each square, in the finest squares that leave no more than ``most``."""
    found = sorted(found, key=lambda each: (-each[1].weight, each[1].id))
    values = np.array([(dot.x, dot.y, 0) for _, dot in found])
    kinds = np.array([kind for kind, _ in found])
    for cell in _CELLS:
        cells = np.floor(values / cell)
        cells[:, 2] = kinds
        _, first = np.unique(cells, axis=0, return_index=True)
        if len(first) <= most:
            break
    return [found[index] for index in sorted(first)]


def marks(found: Sequence[tuple[int, Dot]]) -> str:
    """The dots of each size, small ones first: one path, drawn as halos and used again as dots on them.

    What the style sheet says of paths on a map does not reach those that are used: it is written out.
    """
    out = []
    for kind in sorted({kind for kind, _ in found}):
        data = path_of_dots((dot.x, dot.y) for its, dot in found if its == kind)
        path = f'<path id="s-h{kind}" vector-effect="non-scaling-stroke" d="{data}"/>'
        out.append(f'<g class="halo h{kind}">{path}</g><use class="dot d{kind}" href="#s-h{kind}"/>')
    return "".join(out)


def ground(land: Land, grat: str) -> str:
    """Graticule, land, borders, the country shown and its regions, from the bottom up."""
    layers = (
        ("grat", grat),
        ("land", land.around),
        ("grat border", land.borders),
        ("here", land.here),
        ("grat region", land.regions),
    )
    return "".join(f'<path class="{kind}" d="{data}"/>' for kind, data in layers if data)


def graticule(view: Projected, window: Window) -> str:
    """Meridians and parallels, about 150 units or more apart."""
    step = next((step for step in (1, 2, 5, 10, 15) if step * 111 / view.km >= 150), 30)
    edge = view.projection.lon - 180 if isinstance(view.projection, EqualEarth) else -180.0
    lon, lat = np.arange(np.ceil(edge / step) * step, edge + 360.1, step), np.arange(-90 + step, 90, step)
    fine_lon, fine_lat = np.arange(edge, edge + 360.1, 2.5), np.arange(-75, 75.1, 2.5)
    lines = [
        *(np.column_stack((np.full_like(fine_lat, at), fine_lat)) for at in lon),
        *(np.column_stack((fine_lon, np.full_like(fine_lon, at))) for at in lat if abs(at) <= 75),
    ]
    frame = shapely.box(window.left, window.top, window.right, window.bottom)
    plane = view.projection.forward(np.concatenate(lines))
    seen = (np.hypot(plane[:, 0], plane[:, 1]) < FAR) | isinstance(view.projection, EqualEarth)
    # A line is drawn in stretches: a new one begins with each line, and behind each point that is not seen.
    begins = np.diff(np.repeat(np.arange(len(lines)), [len(line) for line in lines]), prepend=-1) != 0
    begins[1:] |= ~seen[:-1]
    stretch = np.cumsum(begins)[seen]
    longer = np.bincount(stretch)[stretch] > 1
    _, number = np.unique(stretch[longer], return_inverse=True)
    runs = shapely.linestrings(view.units(plane)[seen][longer], indices=number)
    drawn = shapely.intersection(runs, frame)
    return path_of_lines(shapely.get_parts(drawn), 0.6)


def svg(width: int, height: int, label: str, body: str, names: Sequence[Label]) -> Markup:
    """The drawing with its names above it; ``label`` says in words what it shows."""
    lines = "".join(f"M{x} {y}L{u} {v}" for x, y, u, v in (name.line for name in names if name.line))
    ticks = f'<path class="tick" d="{lines}"/>' if lines else ""
    texts = "".join(
        f'<text x="{name.x}" y="{name.y}"'
        + ("" if name.anchor == "start" else f' text-anchor="{name.anchor}"')
        + f">{escape(name.text)}</text>"
        for name in names
    )
    return Markup(
        f'<svg class="map" viewBox="0 0 {width} {height}" preserveAspectRatio="xMaxYMid meet"'
        f' role="img" aria-label="{escape(label)}">{body}{ticks}{texts}</svg>'
    )
