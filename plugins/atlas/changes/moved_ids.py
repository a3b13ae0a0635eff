"""What has another id now and what was withdrawn, as ``former_ids`` and ``retired.csv`` say it.

Chains are followed to their end, so that an old address leads to the present one in one step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Literal

from ..cache.reads import remembered
from ..model.claim_ids import claim_anchor, claim_id, claim_parts, end_of
from ..model.records import Atlas, Commitment, Retired
from .comparison.renames import RETIRED_AS

Kind = Literal["city", "instrument", "action", "source", "topic"]
"""What has pages of its own and an id in their addresses."""
SECTIONS: Mapping[Kind, str] = {
    "city": "cities", "instrument": "networks", "action": "actions", "source": "sources", "topic": "topics",
}  # fmt: skip
"""The section that a page of each kind is in, as far as the kind tells it."""

KINDS: Mapping[str, Kind] = {
    "topic": "topic",
    **{name: kind for kind, names in RETIRED_AS.items() for name in names},
}
"""The kinds of ``retired.csv`` that name such an id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A claim that was published and is none any more."""

    anchor: str
    id: str
    """The short id by which it may have been quoted."""
    instrument: str
    why: Retired
    successor: tuple[str, str] | None = None
    """City and anchor of the claim that stands instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Where everything went that an address once led to."""

    to: Mapping[Kind, Mapping[str, str]]
    """Present ids by former ones."""
    gone: Mapping[Kind, Mapping[str, Retired]]
    """Ids that were withdrawn without anything in their place, with the row that says so."""
    why: Mapping[tuple[Kind, str], Retired]
    """The rows of ids that were replaced, which hold the reason; a former id of a city has none."""
    families: Mapping[str, tuple[str, ...]]
    """The sections in which an instrument stood that is gone, by its id."""
    anchors: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Former anchors of the claims of a city, by city and present anchor."""
    withdrawn: Mapping[str, tuple[Withdrawn, ...]]
    """Claims that were withdrawn, by the present (or gone) id of their city."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """Addresses that moved, with or without a fragment, in the default language."""
    gone_addresses: Mapping[str, Retired] = field(default_factory=dict)

    def id(self, kind: Kind, id: str) -> str:
        """Return the present id of what had ``id`` once."""
        return self.to[kind].get(id, id)

    def former_anchors(self, city: str, anchor: str) -> tuple[str, ...]:
        """Return the anchors that a claim had before."""
        return self.anchors.get(city, {}).get(anchor, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An address that leads to another one."""

    lang: str
    to: str
    why: Retired | None = None
    """The row that says so; None where the former id says it, or somebody might guess the address."""
    city: str = ""
    """The city whose claims stood on the page, and now stand on the other one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """An address at which something stood that was withdrawn."""

    lang: str
    why: Retired
    kind: Kind | None = None
    id: str = ""


@remembered(4)
def moves(atlas: Atlas) -> Moves:
    """Return everything that moved or went, worked out once for an atlas."""
    rows = {(KINDS[one.kind], one.id): one for one in atlas.retired if one.kind in KINDS}
    former = {old: city.id for city in atlas.cities.values() for old in city.former_ids}
    present: dict[Kind, Container[str]] = {
        "city": atlas.cities,
        "instrument": atlas.instruments,
        "action": atlas.actions,
        "source": atlas.sources,
        "topic": atlas.vocabulary.topics,
    }
    to: dict[Kind, dict[str, str]] = {kind: {} for kind in present}
    gone: dict[Kind, dict[str, Retired]] = {kind: {} for kind in present}
    to["city"].update(former)
    successors: dict[Kind, dict[str, str | None]] = {kind: dict(of) for kind, of in to.items()}
    for (kind, id), row in rows.items():
        successors[kind].setdefault(id, row.replaced_by)
    for (kind, id), row in rows.items():
        if (end := end_of(id, successors[kind])) in present[kind]:
            to[kind][id] = end
        else:
            gone[kind][id] = row
    addresses = {
        path_of(one.id): path_of(one.replaced_by or "") for one in atlas.retired if one.kind == "address"
    }
    replaced = {address: end_of(address, addresses) for address, next_one in addresses.items() if next_one}
    withdrawn, anchors = _claims(atlas, to, replaced)
    return Moves(
        to=to,
        gone=gone,
        why={key: row for key, row in rows.items() if key[1] in to[key[0]]},
        families={
            id: (*_families(row.kind), *map(atlas.vocabulary.section, atlas.vocabulary.families))
            for (kind, id), row in rows.items()
            if kind == "instrument"
        },
        anchors=anchors,
        withdrawn=withdrawn,
        addresses=replaced,
        gone_addresses={
            path_of(one.id): one for one in atlas.retired if one.kind == "address" and not one.replaced_by
        },
    )


def anchors_of_claims(atlas: Atlas) -> Mapping[str, Set[str]]:
    """Return the anchors of claims by city: of those that stand there, were renamed or were withdrawn."""
    moved, found = moves(atlas), defaultdict[str, set[str]](set)
    for id, held in atlas.commitments_of_city.items():
        for one in held:
            found[id].update((one.anchor, *moved.former_anchors(id, one.anchor)))
    for id, gone in moved.withdrawn.items():
        found[id].update(one.anchor for one in gone)
    return found


def path_of(address: str) -> str:
    """Return an address as ``retired.csv`` writes it as a path from the root: ``cities/krakow/#eccar``."""
    path, mark, fragment = address.strip().lstrip("/").partition("#")
    path = path.removesuffix("index.html").rstrip("/")
    if path and "." not in path.rpartition("/")[2]:
        path += "/"
    return f"{path}{mark}{fragment}"


