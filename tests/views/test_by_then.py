""" "By 2018" (``../2018``): it was so then, since nobody knows when; in words, drawings and exports."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date

import pytest
from tests.builders import ROOT, action, atlas, charter, city, commitment, lens, network, when

from atlas.drawings.time import lanes as svg
from atlas.languages.language import NBSP, Language
from atlas.languages.words import DateMark
from atlas.model.dates import Duration, parse_date
from atlas.model.records import Obligation
from atlas.opendata.api.values import date as api_date
from atlas.opendata.tables.relational import date_values
from atlas.views import evidence
from atlas.views.analysis.accessions import accessions
from atlas.views.analysis.comparison_table import period
from atlas.views.analysis.events import events
from atlas.views.analysis.obligations import dues, is_exact, term
from atlas.views.lanes.geometry import Lane, LanePeriod, scale, signs
from atlas.views.lens import Lens

BOTH = (Language("en"), Language("pl"))
DATES = {
    # value: (standing alone, within a sentence, in answer to "when") in English, then in Polish
    "../2018": (
        ("by 2018", "2018 or earlier", "by 2018"),
        (
            f"najpóźniej w{NBSP}2018{NBSP}r.",
            f"2018{NBSP}r. lub wcześniej",
            f"najpóźniej w{NBSP}2018{NBSP}r.",
        ),
    ),
    "../2018-03": (
        ("by March 2018", "March 2018 or earlier", "by March 2018"),
        (
            f"najpóźniej w marcu 2018{NBSP}r.",
            f"marca 2018{NBSP}r. lub wcześniej",
            f"najpóźniej w marcu 2018{NBSP}r.",
        ),
    ),
    "../2018-03-03": (
        ("by 3 March 2018", "3 March 2018 or earlier", "by 3 March 2018"),
        (
            f"najpóźniej 3 marca 2018{NBSP}r.",
            f"3 marca 2018{NBSP}r. lub wcześniej",
            f"najpóźniej 3 marca 2018{NBSP}r.",
        ),
    ),
}


def through(code: str, *, status: str = "member", since: str = "../2018", **more: str) -> Lens:
    """Return a lens on one city in one network and under one charter since then."""
    return lens(
        atlas(
            city("krakow", "Kraków"),
            network("eccar", "Coalition"),
            charter("pact", "Pact"),
            commitment("eccar", "krakow", status, since=since, **more),
            commitment("pact", "krakow", "signatory", since=since, decided="../2018-03"),
        ),
        code,
    )


# The date


def test_a_date_by_then_has_no_first_day_and_a_last_one() -> None:
    by = parse_date("../2018-03~")
    assert (str(by), by.value, by.earliest, by.latest) == ("../2018-03~", "2018-03", None, date(2018, 3, 31))
    assert (by.open_start, by.approximate, by.year, by.month, by.day) == (True, True, 2018, 3, None)
    assert by.bound == parse_date("2018-03~")
    assert not is_exact(parse_date("../2018-03-03"))


def test_nothing_is_certainly_before_a_date_by_then() -> None:
    by = parse_date("../2018")
    assert not parse_date("1990").certainly_before(by)
    assert by.certainly_before(parse_date("2019"))
    assert not by.certainly_before(parse_date("2018-06"))


def test_a_date_by_then_is_sorted_with_the_year_that_is_written() -> None:
    texts = ["2019", "../2018", "2017-05", "2018-12-31"]
    assert sorted(texts, key=lambda text: parse_date(text).sort_key) == [
        "2017-05", "../2018", "2018-12-31", "2019",
    ]  # fmt: skip


# Words


@pytest.mark.parametrize("value", DATES)
def test_by_then_in_words(value: str) -> None:
    parsed = parse_date(value)
    said = tuple((one.date(parsed), one.in_sentence(parsed), one.when(parsed)) for one in BOTH)
    assert said == DATES[value]


def test_every_month_has_its_name_after_by() -> None:
    months = [parse_date(f"../2022-{month:02}") for month in range(1, 13)]
    english, polish = BOTH
    assert [english.when(month) for month in months] == [
        f"by {name} 2022"
        for name in (
            "January", "February", "March", "April", "May", "June",
            "July", "August", "September", "October", "November", "December",
        )
    ]  # fmt: skip
    assert [polish.when(month) for month in months] == [
        f"najpóźniej {name} 2022{NBSP}r."
        for name in (
            "w styczniu", "w lutym", "w marcu", "w kwietniu", "w maju", "w czerwcu",
            "w lipcu", "w sierpniu", "we wrześniu", "w październiku", "w listopadzie", "w grudniu",
        )
    ]  # fmt: skip


def test_the_margin_says_or_earlier_and_gives_machines_no_date() -> None:
    english, polish = BOTH
    assert english.mark(parse_date("../2018")) == DateMark(year="2018", rest="or earlier", iso=None)
    assert english.mark(parse_date("../2018-03")) == DateMark(year="2018", rest="March or earlier", iso=None)
    assert polish.mark(parse_date("../2018")) == DateMark(year="2018", rest="lub wcześniej", iso=None)
    assert polish.mark(parse_date("../2018-03-03")).rest == "3 marca lub wcześniej"
    assert english.mark(parse_date("../2018-03")).line == "March 2018 or earlier"
    assert english.short_date(parse_date("../2018-09")) == "Sept 2018 or earlier"
    assert polish.short_mark(parse_date("../2018-09")).rest == "wrz lub wcześniej"
    assert [one.year(parse_date("../2018")) for one in BOTH] == [f"≤{NBSP}2018"] * 2


@pytest.mark.parametrize(
    ("status", "english", "polish"),
    [
        (
            "member",
            "Kraków has belonged to Coalition since 2018 at the latest.",
            f"Kraków należy do Sieci eccar co najmniej od 2018{NBSP}r.",
        ),
        (
            "applicant",
            "Kraków applied to join Coalition by 2018.",
            f"Kraków zgłosił chęć przystąpienia do Sieci eccar najpóźniej w{NBSP}2018{NBSP}r.",
        ),
        (
            "observer",
            "Kraków has been an observer of Coalition since 2018 at the latest.",
            f"Kraków co najmniej od 2018{NBSP}r. ma status obserwatora (Sieć eccar).",
        ),
        (
            "suspended",
            "Kraków has belonged to Coalition since 2018 at the latest; its membership is suspended.",
            f"Kraków należy do Sieci eccar co najmniej od 2018{NBSP}r., lecz członkostwo jest zawieszone.",
        ),
        (
            "former",
            "Kraków belonged to Coalition by 2018 and has left it; no source says when.",
            f"Kraków należał do Sieci eccar najpóźniej w{NBSP}2018{NBSP}r., a dziś już nie; "
            "żadne źródło nie mówi, od kiedy.",
        ),
    ],
)
def test_who_is_in_it_by_then(status: str, english: str, polish: str) -> None:
    said = []
    for code in ("en", "pl"):
        seen = through(code, status=status)
        said.append(evidence.claim(seen, seen.atlas.commitments[0], on_city=True).statement)
    assert said == [english, polish]


def test_who_signed_decided_and_left_by_then() -> None:
    seen, polish = through("en", until="../2020"), through("pl", until="../2020")
    first, second = seen.atlas.commitments
    assert evidence.claim(seen, first, on_city=True).statement == (
        "Kraków belonged to Coalition from 2018 or earlier until 2020 or earlier."
    )
    assert evidence.claim(seen, second, on_city=True).statement == (
        "Kraków signed Pact by 2018; its council decided on it by March 2018."
    )
    assert evidence.claim(polish, first, on_city=True).statement == (
        f"Kraków należał do Sieci eccar od 2018{NBSP}r. lub wcześniej do 2020{NBSP}r. lub wcześniej."
    )
    assert evidence.claim(polish, second, on_city=True).statement.startswith(
        f"Kraków podpisał Kartę pact najpóźniej w{NBSP}2018{NBSP}r.; rada zdecydowała o tym "
    )


def test_a_cell_of_a_comparison_says_or_earlier() -> None:
    seen = through("en")
    cell = period(seen, seen.atlas.commitments[0])
    assert (cell.head, cell.rest, cell.iso) == ("2018", "or earlier", None)
    ended = through("en", status="former", since="../2010", until="2015")
    cell = period(ended, ended.atlas.commitments[0])
    assert (cell.head, cell.rest) == (f"≤{NBSP}2010–2015", "ended")


# Holding, events and terms


def test_what_was_so_by_then_counts_as_committed() -> None:
    seen = through("en")
    assert len(seen.committed(seen.atlas.commitments)) == 2


def test_an_event_by_then_stands_in_its_year() -> None:
    assert {(event.when.year, event.when.rest) for event in events(through("en"))} == {
        ("2018", "or earlier"), ("2018", "March or earlier"),
    }  # fmt: skip


def test_an_action_by_then_is_sorted_in_its_year() -> None:
    dated = [action(id, date=text) for id, text in (("a", "2017"), ("b", "../2018"), ("c", "2019"))]
    assert [one.id for one in evidence.newest_first(dated)] == ["c", "b", "a"]


def test_a_term_from_a_date_by_then_ends_at_the_latest() -> None:
    duty = Obligation(id="plan", text={"en": "Plan.", "pl": "Plan."}, due_within=Duration("P2Y", years=2))
    said = []
    for code in ("en", "pl"):
        seen = lens(
            atlas(
                city("krakow"),
                charter("pact", obligations=(duty,)),
                commitment("pact", "krakow", "signatory", since="../2018-03-03"),
            ),
            code,
        )
        [due] = dues(seen)
        assert (due.earliest, due.latest, due.exact) == (None, date(2020, 3, 3), False)
        said.append(term(seen.lang, due))
    assert said == ["Due by 3 March 2020 at the latest.", f"Termin upływa najpóźniej 3 marca 2020{NBSP}r."]


def test_who_joined_by_then_is_counted_from_then_and_not_drawn() -> None:
    cities = [city(f"c{number}") for number in range(4)]
    dates = ("2016", "2017-05", "2020", "../2018")
    joined = [commitment("eccar", one.id, since=date) for one, date in zip(cities, dates, strict=True)]
    found = accessions(lens(atlas(*cities, network("eccar"), *joined)), network("eccar"))
    assert found is not None
    assert [(year.year, year.number, year.standing) for year in found.years][:5] == [
        (2016, 1, "1"), (2017, 1, "2"), (2018, 0, "3"), (2019, 0, "3"), (2020, 1, "4"),
    ]  # fmt: skip
    assert found.undated == (
        "Of 1 only the last possible date is known: it is not drawn, and counts from then on."
    )


# Drawings


def test_by_then_is_a_fade_that_is_full_from_its_end_on() -> None:
    on = scale([when("2010"), when("../2018")], date(2026, 11, 22))
    mark, year = on.mark(when("../2018")), on.mark(when("2018"))
    assert mark is not None and year is not None
    assert (mark.fade, mark.high) == (True, year.high)
    lane = Lane(periods=(LanePeriod(mark, "open"),))
    drawn = str(svg.lane(lane, on))
    at = f"{mark.high * 100:.1f}".removesuffix(".0")
    assert f'<rect class="span" x="{at}%" y="50%" width=' in drawn
    assert 'height="4" mask="url(#s-mi)"/>' in drawn
    assert f'<use href="#s-p" x="{at}%" y="50%"/>' in drawn
    assert signs([lane]) == {"or-earlier", "open"}


def test_the_scale_does_not_reach_back_to_the_beginning_of_time() -> None:
    assert scale([when("../2018")], date(2026, 11, 22)).years == 10


# Machines


def test_exports_and_the_api_leave_the_first_day_empty() -> None:
    by = parse_date("../2018")
    assert date_values(by) == ("../2018", "year", None, "2018-12-31")
    assert api_date(by) == {
        "edtf": "../2018",
        "value": "2018",
        "precision": "year",
        "earliest": None,
        "latest": "2018-12-31",
        "approximate": False,
        "uncertain": False,
    }


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")
def test_the_year_slider_counts_it_from_the_year_after_for_sure() -> None:
    script = """
        const { inYear, parsed } = await import(process.argv[1]);
        const one = { status: "member", held: "member", since: parsed("../2018"), until: null };
        console.log(JSON.stringify([2017, 2018, 2019, null].map((year) => inYear(one, year, "2026-11-22"))));
    """
    module = (ROOT / "theme/static/js/map/years.js").as_uri()
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script, module], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [
        None,
        {"status": "member", "sign": "soft"},
        {"status": "member", "sign": "certain"},
        {"status": "member", "sign": "certain"},
    ]
