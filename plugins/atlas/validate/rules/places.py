"""Rules about places: coordinates, countries and regions, names that mean the same city."""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...dataset.reading.csv_table import Row, Table
from ...findings import Finding
from ...languages.country_codes import COUNTRIES
from ...languages.country_shapes import country_features
from ...languages.folding import folded
from ...model.globe import EARTH_RADIUS_KM
from ..context import Context

if TYPE_CHECKING:
    from shapely import MultiPolygon

FURTHEST_KM = 200
"""How far outside the shape of its country a city may lie: islands are missing on a coarse map."""

WITHIN = Path(__file__).parent.parent.parent / "geo" / "within.json"
WITHIN_DEGREES = 1.25
"""The side of the squares of this file, whose corners lie less than FURTHEST_KM apart."""

_DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,12})?", re.ASCII)


@cache
def shape_of(country: str) -> MultiPolygon | None:
    """Return the shape of a country by its ISO code, or None where the map has none."""
    import shapely  # takes a while, and only a city that may lie elsewhere needs it

    polygons = (
        shapely.Polygon(outer, inner)
        for feature in country_features()
        if feature["properties"]["iso_a2"] == country
        for outer, *inner in feature["geometry"]["coordinates"]
    )
    found = shapely.MultiPolygon(list(polygons))
    return None if found.is_empty else found


def distance_km(shape: MultiPolygon, lon: float, lat: float) -> float:
    """Return the distance of a point from an outline, on a plane that touches the globe at the point."""
    import shapely

    def on_plane(points: Any) -> Any:
        points = points - (lon, lat)
        # The short way round the globe.
        points[:, 0] = ((points[:, 0] + 180) % 360 - 180) * math.cos(math.radians(lat))
        return points

    degrees = shapely.transform(shape.boundary, on_plane).distance(shapely.Point(0, 0))
    return math.radians(degrees) * EARTH_RADIUS_KM


def in_or_near(shape: MultiPolygon, lon: float, lat: float) -> bool:
    """Tell whether a point lies within a country, or so close to it that it may lie on an island of it."""
    import shapely

    return shape.contains(shapely.Point(lon, lat)) or distance_km(shape, lon, lat) <= FURTHEST_KM


@cache
def _within() -> dict[str, dict[str, list[tuple[int, int]]]]:
    """Return the first and last squares that surely lie in or near a country, by its ISO code and row."""
    found: dict[str, dict[str, list[tuple[int, int]]]] = json.loads(WITHIN.read_text("utf-8"))
    return found


def same_numbers(context: Context) -> Iterator[Finding]:
    """Two cities do not share a GeoNames number or a Wikidata identifier."""
    table = context.data.table("cities")
    for column in ("geonames", "wikidata"):
        first: dict[str, Row] = {}
        for row, number in context.rows(table, column) if context.repeats(table, column) else ():
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
        distance = round(distance_km(shape, lon, lat)) if shape else 0
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
    return in_or_near(shape, lon, lat)


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
        names = {(country, name) for name in map(folded, {*texts}) if name}
        clash = next(
            (
                other
                for name in sorted(names & first.keys())
                for other in first[name]
                if not different_regions(table, row, other) and table.get(row, "id") != table.get(other, "id")
            ),
            None,
        )
        if clash:
            other = table.get(clash, "name")
            yield table.finding("E-NAME", "spelling", row, "name", other=other, line=clash.line)
        for name in names:
            first[name].append(row)


def different_regions(table: Table, one: Row, other: Row) -> bool:
    """Tell whether two cities are known to lie in different regions."""
    here, there = table.get(one, "region"), table.get(other, "region")
    return bool(here and there and here != there)
