"""Rules about ids: each is unique, each reference names one that exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import filterfalse
from typing import TypeVar

from ...dataset.reading.csv_table import Row
from ...dataset.reading.yaml_tree import Document, Scalar
from ...dataset.reading.yaml_tree import Mapping as YamlMapping
from ...findings import N_, Finding, Place, Word, finding, later
from ...model.claim_ids import claim_parts
from ...model.schema import Field, list_entries
from .. import meant
from ..context import Context, Pick, Value, scalars
from ..values import id_problem

K = TypeVar("K")
_KINDS = frozenset(("city", "instrument", "network", "charter", "source", "action", "topic", "commitment"))
"""Kinds of records that have ids, which are words of messages as well."""


def duplicate_ids(context: Context) -> Iterator[Finding]:
    """An id stands for one record; the second one is reported with the place of the first."""
    for name in ("cities", "sources"):
        table, rows = context.data.table(name), dict[str, Row]()
        for row, id_ in context.rows(table, "id") if context.repeats(table, "id") else ():
            if id_ and (other := rows.setdefault(id_, row)) is not row:
                yield twice(table.place(row, "id"), id_, table.place(other, "id"))
    for id_ in context.data.networks.keys() & context.data.charters.keys():
        first = Place(context.data.charters[id_].path)
        yield twice(Place(context.data.networks[id_].path), id_, first)
    for document in context.data.instruments.values():
        yield from _duplicates((id_.text or "", id_.place) for id_ in _obligations(document))


def _duplicates(named: Iterable[tuple[str, Place]]) -> Iterator[Finding]:
    first: dict[str, Place] = {}
    for id_, place in named:
        if (other := first.setdefault(id_, place)) is not place:
            yield twice(place, id_, other)


def twice(place: Place, id_: str, first: Place) -> Finding:
    """Return the finding for an id that another record bears."""
    return finding("E-DUPLICATE", "id", place, value=id_, **first.named)


def referred_ids(context: Context) -> Iterator[Finding]:
    """Every city, instrument and source that a record names exists."""

    def unknown(one: Field) -> Pick | None:
        known = context.ids(one.refers) if one.refers and not context.unread(one.refers) else None
        return None if known is None else lambda texts: filterfalse(known.__contains__, texts)

    for value in context.matching(unknown):
        yield no_such(value, context)


def no_such(value: Value, context: Context) -> Finding:
    """Return the finding for an id that names no record."""
    kind = value.field.refers
    assert kind is not None  # only such fields come here
    advice = partial(context.meant.reference, kind, value.text, context.ids(kind))
    return value.finding("E-REF", "unknown", kind=Word(kind), advice=advice)


def codes(context: Context) -> Iterator[Finding]:
    """Every code stands in its section of the vocabulary."""
    if context.data.vocabulary is None:
        return
    # A section that must be there and is not has one finding of its own.
    sections = context.records["vocabulary"].fields
    lost = {one.name for one in sections if one.required and one.name not in context.codes}

    def unknown(one: Field) -> Pick | None:
        known = context.codes.get(one.codes or "", {})
        looked_up = one.type == "code" and one.codes and one.codes not in lost
        return (lambda texts: filterfalse(known.__contains__, texts)) if looked_up else None

    for value in context.matching(unknown):
        yield no_code(value, context)


def no_code(value: Value, context: Context) -> Finding:
    """Return the finding for a word that is no code of its section of the vocabulary."""
    section = value.field.codes or ""
    advice = partial(meant.code, value.text, context.codes.get(section, {}))
    return value.finding("E-CODE", "unknown", section=section, advice=advice)


def commitment_files(context: Context) -> Iterator[Finding]:
    """A file of commitments, and a list, is named after an instrument that exists."""
    named = Field(name="instrument", type="ref", help={}, refers="instrument")
    for id_, table in (*context.data.commitments.items(), *context.data.lists.items()):
        # An id of another form has a finding of its own, which says more.
        if id_ not in context.instruments and not id_problem(id_):
            yield no_such(Value(id_, Place(table.path), named), context)


def former_ids(context: Context) -> Iterator[Finding]:
    """A former id of a city belongs to no other city, now or then."""
    table = context.data.table("cities")
    taken = dict(context.cities)
    for row, cell in table.column("former_ids"):
        for id_ in list_entries(cell):
            place = table.place(row, "former_ids")
            if (first := taken.setdefault(id_, place)) != place:
                yield table.finding("E-FORMER", "taken", row, "former_ids", value=id_, **first.named)


def retired_ids(context: Context) -> Iterator[Finding]:
    """A retired id is never used again, and what replaces it exists or was replaced in its turn."""
    table = context.data.table("retired")
    seen: dict[tuple[str, str], Row] = {}
    retired = {(_same(table.get(row, "kind")), id_) for row, id_ in table.column("id")}
    for row, kind, id_, successor in context.rows(table, "kind", "id", "replaced_by"):
        if not kind or not id_:
            continue
        if (first := seen.setdefault((kind, id_), row)) is not row:
            yield twice(table.place(row, "id"), id_, Place(table.path, first.line))
        if kind not in _KINDS:
            continue
        known = {**context.former, **context.cities} if kind == "city" else context.ids(kind)
        if id_ in known:
            yield table.finding("E-RETIRED", "in-use", row, "id", kind=kind, **known[id_].named)
        if successor and successor not in known and (_same(kind), successor) not in retired:
            if context.unread(kind):
                continue
            advice = meant.name(successor, known, N_("name what stands there now, or leave it empty"))
            told = {"kind": Word(kind), "advice": advice}
            yield table.finding("E-RETIRED", "no-successor", row, "replaced_by", **told)


def _same(kind: str) -> str:
    """Return one kind for all that share their ids."""
    return "instrument" if kind in ("network", "charter") else kind


def retired_circles(context: Context) -> Iterator[Finding]:
    """What replaces a retired id never leads back to it; the first row of a circle tells of it."""
    table = context.data.table("retired")
    rows = {(_same(table.get(row, "kind")), table.get(row, "id")): row for row in table.rows}
    next_ = {key: (key[0], table.get(row, "replaced_by")) for key, row in rows.items()}
    for path in circles(next_):
        if path[0][1]:
            circle = " > ".join(id_ for _, id_ in path)
            yield table.finding("E-RETIRED", "circle", rows[path[0]], "replaced_by", circle=circle)


def succession_circles(context: Context) -> Iterator[Finding]:
    """What succeeds an instrument is not the instrument itself, nor leads back to it."""
    nodes = {id_: one.root.scalar("successor") for id_, one in context.data.instruments.items()}
    named = {id_: node for id_, node in nodes.items() if node and node.text}
    for path in circles({id_: node.text or "" for id_, node in named.items()}):
        yield named[path[0]].finding("E-REF", "circle", value=path[1], circle=" > ".join(path))


def circles(next_: Mapping[K, K]) -> Iterator[list[K]]:
    """Yield each way that leads from a key back to it, once, with the key at both ends."""
    told: set[K] = set()
    for key in next_:
        path = [key, next_[key]]
        while path[-1] in next_ and path[-1] not in path[:-1]:
            path.append(next_[path[-1]])
        if path[-1] == key and told.isdisjoint(path):
            told.update(path)
            yield path


def _named_by_actions(context: Context, key: str) -> Iterator[tuple[Document, Value]]:
    """Yield the values below a key of the actions."""
    for document in context.data.actions.values():
        if key in document.root.entries:
            values = scalars(document.root, context.records["action"].whole)
            yield from ((document, value) for value in values if value.field.name == key)


def fulfilled_obligations(context: Context) -> Iterator[Finding]:
    """An action fulfils obligations of its own instrument."""
    for document, value in _named_by_actions(context, "fulfils"):
        instrument = document.root.text("instrument")
        if not instrument:
            yield value.finding("E-REF", "no-instrument")
        elif found := context.data.instruments.get(instrument):
            known = {id_.text for id_ in _obligations(found) if id_.text}
            if value.text not in known:
                name = "no-obligation" if known else "no-obligations"
                yield value.finding("E-REF", name, path=found.path, near=later(value.text, known))


_CLAIM_HINT = N_("type the ids of city and instrument, as in krakow/eccar; its row must be there")


def commitments_of_actions(context: Context) -> Iterator[Finding]:
    """An action brought about commitments of its own cities."""
    for document, value in _named_by_actions(context, "commitments"):
        city, instrument, _ = claim_parts(value.text)
        if value.text not in context.claims:
            if not context.may_be_member(city, instrument):
                advice = meant.name(value.text, context.claims, _CLAIM_HINT)
                yield value.finding("E-REF", "no-commitment", advice=advice)
        elif city not in texts(document, "cities"):
            yield value.finding("E-REF", "other-city", city=city)


def texts(document: Document, key: str) -> set[str]:
    """Return the texts of a list of an action."""
    return {item.text.strip() for item in document.root.listed(key, Scalar) if item.text}


def _obligations(instrument: Document) -> Iterator[Scalar]:
    """Yield the ids of the obligations of an instrument."""
    ids = (item.scalar("id") for item in instrument.root.listed("obligations", YamlMapping))
    return (id_ for id_ in ids if id_ and id_.text)
