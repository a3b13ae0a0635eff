"""The home page, the lists of cities and countries, and what stands around every page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.builders import (
    AS_OF,
    ROOT,
    Record,
    action,
    atlas,
    charter,
    city,
    commitment,
    contradiction,
    lens,
    lenses,
    network,
    sample_atlas,
    sample_lens,
)

from atlas.dataset.file_formats import Download
from atlas.languages.words import Link
from atlas.site.templates import Templates
from atlas.views.about import About
from atlas.views.analysis.events import Event
from atlas.views.code_host import CodeHost
from atlas.views.pages.country import country_index, country_page
from atlas.views.pages.home import HomePage, city_index, home_page
from atlas.views.pages.open_data import data_page
from atlas.views.pages.site_layout import not_found_page, prose_page, site_layout
from atlas.views.pages.topic import topic_index, topic_page
from atlas.views.sections import page_frame

CITIES = (
    city("lodz", "Łódź"),
    city("lublin", "Lublin"),
    city("cmielow", "Ćmielów"),
    city("malmo", "Malmö", "SE"),
)


def home(*records: Record, lang: str = "en", as_of: date = AS_OF) -> HomePage:
    return home_page(lens(atlas(*CITIES, *records), lang, as_of))


def test_the_first_screen_leads_to_the_form() -> None:
    assert home().suggest == Link(text="Suggest an entry or a correction", href="contribute/suggest/")


# Totals and directories


def test_the_totals_are_those_of_the_data() -> None:
    assert [(tally.number, tally.link.text) for tally in home_page(sample_lens("en")).totals] == [
        ("122", "cities"),
        ("25", "countries"),
        ("289", "commitments"),
        ("21", "networks"),
        ("11", "charters and declarations"),
        ("75", "actions"),
        ("240", "sources"),
    ]
    assert [tally.number for tally in home_page(sample_lens("pl")).totals] == [
        "122", "25", "289", "21", "11", "75", "240",
    ]  # fmt: skip
    assert home_page(sample_lens("pl")).totals[0].link.href == "pl/miasta/"


def test_home_counts_as_commitments_what_the_timeline_counts() -> None:
    seen = lens(
        atlas(
            *CITIES,
            network("a"),
            commitment("a", "lodz"),
            commitment("a", "malmo", "former"),
            commitment("a", "lublin", "applicant"),
        )
    )
    assert [
        (tally.number, tally.link.href) for tally in home_page(seen).totals if "commit" in tally.link.text
    ] == [("2", "timeline/")]


def test_an_empty_atlas_has_a_home_page_and_lists() -> None:
    nothing = atlas()
    for lang in ("en", "pl"):
        through = lens(nothing, lang)
        assert [tally.number for tally in home_page(through).totals[:6]] == ["0"] * 6
        assert home_page(through).news == ()
        assert city_index(through).groups == ()
        assert country_index(through).countries == ()
        assert len(topic_index(through).topics) == len(nothing.vocabulary.topics)


def test_every_city_stands_once_under_its_letter() -> None:
    for lang in ("en", "pl"):
        view = city_index(sample_lens(lang))
        rows = [row for letter in view.groups for row in letter.entries]
        assert len({row.link.href for row in rows}) == len(rows) == 122
        sort_key = sample_lens(lang).lang.sort_key
        for letter in view.groups:
            names = [row.link.text for row in letter.entries]
            assert names == sorted(names, key=sort_key)
        headings = [letter.heading for letter in view.groups]
        assert len(set(headings)) == len(headings)
    assert "Ł" in [letter.heading for letter in city_index(sample_lens("pl")).groups]
    assert "Ł" not in [letter.heading for letter in city_index(sample_lens("en")).groups]


def test_polish_cities_are_listed_as_polish_sorts() -> None:
    view = city_index(lens(atlas(*CITIES), "pl"))
    assert [(letter.heading, letter.anchor) for letter in view.groups] == [
        ("Ć", "s-ć"), ("L", "s-l"), ("Ł", "s-ł"), ("M", "s-m"),
    ]  # fmt: skip
    assert view.groups[3].entries[0].note == "Szwecja"


def test_every_country_and_every_topic_is_listed() -> None:
    for lang in ("en", "pl"):
        through = sample_lens(lang)
        assert len(country_index(through).countries) == 25
        assert [row.tag.id for row in topic_index(through).topics] == list(sample_atlas().vocabulary.topics)
        assert all(row.tag.label and row.help for row in topic_index(through).topics)


def test_the_number_of_a_topic_is_what_its_legend_says() -> None:
    view = home(
        network("a", topics=("migration",)),
        *(commitment("a", id) for id in ("lodz", "lublin", "malmo")),
    )
    [migration] = [row for row in view.topics if row.topic and row.topic.id == "migration"]
    legend = (ROOT / "theme/templates/home.html").read_text("utf-8")
    counts_instruments = "The number counts the networks and charters that concern it" in legend
    assert migration.number == ("1" if counts_instruments else "3")


# Countries


def test_polish_cities_are_grouped_by_voivodeship() -> None:
    english, polish = country_page(sample_lens("en"), "PL"), country_page(sample_lens("pl"), "PL")
    assert english.cities[0].heading.endswith(" Voivodeship")
    headings = [group.heading for group in polish.cities]
    assert "województwo małopolskie" in headings
    assert headings == sample_lens("pl").lang.sorted_by_name(headings, str)
    for view in (english, polish):
        assert sum(len(group.entries) for group in view.cities) == 27


def test_a_country_without_regions_has_one_list() -> None:
    view = country_page(lens(atlas(*CITIES)), "SE")
    assert [(group.heading, len(group.entries)) for group in view.cities] == [("Cities", 1)]
    assert view.name == "Sweden" and view.frame.path == "countries/se/"


def test_a_country_counts_cities_commitments_and_actions() -> None:
    view = country_page(
        lens(
            atlas(
                *CITIES,
                network("a", topics=("migration",)),
                charter("b"),
                commitment("a", "lodz", since="2011"),
                commitment("a", "lublin"),
                commitment("b", "lodz", "signatory", since="2024-05-01"),
                commitment("b", "lublin", "declined"),
                action("both", cities=("lodz", "lublin"), date="2024"),
                action("sweden", cities=("malmo",)),
            )
        ),
        "PL",
    )
    assert view.lead == (
        "3 cities are recorded here, 2 of them with 3 commitments to 2 networks and charters, and 1 action.",
        "The first with a known date: Łódź joined Network a (2011); "
        "the latest: Łódź signed Charter b (1 May 2024).",
    )
    assert [(tally.link.text, tally.number) for tally in view.instruments] == [
        ("Network a", "2"),
        ("Charter b", "1"),
    ]
    assert [entry.id for entry in view.actions] == ["both"]
    assert [(tally.link.text, tally.number) for tally in view.topics] == [("Migration", "2")]


def test_the_month_of_the_first_event_stands_alone_in_brackets() -> None:
    one = atlas(city("lodz", "Łódź", country="PL"), network("a"), commitment("a", "lodz", since="2024-05"))
    assert country_page(lens(one, "pl"), "PL").lead[1] == (
        "Znana jest jedna data: miasto Łódź przystąpiło do sieci Sieć a (maj 2024)."
    )


# Topics


def test_a_topic_names_its_instruments_cities_and_actions() -> None:
    view = topic_page(
        lens(
            atlas(
                *CITIES,
                network("a", topics=("migration",)),
                charter("b", topics=("anti-racism", "migration")),
                commitment("a", "lodz"),
                commitment("b", "lodz", "signatory"),
                commitment("a", "malmo"),
                action("act", topics=("migration",)),
            )
        ),
        "migration",
    )
    assert view.lead[1] == (
        "The atlas records 2 cities in 2 countries with a commitment to 2 networks and charters "
        "on this topic."
    )
    assert [(g.heading, [t.link.text for t in g.entries]) for g in view.instruments] == [
        ("Networks", ["Network a"]),
        ("Charters", ["Charter b"]),
    ]
    assert [(tally.link.text, tally.number) for tally in view.cities] == [("Łódź", "2"), ("Malmö", "1")]
    assert [(tally.link.text, tally.number) for tally in view.countries] == [("Poland", "1"), ("Sweden", "1")]
    assert [entry.id for entry in view.actions] == ["act"]


def test_a_topic_names_as_leading_only_cities_that_have_more_than_those_left_out() -> None:
    many = [city(f"c{number}", f"City {number:02}") for number in range(30)]
    held = [commitment("a", one.id) for one in many] + [commitment("b", one.id) for one in many[:3]]
    networks = (network("a", topics=("migration",)), network("b", topics=("migration",)))
    view = topic_page(lens(atlas(*many, *networks, *held)), "migration")
    assert [(tally.link.text, tally.number) for tally in view.cities] == [
        ("City 00", "2"),
        ("City 01", "2"),
        ("City 02", "2"),
    ]


def test_a_topic_of_nothing_has_a_page() -> None:
    for lang in ("en", "pl"):
        view = topic_page(lens(atlas(), lang), "climate")
        assert (view.instruments, view.cities, view.actions, view.places) == ((), (), (), ())


# News


def summary(news: Event) -> tuple[str, list[str], str]:
    return (news.when.iso or "", [link.text for link in news.cities], news.target.text)


def test_cities_that_joined_on_one_day_are_one_piece_of_news() -> None:
    view = home(
        network("net"),
        *(commitment("net", id, since="2024-05-01") for id in ("lodz", "lublin", "cmielow")),
        commitment("net", "malmo", since="2024-05"),
        lang="pl",
    )
    assert [summary(news)[1] for news in view.news] == [["Ćmielów", "Lublin", "Łódź"], ["Malmö"]]
    assert view.news[0].sources == "1 źródło"


def test_the_list_of_cities_begins_with_a_even_where_a_name_begins_with_an_apostrophe() -> None:
    towns = (city("hertogenbosch", "’s-Hertogenbosch"), city("aachen", "Aachen"), city("soest", "Soest"))
    view = city_index(lens(atlas(*towns)))
    assert [(letter.heading, len(letter.entries)) for letter in view.groups] == [("A", 1), ("S", 2)]


def test_of_many_cities_six_are_named() -> None:
    def told(number: int) -> str:
        cities = [city(f"c{n:02}") for n in range(number)]
        through = lens(
            atlas(network("net"), *cities, *(commitment("net", c.id, since="2024") for c in cities))
        )
        environment = Templates(ROOT / "theme/templates").environment(through.lang, "")
        template = environment.from_string('{% from "_event.html" import told %}{{ told(news, 6) }}')
        return re.sub("<[^>]*>", "", template.render(news=home_page(through).news[0]))

    assert told(15).endswith("joined Network net: C00C01C02C03C04C05 and 9 more")
    assert told(7).endswith("C05C06"), "a name is as short as “1 more”"


def test_one_instrument_is_told_of_twice_at_most() -> None:
    view = home(
        network("net"),
        network("other"),
        *(commitment("net", id, since=f"2024-0{n}") for n, id in enumerate(("lodz", "lublin", "malmo"), 1)),
        commitment("other", "lodz", since="2020"),
    )
    assert [(news.when.iso, news.target.text) for news in view.news] == [
        ("2024-03", "Network net"),
        ("2024-02", "Network net"),
        ("2020", "Network other"),
    ]


def test_undated_facts_and_what_ended_are_no_news() -> None:
    view = home(
        network("net"),
        commitment("net", "lodz"),
        commitment("net", "malmo", since="2024", until="2025"),
        action("undated"),
    )
    assert [(news.kind, news.when.iso) for news in view.news] == [("joined", "2024")]


def test_a_fact_of_this_year_is_newer_than_one_of_last_year() -> None:
    view = home(
        network("net"),
        network("month"),
        commitment("net", "lodz", since="2026"),
        commitment("month", "lublin", since="2026-11"),
        commitment("net", "malmo", since="2025-12-31"),
    )
    assert [news.when.iso for news in view.news] == ["2026-11", "2026", "2025-12-31"]


def test_what_lies_in_the_future_is_no_news() -> None:
    view = home(
        network("net"), commitment("net", "lodz", since="2027-05"), commitment("net", "malmo", since="2025")
    )
    assert [news.when.iso for news in view.news] == ["2025"]


def test_the_news_of_a_second_period_leads_to_that_period() -> None:
    view = home(
        network("net"),
        commitment("net", "lodz", since="1992", until="2004"),
        commitment("net", "lodz", since="2025", period="2025"),
    )
    assert view.news[0].cities == (Link(text="Łódź", href="cities/lodz/#net-2025"),)


def test_the_real_news_begins_with_the_newest() -> None:
    news = home_page(sample_lens("en")).news
    assert len(news) == 8
    assert ("2025-10-15", ["Kraków"], "Eurocities") in map(summary, news)
    dates = [item.when.iso or "" for item in news]
    assert dates[0] == "2025-10-23"
    assert [item.when.iso for item in home_page(sample_lens("pl")).news] == dates


def test_the_claims_that_sources_dispute_are_linked() -> None:
    disputed = home_page(sample_lens("en")).disputed
    assert 0 < len(disputed) <= 8
    assert all("#" in city.href for dispute in disputed for city, _ in dispute.claims)
    assert all(len(values) > 1 for dispute in disputed for _, values in dispute.claims)


def test_what_is_disputed_alike_stands_together_with_its_values() -> None:
    view = home(
        network("net"),
        network("other"),
        *(commitment("net", id) for id in ("lodz", "malmo")),
        commitment("other", "lodz"),
        contradiction("commitments/other:lodz", "status", "member", preferred=True),
        contradiction("commitments/other:lodz", "status", "applicant"),
        contradiction("commitments/net:malmo", "since", "2011", preferred=True),
        contradiction("commitments/net:malmo", "since", "2013"),
        contradiction("commitments/net:lodz", "since", "2014", preferred=True),
        contradiction("commitments/net:lodz", "since", "2015-05"),
    )
    assert [
        (
            dispute.instrument.text,
            dispute.what,
            [(city.text, [value.text for value in values]) for city, values in dispute.claims],
        )
        for dispute in view.disputed
    ] == [
        ("Network net", "since when", [("Łódź", ["2014", "May 2015"]), ("Malmö", ["2011", "2013"])]),
        ("Network other", "whether or how", [("Łódź", ["member", "applicant"])]),
    ]


# Around the pages


def test_the_navigation_marks_the_section_of_the_page() -> None:
    through = sample_lens("pl")
    frame = page_frame(through, "city", "cities", "krakow", title="Kraków", description="Kraków")
    around = site_layout(through, frame, frozenset())
    assert [item.href for item in around.nav if item.current] == ["pl/miasta/"]
    assert {"pl/sieci/", "pl/karty/", "pl/dzialania/", "pl/kraje/", "pl/tematy/"} <= {
        i.href for i in around.nav
    }
    assert around.canonical is None and around.alternates == ()
    assert around.edition == "22 listopada 2026"


def test_the_public_site_names_its_twins_by_whole_addresses() -> None:
    through = sample_lens("pl")
    frame = page_frame(through, "city", "cities", "krakow", title="Kraków", description="Kraków")
    around = site_layout(replace(through, siteurl="https://example.org/atlas"), frame, frozenset())
    assert around.canonical == "https://example.org/atlas/pl/miasta/krakow/"
    assert [(link.lang, link.href) for link in around.alternates] == [
        ("en", "https://example.org/atlas/cities/krakow/"),
        ("pl", "https://example.org/atlas/pl/miasta/krakow/"),
    ]


def test_the_footer_names_only_texts_that_are_written() -> None:
    through = sample_lens("en")
    frame = page_frame(through, "home", title="", description="")
    none = site_layout(through, frame, frozenset())
    assert [link.href for link in none.footer] == [
        "sources/",
        "contradictions/",
        "data/",
        "changes/",
        "contribute/suggest/",
        "licences/",
    ]
    written = frozenset({"about", "method", "contribute"})
    every = site_layout(through, frame, written)
    assert [link.href for link in every.footer] == [
        "sources/",
        "contradictions/",
        "data/",
        "changes/",
        "about/",
        "method/",
        "contribute/",
        "contribute/suggest/",
        "licences/",
    ]


def test_the_files_of_the_data_say_what_they_hold() -> None:
    files = (
        "cities.csv", "README.md", "actions/krm-appeal-2017.yaml", "commitments/eccar.csv",
        "networks/eccar.yaml",
    )  # fmt: skip
    view = data_page(sample_lens("en"), [Download(f"data/{file}", 1000) for file in files])
    held = {
        f"{folder.heading}/{offer.files[0].link.text}".lstrip("/"): offer.use
        for folder in view.files
        for offer in folder.entries
    }
    assert held["commitments/eccar.csv"] == "Cities in: European Coalition of Cities against Racism"
    assert held["networks/eccar.yaml"] == "European Coalition of Cities against Racism"
    assert held["cities.csv"] == "Places, with their names, coordinates and populations"
    assert held["actions/krm-appeal-2017.yaml"]
    assert [folder.heading for folder in view.files] == ["", "actions", "commitments", "networks"]


def test_a_wrong_address_is_answered_in_every_language() -> None:
    english, polish = lenses(sample_atlas())
    view = not_found_page(english, [polish])
    assert view.frame.title == "There is no page at this address"
    assert [(other.frame.lang, other.frame.title, other.others) for other in view.others] == [
        ("pl", "Pod tym adresem nie ma strony", ())
    ]
    assert {"pl/", "pl/miasta/", "pl/zrodla/"} <= {link.href for link in view.others[0].links}
    assert not_found_page(polish, [english]).frame.path == "pl/"


@pytest.mark.parametrize("lang", ["en", "pl"])
def test_the_edition_decides_what_has_ended(lang: str) -> None:
    made = atlas(*CITIES, network("net"), commitment("net", "lodz", since="2011", until="2026"))
    # A year that has not passed to its last day may still run.
    now = lens(made, lang, date(2026, 11, 22))
    later = replace(now, as_of=date(2027, 1, 1))
    assert [now.state(c) for c in made.commitments] == ["committed"]
    assert [later.state(c) for c in made.commitments] == ["ended"]


def test_the_page_about_the_atlas_says_who_is_behind_it_and_how_to_reach_them() -> None:
    through = replace(
        sample_lens("en"),
        about=About(publisher={"en": "City of Examples"}),
        host=CodeHost(email="atlas@example.org"),
    )
    contact = prose_page(through, "about", "About the atlas", "", ("en", "pl")).contact
    assert contact is not None
    assert (contact.publisher, contact.email) == ("City of Examples", "atlas@example.org")
    assert prose_page(through, "method", "Method", "", ("en",)).contact is None
