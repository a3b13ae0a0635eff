"""The base map: the land of the world as polygons, and its pieces drawn as SVG paths.

Coordinates of the files are WGS84 degrees, GeoJSON order lon, lat. A `View` turns them into
the units of a sheet: x to the right and y down, one unit close to one CSS pixel.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Container, Iterable, Sequence
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import shapely.affinity
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...cache.disk_cache import DiskCache, version
from ...languages import country_shapes
from ...languages.country_shapes import GEO, country_features
from ...model.frozen import dataclass
from .projection import RADIUS, Laea, Points, Projection

_FOLD = {"CYN": "CY", "SOL": "SO", "XKX": "XK"}
"""Shapes of the base map without an ISO 3166-1 code: the code they are drawn under. The first
two belong to a country of that standard; XK is the code in common use for Kosovo."""

_STEP = 1.0
"""Degrees. Long edges, such as the border along 49 degrees north, are divided so that they bend
with the projection; both neighbours divide them alike, so that borders still meet."""

FAR = 9000.0
"""Kilometres from the centre of an azimuthal view beyond which nothing is drawn. Shapes there
are never seen, and one around the point opposite the centre would turn inside out."""

_TOLERANCES = (0.6, 0.9, 1.2, 1.6, 2.1, 2.8, 3.7, 5.0, 6.6)
"""Units: how far lines may be simplified, from what cannot be seen to what just looks plain."""

_WIDE = 3.0
"""Kilometres per unit of a view that shows no more than coarse polygons have."""

_FINE, _MOST = 2.1, 700
"""The country shown is simplified by that many units, or further until it has no more points than that."""


@cache
def land_version() -> str:
    """Return the digest of everything that drawn land depends on."""
    code = [Path(__file__).with_name(f"{name}.py") for name in ("basemap", "marks", "projection")]
    code.append(Path(country_shapes.__file__))
    libraries = (shapely.__version__, shapely.geos_version_string, np.__version__)
    return version([*code, *sorted(GEO.glob("*.*json"))], *libraries)


@dataclass(frozen=True, slots=True)
class Projected:
    """Where on the sheet a point of the plane lies.

    The point (x, y), in kilometres of the projection, is put at (left, top), in units, and
    one unit shows ``km`` kilometres.
    """

    projection: Projection
    x: float
    y: float
    km: float
    left: float
    top: float

    def units(self, plane: Points) -> Points:
        """Units of the sheet for kilometres of the plane."""
        return np.column_stack(
            (
                (plane[:, 0] - self.x) / self.km + self.left,
                (self.y - plane[:, 1]) / self.km + self.top,
            )
        )

    def farthest(self, units: Iterable[tuple[float, float]]) -> float:
        """Kilometres from the centre of the projection to the farthest of some points of the sheet."""
        return max(
            float(np.hypot((x - self.left) * self.km + self.x, (self.top - y) * self.km + self.y))
            for x, y in units
        )

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Units of the sheet for one point in degrees."""
        at = self.places(np.array([[lon, lat]], dtype=np.float64))
        return float(at[0, 0]), float(at[0, 1])

    def places(self, degrees: Points) -> Points:
        """Units of the sheet for points in degrees."""
        turned = degrees + np.column_stack((self.projection.near(degrees[:, 0]), np.zeros(len(degrees))))
        return self.units(self.projection.forward(turned))


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of the sheet, in units; what lies outside is not drawn."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Land:
    """Path data: land, the borders on it, the country shown, and the borders of its regions."""

    around: str
    borders: str
    here: str
    regions: str


