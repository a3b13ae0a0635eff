"""Rules about the order of dates; a partial date is wrong only when it certainly is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ...dataset.reading.csv_table import Row, Table
from ...dataset.reading.yaml_tree import Mapping, Node, Sequence
from ...findings import Finding, Place, finding
from ...model.dates import OPEN_START
from ...model.schema import Field
from ..context import Context, partial, scalars

_COMPARED_PERIODS = 50
"""So many rows before it a period is compared with, so that no file can stall the check."""

ANNOUNCED_YEARS = 10
"""How far ahead a day may lie that a source announces: longer than any programme of the data runs."""

ANNOUNCED = frozenset(("since", "until", "date", "end_date", "ended", "effective"))
"""Dates that may be announced; any other is that of something done."""

_TO_COME = frozenset(("hosts", "items"))
"""Lists whose entries may be announced."""

CHECKED_ONLY = frozenset(("none", "declined"))
"""Statuses that say nothing about a time in the instrument."""


def order_in_commitments(context: Context) -> Iterator[Finding]:
    """A city cannot leave before it joins; a council rarely resolves after the fact."""
    for table in context.data.commitments.values():
        if "until" in table.index and "since" in table.index:
            for row, until in table.column("until"):
                if until:
                    yield from _order(table, row, "since", "until")
        if "decided" in table.index and "since" in table.index:
            for row, text in table.column("decided"):
                decided, since = partial(text), partial(table.get(row, "since"))
                if decided and since and since.certainly_before(decided):
                    yield finding(
                        "W-DECIDED", "late", table.place(row, "decided"), value=text, since=str(since)
                    )


def order_in_sources(context: Context) -> Iterator[Finding]:
    """A document is read after it is published."""
    table = context.data.table("sources")
    for row, published in table.column("published"):
        if published:
            yield from _order(table, row, "published", "accessed")


def _order(table: Table, row: Row, first: str, second: str) -> Iterator[Finding]:
    earlier, later = partial(table.get(row, first)), partial(table.get(row, second))
    if earlier and later and later.certainly_before(earlier):
        place = table.place(row, second)
        yield _before(place, second, table.get(row, second), first, table.get(row, first))


def _before(place: Place, second: str, later: str, first: str, earlier: str) -> Finding:
    return finding("E-ORDER", "before", place, value=later, column=second, other=first, earlier=earlier)


def order_in_documents(context: Context) -> Iterator[Finding]:
    """An action or an instrument does not end before it begins."""
    pairs = {
        "network": ("founded", "ended"),
        "charter": ("adopted", "ended"),
        "action": ("date", "end_date"),
    }
    for record, document in context.documents():
        first, second = pairs[record.name]
        earlier, later = document.root.scalar(first), document.root.scalar(second)
        if earlier and later:
            begins, ends = partial(earlier.text or ""), partial(later.text or "")
            if begins and ends and ends.certainly_before(begins):
                yield _before(later.place, second, later.text or "", first, earlier.text or "")


def future(context: Context) -> Iterator[Finding]:
    """What has happened did so by today, and what is announced comes within a few years."""
    for record, table in context.tables():
        for name in (one.name for one in record.fields if one.type == "date"):
            wrong = _too_far if name in ANNOUNCED else _not_yet
            if any(wrong(Place(""), name, text, context.today) for text in context.cells(table, name)):
                for row, text in table.column(name):
                    yield from wrong(table.place(row, name), name, text, context.today)
    for record, document in context.documents():
        for key, node in document.root.entries.items():
            described = record.by_name.get(key)
            for item in node.items if isinstance(node, Sequence) else (node,):
                if described:
                    yield from _future_dates(context, described, item)


def _future_dates(context: Context, described: Field, node: Node) -> Iterator[Finding]:
    """Yield the dates of a value, or of an entry of a list, that are not here yet or too far ahead."""
    done = isinstance(node, Mapping) and node.text("state") == "done"
    to_come = {*ANNOUNCED, "on"} if described.name in _TO_COME and not done else ANNOUNCED
    for value in scalars(node, described):
        name = value.field.name
        if value.field.type == "date":
            wrong = _too_far if name in to_come else _not_yet
            yield from wrong(value.place, name, value.text, context.today)


def is_far(text: str, today: date) -> bool:
    """Tell whether a day lies too far ahead to be announced."""
    when = partial(text)
    return when is not None and when.latest.year > today.year + ANNOUNCED_YEARS


def _too_far(place: Place, column: str, text: str, today: date) -> list[Finding]:
    if not is_far(text, today):
        return []
    return [finding("E-FUTURE", "far", place, value=text, column=column, years=ANNOUNCED_YEARS)]


def looks_on_a_day(context: Context) -> Iterator[Finding]:
    """Who looks knows when: a look has no "by"."""
    tables = [(context.data.table("sources"), ("accessed", "gone")), (context.data.table("retired"), ("on",))]
    tables += [(table, ("verified",)) for table in context.data.commitments.values()]
    for table, columns in tables:
        for column in columns:
            for row, text in table.column(column):
                if text.startswith(OPEN_START) and partial(text):
                    yield finding("E-DATE", "look-by", table.place(row, column), value=text, column=column)


def _not_yet(place: Place, column: str, text: str, today: date) -> list[Finding]:
    when = partial(text)
    if when is None or when.first_day <= today:
        return []
    return [finding("E-FUTURE", "done", place, value=text, column=column, today=today.isoformat())]


def overlapping_periods(context: Context) -> Iterator[Finding]:
    """The periods of one city in one instrument do not overlap, and begin at different times."""
    for table in context.data.commitments.values():
        by_city: dict[str, list[Row]] = defaultdict(list)
        for row, city in table.column("city"):
            by_city[city].append(row)
        for city, rows in by_city.items():
            if city and len(rows) > 1:
                yield from _overlaps(context, table, city, rows)


def _overlaps(context: Context, table: Table, city: str, rows: list[Row]) -> Iterator[Finding]:
    for number, row in enumerate(rows[1:], 1):
        for other in rows[max(0, number - _COMPARED_PERIODS) : number]:
            if overlap(context, table, row, other):
                yield finding("E-OVERLAP", "period", table.place(row), value=city, line=other.line)
                break


def _undoubted(text: str) -> str:
    return text.rstrip("~?%").removeprefix(OPEN_START)


def overlap(context: Context, table: Table, one: Row, other: Row) -> bool:
    """Tell whether two periods surely overlap, or begin at the same time as far as is known."""
    starts = [_undoubted(table.get(row, "since")) for row in (one, other)]
    if starts[0] == starts[1]:
        return True
    if {table.get(one, "status"), table.get(other, "status")} & CHECKED_ONLY:
        return False
    first, second = _Period(context, table, one), _Period(context, table, other)
    return first.end > second.start and second.end > first.start


class _Period:
    """The part of a period that is certain: latest start, earliest end, None where unknown."""

    def __init__(self, context: Context, table: Table, row: Row) -> None:
        since, until = partial(table.get(row, "since")), partial(table.get(row, "until"))
        former = table.get(row, "status") == "former"
        if since:
            self.start = since.latest
        else:
            self.start = until.latest if until else context.today
        if until:
            self.end = until.lower_bound
        elif former:
            self.end = since.lower_bound if since else date.min
        else:
            self.end = date.max


RULES = (
    order_in_commitments,
    order_in_sources,
    order_in_documents,
    future,
    looks_on_a_day,
    overlapping_periods,
)
