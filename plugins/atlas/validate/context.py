"""What every rule may ask: the dataset, its ids and codes, and the day of the check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import PurePosixPath
from typing import Any

from ..dataset.reading.csv_table import Row, Table
from ..dataset.reading.load import Dataset
from ..dataset.reading.parsed_files import Right
from ..dataset.reading.yaml_tree import Document, Node, Scalar, Sequence
from ..dataset.reading.yaml_tree import Mapping as YamlMapping
from ..findings import FieldValue, Finding, Place, finding, nearest
from ..languages.folding import folded
from ..model.claim_ids import claim_id
from ..model.dates import PartialDate, parse_date
from ..model.schema import LIST_SEPARATOR, Field, Record, Referred, list_entries, schema
from .meant import Meant


@dataclass(frozen=True, slots=True)
class Value:
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

    def __init__(self, data: Dataset, today: date, right: Right | None = None) -> None:
        """Look up the ids; ``right`` are values in which nothing was wrong, to which rules add."""
        self.data, self.today = data, today
        self.right: Right = {} if right is None else right
        self.records = schema(data.languages)
        self.cities, self.sources = _ids(data.table("cities")), _ids(data.table("sources"))
        self.instruments = self._document_ids("networks", "charters")
        self.actions = self._document_ids("actions")
        self.codes = _codes(data.vocabulary)
        """By section of the vocabulary."""
        self.meant = Meant(data)
        """What words that are no ids were meant to be."""
        self._cells: dict[tuple[int, str], frozenset[str]] = {}

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
        return iter(()) if table is None else _named(table, "city")

    def tables(self) -> Iterator[tuple[Record, Table]]:
        """Yield every table with its description."""
        for record in self.records.values():
            if record.format == "csv":
                yield from ((record, table) for table in self.data.read(record))

    def columns(self) -> Iterator[tuple[Record, Table, Field]]:
        """Yield every column that a table has or may have, with its description."""
        return ((record, table, one) for record, table in self.tables() for one in record.fields)

    def cells(self, table: Table, name: str) -> frozenset[str]:
        """Return the cells of a column as they stand, each once; none without the column.

        Most columns repeat few values, and most values are right: a rule looks at the rows only where one of
        these is wrong.
        """
        key = id(table), name
        if key not in self._cells:
            position = table.index.get(name)
            rows = () if position is None else table.rows
            self._cells[key] = frozenset(row.values[position] for row in rows)  # type: ignore[index]  # not None
        return self._cells[key]

    def values(self, table: Table, one: Field) -> frozenset[str]:
        """Return the values of a column, each once: its cells, or what they list."""
        key = id(table), f"{one.name} listed"
        if key not in self._cells:
            cells = self.cells(table, one.name)
            parts = (part for cell in cells for part in cell.split(LIST_SEPARATOR)) if one.many else cells
            self._cells[key] = frozenset(map(str.strip, parts)) - {""}
        return self._cells[key]

    def documents(self) -> Iterator[tuple[Record, Document]]:
        """Yield every YAML record but the vocabulary with its description."""
        for record in self.records.values():
            if record.format == "yaml" and record.name != "vocabulary":
                yield from ((record, document) for document in self.data.read(record))

    @cached_property
    def document_values(self) -> list[Value]:
        """Every value of these records; they are walked through once for all rules."""
        return [
            value for record, document in self.documents() for value in scalars(document.root, whole(record))
        ]

    def matching(self, wanted: Callable[[Field], Callable[[str], object] | None]) -> Iterator[Value]:
        """Yield every value, of tables and documents, that passes a test: mostly that it is wrong.

        ``wanted`` returns the test of a field, or None where nothing is looked for. Of equal values of one
        column one is tested, and where they stand is only looked up if it passes.
        """
        for _, table, one in self.columns():
            if (test := wanted(one)) and (found := {*filter(test, self.values(table, one))}):
                for row, text, offset in table_values(table, one):
                    if text in found:
                        yield Value(text, value_place(table, row, one, offset), one)
        for value in self.document_values:
            if (test := wanted(value.field)) and test(value.text):
                yield value


_TABLES = {"city": "cities", "source": "sources"}


def _ids(table: Table) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for line, id_ in _named(table, "id"):
        if id_ not in found:
            found[id_] = Place(table.path, line)
    return found


def _named(table: Table, column: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the id of every row; one that could not be read has a finding, its id has none."""
    for row, id_ in table.column(column):
        if id_:
            yield row.line, id_
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


def _parts(text: str, one: Field) -> Iterator[tuple[str, int]]:
    """Yield the values of a cell with their offset in it: one, or the parts of a list."""
    offset = 0
    for part in text.split(LIST_SEPARATOR) if one.many else (text,):
        if stripped := part.strip():
            yield stripped, offset + len(part) - len(part.lstrip())
        offset += len(part) + 1


def inside(place: Place, offset: int) -> Place:
    """Return ``place`` moved by ``offset`` code points on the same line."""
    return place._replace(column=place.column + offset) if offset else place


def table_values(table: Table, one: Field) -> Iterator[tuple[Row, str, int]]:
    """Yield the values of a column with their row and their offset in the cell."""
    position = table.index.get(one.name)
    if position is None:
        return
    for row in table.rows:
        text = row.values[position]
        if not text:
            continue
        if one.many or text[0].isspace() or text[-1].isspace():
            for part, offset in _parts(text, one):
                yield row, part, offset
        else:
            yield row, text, 0


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


def whole(record: Record) -> Field:
    """Return one field that describes a whole document."""
    return Field(name=record.name, type="mapping", help={}, fields=record.fields)


def scalars(node: Node, one: Field) -> Iterator[Value]:
    """Yield every scalar of a YAML value that is described by ``one`` or its nested fields."""
    stack: list[tuple[Node, Field]] = [(node, one)]
    while stack:
        current, described = stack.pop()
        if isinstance(current, Scalar):
            if current.text is not None and current.text.strip():
                yield Value(current.text.strip(), current.place, described)
        elif isinstance(current, Sequence):
            stack.extend((item, described) for item in reversed(current.items))
        else:
            for key, nested in reversed(current.entries.items()):
                stack.append((nested, described.key(key) or described))


@cache
def partial(text: str) -> PartialDate | None:
    """Return the date that ``text`` writes, or None where it is empty or not a date.

    A wrong date has its own finding; the rules that compare dates pass it over.
    """
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None
