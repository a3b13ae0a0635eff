"""What the page of a network or charter says: members, counts, hosts, obligations, names."""

from __future__ import annotations

from collections import Counter

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
    sample_atlas,
    sample_lens,
    source,
    when,
)

from atlas.languages.words import Link, Words
from atlas.model.dates import parse_duration
from atlas.model.records import Count, Host, Obligation
from atlas.views.pages.instrument import InstrumentPage, StatedCount, instrument_index, instrument_page
from atlas.views.parts import Claim

CITIES = (
    city("lodz", "Łódź"),
    city("lublin", "Lublin"),
    city("cmielow", "Ćmielów"),
    city("malmo", "Malmö", "SE"),
    city("graz", "Graz", "AT"),
)


def page(id: str, *records: Record, lang: str = "en") -> InstrumentPage:
    return instrument_page(lens(atlas(*CITIES, *records), lang), id)


def real(id: str, lang: str = "en") -> InstrumentPage:
    return instrument_page(sample_lens(lang), id)


def anchors(view: object) -> list[str]:
    return [claim.anchor for claim in parts(view, Claim)]


# The excerpt of the data


def test_eccar_says_how_many_of_its_members_are_recorded_and_who_counts_them() -> None:
    assert real("eccar").lead == (
        "The atlas records 75 of more than 170 members (Rada Miasta Krakowa, 2024).",
        "In 14 countries.",
        "The joining date is known for 53.",
    )
    polish = real("eccar", "pl").lead[0]
    assert "75" in polish and "170" in polish and "2024" in polish and "more" not in polish


def test_eccars_members_stand_by_country_in_the_order_of_the_language() -> None:
    english, polish = real("eccar").members, real("eccar", "pl").members
    assert [group.heading for group in english] == sorted(group.heading for group in english)
    assert english[0].heading == "Austria" and english[0].href == "countries/at/"
    headings = [group.heading for group in polish]
    assert headings == sample_lens("pl").lang.sorted_by_name(headings, str)
    assert "Polska" in headings
    assert sum(len(group.entries) for group in english) == 75
    [poland] = [group for group in english if group.heading == "Poland"]
    assert [claim.subject.text for claim in poland.entries] == [
        claim.subject.text for claim in poland.entries if claim.href.startswith("cities/")
    ]
    assert "krakow" in anchors(poland)


def test_all_counts_of_eccar_are_shown_with_their_days_and_sources() -> None:
    counts = real("eccar").counts
    assert [(count.on, count.members) for count in counts] == [
        ("2024", "170+"),
        ("August 2020", "c. 140"),
        ("2015", "126"),
        ("11 December 2007", "28"),
        ("undated", "104+"),
        ("undated", "150"),
        ("undated", "160"),
    ]
    assert all(count.sources for count in counts)
    assert counts[1].note == Words(text="in 23 countries")
    assert real("eccar", "pl").counts[1].note == Words(text="w 23 krajach")


def test_the_former_members_of_icorn_stand_apart_from_its_members() -> None:
    view = real("icorn")
    assert [(c.anchor, c.state) for c in view.former] == [
        ("frederiksberg", "ended"),
        ("molde", "ended"),
        ("odense", "ended"),
    ]
    assert not {"frederiksberg", "molde", "odense"} & set(anchors(view.members))


def test_bialystok_and_sopot_applied_and_are_not_counted() -> None:
    view = real("human-rights-cities")
    assert [(c.anchor, c.state) for c in view.former] == [("bialystok", "pending"), ("sopot", "pending")]
    assert sum(len(group.entries) for group in view.members) == 4


def test_the_conferences_of_the_charter_for_human_rights_are_listed_with_their_hosts() -> None:
    assert [(host.city.text, host.when) for host in real("echrc").hosts] == [
        ("Barcelona", "1998"),
        ("Saint-Denis", "2000"),
        ("Venice", "2002"),
        ("Nuremberg", "2004"),
        ("Lyon", "2006"),
        ("Geneva", "2008"),
        ("Tuzla", "2010"),
    ]
    assert [host.city.text for host in real("echrc", "pl").hosts][2:4] == ["Wenecja", "Norymberga"]
    assert all(host.sources for host in real("echrc").hosts)


def test_an_instrument_without_cities_says_so_and_shows_what_is_known() -> None:
    view = real("krm")
    assert view.lead == ("The atlas records no city in it yet.",)
    assert view.members == () and view.places == ()
    assert view.summary is not None
    assert len([entry for entry in view.actions if entry.id.startswith("krm-congress-")]) == 7


