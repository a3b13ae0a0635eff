"""Obligations: due as exactly as the date they count from, met only where something says so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.builders import action, atlas, charter, city, commitment, lens, network

from atlas.model.dates import parse_duration
from atlas.model.records import Atlas, Obligation
from atlas.views.analysis.obligations import Due, city_dues, dues, instrument_dues
from atlas.views.lens import Lens

AS_OF = date(2022, 11, 22)


def plan(within: str = "P2Y") -> Obligation:
    text = {"en": "Draw up a plan.", "pl": "Opracować plan."}
    return Obligation(id="plan", text=text, due_within=parse_duration(within))


def of(*records: Any, within: str = "P2Y") -> Atlas:
    duties = (plan(within), Obligation(id="report", text={"en": "Report."}))
    pact = charter("pact", names={"en": "Pact", "pl": "Pakt"}, acronym="Pact", obligations=duties)
    return atlas(city("krakow", "Kraków"), city("lodz", "Łódź"), pact, *records)


def signed(since: str | None = None, **fields: Any) -> Any:
    return commitment("pact", "krakow", "signatory", since=since, **fields)


def acted(id: str, status: str | None, date: str | None = None, **fields: Any) -> Any:
    cities, fulfils = fields.pop("cities", ("krakow",)), fields.pop("fulfils", ("plan",))
    return action(id, instrument="pact", status=status, date=date, cities=cities, fulfils=fulfils)


def seen(whole: Atlas, code: str = "en", as_of: date = AS_OF) -> Lens:
    return lens(whole, code, as_of)


def only(whole: Atlas, as_of: date = AS_OF) -> Due:
    (due,) = dues(seen(whole, as_of=as_of))
    return due


def sentence(whole: Atlas, code: str = "en", as_of: date = AS_OF) -> str:
    (entry,) = city_dues(seen(whole, code, as_of), "krakow")
    return f"{entry.label}: {entry.sentence}".replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("since", "within", "earliest", "latest", "when"),
    [
        ("2020-11-16", "P2Y", date(2022, 11, 16), date(2022, 11, 16), "2022-11-16"),
        ("2020-02-29", "P2Y", date(2022, 2, 28), date(2022, 2, 28), "2022-02-28"),
        ("2020-11-16", "P10D", date(2020, 11, 26), date(2020, 11, 26), "2020-11-26"),
        ("2020", "P2Y", date(2022, 1, 1), date(2022, 12, 31), "2022"),
        ("2020~", "P24M", date(2022, 1, 1), date(2022, 12, 31), "2022~"),
        ("2020-02", "P2Y", date(2022, 2, 1), date(2022, 2, 28), "2022-02"),
        ("2020-08", "P18M", date(2022, 2, 1), date(2022, 2, 28), "2022-02"),
        ("2020", "P18M", date(2021, 7, 1), date(2022, 6, 30), None),
        ("2020-11", "P10D", date(2020, 11, 11), date(2020, 12, 10), None),
        (None, "P2Y", None, None, None),
    ],
)
def test_the_day_is_as_exact_as_the_one_it_counts_from(
    since: str | None, within: str, earliest: date | None, latest: date | None, when: str | None
) -> None:
    due = only(of(signed(since), within=within))
    assert (due.earliest, due.latest, str(due.when) if due.when else None) == (earliest, latest, when)


@pytest.mark.parametrize(
    ("since", "exact"),
    [("2020-11-16", True), ("2020-11-16~", False), ("2020-11-16?", False), ("2020", False)],
)
def test_only_a_day_without_doubt_is_exact(since: str, exact: bool) -> None:
    assert only(of(signed(since))).exact is exact


@pytest.mark.parametrize(
    ("since", "action", "told"),
    [
        ("2020-11-16", None, "not checked: Due by 16 November 2022. Nobody has checked whether it was done."),
        ("2020-11-23", None, "not due yet: Due by 23 November 2022. Nothing is recorded yet."),
        ("2020-11-22", None, "not due yet: Due by 22 November 2022. Nothing is recorded yet."),
        ("2020", None, "not due yet: Due on some day in 2022. Nothing is recorded yet."),
        ("2019", None, "not checked: Due on some day in 2021. Nobody has checked whether it was done."),
        (
            None,
            None,
            "not checked: No date of the signature is known, so neither is the day it falls due. Nobody "
            "has checked whether it was done.",
        ),
        ("2020-11-16", acted("a", "adopted", "2022-10"), "met: Due by 16 November 2022. Met."),
        ("2020-11-16", acted("a", "adopted", "2022"), "met: Due by 16 November 2022. Met."),
        ("2020-11-16", acted("a", "adopted", "2023"), "met: Due by 16 November 2022. Met after that day."),
        ("2020-11-16", acted("a", None), "met: Due by 16 November 2022. Met."),
        (
            "2020-11-16",
            acted("a", "in-preparation", "2022"),
            "overdue: Due by 16 November 2022. Overdue: what is recorded has not fulfilled it.",
        ),
        ("2020-11-23", acted("a", "proposed"), "not due yet: Due by 23 November 2022. Begun."),
        (
            None,
            acted("a", "proposed"),
            "not checked: No date of the signature is known, so neither is the day it falls due. Begun.",
        ),
    ],
)
def test_it_is_met_or_overdue_only_where_something_recorded_says_so(
    since: str | None, action: Any, told: str
) -> None:
    records = [signed(since), *([action] if action else [])]
    assert sentence(of(*records)) == told


def test_an_action_of_another_city_or_for_another_obligation_fulfils_nothing() -> None:
    records = (
        signed("2020-11-16"),
        acted("a", "adopted", cities=("lodz",)),
        acted("b", "adopted", fulfils=("report",)),
    )
    assert only(of(*records)).status == "unknown"


def test_what_fulfils_it_counts_before_what_has_not_and_the_earliest_first() -> None:
    records = [
        acted("a", "refused", "2021"),
        acted("b", "adopted", "2022-05"),
        acted("c", "adopted", "2022-03"),
    ]
    due = only(of(signed("2020-11-16"), *records))
    assert due.action is not None
    assert (due.status, due.action.id) == ("met", "c")


def test_who_is_no_longer_committed_owes_nothing() -> None:
    assert dues(seen(of(commitment("pact", "krakow", "former")))) == ()
    assert dues(seen(of(signed("2018", until="2019")))) == ()


def test_words_for_a_network_and_for_an_interval() -> None:
    league = network("league", acronym="League", obligations=(plan("P18M"),))
    whole = atlas(city("krakow", "Kraków"), league, commitment("league", "krakow"))
    assert sentence(whole).startswith("not checked: No date of the accession is known")
    dated = atlas(city("krakow", "Kraków"), league, commitment("league", "krakow", since="2022"))
    assert (
        sentence(dated) == "not due yet: Due between 1 July 2023 and 30 June 2024. Nothing is recorded yet."
    )


def test_the_same_in_polish() -> None:
    whole = of(signed("2020-11-16"))
    assert sentence(whole, "pl") == (
        "nie sprawdzono: Termin: do 16 listopada 2022 r. Nikt nie sprawdził, czy to zrobiono."
    )
    (entry,) = city_dues(seen(of(signed("2020"), acted("a", "adopted")), "pl"), "krakow")
    assert (entry.text.text, entry.label, entry.subject.href) == (
        "Opracować plan.",
        "spełnione",
        "pl/karty/pact/",
    )
    assert entry.action is not None
    assert entry.action.href == "pl/dzialania/a/"


def test_an_instrument_counts_first_and_names_the_dated_ones_in_order() -> None:
    whole = of(
        signed("2021"),
        commitment("pact", "lodz", "signatory", since="2020-01-05"),
        commitment("pact", "turku", "signatory"),
        commitment("pact", "honnelles", "signatory"),
        city("turku", country="FI"),
        city("honnelles", country="BE"),
    )
    (table,) = instrument_dues(seen(whole), "pact")
    assert table.sums == ("not due yet: 1", "not checked: 1")
    assert [(entry.subject.text, entry.subject.href) for entry in table.entries] == [
        ("Łódź", "cities/lodz/#pact"),
        ("Kraków", "cities/krakow/#pact"),
    ]
    assert table.undated == "For 2 more cities no date is known from which to count."
    assert instrument_dues(seen(atlas(network("plain"))), "plain") == ()
