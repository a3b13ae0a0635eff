"""What a city's page says: of Kraków and Częstochowa, and of cities of which little is known."""

from __future__ import annotations

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
    lens,
    network,
    parts,
    sample_lens,
    source,
    strings,
    when,
)

from atlas.languages.words import DateMark, Link, Words
from atlas.model.records import Count, Host
from atlas.views.pages.city import CityPage, city_page
from atlas.views.pages.source import source_page
from atlas.views.parts import Claim, SourceRef
from atlas.views.register import Said


def page(*records: Record, lang: str = "en") -> CityPage:
    """Return the page of Kraków in an atlas that holds it and these records."""
    return city_page(lens(atlas(city("krakow", "Kraków"), *records), lang), "krakow")


def only_claim(*records: Record, lang: str = "en") -> Claim:
    [claim] = parts(page(*records, lang=lang), Claim)
    return claim


def real(id: str, lang: str = "en") -> CityPage:
    return city_page(sample_lens(lang), id)


def claims(view: CityPage) -> dict[str, Claim]:
    return {claim.anchor: claim for claim in parts(view, Claim)}


# Kraków


def anchors(view: CityPage) -> list[str]:
    return [entry.claim.anchor if entry.claim else "" for entry in view.entries]


def headings(view: CityPage) -> list[str]:
    return [said(entry.heading) for entry in view.entries]


def said(sentence: Said) -> str:
    return f"{sentence.before}{sentence.link.text}{sentence.after}"


def test_krakow_has_one_register_with_the_newest_first_and_every_event_once() -> None:
    view = real("krakow")
    days = [entry.when.iso or "" for entry in view.entries]
    years = [day[:4] for day in days]
    assert years == sorted(years, reverse=True)
    assert [entry.when.year for entry in view.entries if entry.opens] == list(
        dict.fromkeys(entry.when.year for entry in view.entries if not entry.when.unknown)
    )
    assert len({anchor for anchor in anchors(view) if anchor}) == 12


def test_what_is_known_by_its_year_alone_comes_first_in_it() -> None:
    of_2011 = [entry for entry in real("krakow").entries if entry.when.year == "2011"]
    assert [entry.when.iso for entry in of_2011][:2] == ["2011", "2011"]
    assert of_2011[0].opens
    assert of_2011[1].date == "2011, year only"
    assert [entry.when.iso for entry in of_2011][2:] == ["2011-10-14", "2011-05-25"]


def test_the_topics_of_krakows_register_are_counted_to_filter_by() -> None:
    view = real("krakow")
    for chip in view.chips:
        having = [entry for entry in view.entries if chip.topic.id in entry.topics]
        assert chip.number == str(len(having)) != "0"
    assert "migration" in [chip.topic.id for chip in view.chips]
    assert real("tuzla").chips == ()


def test_the_first_sentence_on_krakow_answers_what_and_since_when() -> None:
    assert real("krakow").lead == (
        "Kraków belongs to eight networks and has signed four charters and declarations: the first in 1990, "
        "the latest in October 2025.",
    )
    assert real("krakow", "pl").lead == (
        "Kraków należy do ośmiu sieci i podpisał cztery karty i deklaracje: pierwsze w\u00a01990\u00a0r., "
        "najnowsze w październiku 2025\u00a0r.",
    )


def test_under_the_register_stands_once_what_holds_for_all_of_it() -> None:
    read = real("krakow").read
    assert read.startswith("Two commitments have no known date; sources disagree on three. ")
    assert read.endswith("Nobody has checked again since.")


def test_the_decision_of_krakows_council_and_the_admission_to_eccar_are_two_dates() -> None:
    eccar = claims(real("krakow"))["eccar"]
    assert eccar.when == DateMark(year="2024", rest="25 September", iso="2024-09-25")
    assert eccar.statement == (
        "Kraków has belonged to ECCAR since 25 September 2024; its council decided on it on 6 March 2024."
    )
    assert eccar.act == "uchwała nr CXXIX/3569/24 Rady Miasta Krakowa z dnia 6 marca 2024 r."
    assert eccar.href == "cities/krakow/#eccar"
    assert eccar.subject == Link(text="ECCAR", href="networks/eccar/")
    assert eccar.full_name == Words(text="European Coalition of Cities against Racism")
    [entry] = [one for one in real("krakow").entries if one.claim and one.claim.anchor == "eccar"]
    assert entry.lines == ()  # the resolution has an entry of its own
    assert entry.heading == Said(
        before="Kraków joined ", link=Link(text="ECCAR", href="networks/eccar/"), after=""
    )