@pytest.mark.parametrize("lang", ["en", "pl"])
def test_no_word_of_the_instruments_is_missing(lang: str) -> None:
    for id, instrument in sample_atlas().instruments.items():
        view = real(id, lang)
        assert view.facts[0].value
        assert len(view.obligations) == len(instrument.obligations)
        assert len(view.counts) == len(instrument.counts)
        assert len(view.hosts) == len(instrument.hosts)
        assert {s.href.split("/")[-2] for s in view.sources} == set(instrument.sources)
        shown = Counter(anchors((view.members, view.former)))
        assert shown == Counter(c.city for c in sample_atlas().commitments_of_instrument.get(id, ()))


# How many


@pytest.mark.parametrize(
    ("count", "coverage"),
    [
        (
            Count(members=170, qualifier="more-than", on=when("2024"), sources=("page",)),
            "The atlas records 2 of more than 170 members (City of Kraków, 2024).",
        ),
        (
            Count(members=1653, qualifier="about", sources=("page",)),
            "The atlas records 2 of about 1,653 members (City of Kraków).",
        ),
        (
            Count(members=2, on=when("2024-09"), sources=("bare",)),
            "The atlas records 2 of 2 members (Bare title, September 2024).",
        ),
        (
            Count(members=1, on=when("2024"), sources=("page",)),
            "The atlas records 2; a source counts 1 (City of Kraków, 2024).",
        ),
    ],
)
def test_the_recorded_members_stand_beside_what_a_source_counts(count: Count, coverage: str) -> None:
    records = (commitment("net", "lodz"), commitment("net", "malmo"), source("bare", "Bare title"))
    assert page("net", network("net", counts=(count,)), *records).lead[0] == coverage


def test_a_count_that_nobody_signs_or_dates_has_no_empty_brackets() -> None:
    view = page("net", network("net", counts=(Count(members=5),)), commitment("net", "lodz"))
    assert "()" not in view.lead[0]


def test_without_a_count_the_page_says_that_nobody_counts() -> None:
    assert page("net", network("net"), commitment("net", "lodz")).lead[0] == (
        "The atlas records 1 member; no source found counts them all."
    )
    two = (commitment("pact", id, "signatory") for id in ("lodz", "lublin"))
    assert page("pact", charter("pact"), *two).lead[0] == (
        "The atlas records 2 signatories; no source found counts them all."
    )


def test_a_count_of_a_part_is_shown_but_never_quoted() -> None:
    part = Count(members=9, scope={"en": "in Poland", "pl": "w Polsce"}, sources=("page",))
    view = page("net", network("net", counts=(part,)), commitment("net", "lodz"))
    assert view.lead[0] == "The atlas records 1 member; no source found counts them all."
    [stated] = view.counts
    assert isinstance(stated, StatedCount)
    assert (stated.members, stated.scope) == ("9", Words(text="in Poland"))


def test_an_instrument_with_nobody_in_it_has_a_page() -> None:
    for lang in ("en", "pl"):
        view = page("net", network("net", counts=(Count(members=0, sources=("page",)),)), lang=lang)
        assert len(view.lead) == 1
        assert (view.members, view.former) == ((), ())


def test_an_observer_is_not_counted_among_the_members() -> None:
    view = page("net", network("net"), commitment("net", "lodz"), commitment("net", "lublin", "observer"))
    assert view.lead[0] == "The atlas records 1 member; no source found counts them all."


def test_who_only_took_part_is_named_with_those_that_are_not_committed() -> None:
    view = page("net", network("net"), commitment("net", "lodz"), commitment("net", "lublin", "participant"))
    assert view.lead[0] == "The atlas records 1 member; no source found counts them all."
    assert [(c.anchor, c.state) for c in view.former] == [("lublin", "participated")]


def test_where_cities_only_took_part_the_page_says_so() -> None:
    view = page("net", charter("net"), commitment("net", "lublin", "participant"))
    told = "The atlas records 1 city that took part; no source says that it signed or joined."
    assert (view.lead, view.places) == ((told,), ())


def test_of_what_is_over_the_page_says_how_many_were_in_it() -> None:
    records = [commitment("net", id, "former", until="2019") for id in ("lublin", "lodz")]
    view = page("net", network("net", counts=(Count(members=100, sources=("page",)),)), *records)
    assert view.lead == ("The atlas records 2 cities that were in it; none is today.",)


# Members


def test_cities_of_a_country_stand_in_the_order_of_the_language() -> None:
    records: list[Record] = [network("net")]
    records += [commitment("net", id) for id in ("lodz", "malmo", "lublin", "cmielow")]
    polish = page("net", *records, lang="pl").members
    assert [(g.heading, [c.subject.text for c in g.entries]) for g in polish] == [
        ("Polska", ["Ćmielów", "Lublin", "Łódź"]),
        ("Szwecja", ["Malmö"]),
    ]
    english = page("net", *records).members
    assert [c.subject.text for c in english[0].entries] == ["Ćmielów", "Łódź", "Lublin"]


