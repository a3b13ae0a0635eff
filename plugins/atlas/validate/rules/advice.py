"""Advice: what is not wrong, but worth the look of a person. Builds do not ask for it."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ...dataset.reading.csv_table import Row
from ...dataset.reading.load import Dataset
from ...dataset.reading.yaml_tree import Scalar
from ...findings import Finding, Place, finding
from ...model.dates import STALE_MONTHS, months_before
from ..context import Context, partial
from . import hosts, plausibility, rules_of

_LASTING = frozenset(("member", "signatory", "applicant", "observer", "suspended", "none"))
"""Statuses that claim something about today; what has ended does not change any more."""

_COMMITTING = {"statement": "signed", "resolution": "adopted"}
"""Kinds of action that commit a city once they have this status; hosting or meeting does not."""


def advise(dataset: Dataset, *, today: date) -> Iterator[Finding]:
    """Yield the warnings that only ``atlas check`` gives; ``today`` is the day of the check."""
    context = Context(dataset, today)
    for rule in RULES:
        yield from rule(context)


def nothing_yet(context: Context) -> Iterator[Finding]:
    """A dataset has records; one that is begun has none yet, and its site is made all the same."""
    cities = context.without_rows("city")
    rows = any(table.rows or table.lost for _, table in context.tables())
    if cities and not rows and next(context.documents(), None) is None:
        yield finding("W-EMPTY", "dataset", Place(cities.path))


def stale(context: Context) -> Iterator[Finding]:
    """What is said of today was looked at in the last 24 months."""
    limit = months_before(context.today, STALE_MONTHS)
    for table in context.data.commitments.values():
        for row, text in table.column("verified"):
            verified = partial(text)
            if verified and verified.latest < limit and table.get(row, "status") in _LASTING:
                yield table.finding("W-STALE", "verified", row, "verified", months=STALE_MONTHS)


def unarchived(context: Context) -> Iterator[Finding]:
    """A source on the web has an archived copy, which stays when the page goes."""
    table = context.data.table("sources")
    column = "archived" if "archived" in table.index else "url"
    for row, id_, url, archived in context.rows(table, "id", "url", "archived"):
        if url and not archived:
            yield table.finding("W-ARCHIVE", "none", row, column, value=id_)


def same_points(context: Context) -> Iterator[Finding]:
    """Two places do not lie at one point."""
    table = context.data.table("cities")
    first: dict[tuple[float, float], Row] = {}
    for row, id_, lat, lon in context.rows(table, "id", "lat", "lon"):
        try:
            other = first.setdefault((float(lat), float(lon)), row)
        except ValueError:  # empty, or a finding of its own
            continue
        if (same := table.get(other, "id")) != id_:
            yield table.finding("W-POINT", "same", row, "lat", value=id_, other=same, line=other.line)


def missing_commitments(context: Context) -> Iterator[Finding]:
    """A signature, or a council's resolution about an instrument, has its row among the commitments."""
    rows: dict[str, set[str]] = defaultdict(set)
    for instrument, table in context.data.commitments.items():
        status = {row.line: text for row, text in table.column("status")}
        rows[instrument] = {city for line, city in context.members(instrument) if status.get(line) != "none"}
    for document in context.data.actions.values():
        instrument = document.root.text("instrument") or ""
        status_of_action = document.root.text("status")
        if not status_of_action or _COMMITTING.get(document.root.text("kind") or "") != status_of_action:
            continue
        if instrument not in context.instruments:
            continue
        for city in document.root.listed("cities", Scalar):
            if city.text in context.cities and city.text not in rows[instrument]:
                if context.may_be_member(city.text, instrument):
                    continue
                file = context.data.path(f"commitments/{instrument}.csv")
                yield city.finding("W-ACTION", "no-row", status=status_of_action, file=file)


RULES = rules_of(sys.modules[__name__], plausibility, hosts)
