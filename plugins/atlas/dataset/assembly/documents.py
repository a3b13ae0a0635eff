"""Valid YAML files to records of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, cast

from ...model.dates import Duration, PartialDate, parse_duration
from ...model.indexes import by_id
from ...model.records import (
    Act,
    Action,
    Code,
    Count,
    Family,
    Host,
    Instrument,
    Item,
    Localized,
    Obligation,
    Vocabulary,
)
from ...model.schema import UNDETERMINED
from ..reading.csv_table import Table
from ..reading.load import Dataset
from ..reading.yaml_tree import Document, Node, Scalar, Sequence
from ..reading.yaml_tree import Mapping as YamlMapping
from .clean_values import clean, parsed_date


def instruments(dataset: Dataset) -> Iterator[Instrument]:
    """Yield the networks and charters."""
    for id, document in sorted(dataset.instruments.items()):
        family: Family = "network" if id in dataset.networks else "charter"
        yield _instrument(document, family, dataset.commitments.get(id))


def actions(dataset: Dataset) -> Iterator[Action]:
    """Yield the actions."""
    return (_action(document) for _, document in sorted(dataset.actions.items()))


class _Keys:
    """Typed reading of the keys of one mapping."""

    def __init__(self, mapping: YamlMapping) -> None:
        self.mapping = mapping

    def text(self, key: str) -> str | None:
        text = self.mapping.text(key)
        return (clean(text) or None) if text else None

    def needed(self, key: str) -> str:
        return self.text(key) or ""

    def listed(self, key: str) -> tuple[str, ...]:
        texts = (item.text for item in self._items(key) if isinstance(item, Scalar))
        return tuple(clean(text) for text in texts if text)

    def parts(self, key: str) -> list[_Keys]:
        return [_Keys(item) for item in self._items(key) if isinstance(item, YamlMapping)]

    def part(self, key: str) -> _Keys | None:
        node = self.mapping.entries.get(key)
        return _Keys(node) if isinstance(node, YamlMapping) else None

    def when(self, key: str) -> PartialDate | None:
        text = self.text(key)
        return parsed_date(text) if text else None

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
        text = clean(node.text or "")
        return MappingProxyType({UNDETERMINED: text} if text else {})
    if not isinstance(node, YamlMapping):
        return MappingProxyType({})
    texts = {lang: clean(node.text(lang) or "") for lang in node.entries if lang not in _OF_AN_ITEM}
    return MappingProxyType({lang: said for lang, said in texts.items() if said})


def vocabulary(document: Document) -> Vocabulary:
    """Return the codes that the data may use."""
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
        short=keys.localized("short"),
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
        commitments=keys.listed("commitments"),
        title=keys.localized("title"),
        summary=keys.localized("summary"),
        act=_act(act) if act else None,
        status=keys.text("status"),
        items=tuple(_item(part) for part in keys.parts("items")),
        topics=keys.listed("topics"),
        sources=keys.listed("sources"),
        note=keys.plain_or_localized("note"),
        place=document.root.place,
    )


_OF_AN_ITEM = ("state", "on", "sources")
"""The keys of an item that are no languages."""


def _item(keys: _Keys) -> Item:
    return Item(
        text=_localized(keys.mapping),
        state=cast('Literal["planned", "under-way", "done", "dropped"] | None', keys.text("state")),
        on=keys.when("on"),
        sources=keys.listed("sources"),
    )


def _act(keys: _Keys) -> Act:
    return Act(
        title=keys.text("title"),
        body=keys.text("body"),
        number=keys.text("number"),
        decided=keys.when("decided"),
        effective=keys.when("effective"),
    )
