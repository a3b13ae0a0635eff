"""Comparison tables: every state in words, the pivots, the pages and the files.

``python -m tests.views.test_comparison`` writes the golden files anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.builders import (
    action,
    atlas,
    charter,
    city,
    commitment,
    contradiction,
    lens,
    lenses,
    network,
    sample_lens,
)

from atlas.languages.words import Link
from atlas.model.dates import parse_date
from atlas.model.records import Atlas, City
from atlas.opendata.api import documents
from atlas.site.templates import Templates
from atlas.views.analysis.comparison_table import CellPeriod, ComparisonTable, period, shortened, table
from atlas.views.pages.comparison import (
    LONGEST,
    ComparisonPage,
    compare_page,
    comparison_page,
    comparison_parts,
    subjects,
    table_link,
)
from atlas.views.paging import numbered

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def small() -> Atlas:
    """Return an atlas in which every state stands once."""
    return atlas(
        city("krakow", "Kraków", population=804_237),
        city("lodz", "Łódź", population=652_015),
        city("gdansk", "Gdańsk", population=486_022),
        network("wel", "Welcome <b>Network</b>", acronym="WEL", topics=("migration",)),
        network("icc", "Intercultural Programme", acronym="ICC", topics=("migration", "human-rights")),
        charter("pact", "A pact with a name so long that no column holds it", topics=("human-rights",),
                began=parse_date("2019")),
        network("empty", "Nobody is in it", topics=("climate",)),
        commitment("wel", "krakow", since="2011-10", decided="2011-05-25", act="=SUM(1)"),
        commitment("wel", "krakow", "former", since="1992-11-09", until="2004", period="1992-11-09"),
        commitment("wel", "lodz", "none", verified="2026-01-15"),
        commitment("wel", "gdansk", "applicant"),
        commitment("icc", "krakow", since="2020-12-18"),
        commitment("icc", "gdansk", "observer", since="2015~"),
        commitment("pact", "gdansk", "signatory"),
        contradiction("commitments/icc:krakow", "since", "2020-12-18", preferred=True),
        contradiction("commitments/icc:krakow", "since", "2021"),
        action("refusal", date="2019-12", cities=("lodz",), instrument="pact", status="refused"),
    )  # fmt: skip


def cell(*fields: Any, family: str = "network", lang: str = "en", **more: Any) -> CellPeriod:
    make = network if family == "network" else charter
    through = lens(
        atlas(city("krakow", "Kraków"), make("n"), commitment("n", "krakow", *fields, **more)), lang
    )
    return period(through, through.atlas.commitments[0])


def built(through: Any = None, first: str = "") -> ComparisonTable:
    through = through or lens(small())
    every = through.atlas
    cities = [every.cities[id] for id in ("gdansk", "krakow", "lodz")]
    return table(through, cities, tuple(every.instruments.values()), first=first)


# Cells


@pytest.mark.parametrize(
    ("status", "family", "dates", "shown"),
    [
        ("member", "network", {"since": "2024-09-25"}, ("committed", "2024", "25 Sept")),
        ("member", "network", {"since": "2022-09"}, ("committed", "2022", "Sept")),
        ("member", "network", {"since": "2011"}, ("committed", "2011", "year only")),
        ("member", "network", {"since": "2011-03~"}, ("committed", "2011", "Mar, approximately")),
        ("member", "network", {}, ("committed", "Yes", "date unknown")),
        ("signatory", "charter", {}, ("committed", "Yes", "date unknown")),
        ("observer", "network", {"since": "2015"}, ("pending", "Observer", "2015")),
        ("member", "network", {"since": "1992", "until": "2004"}, ("ended", "1992–2004", "ended")),
        ("former", "network", {"since": "1992"}, ("ended", "1992–?", "ended, date unknown")),
        ("former", "network", {"until": "2004"}, ("ended", "?–2004", "ended")),
        ("former", "network", {"since": "2004-01", "until": "2004-08"}, ("ended", "2004", "ended")),
        ("former", "network", {}, ("ended", "Ended", "date unknown")),
        ("suspended", "network", {"since": "2012~"}, ("suspended", "Suspended", "member since 2012")),
        ("applicant", "network", {"decided": "2023-12-19"}, ("pending", "Applied", "19 Dec 2023")),
        ("applicant", "network", {}, ("pending", "Applied", "date unknown")),
        ("participant", "charter", {"since": "2017-06-09"}, ("participated", "Took part", "9 Jun 2017")),
        ("participant", "network", {}, ("participated", "Took part", "date unknown")),
        ("declined", "charter", {"since": "2017-07"}, ("declined", "Declined", "Jul 2017")),
        ("declined", "network", {}, ("declined", "Declined", "date unknown")),
        ("none", "network", {"verified": "2026-01-15"}, ("declined", "Not a member", "checked 15 Jan 2026")),
        ("none", "charter", {"verified": "2026"}, ("declined", "Not signed", "checked 2026")),
    ],
)  # fmt: skip
def test_each_state_in_words(
    status: str, family: str, dates: dict[str, str], shown: tuple[str, str, str]
) -> None:
    one = cell(status, family=family, **dates)
    assert (one.state, one.head, one.rest) == shown


def test_a_cell_in_polish() -> None:
    one = cell("member", since="2024-09-25", lang="pl")
    assert one == CellPeriod(
        state="committed",
        word="Zobowiązanie",
        head="2024",
        rest="25 wrz",
        iso="2024-09-25",
        href="pl/miasta/krakow/#n",
        disputed=False,
    )


def test_the_machine_reads_the_date_as_exact_as_its_source() -> None:
    assert cell("member", since="2015~").iso == "2015"
    assert cell("member", since="2022-09").iso == "2022-09"
    assert cell("member").iso is None
    assert cell("none", verified="2026-01-15").iso == "2026-01-15"


# The matrix


def test_rows_keep_their_order_and_columns_without_anything_are_dropped() -> None:
    every = small()
    cities = [every.cities[id] for id in ("lodz", "krakow")]
    shown = table(lens(every), cities, tuple(every.instruments.values()))
    assert [row.id for row in shown.rows] == ["lodz", "krakow"]
    assert [column.id for column in shown.columns] == ["wel", "icc", "pact"]
    assert [[len(cell.periods) for cell in row.cells] for row in shown.rows] == [[1, 0, 1], [2, 1, 0]]


def test_a_country_called_na_is_not_missing() -> None:
    every = atlas(city("windhoek", country="NA"), city("oslo", country="NO"), network("n"),
                  commitment("n", "windhoek"), commitment("n", "oslo"))  # fmt: skip
    shown = table(lens(every), tuple(every.cities.values()), tuple(every.instruments.values()))
    assert [row.country for row in shown.rows] == ["Namibia", "Norway"]


def test_columns_stand_under_their_first_topic_the_fullest_first() -> None:
    shown = built()
    assert [(group.heading, [c.label for c in group.entries]) for group in shown.groups] == [
        ("Migration", ["WEL", "ICC"]),
        ("Human rights", ["A pact with a name so long that no column…"]),
    ]
    assert shown.columns[2].note == "charter, 2019"
    assert shown.left_out == (Link(text="Nobody is in it", href="networks/empty/"),)


def test_the_column_of_the_subject_leads() -> None:
    assert [column.id for column in built(first="pact").columns] == ["pact", "wel", "icc"]
    assert [column.id for column in built(first="icc").columns] == ["icc", "wel", "pact"]


def test_periods_stack_with_what_holds_first() -> None:
    krakow = built().rows[1]
    assert [(p.head, p.rest, p.href) for p in krakow.cells[0].periods] == [
        ("2011", "Oct", "cities/krakow/#wel"),
        ("1992–2004", "ended", "cities/krakow/#wel-1992-11-09"),
    ]
    assert krakow.unchecked == "Not checked: A pact with a name so long that no column…."


def test_sources_that_differ_are_marked() -> None:
    assert [cell.periods[0].disputed for cell in built().rows[1].cells if cell.periods] == [False, True]


def test_a_refusal_recorded_as_an_action_is_no_blank() -> None:
    [refusal] = built().rows[2].cells[2].periods
    assert (refusal.state, refusal.head, refusal.rest) == ("declined", "Declined", "Dec 2019")
    assert refusal.href == "actions/refusal/"


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Eurocities", "Eurocities"),
        ("A" * 46, "A" * 46),
        ("European Charter for Equality of Women and Men all", "European Charter for Equality of Women…"),
        ("Commission of the Rights, of the Association", "Commission of the Rights, of the Association"),
        ("The network of cities that never found a short name", "The network of cities that never found…"),
    ],
)  # fmt: skip
def test_long_names_end_after_a_word(name: str, label: str) -> None:
    assert shortened(name) == label
    assert len(shortened(name)) <= 47


# Pages


def test_two_letters_are_the_address_of_a_country() -> None:
    pair = [commitment("pl", id) for id in ("a", "b")]
    found = subjects(atlas(city("a"), city("b"), network("pl"), *pair))
    assert [(one.kind, one.address) for one in found] == [("country", "pl"), ("instrument", "instrument-pl")]


def test_no_two_tables_of_the_data_share_an_address() -> None:
    addresses = [subject.address for subject in subjects(sample_lens("en").atlas)]
    assert len(addresses) == len(set(addresses))
    assert {"pl", "eccar", "cemr-charter", "ump"} <= set(addresses)


def test_a_table_needs_two_cities() -> None:
    every = atlas(city("a"), city("b", country="CZ"), network("n"), commitment("n", "a"))
    assert subjects(every) == ()
    assert table_link(lens(every), "country", "PL") is None


def page_of(id: str, lang: str = "en", number: int = 1) -> ComparisonPage:
    through = sample_lens(lang)
    subject = next(s for s in subjects(through.atlas) if s.address == id)
    return comparison_page(through, numbered(subject.address, number))


def test_the_twelve_metropolises() -> None:
    page = page_of("ump")
    assert (page.heading, page.frame.path) == ("Members compared: UMP", "compare/ump/")
    assert [row.city.text for row in page.table.rows] == [
        "Białystok", "Bydgoszcz", "Gdańsk", "Katowice", "Kraków", "Łódź", "Lublin", "Poznań", "Rzeszów",
        "Szczecin", "Warsaw", "Wrocław",
    ]  # fmt: skip
    assert page.table.columns[0].id == "ump"
    assert page.pieces is None


def test_rows_follow_the_language() -> None:
    page = page_of("ump", "pl")
    assert page.frame.path == "pl/porownaj/ump/"
    assert [row.city.text for row in page.table.rows][4:8] == ["Kraków", "Lublin", "Łódź", "Poznań"]


def test_the_lead_counts_pairs_by_state() -> None:
    through = lens(small())
    page = comparison_page(through, "pl")
    assert page.frame.path == "compare/pl/"
    assert page.lead == (
        "3 cities beside 3 networks and charters: 3 commitments, 2 applicants or observers and 2 times “no”.",
        "2 boxes nobody has checked; they are not a “no”.",
    )


def test_the_example_is_of_the_network_whose_cities_have_most_commitments() -> None:
    page = compare_page(
        lens(
            atlas(
                *(city(id) for id in ("krakow", "lodz", "gdansk")),
                city("turku", country="FI"),
                network("home"),
                network("abroad"),
                charter("pact"),
                *(commitment("home", id) for id in ("gdansk", "krakow", "lodz")),
                *(commitment("abroad", id) for id in ("krakow", "turku")),
                commitment("pact", "lodz", "signatory"),
            )
        )
    )
    assert page.example == ("krakow", "lodz", "gdansk")
    assert page.example_says == (
        "An example: the cities of Network home with most commitments. Choose places of your own above."
    )


def pages_of(towns: list[City], *, network_alone: bool = True) -> list[ComparisonPage]:
    """Return the pages of the table of a network of these cities, or of the country of the first one."""
    through = lens(atlas(*towns, network("n"), *(commitment("n", town.id) for town in towns)))
    address = "n" if network_alone else towns[0].country.lower()
    made = comparison_parts(through.atlas).items()
    return [comparison_page(through, id) for id, (subject, _) in made if subject.address == address]


def test_long_tables_are_cut_between_countries() -> None:
    cities = [city(f"{country.lower()}{number}", country=country) for country in ("AT", "BE", "CZ")
              for number in range(70)]  # fmt: skip
    assert [len(page.table.rows) for page in pages_of(cities)] == [70, 70, 70]
    assert [len(page.table.rows) for page in pages_of(cities[:120])] == [120]
    assert [page.pieces and page.pieces.said for page in pages_of(cities[:140])] == [
        "Rows 1–70 of 140.",
        "Rows 71–140 of 140.",
    ]
    second = pages_of(cities)[1].pieces
    assert second and [(link.text, link.href) for link in second.links] == [
        ("Austria (rows 1–70)", "compare/n/"),
        ("Belgium (rows 71–140)", "compare/n/2/"),
        ("Czechia (rows 141–210)", "compare/n/3/"),
    ]


@pytest.mark.parametrize("network_alone", [True, False])
def test_the_table_of_one_large_country_is_cut_between_letters(network_alone: bool) -> None:
    cities = [city(f"{letter}{number:03}") for letter in "abc" for number in range(50)]
    first = pages_of(cities, network_alone=network_alone)[0]
    assert len(first.table.rows) == 100
    assert first.pieces and [link.text for link in first.pieces.links] == [
        "A – B (rows 1–100)",
        "C (rows 101–150)",
    ]


def test_no_page_of_the_data_holds_more_than_it_should() -> None:
    for lang in ("en", "pl"):
        through = sample_lens(lang)
        pages = [comparison_page(through, id) for id in comparison_parts(through.atlas)]
        assert max(len(page.table.rows) for page in pages) <= LONGEST
        assert len({page.frame.path for page in pages}) == len(pages)


def many() -> Atlas:
    """Return cities that begin differently in each language, more than fit in two tables."""
    towns = [
        city(f"c{number}", names={"en": f"A {number}", "pl": f"{'ŻB'[number % 2]} {number}"})
        for number in range(250)
    ]
    member = (commitment("n", town.id) for town in towns)
    return atlas(*towns, network("n", topics=("human-rights",)), *member)


def test_parts_hold_the_same_cities_in_every_language() -> None:
    for number in (1, 2, 3):
        english, polish = (
            {row.id for row in comparison_page(one, numbered("n", number)).table.rows}
            for one in (lens(many(), lang) for lang in ("en", "pl"))
        )
        assert english == polish


def test_the_second_part_has_its_own_address() -> None:
    through = lens(many())
    page = comparison_page(through, numbered("n", 2))
    assert page.frame.path == "compare/n/2/"
    assert page.frame.title == "Members compared: Network n, page 2"


def test_every_table_is_on_the_list() -> None:
    through = sample_lens("en")
    listed = [tally.link.href for group in compare_page(through).tables for tally in group.entries]
    assert sorted(listed) == sorted(f"compare/{s.address}/" for s in subjects(through.atlas))


def test_the_document_of_a_city_carries_the_words_of_every_language() -> None:
    record = documents.city(lenses(small()), "krakow")
    assert record["id"] == "krakow"
    assert [one["instrument"] for one in record["commitments"]] == ["icc", "wel", "wel"]
    claim = record["commitments"][0]
    assert claim["disputed"]
    assert claim["shown"] == {
        "en": {"word": "Committed", "head": "2020", "rest": "18 Dec", "instrument": "ICC"},
        "pl": {"word": "Zobowiązanie", "head": "2020", "rest": "18 gru", "instrument": "ICC"},
    }
    assert claim["statement"] == {
        "en": "Kraków has belonged to ICC since 18 December 2020.",
        "pl": "Kraków należy do ICC od 18 grudnia 2020\u00a0r.",
    }
    assert claim["pages"] == {"en": "cities/krakow/#icc", "pl": "pl/miasta/krakow/#icc"}


# Golden files


def rendered(lang: str = "en") -> str:
    """Return the table of the small atlas as a page holds it."""
    through = lens(small(), lang)
    environment = Templates(ROOT / "theme/templates").environment(through.lang, "../../")
    template = environment.from_string(
        '{% from "_comparison.html" import comparison %}{{ comparison(table, "Golden") }}'
    )
    return template.render(table=built(through))


def test_golden() -> None:
    assert rendered().encode() == (GOLDEN / "comparison-table.html").read_bytes()


def test_contributed_text_stays_text() -> None:
    assert "<b>Network" not in rendered()
    assert "Welcome &lt;b&gt;Network&lt;/b&gt;" in rendered()


if __name__ == "__main__":
    (GOLDEN / "comparison-table.html").write_bytes(rendered().encode())
