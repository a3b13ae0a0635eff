"""What a change is: which record, what happened to it, and whose change it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ...model.dates import PartialDate
from ...model.records import Action, Atlas, City, Contradiction, Instrument, Localized, Record, Source

Nature = Literal["world", "atlas"]
Kind = Literal["city", "instrument", "commitment", "action", "source", "contradiction", "code", "retired"]
Act = Literal[
    # What happens in the world, and what the atlas learns of it later.
    "joined", "signed", "left", "belonged", "suspended", "resumed", "applied", "observes", "took-part",
    "declined", "decided", "founded", "ended", "happened", "hosted",
    # What happens to a record.
    "added", "removed", "renamed", "checked", "counted", "disputed", "settled",
    # What happens to one value of it.
    "found", "refined", "corrected", "cleared", "sourced", "verified", "reworded",
]  # fmt: skip
Value = str | tuple[str, ...]
"""A value as the data writes it; a list as its parts; empty where it is unknown."""

NEWS_LAG = timedelta(days=92)
"""How long after the event a record of it still counts as news: a quarter of a year."""


@dataclass(frozen=True, slots=True)
class Editions:
    """The days of the two editions that are compared."""

    then: date
    now: date

    def news(self, when: PartialDate | None) -> bool:
        """Tell whether a date proves that something happened since the former edition."""
        if when is None or when.approximate or when.uncertain:
            return False
        return when.lower_bound > self.then - NEWS_LAG

    def nature(self, when: PartialDate | None) -> Nature:
        """Return whose change an event is that is recorded now and was not before."""
        return "world" if self.news(when) else "atlas"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one record. ``old`` and ``new`` are the record before and after."""

    nature: Nature
    kind: Kind
    act: Act
    record: str
    """As contradictions name it: ``cities/krakow``, ``commitments/eccar:krakow``, ``sources/x``,
    ``vocabulary/topics/migration``."""
    old: Record | None = None
    new: Record | None = None
    field: str = ""
    """The column or key, where one value changed (``since``, ``name.en``)."""
    before: Value = ""
    after: Value = ""
    when: PartialDate | None = None
    """When it happened in the world, where that is known."""
    sources: tuple[str, ...] = ()
    """Ids of the sources on which the new state rests."""
    reason: Localized | None = None
    """Why a record was withdrawn, as ``retired.csv`` says."""
    group: tuple[Contradiction, ...] = ()
    """The values that sources give, of a contradiction."""

    @property
    def subject(self) -> Record:
        """The record as it stands, or as it last stood."""
        found = self.new if self.new is not None else self.old
        assert found is not None  # a change is of something
        return found


@dataclass(frozen=True, slots=True)
class Pair:
    """The atlas of two editions, for looking up what may be in only one of them."""

    before: Atlas
    after: Atlas

    def city(self, id: str) -> City | None:
        """Return a city, the later record first."""
        return self.after.cities.get(id) or self.before.cities.get(id)

    def instrument(self, id: str) -> Instrument | None:
        """Return an instrument, the later record first."""
        return self.after.instruments.get(id) or self.before.instruments.get(id)

    def action(self, id: str) -> Action | None:
        """Return an action, the later record first."""
        return self.after.actions.get(id) or self.before.actions.get(id)

    def source(self, id: str) -> Source | None:
        """Return a source, the later record first."""
        return self.after.sources.get(id) or self.before.sources.get(id)