def _families(kind: str) -> tuple[str, ...]:
    return ("networks", "charters") if kind == "instrument" else (f"{kind}s",)


def _claims(
    atlas: Atlas, to: Mapping[Kind, Mapping[str, str]], addresses: Mapping[str, str]
) -> tuple[Mapping[str, tuple[Withdrawn, ...]], Mapping[str, Mapping[str, tuple[str, ...]]]]:
    """Return the claims that went, by city, and the former anchors of those that stay."""
    anchors: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for was, city, anchor in _former_anchors(atlas, to, addresses):
        if not _claim(atlas, city, was):
            anchors[city][anchor][was] = None
    withdrawn: dict[str, dict[str, Withdrawn]] = defaultdict(dict)
    for one in atlas.retired:
        where = _claim_of(one, to)
        if where is None or _claim(atlas, *where):
            continue
        city, anchor = where
        if any(anchor in old for old in anchors[city].values()):
            continue
        instrument, period = _parts_of(atlas, one, anchor)
        withdrawn[city].setdefault(
            anchor,
            Withdrawn(
                anchor=anchor,
                id=claim_id(city, instrument, period),
                instrument=instrument,
                why=one,
                successor=_successor(atlas, one, to),
            ),
        )
    return (
        {city: tuple(claims.values()) for city, claims in withdrawn.items()},
        {
            city: {anchor: tuple(old) for anchor, old in of_city.items()}
            for city, of_city in anchors.items()
            if of_city
        },
    )


def _former_anchors(
    atlas: Atlas, to: Mapping[Kind, Mapping[str, str]], addresses: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Yield former anchors with the city and the present anchor of the claim."""
    renamed: dict[str, list[str]] = defaultdict(list)
    for old, new in to["instrument"].items():
        renamed[new].append(old)
    for commitment in atlas.commitments:
        for old in renamed.get(commitment.instrument, ()):
            yield claim_anchor(old, commitment.period), commitment.city, commitment.anchor
    for one in atlas.retired:
        was, now = _claim_of(one, to), _successor(atlas, one, to)
        if was and now and was[0] == now[0]:
            yield was[1], *now
    for address, there in addresses.items():
        was, now = _claim_at(address, to), _claim_at(there, to)
        if was and now and was[0] == now[0] and _claim(atlas, *now):
            yield was[1], *now


def _claim_of(one: Retired, to: Mapping[Kind, Mapping[str, str]]) -> tuple[str, str] | None:
    """Return the present city and the anchor of the claim that a row withdraws, if it does."""
    if one.kind == "commitment":
        city, instrument, period = claim_parts(one.id)
        return to["city"].get(city, city), claim_anchor(instrument, period)
    return _claim_at(path_of(one.id), to) if one.kind == "address" else None


def _parts_of(atlas: Atlas, one: Retired, anchor: str) -> tuple[str, str]:
    """Return the instrument and the period that a row withdraws; an address names both by its anchor."""
    if one.kind == "commitment":
        return claim_parts(one.id)[1:]
    known = (id for id in atlas.instruments if anchor == id or anchor.startswith(f"{id}-"))
    instrument = max(known, key=len, default=anchor)
    return instrument, anchor.removeprefix(instrument).removeprefix("-")


def _claim_at(address: str, to: Mapping[Kind, Mapping[str, str]]) -> tuple[str, str] | None:
    path, _, anchor = address.partition("#")
    section, _, city = path.rstrip("/").partition("/")
    return (to["city"].get(city, city), anchor) if section == "cities" and anchor else None


def _successor(atlas: Atlas, one: Retired, to: Mapping[Kind, Mapping[str, str]]) -> tuple[str, str] | None:
    if one.kind != "commitment" or not one.replaced_by:
        return None
    city, instrument, period = claim_parts(one.replaced_by)
    city, instrument = to["city"].get(city, city), to["instrument"].get(instrument, instrument)
    found = _claim(atlas, city, claim_anchor(instrument, period))
    return (city, found.anchor) if found else None


def _claim(atlas: Atlas, city: str, anchor: str) -> Commitment | None:
    return next((one for one in atlas.commitments_of_city.get(city, ()) if one.anchor == anchor), None)
