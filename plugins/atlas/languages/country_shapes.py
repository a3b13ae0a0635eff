"""Shapes of countries: ``geo/countries.topojson`` as GeoJSON features, see ``geo/README.md``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

GEO = Path(__file__).resolve().parent.parent / "geo"
"""The folder of the base map."""


@cache
def country_features() -> list[dict[str, Any]]:
    """Return a feature for each country; neighbours share arcs, so their borders have the same points.

    The check and the maps read them, so they are kept; nobody may change them.
    """
    topology = json.loads((GEO / "countries.topojson").read_text("utf-8"))
    per_degree = topology["transform"]["scale"][0]
    arcs = []
    for arc in topology["arcs"]:
        steps = (accumulate(axis) for axis in zip(*arc, strict=True))
        arcs.append([(x * per_degree, y * per_degree) for x, y in zip(*steps, strict=True)])

    def ring(numbers: Sequence[int]) -> list[tuple[float, float]]:
        # The arc ~n is the arc n walked backwards; each begins where the one before it ends.
        walked = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
        return [walked[0][0], *(point for arc in walked for point in arc[1:])]

    return [
        {
            "id": country["id"],
            "properties": country["properties"],
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [[ring(numbers) for numbers in polygon] for polygon in country["arcs"]],
            },
        }
        for country in topology["objects"]["countries"]["geometries"]
    ]
