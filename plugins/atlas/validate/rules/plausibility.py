"""Rules about facts that cannot be, or hardly: warnings that name both places, for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from urllib.parse import urlsplit

from ...dataset.reading.csv_table import Row, Table
from ...dataset.reading.yaml_tree import Document, Mapping, Scalar
from ...findings import Finding, Place, finding
from ...languages.folding import folded
from ...model.dates import OPEN_START
from ...model.globe import kilometres
from ...model.schema import Field, list_entries
from ..context import Context, partial, scalars
from ..values.urls import page_key
from .date_order import is_far
from .places import different_regions

NEAR_KM = 2
"""Two cities of like names that lie nearer than this are asked about."""
LIKE_NAMES = 85
"""Per cent of likeness from which two names are like each other."""
_NAMES = ("name", "short", "acronym", "former_names")
"""What an instrument is called."""
_ANY = Field(name="", type="text", help={})
_COMMITTED = frozenset(("member", "signatory"))


class _Life:
    """The time in which there is an instrument, or the body of a city, as far as its record says."""

    def __init__(self, begins: Scalar | None, ends: Scalar | None, today: date) -> None:
        self.begins, self.ends, self.today = begins, ends, today
        self.first, self.last = (partial(edge.text or "") if edge else None for edge in (begins, ends))
        if self.first and self.first.first_day > today:
            self.first = None  # a slip of its own

    def outside(self, text: str) -> tuple[str, Scalar] | None:
        """Return what to say of a date that lies certainly outside, and the edge; None of any other."""
        when = partial(text)
        if when and self.begins and self.first and when.certainly_before(self.first):
            return "before", self.begins
        if when and self.ends and self.last and self.last.certainly_before(when):
            far = is_far(text, self.today)
            return None if far else ("after", self.ends)
        return None


def commitments_outside_the_life(context: Context) -> Iterator[Finding]:
    """Nobody belongs to an instrument before it was founded or after it ended."""
    for id_, table in context.data.commitments.items():
        if document := context.data.instruments.get(id_):
            life = _life(context, document)
            for row in table.rows:
                for column in ("since", "until"):
                    if found := life.outside(text := table.get(row, column)):
                        yield _outside(table.place(row, column), column, text, *found)
                        break


def members_of_what_has_ended(context: Context) -> Iterator[Finding]:
    """Nobody belongs today to an instrument that has ended."""
    for id_, table in context.data.commitments.items():
        document = context.data.instruments.get(id_)
        ends = document.root.scalar("ended") if document else None
        when = partial(ends.text or "") if ends else None
        if ends is None or when is None or when.latest >= context.today:
            continue
        for row, status in table.column("status"):
            if status in _COMMITTED and not table.get(row, "until"):
                yield _outside(table.place(row, "status"), "status", status, "ended", ends)


def actions_outside_the_life(context: Context) -> Iterator[Finding]:
    """Nothing is done for an instrument, or by a body of a city, that is not there yet or has ended."""
    for document in context.data.actions.values():
        root, (begins, ends) = document.root, (document.root.scalar(key) for key in ("date", "end_date"))
        if instrument := context.data.instruments.get(root.text("instrument") or ""):
            life = _life(context, instrument)
            yield from islice(_dates_outside(life, (("date", begins), ("end_date", ends))), 1)
        tasks = root.listed("items", Mapping) if root.text("kind") == "body" else ()
        days = (("on", one.scalar("on")) for one in tasks)
        yield from _dates_outside(_Life(begins, ends, context.today), days)


def _life(context: Context, instrument: Document) -> _Life:
    root = instrument.root
    return _Life(root.scalar("founded") or root.scalar("adopted"), root.scalar("ended"), context.today)


def _dates_outside(life: _Life, dates: Iterable[tuple[str, Scalar | None]]) -> Iterator[Finding]:
    for column, when in dates:
        if when and (found := life.outside(when.text or "")):
            yield _outside(when.place, column, when.text or "", *found)


def _outside(place: Place, column: str, text: str, how: str, edge: Scalar) -> Finding:
    there = edge.place.named
    return finding("W-LIFE", how, place, value=text, column=column, edge=edge.text or "", **there)


def later_than_its_sources(context: Context) -> Iterator[Finding]:
    """A source that was read before the day cannot say that it came."""
    looks = context.rows(context.data.table("sources"), "id", "accessed")
    read = {id_: partial(text) for _, id_, text in looks if not text.startswith(OPEN_START)}
    for table in context.data.commitments.values():
        for row, text, sources in context.rows(table, "since", "sources"):
            since = partial(text)
            days = [read.get(id_) for id_ in list_entries(sources)]
            if is_far(text, context.today):
                continue  # a slip of its own
            if since and days and all(day and day.certainly_before(since) for day in days):
                yield table.finding("W-READ", "before", row, "since")


def more_than_anybody_counts(context: Context) -> Iterator[Finding]:
    """An instrument has no more members in the data than any of its sources counts."""
    for id_, table in context.data.commitments.items():
        document = context.data.instruments.get(id_)
        counts = list(_members(document)) if document else []
        recorded = len(
            {table.get(row, "city") for row, status in table.column("status") if status in _COMMITTED}
        )
        most = max(counts, key=lambda one: one[0], default=None)
        if most and recorded > most[0]:
            yield finding("W-COUNT", "more", most[1], value=str(most[0]), file=table.path, number=recorded)


def _members(document: Document) -> Iterator[tuple[int, Place]]:
    """Yield the counts of an instrument that give a number, with their places; lower bounds give none."""
    for item in document.root.listed("counts", Mapping):
        members = item.scalar("members")
        if item.text("qualifier") not in (None, "exactly"):
            continue
        if members and (members.text or "").isdecimal():
            yield int(members.text or ""), members.place


def neighbours_of_like_names(context: Context) -> Iterator[Finding]:
    """Two cities that lie next to each other do not bear like names."""
    table = context.data.table("cities")
    cells: dict[tuple[int, int], list[tuple[Row, float, float]]] = defaultdict(list)
    for row in table.rows:
        try:
            lat, lon = float(table.get(row, "lat")), float(table.get(row, "lon"))
        except ValueError:  # empty, or a finding of its own
            continue
        at = int(lat * 20), int(lon * 20)  # cells of some 5 km by 2 to 5 km
        around = ((at[0] + north, at[1] + east) for north in (-1, 0, 1) for east in (-1, 0, 1))
        for other, other_lat, other_lon in (one for cell in around for one in cells[cell]):
            if (lat, lon) == (other_lat, other_lon) or not _alike(table, row, other):
                continue
            if kilometres((lat, lon), (other_lat, other_lon)) < NEAR_KM:
                fields = {"km": NEAR_KM, "other": table.get(other, "name"), "line": other.line}
                yield table.finding("W-TWIN", "near", row, "name", **fields)
        cells[at].append((row, lat, lon))


def _alike(table: Table, one: Row, other: Row) -> bool:
    if different_regions(table, one, other):  # Ulm and Neu-Ulm
        return False
    from rapidfuzz import fuzz  # not needed for good data: few cities lie so near

    names = folded(table.get(one, "name")), folded(table.get(other, "name"))
    return fuzz.token_set_ratio(*names) >= LIKE_NAMES


def instruments_of_one_name(context: Context) -> Iterator[Finding]:
    """An instrument does not bear a name, acronym or former name of another one, nor does a city."""
    first: dict[str, tuple[str, Place]] = {}
    for id_, document in context.data.instruments.items():
        nodes = ((key, node) for key in _NAMES if (node := document.root.entries.get(key)))
        for key, value in ((key, value) for key, node in nodes for value in scalars(node, _ANY)):
            other, place = first.setdefault(folded(value.text), (id_, value.place))
            if other != id_:
                yield _twin(value.place, key, value.text, place)
                break
    cities = context.data.table("cities")
    for column in (name for name in cities.index if name == "name" or name.startswith("name_")):
        for row, text in cities.column(column):
            if taken := first.get(folded(text)):
                yield _twin(cities.place(row, column), column, text, taken[1])


def records_of_one_address(context: Context) -> Iterator[Finding]:
    """Two sources, cities or instruments are not the same page."""
    for name, column in (("sources", "url"), ("sources", "archived"), ("cities", "website")):
        table, rows = context.data.table(name), dict[tuple[str, ...], Row]()
        for row, url in table.column(column):
            other = rows.setdefault(_page(url), row) if url else row
            if other is not row:
                yield _twin(table.place(row, column), column, url, Place(table.path, other.line))
    first: dict[tuple[str, ...], Scalar] = {}
    for document in context.data.instruments.values():
        website = document.root.scalar("website")
        if website and website.text:
            same = first.setdefault(_page(website.text), website)
            if same is not website:
                yield _twin(website.place, "website", website.text, same.place)


def _page(url: str) -> tuple[str, ...]:
    """Return what tells sources apart: the page, and the part of it that the address names."""
    try:
        return (*page_key(url), urlsplit(url).fragment)
    except ValueError:  # told by another rule
        return (url,)


def actions_of_one_day_and_title(context: Context) -> Iterator[Finding]:
    """Two actions of the same cities do not share a date and a title."""
    first: dict[tuple[str, str, frozenset[str]], Scalar] = {}
    for document in context.data.actions.values():
        title, root = document.root.entries.get("title"), document.root
        of = frozenset(city.text or "" for city in root.listed("cities", Scalar))
        for scalar in title.entries.values() if isinstance(title, Mapping) else ():
            if isinstance(scalar, Scalar) and scalar.text:
                other = first.setdefault((root.text("date") or "", folded(scalar.text), of), scalar)
                if other is not scalar and other.place.path != scalar.place.path:
                    yield _twin(scalar.place, "title", scalar.text, other.place)
                    break


def _twin(place: Place, column: str, text: str, other: Place) -> Finding:
    return finding("W-TWIN", "same", place, value=text, column=column, **other.named)
