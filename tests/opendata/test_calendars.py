"""Calendars: only what has an exact day, the same bytes every time, read back by the library."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from icalendar import Calendar
from tests.builders import action, atlas, charter, city, commitment, lens, network, when

from atlas.model.dates import parse_duration
from atlas.model.records import Atlas, Host, Obligation
from atlas.opendata.calendars import calendar
from atlas.views.analysis.calendar_days import diaries
from atlas.views.lens import Lens

AS_OF = date(2026, 11, 22)
PLAN = Obligation(
    id="plan", text={"en": "Draw up a plan.", "pl": "Opracować plan."}, due_within=parse_duration("P2Y")
)


def of(*records: Any) -> Atlas:
    pact = charter("pact", acronym="Pact", obligations=(PLAN,))
    hosts = (
        Host(city="lodz", on=when("2019-06-21"), note={"en": "Third congress"}),
        Host(city="krakow", on=when("2021-05-04")),
        Host(city="lodz", on=when("2017")),
    )
    league = network("league", acronym="WEL", hosts=hosts)
    return atlas(city("krakow", "Kraków"), city("lodz", "Łódź"), pact, league, *records)


WHOLE = of(
    action(
        "congress",
        kind="event",
        date="2021-05-04",
        end_date="2021-05-06",
        cities=("krakow",),
        instrument="league",
        title={"en": "Congress; with, commas <b>", "pl": "Kongres"},
        summary={"en": "Line one\nline two"},
    ),
    action("year", date="2020", cities=("krakow",)),
    action("about", date="2020-01-02~", cities=("krakow",)),
    action("open", date="2020-01-02", end_date="2020-03", cities=("lodz",)),
    commitment("pact", "krakow", "signatory", since="2020-11-16"),
    commitment("pact", "lodz", "signatory", since="2021"),
)


def through(code: str = "en", siteurl: str = "https://example.org/atlas") -> Lens:
    return replace(lens(WHOLE, code, AS_OF), siteurl=siteurl)


def read(through: Lens, section: str = "all", id: str = "") -> Any:
    return Calendar.from_ical(calendar(through, section, id)[1])


def events(found: Any) -> list[tuple[str, date, date]]:
    return [(str(e["summary"]), e.decoded("dtstart"), e.decoded("dtend")) for e in found.walk("VEVENT")]


def test_exact_days_are_whole_days_and_the_rest_is_left_out_and_counted() -> None:
    found = read(through())
    assert events(found) == [
        ("Łódź hosts a conference: WEL", date(2019, 6, 21), date(2019, 6, 22)),
        ("Action open", date(2020, 1, 2), date(2020, 1, 3)),
        ("Congress; with, commas <b>", date(2021, 5, 4), date(2021, 5, 7)),
        ("Due – Kraków, Pact", date(2022, 11, 16), date(2022, 11, 17)),
    ]
    told = "Only what has an exact day stands in this calendar. 4 entries without one are left out."
    assert str(found["description"]) == str(found["x-wr-caldesc"]) == told
    assert str(found["x-wr-calname"]) == "Dates: City Commitments Atlas"


def test_a_year_never_becomes_its_first_of_january() -> None:
    text = b"".join(
        calendar(through(code), *key)[1] for code in ("en", "pl") for key in diaries(through(code))
    )
    assert b"0101" not in text


def test_an_event_says_what_where_and_of_which_edition() -> None:
    congress = read(through()).walk("VEVENT")[2]
    assert str(congress["description"]) == "event. Line one\nline two"
    assert str(congress["url"]) == "https://example.org/atlas/actions/congress/"
    assert congress.decoded("dtstamp") == datetime(2026, 11, 22, tzinfo=UTC)
    assert str(congress["transp"]) == "TRANSPARENT"
    assert "url" not in read(through(siteurl="")).walk("VEVENT")[2]


def test_an_obligation_says_what_is_recorded() -> None:
    due = read(through()).walk("VEVENT")[3]
    assert str(due["description"]) == (
        "Draw up a plan. Due by 16 November 2022. Nobody has checked whether it was done."
    )
    assert str(due["url"]) == "https://example.org/atlas/cities/krakow/#pact"


def test_there_is_a_calendar_where_a_term_is_known_or_an_exact_day_is_to_come() -> None:
    assert set(diaries(through())) == {("all", ""), ("cities", "krakow"), ("charters", "pact")}
    before = replace(through(), as_of=date(2021, 5, 6))
    assert set(diaries(before)) == {
        ("all", ""),
        ("cities", "krakow"),
        ("networks", "league"),
        ("charters", "pact"),
    }
    assert ("cities", "lodz") in diaries(replace(through(), as_of=date(2020, 1, 2)))
    path, _ = calendar(through("pl"), "charters", "pact")
    assert path == "feeds/pl/charters/pact.ics"
    found = read(through("pl"), "charters", "pact")
    assert [name for name, _, _ in events(found)] == ["Termin – Kraków, Pact"]
    assert str(found["x-wr-caldesc"]).endswith("Pominięto 1 wpis bez takiej daty.")


def test_a_city_has_one_calendar_with_titles_in_all_languages() -> None:
    path, text = calendar(through(), "cities", "krakow", others=(through("pl"),))
    found = Calendar.from_ical(text)
    assert path == "feeds/cities/krakow.ics"
    assert str(found["x-wr-calname"]) == "Dates: Kraków / Daty: Kraków"
    assert "Due – Kraków, Pact / Termin – Kraków, Pact" in [name for name, _, _ in events(found)]


def test_a_calendar_without_an_exact_day_is_not_made() -> None:
    assert diaries(lens(of(), as_of=AS_OF)).keys() == {("all", "")}
    assert diaries(lens(atlas(city("krakow"), action("year", date="2020", cities=("krakow",))))) == {}


def test_names_of_entries_are_the_same_in_every_language_and_edition_and_calendar() -> None:
    def names(found: Any) -> list[str]:
        return [str(event["uid"]) for event in found.walk("VEVENT")]

    later = replace(through("pl"), as_of=date(2027, 1, 1), siteurl="")
    assert names(read(through())) == names(read(later))
    assert len(set(names(read(through())))) == 4
    assert set(names(read(through(), "cities", "krakow"))) < set(names(read(through())))


def test_the_same_bytes_every_time_in_lines_of_75_octets() -> None:
    first, second = (calendar(through(), "all", "")[1] for _ in range(2))
    assert first == second
    assert all(len(line) <= 75 for line in first.split(b"\r\n"))


def test_the_calendars_of_a_built_site_are_read_back(site: Path) -> None:
    found = sorted(site.glob("feeds/**/*.ics"))
    assert {path.relative_to(site).parts[1] for path in found} == {"cities", "en", "pl"}
    for path in found:
        assert Calendar.from_ical(path.read_bytes()).walk("VEVENT"), path
    page = (site / "charters/cemr-charter/index.html").read_text("utf-8")
    assert 'href="../../feeds/en/charters/cemr-charter.ics"' in page
