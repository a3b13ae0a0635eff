"""Outlines: the land as lists of whole numbers, for a script that projects it in the browser."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from .basemap import Basemap, _polygons, _shared_edges
from .projection import Points


class Exactness(NamedTuple):
    """How exact outlines are: the tolerance in degrees of latitude, the least area, parts of a degree."""

    tolerance: float
    speck: float
    scale: int


EXACTNESS = (Exactness(0.1, 0.01, 20), Exactness(0.015, 0.0006, 100))
"""For views of a continent or the world, and for those of a country."""


def outlines(basemap: Basemap, exactness: Exactness) -> dict[str, Any]:
    """Return coasts, borders and, where they are exact enough to be seen, borders of regions.

    Each line is a list of numbers: longitude and latitude of its first point, then the steps
    to the next ones, in parts of a degree. Coasts are closed; a border between two countries is there once.
    """
    flat = np.array([shapely.transform(part, _flat) for part in basemap.parts], dtype=object)
    flat = flat[shapely.area(flat) >= exactness.speck]
    simple = shapely.coverage_simplify(flat, exactness.tolerance)
    coasts = (
        ring
        for polygon in _polygons(shapely.coverage_union_all(simple))
        for ring in (polygon.exterior, *polygon.interiors)
    )
    lines = {
        "land": _steps(coasts, exactness.scale),
        "borders": _steps(_shared_edges(list(simple)), exactness.scale),
    }
    if exactness == EXACTNESS[-1]:
        flat_regions = (shapely.transform(lines, _flat) for lines in basemap.regions.values())
        each = (
            part.simplify(exactness.tolerance) for lines in flat_regions for part in shapely.get_parts(lines)
        )
        lines["regions"] = _steps(each, exactness.scale)
    return {"scale": exactness.scale, **lines}


def _flat(points: Points) -> Points:
    """Return the sinusoidal projection, in which a square degree is as large everywhere."""
    return np.column_stack((points[:, 0] * np.cos(np.radians(points[:, 1])), points[:, 1]))


def _steps(lines: Iterable[BaseGeometry], scale: int) -> list[list[int]]:
    found = []
    for line in lines:
        flat = shapely.get_coordinates(line)
        degrees = np.column_stack((flat[:, 0] / np.cos(np.radians(flat[:, 1])), flat[:, 1]))
        whole: NDArray[np.int64] = np.rint(degrees * scale).astype(np.int64)
        moved = np.any(whole[1:] != whole[:-1], axis=1)
        whole = whole[np.concatenate(([True], moved))]
        if len(whole) > 1:
            found.append(np.concatenate((whole[:1], np.diff(whole, axis=0))).ravel().tolist())
    return found