def test_the_name_of_a_member_leads_to_the_city_and_its_claim_to_the_evidence() -> None:
    [claim] = parts(page("net", network("net"), commitment("net", "lodz")).members, Claim)
    assert claim.subject == Link(text="Łódź", href="cities/lodz/")
    assert claim.href == "cities/lodz/#net"


def test_two_periods_of_one_city_are_both_shown_and_counted_once() -> None:
    view = page(
        "net",
        network("net"),
        commitment("net", "lodz", since="1992", until="2004"),
        commitment("net", "lodz", since="2025", period="2025"),
    )
    assert view.lead[0].startswith("The atlas records 1 member;")
    assert [claim.href for claim in parts(view, Claim)] == ["cities/lodz/#net-2025", "cities/lodz/#net"]


def test_two_periods_of_one_city_have_anchors_of_their_own() -> None:
    view = page(
        "net",
        network("net"),
        commitment("net", "lodz", since="1992", until="2004"),
        commitment("net", "lodz", since="2025", period="2025"),
    )
    assert len(set(anchors(view))) == 2


def test_words_follow_the_kind_of_instrument() -> None:
    assert page("pact", charter("pact", began=when("2006-05-12"))).members_title == "Signatories"
    assert page("net", network("net")).members_title == "Members"
    facts = {f.label: f.value for f in page("pact", charter("pact", began=when("2006-05-12"))).facts}
    assert facts["Adopted"] == Words(text="12 May 2006")
    assert "Founded" in {f.label for f in page("net", network("net", began=when("2004"))).facts}


# Names and facts


def test_an_acronym_heads_the_page_and_the_full_name_follows() -> None:
    view = page("net", network("net", "Cities of the North", acronym="CN"))
    assert (view.name, view.full_name) == ("CN", "Cities of the North")
    assert view.frame.title == "CN: Cities of the North"
    assert page("pact", charter("pact", "The Pact")).full_name is None


def test_a_name_in_one_language_stands_on_both_pages_marked_as_what_it_is() -> None:
    quiet = network("quiet", names={"pl": "Sieć Ciszy"})
    views = {lang: page("quiet", quiet, lang=lang) for lang in ("en", "pl")}
    assert {lang: (view.name, view.lang) for lang, view in views.items()} == {
        "en": ("Sieć Ciszy", "pl"),
        "pl": ("Sieć Ciszy", None),
    }


def test_the_name_in_the_other_language_is_a_fact() -> None:
    facts = {fact.label: fact.value for fact in page("net", network("net")).facts}
    assert facts["Name in Polish"] == Words(text="Sieć net", lang="pl")


def test_a_name_given_once_for_all_languages_is_not_called_a_name_in_an_unknown_one() -> None:
    view = page("net", network("net", names={"und": "Milena"}))
    assert view.name == "Milena"
    assert [fact.label for fact in view.facts] == ["Kind"]


def test_earlier_names_the_founder_and_the_successor_are_facts() -> None:
    view = page(
        "old",
        network("new", "New network"),
        network(
            "old",
            former_names=({"und": "Milena"}, {"en": "First name", "pl": "Pierwsza nazwa"}),
            founder={"pl": "Rada"},
            secretariat={"en": "Vienna"},
            ended=when("2019"),
            successor="new",
            website="https://www.example.org/",
        ),
    )
    facts = [(fact.label, fact.value, fact.links, fact.url) for fact in view.facts[1:]]
    assert facts == [
        ("Ended", Words(text="2019"), (), None),
        ("Succeeded by", None, (Link(text="New network", href="networks/new/"),), None),
        ("By", Words(text="Rada", lang="pl"), (), None),
        ("Secretariat", Words(text="Vienna"), (), None),
        ("Name in Polish", Words(text="Sieć old", lang="pl"), (), None),
        ("Earlier or other name", Words(text="Milena"), (), None),
        ("Earlier or other name", Words(text="First name"), (), None),
        ("Website", Words(text="example.org"), (), "https://www.example.org/"),
    ]


def test_every_country_that_an_instrument_is_open_to_is_named() -> None:
    view = page("net", network("net", open_to=("PL", "SK")))
    [fact] = [fact for fact in view.facts if fact.label == "Open to cities in"]
    shown = [link.text for link in fact.links] + ([fact.value.text] if fact.value else [])
    assert "Poland" in " ".join(shown)
    assert "Slovakia" in " ".join(shown)


