"""The static map sheets. ``python tests/drawings/test_sheet.py`` writes the golden files anew."""

from __future__ import annotations

import csv
import os
import random
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from markupsafe import Markup

from atlas.drawings.maps import labels
from atlas.drawings.maps.basemap import Basemap, Projected, Window, path_of_dots
from atlas.drawings.maps.projection import RADIUS, EqualEarth, Laea
from atlas.drawings.maps.static_map import Sheets, around
from atlas.drawings.maps.viewport import HEIGHT, WIDTH
from atlas.views.parts import MapPoint

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).resolve().parents[1] / "golden"
SAMPLE = ROOT / "tests/data/sample"
CLASSES = {
    "map", "grat", "land", "border", "here", "region", "dot", "halo", "seek", "seekin", "tick",
    "d1", "d2", "d3", "h1", "h2", "h3",
}  # fmt: skip

KRAKOW = MapPoint(id="krakow", name="Kraków", lat=50.06, lon=19.94, weight=12)
POLISH = (
    KRAKOW,
    MapPoint(id="warszawa", name="Warszawa", lat=52.23, lon=21.01, weight=4),
    MapPoint(id="gdansk", name="Gdańsk", lat=54.35, lon=18.65, weight=3),
    MapPoint(id="poznan", name="Poznań", lat=52.41, lon=16.93, weight=1),
)
EUROPEAN = (
    *POLISH,
    MapPoint(id="reykjavik", name="Reykjavík", lat=64.14, lon=-21.94),
    MapPoint(id="lisbon", name="Lisbon", lat=38.72, lon=-9.14, weight=2),
    MapPoint(id="nicosia", name="Nicosia", lat=35.17, lon=33.36),
    MapPoint(id="malmo", name="Malmö", lat=55.6, lon=13.0, weight=5),
)
OVERSEAS = (
    MapPoint(id="new-york", name="New York", lat=40.71, lon=-74.01),
    MapPoint(id="sao-paulo", name="São Paulo", lat=-23.55, lon=-46.64),
    MapPoint(id="taipei", name="臺北市", lat=25.05, lon=121.53),
    MapPoint(id="maribyrnong", name="Maribyrnong", lat=-37.77, lon=144.88),
)
FAR_CORNERS = (
    ("FJ", "Suva", -18.14, 178.44),
    ("RU", "Anadyr", 64.73, 177.5),
    ("US", "Honolulu", 21.31, -157.86),
    ("ES", "Las Palmas", 28.1, -15.43),
    ("NO", "Longyearbyen", 78.22, 15.63),
    ("NZ", "Christchurch", -43.53, 172.63),
    ("CL", "Santiago", -33.45, -70.67),
    ("MT", "Valletta", 35.9, 14.51),
    ("SG", "Singapore", 1.29, 103.85),
    ("PS", "Gaza", 31.5, 34.46),
    ("JP", "Tokyo", 35.68, 139.69),
    ("XK", "Pristina", 42.66, 21.16),
    ("GI", "a place the base map does not know", 36.14, -5.35),
    ("GL", "Nuuk", 64.18, -51.72),
)


