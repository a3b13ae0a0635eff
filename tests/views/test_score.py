"""The picture of a timeline: what is counted, where it lies, and what the drawing says."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from tests.builders import atlas, charter, city, commitment, lens, network, when

from atlas.drawings.time import score as svg
from atlas.model.records import Atlas
from atlas.views.analysis.accessions import YearSum
from atlas.views.lanes.score import Score, score
from atlas.views.lens import Lens
from atlas.views.pages import timeline
from atlas.views.pages.country import country_page
from atlas.views.pages.topic import topic_page


def small() -> Atlas:
    """Return an atlas with every way in which an accession is dated."""
    many = [city(f"c{number:02}") for number in range(20)]
    return atlas(
        *many,
        city("krakow", "Kraków"),
        city("turku", "Turku", country="FI"),
        network("old", "Old", topics=("participation",), began=when("1950")),
        network("eccar", "Coalition", acronym="ECCAR", topics=("anti-racism",), began=when("2004-12-10")),
        network("later", "Later", began=when("2015-05")),
        charter("pact", "Pact", topics=("migration",)),
        charter("vow", "Vow", topics=("migration",)),
        commitment("old", "turku", since="1960"),
        commitment("old", "krakow", since="1990-10-11"),
        commitment("eccar", "krakow", since="2024-09-25"),
        commitment("eccar", "turku", "former", since="2024-09", until="2025-01-01"),
        commitment("eccar", "c00", since="../2024"),
        commitment("eccar", "c01", since="2023"),
        commitment("eccar", "c02"),
        commitment("eccar", "c03", "applicant", since="2024-01-01"),
        commitment("later", "krakow", since="2020-05"),
        commitment("vow", "krakow", "signatory"),
        *(commitment("pact", one.id, "signatory", since="2019-06-30") for one in many),
    )


def made(through: Lens) -> Score:
    found = score(through, through.atlas.commitments, lambda year: f"#y-{year}")
    assert found is not None
    return found


def test_every_accession_is_counted_once_and_applications_are_none() -> None:
    found = made(lens(small()))
    assert found.lead == (
        "22 cities have made 29 commitments to 5 networks and charters. "
        "A source dates 27 of them; 2 have no known date and are not drawn. "
        "Of all recorded, 1 has ended."
    )
    assert sum(one.sum.number for one in found.columns) == 26
    assert found.earlier == "Before 1982: 1, told in the list."


def test_the_sentence_in_polish() -> None:
    assert made(lens(small(), "pl")).lead == (
        "29 zobowiązań w 22 miastach: 5 sieci i kart. "
        "Z datą w źródle: 27; 2 są bez znanej daty i nie ma ich na rysunku. "
        "Spośród odnotowanych 1 już się zakończyło."
    )


def test_a_year_tells_days_months_and_the_rest_apart_and_leads_to_the_list() -> None:
    found = {one.sum.year: one for one in made(lens(small())).columns}
    assert found[2024].sum == YearSum(year=2024, days=1, months=1, vague=1)
    assert (found[2024].href, found[2024].says) == ("#y-2024", "3 accessions")
    assert (found[2018].href, found[2018].sum.number) == (None, 0)
    assert list(found) == list(range(1982, 2027))


def test_years_on_the_page_of_a_country_and_of_a_topic_lead_to_its_timeline() -> None:
    held = (commitment("eccar", "lodz", since="2011"), commitment("eccar", "turku", since="2024"))
    found = atlas(city("lodz"), city("turku"), network("eccar", topics=("anti-racism",)), *held)
    for page, beginning in (
        (country_page(lens(found), "PL"), "timeline/countries/pl/"),
        (topic_page(lens(found, "pl"), "anti-racism"), "pl/os-czasu/tematy/anti-racism/"),
    ):
        assert page.score
        years = {one.sum.year: one.href for one in page.score.columns if one.href}
        assert years == {2011: f"{beginning}#y-2011", 2024: f"{beginning}#y-2024"}


def test_lanes_stand_in_the_order_of_founding_and_the_undated_in_a_sentence() -> None:
    found = made(lens(small()))
    assert [(one.link.text, one.known, one.says) for one in found.lanes] == [
        ("Old", "all 2 dated", "from 1960 to 1990"),
        ("ECCAR", "4 of 5 dated", "from 2023 to 2024"),
        ("Later", "1, dated", "in 2020"),
        ("Pact", "all 20 dated", "in 2019"),
    ]
    assert [(one.link.text, one.number) for one in found.undated] == [("Vow", "1")]
    assert found.small == ()


def test_after_twelve_lanes_the_others_are_small() -> None:
    nets = [network(f"n{number:02}") for number in range(14)]
    held = [commitment(one.id, "krakow", since=f"{2000 + at}-05-01") for at, one in enumerate(nets)]
    found = made(lens(atlas(city("krakow"), *nets, *held)))
    assert (len(found.lanes), len(found.small)) == (12, 2)


def test_dates_of_one_year_make_no_picture() -> None:
    looking = lens(small())
    one_year = [c for c in looking.atlas.commitments if c.instrument == "pact"]
    assert score(looking, one_year, lambda year: "") is None


def test_what_can_be_counted_stands_above_the_line_and_the_rest_is_one_shadow() -> None:
    found = made(lens(small()))
    drawn = str(svg.lane(found.lanes[1], found))
    ElementTree.fromstring(drawn)
    assert drawn.startswith('<svg class="lane st t-anti-racism" aria-hidden="true">')
    assert drawn.count('class="discs"') == drawn.count('class="rings"') == 1
    # 2023 and 2024 are neighbours: one shadow that never ends between them
    shadow = drawn.split('class="shade" d="')[1].split('"')[0]
    assert shadow.count("M") == shadow.count("Z") == 1


def test_more_than_eighteen_are_a_block_with_its_number() -> None:
    found = made(lens(small()))
    drawn = str(svg.lane(found.lanes[3], found))
    assert '<text y="-30" text-anchor="middle">20</text>' in drawn
    assert 'class="discs"' not in drawn


def test_bars_of_a_lane_have_one_measure() -> None:
    cities = [city(f"c{number:02}") for number in range(60)]
    held = [
        commitment("big", one.id, since="2020-05-01" if n < 40 else "2021-05-01")
        for n, one in enumerate(cities)
    ]
    found = made(lens(atlas(network("big"), *cities, *held)))
    bars = str(svg.lane(found.lanes[0], found)).split('<g class="nw">')[1:]
    assert ['height="38.0"' in bars[0], 'height="19.0"' in bars[1]] == [True, True]


def test_the_tallest_column_has_the_whole_height() -> None:
    found = {one.sum.year: one for one in made(lens(small())).columns}
    assert str(svg.column(found[2019], 20)) == (
        '<svg height="150" aria-hidden="true"><rect class="hd" y="0.0" width="100%" height="150.0"/></svg>'
    )
    assert str(svg.column(found[2018], 20)) == ""


def test_years_of_a_country_and_a_topic_lead_to_the_page_of_the_timeline_that_tells_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timeline, "TIMELINE_PAGE_SIZE", 10)
    cities = [city(f"c{number:02}", country="IT") for number in range(20)]
    held = [commitment("big", one.id, since=f"{2020 + n % 4}-05-01") for n, one in enumerate(cities)]
    looking = lens(atlas(network("big", topics=("anti-racism",)), *cities, *held))
    scores = {
        "countries/it": country_page(looking, "IT").score,
        "topics/anti-racism": topic_page(looking, "anti-racism").score,
    }
    for part, drawn in scores.items():
        assert drawn
        assert [one.href for one in drawn.columns if one.href] == [
            f"timeline/{part}/4/#y-2020",
            f"timeline/{part}/3/#y-2021",
            f"timeline/{part}/2/#y-2022",
            f"timeline/{part}/#y-2023",
        ]
