"""Comparison tables as CSV: values as they stand in the dataset, dates exactly as the source gives them."""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Iterable, Iterator, Sequence

from ...dataset.spreadsheet_cells import harmless
from ...model.records import City, Commitment
from ...views.analysis.comparison_table import pivot, refusals, refusals_of_city
from ...views.lens import Lens
from ...views.pages.comparison import Subject, subject_at

LONG = (
    "city", "city_name", "country", "instrument", "instrument_name", "state", "status", "decided", "since",
    "until", "role", "act", "sources", "verified",
)  # fmt: skip
"""The columns of the list: one line for each recorded period of a pair."""

NOT_CHECKED = "not checked"
"""What the wide table holds where nothing is recorded; the list has no line there."""


SLICE = "data.csv"
"""The file with what is recorded of one city, or in one instrument, beside its page."""


def files(lens: Lens, address: str) -> Iterator[tuple[str, str]]:
    """Yield the path and text of the table at an address below ``compare``, as a list and as a matrix."""
    subject = subject_at(lens.atlas, address)
    folder = lens.addresses.path(lens.lang.code, "compare", address)
    yield f"{folder}table.csv", long_table(lens, subject)
    yield f"{folder}table-wide.csv", wide_table(lens, subject)


def city_file(lens: Lens, id: str) -> tuple[str, str]:
    """Return path and text of the list of what is recorded of one city."""
    text = _list(lens, (lens.atlas.cities[id],), lens.atlas.instruments)
    return lens.addresses.path(lens.lang.code, "cities", id) + SLICE, text


def instrument_file(lens: Lens, id: str) -> tuple[str, str]:
    """Return path and text of the list of all cities recorded in one instrument."""
    atlas = lens.atlas
    recorded = {c.city: None for c in atlas.commitments_of_instrument.get(id, ())}
    recorded |= {c.city: None for c in refusals(atlas) if c.instrument == id}
    folder = lens.addresses.path(lens.lang.code, lens.instrument_section(atlas.instruments[id]), id)
    return folder + SLICE, _list(lens, [atlas.cities[city] for city in recorded], (id,))


def long_table(lens: Lens, subject: Subject) -> str:
    """Return a line for each recorded period; a pair without a line has not been checked."""
    return _list(lens, (lens.atlas.cities[id] for id in subject.cities), frozenset(subject.instruments))


def _list(lens: Lens, cities: Iterable[City], instruments: Container[str]) -> str:
    atlas = lens.atlas
    refused = refusals_of_city(atlas)
    lines = [
        (
            city.id,
            lens.city_name(city),
            city.country,
            c.instrument,
            lens.instrument_name(atlas.instruments[c.instrument]).text,
            lens.state(c),
            c.status,
            *(str(date) if date else "" for date in (c.decided, c.since, c.until)),
            ";".join(c.roles),
            c.act or "",
            ";".join(c.sources),
            str(c.verified) if c.verified else "",
        )
        for city in cities
        for c in (*atlas.commitments_of_city.get(city.id, ()), *refused.get(city.id, ()))
        if c.instrument in instruments
    ]
    return _csv(LONG, lines)


def wide_table(lens: Lens, subject: Subject) -> str:
    """Return a line for each city and a column for each instrument in which one of them is recorded.

    A cell holds the state and the dates of each period: ``committed 2011-10; ended 1992-11-09/2004``.
    """
    atlas = lens.atlas
    cities = [atlas.cities[id] for id in subject.cities]
    columns, rows = pivot(atlas, cities, [atlas.instruments[id] for id in subject.instruments])
    lines = [
        (
            city.id,
            lens.city_name(city),
            city.country,
            *(_cell(lens, row[id]) if id in row else NOT_CHECKED for id in columns),
        )
        for city, row in zip(cities, rows, strict=True)
    ]
    return _csv(("city", "city_name", "country", *columns), lines)


def _cell(lens: Lens, periods: Sequence[Commitment]) -> str:
    return "; ".join(_period(lens, commitment) for commitment in periods)


def _period(lens: Lens, commitment: Commitment) -> str:
    """Return the state with its date, or with the interval that ISO 8601 writes with a slash."""
    state: str = lens.state(commitment)
    since, until = commitment.since, commitment.until
    if until:
        return f"{state} {since or ''}/{until}"
    return f"{state} {since}" if since else state


def _csv(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(list(map(harmless, line)) for line in lines)
    return buffer.getvalue()
