"""Records that go by another id now, and are followed.

A rename is said in ``former_ids`` or ``retired.csv``. Where nobody says it, ``atlas lock`` asks for
the line that is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal, TypeVar, cast

from ...model.claim_ids import claim_anchor, claim_id, claim_parts, claim_record, disputed_claim
from ...model.records import Action, Atlas, City, Commitment, Contradiction, Instrument, Source

Named = Literal["city", "instrument", "action", "source"]
T = TypeVar("T")

RETIRED_AS: Mapping[Named, tuple[str, ...]] = {
    "city": ("city",),
    "instrument": ("instrument", "network", "charter"),
    "action": ("action",),
    "source": ("source",),
}
"""The kinds under which ``retired.csv`` may name a record."""
_KINDS: Mapping[type, Named] = {City: "city", Instrument: "instrument", Action: "action", Source: "source"}
_REFERS: Mapping[str, Named] = {
    "city": "city",
    "cities": "city",
    "instrument": "instrument",
    "sources": "source",
}
"""Fields that name other records, in records and in their parts."""


@dataclass(frozen=True, slots=True)
class Renames:
    """New ids by old ones, for each kind of record; empty where nothing was renamed."""

    of: Mapping[Named, Mapping[str, str]]

    def __bool__(self) -> bool:
        return any(self.of.values())

    def id(self, kind: Named, id: str) -> str:
        """Return the present id of what had ``id`` before."""
        return self.of[kind].get(id, id)

    def ids(self, kind: Named, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the present ids, in their order."""
        return tuple(self.id(kind, id) for id in ids)

    def present(self, one: T) -> T:
        """Return a former record under the present ids: its own, and those that it and its parts name."""
        if not self:
            return one
        record: Any = one
        now: dict[str, Any] = {}
        for name, value in ((each.name, getattr(one, each.name)) for each in fields(record)):
            kind = _KINDS.get(type(one)) if name in ("id", "successor") else _REFERS.get(name)
            if kind and value:
                now[name] = self.id(kind, value) if isinstance(value, str) else self.ids(kind, value)
            elif name == "commitments":
                now[name] = tuple(map(self.claim, value))
            elif isinstance(value, tuple) and value and is_dataclass(value[0]):
                now[name] = tuple(map(self.present, value))
        if isinstance(one, Commitment):
            now["anchor"] = claim_anchor(now["instrument"], one.period)
        if isinstance(one, Contradiction):
            now["record"] = self.record(one.record)
        return cast(T, replace(record, **now))

    def claim(self, id: str) -> str:
        """Return the present short id of a claim."""
        city, instrument, period = claim_parts(id)
        return claim_id(self.id("city", city), self.id("instrument", instrument), period)

    def record(self, name: str) -> str:
        """Return the present name of a record that a contradiction names."""
        kind, _, id = name.partition("/")
        if kind == "commitments":
            city, instrument, period = disputed_claim(name)
            return claim_record(self.id("city", city), self.id("instrument", instrument), period)
        kinds: Mapping[str, Named] = {
            "cities": "city",
            "instruments": "instrument",
            "counts": "instrument",
            "actions": "action",
        }
        return f"{kind}/{self.id(kinds[kind], id)}" if kind in kinds else name


def renames(before: Atlas, after: Atlas) -> Renames:
    """Return which records of ``before`` stand in ``after`` under another id."""
    pairs: Mapping[Named, tuple[Mapping[str, object], Mapping[str, object]]] = {
        "city": (before.cities, after.cities),
        "instrument": (before.instruments, after.instruments),
        "action": (before.actions, after.actions),
        "source": (before.sources, after.sources),
    }
    said = {
        kind: {one.id: one.replaced_by or "" for one in after.retired if one.kind in RETIRED_AS[kind]}
        for kind in pairs
    }
    said["city"] |= {id: city.id for city in after.cities.values() for id in city.former_ids}
    return Renames({kind: _moved(*pair, said[kind]) for kind, pair in pairs.items()})


def _moved(
    before: Mapping[str, object], after: Mapping[str, object], said: Mapping[str, str]
) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for id in sorted(before.keys() - after.keys()):
        successor = said.get(id, "")
        # Two that became one are no rename: the other stood beside it already.
        if successor in after and successor not in before and successor not in found.values():
            found[id] = successor
    return found