def test_krakow_in_icorn_is_a_year_and_the_decision_a_day() -> None:
    icorn = claims(real("krakow"))["icorn"]
    assert icorn.statement == (
        "Kraków has belonged to ICORN since 2011; its council decided on it on 25 May 2011."
    )
    assert icorn.when == DateMark(year="2011", rest="year only", iso="2011")


def test_what_sources_dispute_on_krakow_is_said_once_each() -> None:
    view = real("krakow")
    assert [one.about.text for one in view.disputes if one.about] == ["Eurocities", "ICC", "ICORN"]
    assert [one.anchors for one in view.disputes][1] == ("d-icc", "d-krakow-icc-2020")


@pytest.mark.parametrize(
    ("instrument", "values"),
    [
        ("icc", [("18 December 2020", True), ("2022", False)]),
        ("icorn", [("2011", True), ("25 May 2011", False)]),
        ("eurocities", [("15 October 2025", True), ("9 November 1992", False)]),
    ],
)
def test_sources_that_differ_on_krakow_are_both_shown_the_preferred_first(
    instrument: str, values: list[tuple[str, bool]]
) -> None:
    [difference] = claims(real("krakow"))[instrument].differences
    assert difference.title == "Sources give 2 dates"
    assert [(value.value, value.preferred) for value in difference.values] == values
    for value in difference.values:
        assert value.reason is not None and value.reason.lang is None
        assert value.sources


def test_the_page_of_krakow_in_polish_says_the_same() -> None:
    english, polish = claims(real("krakow")), claims(real("krakow", "pl"))
    assert list(english) == list(polish)
    assert polish["eccar"].statement == (
        "Kraków należy do ECCAR od 25 września 2024\u00a0r.; rada zdecydowała o tym 6 marca 2024\u00a0r."
    )
    assert polish["eccar"].when == DateMark(year="2024", rest="25 września", iso="2024-09-25")
    for anchor, claim in english.items():
        twin = polish[anchor]
        assert (claim.when.iso, claim.state, claim.act) == (twin.when.iso, twin.state, twin.act)
        assert [s.title for s in claim.sources] == [s.title for s in twin.sources]
        assert claim.statement != twin.statement
        assert bool(claim.note) == bool(twin.note)
        assert twin.note is None or twin.note.lang is None


def test_krakow_lies_near_wadowice_and_shares_most_with_wroclaw() -> None:
    view = real("krakow")
    assert [(n.city.text, n.reason) for n in view.nearby][:2] == [
        ("Wadowice", "37\u00a0km"),
        ("Oświęcim", "52\u00a0km"),
    ]
    assert [(n.city.text, n.reason) for n in view.similar][:2] == [
        ("Wrocław", "8 in common"),
        ("Poznań", "7 in common"),
    ]
    assert len(view.similar[0].shared) == 8


def test_what_nobody_has_checked_for_krakow_is_named() -> None:
    view = real("krakow")
    names = [link.text for link in view.unchecked]
    assert "Rainbow Cities Network" in names
    recorded = {claim.anchor for claim in parts(view, Claim)}
    assert not recorded & {link.href.strip("/").rpartition("/")[2] for link in view.unchecked}
    # Open to Swedish, Italian or German cities only.
    assert "ANVITA" not in " ".join(names)


# Częstochowa and others


def test_czestochowas_team_stands_with_its_eight_tasks() -> None:
    for lang in ("en", "pl"):
        entries = [entry.action for entry in real("czestochowa", lang).entries if entry.action]
        [team] = [one for one in entries if one.id == "czestochowa-team-2019"]
        assert len(team.items) == 8
        assert all(item.text.lang is None and item.sources for item in team.items)
        assert team.when.iso == "2019-09-18"
    assert ("Number", "nr 529.2019") in team.act or ("Numer", "nr 529.2019") in team.act


def test_what_has_no_date_comes_last() -> None:
    entries = real("czestochowa").entries
    dated = [not entry.when.unknown for entry in entries]
    assert dated == sorted(dated, reverse=True)
    assert "czestochowa-equality-policy" in [entry.action.id for entry in entries if entry.action][-1:]


