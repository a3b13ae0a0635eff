"""Valid rows of the tables to records of the model."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from ...findings import Place
from ...model.claim_ids import claim_anchor
from ...model.records import City, Commitment, Contradiction, Listed, Localized, Retired, Source
from ...model.schema import LIST_SEPARATOR
from ..reading.csv_table import Row, Table
from ..reading.load import Dataset
from .typed_values import Values, clean


def cities(dataset: Dataset) -> Iterator[City]:
    """Yield the cities."""
    return map(_city, _rows(dataset, dataset.table("cities")))


def sources(dataset: Dataset) -> Iterator[Source]:
    """Yield the sources."""
    return (cells.record(Source, place=cells.place) for cells in _rows(dataset, dataset.table("sources")))


def commitments(dataset: Dataset) -> Iterator[Commitment]:
    """Yield the commitments of all instruments, instrument by instrument."""
    for instrument, table in sorted(dataset.commitments.items()):
        for cells in _rows(dataset, table):
            yield cells.record(
                Commitment,
                instrument=instrument,
                roles=cells.listed("role"),
                anchor=claim_anchor(instrument, cells.text("period")),
                place=cells.place,
            )


def contradictions(dataset: Dataset) -> list[Contradiction]:
    """Return the values that differ, by record and field."""
    read = [
        cells.record(
            Contradiction,
            preferred=cells.needed("rank") == "preferred",
            field_words=cells.localized("field"),
            value_words=cells.localized("value"),
        )
        for cells in _rows(dataset, dataset.table("contradictions"))
    ]
    # Of one field the values keep the order of the file, but the preferred one leads.
    read.sort(key=lambda one: (one.record, one.field, not one.preferred))
    return read


def retired(dataset: Dataset) -> list[Retired]:
    """Return what was withdrawn, whatever the order of the rows."""
    rows = _rows(dataset, dataset.table("retired"))
    read = (cells.record(Retired, place=cells.place) for cells in rows)
    return sorted(read, key=lambda one: (one.kind, one.id))


def listed(dataset: Dataset) -> list[Listed]:
    """Return the lines of the lists that instruments publish themselves."""
    read = (
        cells.record(Listed, instrument=instrument, place=cells.place)
        for instrument, table in dataset.lists.items()
        for cells in _rows(dataset, table)
    )
    return sorted(read, key=_place_in_list)


class _Cells(Values):
    """The cells of one row."""

    __slots__ = ("_index", "_languages", "_values", "place")

    def __init__(self, table: Table, row: Row, languages: tuple[str, ...]) -> None:
        self._index, self._values, self._languages = table.index, row.values, languages
        self.place = Place(table.path, row.line)

    def needed(self, name: str) -> str:
        position = self._index.get(name)
        text = "" if position is None else self._values[position]
        return clean(text) if text else ""

    def listed(self, name: str) -> tuple[str, ...]:
        text = self.needed(name)
        if LIST_SEPARATOR not in text:
            return (text,) if text else ()
        return tuple(filter(None, map(clean, text.split(LIST_SEPARATOR))))

    def localized(self, name: str) -> Localized:
        texts = {lang: text for lang in self._languages if (text := self.needed(f"{name}_{lang}"))}
        return MappingProxyType(texts) if texts else _NOTHING

    def named(self, name: str) -> Localized:
        """Return a name in every language: where one is empty, it is that of the place itself."""
        names = self.localized(name)
        return MappingProxyType(
            {lang: names.get(lang) or self.needed(name) for lang in self._languages if names}
        )


_NOTHING: Localized = MappingProxyType({})


def _rows(dataset: Dataset, table: Table) -> Iterator[_Cells]:
    return (_Cells(table, row, dataset.languages) for row in table.rows)


def _city(cells: _Cells) -> City:
    lat, lon, population = (cells.text(name) for name in ("lat", "lon", "population"))
    return cells.record(
        City,
        names=cells.named("name"),
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        population=int(population) if population else None,
        place=cells.place,
    )


def _place_in_list(one: Listed) -> tuple[str, ...]:
    """Return what lists are sorted by: the order of the rows in their files means nothing."""
    since = str(one.since or "")
    return (one.instrument, one.country or "", one.name, since, one.city or "", *one.sources)
