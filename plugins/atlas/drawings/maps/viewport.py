"""Where a sheet of a country looks: at its main part, or at the part that a city lies in.

What the sheets of one country share is worked out once for all of them: the parts of the country and their
frames and, for its cities, which place lies in which part, and the view of each.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from ...model.frozen import dataclass
from ...views.parts import MapPoint
from .basemap import Basemap, Projected
from .projection import Laea, Points

WIDTH, HEIGHT = 520, 440
"""The view box of most sheets, in units. On a phone 19 rem high all of it is seen."""

EUROPE = Laea(12, 52)

_WIDEST = 6.0
"""Kilometres per unit of a city's sheet, which then shows 2,600 km from north to south; of
larger countries it shows the part around the city."""
_CLOSEST = 0.8
"""Kilometres per unit: closer, the base map (1 : 10 million) looks coarse."""
_OVERSEAS = 2.0
"""How much smaller a country may be drawn so that its places overseas are seen."""
_STEP_KM = 300
"""In a large country the view moves in steps of so many kilometres, so that cities share it. Half a step is
25 units of the sheet, so a city stays near its middle."""


@dataclass(frozen=True, slots=True)
class _Body:
    """A connected part of a country: its frame in a projection centred on itself, in km."""

    projection: Laea
    bounds: tuple[float, float, float, float]

    def with_points(self, points: Points) -> _Body:
        """Return the part with points in its frame."""
        seen = np.concatenate((np.reshape(self.bounds, (2, 2)), self.projection.forward(points)))
        (west, south), (east, north) = seen.min(axis=0).tolist(), seen.max(axis=0).tolist()
        return _Body(self.projection, (west, south, east, north))


class Country:
    """The parts of a country that lie apart, the largest first; none where the base map lacks it."""

    def __init__(self, parts: Sequence[shapely.MultiPolygon]) -> None:
        """Take the parts (see ``country_parts``)."""
        self.parts = parts
        self._frames: dict[int | None, _Body] = {}

    def frame(self, index: int | None) -> _Body:
        """Return the frame of a part, or of all of them."""
        if index not in self._frames:
            groups = self.parts if index is None else [self.parts[index]]
            self._frames[index] = _measure([part for group in groups for part in group.geoms])
        return self._frames[index]


def _km(body: _Body) -> float:
    """Kilometres per unit at which a body fills the sheet."""
    west, south, east, north = body.bounds
    return max((east - west) / (WIDTH - 84), (north - south) / (HEIGHT - 84), _CLOSEST)


class Nation:
    """One country with all its places on the map."""

    def __init__(self, country: Country, places: Sequence[MapPoint]) -> None:
        """Take the country and its places."""
        self.places = tuple(places)
        self._country, self._parts = country, country.parts
        self._lonlat = degrees(places)
        self._index = _nearest(country.parts, self._lonlat)
        self.part_of = dict(zip((place.id for place in places), self._index.tolist(), strict=True))
        """The number of the part that each of its places lies in, by their ids."""
        self._bodies: dict[int, _Body] = {}
        self._views: dict[tuple[int, float, float], Projected] = {}

    def view(self, place: MapPoint | None = None) -> Projected:
        """Return a view centred on the part of the country that a place lies in, or on its main part.

        Of a country too large for a city's sheet it shows the part around the city, shifted
        so that it stays filled by the country.
        """
        index = self.part_of[place.id] if place else 0
        body = self._body(index, place)
        if place is None and len(self._parts) > 1:
            # With its places overseas, such as Honolulu, where that does not make the rest small.
            whole = self._country.frame(None).with_points(self._lonlat)
            body = whole if _km(whole) <= _OVERSEAS * _km(body) else body
        west, south, east, north = body.bounds
        km = _km(body)
        x, y = (west + east) / 2, (south + north) / 2
        if place is not None and km > _WIDEST:
            km = _WIDEST
            at = body.projection.forward(degrees([place]))
            x, y = (round(float(middle) / _STEP_KM) * _STEP_KM for middle in at[0])
            x = _slide(x, west, east, km * (WIDTH - 84) / 2)
            y = _slide(y, south, north, km * (HEIGHT - 84) / 2)
        key = index, x, y
        if key not in self._views:
            # Centred anew, north is up in the middle of what is seen. Rounded, views are shared.
            lon, lat = body.projection.inverse(x, y)
            self._views[key] = Projected(
                Laea(round(lon, 2), round(lat, 2)), 0, 0, round(km, 3), WIDTH / 2, HEIGHT / 2
            )
        return self._views[key]

    def _body(self, index: int, place: MapPoint | None) -> _Body:
        if not self._parts:
            point = place or next(iter(self.places), None)
            if point is None:
                return _Body(EUROPE, (-2000, -1700, 2000, 1700))
            return _Body(Laea(point.lon, point.lat), (-150, -150, 150, 150))
        if index not in self._bodies:
            mine = self._lonlat[self._index == index]
            self._bodies[index] = self._country.frame(index).with_points(mine)
        return self._bodies[index]


def degrees(places: Sequence[MapPoint]) -> Points:
    """Return longitude and latitude of each place."""
    return np.array([(place.lon, place.lat) for place in places], dtype=np.float64).reshape(-1, 2)


def country_parts(basemap: Basemap, code: str, gap: float = 300) -> list[shapely.MultiPolygon]:
    """Return the polygons of a country in groups more than ``gap`` kilometres apart, the largest first."""
    parts = basemap.of(code)
    if not parts:
        return []
    main = max(parts, key=lambda part: part.area).representative_point()
    plane = shapely.transform(np.array(parts, dtype=object), Laea(main.x, main.y).forward)
    shapely.prepare(plane)
    left = np.argsort(-shapely.area(plane), kind="stable")
    groups: list[list[int]] = []
    while len(left):
        group, edge = [], [int(left[0])]
        left = left[1:]
        while edge:
            here = edge.pop()
            group.append(here)
            near = shapely.dwithin(plane[left], plane[here], gap)
            edge.extend(left[near].tolist())
            left = left[~near]
        groups.append(group)
    return [shapely.MultiPolygon([parts[i] for i in group]) for group in groups]


def _nearest(groups: Sequence[shapely.MultiPolygon], lonlat: Points) -> NDArray[np.intp]:
    """Return which group each place lies in; degrees are good enough to tell groups apart."""
    if len(groups) < 2:
        return np.zeros(len(lonlat), dtype=np.intp)
    points = shapely.points(lonlat)
    gaps = np.array([shapely.distance(group, points) for group in groups])
    return np.asarray(gaps.argmin(axis=0), dtype=np.intp)


def _measure(parts: Sequence[shapely.Polygon]) -> _Body:
    """The frame of a group of polygons: its large ones, without far rocks."""
    main = parts[0].representative_point()
    projection = Laea(round(main.x, 3), round(main.y, 3))
    plane = shapely.transform(np.array(parts, dtype=object), projection.forward)
    areas = shapely.area(plane)
    west, south, east, north = shapely.total_bounds(plane[areas >= 0.015 * areas[0]]).tolist()
    return _Body(projection, (west, south, east, north))


def _slide(at: float, low: float, high: float, half: float) -> float:
    """The middle of a stretch of 2 x half around a point, moved to lie between low and high."""
    if high - low <= 2 * half:
        return (low + high) / 2
    return min(max(at, low + half), high - half)
