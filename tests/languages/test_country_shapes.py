"""Shapes of countries: borders that fit, islands, the antimeridian, and whose land is whose."""

from __future__ import annotations

import pytest
import shapely

from atlas.languages.country_shapes import country_features

SHAPES = {
    feature["id"]: shapely.geometry.shape(feature["geometry"])  # by the code of Natural Earth
    for feature in country_features()
}


def points(code: str) -> set[tuple[float, ...]]:
    return set(map(tuple, shapely.get_coordinates(SHAPES[code]).tolist()))


@pytest.mark.parametrize(("one", "other"), [("POL", "CZE"), ("NOR", "SWE"), ("USA", "CAN"), ("UKR", "RUS")])
def test_neighbours_have_the_same_points_along_their_border(one: str, other: str) -> None:
    border = points(one) & points(other)
    assert len(border) > 50
    between = shapely.intersection(*(shapely.make_valid(SHAPES[code]) for code in (one, other)))
    assert between.area < 0.001, "and do not overlap"


@pytest.mark.parametrize(
    ("code", "lon", "lat"),
    [
        ("ITA", 12.6, 35.51),  # Lampedusa
        ("GRC", 25.15, 37.08),  # Paros
        ("GIB", -5.35, 36.13),
        ("UKR", 34.1, 45.3),  # Crimea
        ("ESH", -14.0, 24.5),  # Western Sahara
        ("FJI", 179.9, -16.75),  # Taveuni, on either side of 180 degrees
        ("FJI", -179.97, -16.75),
    ],
)
def test_land_lies_in_its_country(code: str, lon: float, lat: float) -> None:
    assert shapely.distance(shapely.make_valid(SHAPES[code]), shapely.Point(lon, lat)) < 0.03


@pytest.mark.parametrize("code", ["FJI", "RUS", "USA", "NZL"])
def test_shapes_are_cut_at_the_antimeridian(code: str) -> None:
    west, _, east, _ = SHAPES[code].bounds
    assert -180 <= west < -170
    assert 170 < east <= 180
    widest = max(part.bounds[2] - part.bounds[0] for part in SHAPES[code].geoms)
    assert widest < 155, "no polygon goes the wrong way round the world"
