"""What every rule may ask: the dataset, its ids and codes, and the day of the check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from datetime import date
from functools import cache, cached_property
from itertools import compress
from operator import ne
from pathlib import PurePosixPath
from typing import Any, NamedTuple, TypeAlias

from ..dataset.reading.csv_table import Row, Table
from ..dataset.reading.load import Dataset
from ..dataset.reading.yaml_tree import Document, Node, Scalar, Sequence
from ..dataset.reading.yaml_tree import Mapping as YamlMapping
from ..findings import FieldValue, Finding, Place, finding, nearest
from ..languages.folding import folded
from ..model.claim_ids import claim_id
from ..model.dates import PartialDate, parse_date
from ..model.schema import LIST_SEPARATOR, Field, Record, Referred, list_entries, schema
from .meant import Meant

Pick: TypeAlias = Callable[[Set[str]], Iterable[str]]
"""Returns some of the texts of a field."""


class Value(NamedTuple):
    """One value of the data with its description, wherever it stands."""

    text: str
    place: Place
    field: Field

    def finding(self, code: str, name: str, **fields: FieldValue) -> Finding:
        """Return a finding about the value."""
        about: dict[str, Any] = {"value": self.text, "column": self.field.name, **fields}
        return finding(code, name, self.place, **about)


class Context:
    """A dataset under examination."""

    def __init__(self, data: Dataset, today: date) -> None:
        """Look up the ids."""
        self.data, self.today = data, today
        self.records = schema(data.languages)
        self._columns: dict[str, list[tuple[str, ...]]] = {}
        self._stripped: dict[tuple[str, str], tuple[str, ...]] = {}
        self._cells: dict[tuple[str, str], Set[str]] = {}
        self.cities, self.sources = (self._ids(data.table(name)) for name in ("cities", "sources"))
        self.instruments = self._document_ids("networks", "charters")
        self.actions = self._document_ids("actions")
        self.codes = _codes(data.vocabulary)
        """By section of the vocabulary."""
        self.meant = Meant(data)
        """What words that are no ids were meant to be."""

    def _ids(self, table: Table) -> dict[str, Place]:
        """Return the ids of rows, each with the first row that bears it."""
        ids, places = self.column(table, "id"), [*table.places()]
        found = dict(zip(reversed(ids), reversed(places), strict=True))
        found.pop("", None)
        return {id_: Place(table.path, line) for line, id_ in reversed([*_lost(table, "id")])} | found

    def _document_ids(self, *folders: str) -> dict[str, Place]:
        """Return the ids of files, also of those that could not be read: these have a finding already."""
        found = {
            PurePosixPath(name).stem: Place(self.data.path(name))
            for name in sorted(self.data.unreadable)
            if name.partition("/")[0] in folders and "/" in name
        }
        read = (one for folder in reversed(folders) for one in getattr(self.data, folder).values())
        return found | {one.id: Place(one.path) for one in read}

    def ids(self, kind: str) -> Mapping[str, Place]:
        """Return the ids of one kind of record with their places; none of what has no ids."""
        if kind == "commitment":
            return self.claims
        topics = dict.fromkeys(self.codes.get("topics", {}), Place(self.data.path("vocabulary.yaml")))
        by_kind = {"city": self.cities, "source": self.sources, "action": self.actions, "topic": topics}
        instruments = dict.fromkeys(("instrument", "network", "charter"), self.instruments)
        return (by_kind | instruments).get(kind, {})

    @cached_property
    def claims(self) -> Mapping[str, Place]:
        """The short id of every commitment."""
        return {
            claim_id(city, instrument, table.get(row, "period")): Place(table.path, row.line)
            for instrument, table in self.data.commitments.items()
            for row, city in table.column("city")
        }

    @cached_property
    def former(self) -> Mapping[str, Place]:
        """Former ids of cities, which lead to a page as well."""
        table = self.data.table("cities")
        cells = table.column("former_ids")
        return {id_: table.place(row, "former_ids") for row, cell in cells for id_ in list_entries(cell)}

    def unread(self, kind: str) -> bool:
        """Tell whether the file of these ids could not be read, so that every id would seem wrong."""
        name = _TABLES.get(kind)
        return name is not None and (
            self._without(f"{name}.csv", self.data.tables.get(name), "id")
            or (name in self.data.tables and not self.ids(kind))
        )

    def unread_members(self, instrument: str) -> bool:
        """Tell whether the file of an instrument's commitments could not be read or names no cities.

        Nor can it where it is missing and a file bears the name of no instrument, which may be its own.
        """
        table = self.data.commitments.get(instrument)
        misnamed = table is None and not self.data.commitments.keys() <= self.instruments.keys()
        return misnamed or self._without(f"commitments/{instrument}.csv", table, "city")

    def without_rows(self, kind: Referred) -> Table | None:
        """Return the table of cities or of sources where it was read and has a header alone."""
        table = self.data.tables.get(_TABLES.get(kind, ""))
        return None if table is None or table.rows or table.lost else table

    def _without(self, name: str, table: Table | None, column: str) -> bool:
        if name in self.data.unreadable:
            return True
        return table is not None and column not in table.index

    def may_be_member(self, city: str, instrument: str) -> bool:
        """Tell whether a city may belong to an instrument: a row names it, or almost."""
        others = [folded(one) for _, one in self.members(instrument) if one not in self.cities]
        return self.unread_members(instrument) or bool(nearest(city, others))

    def members(self, instrument: str) -> Iterator[tuple[int, str]]:
        """Yield line and city of every commitment of an instrument, also of rows that could not be read."""
        table = self.data.commitments.get(instrument)
        if table is not None:
            yield from ((row.line, city) for row, city in table.column("city") if city)
            yield from _lost(table, "city")

    def tables(self) -> Iterator[tuple[Record, Table]]:
        """Yield every table with its description."""
        for record in self.records.values():
            if record.format == "csv":
                yield from ((record, table) for table in self.data.read(record))

    def columns(self) -> Iterator[tuple[Record, Table, Field]]:
        """Yield every column that a table has or may have, with its description."""
        return ((record, table, one) for record, table in self.tables() for one in record.fields)

    def _exact(self, table: Table, name: str) -> tuple[str, ...]:
        """Return the cells of a column as they stand; none without the column or without rows."""
        if not table.rows or name not in table.index:
            return ()
        if table.path not in self._columns:
            self._columns[table.path] = list(zip(*(row.values for row in table.rows), strict=True))
        return self._columns[table.path][table.index[name]]

    def column(self, table: Table, name: str) -> tuple[str, ...]:
        """Return the stripped values of a column, one for each row; they are empty without the column."""
        key = table.path, name
        if key not in self._stripped:
            self._stripped[key] = tuple(map(str.strip, self._exact(table, name))) or ("",) * len(table.rows)
        return self._stripped[key]

    def rows(self, table: Table, *names: str) -> Iterator[tuple[Any, ...]]:
        """Yield every row with its stripped values in some columns."""
        return zip(table.rows, *(self.column(table, name) for name in names), strict=True)

    def repeats(self, table: Table, name: str) -> bool:
        """Tell whether a value of a column stands in several rows."""
        column = self.column(table, name)
        return len({*column, ""}) <= len(column) - column.count("")

    def cells(self, table: Table, name: str) -> Set[str]:
        """Return the cells of a column as they stand, each once; none without the column.

        Most columns repeat few values, and most values are right: a rule looks at the rows only where one of
        these is wrong.
        """
        key = table.path, name
        if key not in self._cells:
            self._cells[key] = {*self._exact(table, name)}
        return self._cells[key]

    def values(self, table: Table, one: Field) -> Set[str]:
        """Return the values of a column, each once: its cells, or what they list."""
        key = table.path, f"{one.name} listed"
        if key not in self._cells:
            cells = self.cells(table, one.name)
            if one.many or self.padded(table, one.name):
                parts = LIST_SEPARATOR.join(cells).split(LIST_SEPARATOR) if one.many else cells
                cells = {*map(str.strip, parts)}
            self._cells[key] = cells - {""}
        return self._cells[key]

    def padded(self, table: Table, name: str) -> Set[str]:
        """Return the cells of a column that have spaces around them, each once."""
        key = table.path, f"{name} padded"
        if key not in self._cells:
            cells = self.cells(table, name)
            self._cells[key] = {*compress(cells, map(ne, cells, map(str.strip, cells)))}
        return self._cells[key]

    def documents(self) -> Iterator[tuple[Record, Document]]:
        """Yield every YAML record but the vocabulary with its description."""
        for record in self.records.values():
            if record.format == "yaml" and record.name != "vocabulary":
                yield from ((record, document) for document in self.data.read(record))

    @cached_property
    def document_texts(self) -> list[tuple[Field, set[str]]]:
        """The texts of these records by their fields, each once."""
        found: dict[int, tuple[Field, set[str]]] = {}
        for record, document in self.documents():
            _gather(document.root, record.whole, found)
        return [*found.values()]

    def matching(self, wanted: Callable[[Field], Pick | None]) -> Iterator[Value]:
        """Yield every value, of tables and documents, that is picked: mostly because it is wrong.

        ``wanted`` returns what picks texts among all those of a field, or None where nothing is looked for.
        Where they stand is only looked up if there are some.
        """
        for _, table, one in self.columns():
            if (pick := wanted(one)) and (found := {*pick(self.values(table, one))}):
                for row, text, offset in table_values(table, one):
                    if text in found:
                        yield Value(text, value_place(table, row, one, offset), one)
        picked = {id(one): {*pick(texts)} for one, texts in self.document_texts if (pick := wanted(one))}
        for record, document in self.documents() if any(picked.values()) else ():
            for value in scalars(document.root, record.whole):
                if value.text in picked.get(id(value.field), ()):
                    yield value


_TABLES = {"city": "cities", "source": "sources"}


def _lost(table: Table, column: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the id of rows that could not be read: they have a finding, their ids have none."""
    position = table.index.get(column, 0)
    for row in table.lost:
        if len(row.values) > position and row.values[position].strip():
            yield row.line, row.values[position].strip()


