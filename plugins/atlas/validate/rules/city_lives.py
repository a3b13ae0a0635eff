"""Rules about cities that ended, their successors, and names and numbers with a prefix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...dataset.reading.csv_table import Row, Table
from ...findings import Finding, Place, finding
from ...model.schema import LANGUAGE_PATTERN
from ..context import Context, partial, table_values, value_place
from .coherence import DATES
from .references import circles, texts

_PREFIXED = {
    "former_names": (re.compile(rf"{LANGUAGE_PATTERN.pattern}: ?\S.*"), "language", "de:Breslau"),
    "codes": (re.compile(r"[a-z][a-z0-9]*:[A-Za-z0-9._-]+"), "register", "teryt:1261011"),
}


def prefixed(context: Context) -> Iterator[Finding]:
    """A former name says its language, a number its register."""
    table = context.data.table("cities")
    for column, (shape, what, example) in _PREFIXED.items():
        one = context.records["city"].by_name[column]
        for row, text, offset in table_values(table, one):
            if not shape.fullmatch(text):
                place = value_place(table, row, one, offset)
                yield finding("E-PREFIX", what, place, value=text, column=column, example=example)


def succession(context: Context) -> Iterator[Finding]:
    """What succeeds a city is another one, and the city says when it ended."""
    table = context.data.table("cities")
    next_: dict[str, str] = {}
    rows = {id_: row for row, id_ in table.column("id")}
    for row, successor in table.column("successor"):
        if successor:
            next_[table.get(row, "id")] = successor
            if not table.get(row, "until"):
                yield table.finding("E-ORDER", "no-until", row, "successor")
    for path in circles(next_):
        row = rows[path[0]]
        yield table.finding("E-REF", "circle", row, "successor", value=path[1], circle=" > ".join(path))


def after_the_end_of_the_city(context: Context) -> Iterator[Finding]:
    """A city that ended joins nothing afterwards, and does nothing."""
    cities = context.data.table("cities")
    ends = {cities.get(row, "id"): (row, text) for row, text in cities.column("until") if text}
    for table in context.data.commitments.values() if ends else ():
        for row, city in table.column("city"):
            for name in DATES if city in ends else ():
                yield from _after(table.place(row, name), name, table.get(row, name), cities, *ends[city])
    for document in context.data.actions.values() if ends else ():
        for city in texts(document, "cities") & ends.keys():
            if when := document.root.scalar("date"):
                yield from _after(when.place, "date", when.text or "", cities, *ends[city])


def _after(place: Place, column: str, text: str, cities: Table, end: Row, until: str) -> Iterator[Finding]:
    """Yield a date that lies certainly after the end of a city."""
    when, last = partial(text), partial(until)
    if when and last and last.certainly_before(when):
        edge = Place(cities.path, end.line).named
        yield finding("E-ORDER", "after-the-city", place, value=text, column=column, edge=until, **edge)
