"""Valid rows of the tables to records of the model, column by column: many rows hold few different texts."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import partial
from itertools import repeat
from types import MappingProxyType
from typing import TypeVar

from ...findings import Place
from ...model.claim_ids import claim_anchor
from ...model.records import City, Commitment, Contradiction, Listed, Localized, Retired, Source
from ...model.schema import LIST_SEPARATOR
from ..reading.csv_table import Table
from ..reading.load import Dataset
from .typed_values import R, all_clean, reader, types_of

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


def cities(dataset: Dataset) -> list[City]:
    """Return the cities."""
    columns = _TableColumns(dataset, dataset.table("cities"))
    return columns.records(City, names=columns.names())


def sources(dataset: Dataset) -> list[Source]:
    """Return the sources."""
    return _TableColumns(dataset, dataset.table("sources")).records(Source)


def commitments(dataset: Dataset) -> Iterator[Commitment]:
    """Yield the commitments of all instruments, instrument by instrument."""
    for instrument, table in sorted(dataset.commitments.items()):
        columns = _TableColumns(dataset, table)
        yield from columns.records(
            Commitment,
            instrument=repeat(instrument),
            roles=columns.listed("role"),
            anchor=_each(partial(claim_anchor, instrument), columns.texts("period")),
        )


def contradictions(dataset: Dataset) -> list[Contradiction]:
    """Return the values that differ, by record and field."""
    columns = _TableColumns(dataset, dataset.table("contradictions"))
    read = columns.records(
        Contradiction,
        preferred=map("preferred".__eq__, columns.texts("rank")),
        field_words=columns.localized("field"),
        value_words=columns.localized("value"),
    )
    # Of one field the values keep the order of the file, but the preferred one leads.
    return sorted(read, key=lambda one: (one.record, one.field, not one.preferred))


def retired(dataset: Dataset) -> list[Retired]:
    """Return what was withdrawn, whatever the order of the rows."""
    read = _TableColumns(dataset, dataset.table("retired")).records(Retired)
    return sorted(read, key=lambda one: (one.kind, one.id))


def listed(dataset: Dataset) -> list[Listed]:
    """Return the lines of the lists that instruments publish themselves."""
    read = (
        one
        for instrument, table in dataset.lists.items()
        for one in _TableColumns(dataset, table).records(Listed, instrument=repeat(instrument))
    )
    return sorted(read, key=_place_in_list)


class _TableColumns:
    """The columns of one table."""

    def __init__(self, dataset: Dataset, table: Table) -> None:
        self._table, self._languages = table, dataset.languages
        self._columns = list(map(all_clean, zip(*(row.values for row in table.rows), strict=True)))

    def records(self, kind: type[R], **given: Iterable[object]) -> list[R]:
        """Return records whose fields are read under their own names, but for those that are ``given``.

        To set a slot is what a frozen class does for a field as well, with a call of Python for each.
        """
        made = list(map(object.__new__, repeat(kind, len(self._table.rows))))
        for name, field_type in types_of(kind).items():
            values = given[name] if name in given else self._values(name, field_type)
            deque(map(getattr(kind, name).__set__, made, values), maxlen=0)
        return made

    def _values(self, name: str, field_type: object) -> Iterable[object]:
        if field_type == Place | None:
            return self._table.places()
        if field_type == tuple[str, ...]:
            return self.listed(name)
        if field_type == Localized:
            return self.localized(name)
        if field_type == str | None:
            return (text or None for text in self.texts(name))
        return self.texts(name) if field_type is str else _each(reader(field_type), self.texts(name))

    def texts(self, name: str) -> Sequence[str]:
        """Return a text of each row, empty where there is none."""
        position, rows = self._table.index.get(name), self._table.rows
        return self._columns[position] if rows and position is not None else [""] * len(rows)

    def listed(self, name: str) -> Iterable[tuple[str, ...]]:
        """Return the entries of a list of each row."""
        return _each(_entries, self.texts(name))

    def localized(self, name: str) -> Iterable[Localized]:
        """Return a text of each row by language."""
        return _each(self._by_language, self._translations(name))

    def names(self) -> Iterable[Localized]:
        """Return a name in every language: where one is empty, it is that of the place itself."""
        return _each(
            self._by_language_or_own, zip(self.texts("name"), self._translations("name"), strict=True)
        )

    def _translations(self, name: str) -> Iterator[tuple[str, ...]]:
        return zip(*(self.texts(f"{name}_{lang}") for lang in self._languages), strict=True)

    def _by_language(self, texts: tuple[str, ...]) -> Localized:
        said = zip(self._languages, texts, strict=True)
        return MappingProxyType({lang: text for lang, text in said if text})

    def _by_language_or_own(self, texts: tuple[str, tuple[str, ...]]) -> Localized:
        own, translations = texts
        missing = own if any(translations) else ""
        return self._by_language(tuple(text or missing for text in translations))


def _each(read: Callable[[K], T], values: Iterable[K]) -> Iterator[T]:
    """Return what is read of each value, which is done once for equal ones."""
    values = tuple(values)
    known = {value: read(value) for value in set(values)}
    return map(known.__getitem__, values)


def _entries(text: str) -> tuple[str, ...]:
    if LIST_SEPARATOR not in text:
        return (text,) if text else ()
    return tuple(filter(None, map(str.strip, text.split(LIST_SEPARATOR))))


def _place_in_list(one: Listed) -> tuple[str, ...]:
    """Return what lists are sorted by: the order of the rows in their files means nothing."""
    since = str(one.since or "")
    return (one.instrument, one.country or "", one.name, since, one.city or "", *one.sources)