def test_a_city_that_only_hosted_a_conference_shows_it_and_claims_nothing() -> None:
    view = real("tuzla")
    assert view.lead == ("The atlas records no commitment of Tuzla that holds today.",)
    [hosted] = view.entries
    assert said(hosted.heading) == "Tuzla hosted a conference of ECSHRC"
    assert hosted.when.iso == "2010"
    assert hosted.heading.link.href == "charters/echrc/"
    assert hosted.sources


@pytest.mark.parametrize("id", ["barcelona", "saint-denis", "venice", "nuremberg", "lyon", "geneva", "tuzla"])
def test_every_host_of_the_charter_for_human_rights_says_so(id: str) -> None:
    for lang in ("en", "pl"):
        [hosted] = [entry for entry in real(id, lang).entries if not (entry.claim or entry.action)]
        assert "echrc" in hosted.heading.link.href
        assert hosted.sources


@pytest.mark.parametrize("id", ["frederiksberg", "molde", "odense"])
def test_a_former_member_of_icorn_is_shown_as_ended_with_its_date_unknown(id: str) -> None:
    icorn = claims(real(id))["icorn"]
    assert icorn.state == "ended"
    assert icorn.statement.endswith("no longer belongs to ICORN; no source says since when.")
    assert icorn.when == DateMark(year="date unknown", rest="", iso=None, unknown=True)
    assert icorn.sources


# Every status


STATES: list[tuple[dict[str, Any], str]] = [
    ({"since": "2022-09"}, "committed"),
    ({}, "committed"),
    ({"since": "2011", "until": "2019"}, "ended"),
    ({"since": "2011", "until": "2030"}, "committed"),
    ({"status": "former"}, "ended"),
    ({"status": "applicant", "since": "2024"}, "pending"),
    ({"status": "observer"}, "pending"),
    ({"status": "participant"}, "participated"),
    ({"status": "suspended", "since": "2024"}, "suspended"),
    ({"status": "declined"}, "declined"),
    ({"status": "none", "verified": "2026-11-20"}, "declined"),
]


@pytest.mark.parametrize(("fields", "state"), STATES)
def test_each_status_is_one_state_and_one_sentence_that_names_both(
    fields: dict[str, Any], state: str
) -> None:
    for make in (network, charter):
        claim = only_claim(make("net", "Eurocities"), commitment("net", "krakow", **fields))
        assert claim.state == state
        assert "Kraków" in claim.statement and "Eurocities" in claim.statement


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "former", "since": "2011", "until": "2019"},
        {"status": "former", "until": "2019"},
        {"status": "former"},
        {"status": "signatory", "since": "2011", "until": "2019"},
    ],
)
def test_a_signature_that_was_withdrawn_is_not_called_a_membership(fields: dict[str, Any]) -> None:
    claim = only_claim(charter("pact"), commitment("pact", "krakow", **fields))
    assert claim.state == "ended"
    assert "ember" not in claim.statement


def test_a_check_without_its_day_still_reads_as_a_sentence() -> None:
    claim = only_claim(network("net"), commitment("net", "krakow", status="none"))
    assert "  " not in claim.statement
    assert " :" not in claim.statement


def test_a_suspended_membership_keeps_its_date_in_the_margin() -> None:
    claim = only_claim(network("net"), commitment("net", "krakow", status="suspended", since="2015-03"))
    assert claim.when == DateMark(year="2015", rest="March", iso="2015-03")


@pytest.mark.parametrize("lang", ["en", "pl"])
@pytest.mark.parametrize("fields", [fields for fields, _ in STATES])
def test_every_sentence_ends_in_one_full_stop(fields: dict[str, Any], lang: str) -> None:
    for make in (network, charter):
        view = page(make("x"), commitment("x", "krakow", decided="2010-01-02", **fields), lang=lang)
        [claim] = parts(view, Claim)
        for sentence in (claim.statement, claim.checked, view.read, *view.lead):
            assert sentence.endswith(".")
            assert not sentence.endswith("..")


# Little or odd data


def test_a_city_without_commitments_has_a_page() -> None:
    for lang in ("en", "pl"):
        view = page(lang=lang)
        assert (view.entries, view.chips, view.disputes, view.only) == ((), (), (), None)
        assert len(view.lead) == 1
        assert view.place is None
        assert view.country_places == ()


