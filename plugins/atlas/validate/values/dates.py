"""Texts that are not dates of the data, and what to type instead."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import cache

from ...languages.folding import folded
from ...model.dates import OPEN_START, parse_date
from ..problem import Problem

EARLIEST_YEAR = 1000
"""A year has four digits; an earlier one is a slip, such as 0201 for 2010."""
_SHAPE = re.compile(r"(?:\.\./)?(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})", re.ASCII)
_WEEK = re.compile(r"(\d{4})-?W(\d{2})(?:-?(\d))?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_WORDS = (
    re.compile(
        r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\.)?[\s.-]+(?:of\s+|de\s+|d')?)?"
        r"(?P<month>[^\W\d_]{1,12})\.?[\s.,-]+(?:del?\s+)?(?P<year>\d{4})(?:\s*r\.?)?"
    ),
    re.compile(r"(?P<month>[^\W\d_]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"),
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ].*")
_PADDED = re.compile(r"(\d{4}(?:-\d{2})?)(?:-(?:00|XX|xx|\?\?)){1,2}")
_INTERVAL = re.compile(r"[\d~?-]+\s*(?:/|\.\.|–|—)\s*[\d~?-]+")
_BY = re.compile(
    r"(?:by|(?:at the latest|no later than|not later than)(?: in| on)?|najpóźniej(?: we?)?"
    r"|\.{0,2}/|\.{2,3}|≤|<=)\s*(\d.*?)(?:\s*r\.?)?",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"(?:do|until|till)\s+(\d\S*(?:\s+\w+\s+\d{4})?)(?:\s*(?:r\.?|roku))?"
    r"(?:,?\s+(?:at the latest|najpóźniej))?",
    re.IGNORECASE,
)
"""The end of something, or "by" a date: what is meant is not said."""
_SERIAL = re.compile(r"[1-5]\d{4}", re.ASCII)


def date_problem(text: str) -> Problem | None:
    """Return what is wrong with ``text`` as a date, or None for a date of the data."""
    try:
        parsed = parse_date(text)
    except ValueError:
        return _advice(text)
    if parsed.year < EARLIEST_YEAR:
        return Problem("E-DATE", "early-year")
    return None


def only_meaning(text: str) -> str | None:
    """Return the one date that ``text`` can mean in another notation, or None.

    >>> only_meaning("13.05.2020"), only_meaning("5/6/2020"), only_meaning("2020-05-13")
    ('2020-05-13', None, None)
    >>> only_meaning("26 mars 2019"), only_meaning("VI 2016"), only_meaning("3 srp 2020")
    ('2019-03-26', '2016-06', None)
    """
    problem = date_problem(text)
    if problem is None or (problem.code, problem.name) != ("E-DATE", "other-notation"):
        return None
    return str(problem.fields["instead"])


def _no_date(instead: str | None) -> Problem:
    """Return that a text is no date, and the one that it can mean, if there is one."""
    if instead is None:
        return Problem("E-DATE", "none")
    return Problem("E-DATE", "other-notation", {"instead": instead})


def _advice(text: str) -> Problem:
    if len(text) > 60:
        return _no_date(None)
    if match := _SHAPE.fullmatch(text):
        return _impossible(match)
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(match)
    if _SERIAL.fullmatch(text):
        day = date(1899, 12, 30) + timedelta(days=int(text))
        return Problem("E-EXCEL", "number-for-date", {"instead": day.isoformat()})
    if match := _BY.fullmatch(text):
        return _by(match.group(1))
    if (match := _UP_TO.fullmatch(text)) and (instead := _by(match.group(1)).fields.get("instead")):
        return Problem("E-DATE", "up-to", {"instead": instead})
    if _INTERVAL.fullmatch(text) and not (_YEAR_FIRST.fullmatch(text) or _MONTH_YEAR.fullmatch(text)):
        return Problem("E-DATE", "two")
    return _no_date(_rewritten(text))


def _by(text: str) -> Problem:
    """Return what to type for "by" a date, which has a notation of its own."""
    instead = text if date_problem(text) is None else only_meaning(text)
    return _no_date(OPEN_START + instead if instead else None)


def _impossible(match: re.Match[str]) -> Problem:
    """Return why a well-formed date does not exist."""
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if year == 0:
        return Problem("E-DATE", "early-year")
    if match.group(2) == "00" or match.group(3) == "00":
        kept = match.group(1) if match.group(2) == "00" else f"{match.group(1)}-{match.group(2)}"
        return Problem("E-DATE", "zeros", {"instead": kept})
    if month > 12:
        return Problem("E-DATE", "no-month", {"month": month})
    return _too_many_days(year, month, day)


def _too_many_days(year: int, month: int, day: int) -> Problem:
    instead = f"{year:04d}-{month:02d}"
    days = calendar.monthrange(year, month)[1]
    return Problem("E-DATE", "no-day", {"month": instead, "days": days, "day": day, "instead": instead})


def _year_last(match: re.Match[str]) -> Problem:
    first, mark, second, year = match.groups()
    if len(year) == 2:
        return Problem("E-DATE", "year-of-two-digits", {"instead": "2022-09-25"})  # fmt: skip
    day_first = _iso(year, second, first)
    month_first = _iso(year, first, second)
    if mark != "." and day_first and month_first and day_first != month_first:
        return Problem("E-AMBIGUOUS", "day-or-month", {"day_first": day_first, "month_first": month_first})
    instead = day_first or (month_first if mark != "." else None)
    if not instead and 1 <= int(second) <= 12 and int(year) > 0:
        return _too_many_days(int(year), int(second), int(first))
    return _no_date(instead)


def _rewritten(text: str) -> str | None:
    """Return the one date that ``text`` can mean, in the notation of the data."""
    if (match := _TIME.fullmatch(text)) or (match := _PADDED.fullmatch(text)):
        return _valid(match.group(1))
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
        return _iso(year, month, day)
    if match := _MONTH_YEAR.fullmatch(text):
        return _iso(match.group(2), match.group(1))
    if match := _COMPACT.fullmatch(text):
        return _iso(*match.groups())
    if match := _WEEK.fullmatch(text):
        year, week, weekday = match.groups()
        return _week(int(year), int(week), weekday)
    if match := next(filter(None, (one.fullmatch(text) for one in _WORDS)), None):
        number = _months().get(folded(match["month"]))
        return _iso(match["year"], str(number), match["day"]) if number else None
    without_spaces = re.sub(r"\s+", "", text)
    if without_spaces != text and (found := _valid(without_spaces)):
        return found
    return _valid(re.sub(r"^(?:ca?\.?|~|około)\s*(\d.*)$", r"\1~", text))


@cache
def _months() -> dict[str, int]:
    """Return the numbers of months by their folded names in many languages, Polish and English ones first."""
    from ...languages.country_names import LANGUAGES  # as rarely as Babel below

    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for name, number in _months_in(language).items():
            found.setdefault(name, set()).add(number)
    # A word that means two months in two other languages means none here.
    sure = {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}
    return sure | _months_in("pl") | _months_in("en") | {name: n for n, name in enumerate(_ROMAN, 1)}


def _months_in(language: str) -> dict[str, int]:
    from babel import Locale  # only where somebody spells a month out

    forms = [forms[form] for forms in Locale(language).months.values() for form in ("wide", "abbreviated")]
    return {folded(name): number for names in forms for number, name in names.items()}


def _week(year: int, week: int, weekday: str | None) -> str | None:
    try:
        day = date.fromisocalendar(year, week, int(weekday or 1))
    except ValueError:
        return None
    return day.isoformat() if weekday else f"{day:%Y-%m}"


def _iso(year: str, month: str, day: str | None = None) -> str | None:
    text = f"{year}-{int(month):02d}"
    return _valid(f"{text}-{int(day):02d}" if day else text)


def _valid(text: str) -> str | None:
    try:
        return str(parse_date(text))
    except ValueError:
        return None
