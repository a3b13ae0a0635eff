"""Rules about the order of dates; a partial date is wrong only when it certainly is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from datetime import date
from operator import itemgetter

from ...dataset.reading.csv_table import Row, Table
from ...dataset.reading.yaml_tree import Mapping, Node, Sequence
from ...findings import Finding, finding
from ...model.dates import OPEN_START
from ...model.grouping import grouped
from ...model.schema import Field
from ..context import Context, partial, scalars
from ..problem import Problem

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


_ORDER = {
    "commitment": ("since", "until"),
    "source": ("published", "accessed"),
    "network": ("founded", "ended"),
    "charter": ("adopted", "ended"),
    "action": ("date", "end_date"),
}
"""Two dates of each kind of record, of which the second does not come first."""


def order(context: Context) -> Iterator[Finding]:
    """A city cannot leave before it joins; a document is read after it is published."""
    for record, table in context.tables():
        if dates := _ORDER.get(record.name):
            first, second = dates
            for row, later, earlier in context.rows(table, second, first):
                if later and earlier and _before(later, earlier):
                    yield table.finding("E-ORDER", "before", row, second, other=first, earlier=earlier)
    for record, document in context.documents():
        first, second = _ORDER[record.name]
        begins, ends = document.root.text(first) or "", document.root.scalar(second)
        if ends and _before(ends.text or "", begins):
            yield ends.finding("E-ORDER", "before", column=second, other=first, earlier=begins)


def _before(text: str, other: str) -> bool:
    """Tell whether a date lies certainly before another one."""
    if text >= other:  # such a date is sorted before the other one as a text, too
        return False
    one, later = partial(text), partial(other)
    return bool(one and later and one.certainly_before(later))


def late_resolutions(context: Context) -> Iterator[Finding]:
    """A council rarely resolves after the fact."""
    for table in context.data.commitments.values():
        for row, text, since in context.rows(table, "decided", "since"):
            if text and _before(since, text):
                yield table.finding("W-DECIDED", "late", row, "decided", since=since)


def future(context: Context) -> Iterator[Finding]:
    """What has happened did so by today, and what is announced comes within a few years."""
    for _, table, one in context.columns():
        if one.type == "date" and not surely_past(context.values(table, one), context.today):
            wrong = {
                text: found
                for text in context.values(table, one)
                if (found := _too_late(text, one.name in ANNOUNCED, context.today))
            }
            for row, text in table.column(one.name) if wrong else ():
                if found := wrong.get(text):
                    yield found.at(table.place(row, one.name), one.name, text)
    days = (texts for one, texts in context.document_texts if one.type == "date")
    late = not all(surely_past(texts, context.today) for texts in days)
    for record, document in context.documents() if late else ():
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
        if value.field.type == "date" and (found := _too_late(value.text, name in to_come, context.today)):
            yield found.at(value.place, name, value.text)


def surely_past(texts: Set[str], today: date) -> bool:
    """Tell whether texts name no day to come if they are dates: sorted before today, and with a year."""
    return not texts or (min(texts) >= "0" and max(texts) <= today.isoformat())


def is_far(text: str, today: date) -> bool:
    """Tell whether a day lies too far ahead to be announced."""
    when = partial(text)
    return when is not None and when.latest.year > today.year + ANNOUNCED_YEARS


def _too_late(text: str, announced: bool, today: date) -> Problem | None:
    if surely_past({text}, today):
        return None
    if announced:
        return Problem("E-FUTURE", "far", {"years": ANNOUNCED_YEARS}) if is_far(text, today) else None
    when = partial(text)
    come = when is None or when.first_day <= today
    return None if come else Problem("E-FUTURE", "done", {"today": today.isoformat()})


_LOOKS = {"source": ("accessed", "gone"), "retired": ("on",), "commitment": ("verified",)}


def looks_on_a_day(context: Context) -> Iterator[Finding]:
    """Who looks knows when: a look has no "by"."""
    for record, table in context.tables():
        for column in _LOOKS.get(record.name, ()):
            doubtful = any(OPEN_START in cell for cell in context.cells(table, column))
            for row, text in context.rows(table, column) if doubtful else ():
                if text.startswith(OPEN_START) and partial(text):
                    yield table.finding("E-DATE", "look-by", row, column)


def overlapping_periods(context: Context) -> Iterator[Finding]:
    """The periods of one city in one instrument do not overlap, and begin at different times."""
    for table in context.data.commitments.values():
        if not context.repeats(table, "city"):
            continue
        counts = Counter(city for _, city in table.column("city") if city)
        repeated = (cell for cell in table.column("city") if counts[cell[1]] > 1)
        for city, cells in grouped(repeated, itemgetter(1)).items():
            yield from _overlaps(context, table, city, [row for row, _ in cells])


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
