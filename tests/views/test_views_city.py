"""What a city's page says: of Kraków and Częstochowa, and of cities of which little is known."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import (
    Record,
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


def test_krakow_has_twelve_commitments_under_eight_topics() -> None:
    view = real("krakow")
    assert [(group.heading, [claim.anchor for claim in group.entries]) for group in view.topics] == [
        ("Gender equality", ["femcities", "cemr-charter"]),
        ("Anti-racism", ["eccar"]),
        ("Migration", ["ump-afghanistan-2021", "ump-migration-2017", "ump-migration-team"]),
        ("Intercultural city", ["icc"]),
        ("Freedom of expression", ["icorn"]),
        ("Human rights", ["zmp-commission"]),
        ("Equal treatment", ["diversity-charter-pl"]),
        ("Participation", ["eurocities", "ump"]),
    ]
    assert [group.count for group in view.topics] == ["2", "1", "3", "1", "1", "1", "1", "2"]
    assert view.ended == ()


def test_the_first_sentences_on_krakow_answer_what_and_since_when() -> None:
    assert real("krakow").lead == (
        "The city belongs to 8 networks and has signed 4 charters or declarations.",
        "The oldest dates from 11 October 1990, the newest from 15 October 2025.",
        "For 2, no source found gives a date. On 3, sources differ.",
    )


def test_the_decision_of_krakows_council_and_the_admission_to_eccar_are_two_dates() -> None:
    eccar = claims(real("krakow"))["eccar"]
    assert eccar.when == DateMark(year="2024", rest="25 September", iso="2024-09-25")
    assert eccar.statement == "Member since 25 September 2024."
    assert eccar.decision == "The city took the decision on 6 March 2024."
    assert eccar.act == "uchwała nr CXXIX/3569/24 Rady Miasta Krakowa z dnia 6 marca 2024 r."
    assert eccar.href == "cities/krakow/#eccar"
    assert eccar.subject == Link(text="ECCAR", href="networks/eccar/")
    assert eccar.full_name == Words(text="European Coalition of Cities against Racism")


def test_krakow_in_icorn_is_a_year_and_the_decision_a_day() -> None:
    icorn = claims(real("krakow"))["icorn"]
    assert icorn.statement == "Member since 2011."
    assert icorn.decision == "The city took the decision on 25 May 2011."
    assert icorn.when == DateMark(year="2011", rest="year only", iso="2011")


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
    assert polish["eccar"].statement == "Miasto członkowskie od 25 września 2024\u00a0r."
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
        [team] = [entry for entry in real("czestochowa", lang).actions if entry.id == "czestochowa-team-2019"]
        assert len(team.items) == 8
        assert all(item.text.lang is None and item.sources for item in team.items)
        assert team.when.iso == "2019-09-18"
    assert ("Number", "nr 529.2019") in team.act or ("Numer", "nr 529.2019") in team.act


def test_an_action_without_a_date_comes_last() -> None:
    entries = real("czestochowa").actions
    assert entries[-1].id == "czestochowa-equality-policy"
    assert entries[-1].when.unknown
    dated = [entry.when.iso for entry in entries[:-1]]
    assert all(dated)


def test_a_city_that_only_hosted_a_conference_shows_it_and_claims_nothing() -> None:
    view = real("tuzla")
    assert view.topics == ()
    assert view.lead == ("The atlas records no commitment of this city that holds today.",)
    [hosted] = view.hosted
    assert hosted.sentence == "Hosted a conference in 2010."
    assert hosted.instrument.href == "charters/echrc/"
    assert hosted.sources


@pytest.mark.parametrize("id", ["barcelona", "saint-denis", "venice", "nuremberg", "lyon", "geneva", "tuzla"])
def test_every_host_of_the_charter_for_human_rights_says_so(id: str) -> None:
    for lang in ("en", "pl"):
        assert "charters/echrc/" in real(id).hosted[0].instrument.href
        assert real(id, lang).hosted[0].sources


@pytest.mark.parametrize("id", ["frederiksberg", "molde", "odense"])
def test_a_former_member_of_icorn_is_shown_as_ended_with_its_date_unknown(id: str) -> None:
    [icorn] = [claim for claim in real(id).ended if claim.anchor == "icorn"]
    assert (icorn.state, icorn.statement) == ("ended", "Membership ended, date unknown.")
    assert icorn.when == DateMark(year="date unknown", rest="", iso=None, unknown=True)
    assert icorn.sources


# Every status


STATEMENTS: list[tuple[dict[str, Any], str, str]] = [
    ({"since": "2022-09"}, "committed", "Member since September 2022."),
    ({"since": "2015~"}, "committed", "Member since 2015, approximately."),
    ({"since": "2015?"}, "committed", "Member since 2015, uncertain."),
    ({}, "committed", "Member; no source found gives the date of joining."),
    ({"since": "2011", "until": "2019"}, "ended", "Member from 2011 until 2019."),
    ({"until": "2019"}, "ended", "Member until 2019."),
    ({"since": "2011", "until": "2030"}, "committed", "Member since 2011."),
    ({"status": "former"}, "ended", "Membership ended, date unknown."),
    ({"status": "former", "since": "2011"}, "ended", "Member since 2011; ended, date unknown."),
    ({"status": "applicant", "since": "2024"}, "pending", "Applicant since 2024."),
    ({"status": "applicant"}, "pending", "Applicant; no source found gives the date."),
    ({"status": "observer", "since": "2024"}, "pending", "Observer since 2024."),
    (
        {"status": "participant", "since": "2003"},
        "participated",
        "Took part in 2003; no source found says that the city joined.",
    ),
    (
        {"status": "participant"},
        "participated",
        "Took part; no source found gives the date or says that the city joined.",
    ),
    ({"status": "suspended", "since": "2024"}, "suspended", "Membership suspended; member since 2024."),
    ({"status": "declined", "since": "2024-05-01"}, "declined", "The city declined to join on 1 May 2024."),
    ({"status": "declined"}, "declined", "The city declined to join; date unknown."),
    (
        {"status": "none", "verified": "2026-11-20"},
        "declined",
        "Checked on 20 November 2026: the city is not a member.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "state", "statement"), STATEMENTS)
def test_each_status_of_a_network_is_said_in_one_sentence(
    fields: dict[str, Any], state: str, statement: str
) -> None:
    claim = only_claim(network("net"), commitment("net", "krakow", **fields))
    assert (claim.state, claim.statement) == (state, statement)


SIGNATURES: list[tuple[dict[str, Any], str, str]] = [
    ({"status": "signatory", "since": "2022-09"}, "committed", "Signed in September 2022."),
    ({"status": "signatory"}, "committed", "Signed; no source found gives the date."),
    (
        {"status": "participant", "since": "2017-06-09"},
        "participated",
        "Took part on 9 June 2017; no source found says that the city signed.",
    ),
    (
        {"status": "participant"},
        "participated",
        "Took part; no source found gives the date or says that the city signed.",
    ),
    ({"status": "declined", "since": "2017"}, "declined", "The city declined to sign in 2017."),
    ({"status": "declined"}, "declined", "The city declined to sign; date unknown."),
    (
        {"status": "none", "verified": "2026-11"},
        "declined",
        "Checked in November 2026: the city has not signed.",
    ),
]


@pytest.mark.parametrize(("fields", "state", "statement"), SIGNATURES)
def test_each_status_of_a_charter_is_said_in_one_sentence(
    fields: dict[str, Any], state: str, statement: str
) -> None:
    claim = only_claim(charter("pact"), commitment("pact", "krakow", **fields))
    assert (claim.state, claim.statement) == (state, statement)


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
@pytest.mark.parametrize("fields", [*(f for f, _, _ in STATEMENTS), *(f for f, _, _ in SIGNATURES)])
def test_every_sentence_ends_in_one_full_stop(fields: dict[str, Any], lang: str) -> None:
    for make in (network, charter):
        view = page(make("x"), commitment("x", "krakow", decided="2010-01-02", **fields), lang=lang)
        [claim] = parts(view, Claim)
        for sentence in (claim.statement, claim.decision or "", claim.checked, *view.lead):
            assert sentence.endswith(".")
            assert not sentence.endswith("..")


# Little or odd data


def test_a_city_without_commitments_has_a_page() -> None:
    for lang in ("en", "pl"):
        view = page(lang=lang)
        assert (view.topics, view.ended, view.actions, view.hosted) == ((), (), (), ())
        assert len(view.lead) == 1
        assert view.place is None
        assert view.country_places == ()


def test_a_commitment_without_a_topic_stands_under_other() -> None:
    view = page(network("net"), commitment("net", "krakow"))
    [group] = view.topics
    assert (group.heading, group.topic, group.href) == ("Other", None, None)
    assert group.anchor.strip("-") not in ("", "s")


def test_several_periods_keep_their_own_anchors_and_dates() -> None:
    view = page(
        network("net", topics=("migration",)),
        commitment("net", "krakow", since="1992", until="2004"),
        commitment("net", "krakow", since="2025-10-15", period="2025-10-15"),
    )
    [group] = view.topics
    assert [(c.anchor, c.href) for c in group.entries] == [
        ("net-2025-10-15", "cities/krakow/#net-2025-10-15")
    ]
    assert [(c.anchor, c.href, c.statement) for c in view.ended] == [
        ("net", "cities/krakow/#net", "Member from 1992 until 2004.")
    ]
    assert view.lead == (
        "The city belongs to 1 network.",
        "1 more is recorded as ended, suspended, declined, only applied for or only taken part in.",
    )


def test_two_commitments_of_one_day_are_not_called_the_only_dated_one() -> None:
    view = page(
        network("a"),
        network("b"),
        commitment("a", "krakow", since="2022"),
        commitment("b", "krakow", since="2022"),
    )
    assert "The only dated one is from 2022." not in view.lead


def test_the_newest_commitment_of_a_topic_comes_first_and_undated_ones_last() -> None:
    view = page(
        *(network(id, topics=("migration",)) for id in ("a", "b", "c", "d")),
        commitment("a", "krakow"),
        commitment("b", "krakow", since="2020-01"),
        commitment("c", "krakow", since="2022", until="2040"),
        commitment("d", "krakow", since="2024"),
    )
    assert [claim.anchor for claim in view.topics[0].entries] == ["d", "c", "b", "a"]


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
    [hosted] = view.hosted
    assert hosted.sentence == "Hosted a conference; date unknown."
    assert hosted.note == Words(text="The first one.")


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
        (shown,) = city_page(through, "lodz").differences
        assert shown.title == title
        assert [(value.value, value.preferred) for value in shown.values] == [
            ("652015", True),
            ("about 650000", False),
        ]
        used = [entry.subject.href for group in source_page(through, "page").uses for entry in group.entries]
        assert used == [through.href("cities", "lodz")] * 2