def _codes(vocabulary: Document | None) -> dict[str, dict[str, YamlMapping]]:
    sections = vocabulary.root.entries if vocabulary else {}
    return {
        name: {id_: code for id_, code in node.entries.items() if isinstance(code, YamlMapping)}
        for name, node in sections.items()
        if isinstance(node, YamlMapping)
    }


def inside(place: Place, offset: int) -> Place:
    """Return ``place`` moved by ``offset`` code points on the same line."""
    return place._replace(column=place.column + offset) if offset else place


def table_values(table: Table, one: Field) -> Iterator[tuple[Row, str, int]]:
    """Yield the values of a column with their row and their offset in the cell."""
    for row in table.rows:
        offset, cell = 0, table.exact(row, one.name)
        for part in cell.split(LIST_SEPARATOR) if one.many else (cell,):
            if text := part.strip():
                yield row, text, offset + len(part) - len(part.lstrip())
            offset += len(part) + 1


def value_place(table: Table, row: Row, one: Field, offset: int) -> Place:
    """Return where a value of a list stands: ``offset`` is that in the cell, without its quotes."""
    place = table.place(row, one.name)
    if not offset:
        return place
    quoted = '"' in row.raw and row.raw.split("\n")[place.line - row.line][place.column - 1] == '"'
    before = row.values[table.index[one.name]][:offset]
    *lines, last = before.split("\n")
    doubled = last.count('"') if quoted else 0
    if lines:
        return Place(place.path, place.line + len(lines), len(last) + doubled + 1)
    return inside(place, offset + quoted + doubled)


def scalars(node: Node, one: Field) -> list[Value]:
    """Return every scalar of a YAML value that is described by ``one`` or its nested fields, in order."""
    if isinstance(node, Scalar):
        return [Value(text, node.place, one)] if node.text and (text := node.text.strip()) else []
    if isinstance(node, Sequence):
        return [value for item in node.items for value in scalars(item, one)]
    fields = one.by_name
    return [value for key, item in node.entries.items() for value in scalars(item, fields.get(key, one))]


def _gather(node: Node, one: Field, found: dict[int, tuple[Field, set[str]]]) -> None:
    """Add the text of every scalar of a YAML value to those of its field."""
    if isinstance(node, Scalar):
        if node.text and (text := node.text.strip()):
            if id(one) not in found:
                found[id(one)] = one, set()
            found[id(one)][1].add(text)
    elif isinstance(node, Sequence):
        for item in node.items:
            _gather(item, one, found)
    else:
        for key, item in node.entries.items():
            _gather(item, one.by_name.get(key, one), found)


@cache
def partial(text: str) -> PartialDate | None:
    """Return the date that ``text`` writes, or None where it is empty or not a date.

    A wrong date has its own finding; the rules that compare dates pass it over.
    """
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None
