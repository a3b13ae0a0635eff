"""Who joined in which year: numbers from known dates only, and what is not known, said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ...model.dates import PartialDate, Precision
from ...model.frozen import Frozen
from ...model.records import Commitment, Instrument
from ..lens import Lens

MOST_STATED = 3
"""How many years the sentence on the growth of an instrument names."""


class YearSum(Frozen):
    """How many joined in one year, by what is known of the date."""

    year: int
    days: int = 0
    months: int = 0
    vague: int = 0
    """By the year only, or by the end of it."""
    standing: str = ""
    """How many cities with known dates are recorded at the end of the year, or today in the last one."""

    @property
    def number(self) -> int:
        """How many joined in the year."""
        return self.days + self.months + self.vague

    @property
    def precisions(self) -> tuple[Precision, ...]:
        """One precision for each city, the surest first: the marks of a column from its foot."""
        found: list[Precision] = ["day"] * self.days
        found += ["month"] * self.months
        found += ["year"] * self.vague
        return tuple(found)


def year_sums(dates: Iterable[PartialDate], years: Iterable[int] = ()) -> Mapping[int, YearSum]:
    """Return how many dates lie in each year that has any, and in further ``years``, the first one first."""
    counted = Counter((when.year, "year" if when.open_start else when.precision) for when in dates)
    return {
        year: YearSum(
            year=year, days=counted[year, "day"], months=counted[year, "month"], vague=counted[year, "year"]
        )
        for year in sorted({*years, *(year for year, _ in counted)})
    }


class Accessions(Frozen):
    """The growth of a network, or the signatures under a charter."""

    signs: bool
    """Whether cities sign it, and do not join."""
    label: str
    """What the drawing shows, for those who do not see it."""
    sentence: str
    """How many of those with a known date had joined by the end of some years; empty where there is none."""
    undated: str
    """How many have no known date; never guessed, never drawn."""
    years: tuple[YearSum, ...]
    """Every year from the first to that of the edition, empty ones included."""


def joined(lens: Lens, commitments: Iterable[Commitment]) -> list[Commitment]:
    """Return the commitments that were made, whether or not they still hold."""
    return [c for c in commitments if lens.state(c) in ("committed", "suspended", "ended")]


def over(lens: Lens, made: Iterable[Commitment]) -> Iterator[str]:
    """Yield how many of those that were made no longer count among those of today."""
    number = sum(lens.state(c) == "ended" for c in made)
    if number:
        yield lens.lang.phrase("accessions/over", number)


def accessions(lens: Lens, instrument: Instrument) -> Accessions | None:
    """Return who joined when, or None where it all happened in one year, or no date is known."""
    lang = lens.lang
    held = joined(lens, lens.atlas.commitments_of_instrument.get(instrument.id, ()))
    dated = [c for c in held if c.since and c.since.first_day <= lens.as_of]
    if len({c.since.year for c in dated if c.since}) < 2:
        return None
    signs = instrument.family == "charter"
    years = _years(lens, dated)
    values = {
        "first": years[0].year,
        "last": years[-1].year,
        "num": lang.number(sum(year.number for year in years)),
    }
    kind = "signatures" if signs else "accessions"
    return Accessions(
        signs=signs,
        label=lang.phrase(f"{kind}/label", **values),
        sentence=_sentence(lens, dated, kind),
        undated=" ".join((*_undated(lens, dated, len(held)), *over(lens, held))),
        years=years,
    )


def _years(lens: Lens, dated: Sequence[Commitment]) -> tuple[YearSum, ...]:
    since = [c.since for c in dated if c.since]
    span = range(min(date.year for date in since), lens.as_of.year + 1)
    return tuple(
        replace(one, standing=lens.lang.number(_standing(lens, dated, one.year)))
        for one in year_sums((date for date in since if not date.open_start), span).values()
    )


def _standing(lens: Lens, dated: Sequence[Commitment], year: int) -> int:
    """Return how many cities had joined by the end of a year and are not known to have left by then."""

    def gone(until: PartialDate | None) -> bool:
        return until is not None and until.year <= year and until.latest < lens.as_of

    return len({c.city for c in dated if c.since and c.since.year <= year and not gone(c.until)})


def _sentence(lens: Lens, dated: Sequence[Commitment], kind: str) -> str:
    """Return how many of all with a known date had joined by the end of a few years."""
    lang, first = lens.lang, dict[str, int]()
    for c in dated:
        if c.since:
            first[c.city] = min(c.since.year, first.get(c.city, c.since.year))
    changed = sorted(set(first.values()))[:-1]
    step = max(1, -(-len(changed) // MOST_STATED))
    joined = [(sum(then <= year for then in first.values()), year) for year in changed[step - 1 :: step]]
    if not joined:
        return ""
    number, year = joined[0]
    said = lang.phrase(f"{kind}/by_year", number, year=year)
    # Translators: One more number in a list: 29 had joined by 2011, 52 by 2020. By the end of that year.
    more = [
        lang.t("%(number)s by %(year)s", number=lang.number(told), year=then) for told, then in joined[1:]
    ]
    return lang.t(
        "Of the %(all)s with a known date, %(numbers)s.",
        all=lang.number(len(first)),
        numbers=lang.join([said, *more]),
    )


def _undated(lens: Lens, dated: Sequence[Commitment], recorded: int) -> Iterator[str]:
    lang = lens.lang
    by_then = sum(c.since is not None and c.since.open_start for c in dated)
    if recorded == len(dated) and not by_then:
        yield lang.t("Every recorded one has a known date.")
    if recorded > len(dated):
        yield lang.phrase("accessions/dated", dated=lang.number(len(dated)), recorded=lang.number(recorded))
    if by_then:
        yield lang.phrase("accessions/by_then", by_then)
