"""Write plugins/atlas/geo/within.json: where a city surely lies in or near its country."""

from __future__ import annotations

import json

from shapely import MultiPolygon, Point

from atlas.dataset.write import write_files
from atlas.languages.country_shapes import country_features
from atlas.validate.rules.places import WITHIN, WITHIN_DEGREES, shape_of

NEAR = 0.9
"""Degrees from the middle of a square to an outline, which is then less than FURTHEST_KM from its corners."""


def squares(shape: MultiPolygon) -> dict[int, list[tuple[int, int]]]:
    """Return the first and the last of the squares without a gap, by row, that lie in or near a country."""
    lines = shape.boundary
    west, south, east, north = (int(edge // WITHIN_DEGREES) for edge in lines.bounds)
    found: dict[int, list[tuple[int, int]]] = {}
    for row in range(south - 1, north + 2):
        runs: list[tuple[int, int]] = []
        for column in range(west - 1, east + 2):
            middle = (column + 0.5) * WITHIN_DEGREES, (row + 0.5) * WITHIN_DEGREES
            if lines.distance(Point(middle)) < NEAR or shape.contains(Point(middle)):
                first = runs.pop()[0] if runs and runs[-1][1] == column - 1 else column
                runs.append((first, column))
        if runs:
            found[row] = runs
    return found


def main() -> None:
    """Write the squares of every country, sorted by its code."""
    countries = {feature["properties"]["iso_a2"] for feature in country_features()}
    found = {code: squares(shape) for code in sorted(filter(None, countries)) if (shape := shape_of(code))}
    write_files({WITHIN: json.dumps(found, separators=(",", ":")).encode() + b"\n"})


if __name__ == "__main__":
    main()
