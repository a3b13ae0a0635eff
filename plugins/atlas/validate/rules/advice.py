"""Advice: what is not wrong, but worth the look of a person. Builds do not ask for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ...dataset.reading.csv_table import Row
from ...dataset.reading.load import Dataset
from ...dataset.reading.yaml_tree import Document, Scalar, Sequence
from ...findings import N_, Finding, Place, finding
from ...model.dates import STALE_MONTHS, months_before
from ..context import Context, partial
from . import hosts, plausibility

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
        yield finding(
            "W-EMPTY",
            Place(cities.path),
            N_("the dataset has no records yet"),
            hint=N_("add the first city with atlas new city, or put back the rows that were there"),
        )


def stale(context: Context) -> Iterator[Finding]:
    """What is said of today was looked at in the last 24 months."""
    limit = months_before(context.today, STALE_MONTHS)
    for table in context.data.commitments.values():
        for row, text in table.column("verified"):
            verified = partial(text)
            if verified and verified.latest < limit and table.get(row, "status") in _LASTING:
                yield finding(
                    "W-STALE",
                    table.place(row, "verified"),
                    N_("verified '{value}': more than {months} months ago"),
                    value=text,
                    hint=N_("look at the source again and type the day on which you did"),
                    months=STALE_MONTHS,
                )


def unarchived(context: Context) -> Iterator[Finding]:
    """A source on the web has an archived copy, which stays when the page goes."""
    table = context.data.table("sources")
    for row in table.rows:
        url = table.get(row, "url")
        if url and not table.get(row, "archived"):
            yield finding(
                "W-ARCHIVE",
                table.place(row, "archived" if "archived" in table.index else "url"),
                N_("source '{value}': no archived copy"),
                value=table.get(row, "id"),
                hint=N_("save the page at web.archive.org and put the address of the copy into archived"),
            )


def same_points(context: Context) -> Iterator[Finding]:
    """Two places do not lie at one point."""
    table = context.data.table("cities")
    first: dict[tuple[float, float], Row] = {}
    for row in table.rows:
        try:
            point = float(table.get(row, "lat")), float(table.get(row, "lon"))
        except ValueError:  # empty, or a finding of its own
            continue
        other = first.setdefault(point, row)
        if other is not row and table.get(other, "id") != table.get(row, "id"):
            yield finding(
                "W-POINT",
                table.place(row, "lat"),
                N_("lat and lon: '{value}' lies at the same point as '{other}' in line {line}"),
                value=table.get(row, "id"),
                hint=N_("correct the coordinates of one, or keep one row if they are one place"),
                other=table.get(other, "id"),
                line=other.line,
            )


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
        if instrument not in context.instruments or context.unread_members(instrument):
            continue
        for city in _cities(document):
            if city.text in context.cities and city.text not in rows[instrument]:
                yield finding(
                    "W-ACTION",
                    city.place,
                    N_("cities '{value}': {status} here, but without a row in {file}"),
                    value=city.text or "",
                    hint=N_("add the row, or correct status, instrument or cities"),
                    status=status_of_action,
                    file=context.data.path(f"commitments/{instrument}.csv"),
                )


def _cities(document: Document) -> Iterator[Scalar]:
    node = document.root.entries.get("cities")
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, Scalar):
            yield item


RULES = (nothing_yet, stale, unarchived, same_points, missing_commitments, *plausibility.RULES, *hosts.RULES)
