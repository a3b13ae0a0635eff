from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from markupsafe import Markup

from atlas.drawings.maps.basemap import Basemap
from atlas.drawings.maps.static_map import Sheets
from atlas.drawings.picture_file import picture
from atlas.views.parts import MapPoint

SVG = "{http://www.w3.org/2000/svg}"
CREDIT = "Atlas <b>& Co</b>, CC BY 4.0"


def place(id: str, lon: float, lat: float, weight: int = 1) -> MapPoint:
    return MapPoint(id=id, name=id.title(), lon=lon, lat=lat, weight=weight)


@pytest.fixture(scope="module")
def sheets() -> Sheets:
    return Sheets(Basemap.load())


def drawn(sheet: Markup | None) -> ET.Element:
    assert sheet is not None
    return ET.fromstring(picture(sheet, CREDIT))


def test_a_picture_has_a_title_a_size_and_its_credit_as_text(sheets: Sheets) -> None:
    places = [place("krakow", 19.9, 50.1), place("graz", 15.4, 47.1)]
    whole = drawn(sheets.instrument(places, "Map of <ECCAR>"))
    assert whole.find(f"{SVG}title").text == "Map of <ECCAR>"
    assert whole.findall(f"{SVG}text")[-1].text == CREDIT
    assert (whole.get("viewBox"), whole.get("width"), whole.get("height")) == ("0 0 520 466", "520", "466")


def test_a_picture_needs_no_stylesheet(sheets: Sheets) -> None:
    home = place("krakow", 19.9, 50.1)
    others = [place("lodz", 19.5, 51.8, 2), place("gdansk", 18.6, 54.4, 5)]
    for sheet in (
        sheets.home([home, *others], "a"),
        sheets.city(home, others, "PL", "a"),
        sheets.country("PL", [home, *others], "a"),
        sheets.topic([home, place("tokyo", 139.7, 35.7, 3)], "a"),
    ):
        whole = drawn(sheet)
        parts = [*whole.iter(f"{SVG}path"), *whole.iter(f"{SVG}text")]
        assert not [part for part in whole.iter() if "class" in part.attrib or "style" in part.attrib]
        assert all(part.get("fill") for part in parts)


def test_what_the_picture_cannot_colour_is_an_error() -> None:
    with pytest.raises(KeyError, match="new"):
        picture(Markup('<svg viewBox="0 0 1 1" aria-label="a"><path class="new" d="M0 0"/></svg>'), CREDIT)
