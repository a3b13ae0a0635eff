"""Lanes and accessions: positions, words, SVG; run as a module it writes the golden file anew."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.builders import (
    ROOT,
    atlas,
    charter,
    city,
    commitment,
    contradiction,
    lens,
    network,
    when,
)

from atlas.drawings.time import accessions as accessions_svg
from atlas.drawings.time import lanes as svg
from atlas.model.records import Atlas
from atlas.views.analysis.accessions import accessions
from atlas.views.lanes.geometry import (
    LEFT,
    LENGTHS,
    RIGHT,
    Lane,
    LanePeriod,
    Mark,
    Scale,
    scale,
    signs,
)
from atlas.views.lanes.tables import LaneTable, city_lanes
from atlas.views.lens import Lens

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
AS_OF = date(2026, 11, 22)


def small() -> Atlas:
    """Return an atlas with every way in which a commitment may lie in time."""
    return atlas(
        city("krakow", "Kraków"),
        city("lodz", "Łódź"),
        city("turku", "Turku", country="FI"),
        city("oulu", "Oulu", country="FI"),
        network("eccar", "Coalition", topics=("anti-racism",), began=when("2004-12-10")),
        network("icorn", "Refuge", topics=("freedom-of-expression",), began=when("2006-06")),
        network("ump", "Union", topics=("participation",)),
        network("old", "Old & <b>bold</b>"),
        charter("pact", "Pact", topics=("migration",), began=when("2019")),
        charter("vow", "Vow", topics=("migration",)),
        commitment("eccar", "krakow", decided="2024-03-06", since="2024-09-25"),
        commitment("eccar", "lodz", since="2011"),
        commitment("eccar", "turku"),
        commitment("eccar", "oulu"),
        commitment("icorn", "krakow", since="2011~"),
        commitment("icorn", "turku", "former"),
        commitment("ump", "krakow"),
        commitment("old", "krakow", "former", since="1992", until="2004-05-01"),
        commitment("old", "krakow", since="2010-02", period="2010-02"),
        commitment("pact", "krakow", "signatory", since="2020-11-16"),
        commitment("pact", "lodz", "signatory", since="2020-11-16"),
        commitment("vow", "krakow", "applicant", since="2023-12-19"),
        commitment("vow", "lodz", "declined", since="2022"),
        contradiction("commitments/icorn:krakow", "since", "2011~", preferred=True),
    )


def through(code: str = "en") -> Lens:
    return lens(small(), code)


def words(table: LaneTable | None) -> list[tuple[str, str, tuple[str, ...]]]:
    assert table is not None
    return [(row.link.text, row.when, row.notes) for row in table.rows]


# Positions


def test_a_scale_ends_with_the_day_of_the_edition_and_holds_all_dates() -> None:
    found = scale([when("1990-10-11"), None, when("2024")], AS_OF)
    assert found.years == 40
    assert found.at(AS_OF) == found.today == pytest.approx(RIGHT)
    assert found.at(date(1990, 10, 11)) >= LEFT


def test_a_scale_of_nothing_has_the_least_length() -> None:
    assert scale([], AS_OF).years == LENGTHS[0] == 6


def test_a_date_after_the_edition_makes_room_for_itself() -> None:
    found = scale([when("2028-01-01")], AS_OF)
    assert found.today < found.at(date(2028, 1, 1)) == pytest.approx(RIGHT)


def test_a_scale_knows_no_day_before_the_first() -> None:
    found = scale([when("0001")], AS_OF)
    assert found.first == 1
    assert [tick.label for tick in found.ticks] == ["500", "1000", "1500", "2000"]


def test_only_a_day_is_a_point() -> None:
    found = scale([when("2007")], AS_OF)
    day, month, year = (found.mark(when(text)) for text in ("2015-03-01", "2015-03", "2015"))
    assert day and month and year
    assert day.low == day.high
    assert year.low < month.low < month.high < year.high
    assert found.mark(None) is None
    days = (RIGHT - LEFT) / (found.last - found.first)
    assert year.high - year.low == pytest.approx(364 * days)
    assert month.high - month.low == pytest.approx(30 * days)


@pytest.mark.parametrize(
    ("text", "soft"), [("2015", False), ("2015~", True), ("2015?", True), ("2015%", True)]
)
def test_what_the_source_doubts_is_soft(text: str, soft: bool) -> None:
    mark = scale([], AS_OF).mark(when(text))
    assert mark is not None and mark.soft is soft


def test_positions_stay_within_the_drawing() -> None:
    found = Scale(first=730_000, last=735_000, years=14, today=RIGHT)
    assert found.at(date.min) == 0
    assert found.at(date.max) == 1


def test_ticks_are_round_years_and_few() -> None:
    assert [(tick.label, tick.minor) for tick in scale([when("1990")], AS_OF).ticks] == [
        ("1990", False), ("1995", True), ("2000", False), ("2005", True),
        ("2010", False), ("2015", True), ("2020", False), ("2025", True),
    ]  # fmt: skip
    assert all(len(scale([when(f"{year}")], AS_OF).ticks) <= 9 for year in range(1900, 2026))


def test_the_style_sheet_knows_the_width_of_a_year_in_every_scale() -> None:
    css = (ROOT / "theme/static/css/timeline.css").read_text("utf-8")
    widths = {int(n): float(w) for n, w in re.findall(r"\.n(\d+) \{\s+--year: ([\d.]+)cqw;\s+\}", css)}
    assert tuple(widths) == LENGTHS
    for years, width in widths.items():
        assert width == pytest.approx((RIGHT - LEFT) * 100 / years, abs=0.01)


def test_the_key_explains_the_signs_that_occur() -> None:
    day, year = Mark(0.5, 0.5, "day"), Mark(0.4, 0.6, "year")
    assert signs([Lane(periods=(LanePeriod(day, "open", decided=day),))]) == {"day", "open", "decided"}
    assert signs([Lane(periods=(LanePeriod(None, "moment"),))]) == {"moment-unknown"}
    assert signs([Lane(periods=(LanePeriod(None, "unknown"), LanePeriod(year, "ended", day)))]) == {
        "start-unknown", "unknown", "interval", "ended", "day",
    }  # fmt: skip


# Rows


def test_a_city_has_a_lane_for_each_instrument_the_oldest_first() -> None:
    table = city_lanes(through(), "krakow")
    assert words(table) == [
        ("Old & <b>bold</b>", "February 2010", ("earlier: 1992 to 1 May 2004",)),
        ("Refuge", "2011, approximately", ("sources differ",)),
        ("Pact", "16 November 2020", ()),
        ("Vow", "19 December 2023", ("applicant",)),
        ("Coalition", "25 September 2024", ("decided 6 March 2024",)),
        ("Union", "date unknown", ()),
    ]
    assert table is not None
    endings = [[period.ending for period in row.lane.periods] for row in table.rows]
    assert endings == [["ended", "open"], ["open"], ["moment"], ["waiting"], ["open"], ["open"]]
    assert table.rows[0].link.href == "cities/krakow/#old-2010-02"
    assert table.more == "timeline/?p=krakow"
    assert table.caption == "Commitments over time: Kraków"


def test_the_words_of_a_lane_in_polish() -> None:
    assert words(city_lanes(through("pl"), "krakow"))[4] == (
        "Sieć eccar",
        "25 września 2024",
        ("decyzja: 6 marca 2024",),
    )


def test_a_city_without_a_date_has_no_drawing() -> None:
    assert city_lanes(through(), "oulu") is None
    assert city_lanes(through(), "turku") is None


def test_what_was_declined_is_not_drawn() -> None:
    table = city_lanes(through(), "lodz")
    assert words(table) == [("Coalition", "2011", ()), ("Pact", "16 November 2020", ())]


# Drawings


def drawn(*parts: str, colour: str = "") -> str:
    return f'<svg class="lane{colour}" aria-hidden="true">{"".join(parts)}</svg>'


def sample(period: LanePeriod) -> str:
    on = Scale(first=0, last=1000, years=6, today=0.95)
    return str(svg.lane(Lane(periods=(period,), topic="migration"), on))


DAY, YEAR = Mark(0.25, 0.25, "day"), Mark(0.2, 0.3, "year")
LINE = '<rect class="span" x="25%" y="50%" width="70%" height="4"/>'


@pytest.mark.parametrize(
    ("period", "parts"),
    [
        pytest.param(
            LanePeriod(DAY, "open"),
            [LINE, '<use href="#s-a" x="95%" y="50%"/>', '<use href="#s-d" x="25%" y="50%"/>'],
            id="exact day, open end",
        ),
        pytest.param(
            LanePeriod(YEAR, "open"),
            [
                '<rect class="span" x="30%" y="50%" width="65%" height="4"/>',
                '<rect class="span" x="20%" y="50%" width="10%" height="4" mask="url(#s-mi)"/>',
                '<use href="#s-a" x="95%" y="50%"/>',
                '<use href="#s-y" x="25%" y="50%"/>',
            ],
            id="year only: a band, the line grows out of it",
        ),
        pytest.param(
            LanePeriod(None, "open"),
            [
                '<line class="dash" x1="3.8%" x2="93.8%" y1="50%" y2="50%"/>',
                '<use href="#s-q" x="1.8%" y="50%"/>',
                '<use href="#s-a" x="95%" y="50%"/>',
            ],
            id="start unknown",
        ),
        pytest.param(
            LanePeriod(DAY, "ended", Mark(0.5, 0.5, "day")),
            [
                '<rect class="span" x="25%" y="50%" width="25%" height="4"/>',
                '<use href="#s-e" x="50%" y="50%"/>',
                '<use href="#s-d" x="25%" y="50%"/>',
            ],
            id="ended on a day",
        ),
        pytest.param(
            LanePeriod(DAY, "ended", Mark(0.5, 0.6, "year")),
            [
                '<rect class="span" x="25%" y="50%" width="25%" height="4"/>',
                '<use href="#s-y" x="55%" y="50%"/>',
                '<use href="#s-d" x="25%" y="50%"/>',
            ],
            id="ended in a year",
        ),
        pytest.param(
            LanePeriod(DAY, "unknown"),
            [
                '<rect class="span" x="25%" y="50%" width="14%" height="4" mask="url(#s-mo)"/>',
                '<use href="#s-q" x="40.5%" y="50%"/>',
                '<use href="#s-d" x="25%" y="50%"/>',
            ],
            id="end unknown",
        ),
        pytest.param(LanePeriod(DAY, "moment"), ['<use href="#s-d" x="25%" y="50%"/>'], id="signature"),
        pytest.param(
            LanePeriod(None, "moment"), ['<use href="#s-q" x="1.8%" y="50%"/>'], id="signature, date unknown"
        ),
        pytest.param(
            LanePeriod(Mark(0.24, 0.26, "month", soft=True), "moment"),
            ['<use href="#s-m" x="25%" y="50%" class="soft"/>'],
            id="approximate month",
        ),
        pytest.param(
            LanePeriod(DAY, "waiting"),
            [
                '<line class="dash" x1="25%" x2="95%" y1="50%" y2="50%"/>',
                '<use href="#s-r" x="25%" y="50%"/>',
            ],
            id="applied",
        ),
        pytest.param(
            LanePeriod(DAY, "moment", decided=Mark(0.2, 0.2, "day")),
            ['<use href="#s-d" x="25%" y="50%"/>', '<use href="#s-r" x="20%" y="50%"/>'],
            id="decided before",
        ),
    ],
)
def test_a_period_is_drawn(period: LanePeriod, parts: list[str]) -> None:
    assert sample(period) == drawn('<use href="#s-s"/>', *parts, colour=" t-migration")


def test_all_signs_in_use_are_defined_once() -> None:
    table = city_lanes(through(), "krakow")
    assert table is not None
    signs_drawn = str(svg.defs(table.scale))
    defined = re.findall(r'id="(s-[a-z0-9]+)"', signs_drawn)
    assert len(defined) == len(set(defined))
    whole = drawing(table)
    assert set(re.findall(r'href="#([a-z0-9-]+)"|url\(#([a-z0-9-]+)\)', whole)) <= {
        (one, "") for one in defined
    } | {("", one) for one in defined}
    assert not re.search(r"\sstyle=|\son[a-z]+=", whole)


def drawing(table: LaneTable) -> str:
    """Return all of a drawing, one lane a line."""
    lines = [svg.defs(table.scale), svg.axis(table.scale, "today")]
    lines += [svg.lane(row.lane, table.scale) for row in table.rows]
    lines += [svg.lane(one.lane) for one in table.key]
    return "".join(f"{line}\n" for line in lines)


def golden() -> str:
    table = city_lanes(through(), "krakow")
    assert table is not None
    return drawing(table)


def test_golden() -> None:
    assert golden() == (GOLDEN / "lanes-city.svg").read_text("utf-8")
    for line in golden().splitlines():
        ElementTree.fromstring(line)


# Accessions


def test_accessions_count_known_dates_and_state_the_others() -> None:
    looking = through()
    found = accessions(looking, looking.atlas.instruments["eccar"])
    assert found is not None
    assert (found.signs, found.sentence, found.undated) == (
        False,
        "Of the 2 with a known date, 1 had joined by 2011.",
        "A date is known for 2 of 4 recorded; the others are not drawn, because nothing is guessed.",
    )
    assert [(one.year, one.precisions, one.standing) for one in found.years if one.number] == [
        (2011, ("year",), "1"),
        (2024, ("day",), "2"),
    ]
    assert (found.years[0].year, found.years[-1].year) == (2011, 2026)


def test_those_who_left_are_counted_until_then() -> None:
    looking = through()
    found = accessions(looking, looking.atlas.instruments["old"])
    assert found is not None
    standing = {one.year: one.standing for one in found.years}
    assert [standing[year] for year in (1992, 2003, 2004, 2009, 2010, 2026)] == ["1", "1", "0", "0", "1", "1"]


def test_accessions_of_one_year_make_no_chart() -> None:
    looking = through()
    assert accessions(looking, looking.atlas.instruments["pact"]) is None
    assert accessions(looking, looking.atlas.instruments["ump"]) is None


def test_a_chart_stacks_a_mark_for_each_city() -> None:
    looking = through()
    found = accessions(looking, looking.atlas.instruments["eccar"])
    assert found is not None
    chart = str(accessions_svg.chart(found, "anti-racism"))
    label = "Accessions with a known date by year, from 2011 to 2026: 2"
    assert chart.startswith(f'<svg class="acc t-anti-racism" role="img" aria-label="{label}" height="64">')
    assert (
        '<g><title>2011: 1</title><svg x="3.12%" y="20"><path class="bar" d="M-9.75 0H9.75" '
        'stroke-width="9.75"/></svg></g>'
    ) in chart
    assert '<g><title>2024: 1</title><circle class="known" cx="84.38%" cy="20" r="6.5"/></g>' in chart
    ElementTree.fromstring(chart)


def test_many_accessions_in_one_year_become_bars() -> None:
    cities = [city(f"c{number}") for number in range(200)]
    held = [
        commitment("big", one.id, since="2015" if n % 2 else "2014-05-01") for n, one in enumerate(cities)
    ]
    looking = lens(atlas(network("big"), *cities, *held))
    found = accessions(looking, looking.atlas.instruments["big"])
    assert found is not None
    chart = str(accessions_svg.chart(found))
    assert "<circle" not in chart
    assert chart.count("<rect") == 2


if __name__ == "__main__":
    (GOLDEN / "lanes-city.svg").write_text(golden(), "utf-8")
