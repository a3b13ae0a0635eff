"""Two editions of the atlas in; what changed out, as the world's or the atlas's, in sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.builders import (
    Record,
    action,
    atlas,
    charter,
    city,
    commitment,
    contradiction,
    language,
    network,
    source,
    when,
)

from atlas.changes.comparison.change import Change, Editions, Pair
from atlas.changes.comparison.records import compare
from atlas.changes.wording.affected_pages import concerns, pages
from atlas.changes.wording.names import Names
from atlas.changes.wording.report import report
from atlas.changes.wording.sentences import sentence
from atlas.languages.addresses import Addresses
from atlas.model.dates import parse_date
from atlas.model.records import Atlas, Count, Host, Retired

THEN, NOW = date(2024, 10, 10), date(2024, 11, 2)
EDITIONS = Editions(THEN, NOW)
KRAKOW, LODZ = city("krakow", "Kraków"), city("lodz", "Łódź")
ECCAR = network("eccar", acronym="ECCAR", topics=("anti-racism",))
CHARTER = charter("equality", names={"en": "Charter for Equality", "pl": "Karta Równości"})
PRESS = source("press", "An article")


def of(*records: Record, retired: tuple[Retired, ...] = ()) -> Atlas:
    everything = (KRAKOW, LODZ, ECCAR, CHARTER, PRESS)
    named = {(type(one), getattr(one, "id", "")) for one in records}
    whole = atlas(*(one for one in everything if (type(one), one.id) not in named), *records)
    return replace(whole, retired=retired)


def without(whole: Atlas, kind: str, *ids: str) -> Atlas:
    table = getattr(whole, kind)
    kept: Any = {kind: {id: one for id, one in table.items() if id not in ids}}
    return replace(whole, **kept)


def told(before: Atlas, after: Atlas, lang: str = "en") -> list[str]:
    """Return every change as its nature and its sentence."""
    names = Names(Pair(before, after), language(lang), NOW)
    found = [f"{change.nature}: {sentence(names, change)}" for change in compare(before, after, EDITIONS)]
    return [text.replace("\u00a0", " ") for text in found]  # Polish ties "r." to its year


def claims(before: Record | None, after: Record | None, lang: str = "en") -> list[str]:
    """Return the changes from one claim, or none, to another."""
    old, new = (of(claim) if claim else of() for claim in (before, after))
    return told(old, new, lang)


def member(**fields: Any) -> Any:
    return commitment("eccar", "krakow", fields.pop("status", "member"), **fields)


def signed(**fields: Any) -> Any:
    return commitment("equality", "krakow", fields.pop("status", "signatory"), **fields)


def test_a_city_ended() -> None:
    turku = city("turku", "Turku", country="FI")
    for until, en, pl in (
        ("2024-09", "world: Turku ceased to exist in September 2024 (successor: Kraków)",
         "world: Miasto Turku przestało istnieć we wrześniu 2024 r. (następca: Kraków)"),
        ("1975", "atlas: Turku ceased to exist in 1975 (successor: Kraków)",
         "atlas: Miasto Turku przestało istnieć w 1975 r. (następca: Kraków)"),
        ("2027", "world: Turku ceases to exist in 2027 (successor: Kraków)",
         "world: Miasto Turku przestaje istnieć w 2027 r. (następca: Kraków)"),
    ):  # fmt: skip
        over = replace(turku, until=when(until), successor="krakow")
        assert told(of(turku), of(over)) == [en]
        assert told(of(turku), of(over), "pl") == [pl]
    later = replace(over, successor="lodz")
    assert told(of(over), of(later)) == ["atlas: Turku – successor: Łódź (corrected; the atlas said: Kraków)"]


# The world or the atlas -----------------------------------------------------------------------


def test_a_city_joined_between_the_editions() -> None:
    new = member(since="2024-10-25", sources=("page", "press"))
    assert claims(None, new) == ["world: Kraków joined ECCAR on 25 October 2024 (2 sources)"]
    assert claims(None, new, "pl") == [
        "world: Miasto Kraków przystąpiło do sieci ECCAR 25 października 2024 r. (2 źródła)"
    ]


def test_news_takes_time_to_be_recorded() -> None:
    new = member(since="2024-09-25", sources=("page", "press"))
    assert claims(None, new) == ["world: Kraków joined ECCAR on 25 September 2024 (2 sources)"]


def test_a_row_about_long_ago_is_news_of_the_atlas_only() -> None:
    assert claims(None, member(since="2006")) == [
        "atlas: Kraków joined ECCAR in 2006 (1 source; new in the atlas)"
    ]
    assert claims(None, member(since="2006"), "pl") == [
        "atlas: Miasto Kraków przystąpiło do sieci ECCAR w 2006 r. (1 źródło; nowe w atlasie)"
    ]


@pytest.mark.parametrize(
    ("since", "nature"),
    [
        ("2024-07-10", "atlas"),  # the last day that is too old
        ("2024-07-11", "world"),
        ("2024", "atlas"),  # may have been in January
        ("2024-07", "atlas"),
        ("2024-08", "world"),
        ("2025", "world"),
        ("2024-10-25~", "atlas"),  # approximate dates prove nothing
        ("2024-10-25?", "atlas"),
    ],
)
def test_only_a_date_proves_that_the_world_changed(since: str, nature: str) -> None:
    assert EDITIONS.nature(parse_date(since)) == nature


def test_a_row_without_a_date_is_never_news() -> None:
    assert claims(None, member()) == [
        "atlas: Kraków is a member of ECCAR; no source found gives the date (1 source; new in the atlas)"
    ]


def test_a_decision_dates_a_row_without_a_beginning() -> None:
    assert claims(None, member(decided="2024-10-25")) == [
        "world: Kraków joined ECCAR on 25 October 2024 (1 source)"
    ]


def test_a_year_stays_a_year() -> None:
    assert claims(None, signed(since="2022")) == [
        "atlas: Kraków signed “Charter for Equality” in 2022 (1 source; new in the atlas)"
    ]
    assert claims(None, signed(since="2022"), "pl") == [
        "atlas: Miasto Kraków podpisało dokument „Karta Równości” w 2022 r. (1 źródło; nowe w atlasie)"
    ]


def test_a_city_left() -> None:
    before, after = member(since="2010"), member(status="former", since="2010", until="2024-10-31")
    assert claims(before, after) == ["world: Kraków left ECCAR on 31 October 2024 (1 source; before: member)"]
    assert claims(before, after, "pl") == [
        "world: Miasto Kraków wystąpiło z sieci ECCAR 31 października 2024 r. (1 źródło; poprzednio: członek)"
    ]


def test_that_a_city_left_long_ago_corrects_what_the_atlas_said() -> None:
    before, after = member(since="2010"), member(status="former", since="2010", until="2015")
    assert claims(before, after) == ["atlas: Kraków left ECCAR in 2015 (1 source; the atlas said: member)"]


def test_an_end_without_a_date_may_have_been_wrong_before() -> None:
    assert claims(member(since="2010"), member(status="former", since="2010")) == [
        "atlas: Kraków is no longer in ECCAR; no source found gives the date "
        "(1 source; the atlas said: member)"
    ]


def test_a_status_verified_twice_changed_in_the_world() -> None:
    before = member(since="2010", verified="2024-01-01")
    after = member(status="suspended", since="2010", verified="2024-10-20")
    assert claims(before, after) == [
        "world: The membership of Kraków in ECCAR is suspended (1 source; before: member)"
    ]
    assert claims(replace(before, verified=None), after) == [
        "atlas: The membership of Kraków in ECCAR is suspended (1 source; the atlas said: member)"
    ]


def test_a_suspension_ended() -> None:
    before = member(status="suspended", since="2010", verified="2024-01-01")
    after = member(since="2010", verified="2024-10-20")
    assert claims(before, after) == [
        "world: The membership of Kraków in ECCAR is no longer suspended (1 source; before: suspended)"
    ]


def test_an_applicant_was_admitted() -> None:
    before, after = member(status="applicant", since="2023-12-19"), member(since="2024-10-25")
    assert claims(before, after) == [
        "world: Kraków joined ECCAR on 25 October 2024 (1 source; before: applicant)"
    ]


def test_the_date_of_an_application_is_none_of_the_accession() -> None:
    before, after = member(status="applicant", since="2024-10-01"), member(since="2024-10-01")
    assert claims(before, after) == [
        "atlas: Kraków is a member of ECCAR; no source found gives the date "
        "(1 source; the atlas said: applicant)"
    ]


def test_a_check_is_the_atlas_s_however_recent() -> None:
    assert claims(None, member(status="none", verified="2024-10-25")) == [
        "atlas: Checked on 25 October 2024: Kraków is not in ECCAR (1 source; new in the atlas)"
    ]
    assert claims(signed(since="2010"), signed(status="none", verified="2024-10-25"), "pl") == [
        "atlas: Sprawdzono 25 października 2024 r.: miasto Kraków nie podpisało dokumentu „Karta Równości” "
        "(1 źródło; atlas podawał: sygnatariusz)"
    ]


def test_the_other_statuses_have_their_words() -> None:
    assert claims(None, member(status="declined", since="2024-10-25")) == [
        "world: Kraków declined to join ECCAR on 25 October 2024 (1 source)"
    ]
    assert claims(None, signed(status="declined")) == [
        "atlas: Kraków declined to sign “Charter for Equality”; no source found gives the date "
        "(1 source; new in the atlas)"
    ]
    assert claims(None, member(status="observer", since="2024-10")) == [
        "world: Kraków became an observer in ECCAR in October 2024 (1 source)"
    ]
    assert claims(None, signed(status="participant", since="2024-10")) == [
        "world: Kraków took part in “Charter for Equality” in October 2024 (1 source)"
    ]
    assert claims(None, signed(status="participant"), "pl") == [
        "atlas: Miasto Kraków uczestniczyło w inicjatywie „Karta Równości”; żadne znalezione "
        "źródło nie podaje daty (1 źródło; nowe w atlasie)"
    ]
    assert claims(None, member(status="applicant", since="2024-10-19"), "pl") == [
        "world: Miasto Kraków zgłosiło chęć przystąpienia do sieci ECCAR 19 października 2024 r. (1 źródło)"
    ]
    assert claims(None, signed(status="former", since="2010", until="2024-10-20")) == [
        "world: The signature of Kraków under “Charter for Equality” held until 20 October 2024 (1 source)"
    ]


def test_a_resolution_and_an_end_to_come_are_events_although_the_status_stays() -> None:
    before = member(status="applicant", since="2023")
    after = replace(before, decided=when("2024-10-16"), until=when("2026-12-31"))
    assert claims(before, after) == [
        "world: Kraków decided on 16 October 2024 to join ECCAR (1 source)",
        "world: Kraków stays in ECCAR until 31 December 2026 (1 source)",
    ]


# What the atlas learnt ------------------------------------------------------------------------


def test_a_date_was_found() -> None:
    assert claims(member(), member(since="2009-04-02")) == [
        "atlas: Kraków, ECCAR – since: 2 April 2009 (1 source; until now unknown)"
    ]


def test_a_date_got_more_exact() -> None:
    assert claims(member(since="2009"), member(since="2009-04-02")) == [
        "atlas: Kraków, ECCAR – since: 2 April 2009 (1 source; until now less exact: 2009)"
    ]
    assert claims(member(since="2009~"), member(since="2009")) == [
        "atlas: Kraków, ECCAR – since: 2009 (1 source; until now less exact: 2009, approximately)"
    ]


def test_a_correction_says_what_was_wrong_even_if_it_is_recent() -> None:
    assert claims(member(since="2024-10-01"), member(since="2024-10-25")) == [
        "atlas: Kraków, ECCAR – since: 25 October 2024 (1 source; corrected; the atlas said: 1 October 2024)"
    ]
    assert claims(member(since="2024-10-25"), member(since="2024"), "pl") == [
        "atlas: Kraków, ECCAR – od kiedy: 2024 (1 źródło; poprawka; atlas podawał: 25 października 2024)"
    ]


def test_a_date_was_taken_back() -> None:
    assert claims(member(since="2009"), member()) == [
        "atlas: Kraków, ECCAR – since: unknown (1 source; withdrawn; the atlas said: 2009)"
    ]


def test_sources_and_another_look() -> None:
    before = member(since="2009", verified="2023-01-01")
    after = replace(before, sources=("page", "press"), verified=when("2024-10-20"))
    assert claims(before, after) == [
        "atlas: Kraków, ECCAR: 1 source added",
        "atlas: Kraków, ECCAR: verified again on 20 October 2024 (2 sources)",
    ]


def test_sentences_of_notes_are_not_repeated() -> None:
    before, after = member(since="2009"), member(since="2009", note={"en": "Because.", "pl": "Bo tak."})
    assert claims(before, after) == ["atlas: Kraków, ECCAR: text changed (note)"]


def test_nothing_changed() -> None:
    assert claims(member(since="2009"), member(since="2009")) == []


def test_periods_that_begin_together_belong_together() -> None:
    first = member(status="former", since="1992", until="2004")
    second = member(since="2011", period="2011")
    ended = replace(second, status="former", until=when("2024-10-31"))
    assert told(of(first, second), of(ended, first)) == [
        "world: Kraków left ECCAR on 31 October 2024 (1 source; before: member)"
    ]


def test_a_city_that_comes_back_begins_a_new_period() -> None:
    ended = member(status="former", since="1992", until="2004")
    again = member(since="2024-10-25", period="2024-10-25")
    assert told(of(ended), of(ended, again)) == ["world: Kraków joined ECCAR on 25 October 2024 (1 source)"]


def test_an_older_period_is_something_that_the_atlas_learnt() -> None:
    known = member(since="2024")
    older = member(status="former", since="2008", until="2010", period="2008")
    assert told(of(known), of(older, known)) == [
        "atlas: Kraków belonged to ECCAR from 2008 to 2010 as well (1 source; new in the atlas)"
    ]
    assert told(of(known), of(replace(older, since=None), known)) == [
        "atlas: Kraków belonged to ECCAR until 2010 as well (1 source; new in the atlas)"
    ]


# Other records --------------------------------------------------------------------------------


def test_instruments_and_actions_have_dates_of_their_own() -> None:
    new = (
        network("new", acronym="NEW", began=when("2024-10-20")),
        charter("old", names={"en": "Old Pact", "pl": "Dawny Pakt"}, began=when("1998~")),
        action("team", kind="body", date="2024-10-30", cities=("krakow",)),
        action("meeting", kind="event", date="2019", cities=("krakow",)),
        action("undated", kind="event"),
    )
    assert told(of(), of(*new)) == [
        "world: NEW was founded on 20 October 2024",
        "atlas: The Old Pact was adopted in 1998, approximately (new in the atlas)",
        "atlas: Action meeting – event, 2019 (1 source; new in the atlas)",
        "world: Action team – body, 30 October 2024 (1 source)",
        "atlas: Action undated: new action in the atlas, date unknown (1 source)",
    ]


def test_what_changes_in_an_instrument() -> None:
    before = replace(
        ECCAR, counts=(Count(members=150, on=when("2023")), Count(members=30, on=when("2007"))), website="a"
    )
    after = replace(
        before,
        counts=(
            Count(members=170, on=when("2024"), sources=("page",)),
            Count(members=150, on=when("2023")),
            Count(members=28, on=when("2007")),
        ),
        hosts=(Host(city="lodz", on=when("2024-10-16"), sources=("press",)),),
        ended=when("2024-11-01"),
        website="b",
    )
    assert told(of(before), of(after)) == [
        "world: ECCAR ended on 1 November 2024",
        "atlas: ECCAR – website: b (corrected; the atlas said: a)",
        "atlas: ECCAR: a source counts 170 (2024) (1 source)",
        "atlas: ECCAR – number of members: 28 (corrected; the atlas said: 30)",
        "world: Łódź hosted a conference of ECCAR on 16 October 2024 (1 source)",
    ]


def test_an_announced_action_was_done() -> None:
    before = action("team", kind="body", status="announced", cities=("krakow",))
    after = action("team", kind="body", status="active", date="2024-10-20", cities=("krakow",))
    assert told(of(before), of(after)) == [
        "atlas: Action team – date: 20 October 2024 (1 source; until now unknown)",
        "world: Action team – status: active (1 source; before: announced)",
    ]


def test_cities_sources_and_disputes() -> None:
    turku = city("turku", "Turku", "FI", population=176_000)
    before = of(turku, contradiction("commitments/eccar:krakow", "since", "2007", preferred=True), member())
    after = of(
        replace(turku, population=206_655, lat=60.45, lon=22.27),
        replace(PRESS, url="https://example.org/b", accessed=when("2024-10-20")),
        source("new", "A new page"),
        city("vantaa", "Vantaa", "FI"),
        member(),
        contradiction("commitments/eccar:lodz", "since", "2007", preferred=True),
        contradiction("commitments/eccar:lodz", "since", "before 2009"),
    )
    assert told(before, after) == [
        "atlas: Turku – place on the map: 60.45, 22.27 (until now unknown)",
        "atlas: Turku – number of inhabitants: 206,655 (corrected; the atlas said: 176,000)",
        "atlas: Vantaa (Finland): new city in the atlas",
        "atlas: “A new page”: new source",
        "atlas: “An article” – address: https://example.org/b (until now unknown)",
        "atlas: “An article”: read again on 20 October 2024",
        "atlas: Kraków, ECCAR – since: sources no longer differ",
        "atlas: Łódź, ECCAR – since: sources differ: 2007 (preferred) and before 2009",
    ]


def test_a_dispute_is_told_in_the_words_of_the_reader_and_its_translation_is_no_news() -> None:
    bare = contradiction("commitments/eccar:krakow", "who counts", "cities", preferred=True)
    worded = replace(bare, field_words={"pl": "kogo się liczy"}, value_words={"pl": "miasta"})
    assert told(of(member()), of(member(), worded), "pl") == [
        "atlas: Kraków, ECCAR – kogo się liczy: źródła się różnią: miasta (preferowane)"
    ]
    assert told(of(member(), bare), of(member(), worded), "pl") == []


# Withdrawn and renamed ------------------------------------------------------------------------


def test_a_removal_gives_the_reason_of_the_table() -> None:
    reason = Retired(kind="city", id="lodz", reason={"en": "Not a city.", "pl": "To nie miasto."})
    before = of(commitment("eccar", "lodz", since="2009"))
    after = replace(without(of(), "cities", "lodz"), retired=(reason,))
    assert told(before, after) == [
        "atlas: Łódź: withdrawn: Not a city",
        "atlas: Łódź, ECCAR: withdrawn: Not a city (the atlas said: Łódź joined ECCAR in 2009)",
    ]


def test_a_rename_through_former_ids_changes_nothing_else() -> None:
    before = of(commitment("eccar", "lodz", since="2009"), action("team", cities=("lodz",)))
    renamed = replace(LODZ, id="lodz-pl", former_ids=("lodz",))
    after = without(
        of(renamed, commitment("eccar", "lodz-pl", since="2009"), action("team", cities=("lodz-pl",))),
        "cities",
        "lodz",
    )
    assert told(before, after) == ["atlas: Łódź: new address, “lodz-pl” in place of “lodz”"]


def test_a_rename_that_nobody_says_is_none() -> None:
    after = of(replace(LODZ, id="lodz-pl"), commitment("eccar", "lodz-pl", since="2009"))
    found = compare(of(commitment("eccar", "lodz", since="2009")), without(after, "cities", "lodz"), EDITIONS)
    assert {(one.act, one.record) for one in found} == {
        ("removed", "cities/lodz"),
        ("added", "cities/lodz-pl"),
        ("removed", "commitments/eccar:lodz"),
        ("joined", "commitments/eccar:lodz-pl"),
    }


def test_a_renamed_instrument_and_source_are_followed() -> None:
    gone = (
        Retired(kind="network", id="eccar", reason={"en": "Renamed."}, replaced_by="coalition"),
        Retired(kind="source", id="press", reason={"en": "Renamed."}, replaced_by="article"),
    )
    before = of(member(since="2009", sources=("press",)))
    claim = commitment("coalition", "krakow", since="2009", sources=("article",))
    after = of(replace(ECCAR, id="coalition"), replace(PRESS, id="article"), claim)
    after = replace(without(without(after, "instruments", "eccar"), "sources", "press"), retired=gone)
    assert told(before, after) == [
        "atlas: ECCAR: new address, “coalition” in place of “eccar”",
        "atlas: “An article”: new address, “article” in place of “press”",
    ]


# For readers ----------------------------------------------------------------------------------


def test_the_report_groups_the_world_before_the_atlas_and_names_the_pages() -> None:
    before = of()
    after = of(member(since="2024-10-25"), commitment("eccar", "lodz", since="2006"))
    languages = [language("en"), language("pl")]
    changes = compare(before, after, EDITIONS)
    read = report(Pair(before, after), changes, language("pl"), Addresses(languages), NOW)
    shown = [(entry.section, entry.group[1], entry.pages) for entry in read]
    assert shown == [
        (
            "Zmienił się świat",
            "Kraków",
            ("pl/miasta/krakow/#eccar", "pl/sieci/eccar/", "pl/kraje/pl/"),
        ),
        (
            "Atlas dowiedział się lub poprawił",
            "Łódź",
            ("pl/miasta/lodz/#eccar", "pl/sieci/eccar/", "pl/kraje/pl/"),
        ),
    ]


def test_many_claims_of_one_instrument_stand_under_it() -> None:
    cities = [city(f"c{n}") for n in range(5)]
    after = of(*cities, *(commitment("eccar", one.id, since="2006") for one in cities))
    before = of(*cities)
    changes = compare(before, after, EDITIONS)
    read = report(Pair(before, after), changes, language("en"), Addresses([language("en")]), NOW)
    assert {entry.group[1] for entry in read} == {"ECCAR"}


def test_a_change_belongs_to_a_city_an_instrument_a_country_and_topics() -> None:
    before, after = of(), of(member(since="2024-10-25"))
    (change,) = compare(before, after, EDITIONS)
    about = concerns(change, Pair(before, after))
    assert (about.cities, about.instruments, about.countries, about.topics) == (
        ("krakow",),
        ("eccar",),
        ("PL",),
        ("anti-racism",),
    )


def test_pages_that_are_gone_are_not_linked() -> None:
    before, after = of(), without(of(), "cities", "lodz")
    (change,) = compare(before, after, EDITIONS)
    assert pages(change, Pair(before, after)) == (("countries", "pl", ""),)


def test_what_could_not_be_read_is_not_taken_for_gone() -> None:
    before, after = of(member(since="2009"), signed(since="2010")), of()
    assert compare(before, after, EDITIONS, {"commitments/eccar:krakow", "commitments/equality:*"}) == ()
    left: tuple[Change, ...] = compare(before, after, EDITIONS, {"commitments/eccar:*"})
    assert [change.record for change in left] == ["commitments/equality:krakow"]


def test_the_same_editions_give_the_same_changes() -> None:
    before, after = of(member(since="2009")), of(member(since="2010"), signed(since="2024-10-20"))
    assert compare(before, after, EDITIONS) == compare(before, after, EDITIONS)
