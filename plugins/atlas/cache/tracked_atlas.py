"""Tracked atlas: records which rows each page reads, for incremental builds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from ..model.records import Atlas
from . import reads
from .reads import WHOLE, TrackedTable, note
from .row_text import RowText
from .small_print import KEYS, SMALL_PRINT

_PLAIN = ("vocabulary", "commitments", "retired")
"""Fields that are no tables: to look at one is to read it whole."""


class TrackedAtlas(Atlas):
    """Records which rows each page reads, for incremental builds."""

    __slots__ = ("_plain", "text")

    _plain: Mapping[str, Any]
    text: RowText

    def __init__(self, atlas: Atlas, text: RowText | None = None) -> None:
        """Wrap the tables of an atlas, with the texts of its records, where they are at hand."""
        object.__setattr__(self, "_plain", {name: getattr(atlas, name) for name in _PLAIN})
        object.__setattr__(self, "text", text or RowText())
        for field in fields(atlas):
            if field.name not in _PLAIN:
                object.__setattr__(self, field.name, TrackedTable(field.name, getattr(atlas, field.name)))

    def __reduce__(self) -> tuple[Any, ...]:
        """Send the tables; what is remembered of them stays here."""
        tables = (field.name for field in fields(self) if field.name not in _PLAIN)
        return _made, ({**self._plain} | {name: getattr(self, name).plain() for name in tables},)

    def digests(self, table: str) -> Mapping[Any, str]:
        """Return the digests of all rows of a table, or of the small print of records, by their keys."""
        if table.startswith(SMALL_PRINT):
            return self._small_print(table.removeprefix(SMALL_PRINT))
        if table.removesuffix(WHOLE) in _PLAIN:
            return {"": self.text.rows([self._plain[table.removesuffix(WHOLE)]])[0]}
        name = table.rstrip(reads.WHOLE + reads.KEYS + reads.PRESENCE)
        rows: TrackedTable[Any, Any] = getattr(self, name)
        return rows.digests(table.removeprefix(name), self.text.rows)

    def _small_print(self, kind: str) -> Mapping[Any, str]:
        tables: Mapping[str, Any] = {"City": self.cities, "Source": self.sources}
        records = tuple(tables[kind].plain().values()) if kind in tables else self._plain["commitments"]
        return dict(zip(map(KEYS[kind], records), self.text.small_print(records), strict=True))


def _made(values: Mapping[str, Any]) -> TrackedAtlas:
    return TrackedAtlas(Atlas(**values))


def _noted(name: str) -> property:
    whole = name + WHOLE, ""

    def read(self: TrackedAtlas) -> Any:
        note(whole)
        return self._plain[name]

    return property(read)


for _name in _PLAIN:
    setattr(TrackedAtlas, _name, _noted(_name))
