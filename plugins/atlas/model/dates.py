"""Dates as exact as their source: EDTF level 0 with the qualifiers ``~`` and ``?``.

A partial date is an interval, never a padded day: ``2022`` is the whole of
2022, and only its text, its first day and its last day are ever used.

Source of the notation: the Extended Date/Time Format, ISO 8601-2, level 0, and
the qualifiers of level 1 at the end of a date (https://www.loc.gov/standards/datetime/).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Precision = Literal["year", "month", "day"]

DATE_PATTERN = r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)"
"""The shape of a date; whether its day exists, only a calendar knows."""
_SHAPE = re.compile(DATE_PATTERN)
_DURATION = re.compile(r"P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?")

STALE_MONTHS = 24
"""After so many months a verification no longer says much about today."""


@dataclass(frozen=True, slots=True, order=False)
class PartialDate:
    """One date of the data, with the precision that its source gives.

    ``value`` is the text without its qualifier (``2022``, ``2022-09``, ``2022-09-25``);
    ``earliest`` and ``latest`` are the first and last day it may mean, both inclusive.
    """

    value: str
    precision: Precision
    earliest: date
    latest: date
    approximate: bool = False
    uncertain: bool = False

    def __str__(self) -> str:
        return self.value + {(1, 1): "%", (1, 0): "~", (0, 1): "?"}.get(
            (self.approximate, self.uncertain), ""
        )

    @property
    def year(self) -> int:
        """Return the Gregorian year."""
        return self.earliest.year

    @property
    def month(self) -> int | None:
        """Return the month from 1 to 12, or None where the source gives only a year."""
        return None if self.precision == "year" else self.earliest.month

    @property
    def day(self) -> int | None:
        """Return the day of the month, or None where the source gives no day."""
        return self.earliest.day if self.precision == "day" else None

    @property
    def sort_key(self) -> tuple[date, date]:
        """Return a key that puts a year before its months and a month before its days."""
        return self.earliest, self.latest

    def certainly_before(self, other: PartialDate) -> bool:
        """Tell whether every day this date may mean lies before every day of ``other``."""
        return self.latest < other.earliest


def parse_date(text: str) -> PartialDate:
    """Return the date that ``text`` writes.

    Raises ValueError when the text is not EDTF level 0 or names a day that does not exist.
    """
    match = _SHAPE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date of the form 2022, 2022-09 or 2022-09-25")
    year, month, day = (int(part) if part else None for part in match.group(1, 2, 3))
    assert year is not None  # the pattern requires it; said for the type checker
    qualifier = match.group(4)
    flags = {"approximate": qualifier in ("~", "%"), "uncertain": qualifier in ("?", "%")}
    value = text[: len(text) - len(qualifier)]
    if month is None:
        return PartialDate(value, "year", date(year, 1, 1), date(year, 12, 31), **flags)
    if day is None:
        last = calendar.monthrange(year, _month(month))[1]
        return PartialDate(value, "month", date(year, month, 1), date(year, month, last), **flags)
    exact = date(year, month, day)
    return PartialDate(value, "day", exact, exact, **flags)


def _month(number: int) -> int:
    if not 1 <= number <= 12:
        raise ValueError(f"there is no month {number}")
    return number


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


def months_before(day: date, months: int) -> date:
    """Return the day so many months earlier, the last of its month where there is no such day.

    >>> months_before(date(2024, 2, 29), 12)
    datetime.date(2023, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
