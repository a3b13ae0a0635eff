"""Where things lie in a drawing of time: pure geometry, from days to fractions of a width.

Every position is a fraction of the width of the drawing, from 0 at its left edge to 1 at
its right one. A date is never a point unless its source gives the day: month and year
are intervals. Nothing here knows a word, a colour or the clock.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import Literal

from ...model.dates import PartialDate, Precision
from ...model.frozen import dataclass

LEFT = 0.06
"""Where the scale begins; left of it stand the signs of an unknown start."""
RIGHT = 0.955
"""Where the scale ends; right of it the arrow of what goes on has its room."""

LENGTHS = (6, 8, 10, 12, 14, 16, 18, 20, 22, 25, 28, 32, 36, 40, 45, 50, 60, 80, 100, 150)
"""The lengths in years that a scale may have; the style sheet knows the width of a year in each."""

DAYS_OF_A_YEAR = 365.2425
"""The mean length of a Gregorian year in days."""

MOST_TICKS, MOST_TICKS_IF_NARROW = 8, 5
"""How many labels of years have room on a screen and on a phone."""

UNKNOWN_LENGTH = 0.14
"""The width of a span whose end nobody knows: it means nothing but "some time"."""

FADE = 0.05
"""The width of what came before the last possible date: it means nothing but "then or earlier"."""

Ending = Literal["open", "ended", "unknown", "moment", "waiting"]
"""How a period goes on: to the day of the edition; to a known end; to an end that nobody
knows; not at all (a signature); not yet begun (an application)."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the scale. ``minor`` ones may be left out where there is little room."""

    at: float
    label: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """When something happened: a point for a day (``low == high``), else an interval."""

    low: float
    high: float
    precision: Precision
    soft: bool = False
    """Whether the source calls the date approximate or uncertain."""
    fade: bool = False
    """Whether only its last day is known: from ``low`` on it fades in, and from ``high`` on it is sure."""

    @property
    def middle(self) -> float:
        """The middle of the interval."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class LanePeriod:
    """One commitment on a lane. ``start`` is None where nobody knows it."""

    start: Mark | None
    ending: Ending
    end: Mark | None = None
    """Only of what ended on a known date."""
    decided: Mark | None = None
    """The city's own decision, where it is dated."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of a drawing."""

    periods: tuple[LanePeriod, ...]
    topic: str | None = None
    """The id of the topic that gives the colour."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps days to fractions: ``first`` lies at LEFT and ``last`` at RIGHT (proleptic ordinals)."""

    first: int
    last: int
    years: int
    """Its length, one of LENGTHS unless the oldest date lies further back than any of them."""
    today: float
    """Where the day of the edition lies."""

    def at(self, day: date) -> float:
        """Return the position of a day, kept within the drawing."""
        share = (day.toordinal() - self.first) / (self.last - self.first)
        return min(1.0, max(0.0, LEFT + share * (RIGHT - LEFT)))

    def mark(self, when: PartialDate | None) -> Mark | None:
        """Return the point or interval that a date means, or None where it is unknown."""
        if when is None:
            return None
        high = self.at(when.latest)
        return Mark(
            low=max(0.0, high - FADE) if when.open_start else self.at(when.first_day),
            high=high,
            fade=when.open_start,
            precision=when.precision,
            soft=when.approximate or when.uncertain,
        )

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """The years that the scale names, so many that their labels have room."""
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500) if self.years / step <= MOST_TICKS)
        first, last = date.fromordinal(self.first).year + 1, date.fromordinal(self.last).year
        years = [year for year in range(first, last + 1) if year % step == 0]
        return tuple(
            Tick(
                at=self.at(date(year, 1, 1)),
                label=str(year),
                minor=len(years) > MOST_TICKS_IF_NARROW and bool(year // step % 2),
            )
            for year in years
        )


def scale(dates: Iterable[PartialDate | None], as_of: date) -> Scale:
    """Return a scale that holds all the dates and ends with the day of the edition, or later ones."""
    known = [when for when in dates if when]
    last = max([as_of, *(when.latest for when in known if when.first_day > as_of)])
    first = min([last, *(when.first_day for when in known)])
    needed = (last.toordinal() - first.toordinal()) / DAYS_OF_A_YEAR
    years = next((length for length in LENGTHS if length >= needed), math.ceil(needed))
    start = max(1, last.toordinal() - round(years * DAYS_OF_A_YEAR))
    found = Scale(first=start, last=last.toordinal(), years=years, today=0)
    return Scale(first=found.first, last=found.last, years=years, today=found.at(as_of))


def signs(lanes: Iterable[Lane]) -> frozenset[str]:
    """Return which signs a drawing uses, so that its key explains these and no others."""
    found: set[str] = set()
    for lane in lanes:
        for period in lane.periods:
            moment = period.ending == "moment"
            if period.start is None:
                found.add("moment-unknown" if moment else "start-unknown")
            if period.start or not moment:
                found.add(period.ending)
            found |= {_sign(mark) for mark in (period.start, period.end) if mark}
            if period.decided:
                found.add("decided")
    return frozenset(found)


def _sign(mark: Mark) -> str:
    if mark.fade:
        return "or-earlier"
    return "day" if mark.precision == "day" else "interval"
