"""``atlas enrich`` against a Wikidata on this machine: what it shows, writes and leaves to a person."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.elsewhere_on_the_web import Playing, Said, elsewhere

from atlas.cli import enrich
from atlas.cli.main import main

Monkey, Capture = pytest.MonkeyPatch, pytest.CaptureFixture[str]
GOOD = Path(__file__).parent.parent / "data/good"
CITIES = Path("data/cities.csv")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: Monkey) -> None:
    """A copy of the small dataset of the tests, on a fixed day; Kraków has neither number nor site."""
    shutil.copytree(GOOD, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    CITIES.write_text(
        CITIES.read_text("utf-8").replace("3094802,Q31487,https://www.krakow.pl,", "3094802,,,"), "utf-8"
    )


def row(number: str, item: str, **values: str) -> dict[str, dict[str, str]]:
    """A row of an answer of the query service."""
    every = {"number": number, "item": f"http://www.wikidata.org/entity/{item}", **values}
    return {name: {"type": "literal", "value": value} for name, value in every.items()}


KRAKOW = row(
    "3094802", "Q31487", website="https://www.krakow.pl", teryt="1261011", lau="PL_1261011", nuts="PL213"
)
TURKU = row("633679", "Q38511", website="https://www.turku.fi", lau="FI_853")


def saying(*rows: Mapping[str, object]) -> Playing:
    return lambda address, query: Said(json.dumps({"results": {"bindings": rows}}))


def enriched(play: Playing, monkeypatch: Monkey, *options: str) -> int:
    with elsewhere(play, monkeypatch):
        return main(["enrich", *options])


def test_what_is_found_is_shown_and_written_on_demand(monkeypatch: Monkey, capsys: Capture) -> None:
    before = CITIES.read_text("utf-8")
    shown = (
        "data/cities.csv:5: krakow: wikidata Q31487, website https://www.krakow.pl, "
        "codes teryt:1261011;lau:PL_1261011;nuts:PL213\n"
        "data/cities.csv:8: turku: codes lau:FI_853\n"
    )
    assert enriched(saying(KRAKOW, TURKU), monkeypatch) == 0
    out, err = capsys.readouterr()
    assert (out, err) == (
        shown,
        "6 cities asked for, something found for 2\nnothing was written: --accept writes it\n",
    )
    assert CITIES.read_text("utf-8") == before
    assert enriched(saying(KRAKOW, TURKU), monkeypatch, "--accept") == 0
    assert capsys.readouterr().out == shown
    assert [line.split(",", 9)[9] for line in CITIES.read_text("utf-8").splitlines() if "krakow" in line] == [
        "3094802,Q31487,https://www.krakow.pl,teryt:1261011;lau:PL_1261011;nuts:PL213,"
    ]
    assert main(["check", "--code", "E-PREFIX"]) == 0


def test_it_asks_for_the_numbers_that_the_cities_have(monkeypatch: Monkey) -> None:
    with elsewhere(saying(), monkeypatch) as web:
        assert main(["enrich", "--country", "pl", "--only", "wikidata"]) == 0
    [asked] = web.asked
    assert asked.startswith("GET https://query.wikidata.org/sparql?format=json&query=")
    assert re.findall(r'"(\d+)"', unquote(asked)) == ["3094802"]
    assert "?item wdt:P1566 ?number ." in unquote(asked)


def test_a_number_with_two_items_and_another_number_are_left_to_a_person(
    monkeypatch: Monkey, capsys: Capture
) -> None:
    before = CITIES.read_bytes()
    play = saying(KRAKOW, row("3094802", "Q7"), row("633679", "Q1"))
    assert enriched(play, monkeypatch, "--accept") == 0
    assert capsys.readouterr().err == (
        "data/cities.csv:5: krakow: Wikidata has Q31487, Q7 for its GeoNames number, the row –; "
        "look yourself\n"
        "data/cities.csv:8: turku: Wikidata has Q1 for its GeoNames number, the row Q38511; look yourself\n"
        "6 cities asked for, something found for 0\n"
    )
    assert CITIES.read_bytes() == before


def test_what_is_recorded_stays_and_several_websites_are_none(monkeypatch: Monkey, capsys: Capture) -> None:
    play = saying(KRAKOW, KRAKOW | row("3094802", "Q31487", website="https://krakow.travel"))
    assert enriched(play, monkeypatch, "krakow", "--only", "website", "--only", "wikidata") == 0
    assert capsys.readouterr().out == "data/cities.csv:5: krakow: wikidata Q31487\n"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("website", "javascript:alert(1)"),
        ("website", "http://10.0.0.1/"),
        ("teryt", "1;x\n"),
        ("item", "Q1/../x"),
    ],
)
def test_values_that_are_none_are_left_out(
    cell: str, value: str, monkeypatch: Monkey, capsys: Capture
) -> None:
    answer = {"number": KRAKOW["number"], "item": KRAKOW["item"], cell: {"value": value}}
    assert enriched(saying(answer), monkeypatch, "krakow") == 0
    assert value not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Said("<title>Busy</title>", kind="text/html"), "not found out: the answer is not JSON\n"),
        (Said('{"results": {', cut=True), "not found out: the host cuts the connection off\n"),
        (Said(status=429, headers={"Retry-After": "86400"}), "not found out: the host asks to wait\n"),
        (Said('{"results": []}'), ""),
        (Said('{"results": {"bindings": [7, {"item": 3}]}}'), ""),
    ],
    ids=["HTML", "half an answer", "busy", "another shape", "odd rows"],
)
def test_an_answer_that_is_none_changes_nothing(
    said: Said, told: str, monkeypatch: Monkey, capsys: Capture
) -> None:
    before = CITIES.read_bytes()
    assert enriched(lambda address, query: said, monkeypatch, "--accept") == 0
    assert capsys.readouterr().err == f"{told}6 cities asked for, something found for 0\n"
    assert CITIES.read_bytes() == before


def test_no_text_of_the_data_gets_into_the_query() -> None:
    assert '"1"' in unquote(enrich.query(["1", '2" } DROP', "3094802"]))
    assert "DROP" not in unquote(enrich.query(["1", '2" } DROP']))


def test_in_polish(monkeypatch: Monkey, capsys: Capture) -> None:
    assert enriched(saying(TURKU), monkeypatch, "turku", "--lang", "pl") == 0
    assert capsys.readouterr().err == (
        "zapytano o 1 miasto, znaleziono coś dla: 1\nniczego nie zapisano: --accept to zapisuje\n"
    )
