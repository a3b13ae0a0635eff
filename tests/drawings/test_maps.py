"""The interactive maps: what folium writes, the data that all maps share, and the ways to them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.builders import (
    ROOT,
    action,
    atlas,
    charter,
    city,
    commitment,
    lens,
    lenses,
    network,
    sample_atlas,
    sample_lens,
    strings,
)

from atlas.drawings.maps import folium_map as maps
from atlas.drawings.maps import map_files
from atlas.drawings.maps.basemap import Basemap
from atlas.drawings.maps.outlines import EXACTNESS, Exactness, outlines, packed
from atlas.views.pages import map as mapview

HOSTILE = "<img src=x onerror=alert(1)>${alert(2)}'\"</script>"
GOLDEN = ROOT / "tests" / "golden" / "map-atlas.js"


# What folium writes


def test_the_script_of_the_map_is_the_golden_one() -> None:
    assert maps.script() == GOLDEN.read_text("utf-8")


def test_two_scripts_are_the_same() -> None:
    assert maps.script() == maps.script()


def test_the_script_needs_nothing_from_elsewhere_and_says_nothing() -> None:
    script = maps.script()
    for word in ("http", "//", "$(", "$.", "jQuery", "AwesomeMarkers", "bindPopup", "bindTooltip", "style="):
        assert word not in script


def test_nothing_that_is_contributed_reaches_folium() -> None:
    assert maps.script.__code__.co_argcount == 0


def test_ids_of_other_maps_are_left_alone() -> None:
    from branca.element import Element

    maps.script()
    assert Element().get_name() != Element().get_name()
    assert len(Element()._id) == 32


# Data


SMALL = atlas(
    city("lodz", "Łódź", names={"en": "Lodz", "pl": "Łódź"}, region="PL-10", lat=51.77, lon=19.46),
    city("nowhere", "Nowhere"),
    network("net", acronym="NET", topics=("migration",)),
    charter("act", topics=("human-rights", "climate")),
    commitment("net", "lodz", since="2011"),
    commitment("act", "lodz", "signatory", since="2015~", until="2020-05-01"),
    commitment("net", "nowhere", "applicant", decided="2019-03"),
    action("team", cities=("nowhere",)),
)


def rows(table: dict[str, list[object]]) -> list[dict[str, object]]:
    fields = [str(field) for field in table["fields"]]
    each = zip(*table["columns"], strict=True)  # type: ignore[call-overload]
    return [dict(zip(fields, row, strict=True)) for row in each]


def test_dates_are_as_exact_as_their_sources() -> None:
    found = rows(mapview.map_data(lens(SMALL))["commitments"])
    assert [(one["since"], one["until"]) for one in found] == [
        ("2011", None),
        ("2019-03", None),
        ("2015~", "2020-05-01"),
    ]


def test_rows_name_each_other_by_number() -> None:
    data = mapview.map_data(lens(SMALL))
    places, instruments = rows(data["places"]), rows(data["instruments"])
    for one in rows(data["commitments"]):
        assert places[one["place"]]["id"] in SMALL.cities  # type: ignore[call-overload]
        assert instruments[one["instrument"]]["id"] in SMALL.instruments  # type: ignore[call-overload]
    assert rows(data["actions"])[0]["places"] == [1]


def test_names_are_given_once_where_languages_agree() -> None:
    lodz, nowhere = rows(mapview.map_data(lens(SMALL))["places"])
    assert (lodz["name"], lodz["names"]) == ("Łódź", {"en": "Lodz"})
    assert nowhere["names"] is None


def test_data_are_the_same_in_every_language() -> None:
    english, polish = lenses(SMALL)
    assert mapview.map_data(english) == mapview.map_data(polish)


def test_every_place_and_commitment_is_there() -> None:
    data = mapview.map_data(sample_lens("en"))
    assert len(rows(data["places"])) == len(sample_atlas().cities)
    assert len(rows(data["commitments"])) == len(sample_atlas().commitments)


def test_capitals_and_large_cities_are_known_best() -> None:
    of = atlas(
        city("paris", geonames="2988507", population=2_000_000),
        city("lyon", geonames="2996944", population=520_000),
        city("somewhere"),
    )
    known = {one["id"]: one["known"] for one in rows(mapview.map_data(lens(of))["places"])}
    assert known["somewhere"] == 0
    assert known["paris"] > known["lyon"] > 50  # type: ignore[operator]


def test_a_country_is_found_by_its_names_in_every_language() -> None:
    english, polish = lenses(SMALL)
    said = mapview.map_words(english, {}, [english.lang, polish.lang])
    assert said["elsewhere"]["PL"] == ["Polska"]


# Words


@pytest.mark.parametrize("code", ["en", "pl"])
def test_words_keep_the_names_that_the_browser_fills_in(code: str) -> None:
    english = mapview.map_words(sample_lens("en"), {})
    said = mapview.map_words(sample_lens(code), {})
    assert said.keys() == english.keys()

    def holes(text: str) -> set[str]:
        return set(re.findall(r"%\((\w+)\)s", text))

    for key, value in said.items():
        if isinstance(value, str):
            assert holes(value) == holes(english[key]), key


def test_words_have_every_plural_of_their_language() -> None:
    assert set(mapview.map_words(sample_lens("en"), {})["places"]) == {"one", "other"}
    assert set(mapview.map_words(sample_lens("pl"), {})["places"]) >= {"one", "few", "many"}


def test_scripts_hold_no_words() -> None:
    """Sentences stand in the catalogue; a script has names, addresses and comments."""
    for file in sorted((ROOT / "theme" / "static" / "js").rglob("*.js")):
        if "Words" not in (text := file.read_text("utf-8")) and file.name not in ("card.js", "sheet.js"):
            continue
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.S)
        for said in re.findall(r"textContent = (\S[^;\n]*)", code):
            assert not said.startswith(('"', "'")) or said in ('""', "''"), f"{file.name}: {said}"


# Land


def test_land_is_a_list_of_steps_and_a_border_is_there_once() -> None:
    def box(code: str, west: float, east: float) -> dict[str, object]:
        ring = [[west, 49.0], [east, 49.0], [east, 54.0], [west, 54.0], [west, 49.0]]
        return {
            "id": code,
            "properties": {"iso_a2": code},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    basemap = Basemap.from_geojson([box("PL", 14.0, 24.0), box("DE", 6.0, 14.0)], {})
    found = outlines(basemap, Exactness(0.1, 0.01, 20))
    ((lon, lat, *steps),) = found["land"]
    assert (lon / 20, lat / 20) in {(x, y) for x in (6, 24) for y in (49, 54)} | {(14, 49), (14, 54)}
    assert sum(steps[::2]) == sum(steps[1::2]) == 0, "a coast is closed"
    ((lon, lat, *steps),) = found["borders"]
    assert lon == 14 * 20 and {lat, lat + sum(steps[1::2])} == {49 * 20, 54 * 20}


def test_far_from_europe_the_first_land_has_fewer_corners_of_the_same_coasts() -> None:
    def box(code: str, west: float) -> dict[str, object]:
        steps = [(west + x, 50 + (0.2 if x % 2 else 0)) for x in range(9)]
        ring = [*steps, (west + 8, 54.0), (west, 54.0), steps[0]]
        return {
            "id": code,
            "properties": {"iso_a2": code},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    basemap = Basemap.from_geojson([box("PL", 14.0), box("CA", -110.0)], {})
    far, near = sorted(outlines(basemap, Exactness(0.2, 0.01, 20, 4))["land"])
    alike = sorted(outlines(basemap, Exactness(0.2, 0.01, 20))["land"])
    assert near == alike[1]
    assert len(far) < len(alike[0])


def test_lines_are_packed_into_text_that_the_script_unpacks() -> None:
    assert packed([[0, -1, 28, -28], [29, -1000, 7200]]) == "#$[Z u$xu$ol/"


def test_the_land_of_the_world_is_small_enough_to_be_sent_at_once() -> None:
    whole = outlines(Basemap.load(), EXACTNESS[0])
    assert len(json.dumps(whole, separators=(",", ":"))) < 170_000


# Files


def test_files_hold_contributed_text_as_data_only() -> None:
    of = atlas(
        city("x", HOSTILE, lat=1.0, lon=2.0),
        network("net", HOSTILE, acronym=HOSTILE),
        commitment("net", "x"),
    )
    made = dict(map_files.files((every := lenses(of))[0], every, {"disc": "M0 0z"}))
    assert HOSTILE in list(strings_of(json.loads(made[mapview.DATA])))
    assert map_files.assets()[mapview.SCRIPT] == maps.script()


def strings_of(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings_of(one)]
    if isinstance(value, list):
        return [text for one in value for text in strings_of(one)]
    return [value] if isinstance(value, str) else []


def test_files_are_the_same_in_two_runs() -> None:
    every = lenses(SMALL)
    one, other = (
        map_files.assets() | {path: text for each in every for path, text in map_files.files(each, every, {})}
        for _ in range(2)
    )
    assert one == other
    assert set(one) == {
        *mapview.LAND,
        *("maps/atlas.js", "maps/words.en.json", "maps/words.pl.json"),
        mapview.DATA,
    }


def test_assets_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = map_files.assets(tmp_path)
    monkeypatch.setattr(map_files, "_script", pytest.fail)
    monkeypatch.setattr(map_files, "_land", pytest.fail)
    assert map_files.assets(tmp_path) == made


# Ways to a map


def test_a_page_leads_to_the_map_with_the_same_choice() -> None:
    door = mapview.door(lens(SMALL, "pl"), "i=net")
    assert door.page.href == "pl/mapa/?i=net"
    assert door.words == "maps/words.pl.json"


# The page of the map


def test_the_page_names_every_place_with_a_link() -> None:
    page = mapview.map_page(sample_lens("pl"))
    listed = [row.link.href.split("/")[-2] for group in page.countries for row in group.entries]
    assert sorted(listed) == sorted(sample_atlas().cities)
    assert page.frame.path == "pl/mapa/"
    assert all(text for text in strings(page.countries))


def test_places_without_coordinates_are_listed_and_counted() -> None:
    page = mapview.map_page(lens(SMALL))
    assert [row.note for group in page.countries for row in group.entries] == [None, "place not on the map"]
    assert page.unplaced == "1 has no position and stands only in the list."


def test_the_page_counts_what_holds_and_offers_every_status() -> None:
    page = mapview.map_page(lens(SMALL))
    assert page.lead == ("1 place in 1 country: 1 commitment. 1 more has ended.",)
    assert [choice.id for choice in page.statuses] == ["member", "signatory", "applicant"]
    assert page.every_status.split(",") == sorted(SMALL.vocabulary.statuses)
    shown = {choice.id: choice.number for group in page.instruments for choice in group.entries}
    assert shown == {"net": "1", "act": "0"}, "neither the applicant nor what has ended"


def test_years_run_from_the_first_date_to_the_edition() -> None:
    page = mapview.map_page(lens(SMALL))
    assert (page.first_year, page.last_year) == (2011, 2026)
