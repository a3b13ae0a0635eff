"""Our list beside the instrument's own: what is missing, extra and conflicting, and how it is stored."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.builders import AS_OF, ROOT, lens, lenses

from atlas.build.read_data import read_atlas
from atlas.cli.main import main
from atlas.dataset.reading.load import load
from atlas.findings import as_text
from atlas.model.records import Atlas
from atlas.opendata.api import documents
from atlas.opendata.api.values import date as date_value
from atlas.validate import validate
from atlas.views.analysis.reconciliation import reconcile
from atlas.views.pages.instrument import instrument_page

# Recorded: Gdańsk since June 2016, Honnelles an observer, Köln suspended, Kraków former and again a member
# since October 2011, Łódź found to be none, Turku former.
LIST = """\
name,country,city,since,sources
Miasto Kraków,PL,,2011,network-members
Cologne,DE,,,network-members
Atlantis,,,1999,network-members
City of Gdańsk,PL,,2014,network-members
Windhoek,NA,,2020,network-members
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "tests/data/good", folder)
    (folder / "lists/welcome.csv").write_text(LIST, "utf-8")
    return folder


def without(data: Path, name: str) -> None:
    kept = "".join(line for line in LIST.splitlines(keepends=True) if not line.startswith(name))
    (data / "lists/welcome.csv").write_text(kept, "utf-8")


@pytest.fixture
def of(data: Path) -> Atlas:
    return read_atlas(data, AS_OF)


def test_each_line_is_set_beside_what_is_recorded(of: Atlas) -> None:
    found = reconcile(lens(of), "welcome")
    assert found is not None
    assert {line.listed.name: (line.outcome, line.city) for line in found.lines} == {
        "Miasto Kraków": ("agreeing", "krakow"),  # the period from October 2011
        "Cologne": ("conflicting", "koeln"),  # suspended
        "Atlantis": ("unknown", None),
        "City of Gdańsk": ("conflicting", "gdansk"),  # 2014 is certainly before June 2016
        "Windhoek": ("missing", "windhoek"),
    }
    # Neither Turku, which has left, nor Łódź, which is recorded as no member.
    assert found.extra == ()


def test_who_is_recorded_and_not_listed_is_extra(data: Path) -> None:
    without(data, "Miasto Kraków")
    found = reconcile(lens(read_atlas(data, AS_OF)), "welcome")
    assert found is not None
    assert [one.key for one in found.extra] == ["krakow/welcome/2011-10"]


def test_without_a_list_nothing_is_compared(of: Atlas) -> None:
    assert reconcile(lens(of), "equality") is None
    assert instrument_page(lens(of), "equality").beside is None
    assert documents.instrument(lenses(of), "equality")["reconciliation"]["list"] is None


def test_a_date_that_may_be_the_same_is_no_conflict(data: Path) -> None:
    (data / "lists/welcome.csv").write_text(LIST.replace(",2014,", ",2016,"), "utf-8")
    found = reconcile(lens(read_atlas(data, AS_OF)), "welcome")
    assert found is not None
    assert [line.city for line in found.of("conflicting")] == ["koeln"]


def test_a_contributor_can_say_which_city_is_meant(data: Path) -> None:
    (data / "lists/welcome.csv").write_text(LIST.replace("Atlantis,,,", "Atlantis,,turku,"), "utf-8")
    found = reconcile(lens(read_atlas(data, AS_OF)), "welcome")
    assert found is not None
    assert found.of("unknown") == []
    assert [line.city for line in found.of("conflicting")] == ["turku", "koeln", "gdansk"]


LEADS = {
    "en": ("The list of its own that is stored with the data has 4 lines.", "0 agree with the atlas."),
    "pl": ("Własny wykaz instrumentu, zapisany wśród danych, ma 4 wiersze.", "0 zgadza się z atlasem."),
}
HEADINGS = {
    "en": (
        "On its list, not recorded here",
        "On its list, but the atlas knows no such place",
        "Recorded here, not on its list",
        "Said differently",
    ),
    "pl": (
        "W jego wykazie, ale nie w atlasie",
        "W jego wykazie, ale atlas nie zna takiego miejsca",
        "W atlasie, ale nie w jego wykazie",
        "Podane inaczej",
    ),
}


@pytest.mark.parametrize("lang", ["en", "pl"])
def test_the_page_says_it_in_words(data: Path, lang: str) -> None:
    without(data, "Miasto Kraków")
    beside = instrument_page(lens(read_atlas(data, AS_OF), lang), "welcome").beside
    assert beside is not None
    assert beside.lead == LEADS[lang]
    assert tuple(group.heading for group in beside.groups) == HEADINGS[lang]
    assert [source.title for source in beside.sources] == ["Members"]


def test_the_page_names_what_differs(of: Atlas) -> None:
    beside = instrument_page(lens(of), "welcome").beside
    assert beside is not None
    shown = {
        group.anchor: [(e.link.text if e.link else e.text, e.note) for e in group.entries]
        for group in beside.groups
    }
    assert shown["s-list-missing"] == [("Windhoek", "2020")]
    assert shown["s-list-unknown"] == [("Atlantis", "1999")]
    suspended = (
        "list: undated; atlas: Cologne has belonged to WEL since 2012, approximately; "
        "its membership is suspended."
    )
    gdansk = "list: 2014; atlas: Gdańsk helped to found WEL in June 2016; its council decided on it in 2016."
    assert shown["s-list-conflicting"] == [("Cologne", suspended), ("Gdańsk", gdansk)]


def test_the_api_has_both_lists(of: Atlas) -> None:
    beside = documents.instrument(lenses(of), "welcome")["reconciliation"]
    assert beside["list"]["lines"][3] == {
        "name": "City of Gdańsk",
        "country": "PL",
        "since": date_value(of.lists["welcome"][3].since),
        "outcome": "conflicting",
        "city": "gdansk",
        "commitment": "gdansk/welcome",
        "sources": ["network-members"],
    }
    assert beside["list"]["extra"] == []


# How it is stored


def test_a_list_is_checked_like_every_table(data: Path) -> None:
    (data / "lists/welcome.csv").write_text(
        "name,country,city,since,sources\n,XX,krakw,soon,nothing\n", "utf-8"
    )
    (data / "lists/welcom.csv").write_text("name,sources\nTurku,press\n", "utf-8")
    dataset = load(data)
    found = [*dataset.findings, *validate(dataset, today=AS_OF)]
    text = as_text([one for one in found if "/lists/" in one.path]).replace(f"{data}/", "")
    assert {line.split(": ", 1)[0] + ": " + line.split(" ", 2)[1] for line in text.splitlines()} == {
        "lists/welcom.csv:1:1: E-REF",
        "lists/welcome.csv:2:1: E-REQUIRED",
        "lists/welcome.csv:2:2: E-COUNTRY",
        "lists/welcome.csv:2:5: E-REF",
        "lists/welcome.csv:2:11: E-DATE",
        "lists/welcome.csv:2:16: E-REF",
    }, text


def test_fmt_sorts_a_list_by_country_and_name(data: Path) -> None:
    assert main(["fmt", "--data", str(data)]) == 0
    lines = (data / "lists/welcome.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[0] for line in lines] == [
        "name", "Atlantis", "Cologne", "Windhoek", "City of Gdańsk", "Miasto Kraków",
    ]  # fmt: skip
