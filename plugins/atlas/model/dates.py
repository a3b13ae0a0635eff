"""Dates as exact as their source: EDTF level 0 with the qualifiers ``~`` and ``?``, and ``../2018``.

A partial date is an interval, never a padded day: ``2022`` is the whole of
2022, and only its text, its first day and its last day are ever used. ``../2018`` is an
interval without a known beginning: in 2018 or before.

Source of the notation: the Extended Date/Time Format, ISO 8601-2, level 0, the
qualifiers of level 1 at the end of a date, and its open start of an interval
(https://www.loc.gov/standards/datetime/).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

Precision = Literal["year", "month", "day"]

OPEN_START = "../"
"""Stands before the date of something that happened then or earlier."""
DATE_PATTERN = r"(?:\.\./)?([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)"
"""The shape of a date; whether its day exists, only a calendar knows."""
_SHAPE = re.compile(DATE_PATTERN)
_DURATION = re.compile(r"P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?")

STALE_MONTHS = 24
"""After so many months a verification no longer says much about today."""


@dataclass(frozen=True, slots=True, order=False)
class PartialDate:
    """One date of the data, with the precision that its source gives.

    ``value`` is the text without its qualifiers (``2022``, ``2022-09``, ``2022-09-25``);
    ``earliest`` and ``latest`` are the first and last day it may mean, both inclusive.
    ``earliest`` is None where the source says only that it had happened by then.
    """

    value: str
    precision: Precision
    earliest: date | None
    latest: date
    approximate: bool = False
    uncertain: bool = False

    def __str__(self) -> str:
        opened = OPEN_START if self.open_start else ""
        return (
            opened
            + self.value
            + {(1, 1): "%", (1, 0): "~", (0, 1): "?"}.get((self.approximate, self.uncertain), "")
        )

    @property
    def year(self) -> int:
        """Return the Gregorian year that is written."""
        return self.latest.year

    @property
    def month(self) -> int | None:
        """Return the month from 1 to 12, or None where the source gives only a year."""
        return None if self.precision == "year" else self.latest.month

    @property
    def day(self) -> int | None:
        """Return the day of the month, or None where the source gives no day."""
        return self.latest.day if self.precision == "day" else None

    @property
    def open_start(self) -> bool:
        """Tell whether it happened on this date or on any before it (``../2018``)."""
        return self.earliest is None

    @property
    def bound(self) -> PartialDate:
        """Return the date alone that is written after ``../``, or the date itself."""
        return replace(self, earliest=self.first_day) if self.open_start else self

    @property
    def first_day(self) -> date:
        """Return the first day of the year, month or day that is written, where the date is sorted."""
        if self.precision == "day":
            return self.latest
        return self.latest.replace(day=1) if self.precision == "month" else date(self.year, 1, 1)

    @property
    def lower_bound(self) -> date:
        """Return the day before which it certainly did not happen, for comparisons alone."""
        return self.earliest or date.min

    @property
    def sort_key(self) -> tuple[date, date]:
        """Return a key that puts a year before its months and a month before its days."""
        return self.first_day, self.latest

    def certainly_before(self, other: PartialDate) -> bool:
        """Tell whether every day this date may mean lies before every day of ``other``."""
        return self.latest < other.lower_bound


def parse_date(text: str) -> PartialDate:
    """Return the date that ``text`` writes.

    Raises ValueError when the text is in another notation or names a day that does not exist.

    >>> str(parse_date("../2018")), parse_date("../2018").earliest, parse_date("../2018").latest
    ('../2018', None, datetime.date(2018, 12, 31))
    """
    match = _SHAPE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date of the form 2022, 2022-09, 2022-09-25 or ../2022")
    opened = text.startswith(OPEN_START)
    year, month, day = (int(part) if part else None for part in match.group(1, 2, 3))
    assert year is not None  # the pattern requires it; said for the type checker
    qualifier = match.group(4)
    flags = {"approximate": qualifier in ("~", "%"), "uncertain": qualifier in ("?", "%")}
    value = text[len(OPEN_START) if opened else 0 : len(text) - len(qualifier)]

    def dated(precision: Precision, first: date, last: date) -> PartialDate:
        return PartialDate(value, precision, None if opened else first, last, **flags)

    if month is None:
        return dated("year", date(year, 1, 1), date(year, 12, 31))
    if day is None:
        first = date(year, month, 1)
        return dated("month", first, first.replace(day=calendar.monthrange(year, month)[1]))
    exact = date(year, month, day)
    return dated("day", exact, exact)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in calendar units, as ISO 8601 writes it (``P2Y``, ``P18M``)."""

    value: str
    years: int = 0
    months: int = 0
    days: int = 0


def parse_duration(text: str) -> Duration:
    """Return the ISO 8601 duration that ``text`` writes in years, months and days.

    Raises ValueError for anything else, an empty ``P`` included.
    """
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()):
        raise ValueError(f"{text!r} is not a duration of the form P2Y or P18M")
    years, months, days = (int(part or 0) for part in match.groups())
    return Duration(text, years, months, days)


@lru_cache(64)
def months_before(day: date, months: int) -> date:
    """Return the day so many months earlier, the last of its month where there is no such day.

    >>> months_before(date(2024, 2, 29), 12)
    datetime.date(2023, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
