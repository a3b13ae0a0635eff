"""The map sheets: static SVG behind the heading of a page, drawn at build time.

A sheet is a pure function of its arguments and of the base map, and gives the same bytes
in every run. It has no style of its own, no script and no ids: colours and widths
come from the classes of the theme (``grat``, ``land``, ``border``, ``here``, ``region``,
``halo`` and ``dot`` with a size, ``seek``, ``seekin``). The list on the page is its text alternative.

**Why it fills its place at every width.** The view box is only the part that has to be
seen: it stands whole at the right edge (``xMaxYMid meet``). Land and graticule are drawn far
beyond it, mostly to the left, and show wherever the place for the sheet is larger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from markupsafe import Markup, escape
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ..views.parts import Place
from . import labels
from .basemap import FAR, Basemap, Land, View, Window, path_of_dots, path_of_lines
from .labels import Dot, Label
from .projection import EqualEarth, Laea, Points

_WIDTH, _HEIGHT = 520, 440
"""The view box of most sheets, in units. On a phone 19 rem high all of it is seen."""

_MASKED = Window(-780, -40, _WIDTH + 6, _HEIGHT + 40)
"""What is drawn where the theme fades the sheet out behind the heading."""
_OPEN = Window(-2300, -40, _WIDTH + 6, _HEIGHT + 40)
"""What is drawn where the land may be seen, faintly, behind the heading."""

_EUROPE = Laea(12, 52)
_EUROPE_LAND = (-32.0, 27.0, 70.0, 82.0)
"""West, south, east, north: the land a sheet of Europe may show. America would lie behind
the heading, on the sea."""
_IN_EUROPE = (-25.0, 34.0, 45.0, 72.0)
"""The places a sheet of Europe has room for; it reaches to Cyprus and the Caucasus."""

_WIDEST = 6.0
"""Kilometres per unit of a city's sheet, which then shows 2,600 km from north to south; of
larger countries it shows the part around the city."""
_CLOSEST = 0.8
"""Kilometres per unit: closer, the base map (1 : 50 million) looks coarse."""

_RADII = {1: 3.0, 2: 4.5, 3: 6.8}
"""The radius of a dot with its halo, by size."""
_SEEK = 17.0
"""The radius of the ring around the city shown; its width does not shrink with the sheet."""


class Sheet(Markup):
    """The SVG of a sheet, ready for a template, and how many of its places lie outside it."""

    outside: int = 0

    @classmethod
    def of(cls, svg: str, outside: int = 0) -> Sheet:
        """A sheet of markup that is already escaped."""
        sheet = cls(svg)
        sheet.outside = outside
        return sheet


@dataclass(frozen=True, slots=True)
class _Body:
    """A connected part of a country: its frame in a projection centred on itself, in km."""

    projection: Laea
    bounds: tuple[float, float, float, float]


class Sheets:
    """All sheets of one build.

    What many pages share is computed once: the parts of a country, and the drawn land of
    a view, which for the cities of one country is the same string.
    """

    def __init__(self, basemap: Basemap) -> None:
        self._basemap = basemap
        self._clusters: dict[str, list[shapely.MultiPolygon]] = {}
        self._bodies: dict[tuple[str, int, frozenset[tuple[float, float]]], _Body] = {}
        self._lands: dict[tuple[View, Window, str | None], tuple[Land, str]] = {}

    def home(self, places: Sequence[Place], label: str) -> Sheet:
        """Europe with all cities, three sizes of dots and a few names."""
        view = View(_EUROPE, 92, 99, 6.4, 390, 330)
        return self._europe(
            view,
            782,
            660,
            Window(-1600, -60, 788, 720),
            places,
            label,
            size=_by_weight,
            most=9,
            apart=150,
            least=2,
            budget=16000,
        )

    def city(self, place: Place | None, others: Sequence[Place], country: str, label: str) -> Sheet | None:
        """A city in its country, with the country's other recorded cities.

        None for a city whose coordinates are not recorded. ``country`` is the ISO 3166-1
        alpha-2 code; one that the base map does not know gives a sheet without highlight.
        """
        if place is None:
            return None
        view = self._locator(country, place, others)
        land, grat = self._land(view, _MASKED, country)
        rest = [other for other in others if other.id != place.id]
        dots = _dots(view, rest, size=lambda _: 1, window=_MASKED)
        x, y = view.place(place.lon, place.lat)
        names = labels.place(
            [*(dot for _, dot in dots), Dot(x, y, _SEEK)],
            Window(-120, 8, _WIDTH - 10, _HEIGHT - 8),
            most=4,
            apart=90,
        )
        at = path_of_dots([(x, y)])
        mark = "".join(f'<path class="dot {kind}" d="{at}"/>' for kind in ("seek", "seekin", "d3"))
        outside = len(rest) - sum(_inside(dot, _WIDTH, _HEIGHT) for _, dot in dots)
        return _svg(_WIDTH, _HEIGHT, label, _ground(land, grat) + _marks(dots) + mark, names, outside)

    def country(self, code: str, places: Sequence[Place], label: str) -> Sheet:
        """A country with its recorded cities, by weight."""
        return self._national(code, places, label, _by_weight, _MASKED)

    def _national(
        self,
        code: str,
        places: Sequence[Place],
        label: str,
        size: Callable[[int], int],
        window: Window,
    ) -> Sheet:
        view = self._locator(code, None, places)
        land, grat = self._land(view, window, code)
        dots = _dots(view, places, size=size, window=window)
        names = labels.place(
            [dot for _, dot in dots], Window(-120, 8, _WIDTH - 10, _HEIGHT - 8), most=9, apart=40
        )
        outside = len(places) - sum(_inside(dot, _WIDTH, _HEIGHT) for _, dot in dots)
        return _svg(_WIDTH, _HEIGHT, label, _ground(land, grat) + _marks(dots), names, outside)

    def instrument(self, places: Sequence[Place], label: str) -> Sheet:
        """The recorded cities of a network or charter, all with the same dot."""
        return self._spread(places, label, _alike)

    def topic(self, places: Sequence[Place], label: str) -> Sheet:
        """The cities with commitments in a topic, by their number."""
        return self._spread(places, label, _by_weight)

    def cities(self, places: Sequence[Place], label: str) -> Sheet:
        """All cities, by their number of commitments; for the indexes."""
        return self._spread(places, label, _by_weight, spare=0)

    def action(self, places: Sequence[Place], label: str) -> Sheet:
        """The cities that took part in an action, all with the same dot."""
        return self._spread(places, label, _alike)

    def _spread(
        self, places: Sequence[Place], label: str, size: Callable[[int], int], *, spare: float = 0.04
    ) -> Sheet:
        """A sheet of the country that holds all places, of Europe, or of the world.

        The world is shown when at least two of five places lie outside Europe. ``spare`` is
        the share of the European places that may be left out where that brings the others nearer.
        """
        codes = {self._basemap.country_of(place.lon, place.lat) for place in places}
        if len(codes) == 1:
            return self._national(codes.pop(), places, label, size, _OPEN)
        inside = [place for place in places if _in_europe(place)]
        if len(places) - len(inside) >= 0.4 * max(len(places), 1):
            return self._world(places, label, size)
        view = _around(inside, spare)
        return self._europe(
            view, _WIDTH, _HEIGHT, _OPEN, places, label, size=size, most=6, apart=90, least=1, budget=9000
        )

    def _europe(
        self,
        view: View,
        width: int,
        height: int,
        window: Window,
        places: Sequence[Place],
        label: str,
        *,
        size: Callable[[int], int],
        most: int,
        apart: float,
        least: int,
        budget: int,
    ) -> Sheet:
        """Names are given to at most ``most`` places, of at least ``least`` commitments."""
        land, grat = self._land(view, window, None, within=_EUROPE_LAND, budget=budget)
        dots = _dots(view, [place for place in places if _in_europe(place)], size=size, window=window)
        names = labels.place(
            [dot for _, dot in dots],
            Window(-60, 24, width - 12, height - 16),
            most=most,
            apart=apart,
            least=least,
        )
        outside = len(places) - sum(_inside(dot, width, height) for _, dot in dots)
        return _svg(width, height, label, _ground(land, grat) + _marks(dots), names, outside)

    def _world(self, places: Sequence[Place], label: str, size: Callable[[int], int]) -> Sheet:
        """The inhabited world, whole at every width."""
        width = 812
        view = View(EqualEarth(), 0, 725, 43, width / 2, _HEIGHT / 2)
        window = Window(0, -40, width, _HEIGHT + 40)
        land, grat = self._land(view, window, None, budget=9000)
        dots = _dots(view, places, size=size, window=window)
        names = labels.place(
            [dot for _, dot in dots], Window(8, 8, width - 12, _HEIGHT - 16), most=7, apart=110
        )
        outside = len(places) - sum(_inside(dot, width, _HEIGHT) for _, dot in dots)
        return _svg(width, _HEIGHT, label, _ground(land, grat) + _marks(dots), names, outside)

    def _land(
        self,
        view: View,
        window: Window,
        here: str | None,
        *,
        within: tuple[float, float, float, float] | None = None,
        budget: int = 5000,
    ) -> tuple[Land, str]:
        key = (view, window, here)
        if key not in self._lands:
            land = self._basemap.draw(view, window, here, within=within, budget=budget)
            self._lands[key] = land, _graticule(view, window)
        return self._lands[key]

    def _locator(self, code: str, place: Place | None, others: Sequence[Place]) -> View:
        """A view centred on the part of a country that the place lies in, or on its main part.

        Of a country too large for a city's sheet it shows the part around the city, shifted
        so that it stays filled by the country.
        """
        body = self._body(code, place, others)
        if body is None:
            point = place or (others[0] if others else None)
            body = (
                _Body(Laea(point.lon, point.lat), (-150, -150, 150, 150))
                if point
                else _Body(_EUROPE, (-2000, -1700, 2000, 1700))
            )
        west, south, east, north = body.bounds
        km = max((east - west) / (_WIDTH - 84), (north - south) / (_HEIGHT - 84), _CLOSEST)
        x, y = (west + east) / 2, (south + north) / 2
        if place is not None and km > _WIDEST:
            km = _WIDEST
            at = body.projection.forward(np.array([[place.lon, place.lat]]))
            x = _slide(float(at[0, 0]), west, east, km * (_WIDTH - 84) / 2)
            y = _slide(float(at[0, 1]), south, north, km * (_HEIGHT - 84) / 2)
        # Centred anew, north is up in the middle of what is seen. Rounded, views are shared.
        lon, lat = body.projection.inverse(x, y)
        return View(Laea(round(lon, 2), round(lat, 2)), 0, 0, round(km, 3), _WIDTH / 2, _HEIGHT / 2)

    def _body(self, code: str, place: Place | None, others: Sequence[Place]) -> _Body | None:
        clusters = self._parts(code)
        if not clusters:
            return None
        index = _nearest(clusters, place) if place else 0
        known = [other for other in others if _nearest(clusters, other) == index]
        points = frozenset((point.lon, point.lat) for point in [*known, *([place] if place else [])])
        key = code, index, points
        if key not in self._bodies:
            self._bodies[key] = _measure(list(clusters[index].geoms), sorted(points))
        return self._bodies[key]

    def _parts(self, code: str) -> list[shapely.MultiPolygon]:
        """The polygons of a country in groups that lie far from each other, the largest first."""
        if code not in self._clusters:
            self._clusters[code] = _cluster(self._basemap.of(code))
        return self._clusters[code]


def _cluster(parts: Sequence[shapely.Polygon], gap: float = 300) -> list[shapely.MultiPolygon]:
    """Groups of polygons less than ``gap`` kilometres apart; the group of the largest first."""
    if not parts:
        return []
    main = max(parts, key=lambda part: part.area).representative_point()
    plane = [shapely.transform(part, Laea(main.x, main.y).forward) for part in parts]
    left = sorted(range(len(parts)), key=lambda i: -plane[i].area)
    groups: list[list[int]] = []
    while left:
        group, edge = [], [left.pop(0)]
        while edge:
            here = edge.pop()
            group.append(here)
            near = [i for i in left if plane[i].distance(plane[here]) < gap]
            edge.extend(near)
            left = [i for i in left if i not in near]
        groups.append(group)
    return [shapely.MultiPolygon([parts[i] for i in group]) for group in groups]


def _nearest(clusters: Sequence[shapely.MultiPolygon], place: Place) -> int:
    """Which group a place lies in; degrees are good enough to tell groups apart."""
    if len(clusters) == 1:
        return 0
    point = shapely.Point(place.lon, place.lat)
    gaps = [float(cluster.distance(point)) for cluster in clusters]
    return gaps.index(min(gaps))


def _measure(parts: Sequence[shapely.Polygon], points: Sequence[tuple[float, float]]) -> _Body:
    """The frame of a group of polygons: its large ones and the points, without far rocks."""
    main = parts[0].representative_point()
    projection = Laea(round(main.x, 3), round(main.y, 3))
    plane = [shapely.transform(part, projection.forward) for part in parts]
    large: list[BaseGeometry] = [shape for shape in plane if shape.area >= 0.015 * plane[0].area]
    if points:
        large.append(shapely.MultiPoint(projection.forward(np.array(points, dtype=np.float64))))
    west, south, east, north = (float(bound) for bound in shapely.total_bounds(np.array(large, dtype=object)))
    return _Body(projection, (west, south, east, north))


def _slide(at: float, low: float, high: float, half: float) -> float:
    """The middle of a stretch of 2 x half around a point, moved to lie between low and high."""
    if high - low <= 2 * half:
        return (low + high) / 2
    return min(max(at, low + half), high - half)


def _around(places: Sequence[Place], spare: float) -> View:
    """A view of Europe that holds the places, never closer than a middle-sized country.

    The share ``spare`` is left out where the others are then seen a quarter larger.
    """
    if not places:
        return View(_EUROPE, 0, 0, 8, _WIDTH / 2, _HEIGHT / 2)
    all_of_them = _EUROPE.forward(np.array([[place.lon, place.lat] for place in places]))
    plane = _without_outliers(all_of_them, int(len(places) * spare))
    if _scale(plane) > _scale(all_of_them) / 1.25:
        plane = all_of_them
    (west, south), (east, north) = plane.min(axis=0), plane.max(axis=0)
    # In steps of an eighth and of 20 km, so that pages with nearly the same places share the land.
    return View(
        _EUROPE,
        round(float(west + east) / 40) * 20.0,
        round(float(south + north) / 40) * 20.0,
        float(np.ceil(_scale(plane) * 8) / 8),
        _WIDTH / 2,
        _HEIGHT / 2,
    )


def _scale(plane: Points) -> float:
    """The kilometres per unit at which points fit into the view box."""
    wide, high = plane.max(axis=0) - plane.min(axis=0)
    return max(float(wide) / (_WIDTH - 56), float(high) / (_HEIGHT - 56), 2.4)


def _without_outliers(plane: Points, number: int) -> Points:
    """The points without up to ``number`` of them, each time the one that narrows the view most."""
    for _ in range(number):
        outmost = sorted({int(i) for i in (*plane.argmin(axis=0), *plane.argmax(axis=0))})
        plane = min((np.delete(plane, i, axis=0) for i in outmost), key=_scale)
    return plane


def _in_europe(place: Place) -> bool:
    west, south, east, north = _IN_EUROPE
    return west <= place.lon <= east and south <= place.lat <= north


def _by_weight(weight: int) -> int:
    return 1 if weight < 2 else 2 if weight < 4 else 3


def _alike(_weight: int) -> int:
    return 2


def _dots(
    view: View, places: Iterable[Place], *, size: Callable[[int], int], window: Window
) -> list[tuple[int, Dot]]:
    """Size and dot of each place that lies in the window."""
    found: list[tuple[int, Dot]] = []
    for place in places:
        x, y = view.place(place.lon, place.lat)
        if window.holds(x, y):
            kind = size(place.weight)
            found.append((kind, Dot(x, y, _RADII[kind], place.name, place.weight, place.id)))
    return found


def _inside(dot: Dot, width: float, height: float) -> bool:
    return 0 <= dot.x <= width and 0 <= dot.y <= height


def _marks(dots: Sequence[tuple[int, Dot]]) -> str:
    """One path of halos and one of dots per size, small ones first."""
    out = []
    for kind in sorted({kind for kind, _ in dots}):
        data = path_of_dots((dot.x, dot.y) for its, dot in dots if its == kind)
        out.append(f'<path class="halo h{kind}" d="{data}"/><path class="dot d{kind}" d="{data}"/>')
    return "".join(out)


def _ground(land: Land, grat: str) -> str:
    """Graticule, land, borders, the country shown and its regions, from the bottom up."""
    layers = (
        ("grat", grat),
        ("land", land.around),
        ("grat border", land.borders),
        ("here", land.here),
        ("grat region", land.regions),
    )
    return "".join(f'<path class="{kind}" d="{data}"/>' for kind, data in layers if data)


def _graticule(view: View, window: Window) -> str:
    """Meridians and parallels, about 150 units or more apart."""
    step = next((step for step in (1, 2, 5, 10, 15) if step * 111 / view.km >= 150), 30)
    lon, lat = np.arange(-180, 180.1, step), np.arange(-90 + step, 90, step)
    fine_lon, fine_lat = np.arange(-180, 180.1, 2.5), np.arange(-75, 75.1, 2.5)
    lines = [
        *(np.column_stack((np.full_like(fine_lat, at), fine_lat)) for at in lon),
        *(np.column_stack((fine_lon, np.full_like(fine_lon, at))) for at in lat if abs(at) <= 75),
    ]
    frame = shapely.box(window.left, window.top, window.right, window.bottom)
    plane = view.projection.forward(np.concatenate(lines))
    sheet = np.split(view.units(plane), np.cumsum([len(line) for line in lines])[:-1])
    seen = np.split(np.hypot(plane[:, 0], plane[:, 1]) < FAR, np.cumsum([len(line) for line in lines])[:-1])
    runs = [
        shapely.LineString(run)
        for points, near in zip(sheet, seen, strict=True)
        for run in _runs(points, near | isinstance(view.projection, EqualEarth))
    ]
    drawn = shapely.intersection(np.array(runs, dtype=object), frame)
    return path_of_lines(shapely.get_parts(drawn), 0.6)


def _runs(points: Points, keep: NDArray[np.bool_]) -> list[Points]:
    """The stretches of a line that are kept, of two points or more."""
    cuts = np.flatnonzero(np.diff(keep)) + 1
    pieces = zip(np.split(points, cuts), np.split(keep, cuts), strict=True)
    return [piece for piece, kept in pieces if kept[0] and len(piece) > 1]


def _svg(width: int, height: int, label: str, body: str, names: Sequence[Label], outside: int) -> Sheet:
    texts = "".join(
        f'<text x="{name.x}" y="{name.y}"'
        + ("" if name.anchor == "start" else f' text-anchor="{name.anchor}"')
        + f">{escape(name.text)}</text>"
        for name in names
    )
    return Sheet.of(
        f'<svg class="map" viewBox="0 0 {width} {height}" preserveAspectRatio="xMaxYMid meet"'
        f' role="img" aria-label="{escape(label)}">{body}{texts}</svg>',
        outside,
    )
