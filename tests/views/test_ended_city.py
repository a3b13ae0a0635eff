"""A city that ended: said at the top, linked to its successor, on maps in its years alone."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from tests.builders import ROOT, atlas, city, commitment, lens, network, when

from atlas.languages.language import NBSP
from atlas.views import evidence
from atlas.views.analysis.events import CITIES, TARGET, events
from atlas.views.lens import Lens
from atlas.views.pages.city import city_page
from atlas.views.pages.map import map_data
from atlas.views.pages.search_entries import city_names
from atlas.views.parts import Fact


def through(code: str = "en") -> Lens:
    here = {"lat": 51.1, "lon": 17.0}
    return lens(
        atlas(
            city("lesnica", "Leśnica", until=when("1928"), successor="wroclaw", **here),
            city("wroclaw", "Wrocław", former_names=("de:Breslau",), codes=("teryt:0264011",), **here),
            network("eccar", "Coalition"),
            commitment("eccar", "lesnica", since="1920"),
            commitment("eccar", "wroclaw", since="2020"),
        ),
        code,
    )


@pytest.mark.parametrize(
    ("code", "said"), [("en", "Ceased to exist in 1928."), ("pl", f"Przestało istnieć w{NBSP}1928{NBSP}r.")]
)
def test_its_page_says_so_and_leads_to_the_successor(code: str, said: str) -> None:
    over = city_page(through(code), "lesnica").over
    assert over is not None and over[1] is not None
    assert (over[0], over[1].text) == (said, "Wrocław")
    assert city_page(through(code), "wroclaw").over is None


@pytest.mark.parametrize(
    ("code", "labels"),
    [("en", ("Also what was", "Former name")), ("pl", ("Także dawne miasto", "Dawna nazwa"))],
)
def test_the_page_of_the_successor_names_it_and_its_own_former_name(
    code: str, labels: tuple[str, str]
) -> None:
    facts: dict[str, Fact] = {fact.label: fact for fact in city_page(through(code), "wroclaw").further}
    assert [link.text for link in facts[labels[0]].links] == ["Leśnica"]
    name, number = facts[labels[1]].value, facts["TERYT"].value
    assert name is not None and number is not None
    assert (name.text, name.lang, number.text) == ("Breslau", "de", "0264011")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "Leśnica belonged to Coalition from 1920 until 1928."),
        ("pl", f"Leśnica należała do Sieci eccar od 1920{NBSP}r. do 1928{NBSP}r."),
    ],
)
def test_what_it_was_in_ended_with_it(code: str, said: str) -> None:
    seen = through(code)
    [held] = seen.atlas.commitments_of_city["lesnica"]
    assert seen.state(held) == "ended"
    assert evidence.claim(seen, held, on_city=True).statement == said
    assert [one.city for one in seen.committed(seen.atlas.commitments)] == ["wroclaw"]


def test_maps_show_it_only_in_its_years() -> None:
    seen = through()
    assert [place.id for place in seen.places(seen.atlas.cities.values())] == ["wroclaw"]
    table = map_data(seen)["places"]
    rows = [dict(zip(table["fields"], row, strict=True)) for row in zip(*table["columns"], strict=True)]
    assert [(row["until"], row["former"]) for row in rows] == [("1928", None), (None, ["Breslau"])]


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")
def test_the_year_slider_leaves_it_out_after_its_end() -> None:
    script = """
        const { inYear, parsed } = await import(process.argv[1]);
        const place = { until: parsed("1928") };
        const one = { status: "member", held: "member", since: parsed("1920"), until: null, place };
        const years = [1925, 1928, 1929, null];
        console.log(JSON.stringify(years.map((year) => inYear(one, year, "2026-11-22")?.sign)));
    """
    module = (ROOT / "theme/static/js/map/years.js").as_uri()
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script, module], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == ["certain", "certain", None, None]


def test_search_finds_a_city_by_its_former_name() -> None:
    assert "Breslau" in city_names(through().atlas.cities["wroclaw"])


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("en", (CITIES, " became part of ", TARGET)),
        ("pl", ("Miasto ", CITIES, " stało się częścią miasta ", TARGET)),
    ],
)
def test_its_end_is_an_event_of_the_timeline_and_of_its_country(code: str, sentence: tuple[str, ...]) -> None:
    for part in (("", ""), ("countries", "PL")):
        [end] = [event for event in events(through(code), *part) if event.kind == "ended"]
        assert end.sentence == sentence
        assert (end.when.year, end.target.text, end.city_ids) == ("1928", "Wrocław", ("lesnica",))
        assert end.sources == ""


def test_a_city_that_ended_without_a_successor_ceased_to_exist() -> None:
    [end] = events(lens(atlas(city("lesnica", "Leśnica", until=when("1928")))))
    assert (end.sentence, end.target.text) == ((CITIES, " ceased to exist"), "Leśnica")
