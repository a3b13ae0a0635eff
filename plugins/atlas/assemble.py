"""Valid records to the Atlas with its indexes, once.

Only a dataset without errors is assembled; so nothing is checked a second time
here, and nothing is guessed or filled in.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, TypeVar, cast

from .csvfile import Row, Table
from .dates import Duration, PartialDate, parse_date, parse_duration
from .errors import FindingsError
from .findings import Finding, Place
from .indexes import by_id, indexed
from .load import Dataset
from .model import (
    Act,
    Action,
    Atlas,
    City,
    Code,
    Commitment,
    Contradiction,
    Count,
    Family,
    Host,
    Instrument,
    Item,
    Listed,
    Localized,
    Obligation,
    Retired,
    Source,
    Vocabulary,
)
from .schema import LIST_SEPARATOR, UNDETERMINED
from .yamlfile import Document, Node, Scalar, Sequence
from .yamlfile import Mapping as YamlMapping

T = TypeVar("T")
_parsed_date = cache(parse_date)


def assemble(dataset: Dataset, findings: Iterable[Finding] = ()) -> Atlas:
    """Return the atlas that ``dataset`` describes.

    Raises FindingsError where the dataset or ``findings`` holds an error.
    """
    known = [*dataset.findings, *findings]
    if any(found.severity == "error" for found in known):
        raise FindingsError(known)
    assert dataset.vocabulary is not None  # a missing vocabulary is an error above
    languages = dataset.languages
    vocabulary = _vocabulary(dataset.vocabulary)
    cities = (_city(_Cells(t, row), languages) for t, row in _rows(dataset.table("cities")))
    sources = (_source(_Cells(t, row)) for t, row in _rows(dataset.table("sources")))
    instruments = (
        _instrument(
            document,
            "network" if document.id in dataset.networks else "charter",
            dataset.commitments.get(document.id),
        )
        for _, document in sorted(dataset.instruments.items())
    )
    actions = (_action(document) for _, document in sorted(dataset.actions.items()))
    commitments = (
        commitment
        for instrument, table in sorted(dataset.commitments.items())
        for commitment in _commitments(instrument, table, languages)
    )
    return indexed(
        vocabulary=vocabulary,
        cities=cities,
        sources=sources,
        instruments=instruments,
        commitments=commitments,
        actions=actions,
        contradictions=_contradictions(dataset.table("contradictions"), languages),
        retired=(_retired(_Cells(t, row), languages) for t, row in _rows(dataset.table("retired"))),
        listed=sorted(
            (
                _listed(instrument, _Cells(table, row))
                for instrument, table in dataset.lists.items()
                for row in table.rows
            ),
            key=_place_in_list,
        ),
    )


def _clean(text: str) -> str:
    """Return ``text`` in one Unicode spelling, so that the same word is the same everywhere."""
    text = text.strip()
    return text if text.isascii() else unicodedata.normalize("NFC", text)


# Tables ---------------------------------------------------------------------------------------


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
        return _clean(text) if text else ""

    def text(self, column: str) -> str | None:
        return self.needed(column) or None

    def listed(self, column: str) -> tuple[str, ...]:
        text = self.needed(column)
        if LIST_SEPARATOR not in text:
            return (text,) if text else ()
        return tuple(filter(None, map(_clean, text.split(LIST_SEPARATOR))))

    def when(self, column: str) -> PartialDate | None:
        text = self.needed(column)
        return _parsed_date(text) if text else None

    def localized(self, base: str, languages: tuple[str, ...]) -> Localized:
        texts = {lang: text for lang in languages if (text := self.needed(f"{base}_{lang}"))}
        return MappingProxyType(texts) if texts else _NOTHING


_NOTHING: Localized = MappingProxyType({})


def _rows(table: Table) -> Iterable[tuple[Table, Row]]:
    return ((table, row) for row in table.rows)


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
        former_ids=cells.listed("former_ids"),
        place=cells.place,
    )


def _source(cells: _Cells) -> Source:
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
        note=cells.text("note"),
        type=cells.text("type"),
        place=cells.place,
    )


def _commitments(instrument: str, table: Table, languages: tuple[str, ...]) -> tuple[Commitment, ...]:
    anchors = period_anchors(instrument, table)
    cells = (_Cells(table, row) for row in table.rows)
    return tuple(
        Commitment(
            instrument=instrument,
            city=one.needed("city"),
            status=one.needed("status"),
            decided=one.when("decided"),
            since=one.when("since"),
            until=one.when("until"),
            roles=one.listed("role"),
            act=one.text("act"),
            sources=one.listed("sources"),
            verified=one.when("verified"),
            note=one.localized("note", languages),
            anchor=anchors[number],
            place=one.place,
        )
        for number, one in enumerate(cells)
    )


def period_anchors(instrument: str, table: Table) -> list[str]:
    """Return the anchor of every row: the instrument's id for a city's earliest period.

    A further period has ``<instrument>-<since>``; a period of unknown ``since`` comes first.
    Anchors depend on the data alone, never on the order of the rows.
    """
    anchors = [instrument] * len(table.rows)
    periods: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(table.rows):
        periods[table.get(row, "city")].append(number)
    for numbers in periods.values():
        if len(numbers) > 1:
            starts = sorted((table.get(table.rows[number], "since"), number) for number in numbers)
            for since, number in starts[1:]:
                anchors[number] = f"{instrument}-{_parsed_date(since).value}"
    return anchors


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


def _contradictions(table: Table, languages: tuple[str, ...]) -> list[Contradiction]:
    read = [_contradiction(_Cells(t, row), languages) for t, row in _rows(table)]
    # Of one field the values keep the order of the file, but the preferred one leads.
    read.sort(key=lambda one: (one.record, one.field, not one.preferred))
    return read


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


# YAML -----------------------------------------------------------------------------------------


class _Keys:
    """Typed reading of the keys of one mapping."""

    def __init__(self, mapping: YamlMapping) -> None:
        self.mapping = mapping

    def text(self, key: str) -> str | None:
        text = self.mapping.text(key)
        return (_clean(text) or None) if text else None

    def needed(self, key: str) -> str:
        return self.text(key) or ""

    def listed(self, key: str) -> tuple[str, ...]:
        texts = (item.text for item in self._items(key) if isinstance(item, Scalar))
        return tuple(_clean(text) for text in texts if text)

    def parts(self, key: str) -> list[_Keys]:
        return [_Keys(item) for item in self._items(key) if isinstance(item, YamlMapping)]

    def part(self, key: str) -> _Keys | None:
        node = self.mapping.entries.get(key)
        return _Keys(node) if isinstance(node, YamlMapping) else None

    def when(self, key: str) -> PartialDate | None:
        text = self.text(key)
        return _parsed_date(text) if text else None

    def duration(self, key: str) -> Duration | None:
        text = self.text(key)
        return parse_duration(text) if text else None

    def localized(self, key: str) -> Localized:
        return _localized(self.mapping.entries.get(key))

    def plain_or_localized(self, key: str) -> Localized | None:
        return self.localized(key) or None

    def localized_list(self, key: str) -> tuple[Localized, ...]:
        return tuple(map(_localized, self._items(key)))

    def _items(self, key: str) -> list[Node]:
        node = self.mapping.entries.get(key)
        return node.items if isinstance(node, Sequence) else []


def _localized(node: Node | None) -> Localized:
    if isinstance(node, Scalar):
        clean = _clean(node.text or "")
        return MappingProxyType({UNDETERMINED: clean} if clean else {})
    if not isinstance(node, YamlMapping):
        return MappingProxyType({})
    texts = {lang: _clean(node.text(lang) or "") for lang in node.entries if lang != "sources"}
    return MappingProxyType({lang: text for lang, text in texts.items() if text})


def _vocabulary(document: Document) -> Vocabulary:
    keys = _Keys(document.root)

    def section(name: str) -> Mapping[str, Code]:
        part = keys.part(name)
        entries = part.mapping.entries if part else {}
        return by_id(
            _code(id_, _Keys(node)) for id_, node in entries.items() if isinstance(node, YamlMapping)
        )

    return Vocabulary(
        topics=section("topics"),
        statuses=section("statuses"),
        instrument_kinds=section("instrument_kinds"),
        action_kinds=section("action_kinds"),
        action_statuses=section("action_statuses"),
        source_types=section("source_types"),
        roles=section("roles"),
    )


def _code(id_: str, keys: _Keys) -> Code:
    colour = keys.part("colour")
    return Code(
        id=id_,
        label=keys.localized("label"),
        help=keys.localized("help"),
        plural=keys.localized("plural") or None,
        family=cast("Family | None", keys.text("family")),
        shape=keys.text("shape"),
        colour_light=colour.text("light") if colour else None,
        colour_dark=colour.text("dark") if colour else None,
    )


def _instrument(document: Document, family: Family, commitments: Table | None) -> Instrument:
    keys = _Keys(document.root)
    return Instrument(
        id=document.id,
        family=family,
        kind=keys.needed("kind"),
        names=keys.localized("name"),
        acronym=keys.text("acronym"),
        former_names=keys.localized_list("former_names"),
        began=keys.when("founded" if family == "network" else "adopted"),
        founder=keys.plain_or_localized("founder"),
        secretariat=keys.plain_or_localized("secretariat"),
        website=keys.text("website"),
        topics=keys.listed("topics"),
        summary=keys.localized("summary"),
        open_to=keys.listed("open_to") or tuple(filter(None, [keys.text("open_to")])),
        obligations=tuple(_obligation(part) for part in keys.parts("obligations")),
        counts=tuple(_count(part) for part in keys.parts("counts")),
        hosts=tuple(_host(part) for part in keys.parts("hosts")),
        ended=keys.when("ended"),
        successor=keys.text("successor"),
        sources=keys.listed("sources"),
        note=keys.plain_or_localized("note"),
        place=document.root.place,
        columns=tuple(commitments.header.values) if commitments else (),
    )


def _obligation(keys: _Keys) -> Obligation:
    return Obligation(
        id=keys.needed("id"),
        text=keys.localized("text"),
        due_within=keys.duration("due_within"),
        sources=keys.listed("sources"),
    )


def _count(keys: _Keys) -> Count:
    return Count(
        members=int(keys.needed("members")),
        on=keys.when("on"),
        qualifier=cast('Literal["more-than", "about"] | None', keys.text("qualifier")),
        scope=keys.localized("scope") or None,
        note=keys.plain_or_localized("note"),
        sources=keys.listed("sources"),
    )


def _host(keys: _Keys) -> Host:
    return Host(
        city=keys.needed("city"),
        on=keys.when("on"),
        note=keys.plain_or_localized("note"),
        sources=keys.listed("sources"),
    )


def _action(document: Document) -> Action:
    keys = _Keys(document.root)
    act = keys.part("act")
    return Action(
        id=document.id,
        kind=keys.needed("kind"),
        date=keys.when("date"),
        end_date=keys.when("end_date"),
        cities=keys.listed("cities"),
        instrument=keys.text("instrument"),
        fulfils=keys.listed("fulfils"),
        title=keys.localized("title"),
        summary=keys.localized("summary"),
        act=_act(act) if act else None,
        status=keys.text("status"),
        items=tuple(
            Item(text=_localized(part.mapping), sources=part.listed("sources"))
            for part in keys.parts("items")
        ),
        topics=keys.listed("topics"),
        sources=keys.listed("sources"),
        note=keys.plain_or_localized("note"),
        place=document.root.place,
    )


def _act(keys: _Keys) -> Act:
    return Act(
        title=keys.text("title"),
        body=keys.text("body"),
        number=keys.text("number"),
        decided=keys.when("decided"),
        effective=keys.when("effective"),
    )
