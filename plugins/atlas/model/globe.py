"""Distances on the globe, which is taken for a sphere."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

Point = tuple[float, float]
"""Latitude and longitude in degrees (WGS84)."""

EARTH_RADIUS_KM = 6371.0
"""Mean radius of the Earth (IUGG)."""


def kilometres(one: Point, other: Point) -> float:
    """Return the great-circle distance of two points (haversine)."""
    (south, west), (north, east) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))
