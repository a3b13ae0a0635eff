"""Partial dates and durations."""

from __future__ import annotations

from datetime import date

import pytest

from atlas.model.dates import months_before, parse_date, parse_duration


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2019", "year", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", "month", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-02", "month", date(2019, 2, 1), date(2019, 2, 28)),
        ("2024-09-25", "day", date(2024, 9, 25), date(2024, 9, 25)),
    ],
)
def test_a_date_is_as_exact_as_its_text(text: str, precision: str, earliest: date, latest: date) -> None:
    parsed = parse_date(text)
    assert (parsed.precision, parsed.earliest, parsed.latest) == (precision, earliest, latest)
    assert str(parsed) == text


def test_a_year_has_no_month_and_a_month_no_day() -> None:
    assert (parse_date("2019").month, parse_date("2019").day) == (None, None)
    assert (parse_date("2019-05").month, parse_date("2019-05").day) == (5, None)
    assert (parse_date("2019-05-07").month, parse_date("2019-05-07").day) == (5, 7)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [("2015~", True, False), ("2015?", False, True), ("2015%", True, True)],
)
def test_qualifiers_are_kept_apart_from_the_value(text: str, approximate: bool, uncertain: bool) -> None:
    parsed = parse_date(text)
    assert (parsed.value, parsed.approximate, parsed.uncertain) == ("2015", approximate, uncertain)
    assert str(parsed) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "19",
        "2022-13",
        "2022-00",
        "2020-02-31",
        "2020-W01-1",
        "31.02.2020",
        "2020-1-1",
        "20200101",
        "0000",
        "2022 ",
        "2022-09-25T00",
        "２０２２",
        "2022~?",
        "-2022",
        "2022-09-",
        "2022\n",
    ],
)
def test_what_is_not_a_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # any message; the checks say it better
        parse_date(text)


def test_before_only_where_it_is_certain() -> None:
    year, month, day = parse_date("2019"), parse_date("2019-05"), parse_date("2020-01-01")
    assert year.certainly_before(day)
    assert not month.certainly_before(year)
    assert not year.certainly_before(month)
    assert not year.certainly_before(year)


@pytest.mark.parametrize(
    ("text", "parts"), [("P2Y", (2, 0, 0)), ("P18M", (0, 18, 0)), ("P1Y6M10D", (1, 6, 10))]
)
def test_durations(text: str, parts: tuple[int, int, int]) -> None:
    parsed = parse_duration(text)
    assert (parsed.years, parsed.months, parsed.days, parsed.value) == (*parts, text)


@pytest.mark.parametrize("text", ["P", "", "2Y", "P2", "P2W", "PT1H", "P-1Y", "P1.5Y"])
def test_what_is_not_a_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_duration(text)


def test_months_are_counted_back_over_short_months() -> None:
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 1) == date(2025, 12, 15)
    assert months_before(date(2024, 2, 29), 24) == date(2022, 2, 28)
    assert months_before(date(2026, 12, 1), 12) == date(2025, 12, 1)
