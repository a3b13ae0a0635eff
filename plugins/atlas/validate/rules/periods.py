"""Rules about the ids of claims: a further period has a name of its own, and an id keeps its meaning.

The id of a claim is ``<city>/<instrument>``, with ``/<period>`` where the pair has several rows. What it once
meant it means for ever: whoever adds an older period names that one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...dataset.reading.csv_table import Row, Table
from ...findings import Finding, finding
from ...model.claim_ids import claim_anchor, claim_id
from ...model.schema import ID_PATTERN
from ..context import Context, partial
from .date_order import overlap


@dataclass(frozen=True, slots=True)
class Dates:
    """The time of a claim as its row writes it."""

    status: str
    since: str
    until: str

    def __str__(self) -> str:
        """Return the dates for a message: ``2008/2010``, ``2024-09-25/``, or the status without any."""
        return f"{self.since}/{self.until}" if self.since or self.until else self.status

    def certainly_before(self, other: Dates) -> bool:
        """Tell whether one has ended on a day that surely lies before the beginning of the other."""
        until, since = partial(self.until), partial(other.since)
        return bool(until and since and until.certainly_before(since))


def dates_of(table: Table, row: Row) -> Dates:
    """Return the time that a row tells."""
    return Dates(*(table.get(row, name) for name in ("status", "since", "until")))


def claims(instrument: str, table: Table) -> dict[str, Row]:
    """Return the first row of each id of a claim in a table."""
    found: dict[str, Row] = {}
    for row, city in table.column("city"):
        if city:
            found.setdefault(claim_id(city, instrument, table.get(row, "period")), row)
    return found


def named_periods(context: Context) -> Iterator[Finding]:
    """Of the rows of a pair at most one has no ``period``, and the others are told apart by theirs.

    Rows that overlap have a finding of their own. A period whose fragment on the page of its city is that of
    another claim is refused as well.
    """
    anchors: set[tuple[str, str]] = set()
    for instrument, table in context.data.commitments.items():
        known: dict[str, Row] = {}
        plain = not (any(context.column(table, "period")) or context.repeats(table, "city"))
        for row, city, period in () if plain else context.rows(table, "city", "period"):
            if not city:
                continue
            id_ = claim_id(city, instrument, period)
            if (first := known.setdefault(id_, row)) is not row:
                if not overlap(context, table, row, first):
                    place = table.place(row, "period" if period else None)
                    yield finding("E-PERIOD", "twice", place, value=id_, id=id_, line=first.line)
            elif period and ID_PATTERN.fullmatch(period):
                anchor = claim_anchor(instrument, period)
                if anchor in context.instruments or (city, anchor) in anchors:
                    yield table.finding("E-ANCHOR", "taken", row, "period", anchor=anchor)
                anchors.add((city, anchor))


def kept_ids(context: Context, former: Mapping[str, Dates], revision: str) -> Iterator[Finding]:
    """No change gives the id of a claim to another period.

    ``former`` are the claims of the files that changed, by id, as ``revision`` had them. An id means another
    period where it surely ends before the former one began, or begins after it ended, or where what it
    meant stands in another row of the pair now.
    """
    for instrument, table in context.data.commitments.items() if former else ():
        rows = claims(instrument, table)
        now = {id_: dates_of(table, row) for id_, row in rows.items()}
        for id_, row in rows.items():
            if (was := former.get(id_)) is None or _continues(was, now[id_]):
                continue
            pair = "/".join(id_.split("/")[:2])
            new = (other for other in now if other not in former and f"{other}/".startswith(f"{pair}/"))
            elsewhere = any(_continues(was, now[other]) for other in new)
            if elsewhere or was.certainly_before(now[id_]) or now[id_].certainly_before(was):
                yield _other_period(table, row, id_, was, now[id_], revision)


def _continues(was: Dates, now: Dates) -> bool:
    """Tell whether a row may be the former one with a new end or a new status."""
    return was.since == now.since and bool(was.since or was.until == now.until)


def _other_period(table: Table, row: Row, id_: str, was: Dates, now: Dates, revision: str) -> Finding:
    fields = {"id": id_, "was": str(was), "now": str(now), "base": revision}
    return finding("E-PERIOD", "other-meaning", table.place(row), value=id_, **fields)
