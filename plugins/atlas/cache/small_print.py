"""Small print: fields of records that hardly any page shows, such as the line where a record stands.

These fields of the model's classes become properties here. Whoever reads one has read the small print of that
record, and nobody else is concerned when it changes: a row that moved, a note or a new day of checking makes
few pages again. The digest of a record leaves its small print out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

from ..model.records import City, Commitment, Source
from . import reads

FIELDS: Mapping[type, tuple[str, ...]] = {
    City: ("place",),
    Source: ("place",),
    Commitment: ("act", "note", "place", "verified", "verified_by"),
}
KEYS: Mapping[str, Callable[[Any], Any]] = {
    "City": attrgetter("id"),
    "Source": attrgetter("id"),
    "Commitment": attrgetter("city", "instrument", "period"),
}
"""What notes call a record, by the name of its class."""

SMALL_PRINT = "small print of "
"""What notes call the small print of all records of a class, with its name."""


PLACES: Mapping[type, Callable[[Any], Any]] = {kind: vars(kind)["place"].__get__ for kind in FIELDS}
"""Where a record of a class stands, for those who note nothing."""


def values(record: object) -> tuple[Any, ...]:
    """Return what the small print of a record says."""
    return tuple(getattr(record, field) for field in FIELDS.get(type(record), ()))


def _noting(kind: str, slot: Any) -> property:
    table, key = SMALL_PRINT + kind, KEYS[kind]

    def value(record: object) -> Any:
        reads.note((table, key(record)))
        return slot.__get__(record)

    return property(value, slot.__set__)


for _kind, _fields in FIELDS.items():
    for _field in _fields:
        setattr(_kind, _field, _noting(_kind.__name__, getattr(_kind, _field)))
