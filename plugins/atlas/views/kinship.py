"""Which cities lie near each other, and which share the most commitments."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping

from ..model import Atlas, City
from ..tracking import remembered
from .lens import Lens

EARTH_RADIUS_KM = 6371.0
"""Mean radius of the Earth (IUGG)."""

REACH_KM = 300
"""How far a city may be and still be called near."""

SHOWN = 6
"""How many neighbours a page shows."""

_CELL_DEG = 3.0
"""Side of a cell in degrees; at least REACH_KM from south to north."""


def distance_km(a: City, b: City) -> float:
    """Return the great-circle distance of two placed cities in kilometres (haversine).

    Raises ValueError where one of them has no coordinates.
    """
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        raise ValueError("both cities need coordinates")
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


@remembered(2, whole=False)
def _cells(atlas: Atlas) -> Mapping[tuple[int, int], list[City]]:
    cells: dict[tuple[int, int], list[City]] = defaultdict(list)
    for city in atlas.cities.values():
        if city.lat is not None and city.lon is not None:
            cells[_cell(city.lat, city.lon)].append(city)
    return cells


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return math.floor(lat / _CELL_DEG), math.floor((lon % 360) / _CELL_DEG)


def nearest(atlas: Atlas, city: City) -> list[tuple[City, float]]:
    """Return the nearest cities within reach, each with its distance in kilometres."""
    return [(atlas.cities[id], distance) for id, distance in _nearest(atlas, city.id)]


@remembered()
def _nearest(atlas: Atlas, city_id: str) -> tuple[tuple[str, float], ...]:
    city = atlas.cities[city_id]
    if city.lat is None or city.lon is None:
        return ()
    row, column = _cell(city.lat, city.lon)
    # A degree of longitude shrinks towards the poles, so more columns reach as far there.
    width = math.ceil(1 / max(0.1, math.cos(math.radians(min(89.0, abs(city.lat) + _CELL_DEG)))))
    columns = round(360 / _CELL_DEG)
    found = [
        (other.id, distance)
        for r in range(row - 1, row + 2)
        for c in range(column - width, column + width + 1)
        for other in _cells(atlas).get((r, c % columns), ())
        if other is not city and (distance := distance_km(city, other)) <= REACH_KM
    ]
    found.sort(key=lambda pair: (pair[1], pair[0]))
    return tuple(found[:SHOWN])


@remembered(4)
def _members(lens: Lens) -> Mapping[str, frozenset[str]]:
    return {
        instrument: frozenset(c.city for c in lens.committed(commitments))
        for instrument, commitments in lens.atlas.commitments_of_instrument.items()
    }


@remembered(4)
def _sizes(lens: Lens) -> Counter[str]:
    return Counter(city for members in _members(lens).values() for city in members)


def most_similar(lens: Lens, city: City, *, least: int = 2) -> list[tuple[City, list[str]]]:
    """Return the cities that share the most instruments with ``city``, and which these are.

    Only cities that share at least ``least`` count. Of those that share equally many,
    the ones with the fewest other commitments come first.
    """
    similar = _most_similar(lens, city.id, least)
    return [(lens.atlas.cities[other], list(shared)) for other, shared in similar]


@remembered()
def _most_similar(lens: Lens, city_id: str, least: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    mine = [
        commitment.instrument
        for commitment in lens.atlas.commitments_of_city.get(city_id, ())
        if city_id in _members(lens)[commitment.instrument]
    ]
    shared: dict[str, list[str]] = defaultdict(list)
    for instrument in dict.fromkeys(mine):
        for other in _members(lens)[instrument]:
            if other != city_id:
                shared[other].append(instrument)
    ranked = sorted(
        (other for other, instruments in shared.items() if len(instruments) >= least),
        key=lambda other: (-len(shared[other]), _sizes(lens)[other], other),
    )
    return tuple((other, tuple(shared[other])) for other in ranked[:SHOWN])