def _box(code: str, west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "id": code,
        "properties": {"name": code, "iso_a2": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def toy_map() -> Basemap:
    """A base map of boxes: three countries that touch, one island, and two regions."""
    countries = [
        _box("PL", 14.5, 49.5, 24, 54.5),
        _box("DE", 6, 47.5, 14.5, 54.5),
        _box("UA", 24, 46, 38, 52),
        _box("IS", -24, 63.5, -14, 66.5),
    ]
    return Basemap.from_geojson(
        countries, {"PL": [_box("W", 14.5, 49.5, 19, 54.5), _box("E", 19, 49.5, 24, 54.5)]}
    )


def golden_sheets() -> dict[str, Markup | None]:
    sheets = Sheets(toy_map())
    return {
        "sheet-city.svg": sheets.city(KRAKOW, POLISH, "PL", "Położenie Krakowa"),
        "sheet-europe.svg": sheets.instrument(EUROPEAN, "Members of “R&B”"),
    }


@pytest.fixture(scope="module")
def basemap() -> Basemap:
    return Basemap.load()


@pytest.fixture(scope="module")
def sheets(basemap: Basemap) -> Sheets:
    return Sheets(basemap)


@pytest.fixture(scope="module")
def recorded() -> dict[str, list[MapPoint]]:
    """The cities of the excerpt."""
    return cities(SAMPLE)


def cities(data: Path) -> dict[str, list[MapPoint]]:
    """Return the cities with coordinates, by country."""
    found: dict[str, list[MapPoint]] = defaultdict(list)
    with (data / "cities.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["lat"]:
                place = MapPoint(id=row["id"], name=row["name"], lat=float(row["lat"]), lon=float(row["lon"]))
                found[row["country"]].append(place)
    return found


def dots(svg: str, kind: str) -> Iterator[tuple[int, int]]:
    """The points of the dots of one class, in units."""
    path = r'<path id="(?P<id>.*?)" vector-effect="non-scaling-stroke" d="([^"]*)"/>'
    shared = rf'{path}</g><use class="dot {kind}" href="#(?P=id)"/>'
    data = re.search(rf'(?:{shared}|<path class="dot {kind}" d="([^"]*)")', svg)
    x = y = 0
    for letter, dx, dy in re.findall(r"([Mm])(-?\d+) ?(-?\d+)h0", data[data.lastindex or 0] if data else ""):
        x, y = (int(dx), int(dy)) if letter == "M" else (x + int(dx), y + int(dy))
        yield x, y


def check(sheet: Markup | None, limit: int) -> Markup:
    """A sheet is small, well-formed, and has nothing but classes, geometry and the ids of its dots."""
    assert isinstance(sheet, Markup)
    assert len(sheet.encode()) <= limit
    svg = ElementTree.fromstring(str(sheet))
    assert svg.get("role") == "img"
    assert svg.get("aria-label")
    assert "style=" not in sheet
    assert not re.search(r'd="[^"]*(?:nan|inf|\.)', sheet)
    for element in svg.iter():
        assert element.tag in {"svg", "path", "g", "use", "text"}
        assert set(element.get("class", "").split()) <= CLASSES
        allowed = {
            "viewBox",
            "preserveAspectRatio",
            "role",
            "aria-label",
            "class",
            "d",
            "id",
            "href",
            "vector-effect",
            "x",
            "y",
            "text-anchor",
        }
        assert set(element.attrib) <= allowed
    return sheet


@pytest.mark.parametrize("name", ["sheet-city.svg", "sheet-europe.svg"])
def test_golden(name: str) -> None:
    assert str(golden_sheets()[name]) + "\n" == (GOLDEN / name).read_text(encoding="utf-8")


def test_same_bytes_in_every_process() -> None:
    code = (
        "from test_sheet import EUROPEAN, KRAKOW, POLISH, OVERSEAS\n"
        "from atlas.drawings.maps.basemap import Basemap\n"
        "from atlas.drawings.maps.static_map import Sheets\n"
        "s = Sheets(Basemap.load())\n"
        "print(s.city(KRAKOW, POLISH, 'PL', 'x'), s.home(EUROPEAN, 'x'), s.topic(OVERSEAS, 'x'))\n"
    )
    path = os.pathsep.join([str(ROOT / "plugins"), str(Path(__file__).parent)])
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_order_and_cache_do_not_matter(basemap: Basemap) -> None:
    fresh = Sheets(basemap).city(KRAKOW, POLISH, "PL", "x")
    used = Sheets(basemap)
    used.city(POLISH[1], POLISH, "PL", "x")
    assert used.city(KRAKOW, POLISH[::-1], "PL", "x") == fresh


def test_every_recorded_city(sheets: Sheets, recorded: dict[str, list[MapPoint]]) -> None:
    for code, places in recorded.items():
        for place in places:
            sheet = check(sheets.city(place, places, code, f"Map of {place.name}"), 12_000)
            ((x, y),) = dots(sheet, "seek")
            assert 20 <= x <= 500, place
            assert 20 <= y <= 420, place
            assert 'class="here"' in sheet


def test_every_recorded_country(sheets: Sheets, recorded: dict[str, list[MapPoint]]) -> None:
    for code, places in recorded.items():
        sheet = check(sheets.country(code, places, code), 14_000)
        assert 'class="here"' in sheet


@pytest.mark.proof
def test_every_city_and_country_of_the_real_data(sheets: Sheets) -> None:
    test_every_recorded_city(sheets, cities(ROOT / "data"))
    test_every_recorded_country(sheets, cities(ROOT / "data"))


@pytest.mark.proof
def test_every_country_of_the_base_map(sheets: Sheets, basemap: Basemap) -> None:
    for code in sorted(set(basemap.codes)):
        check(sheets.country(code, (), code), 14_000)


@pytest.mark.parametrize(("code", "name", "lat", "lon"), FAR_CORNERS)
def test_far_corners(sheets: Sheets, code: str, name: str, lat: float, lon: float) -> None:
    sheet = check(sheets.city(MapPoint(id="x", name=name, lat=lat, lon=lon), (), code, name), 12_000)
    ((x, y),) = dots(sheet, "seek")
    assert 20 <= x <= 500
    assert 20 <= y <= 420


def test_land_opposite_the_centre_does_not_flood_the_sheet(basemap: Basemap) -> None:
    """Seen from Fiji, the countries around the opposite point in Africa turn inside out."""
    view = Projected(Laea(178.4, -18.1), 0, 0, 1, 260, 220)
    assert 1 < basemap.draw(view, Window(-100, -40, 526, 480)).around.count("M") < 40


def test_the_borders_of_regions_are_drawn_on_the_sheet_of_a_country(sheets: Sheets) -> None:
    assert 'class="grat region"' in str(sheets.country("PL", POLISH, "x"))
    assert "region" not in str(sheets.city(KRAKOW, POLISH, "PL", "x"))
    assert "region" not in str(sheets.country("DE", (), "x"))


def test_a_city_without_coordinates_has_no_sheet(sheets: Sheets) -> None:
    assert sheets.city(None, POLISH, "PL", "x") is None


def test_sizes_of_europe(sheets: Sheets, recorded: dict[str, list[MapPoint]]) -> None:
    every = [place for places in recorded.values() for place in places]
    home = check(sheets.home(every, "x"), 45_000)
    land = re.search(r'class="land" d="([^"]*)"', home)
    assert land is not None
    assert len(land[1]) <= 30_000
    check(sheets.cities(every, "x"), 45_000)


def test_where_most_places_lie_chooses_the_map(sheets: Sheets) -> None:
    assert 'class="here"' in sheets.instrument(POLISH, "one country")
    europe = check(sheets.instrument((*EUROPEAN, OVERSEAS[0]), "Europe"), 45_000)
    assert 'viewBox="0 0 520 440"' in europe
    world = check(sheets.instrument((*EUROPEAN, *OVERSEAS, *OVERSEAS), "world"), 45_000)
    assert 'viewBox="0 0 812 440"' in world
    check(sheets.topic((), "nowhere"), 45_000)


PACIFIC = (
    MapPoint(id="suva", name="Suva", lat=-18.14, lon=178.44),
    MapPoint(id="nukualofa", name="Nukuʻalofa", lat=-21.14, lon=-175.2),
    MapPoint(id="apia", name="Apia", lat=-13.83, lon=-171.77),
    MapPoint(id="auckland", name="Auckland", lat=-36.85, lon=174.76),
)


@pytest.mark.parametrize("kind", ["home", "cities", "topic"])
def test_a_map_starts_where_its_places_are_at_any_longitude(sheets: Sheets, kind: str) -> None:
    sheet = check(getattr(sheets, kind)(PACIFIC, "the Pacific"), 45_000)
    at = sorted(dots(sheet, "d1"))
    assert len(at) == 4
    assert all(20 <= x <= WIDTH - 20 and 20 <= y <= HEIGHT - 20 for x, y in at)
    assert at[-1][0] - at[0][0] > 100, "neighbours across 180 degrees stay neighbours, and fill the sheet"
    assert sheet.count("<text") == 4


def test_the_world_is_cut_where_no_land_is(sheets: Sheets) -> None:
    world = check(sheets.topic((*PACIFIC, *OVERSEAS, KRAKOW), "world"), 45_000)
    assert 'viewBox="0 0 812 440"' in world
    assert sum(1 for x, _ in dots(world, "d1") if x > 690) == 4, "the islands lie together at the right"


def test_a_country_shows_its_places_overseas(sheets: Sheets) -> None:
    places = (
        MapPoint(id="honolulu", name="Honolulu", lat=21.31, lon=-157.86),
        MapPoint(id="anchorage", name="Anchorage", lat=61.22, lon=-149.9),
        MapPoint(id="boston", name="Boston", lat=42.36, lon=-71.06),
    )
    sheet = check(sheets.country("US", places, "United States"), 14_000)
    assert len(list(dots(sheet, "d1"))) == 3
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in dots(sheet, "d1"))


def test_the_best_known_places_are_named_at_the_end_of_a_line_where_there_is_no_room() -> None:
    crowd = [
        labels.Dot(200 + 9 * i, 200 + 9 * j, 5, f"{i} {j}", 9, f"{i}{j}") for i in range(7) for j in range(7)
    ]
    capital = labels.Dot(227, 227, 5, "Capital", 1, "capital", rank=9)
    ((named, *_), *_) = [labels.place([*crowd, capital], Window(0, 0, 480, 440), most=1, apart=10)]
    assert named.label.text == "Capital"
    assert named.label.line is not None
    assert not any(labels.covers(named.box, dot) for dot in crowd)


def test_nearly_the_same_places_share_a_view_that_holds_them() -> None:
    chance, views = random.Random(1), set()
    for _ in range(500):
        places = [
            MapPoint(id=str(n), name=str(n), lat=chance.uniform(42, 58), lon=chance.uniform(-3, 24))
            for n in range(chance.randint(2, 9))
        ]
        view = around(places, 0)
        views.add(view)
        for x, y in (view.place(place.lon, place.lat) for place in places):
            assert 11.9 < x < WIDTH - 11.9
            assert 11.9 < y < HEIGHT - 11.9
    assert len(views) < 250


def test_dots_have_three_sizes_by_weight(sheets: Sheets) -> None:
    sheet = sheets.topic(EUROPEAN, "x")
    assert [len(list(dots(sheet, kind))) for kind in ("d1", "d2", "d3")] == [3, 2, 3]
    assert len(list(dots(sheets.instrument(EUROPEAN, "x"), "d2"))) == len(EUROPEAN)


def test_names_and_labels_are_escaped(sheets: Sheets) -> None:
    bad = "\"><script>alert(1)</script>&amp;'${x}"
    places = (MapPoint(id="a", name=bad[:14], lat=52.23, lon=21.01, weight=13), KRAKOW)
    for sheet in (
        sheets.city(KRAKOW, places, "PL", bad),
        sheets.country("PL", places, bad),
        sheets.topic(places, bad),
        sheets.home(places, bad),
    ):
        assert sheet is not None
        assert "<script" not in sheet
        svg = ElementTree.fromstring(str(sheet))
        assert svg.get("aria-label") == bad
        texts = [element.text for element in svg.iter() if element.tag == "text"]
        assert bad[:14] in texts


def test_a_sheet_is_markup(sheets: Sheets) -> None:
    sheet = sheets.home(EUROPEAN, "x")
    assert isinstance(sheet, Markup)
    assert sheet.__html__() == str(sheet)


def test_names_keep_clear_of_dots_names_and_edges() -> None:
    field = [
        labels.Dot(40.0 * i, 37.0 * j, 4, f"City {i} {j}", i * j, f"{i}-{j}")
        for i in range(12)
        for j in range(11)
    ]
    area = Window(0, 0, 480, 400)
    placed = labels.place(field, area, most=9, apart=60)
    assert placed
    for label in (named.label for named in placed):
        wide = labels.width(label.text)
        left = {"start": label.x, "middle": label.x - wide / 2, "end": label.x - wide}[label.anchor]
        assert left >= 0
        assert left + wide <= 480
        assert not any(left < dot.x < left + wide and label.y - 13 < dot.y < label.y + 4 for dot in field)
    assert labels.place(field, area, most=9, apart=60, least=1000) == []


def test_projections_keep_areas() -> None:
    cell = np.array([[10.0, 50.0], [10.01, 50.0], [10.01, 50.01], [10.0, 50.01]])
    true = RADIUS**2 * np.radians(0.01) * (np.sin(np.radians(50.01)) - np.sin(np.radians(50.0)))
    for projection in (Laea(10, 50), Laea(60, 0), Laea(-70, -40), EqualEarth()):
        x, y = projection.forward(cell).T
        area = abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
        assert area == pytest.approx(true, rel=1e-3)


def test_the_inverse_undoes_the_projection() -> None:
    projection = Laea(19, 52)
    for lon, lat in ((19.0, 52.0), (-74.0, 40.7), (151.2, -33.9), (0.0, 89.0)):
        x, y = projection.forward(np.array([[lon, lat]]))[0]
        assert projection.inverse(float(x), float(y)) == pytest.approx((lon, lat), abs=1e-6)


def test_dots_are_written_once_and_in_a_fixed_order() -> None:
    assert path_of_dots([(3, 4), (10, 2), (3.2, 4.1)]) == path_of_dots([(10, 2), (3, 4)]) == "M3 4h0m7-2h0"


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for file, drawn in golden_sheets().items():
        (GOLDEN / file).write_text(f"{drawn}\n", encoding="utf-8", newline="\n")