@dataclass(frozen=True)
class Basemap:
    """Polygons of the world and borders of regions.

    ``parts[i]`` is one polygon of the country with code ``codes[i]``; ``regions`` holds, for
    a country's code, the borders between its regions.
    """

    parts: Sequence[shapely.Polygon]
    codes: Sequence[str]
    regions: dict[str, BaseGeometry]

    @classmethod
    @cache
    def load(cls, kept: Path | None = None) -> Basemap:
        """Read the files of the base map that come with the package, or what of them is ``kept``."""
        if kept is None:
            poland = json.loads((GEO / "voivodeships.geojson").read_text(encoding="utf-8"))
            return cls.from_geojson(country_features(), {"PL": poland["features"]})
        store = DiskCache(kept, "basemap", land_version())
        made: Basemap = pickle.loads(store.get_bytes("", lambda: pickle.dumps(cls.load())))
        return made

    @classmethod
    def from_geojson(
        cls, countries: Iterable[dict[str, Any]], regions: dict[str, list[dict[str, Any]]]
    ) -> Basemap:
        """A base map from GeoJSON features with ``id`` and ``properties.iso_a2``."""
        parts: list[shapely.Polygon] = []
        codes: list[str] = []
        for feature in countries:
            name = str(feature["id"])
            code = feature["properties"]["iso_a2"] or _FOLD.get(name, name)
            for part in _polygons(_divided(shapely.geometry.shape(feature["geometry"]))):
                parts.append(part)
                codes.append(code)
        return cls(parts, codes, {code: _inner(shapes) for code, shapes in regions.items()})

    def of(self, code: str) -> list[shapely.Polygon]:
        """The polygons of one country; none when the base map does not have it."""
        return [part for part, its in zip(self.parts, self.codes, strict=True) if its == code]

    def countries_of(self, points: Points) -> set[str]:
        """The codes of the countries at points, or nearest to them."""
        told = list(map(tuple, points.tolist()))
        new = [point for point in dict.fromkeys(told) if point not in self._nearest]
        if new:
            found = self._tree.nearest(shapely.points(new)).tolist()
            self._nearest.update(zip(new, (self.codes[index] for index in found), strict=True))
        return {self._nearest[point] for point in told}

    @cached_property
    def _nearest(self) -> dict[tuple[float, ...], str]:
        """The code of the country at each point that was asked for."""
        return {}

    @cached_property
    def _coarse(self) -> NDArray[np.object_]:
        """The polygons as exact as views of ``_WIDE`` need them, which are drawn in half the time."""
        return np.array(_divided(shapely.coverage_simplify(np.array(self.parts, dtype=object), 0.015)))

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.parts)

    def draw(
        self,
        view: Projected,
        window: Window,
        here: str | None = None,
        *,
        within: tuple[float, float, float, float] | None = None,
        budget: int = 5000,
        speck: float = 5.0,
    ) -> Land:
        """The land seen through a window of the sheet.

        Around the country shown it is as exact as ``budget`` bytes allow. ``within`` (west, south,
        east, north in degrees) leaves out the polygons that do not touch it. Islands and holes smaller
        than ``speck`` square units are left out, but those of the country shown only below 1.5.
        """
        frame = (window.left, window.top, window.right, window.bottom)
        pieces: list[shapely.Polygon] = []
        shown: list[bool] = []
        near, codes = self._near(view, frame, within)
        broken = ~shapely.is_valid(near)
        near[broken] = shapely.make_valid(near[broken])
        crossing = ~shapely.covered_by(near, shapely.box(*frame))
        near[crossing] = shapely.intersection(near[crossing], shapely.box(*frame))
        for cut, code in zip(near, codes, strict=True):
            for piece in _polygons(cut):
                if piece.area >= (1.5 if code == here else speck):
                    pieces.append(_fill(piece, speck))
                    shown.append(code == here)
        regions = self._regions(view, frame, here)
        if not pieces:
            return Land("", "", "", regions)
        return _fitted(np.array(pieces, dtype=object), np.array(shown), regions, budget)

    def _near(
        self,
        view: Projected,
        frame: tuple[float, float, float, float],
        within: tuple[float, float, float, float] | None,
    ) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """The polygons, in units, that may be seen through the frame, with their countries."""
        parts = self._coarse if view.km >= _WIDE else np.array(self.parts, dtype=object)
        codes = np.array(self.codes, dtype=object)
        keep = np.ones(len(parts), dtype=bool)
        if isinstance(view.projection, Laea):
            corners = [(frame[x], frame[y]) for x in (0, 2) for y in (1, 3)]
            keep &= self._may_reach(view.projection, view.farthest(corners))
        if within is not None:
            keep &= shapely.intersects(parts, shapely.box(*within))
        parts, codes = parts[keep], codes[keep]
        bounds = shapely.bounds(parts)
        turns = view.projection.near((bounds[:, 0] + bounds[:, 2]) / 2)
        for index in np.flatnonzero(turns):
            parts[index] = shapely.affinity.translate(parts[index], turns[index])
        plane = shapely.transform(parts, view.projection.forward)
        if isinstance(view.projection, Laea):
            keep = _nearest_corner(plane) < FAR
            plane, codes = plane[keep], codes[keep]
        # Rounded, both sides of the cut at 180 degrees fall on the same points.
        sheet = shapely.transform(plane, lambda points: np.round(view.units(points), 3))
        bounds = shapely.bounds(sheet)
        seen = (
            (bounds[:, 0] < frame[2])
            & (bounds[:, 2] > frame[0])
            & (bounds[:, 1] < frame[3])
            & (bounds[:, 3] > frame[1])
        )
        return sheet[seen], codes[seen]

    def _may_reach(self, projection: Laea, km: float) -> NDArray[np.bool_]:
        """Whether each part may come as near as ``km`` on the plane to the centre of the projection."""
        centres, radii = self._caps
        # On the plane of the projection the chord of an angle is drawn in its true length.
        seen = 2 * np.arcsin(min(1.0, km / (2 * RADIUS)))
        angles = np.arccos(np.clip(centres @ _unit(np.array([[projection.lon, projection.lat]]))[0], -1, 1))
        return np.asarray(angles - radii <= seen + 1e-6)

    @cached_property
    def _caps(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """For each part a cap of the sphere that holds it: the unit vector of its centre, and its angle."""
        points, owner = shapely.get_coordinates(np.array(self.parts, dtype=object), return_index=True)
        units = _unit(points)
        centres = np.zeros((len(self.parts), 3))
        np.add.at(centres, owner, units)
        centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-12)
        angles = np.arccos(np.clip((units * centres[owner]).sum(axis=1), -1, 1))
        radii = np.zeros(len(self.parts))
        np.maximum.at(radii, owner, angles)
        # A line between two points of a part bends less than half a step out of the cap.
        return centres, radii + np.radians(_STEP)

    def _regions(self, view: Projected, frame: tuple[float, float, float, float], here: str | None) -> str:
        lines = self.regions.get(here or "")
        if lines is None:
            return ""
        drawn = shapely.transform(shapely.transform(lines, view.projection.forward), view.units)
        return path_of_lines(shapely.get_parts(shapely.clip_by_rect(drawn, *frame)), 0.8)


