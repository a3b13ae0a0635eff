"""Outlines: the land as lists of whole numbers, for a script that projects it in the browser."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from .basemap import Basemap, _polygons, _shared_edges
from .projection import Points
from .viewport import EUROPE


class Exactness(NamedTuple):
    """How exact outlines are: the tolerance in degrees of latitude, the least area, parts of a degree.

    Far from Europe, lines are ``coarser`` by this factor.
    """

    tolerance: float
    speck: float
    scale: int
    coarser: float = 1


EXACTNESS = (Exactness(0.11, 0.012, 20, 2.5), Exactness(0.11, 0.012, 20), Exactness(0.04, 0.0006, 100))
"""For views of Europe or the world, of another continent, and of a country."""

_EUROPE = 5000.0
"""Kilometres from the centre of the map of Europe, beyond which its views show next to nothing."""


def outlines(basemap: Basemap, exactness: Exactness) -> dict[str, list[list[int]]]:
    """Return coasts, borders and, where they are exact enough to be seen, borders of regions.

    Each line is a list of numbers: longitude and latitude of its first point, then the steps
    to the next ones, in parts of a degree. Coasts are closed; a border between two countries is there once.
    """
    flat = np.array([shapely.transform(part, _flat) for part in basemap.parts], dtype=object)
    begins = shapely.get_coordinates(shapely.get_point(shapely.get_exterior_ring(flat), 0))
    specks = np.where(_far(begins), exactness.coarser**2, 1) * exactness.speck
    simple = shapely.coverage_simplify(flat[shapely.area(flat) >= specks], exactness.tolerance)
    coarse = shapely.coverage_simplify(simple, exactness.tolerance * exactness.coarser)
    kept = set(map(tuple, shapely.get_coordinates(coarse)))

    def steps(lines: Iterable[BaseGeometry]) -> list[list[int]]:
        points = (shapely.get_coordinates(line) for line in lines)
        return _steps((_thinned(each, kept) for each in points), exactness.scale)

    coasts = (
        ring
        for polygon in _polygons(shapely.coverage_union_all(simple))
        for ring in (polygon.exterior, *polygon.interiors)
    )
    lines = {
        "land": steps(coasts),
        "borders": steps(_shared_edges(list(simple))),
    }
    if exactness == EXACTNESS[-1]:
        flat_regions = (shapely.transform(lines, _flat) for lines in basemap.regions.values())
        each = (
            part.simplify(exactness.tolerance) for lines in flat_regions for part in shapely.get_parts(lines)
        )
        lines["regions"] = _steps(map(shapely.get_coordinates, each), exactness.scale)
    return lines


def packed(lines: Iterable[Iterable[int]]) -> str:
    """Return lists of numbers as text, which compresses better: a character for a small number.

    Spaces lie between lists. The sign of a number goes into its last bit; of what is 57 or more
    the remainder of 34 stands first, in characters that end no number.
    """
    return " ".join("".join(map(_digits, line)) for line in lines)


def _digits(number: int) -> str:
    number, told = (2 * number if number >= 0 else -2 * number - 1), ""
    while number >= 57:
        told += chr(93 + number % 34)
        number //= 34
    return told + chr(35 + number)


def _far(flat: Points) -> NDArray[np.bool_]:
    """Return which points lie far from Europe."""
    return np.asarray(np.hypot(*EUROPE.forward(_degrees(flat)).T) > _EUROPE)


def _thinned(flat: Points, kept: Container[tuple[float, ...]]) -> Points:
    """Return the points of a line that are ``kept``, lie in or near Europe, or are its ends."""
    stays = ~_far(flat) | np.array([tuple(point) in kept for point in flat])
    stays[[0, -1]] = True
    return np.asarray(flat[stays])


def _flat(points: Points) -> Points:
    """Return the sinusoidal projection, in which a square degree is as large everywhere."""
    return np.column_stack((points[:, 0] * np.cos(np.radians(points[:, 1])), points[:, 1]))


def _degrees(flat: Points) -> Points:
    """Undo `_flat`."""
    return np.column_stack((flat[:, 0] / np.cos(np.radians(flat[:, 1])), flat[:, 1]))


def _steps(lines: Iterable[Points], scale: int) -> list[list[int]]:
    found = []
    for flat in lines:
        whole: NDArray[np.int64] = np.rint(_degrees(flat) * scale).astype(np.int64)
        moved = np.any(whole[1:] != whole[:-1], axis=1)
        whole = whole[np.concatenate(([True], moved))]
        if len(whole) > 1:
            found.append(np.concatenate((whole[:1], np.diff(whole, axis=0))).ravel().tolist())
    return found