def test_a_city_of_which_one_thing_is_recorded_is_that_sentence() -> None:
    view = page(network("net", "Eurocities"), commitment("net", "krakow"))
    assert view.only == Said(
        before="Kraków belongs to ",
        link=Link(text="Eurocities", href="networks/net/"),
        after=". The source gives no date.",
    )
    assert view.frame.description == "Kraków belongs to Eurocities. The source gives no date."
    assert view.missing == ("The date is missing.", "Its place is missing: it is not on the map yet.")
    assert view.read == "The source was read on 22 November 2026. Nobody has checked again since."
    assert view.lanes is None


def test_a_commitment_without_a_topic_has_none_in_the_margin() -> None:
    [entry] = page(network("net"), commitment("net", "krakow")).entries
    assert (entry.topic, entry.topics) == (None, ())


def test_several_periods_keep_their_own_anchors_and_dates() -> None:
    view = page(
        network("net", topics=("migration",)),
        commitment("net", "krakow", since="1992", until="2004"),
        commitment("net", "krakow", since="2025-10-15", period="2025-10-15"),
    )
    held = claims(view)
    assert anchors(view) == ["net-2025-10-15", "net"]
    assert held["net"].href == "cities/krakow/#net"
    assert held["net"].statement == "Kraków belonged to Network net from 1992 until 2004."
    assert view.lead == ("Kraków belongs to one network.", "One more: ended.")


def test_years_are_not_said_where_all_dates_are_of_one() -> None:
    view = page(
        network("a"),
        network("b"),
        commitment("a", "krakow", since="2022"),
        commitment("b", "krakow", since="2022"),
    )
    assert view.lead == ("Kraków belongs to two networks.",)


def test_the_newest_comes_first_and_undated_ones_last() -> None:
    view = page(
        *(network(id, topics=("migration",)) for id in ("a", "b", "c", "d")),
        commitment("a", "krakow"),
        commitment("b", "krakow", since="2020-01"),
        commitment("c", "krakow", since="2022", until="2040"),
        commitment("d", "krakow", since="2024"),
    )
    assert anchors(view) == ["d", "c", "b", "a"]


def test_a_council_decision_with_an_entry_of_its_own_is_not_said_twice() -> None:
    decided = commitment("net", "krakow", since="2024", decided="2023-05-04")
    resolution = action("r", cities=("krakow",), instrument="net", date="2023-05-04")
    alone = page(network("net"), decided)
    assert [entry.lines for entry in alone.entries] == [("The council decided on it on 4 May 2023.",)]
    assert [entry.lines for entry in page(network("net"), decided, resolution).entries] == [(), ()]


def test_a_dispute_that_an_action_repeats_is_shown_once() -> None:
    both = ("commitments/net:krakow", "since"), ("actions/r", "date")
    view = page(
        network("net"),
        commitment("net", "krakow", since="2020"),
        action("r", cities=("krakow",), instrument="net", commitments=("krakow/net",)),
        *(
            contradiction(record, field, value, preferred=value == "2020")
            for record, field in both
            for value in ("2020", "2022")
        ),
    )
    assert [one.anchors for one in view.disputes] == [("d-net",)]


def test_names_in_other_languages_are_marked_and_none_is_said_twice() -> None:
    here = city("wien", "Wien", "AT", names={"en": "Vienna", "pl": "Wiedeń"})
    one = atlas(here)
    assert city_page(lens(one), "wien").other_names == (
        Words(text="Wien", lang=None),
        Words(text="Wiedeń", lang="pl"),
    )
    assert city_page(lens(one, "pl"), "wien").other_names == (
        Words(text="Wien", lang=None),
        Words(text="Vienna", lang="en"),
    )
    assert page().other_names == ()


def test_a_city_with_nothing_but_its_own_name_is_called_by_it() -> None:
    one = atlas(city("taipei", "臺北市", "TW", names={}))
    for lang in ("en", "pl"):
        assert city_page(lens(one, lang), "taipei").name == "臺北市"


def test_a_note_in_one_language_is_shown_in_both_and_marked_in_one() -> None:
    records = (network("net"), commitment("net", "krakow", note={"pl": "Uwaga."}))
    assert only_claim(*records).note == Words(text="Uwaga.", lang="pl")
    assert only_claim(*records, lang="pl").note == Words(text="Uwaga.")


