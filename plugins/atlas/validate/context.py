"""What every rule may ask: the dataset, its ids and codes, and the day of the check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import PurePosixPath

from ..dataset.reading.csv_table import Row, Table
from ..dataset.reading.load import Dataset
from ..dataset.reading.parsed_files import Right
from ..dataset.reading.yaml_tree import Document, Node, Scalar, Sequence
from ..dataset.reading.yaml_tree import Mapping as YamlMapping
from ..findings import Place, nearest
from ..languages.folding import folded
from ..model.dates import PartialDate, parse_date
from ..model.schema import LIST_SEPARATOR, Field, Record, Referred, schema
from .meant import Meant


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the data with its description, wherever it stands."""

    text: str
    place: Place
    field: Field


@dataclass(slots=True)
class Context:
    """A dataset under examination."""

    data: Dataset
    today: date
    right: Right = field(default_factory=dict)
    """Values in which nothing was wrong; the rules that look at one value at a time add to them."""
    records: Mapping[str, Record] = field(init=False)
    cities: dict[str, Place] = field(init=False)
    """Ids with the place of their first row."""
    sources: dict[str, Place] = field(init=False)
    instruments: dict[str, Place] = field(init=False)
    actions: dict[str, Place] = field(init=False)
    codes: dict[str, dict[str, YamlMapping]] = field(init=False)
    """Codes by section of the vocabulary."""
    meant: Meant = field(init=False)
    """What words that are no ids were meant to be."""
    _cells: dict[tuple[int, str], frozenset[str]] = field(init=False, default_factory=dict)
    _document_values: list[Value] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.records = schema(self.data.languages)
        self.cities = _ids(self.data.table("cities"))
        self.sources = _ids(self.data.table("sources"))
        self.instruments = {
            **self._unread_documents("networks/", "charters/"),
            **{id_: Place(document.path) for id_, document in self.data.instruments.items()},
        }
        self.actions = {
            **self._unread_documents("actions/"),
            **{id_: Place(document.path) for id_, document in self.data.actions.items()},
        }
        self.codes = _codes(self.data.vocabulary)
        self.meant = Meant(self.data)

    def _unread_documents(self, *folders: str) -> dict[str, Place]:
        """Return the ids of files that could not be read: they have a finding, what names them has none."""
        return {
            PurePosixPath(name).stem: Place(self.data.path(name))
            for name in sorted(self.data.unreadable)
            if name.startswith(folders)
        }

    def ids(self, kind: Referred) -> Mapping[str, Place]:
        """Return the ids of one kind of record with their places."""
        by_kind = {
            "city": self.cities,
            "instrument": self.instruments,
            "source": self.sources,
        }
        return by_kind[kind]

    def unread(self, kind: Referred) -> bool:
        """Tell whether the file of these ids could not be read, so that every id would seem wrong."""
        name = {"city": "cities", "source": "sources"}.get(kind)
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
        table = self.data.tables.get({"city": "cities", "source": "sources"}.get(kind, ""))
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
        names = {
            "cities": "city",
            "sources": "source",
            "contradictions": "contradiction",
            "retired": "retired",
        }
        for name, record in names.items():
            if name in self.data.tables:
                yield self.records[record], self.data.tables[name]
        for table in self.data.commitments.values():
            yield self.records["commitment"], table
        for table in self.data.lists.values():
            yield self.records["listed"], table

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

    def values(self, table: Table, one: Field) -> set[str]:
        """Return the values of a column, each once: its cells, or what they list."""
        cells = self.cells(table, one.name)
        parts = (part for cell in cells for part in cell.split(LIST_SEPARATOR)) if one.many else iter(cells)
        return {part.strip() for part in parts} - {""}

    def documents(self) -> Iterator[tuple[Record, Document]]:
        """Yield every YAML record but the vocabulary with its description."""
        kinds = {
            "network": self.data.networks,
            "charter": self.data.charters,
            "action": self.data.actions,
        }
        for name, documents in kinds.items():
            for document in documents.values():
                yield self.records[name], document

    def document_values(self) -> Iterable[Value]:
        """Return every value of these records; they are walked through once for all rules."""
        if not self._document_values:
            self._document_values = [
                value
                for record, document in self.documents()
                for value in scalars(document.root, whole(record))
            ]
        return self._document_values


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
