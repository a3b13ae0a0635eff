"""Everything that the first documents told: each network, charter, act and city can be found.

The five documents of January 2025 came first; what they say of Kraków and of the bodies it works
with must have a page, in both languages, and Kraków's part must be told there. No other test looks at the
rows of `data/`, and these say only what must be found: whoever adds to the data breaks none of them.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import language, parts, real_atlas, real_lens, real_view, when

from atlas.languages.addresses import Addresses
from atlas.views.pages.home import city_pages
from atlas.views.pages.instrument_members import instrument_pages
from atlas.views.parts import ActionEntry, Claim, Tally
from atlas.views.register import Entry

LANGUAGES = ("en", "pl")
ADDRESSES = Addresses((language("en"), language("pl")))
ROUTES = {
    "cities": "city",
    "networks": "instrument",
    "charters": "instrument",
    "actions": "action",
    "sources": "source",
}


def page(lang: str, kind: str, id: str) -> Any:
    view = real_view(lang, ROUTES[kind], id)
    assert view.frame.path == ADDRESSES.path(lang, kind, id)
    return view


def members(lang: str, kind: str, id: str) -> list[Claim]:
    """Return the claims on all pages of an instrument: a long list goes on."""
    further = (number for number in instrument_pages(real_lens(lang)) if number.startswith(f"{id}/"))
    pages = [page(lang, kind, id), *(real_view(lang, "more of instrument", number) for number in further)]
    return [claim for view in pages for claim in parts(view.members, Claim)]


def action(lang: str, id: str) -> ActionEntry:
    entry: ActionEntry = page(lang, "actions", id).action
    return entry


def on_city(lang: str, city: str) -> tuple[Entry, ...]:
    """Return the register of a city, which tells each of its commitments and actions."""
    entries: tuple[Entry, ...] = page(lang, "cities", city).entries
    return entries


def told_by(entry: Entry) -> dict[str, ActionEntry]:
    """Return the action that an entry is, or those that brought its commitment about."""
    if entry.claim:
        return {one.id: one for one in entry.claim.actions}
    return {entry.action.id: entry.action} if entry.action else {}


NETWORKS = {
    # id: its name in English and Polish, and when it began
    "krm": ("Congress of Urban Movements", "Kongres Ruchów Miejskich", "2011"),
    "femcities": ("FemCities", "FemCities", "1997"),
    "icc": ("Intercultural Cities", "Miasta Międzykulturowe", "2008"),
    "icorn": ("International Cities of Refuge Network", "Sieć Miast Schronienia", "2006"),
    "eccar": ("European Coalition of Cities against Racism", "Europejska Koalicja Miast", "2004"),
    "zmp-commission": ("Commission on Human Rights", "Komisja Praw Człowieka", "2020"),
    "ump-migration-team": ("UMP standing team", "Stały Zespół", None),
}
CHARTERS = {
    "krm-15-theses": ("15 Theses", "15 tez", "2015"),
    "cemr-charter": ("European Charter for Equality", "Europejska Karta Równości", "2006"),
    "diversity-charter-pl": ("Diversity Charter", "Karta Różnorodności", "2012"),
    "pact-of-amsterdam": ("Pact of Amsterdam", "Pakt Amsterdamski", "2016"),
    "ump-migration-2017": ("Declaration of the mayors", "Deklaracja Prezydentów", "2017"),
    "ump-afghanistan-2021": ("refugees from Afghanistan", "Afganistan", "2021"),
    "eccar-ten-point-plan": ("Ten-Point Plan", "Dziesięciopunktowy Plan", None),
}


@pytest.mark.parametrize("id", [*NETWORKS, *CHARTERS])
def test_every_network_and_charter_of_the_documents_has_its_page(id: str) -> None:
    kind, (english, polish, began) = (
        ("networks", NETWORKS[id]) if id in NETWORKS else ("charters", CHARTERS[id])
    )
    for lang, name in (("en", english), ("pl", polish)):
        view = page(lang, kind, id)
        title = view.frame.title
        assert name.casefold() in title.casefold()
        assert view.summary is not None and view.summary.lang is None
        assert view.sources
        if began:
            dates = [fact.value.text for fact in view.facts if fact.value]
            assert any(began in text for text in dates)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_congress_of_urban_movements_has_seven_meetings_in_order(lang: str) -> None:
    congresses = [f"krm-congress-{number}" for number in range(1, 8)]
    for id in congresses:
        entry = action(lang, id)
        assert entry.instrument is not None and entry.instrument.href.endswith("/krm/")
        assert not entry.when.unknown
    listed = [e.id for e in page(lang, "networks", "krm").actions if e.id in congresses]
    assert listed == congresses[::-1]
    assert [[city.href.split("/")[-2] for city in action(lang, id).cities] for id in congresses] == [
        ["poznan"],
        ["lodz"],
        ["bialystok"],
        ["gorzow-wielkopolski"],
        ["dabrowa-gornicza", "rybnik"],
        ["ostroda", "ilawa"],
        ["lublin"],
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("id", "date"),
    [
        ("krm-founding-2011", "2011"),
        ("krm-15-theses-2015", "2015"),
        ("krm-appeal-2017", "2017"),
        ("krm-platform-2019-2021", "2019"),
        ("krm-active-citizens-2021", "2021"),
    ],
)
def test_the_founding_theses_appeal_and_programmes_of_the_congress_have_pages(
    id: str, date: str, lang: str
) -> None:
    entry = action(lang, id)
    assert entry.when.year == date
    assert entry.title.lang is None and entry.sources
    assert id in {e.id for e in page(lang, "networks", "krm").actions} | {
        e.id for e in page(lang, "charters", "krm-15-theses").actions
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("id", "year"),
    [
        ("ump-relocation-2015", "2015"),
        ("ump-declaration-2017", "2017"),
        ("ump-moria-2020", "2020"),
        ("ump-afghanistan-2021", "2021"),
    ],
)
def test_the_statements_of_the_metropolises_on_refugees_have_pages(id: str, year: str, lang: str) -> None:
    assert action(lang, id).when.year == year
    assert action(lang, id).sources


@pytest.mark.parametrize("lang", LANGUAGES)
def test_czestochowas_team_has_eight_tasks_and_its_policy_is_in_preparation(lang: str) -> None:
    team = action(lang, "czestochowa-team-2019")
    assert len(team.items) == 8
    assert ("nr 529.2019") in [value for _, value in team.act]
    policy = action(lang, "czestochowa-equality-policy")
    assert policy.when.unknown
    status = {"en": "in preparation", "pl": "w przygotowaniu"}[lang]
    assert policy.status == status
    on_page = {id: entry for entry in on_city(lang, "czestochowa") for id in told_by(entry)}
    assert told_by(on_page["czestochowa-team-2019"])["czestochowa-team-2019"].items == team.items
    assert any("nr 529.2019" in line for line in on_page["czestochowa-team-2019"].lines)
    assert on_page["czestochowa-equality-policy"].when.unknown
    assert status in on_page["czestochowa-equality-policy"].heading.link.text


# Kraków's part

KRAKOW = {
    # instrument: date as exact as its source, decision
    "femcities": ("2022-09", None),
    "icc": ("2020-12-18", None),
    "icorn": ("2011", "2011-05-25"),
    "eccar": ("2024-09-25", "2024-03-06"),
    "cemr-charter": ("2020-11-16", None),
    "diversity-charter-pl": ("2022-05-17", None),
    "ump-migration-2017": ("2017-06-30", None),
    "ump-afghanistan-2021": ("2021-08", None),
    "ump-migration-team": (None, None),
    "zmp-commission": (None, None),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("id", KRAKOW)
def test_krakows_part_is_told_on_its_page_and_on_the_instruments(id: str, lang: str) -> None:
    since, decided = KRAKOW[id]
    kind = real_atlas().instruments[id].family + "s"
    [entry] = [one for one in on_city(lang, "krakow") if one.claim and one.claim.anchor == id]
    claim = entry.claim
    assert claim is not None
    assert entry.heading.link.href == ADDRESSES.path(lang, kind, id)
    assert entry.when == claim.when
    assert claim.when.iso == since
    assert claim.sources
    assert {source.href for source in claim.sources} <= {source.href for source in entry.sources}
    [member] = [c for c in members(lang, kind, id) if c.anchor == "krakow"]
    assert member.when == claim.when
    assert member.href == claim.href
    # The council's decision has its date in the sentence on either page, and in the words of the entry.
    spoken = [claim.statement, member.statement]
    council = {"en": "council decided", "pl": "rada zdecydowała"}[lang]
    assert [council in text.casefold() for text in spoken] == [decided is not None] * len(spoken)
    if date := when(decided):
        words = [*entry.lines, *(one.text for one in (entry.text, *entry.notes) if one)]
        assert all(language(lang).date(date) in text for text in (*spoken, " ".join(words)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "id",
    [
        "krakow-icorn-invitation-2011",
        "krakow-icorn-resolution-2011",
        "krakow-icorn-declaration-2011",
        "krakow-icorn-board-2020",
        "krakow-icorn-board-2024",
        "krakow-open-programme-2016",
        "krakow-equality-charter-2020",
        "krakow-icc-2020",
        "krakow-femcities-2022",
        "krakow-diversity-charter-2022",
        "krakow-eccar-resolution-2024",
        "krakow-eccar-acceptance-2024",
        "zmp-commission-krakow-2022",
    ],
)
def test_what_krakow_did_stands_on_its_page(id: str, lang: str) -> None:
    """As an entry of its own, or within that of the commitment that it brought about."""
    entries = [entry for entry in on_city(lang, "krakow") if id in told_by(entry)]
    assert entries
    for entry in entries:
        act = told_by(entry)[id]
        assert act.title.href == ADDRESSES.path(lang, "actions", id)
        assert act.sources
        assert {source.href for source in act.sources} <= {source.href for source in entry.sources}
        if entry.action:
            assert entry.heading.link == act.title
            assert entry.when == act.when


UMP_2017 = {
    *("bialystok", "bydgoszcz", "gdansk", "krakow", "lodz", "lublin", "poznan"),
    *("rzeszow", "szczecin", "warszawa", "wroclaw"),
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_signatories_of_the_migration_declaration_are_eleven_and_katowice_declined(lang: str) -> None:
    signed = {claim.anchor for claim in members(lang, "charters", "ump-migration-2017")}
    assert signed >= UMP_2017 and len(UMP_2017) == 11
    assert "katowice" not in signed
    refusal = action(lang, "katowice-ump-refusal-2017")
    assert {city.href for city in refusal.cities} == {ADDRESSES.path(lang, "cities", "katowice")}
    assert refusal.differences


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "id",
    [
        "krm-stanowisko-2017",
        "krakow-wspolpraca-krajowa",
        "czestochowa-polityka-rownosci",
        "krm-wspolpraca",
        "krakow-wspolpraca-miedzynarodowa",
    ],
)
def test_the_five_documents_are_sources_with_all_that_rests_on_them(id: str, lang: str) -> None:
    view = page(lang, "sources", id)
    assert view.frame.title and view.lang == "pl"
    assert sum(len(group.entries) for group in view.uses) >= 1


def test_the_numbers_that_the_documents_give_are_kept_beside_later_ones() -> None:
    for lang, spelt in (("en", "1,653"), ("pl", "1653")):
        counts = {count.members: count for count in page(lang, "charters", "cemr-charter").counts}
        assert spelt in counts
        assert [ref.href for ref in counts[spelt].sources] == [
            ADDRESSES.path(lang, "sources", "krm-stanowisko-2017")
        ]
        assert "168" in {count.members for count in page(lang, "charters", "diversity-charter-pl").counts}
        assert [d.title for d in page(lang, "charters", "diversity-charter-pl").differences]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_cities_of_the_documents_are_in_the_list(lang: str) -> None:
    pages = [
        real_view(lang, "cities"),
        *(real_view(lang, "more cities", n) for n in city_pages(real_lens(lang))),
    ]
    names = {tally.link.text for view in pages for tally in parts(view, Tally)}
    assert {"Częstochowa", "Gdańsk", "Kraków", "Poznań", "Słupsk"} <= names
