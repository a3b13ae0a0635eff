"""``atlas import`` on small lists in the image of real ones, beside what a careful person would answer."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from atlas.cli.edit.answers import known_places
from atlas.cli.import_members.match import Comparison, compare
from atlas.cli.import_members.member_list import MemberList, read_list
from atlas.dataset.reading.csv_table import parse_csv
from atlas.languages.name_matching import Matcher

LISTS = Path(__file__).resolve().parents[1] / "data/lists"
FORMER = (
    "city,status,since,until\n"
    "turku,former,2006,2012\nbergen,former,2006,2012\naarhus,former,2006,2012\nutrecht,member,2001,\n"
)
OPTIONS: Mapping[str, Mapping[str, str]] = {
    "charter.csv": {},
    "states.csv": {"country": "US"},
    "gminy.csv": {"country": "PL"},
    "collectivites.csv": {},
    "comuni.csv": {"country": "IT"},
    "excel.csv": {},
    "members.json": {},
    "places.geojson": {},
    "book.xlsx": {},
    "headless.csv": {"name_column": "2", "date_column": "4"},
    "names.txt": {},
    "statuses.csv": {},
    "twice.csv": {},
    "bodies.csv": {},
    "former.csv": {},
    "orders.tsv": {},
    "titled.csv": {},
}
"""The lists with what has to be said to the command beside them."""


def book() -> bytes:
    """A spreadsheet with a title over its table and days as spreadsheets keep them."""
    sheet = openpyxl.Workbook()
    rows = (
        ("Our members", None, None),
        (None, None, None),
        ("Ciudad", "País", "Fecha"),
        ("Ajuntament de Barcelona", "España", date(2014, 3, 1)),
        ("Córdoba", "España", 2015),
        ("Córdoba", "Argentina", 2016.0),
        ("Provincia de Granada", "España", None),
    )
    assert sheet.active is not None
    for row in rows:
        sheet.active.append(row)
    data = io.BytesIO()
    sheet.save(data)
    return data.getvalue()


def compared(name: str) -> tuple[MemberList, Comparison]:
    cities = (LISTS / "cities.csv").read_text("utf-8")
    data = book() if name == "book.xlsx" else (LISTS / name).read_bytes()
    words = cities.replace(",", " ").split()
    members = read_list(data, name, known_words=words, **OPTIONS[name])
    table = parse_csv(FORMER, "commitments.csv", []) if name == "former.csv" else None
    return members, compare(members, Matcher(known_places(parse_csv(cities, "cities.csv", []))), table)


def answers() -> dict[str, dict[int, tuple[str, str, str]]]:
    """What a careful person answers: state, city and beginning by the line of each list."""
    found: dict[str, dict[int, tuple[str, str, str]]] = {name: {} for name in OPTIONS}
    with (LISTS / "answers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["list"]][int(row["line"])] = row["state"], row["city"], row["since"]
    return found


@pytest.mark.parametrize("name", OPTIONS)
def test_a_list_is_understood_as_a_careful_person_would(name: str) -> None:
    members, found = compared(name)
    assert {
        one.entry.line: (one.state, one.city, one.entry.dates.get("since", "")) for one in found.found
    } | {one.line: ("unread", "", "") for one in members.findings} == answers()[name]


def test_exact_is_never_wrong() -> None:
    wrong = [
        (name, one.entry.name, one.city)
        for name, lines in answers().items()
        for one in compared(name)[1].of("new", "again")
        if lines[one.entry.line][:2] not in (("new", one.city), ("again", one.city))
    ]
    assert wrong == []


def test_why_a_name_has_to_be_decided_is_told() -> None:
    doubts = {one.entry.name: one.doubt for name in OPTIONS for one in compared(name)[1].found if one.doubt}
    assert doubts == {
        "Landkreis München": "another body than the city",
        "Kansas City": "other places have this name",
        "Gmina Oświęcim": "another body than the city",
        "Gmina Bielsko-Biała": "another body than the city",
        "Métropole de Lyon": "another body than the city",
        "Nantes Métropole": "another body than the city",
        "Città metropolitana di Torino": "another body than the city",
        "Provincia di Bolzano": "another body than the city",
        "Bergen": "the list does not say that it is a member now",
        "Turku": "the list does not say that it is a member now",
        "Luxembourg": "also the name of a country or state",
        "Cambridge": "other places have this name",
        "Barcelona": "another body than the city",
        "Tunis": "also the name of a country or state",
        "Provincia de Granada": "another body than the city",
        "City of London": "another body than the city",
        "Manchester City Council": "other places have this name",
        "Greater Manchester": "another body than the city",
        "Poznań": "the list does not say that it is a member now",
        "Ghent": "the list does not say that it is a member now",
        "Gdańsk": "the list has it with different dates",
        "Frankfurt": "the list has several of this name",
        "Torino": "another body than the city",
        "Hamburg": "another body than the city",
        "Zürich": "another body than the city",
    }


def test_columns_that_are_not_understood_are_named() -> None:
    assert {name: compared(name)[0].unused for name in ("charter.csv", "excel.csv", "twice.csv")} == {
        "charter.csv": ("Population",),
        "excel.csv": ("Status", "Remarks"),
        "twice.csv": ("Contact",),
    }
