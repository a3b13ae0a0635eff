"""Small print: fields of records that hardly any page shows, such as the line where a record stands.

Whoever reads one has read the small print of that record, and nobody else is concerned when it changes: a row
that moved, a note or a new day of checking makes few pages again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, TypeAlias

from ..model.records import City, Commitment, Source
from . import reads

Record: TypeAlias = City | Source | Commitment

TABLE = "small print"
"""What notes call all of it."""


class _Noted:
    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """Return whether both say the same, whoever watches."""
        if not isinstance(other, type(self).__bases__[1]):
            return NotImplemented
        mine: Any = self
        return all(getattr(self, one.name) == getattr(other, one.name) for one in fields(mine) if one.compare)

    __hash__ = None  # type: ignore[assignment]  # as of all records that hold mappings


class NotedCity(_Noted, City):
    """A city with small print."""

    __slots__ = ()


class NotedSource(_Noted, Source):
    """A source with small print."""

    __slots__ = ()


class NotedCommitment(_Noted, Commitment):
    """A commitment with small print."""

    __slots__ = ()


_KINDS: Mapping[type, type] = {City: NotedCity, Source: NotedSource, Commitment: NotedCommitment}
FIELDS: Mapping[type, tuple[str, ...]] = {
    NotedCity: ("place",),
    NotedSource: ("place",),
    NotedCommitment: ("act", "note", "place", "verified", "verified_by"),
}


def _noting(slot: Any) -> property:
    def value(record: Record) -> Any:
        if reads.is_noting():
            reads.note(_read(record))
        return slot.__get__(record)

    return property(value, slot.__set__)


for _kind, _fields in FIELDS.items():
    for _field in _fields:
        setattr(_kind, _field, _noting(getattr(_kind, _field)))


def _read(record: Record) -> reads.Read:
    return _note(type(record).__name__, record.key if isinstance(record, Commitment) else record.id)


@cache
def _note(kind: str, key: str) -> reads.Read:
    return reads.Read(TABLE, json.dumps([kind, key], ensure_ascii=False))


def watched(records: Iterable[Record]) -> dict[str, Record]:
    """Watch from now on who reads the small print of some records; return them by the keys of notes."""
    found = {}
    for record in records:
        object.__setattr__(record, "__class__", _KINDS.get(type(record), type(record)))
        found[_read(record).key] = record
    return found


def values(record: Record) -> tuple[Any, ...]:
    """Return what the small print of a record says."""
    return tuple(getattr(record, field) for field in FIELDS[type(record)])
