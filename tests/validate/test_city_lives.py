"""Cities that ended, names and numbers with a prefix, and commitments that actions brought about."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from tests.broken_data import GOOD, TODAY

from atlas.cli.edit.answers import known_places
from atlas.cli.messages import translations
from atlas.dataset.reading.load import load
from atlas.findings import as_text
from atlas.validate import validate

COLUMNS = ("codes", "former_names", "until", "successor")


def found(folder: Path, lang: str = "en") -> list[str]:
    """Return the findings of a copy of the good data without the name of its folder."""
    dataset = load(folder)
    findings = [*dataset.findings, *validate(dataset, today=TODAY)]
    said = as_text(findings, translations(lang).gettext).splitlines()
    return [line.replace(f"{folder.as_posix()}/", "") for line in said]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(GOOD, tmp_path / "data")
    monkeypatch.chdir(tmp_path)  # a long way to the folder would be cut in the messages
    return Path("data")


def change(data: Path, **cities: dict[str, str]) -> Path:
    """Give cities values in columns that the good data does not have."""
    path = data / "cities.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    header = [*list(rows[0])[:-1], *COLUMNS, "former_ids"]
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, header, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(row | cities.get(row["id"], {}) for row in rows)
    path.write_text(buffer.getvalue(), "utf-8")
    return data


def test_a_city_that_ended_with_its_names_and_numbers_is_right(data: Path) -> None:
    lodz = {"codes": "teryt:1061011;lau:PL106101", "former_names": "de:Litzmannstadt"}
    turku = {"until": "../2022", "successor": "gdansk"}
    assert found(change(data, lodz=lodz, turku=turku)) == []


def test_a_former_name_is_a_name_for_new_and_import(data: Path) -> None:
    change(data, lodz={"former_names": "de:Litzmannstadt"})
    places = {place.id: place.names for place in known_places(load(data).table("cities"))}
    assert "Litzmannstadt" in places["lodz"]


def test_a_name_without_a_language_and_a_number_without_a_register_are_found(data: Path) -> None:
    change(data, lodz={"codes": "teryt:1061011;106", "former_names": "Litzmannstadt"})
    assert found(data) == [
        "cities.csv:6:100: E-PREFIX codes '106': without what it belongs to; type the register and the "
        "number, for example teryt:1261011",
        "cities.csv:6:104: E-PREFIX former_names 'Litzmannstadt': without what it belongs to; type the "
        "language and the name, for example de:Breslau",
    ]


def test_a_successor_exists_is_another_city_and_needs_an_end(data: Path) -> None:
    change(data, lodz={"successor": "krakw"}, turku={"until": "2022", "successor": "turku"})
    said = [line.split(" ", 1)[1] for line in found(data)]
    assert said == [
        "E-ORDER successor 'krakw': but no until; type when the city ended, ../2022 if all that is known is "
        "that it had by then",
        "E-REF successor 'krakw': no such city; did you mean krakow?",
        "E-REF successor 'turku': leads in a circle: turku > turku; name what came after it, or take it out",
    ]


def test_cities_that_succeed_each_other_are_told_once(data: Path) -> None:
    change(data, lodz={"until": "2020", "successor": "turku"}, turku={"until": "2021", "successor": "lodz"})
    assert [line for line in found(data) if "circle" in line] == [
        "cities.csv:6:93: E-REF successor 'turku': leads in a circle: lodz > turku > lodz; name what came "
        "after it, or take it out"
    ]


@pytest.mark.parametrize(
    ("until", "lang", "when", "said"),
    [
        (
            "2020",
            "en",
            ("since '2021-02-04'",),
            ": after the end of the city, 2020, cities.csv:6; name the successor, or correct one of the two "
            "dates",
        ),
        (
            "2005",
            "pl",
            ("date '2019'", "date '2019-06-21'", "until '2006'", "since '2021-02-04'"),
            ": po końcu miasta, 2005, cities.csv:6; podaj następcę albo popraw jedną z dwóch dat",
        ),
    ],
)
def test_a_city_joins_leaves_and_does_nothing_after_its_end(
    data: Path, until: str, lang: str, when: tuple[str, ...], said: str
) -> None:
    change(data, lodz={"until": until})
    lines = [line.split(" ", 1)[1] for line in found(data, lang)]
    assert lines == [f"E-ORDER {one}{said}" for one in when]


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (
            "krakow/welcom",
            "E-REF commitments 'krakow/welcom': no such commitment; did you mean krakow/welcome?",
        ),
        (
            "gdansk/welcome",
            "E-REF commitments 'gdansk/welcome': gdansk is not among the cities of the action; add it "
            "to cities, or take the commitment out",
        ),
    ],
)
def test_an_action_brought_about_commitments_of_its_cities(data: Path, named: str, said: str) -> None:
    path = data / "actions/krakow-resolution-2011.yaml"
    path.write_text(path.read_text("utf-8") + f"commitments:\n  - {named}\n", "utf-8")
    assert [line.split(" ", 1)[1] for line in found(data)] == [said]


def test_an_action_that_brought_about_a_commitment_is_right(data: Path) -> None:
    path = data / "actions/krakow-resolution-2011.yaml"
    path.write_text(path.read_text("utf-8") + "commitments:\n  - krakow/welcome\n", "utf-8")
    assert found(data) == []


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            [
                "commitments/equality.csv:7:10: W-STATUS status 'member': "
                "but equality is a charter, which cities sign; type signatory, "
                "or say in a note why not",
                "commitments/welcome.csv:2:9: W-STATUS status 'signatory': "
                "but welcome is a network, which cities join; type member, "
                "or say in a note why not",
            ],
        ),
        (
            "pl",
            [
                "commitments/equality.csv:7:10: W-STATUS status 'member': "
                "ale equality to karta, którą miasta podpisują; wpisz "
                "signatory albo wyjaśnij w uwadze, dlaczego nie",
                "commitments/welcome.csv:2:9: W-STATUS status 'signatory': "
                "ale welcome to sieć, do której miasta przystępują; wpisz "
                "member albo wyjaśnij w uwadze, dlaczego nie",
            ],
        ),
    ],
)
def test_one_joins_a_network_and_signs_a_charter(data: Path, lang: str, said: list[str]) -> None:
    for name, right, wrong in (
        ("equality", "windhoek,signatory", "windhoek,member"),
        ("welcome", "gdansk,,member", "gdansk,,signatory"),
    ):
        path = data / f"commitments/{name}.csv"
        path.write_text(path.read_text("utf-8").replace(right, wrong), "utf-8")
    assert found(data, lang) == said
