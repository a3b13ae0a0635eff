"""Valid rows of the tables to records of the model."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from ...findings import Place
from ...model.dates import PartialDate
from ...model.records import City, Commitment, Contradiction, Listed, Localized, Retired, Source, claim_anchor
from ...model.schema import LIST_SEPARATOR
from ..reading.csv_table import Row, Table
from ..reading.load import Dataset
from .clean_values import clean, parsed_date


def cities(dataset: Dataset) -> Iterator[City]:
    """Yield the cities."""
    return (_city(cells, dataset.languages) for cells in _rows(dataset.table("cities")))


def sources(dataset: Dataset) -> Iterator[Source]:
    """Yield the sources."""
    return (_source(cells, dataset.languages) for cells in _rows(dataset.table("sources")))


def commitments(dataset: Dataset) -> Iterator[Commitment]:
    """Yield the commitments of all instruments, instrument by instrument."""
    for instrument, table in sorted(dataset.commitments.items()):
        yield from _commitments(instrument, table, dataset.languages)


def contradictions(dataset: Dataset) -> list[Contradiction]:
    """Return the values that differ, by record and field."""
    read = [_contradiction(cells, dataset.languages) for cells in _rows(dataset.table("contradictions"))]
    # Of one field the values keep the order of the file, but the preferred one leads.
    read.sort(key=lambda one: (one.record, one.field, not one.preferred))
    return read


def retired(dataset: Dataset) -> list[Retired]:
    """Return what was withdrawn, whatever the order of the rows."""
    read = (_retired(cells, dataset.languages) for cells in _rows(dataset.table("retired")))
    return sorted(read, key=lambda one: (one.kind, one.id))


def listed(dataset: Dataset) -> list[Listed]:
    """Return the lines of the lists that instruments publish themselves."""
    read = (_listed(of, cells) for of, table in dataset.lists.items() for cells in _rows(table))
    return sorted(read, key=_place_in_list)


class _Cells:
    """Typed reading of the cells of one row."""

    __slots__ = ("_index", "_values", "place")

    def __init__(self, table: Table, row: Row) -> None:
        self._index = table.index
        self._values = row.values
        self.place = Place(table.path, row.line)

    def needed(self, column: str) -> str:
        position = self._index.get(column)
        text = "" if position is None else self._values[position]
        return clean(text) if text else ""

    def text(self, column: str) -> str | None:
        return self.needed(column) or None

    def listed(self, column: str) -> tuple[str, ...]:
        text = self.needed(column)
        if LIST_SEPARATOR not in text:
            return (text,) if text else ()
        return tuple(filter(None, map(clean, text.split(LIST_SEPARATOR))))

    def when(self, column: str) -> PartialDate | None:
        text = self.needed(column)
        return parsed_date(text) if text else None

    def localized(self, base: str, languages: tuple[str, ...]) -> Localized:
        texts = {lang: text for lang in languages if (text := self.needed(f"{base}_{lang}"))}
        return MappingProxyType(texts) if texts else _NOTHING


_NOTHING: Localized = MappingProxyType({})


def _rows(table: Table) -> Iterator[_Cells]:
    return (_Cells(table, row) for row in table.rows)


def _city(cells: _Cells, languages: tuple[str, ...]) -> City:
    lat, lon, population = (cells.text(name) for name in ("lat", "lon", "population"))
    return City(
        id=cells.needed("id"),
        name=cells.needed("name"),
        names=cells.localized("name", languages),
        country=cells.needed("country"),
        region=cells.text("region"),
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        population=int(population) if population else None,
        geonames=cells.text("geonames"),
        wikidata=cells.text("wikidata"),
        website=cells.text("website"),
        codes=cells.listed("codes"),
        former_names=cells.listed("former_names"),
        until=cells.when("until"),
        successor=cells.text("successor"),
        former_ids=cells.listed("former_ids"),
        place=cells.place,
    )


def _source(cells: _Cells, languages: tuple[str, ...]) -> Source:
    return Source(
        id=cells.needed("id"),
        title=cells.needed("title"),
        publisher=cells.text("publisher"),
        url=cells.text("url"),
        archived=cells.text("archived"),
        gone=cells.when("gone"),
        lang=cells.text("lang"),
        published=cells.when("published"),
        accessed=cells.when("accessed"),
        note=cells.localized("note", languages),
        type=cells.text("type"),
        place=cells.place,
    )


def _commitments(instrument: str, table: Table, languages: tuple[str, ...]) -> tuple[Commitment, ...]:
    cells = (_Cells(table, row) for row in table.rows)
    return tuple(
        Commitment(
            instrument=instrument,
            city=one.needed("city"),
            period=one.text("period"),
            status=one.needed("status"),
            decided=one.when("decided"),
            since=one.when("since"),
            until=one.when("until"),
            roles=one.listed("role"),
            act=one.text("act"),
            sources=one.listed("sources"),
            verified=one.when("verified"),
            verified_by=one.text("verified_by"),
            note=one.localized("note", languages),
            anchor=claim_anchor(instrument, one.text("period")),
            place=one.place,
        )
        for one in cells
    )


def _listed(instrument: str, cells: _Cells) -> Listed:
    return Listed(
        instrument=instrument,
        name=cells.needed("name"),
        country=cells.text("country"),
        city=cells.text("city"),
        since=cells.when("since"),
        sources=cells.listed("sources"),
        place=cells.place,
    )


def _place_in_list(one: Listed) -> tuple[str, ...]:
    """Return what lists are sorted by: the order of the rows in their files means nothing."""
    since = str(one.since or "")
    return (one.instrument, one.country or "", one.name, since, one.city or "", *one.sources)


def _contradiction(cells: _Cells, languages: tuple[str, ...]) -> Contradiction:
    return Contradiction(
        record=cells.needed("record"),
        field=cells.needed("field"),
        value=cells.needed("value"),
        preferred=cells.needed("rank") == "preferred",
        sources=cells.listed("sources"),
        reason=cells.localized("reason", languages),
    )


def _retired(cells: _Cells, languages: tuple[str, ...]) -> Retired:
    return Retired(
        kind=cells.needed("kind"),
        id=cells.needed("id"),
        reason=cells.localized("reason", languages),
        replaced_by=cells.text("replaced_by"),
        on=cells.when("on"),
        place=cells.place,
    )
