"""From degrees to kilometres on a plane, equal-area, so that no country looks larger than it is.

Degrees are WGS84 in GeoJSON order (longitude, latitude). The earth is taken as a sphere of
the same surface: on sheets a few hundred pixels high the difference cannot be seen.
On the plane x grows to the east and y to the north, both in kilometres.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ...model.frozen import dataclass

Points: TypeAlias = NDArray[np.float64]
"""An array of shape (n, 2): longitude and latitude, or x and y."""

RADIUS = 6371.007
"""Kilometres; the sphere with the surface of the WGS84 ellipsoid."""


@dataclass(frozen=True, slots=True)
class Laea:
    """Lambert azimuthal equal-area projection on the sphere, north up at its centre.

    J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987),
    pages 182-190, equations 24-2, 22-4 and 24-13 to 24-16. True to area everywhere; shapes
    are true near the centre. The point opposite the centre has no place on the plane: it
    is put on the outermost circle, 2 x RADIUS from the centre.
    """

    lon: float
    lat: float

    def forward(self, points: Points) -> Points:
        """Kilometres for degrees."""
        east = np.radians(points[:, 0] - self.lon)
        north = np.radians(points[:, 1])
        sin0, cos0 = np.sin(np.radians(self.lat)), np.cos(np.radians(self.lat))
        near = 1 + sin0 * np.sin(north) + cos0 * np.cos(north) * np.cos(east)
        k = RADIUS * np.sqrt(2 / np.maximum(near, 1e-9))
        x = k * np.cos(north) * np.sin(east)
        y = k * (cos0 * np.sin(north) - sin0 * np.cos(north) * np.cos(east))
        return np.column_stack((x, y))

    def near(self, lon: Points) -> Points:
        """None: there is no edge."""
        return np.zeros_like(lon)

    def inverse(self, x: float, y: float) -> tuple[float, float]:
        """Longitude and latitude in degrees of one point of the plane, given in kilometres."""
        rho = float(np.hypot(x, y))
        if rho < 1e-9:
            return self.lon, self.lat
        c = 2 * np.arcsin(min(1.0, rho / (2 * RADIUS)))
        sin0, cos0 = np.sin(np.radians(self.lat)), np.cos(np.radians(self.lat))
        lat = np.arcsin(np.clip(np.cos(c) * sin0 + y * np.sin(c) * cos0 / rho, -1, 1))
        lon = np.arctan2(x * np.sin(c), rho * cos0 * np.cos(c) - y * sin0 * np.sin(c))
        return (self.lon + float(np.degrees(lon)) + 180) % 360 - 180, float(np.degrees(lat))


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """The Equal Earth projection of the whole world, on the sphere.

    B. Savric, T. Patterson and B. Jenny, The Equal Earth map projection, International
    Journal of Geographical Information Science 33:3 (2019), equations 1 and 2. Round 11 degrees
    east the edge runs through Bering Strait: it parts no land, and keeps the Pacific islands together.
    """

    lon: float = 11.0

    def forward(self, points: Points) -> Points:
        """Kilometres for degrees."""
        a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
        theta = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(points[:, 1])))
        t2 = theta * theta
        t6 = t2 * t2 * t2
        slope = 9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1
        x = 2 * np.sqrt(3) * np.radians(points[:, 0] - self.lon) * np.cos(theta) / (3 * slope)
        y = theta * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1)
        return RADIUS * np.column_stack((x, y))

    def near(self, lon: Points) -> Points:
        """Whole turns, so that longitudes lie at most half a turn from the central meridian."""
        return -360 * np.round((lon - self.lon) / 360)


Projection: TypeAlias = Laea | EqualEarth
"""A way from the sphere to the plane."""
