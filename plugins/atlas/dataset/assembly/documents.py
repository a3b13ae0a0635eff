"""Valid YAML files to records of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from types import MappingProxyType

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
from .typed_values import R, Values, clean


def instruments(dataset: Dataset) -> Iterator[Instrument]:
    """Yield the networks and charters."""
    for id, document in sorted(dataset.instruments.items()):
        family: Family = "network" if id in dataset.networks else "charter"
        yield _instrument(document, family, dataset.commitments.get(id))


def actions(dataset: Dataset) -> Iterator[Action]:
    """Yield the actions."""
    return (_action(document) for _, document in sorted(dataset.actions.items()))


class _Keys(Values):
    """The keys of one mapping."""

    def __init__(self, mapping: YamlMapping) -> None:
        self.mapping = mapping

    def needed(self, name: str) -> str:
        return clean(self.mapping.text(name) or "")

    def listed(self, name: str) -> tuple[str, ...]:
        return tuple(clean(item.text) for item in self.mapping.listed(name, Scalar) if item.text)

    def localized(self, name: str) -> Localized:
        return _localized(self.mapping.entries.get(name))

    def localized_list(self, name: str) -> tuple[Localized, ...]:
        node = self.mapping.entries.get(name)
        return tuple(map(_localized, node.items)) if isinstance(node, Sequence) else ()

    def parts(self, name: str) -> list[_Keys]:
        return list(map(_Keys, self.mapping.listed(name, YamlMapping)))

    def part(self, name: str) -> _Keys | None:
        node = self.mapping.entries.get(name)
        return _Keys(node) if isinstance(node, YamlMapping) else None

    def records(self, name: str, kind: type[R]) -> tuple[R, ...]:
        """Return the records in a list."""
        return tuple(part.record(kind) for part in self.parts(name))


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

    return Vocabulary(**{one.name: section(one.name) for one in fields(Vocabulary)})


def _code(id_: str, keys: _Keys) -> Code:
    colour = keys.part("colour")
    return keys.record(
        Code,
        id=id_,
        colour_light=colour.text("light") if colour else None,
        colour_dark=colour.text("dark") if colour else None,
    )


def _instrument(document: Document, family: Family, commitments: Table | None) -> Instrument:
    keys = _Keys(document.root)
    return keys.record(
        Instrument,
        id=document.id,
        family=family,
        names=keys.localized("name"),
        former_names=keys.localized_list("former_names"),
        began=keys.when("founded" if family == "network" else "adopted"),
        open_to=keys.listed("open_to") or tuple(filter(None, [keys.text("open_to")])),
        obligations=keys.records("obligations", Obligation),
        counts=tuple(
            part.record(Count, members=int(part.needed("members"))) for part in keys.parts("counts")
        ),
        hosts=keys.records("hosts", Host),
        place=document.root.place,
        columns=tuple(commitments.header.values) if commitments else (),
    )


def _action(document: Document) -> Action:
    keys = _Keys(document.root)
    act = keys.part("act")
    return keys.record(
        Action,
        id=document.id,
        act=act.record(Act) if act else None,
        items=tuple(item.record(Item, text=_localized(item.mapping)) for item in keys.parts("items")),
        place=document.root.place,
    )


_OF_AN_ITEM = ("state", "on", "sources")
"""The keys of an item that are no languages."""
