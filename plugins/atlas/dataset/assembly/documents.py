"""Valid YAML files to records of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from types import MappingProxyType
from typing import Any, TypeAlias

from ...model.dates import PartialDate
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
from .typed_values import R, clean, reader, types_of


def instruments(dataset: Dataset) -> Iterator[Instrument]:
    """Yield the networks and charters."""
    for id, document in sorted(dataset.instruments.items()):
        family: Family = "network" if id in dataset.networks else "charter"
        yield _instrument(document, family, dataset.commitments.get(id))


def actions(dataset: Dataset) -> Iterator[Action]:
    """Yield the actions."""
    return (_action(document) for _, document in sorted(dataset.actions.items()))


def vocabulary(document: Document) -> Vocabulary:
    """Return the codes that the data may use."""

    def section(name: str) -> Mapping[str, Code]:
        codes = _keys(document.root, name).entries.items()
        return by_id(_code(id_, node) for id_, node in codes if isinstance(node, YamlMapping))

    return Vocabulary(**{one.name: section(one.name) for one in fields(Vocabulary)})


def _code(id_: str, keys: YamlMapping) -> Code:
    colour = _keys(keys, "colour").text
    return _record(Code, keys, id=id_, colour_light=colour("light"), colour_dark=colour("dark"))


def _instrument(document: Document, family: Family, commitments: Table | None) -> Instrument:
    keys = document.root
    return _record(
        Instrument,
        keys,
        id=document.id,
        family=family,
        names=_localized(keys.entries.get("name")),
        began=_date(keys.entries.get("founded" if family == "network" else "adopted")),
        obligations=_records(Obligation, keys, "obligations"),
        counts=_records(Count, keys, "counts"),
        hosts=_records(Host, keys, "hosts"),
        place=keys.place,
        columns=tuple(commitments.header.values) if commitments else (),
    )


def _action(document: Document) -> Action:
    keys = document.root
    act = keys.entries.get("act")
    return _record(
        Action,
        keys,
        id=document.id,
        act=_record(Act, act) if isinstance(act, YamlMapping) else None,
        items=tuple(_record(Item, item, text=_localized(item)) for item in keys.listed("items", YamlMapping)),
        place=keys.place,
    )


def _keys(keys: YamlMapping, name: str) -> YamlMapping:
    """Return the mapping below a key, an empty one where there is none."""
    node = keys.entries.get(name)
    return node if isinstance(node, YamlMapping) else YamlMapping(keys.place)


def _records(kind: type[R], keys: YamlMapping, name: str) -> tuple[R, ...]:
    return tuple(_record(kind, part) for part in keys.listed(name, YamlMapping))


def _record(kind: type[R], keys: YamlMapping, **given: object) -> R:
    """Return a record whose fields are read under their own names, but for those that are ``given``."""
    readers, unsaid = _readers(kind)  # type: ignore[arg-type]  # a class can be hashed
    said = {name: readers[name](node) for name, node in keys.entries.items() if name in readers}
    return kind(**{**unsaid, **said, **given})


@cache
def _readers(kind: type[Any]) -> tuple[Mapping[str, _Reader], Mapping[str, object]]:
    """Return what reads each field, and what it makes of a key that is not there; a number always is."""
    types = types_of(kind)
    readers = {name: _READERS.get(type_) or _of_text(type_) for name, type_ in types.items()}
    return readers, {name: read(None) for name, read in readers.items() if types[name] is not int}


def _of_text(field_type: object) -> _Reader:
    read = reader(field_type)
    return lambda node: read(clean(node.text or "") if isinstance(node, Scalar) else "")


def _listed(node: Node | None) -> tuple[str, ...]:
    """Return the entries of a list, or the one that stands in its place."""
    items = node.items if isinstance(node, Sequence) else [node]
    return tuple(clean(item.text) for item in items if isinstance(item, Scalar) and item.text)


def _localized(node: Node | None) -> Localized:
    """Return a text by language."""
    if isinstance(node, Scalar):
        text = clean(node.text or "")
        return MappingProxyType({UNDETERMINED: text} if text else {})
    if not isinstance(node, YamlMapping):
        return _NOTHING
    texts = {lang: clean(node.text(lang) or "") for lang in node.entries if lang not in _OF_AN_ITEM}
    return MappingProxyType({lang: said for lang, said in texts.items() if said})


def _localized_list(node: Node | None) -> tuple[Localized, ...]:
    return tuple(map(_localized, node.items)) if isinstance(node, Sequence) else ()


_Reader: TypeAlias = Callable[[Node | None], Any]
_NOTHING: Localized = MappingProxyType({})
_OF_AN_ITEM = ("state", "on", "sources")
"""The keys of an item that are no languages."""
_date = _of_text(PartialDate | None)
_READERS: Mapping[object, _Reader] = {
    tuple[str, ...]: _listed,
    Localized: _localized,
    Localized | None: lambda node: _localized(node) or None,
    tuple[Localized, ...]: _localized_list,
}
"""How fields are read that are more than a text; any other one is read of a text."""
