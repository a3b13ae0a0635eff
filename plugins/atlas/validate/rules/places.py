"""Rules about places: coordinates, countries and regions, names that mean the same city."""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from ...dataset.reading.csv_table import Row, Table
from ...findings import Finding
from ...languages.country_codes import COUNTRIES
from ...languages.country_shapes import country_features
from ...languages.folding import folded
from ...model.globe import EARTH_RADIUS_KM
from ..context import Context

FURTHEST_KM = 200
"""How far outside the shape of its country a city may lie: islands are missing on a coarse map."""

WITHIN = Path(__file__).parent.parent.parent / "geo" / "within.json"
WITHIN_DEGREES = 1.25
"""The side of the squares of this file, whose corners lie less than FURTHEST_KM apart."""

_DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,12})?", re.ASCII)

Point: TypeAlias = tuple[float, float]
"""GeoJSON order: longitude, latitude."""
Ring: TypeAlias = list[Point]
Edge: TypeAlias = tuple[Point, Point]


class Shape:
    """The outline of a country."""

    def __init__(self, rings: list[Ring]) -> None:
        """Take the rings apart, outer and inner alike."""
        self._edges = [edge for ring in rings for edge in pairwise(ring)]

    def contains(self, lon: float, lat: float) -> bool:
        """Tell whether a ray to the east crosses the outline an odd number of times."""
        inside = False
        for (x1, y1), (x2, y2) in self._edges:
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                inside = not inside
        return inside

    def distance_km(self, lon: float, lat: float) -> float:
        """Return the distance to the outline."""
        return min(_distance_km(edge, lon, lat) for edge in self._edges)


def _distance_km(edge: Edge, lon: float, lat: float) -> float:
    """Return the distance of a point from an edge, on a plane that touches the globe at the point."""
    (x1, y1), (x2, y2) = edge
    shrink = math.cos(math.radians(lat))
    degrees = _from_origin(_turn(x1 - lon) * shrink, y1 - lat, _turn(x2 - lon) * shrink, y2 - lat)
    return math.radians(degrees) * EARTH_RADIUS_KM


def _turn(degrees: float) -> float:
    """Return a difference of longitudes the short way round the globe."""
    return (degrees + 180) % 360 - 180


def _from_origin(x1: float, y1: float, x2: float, y2: float) -> float:
    """Return the distance of the origin from a segment."""
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, -(x1 * dx + y1 * dy) / length)) if length else 0.0
    return math.hypot(x1 + along * dx, y1 + along * dy)


@cache
def outlines() -> dict[str, list[Ring]]:
    """Return the rings of every country by its ISO code, outer and inner alike."""
    shapes: dict[str, list[Ring]] = {}
    for feature in country_features():
        code = feature["properties"]["iso_a2"]
        if code:
            polygons = feature["geometry"]["coordinates"]
            shapes.setdefault(code, []).extend(ring for polygon in polygons for ring in polygon)
    return shapes


@cache
def _within() -> dict[str, dict[str, list[tuple[int, int]]]]:
    """Return the first and last squares that surely lie in or near a country, by its ISO code and row."""
    found: dict[str, dict[str, list[tuple[int, int]]]] = json.loads(WITHIN.read_text("utf-8"))
    return found


@cache
def shape_of(country: str) -> Shape | None:
    """Return the outline of a country by its ISO code, or None where the map has none."""
    rings = outlines().get(country)
    return Shape(rings) if rings else None


def same_numbers(context: Context) -> Iterator[Finding]:
    """Two cities do not share a GeoNames number or a Wikidata identifier."""
    table = context.data.table("cities")
    for column in ("geonames", "wikidata"):
        first: dict[str, Row] = {}
        for row, number in table.column(column):
            other = first.setdefault(number, row) if number else row
            if (same := table.get(other, "id")) != table.get(row, "id"):
                yield table.finding("E-NAME", "number", row, column, other=same, line=other.line)


def coordinates(context: Context) -> Iterator[Finding]:
    """A city has both coordinates or neither, and lies in or near its country."""
    table = context.data.table("cities")
    for row, lat, lon in context.rows(table, "lat", "lon"):
        if bool(lat) != bool(lon):
            column = "lon" if lat else "lat"
            yield table.finding("E-PLACE", "one-coordinate", row, column)
        elif lat and _DEGREES.fullmatch(lat) and _DEGREES.fullmatch(lon):
            yield from _position(table, row, float(lat), float(lon))


def _position(table: Table, row: Row, lat: float, lon: float) -> Iterator[Finding]:
    if lat == 0 and lon == 0:
        yield table.finding("E-PLACE", "zero", row, "lat")
        return
    country = table.get(row, "country")
    in_range = abs(lat) <= 90 and abs(lon) <= 180
    if in_range and _near(country, lat=lat, lon=lon) is not False:
        return
    if _near(country, lat=lon, lon=lat):
        there = {"lat": f"{lon:g}", "lon": f"{lat:g}"}
        yield table.finding("E-SWAPPED", "coordinates", row, "lat", country=country, **there)
    elif in_range:  # out of range is a finding of its own
        shape = shape_of(country)
        there = {name: table.get(row, name) for name in ("lat", "lon", "country")}
        distance = round(shape.distance_km(lon, lat)) if shape else 0
        yield table.finding("E-PLACE", "outside", row, "lat", distance=distance, **there)


def _near(country: str, *, lat: float, lon: float) -> bool | None:
    """Tell whether a point lies in a country or close to it; None where that cannot be said."""
    column = lon // WITHIN_DEGREES
    runs = _within().get(country, {}).get(str(int(lat // WITHIN_DEGREES)), ())
    if any(first <= column <= last for first, last in runs):
        return True  # the shapes, which take a while to read, are not needed
    shape = shape_of(country)
    if shape is None or abs(lat) > 90:
        return None
    return shape.contains(lon, lat) or shape.distance_km(lon, lat) <= FURTHEST_KM


def regions(context: Context) -> Iterator[Finding]:
    """A region belongs to the country of its city."""
    table = context.data.table("cities")
    for row, region, country in context.rows(table, "region", "country"):
        known = country in COUNTRIES and region[:2] in COUNTRIES
        if known and "-" in region and not region.startswith(f"{country}-"):
            yield table.finding("E-REGION", "other-country", row, "region", country=country)


def same_names(context: Context) -> Iterator[Finding]:
    """Two rows of one country do not name the same city in two spellings.

    Places that really share a name are told apart by their regions.
    """
    table = context.data.table("cities")
    columns = [name for name in table.index if name == "name" or name.startswith("name_")]
    first: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row, country, *texts in context.rows(table, "country", *columns):
        names = {*map(folded, {*texts} - {""})}
        clash = next(
            (
                other
                for name in sorted(names)
                for other in first.get((country, name), ())
                if not different_regions(table, row, other) and table.get(row, "id") != table.get(other, "id")
            ),
            None,
        )
        if clash:
            other = table.get(clash, "name")
            yield table.finding("E-NAME", "spelling", row, "name", other=other, line=clash.line)
        for name in names:
            if name:
                first[country, name].append(row)


def different_regions(table: Table, one: Row, other: Row) -> bool:
    """Tell whether two cities are known to lie in different regions."""
    here, there = table.get(one, "region"), table.get(other, "region")
    return bool(here and there and here != there)


RULES = (coordinates, regions, same_names, same_numbers)