def _divided(shapes: Any) -> Any:
    """Shapes whose long edges are divided, so that they bend with the projection."""
    # Divided from either end, an edge gives points that differ in the last bit.
    return shapely.transform(shapely.segmentize(shapes, _STEP), lambda points: np.round(points, 6))


def _unit(points: Points) -> NDArray[np.float64]:
    """Unit vectors of points in degrees."""
    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))


def _nearest_corner(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """How far the nearest corner of each shape is from the centre of its projection, in km.

    Corners, because a shape around the opposite point covers the centre once it is projected.
    """
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    nearest = np.full(len(shapes), np.inf)
    np.minimum.at(nearest, owner, np.hypot(points[:, 0], points[:, 1]))
    return nearest


def _fitted(whole: NDArray[np.object_], shown: NDArray[np.bool_], regions: str, budget: int) -> Land:
    """The path data of polygons, simplified until they fit; the country shown stays fine."""
    fine, own = whole, set[tuple[float, ...]]()
    for tolerance in _TOLERANCES:
        if shown.any() and tolerance < _FINE:
            continue
        # Points go in the order of what they add, so each round goes on from the one before.
        whole = shapely.coverage_simplify(whole, tolerance)
        points = shapely.get_num_coordinates(whole)
        if shown.any() and not own and points[shown].sum() <= _MOST:
            fine, own = whole, _points(whole[shown])
        ready = bool(own) or not shown.any()
        # A point takes some five bytes, and most points are written once.
        if tolerance == _TOLERANCES[-1] or (ready and 3 * points[~shown].sum() <= budget):
            drawn = _thinned(fine, own | _points(whole)) if own else whole
            land = _layers(list(drawn), list(shown), regions)
            if len(land.around) + len(land.borders) <= budget:
                break
    return land


def _points(shapes: NDArray[np.object_]) -> set[tuple[float, ...]]:
    return set(map(tuple, shapely.get_coordinates(shapes).tolist()))


def _thinned(shapes: NDArray[np.object_], kept: Container[tuple[float, ...]]) -> NDArray[np.object_]:
    """The polygons without the points that are not ``kept``, which neighbours lose alike."""

    def ring(line: shapely.LinearRing) -> list[tuple[float, ...]]:
        return [point for point in line.coords if point in kept]

    thinner = [
        shapely.Polygon(ring(shape.exterior), [hole for hole in map(ring, shape.interiors) if len(hole) > 3])
        for shape in shapes
    ]
    return np.array(thinner, dtype=object)


def _layers(shapes: Sequence[shapely.Polygon], shown: Sequence[bool], regions: str) -> Land:
    """The path data of simplified polygons that share their borders; each border is written once."""
    around = [shape for shape, mine in zip(shapes, shown, strict=True) if not mine]
    here = [shape for shape, mine in zip(shapes, shown, strict=True) if mine]
    # Under the country shown there may be land or nothing: its coast is told, or its borders.
    outline = _points(np.array(here, dtype=object))
    inland = 2 * len(outline & _points(np.array(around, dtype=object))) > len(outline)
    under = _area([*around, *here] if inland else around)
    borders = path_of_lines(_shared_edges(around), 0)
    return Land(under, borders, _area(here), regions)


def _shared_edges(shapes: Sequence[shapely.Polygon]) -> list[BaseGeometry]:
    """The edges that two polygons share, joined to lines."""
    rings = shapely.get_rings(np.array(shapes, dtype=object))
    points, owner = shapely.get_coordinates(rings, return_index=True)
    joined = owner[1:] == owner[:-1]
    edges = np.stack((points[:-1][joined], points[1:][joined]), axis=1)
    # From west to east, so that both directions look the same.
    (x, y), (u, v) = edges[:, 0].T, edges[:, 1].T
    turned = (x > u) | ((x == u) & (y > v))
    edges[turned] = edges[turned, ::-1]
    _, first, number = np.unique(edges.reshape(-1, 4), axis=0, return_index=True, return_counts=True)
    twice = shapely.multilinestrings(np.asarray(shapely.linestrings(edges[first[number > 1]])))
    return list(shapely.get_parts(shapely.line_merge(twice)))


def path_of_lines(lines: Iterable[BaseGeometry], tolerance: float) -> str:
    """Path data of lines given in units; their ends stay where they are, so that lines still meet."""
    kept = [line for line in lines if line.geom_type == "LineString" and line.length >= 1]
    return _paths(shapely.simplify(np.array(kept, dtype=object), tolerance), closed=False)


def path_of_dots(points: Iterable[tuple[float, float]], band: float = 40) -> str:
    """Path data of dots: a line of no length each, which round caps make a disc.

    Dots follow each other from west to east in bands, so that the steps between them are short.
    """
    places = {(round(x), round(y)) for x, y in points}
    out: list[str] = []
    last: tuple[int, int] | None = None
    for x, y in sorted(places, key=lambda at: (at[1] // band, at)):
        out.append(f"M{_pair(x, y)}h0" if last is None else f"m{_pair(x - last[0], y - last[1])}h0")
        last = x, y
    return "".join(out)


def _polygons(shape: BaseGeometry) -> list[shapely.Polygon]:
    """The polygons of a shape, without the lines and points that cutting can leave."""
    found: list[shapely.Polygon] = []
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.Polygon):
            if not part.is_empty:
                found.append(part)
        elif hasattr(part, "geoms"):
            found.extend(_polygons(part))
    return found


def _fill(piece: shapely.Polygon, speck: float) -> shapely.Polygon:
    """The polygon without holes so small that the country inside them is not drawn."""
    holes = [ring for ring in piece.interiors if shapely.Polygon(ring).area >= speck]
    return piece if len(holes) == len(piece.interiors) else shapely.Polygon(piece.exterior, holes)


def _inner(features: list[dict[str, Any]]) -> BaseGeometry:
    """The borders between shapes, without the border around them all."""
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    lines = shapely.union_all([shape.boundary for shape in shapes])
    return shapely.line_merge(lines.difference(shapely.union_all(shapes).boundary))


def _area(shapes: Sequence[shapely.Polygon]) -> str:
    # Thinned, a polygon may touch itself.
    shape = shapely.union_all(shapely.make_valid(np.array(shapes, dtype=object)))
    return _paths(shapely.get_rings(np.array(_polygons(shape), dtype=object)), closed=True)


def _paths(lines: NDArray[np.object_], *, closed: bool) -> str:
    """Path data of lines, in whole units."""
    points, owner = shapely.get_coordinates(lines, return_index=True)
    whole = np.rint(points).astype(np.int64)
    begins = np.diff(owner, prepend=-1) != 0
    moved = begins.copy()
    moved[1:] |= np.any(whole[1:] != whole[:-1], axis=1)
    edges = [*np.flatnonzero(begins[moved]).tolist(), None]
    told = whole[moved].tolist()
    return "".join(_steps(told[first:last], closed=closed) for first, last in pairwise(edges))


def _steps(points: list[list[int]], *, closed: bool) -> str:
    """Path data of one line, each point as a step from the one before."""
    if closed and len(points) > 1 and points[0] == points[-1]:
        points.pop()
    points = _without_spikes(points, closed=closed)
    if len(points) < (3 if closed else 2):
        return ""
    steps = " ".join([f"{x - a} {y - b}" for (a, b), (x, y) in pairwise(points)]).replace(" -", "-")
    return f"M{_pair(*points[0])}l{steps}" + ("z" if closed else "")


def _without_spikes(points: list[list[int]], *, closed: bool) -> list[list[int]]:
    """The points without those that only lead there and back, or straight on."""
    kept: list[list[int]] = []
    for at in points:
        x, y = at
        while len(kept) > 1:
            (a, b), (c, d) = kept[-2:]
            if (c - a) * (y - d) != (d - b) * (x - c):
                break
            kept.pop()
        if not kept or kept[-1] != at:
            kept.append(at)
    while closed and len(kept) > 2 and _needless(kept[-2], kept[-1], kept[0]):
        kept.pop()
    return kept


def _needless(a: Sequence[int], b: Sequence[int], c: Sequence[int]) -> bool:
    return (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])


def _pair(x: int, y: int) -> str:
    return f"{x}{y}" if y < 0 else f"{x} {y}"
