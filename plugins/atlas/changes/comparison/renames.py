"""Records that go by another id now, and are followed.

A rename is said in ``former_ids`` or ``retired.csv``. Where nobody says it, a record that is
gone and a new one that is plainly the same thing are taken for one, too: the change reads as
what it is, and ``atlas lock`` asks for the line that is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal, TypeVar, cast

from ...model.claim_ids import claim_anchor, claim_id, claim_parts, claim_record, disputed_claim
from ...model.records import Action, Atlas, City, Commitment, Contradiction, Instrument, Retired, Source

Named = Literal["city", "instrument", "action", "source"]
T = TypeVar("T")
R = TypeVar("R", City, Instrument, Action, Source)

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
    former = {id: city.id for city in after.cities.values() for id in city.former_ids}
    return Renames(
        {
            "city": _moved("city", before.cities, after.cities, former, after.retired, _same_city),
            "instrument": _moved(
                "instrument", before.instruments, after.instruments, {}, after.retired, _same_instrument
            ),
            "action": _moved("action", before.actions, after.actions, {}, after.retired, _same_action),
            "source": _moved("source", before.sources, after.sources, {}, after.retired, _same_source),
        }
    )


def _moved(
    kind: Named,
    before: Mapping[str, R],
    after: Mapping[str, R],
    former: Mapping[str, str],
    retired: Iterable[Retired],
    same: Callable[[R, R], bool],
) -> Mapping[str, str]:
    said = {one.id: one.replaced_by or "" for one in retired if one.kind in RETIRED_AS[kind]}
    new = [one for id, one in after.items() if id not in before]
    found: dict[str, str] = {}
    for id in sorted(before.keys() - after.keys()):
        successor = former.get(id) or said.get(id)
        if successor is None:
            likely = [one.id for one in new if same(before[id], one)]
            successor = likely[0] if len(likely) == 1 else ""
        # Two that became one are no rename: the other stood beside it already.
        if successor in after and successor not in before and successor not in found.values():
            found[id] = successor
    return found


def _same_city(old: City, new: City) -> bool:
    if old.geonames and new.geonames:
        return old.geonames == new.geonames
    if old.wikidata and new.wikidata:
        return old.wikidata == new.wikidata
    return (old.country, old.name) == (new.country, new.name)


def _same_instrument(old: Instrument, new: Instrument) -> bool:
    return old.family == new.family and bool(old.names) and old.names == new.names


def _same_action(old: Action, new: Action) -> bool:
    return old.kind == new.kind and (old.date, old.title) == (new.date, new.title)


def _same_source(old: Source, new: Source) -> bool:
    return bool(old.url) and old.url == new.url