def test_obligations_say_how_much_time_there_is() -> None:
    view = page(
        "pact",
        charter(
            "pact",
            obligations=(
                Obligation(id="plan", text={"en": "Write a plan."}, due_within=parse_duration("P2Y6M1D")),
                Obligation(id="report", text={"pl": "Zdać sprawę."}, sources=("page",)),
            ),
        ),
    )
    assert [(o.anchor, o.text, o.due, len(o.sources)) for o in view.obligations] == [
        ("s-plan", Words(text="Write a plan."), "Time allowed: 2 years, 6 months and 1 day.", 0),
        ("s-report", Words(text="Zdać sprawę.", lang="pl"), None, 1),
    ]


def test_hosts_without_a_date_are_shown() -> None:
    hosts = (Host(city="graz"), Host(city="malmo", on=when("2024-09"), sources=("page",)))
    view = page("net", network("net", hosts=hosts))
    assert [(h.city.text, h.when, len(h.sources)) for h in view.hosts] == [
        ("Graz", "date unknown", 0),
        ("Malmö", "September 2024", 1),
    ]


def test_contradictions_of_an_instrument_and_of_its_counts_are_shown() -> None:
    view = page(
        "net",
        network("net"),
        contradiction("instruments/net", "founded", "2004", preferred=True),
        contradiction("instruments/net", "founded", "2005-01"),
        contradiction("counts/net", "members", "12"),
        contradiction("counts/net", "members", "10", preferred=True),
    )
    assert [(d.title, [v.value for v in d.values]) for d in view.differences] == [
        ("Sources give 2 dates", ["2004", "January 2005"]),
        ("Sources differ: number of members", ["12", "10"]),
    ]


def test_the_names_that_sources_give_are_said_in_words_of_the_reader() -> None:
    titles = [difference.title for difference in real("icorn").differences]
    assert "Sources differ: name.pl" not in titles
    assert "Sources differ: name in Polish" in titles


def test_a_name_that_sources_give_in_polish_is_not_marked_as_english() -> None:
    for lang, mark in (("en", "pl"), ("pl", None)):
        values = [
            v for d in real("icorn", lang).differences for v in d.values if "Miast Schronienia" in v.value
        ]
        assert [value.lang for value in values] == [mark]


def test_actions_of_an_instrument_come_newest_first() -> None:
    view = page(
        "net",
        network("net"),
        action("old", instrument="net", date="2001"),
        action("new", instrument="net", date="2024-05"),
        action("undated", instrument="net"),
        action("other", date="2024"),
    )
    assert [entry.id for entry in view.actions] == ["new", "old", "undated"]


# The lists


def test_networks_and_charters_are_listed_once_each_the_largest_first() -> None:
    for lang in ("en", "pl"):
        through = sample_lens(lang)
        for section, number in (("networks", 21), ("charters", 11)):
            view = instrument_index(through, section)
            rows = [row for group in view.groups for row in group.entries]
            assert len({row.link.href for row in rows}) == len(rows) == number
            for group in view.groups:
                numbers = [int(row.number) for row in group.entries]
                assert numbers == sorted(numbers, reverse=True)
                assert group.count == str(len(group.entries))
    assert instrument_index(sample_lens("en"), "networks").lead == (
        "21 networks, programmes and commissions that cities join.",
    )


def test_the_list_never_says_more_of_fewer() -> None:
    index = instrument_index(
        lens(
            atlas(
                *CITIES,
                network("net", counts=(Count(members=1, sources=("page",)),)),
                commitment("net", "lodz"),
                commitment("net", "lublin"),
            )
        ),
        "networks",
    )
    [row] = index.groups[0].entries
    assert (row.number, row.note) != ("2", "of 1")


def test_a_list_says_who_took_part_or_was_in_it_where_nobody_is_committed_today() -> None:
    records = (
        charter("day"),
        charter("none"),
        network("over", counts=(Count(members=9, sources=("page",)),)),
        commitment("day", "lodz", "participant"),
        commitment("day", "malmo", "participant"),
        commitment("over", "graz", "former"),
    )

    def rows(lang: str, section: str) -> list[tuple[str, str, str | None]]:
        groups = instrument_index(lens(atlas(*CITIES, *records), lang), section).groups
        return [(row.link.text, row.number, row.note) for group in groups for row in group.entries]

    assert rows("en", "charters") == [
        ("Charter day", "none today", "2 cities took part"),
        ("Charter none", "0", None),
    ]
    assert rows("pl", "networks") == [("Sieć over", "dziś żadne", "należało 1 miasto")]