def test_each_source_of_a_claim_is_numbered_and_dated_or_called_undated() -> None:
    claim = only_claim(
        network("net"),
        source("old", "Stara strona", lang="pl", archived="https://web.archive.org/old"),
        commitment("net", "krakow", sources=("page", "old")),
    )
    assert claim.sources == (
        SourceRef(
            number=1, publisher="City of Kraków", title="A page", lang=None, language="",
            date="1 October 2024", href="sources/page/", url=None, archived=None,
        ),
        SourceRef(
            number=2, publisher=None, title="Stara strona", lang="pl", language="Polish",
            date="undated", href="sources/old/", url=None, archived="https://web.archive.org/old",
        ),
    )  # fmt: skip
    assert claim.checked == "Sources read on 22 November 2026; not verified again since."


def test_a_verified_claim_says_when_and_an_unread_one_says_so() -> None:
    verified = only_claim(network("net"), commitment("net", "krakow", verified="2026-11"))
    assert verified.checked == "Last verified in November 2026."
    unread = only_claim(network("net"), source("s"), commitment("net", "krakow", sources=("s",)))
    assert unread.checked == "Not verified since it was recorded."


def test_a_role_is_said_in_words_and_a_free_one_as_it_was_given() -> None:
    records = (network("net"), commitment("net", "krakow", roles=("chair", "Friend of the board")))
    assert only_claim(*records).roles == (Words(text="chair"), Words(text="Friend of the board"))
    polish = only_claim(*records, lang="pl").roles
    assert polish[1] == Words(text="Friend of the board", lang="en")
    assert polish[0].lang is None


def test_cities_are_not_similar_in_what_they_only_applied_for_or_have_left() -> None:
    pair = (
        [("krakow", {}), ("lublin", {"status": "applicant"})],
        [("krakow", {}), ("lublin", {"until": "2010"})],
    )
    for rows in pair:
        view = page(
            city("lublin"),
            *(network(id) for id in ("a", "b")),
            *(commitment(i, c, **fields) for i in ("a", "b") for c, fields in rows),
        )
        assert view.similar == ()


def test_a_contradiction_of_words_is_marked_as_english_on_a_polish_page() -> None:
    records = (
        network("net"),
        commitment("net", "krakow"),
        contradiction("commitments/net:krakow", "status", "member", preferred=True),
        contradiction("commitments/net:krakow", "status", "guest of honour"),
    )
    [difference] = only_claim(*records, lang="pl").differences
    assert [value.lang for value in difference.values] == [None, "en"]
    assert difference.values[0].value != "member"


def test_an_ended_or_foreign_network_is_not_called_unchecked() -> None:
    warsaw = city("warszawa")
    view = page(
        warsaw,
        network("open", open_to=("all",)),
        network("unknown"),
        network("polish", open_to=("PL",)),
        network("french", open_to=("FR",)),
        network("ended", ended=when("2010")),
        network("nobody"),
        *(commitment(id, "warszawa") for id in ("open", "unknown", "polish", "french", "ended")),
    )
    assert [link.text for link in view.unchecked] == ["Network open", "Network polish", "Network unknown"]


def test_a_host_and_a_count_without_dates_are_shown() -> None:
    view = page(
        charter(
            "echrc",
            hosts=(Host(city="krakow", note={"en": "The first one."}, sources=("page",)),),
            counts=(Count(members=5),),
        )
    )
    [hosted] = view.entries
    assert hosted.when.unknown
    assert hosted.text == Words(text="The first one.")


def test_nothing_is_padded_or_left_unfilled() -> None:
    for lang in ("en", "pl"):
        for text in strings(real("krakow", lang)):
            assert "%(" not in text
            assert "None" not in text


def test_what_sources_say_differently_about_the_city_itself_is_shown_on_its_page_and_theirs() -> None:
    small = atlas(
        city("lodz", "Łódź", population=652015),
        contradiction("cities/lodz", "population", "652015", preferred=True),
        contradiction("cities/lodz", "population", "about 650000"),
    )
    for code, title in (
        ("en", "Sources differ: population"),
        ("pl", "Źródła się różnią: liczba mieszkańców"),
    ):
        through = lens(small, code)
        shown = city_page(through, "lodz").disputes[0].difference
        assert shown.title == title
        assert [(value.value, value.preferred) for value in shown.values] == [
            (lens(small, code).lang.number(652015), True),
            ("about 650000", False),
        ]
        used = [entry.link.href for group in source_page(through, "page").uses for entry in group.entries]
        assert used == [through.href("cities", "lodz")] * 2
