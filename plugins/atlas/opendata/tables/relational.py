"""The model as tables for databases, derived from its dataclasses, so that a new field needs no second list.

Of each kind of record there is one table. A field with several values has its own table
(``commitment_sources``), numbered from 1 in the order of the data. Text in several languages has a column
for each (``name_en``); ``_und`` is text that was given once for all languages. A date has four columns: the
text of the source (``since``), its precision (``since_precision``), and the first and last day that it
may mean (``since_earliest``, ``since_latest``). An empty value is unknown.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from ...languages.language import UNDETERMINED
from ...languages.name_matching import key
from ...model.dates import Duration, PartialDate
from ...model.records import (
    Action,
    Atlas,
    City,
    Code,
    Commitment,
    Contradiction,
    Instrument,
    Listed,
    Localized,
    Retired,
    Source,
)

Kind = Literal["text", "integer", "real", "boolean", "day"]
Shape = Literal[
    "text", "integer", "real", "boolean", "date", "duration", "localized", "list", "texts", "parts", "part"
]
"""What a field of the model holds: ``list`` several ids or words, ``texts`` several localized texts,
``parts`` several records, ``part`` one or none."""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class RelationalColumn:
    """One column; ``day`` is an ISO 8601 date of day precision."""

    name: str
    kind: Kind = "text"
    refers: tuple[str, str] | None = None
    """Table and column that it names a record of."""


@dataclass(slots=True)
class RelationalTable:
    """One table with its rows, in the order of the data."""

    name: str
    columns: tuple[RelationalColumn, ...]
    key: tuple[str, ...]
    parent: tuple[str, tuple[str, ...]] | None = None
    """The table that its first columns name a row of, and the columns there."""
    rows: list[Row] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of its columns."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True)
class Root:
    """A kind of record with a table of its own."""

    table: str
    one: str
    """What a row is called where other tables name it."""
    record: type
    records: Callable[[Atlas], Iterable[Any]]
    own: tuple[RelationalColumn, ...] = ()
    """Columns beside the fields of the record, with their values by ``more``; they come first."""
    more: Callable[[Any], Row] = lambda record: ()
    key: tuple[str, ...] = ("id",)


def _codes(atlas: Atlas) -> Iterator[tuple[str, Code]]:
    for section in dataclasses.fields(atlas.vocabulary):
        yield from ((section.name, code) for code in getattr(atlas.vocabulary, section.name).values())


def _spelt(city: City) -> str:
    """Return every name in plain Latin letters, because no database finds Łódź under "lodz" by itself."""
    return " / ".join(dict.fromkeys(key(name) for name in (city.name, *city.names.values())))


def _numbered(records: Callable[[Atlas], Iterable[Any]]) -> Callable[[Atlas], Iterable[Any]]:
    """Return records that have no id of their own, each behind its number from 1."""
    return lambda atlas: enumerate(records(atlas), 1)


def _first(pair: Row) -> Row:
    return pair[:1]


def _lines(atlas: Atlas) -> Iterator[Listed]:
    return (one for lines in atlas.lists.values() for one in lines)


def _disputes(atlas: Atlas) -> Iterator[Contradiction]:
    return (one for group in atlas.contradictions.values() for one in group)


_SECTION, _PLAIN, _ID = RelationalColumn("section"), RelationalColumn("plain_names"), RelationalColumn("id")
_NUMBER_AS_ID, _NUMBER = RelationalColumn("id", "integer"), RelationalColumn("number", "integer")

ROOTS: tuple[Root, ...] = (
    Root("codes", "code", Code, _codes, (_SECTION,), _first, ("section", "id")),
    Root("sources", "source", Source, lambda atlas: atlas.sources.values()),
    Root("cities", "city", City, lambda atlas: atlas.cities.values(), (_PLAIN,), lambda c: (_spelt(c),)),
    Root("instruments", "instrument", Instrument, lambda atlas: atlas.instruments.values()),
    Root("commitments", "commitment", Commitment, lambda a: a.commitments, (_ID,), lambda c: (c.key,)),
    Root("listed", "listed", Listed, _numbered(_lines), (_NUMBER_AS_ID,), _first),
    Root("actions", "action", Action, lambda atlas: atlas.actions.values()),
    Root("contradictions", "contradiction", Contradiction, _numbered(_disputes), (_NUMBER_AS_ID,), _first),
    Root("retired", "retired", Retired, _numbered(lambda a: a.retired), (_NUMBER,), _first, ("number",)),
)


REFERENCES: Mapping[str, tuple[str, str]] = {
    "city": ("cities", "id"),
    "instrument": ("instruments", "id"),
    "source": ("sources", "id"),
}
"""What a column of this name refers to, in every table."""
_SUCCESSORS: Mapping[type, tuple[str, str]] = {City: ("cities", "id"), Instrument: ("instruments", "id")}
"""What succeeds a record is of its own kind."""

_SINGULAR = {
    "cities": "city",
    "open_to": "country",
    "former_names": "former_name",
}


def singular(name: str) -> str:
    """Return what one of the values of a field is called.

    >>> singular("sources"), singular("cities"), singular("open_to")
    ('source', 'city', 'country')
    """
    return _SINGULAR.get(name, name.removesuffix("s"))


@cache
def shapes(record: type) -> Mapping[str, tuple[Shape, Any]]:
    """Return what each field of a class of the model holds, with the class of its parts."""
    hints = typing.get_type_hints(record)
    # What is left out of comparisons says where a record stands in the files, not what it says.
    return {one.name: _shape(hints[one.name]) for one in dataclasses.fields(record) if one.compare}


def _shape(hint: Any) -> tuple[Shape, Any]:
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        [hint] = [part for part in typing.get_args(hint) if part is not type(None)]
    simple: dict[Any, Shape] = {
        str: "text", int: "integer", float: "real", bool: "boolean",
        PartialDate: "date", Duration: "duration", Localized: "localized",
    }  # fmt: skip
    if hint in simple:
        return simple[hint], hint
    if typing.get_origin(hint) is Literal:
        return "text", str
    if typing.get_origin(hint) is tuple:
        inner = typing.get_args(hint)[0]
        return ("list" if inner is str else "texts" if inner == Localized else "parts"), inner
    if dataclasses.is_dataclass(hint):
        return "part", hint
    raise TypeError(f"{hint} has no columns yet")


def tables(atlas: Atlas, languages: Collection[str]) -> tuple[RelationalTable, ...]:
    """Return every table; ``languages`` have columns in each localized text, others where they occur."""
    found: dict[str, RelationalTable] = {}
    for root in ROOTS:
        records = list(root.records(atlas))
        own = [(one[-1] if isinstance(one, tuple) else one) for one in records]
        maker = _Maker(found, tuple(languages))
        keys = [root.more(one) for one in records]
        maker.table(root.table, root.one, root.record, own, root.own, keys, root.key)
    return tuple(found.values())


def with_states(made: Iterable[RelationalTable], states: Iterable[str]) -> None:
    """Add to the table of commitments what each amounts to on the day of the edition, in their order."""
    table = next(one for one in made if one.name == "commitments")
    table.columns = (*table.columns, RelationalColumn("state"))
    table.rows = [(*row, state) for row, state in zip(table.rows, states, strict=True)]


class _Maker:
    """Makes the table of one kind of record and those of its parts."""

    def __init__(self, found: dict[str, RelationalTable], languages: tuple[str, ...]) -> None:
        self.found = found
        self.languages = languages

    def table(
        self,
        name: str,
        one: str,
        record: type,
        records: list[Any],
        own: tuple[RelationalColumn, ...],
        keys: list[Row],
        key: tuple[str, ...],
        parent: tuple[str, tuple[str, ...]] | None = None,
    ) -> None:
        """Add a table whose rows begin with ``keys`` and hold the fields of ``records``."""
        flat = list(self._flat(record, records))
        columns = (*own, *(column for described, _ in flat for column in described))
        rows = [
            (*start, *(v for part in parts for v in part))
            for start, *parts in zip(keys, *(v for _, v in flat), strict=True)
        ]
        table = self.found[name] = RelationalTable(name, columns, key, parent, rows)
        positions = [table.names.index(part) for part in key]
        ids = [tuple(row[at] for at in positions) for row in rows]
        # What the tables of its parts call its key: "commitment", or "instrument" and "obligation".
        named = (one,) if len(key) == 1 else (*(c.name for c in own[:-1]), one) if parent else key
        for field_name, (shape, inner) in shapes(record).items():
            if shape in ("list", "texts", "parts"):
                self._several(table, one, named, ids, field_name, shape, inner, records)

    def _several(
        self, table: RelationalTable, one: str, named: tuple[str, ...], ids: list[Row], field_name: str,
        shape: Shape, inner: Any, records: list[Any],
    ) -> None:  # fmt: skip
        held = [
            (*id, number, value)
            for id, record in zip(ids, records, strict=True)
            for number, value in enumerate(getattr(record, field_name), 1)
        ]
        name = f"{one}_{field_name}"
        item = singular(field_name)
        kinds = {column.name: column.kind for column in table.columns}
        start = (
            *(RelationalColumn(part, kinds[own]) for part, own in zip(named, table.key, strict=True)),
            RelationalColumn("number", "integer"),
        )
        key, parent = tuple(column.name for column in start), (table.name, table.key)
        if shape == "parts":
            values = [row[-1] for row in held]
            keys = [row[:-1] for row in held]
            self.table(name, item, inner, values, start, keys, key, parent)
        elif shape == "texts":
            columns, cells = self._localized(item, [row[-1] for row in held])
            rows = [(*row[:-1], *cell) for row, cell in zip(held, cells, strict=True)]
            self.found[name] = RelationalTable(name, (*start, *columns), key, parent, rows)
        else:
            column = RelationalColumn(item, refers=REFERENCES.get(item))
            self.found[name] = RelationalTable(name, (*start, column), key, parent, held)

    def _flat(
        self, record: type, records: list[Any], prefix: str = ""
    ) -> Iterator[tuple[tuple[RelationalColumn, ...], list[Row]]]:
        """Yield the columns of each field that fits into the row of its record, with the values."""
        for name, (shape, inner) in shapes(record).items():
            values = [None if one is None else getattr(one, name) for one in records]
            column = prefix + name
            if shape == "localized":
                yield self._localized(column, values)
            elif shape == "date":
                yield date_columns(column), [date_values(value) for value in values]
            elif shape == "duration":
                yield (RelationalColumn(column),), [(value and value.value,) for value in values]
            elif shape == "part":
                yield from self._flat(inner, values, f"{column}_")
            elif shape in ("text", "integer", "real", "boolean"):
                refers = _SUCCESSORS.get(record) if column == "successor" else REFERENCES.get(column)
                yield (
                    (RelationalColumn(column, typing.cast(Kind, shape), refers),),
                    [(value,) for value in values],
                )

    def _localized(
        self, name: str, texts: list[Localized | None]
    ) -> tuple[tuple[RelationalColumn, ...], list[Row]]:
        written = {code for text in texts if text for code in text}
        codes = [*self.languages, *sorted(written - {*self.languages, UNDETERMINED})]
        if UNDETERMINED in written:
            codes.append(UNDETERMINED)
        base = singular(name) if name == "names" else name
        columns = tuple(RelationalColumn(f"{base}_{code.replace('-', '_')}") for code in codes)
        return columns, [tuple((text or {}).get(code) for code in codes) for text in texts]


def date_columns(name: str) -> tuple[RelationalColumn, ...]:
    """Return the four columns of a date."""
    return (
        RelationalColumn(name),
        RelationalColumn(f"{name}_precision"),
        RelationalColumn(f"{name}_earliest", "day"),
        RelationalColumn(f"{name}_latest", "day"),
    )


def date_values(date: PartialDate | None) -> Row:
    """Return the values of the four columns of a date: as the source gives it, never padded."""
    if date is None:
        return None, None, None, None
    return (
        str(date),
        date.precision,
        date.earliest.isoformat() if date.earliest else None,
        date.latest.isoformat(),
    )
