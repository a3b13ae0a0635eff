"""The score of a timeline: one axis of years, columns for everything together and a lane for each instrument.

What can be counted on a day or in a month stands above the line of a lane; what is only known to
the year, or to have happened by then, lies below it. All accessions are counted once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from ...languages.words import Link
from ...model.frozen import Frozen
from ...model.grouping import grouped
from ...model.records import Commitment, Instrument
from ..analysis.accessions import YearSum, joined, over, year_sums
from ..lens import Lens
from ..parts import Tally, TopicTag

MOST_YEARS = 45
"""How many years have room on the axis; what is older is said in words."""
LARGE = 12
"""How many instruments, those with most dated accessions, have a lane of the whole width."""


class YearColumn(Frozen):
    """One year of the axis; ``href`` is None where the list has nothing of it."""

    sum: YearSum
    href: str | None
    says: str
    """How many joined, for those who do not see the column."""
    decade: bool


class Founding(Frozen):
    """When an instrument began, in years from the left edge of the axis."""

    low: float
    high: float
    """Later than ``low`` where only the month or the year is known."""


class ScoreLane(Frozen):
    """The accessions of one instrument."""

    link: Link
    tag: TopicTag | None
    known: str
    """How many of its accessions have a date: "36 of 102 dated"."""
    says: str
    """The same with the years, for those who do not see the drawing."""
    span: str
    """The first and the last year: "1986–2025"."""
    sums: tuple[YearSum, ...]
    """The years of the axis in which anybody joined."""
    founded: Founding | None
    """None where nobody knows it."""
    end: float
    """Where its line ends: today, or when the instrument ended; in years from the left edge."""


class Score(Frozen):
    """The picture of a timeline."""

    lead: str
    first: int
    """The first year of the axis."""
    columns: tuple[YearColumn, ...]
    earlier: str
    """How many joined before the axis begins; empty where nobody did."""
    today: float
    """Where the day of the edition lies, in years from the left edge."""
    lanes: tuple[ScoreLane, ...]
    """In the order of their founding."""
    small: tuple[ScoreLane, ...]
    undated: tuple[Tally, ...]
    """Instruments none of whose accessions has a known date."""


def score(lens: Lens, commitments: Iterable[Commitment], href: Callable[[int], str | None]) -> Score | None:
    """Return the picture of some commitments, or None where all known dates lie in one year.

    ``href`` says where the list tells of a year.
    """
    held = joined(lens, commitments)
    dated = [c for c in held if c.since and c.since.first_day <= lens.as_of]
    years = {c.since.year for c in dated if c.since}
    if len(years) < 2:
        return None
    first = max(min(years), lens.as_of.year - MOST_YEARS + 1)
    by_instrument, known = (grouped(some, lambda one: one.instrument) for some in (held, dated))
    ordered = sorted(known, key=lambda one: (-len(known[one]), _began(lens, one)))

    def lanes(shown: Sequence[str]) -> tuple[ScoreLane, ...]:
        return tuple(
            _lane(lens, lens.atlas.instruments[one], by_instrument[one], known[one], first)
            for one in sorted(shown, key=lambda one: _began(lens, one))
        )

    old = sum(c.since is not None and c.since.year < first for c in dated)
    lang = lens.lang
    return Score(
        lead=_lead(lens, held, dated),
        first=first,
        columns=_columns(lens, dated, first, href),
        earlier=lang.t("Before %(first)s: %(num)s, told in the list.", first=first, num=lang.number(old))
        if old
        else "",
        today=_at(lens.as_of, first),
        lanes=lanes(ordered[:LARGE]),
        small=lanes(ordered[LARGE:]),
        undated=_undated(lens, {one: its for one, its in by_instrument.items() if one not in known}),
    )


def _began(lens: Lens, instrument: str) -> tuple[date, str]:
    began = lens.atlas.instruments[instrument].began
    return (began.first_day if began else date.max, instrument)


def _at(day: date, first: int) -> float:
    """Return where a day lies on the axis, in years from its left edge, and never left of it."""
    length = date(day.year, 12, 31).timetuple().tm_yday
    return max(0.0, day.year - first + (day.timetuple().tm_yday - 1) / length)


def _columns(
    lens: Lens, dated: Sequence[Commitment], first: int, href: Callable[[int], str | None]
) -> tuple[YearColumn, ...]:
    sums = year_sums(c.since for c in dated if c.since)
    columns = []
    for year in range(first, lens.as_of.year + 1):
        its = sums.get(year, YearSum(year=year))
        columns.append(
            YearColumn(
                sum=its,
                href=href(year) if its.number else None,
                says=lens.lang.n("%(num)s accession", "%(num)s accessions", its.number),
                decade=year % 10 == 0,
            )
        )
    return tuple(columns)


def _lane(
    lens: Lens, one: Instrument, held: Sequence[Commitment], dated: Sequence[Commitment], first: int
) -> ScoreLane:
    lang = lens.lang
    sums = year_sums(c.since for c in dated if c.since)
    low, high = min(sums), max(sums)
    numbers = {"dated": lang.number(len(dated)), "all": lang.number(len(held))}
    return ScoreLane(
        link=lens.instrument_link(one.id, short=True),
        tag=lens.topic_of(one.id),
        known=lang.n("%(num)s, dated", "all %(num)s dated", len(dated))
        if len(dated) == len(held)
        else lang.t("%(dated)s of %(all)s dated", **numbers),
        says=lang.t("in %(year)s", year=low)
        if low == high
        else lang.t("from %(first)s to %(last)s", first=low, last=high),
        span=str(low) if low == high else f"{low}–{high}",
        sums=tuple(its for year, its in sums.items() if year >= first),
        founded=Founding(low=_at(one.began.first_day, first), high=_at(one.began.latest, first))
        if one.began
        else None,
        end=_at(min(lens.as_of, one.ended.latest), first) if one.ended else _at(lens.as_of, first),
    )


def _lead(lens: Lens, held: Sequence[Commitment], dated: Sequence[Commitment]) -> str:
    lang = lens.lang
    made = lang.phrase(
        "timeline/made",
        len({c.city for c in held}),
        commitments=lang.n("%(num)s commitment", "%(num)s commitments", len(held)),
        instruments=lang.n(
            "%(num)s network or charter", "%(num)s networks and charters", len({c.instrument for c in held})
        ),
    )
    missing = len(held) - len(dated)
    told = (
        lang.phrase("timeline/dated", missing, dated=lang.number(len(dated)))
        if missing
        else lang.t("A source dates all of them.")
    )
    return " ".join((made, told, *over(lens, held)))


def _undated(lens: Lens, held: Mapping[str, Sequence[Commitment]]) -> tuple[Tally, ...]:
    numbers = {one: len(its) for one, its in held.items()}
    return lens.tallies(numbers, lambda one: lens.instrument_link(one, short=True))
