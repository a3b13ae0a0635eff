"""Tracked atlas: records which rows each page reads, for incremental builds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from ..model.records import Atlas
from .digests import Digests, digest
from .reads import WHOLE, Read, TrackedTable, note
from .small_print import TABLE, Record, values, watched

_PLAIN = ("vocabulary", "commitments", "retired")
"""Fields that are no tables: to look at one is to read it whole."""


class TrackedAtlas(Atlas):
    """Records which rows each page reads, for incremental builds."""

    __slots__ = ("_digests", "_plain", "_small_print")

    _digests: Digests
    _plain: Mapping[str, Any]
    _small_print: Mapping[str, Record]

    def __init__(self, atlas: Atlas, written: Callable[[object], str | None] = lambda record: None) -> None:
        """Wrap the tables of an atlas; its records are the same objects.

        ``written`` returns the text that a record was made of, where that is known.
        """
        object.__setattr__(self, "_plain", {name: getattr(atlas, name) for name in _PLAIN})
        noted = watched([*atlas.cities.values(), *atlas.sources.values(), *atlas.commitments])
        object.__setattr__(self, "_small_print", noted)
        digests = Digests(written)
        object.__setattr__(self, "_digests", digests)
        for field in fields(atlas):
            if field.name not in _PLAIN:
                object.__setattr__(
                    self, field.name, TrackedTable(field.name, getattr(atlas, field.name), digests)
                )

    def __reduce__(self) -> tuple[Any, ...]:
        """Send the tables; what is remembered of them stays here."""
        tables = (field.name for field in fields(self) if field.name not in _PLAIN)
        return _made, ({**self._plain} | {name: getattr(self, name).plain() for name in tables},)

    def digest(self, table: str, key: str) -> str:
        """Return the digest of what a note speaks of, as it is now."""
        if table == TABLE:
            record = self._small_print.get(key)
            return digest(values(record)) if record else ""
        if table in _PLAIN:
            return self._digests.of_row(self._plain[table])
        rows: TrackedTable[Any, Any] = getattr(self, table)
        return rows.digest(key)


def _made(values: Mapping[str, Any]) -> TrackedAtlas:
    return TrackedAtlas(Atlas(**values))


def _noted(name: str) -> property:
    whole = Read(name, WHOLE)

    def read(self: TrackedAtlas) -> Any:
        note(whole)
        return self._plain[name]

    return property(read)


for _name in _PLAIN:
    setattr(TrackedAtlas, _name, _noted(_name))
