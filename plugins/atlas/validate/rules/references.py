"""Rules about ids: each is unique, each reference names one that exists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from ...dataset.reading.yaml_tree import Document, Scalar
from ...dataset.reading.yaml_tree import Mapping as YamlMapping
from ...findings import N_, Finding, Place, Word, finding, later
from ...model.claim_ids import claim_id
from ...model.schema import LIST_SEPARATOR, Field, list_entries
from .. import meant
from ..context import Context, scalars, table_values, value_place, whole
from ..values import id_problem

K = TypeVar("K")
_NOUNS = {
    "city": N_("city"),
    "instrument": N_("instrument"),
    "network": N_("network"),
    "charter": N_("charter"),
    "source": N_("source"),
    "action": N_("action"),
    "topic": N_("topic"),
    "commitment": N_("commitment"),
}


def duplicate_ids(context: Context) -> Iterator[Finding]:
    """An id stands for one record; the second one is reported with the place of the first."""
    for name in ("cities", "sources"):
        table = context.data.table(name)
        first: dict[str, Place] = {}
        for row, id_ in table.column("id"):
            if id_ in first:
                yield twice(table.place(row, "id"), id_, first[id_])
            elif id_:
                first[id_] = Place(table.path, row.line)
    for id_, document in context.data.networks.items():
        if other := context.data.charters.get(id_):
            yield twice(Place(document.path), id_, Place(other.path))
    for document in context.data.instruments.values():
        known: dict[str, Place] = {}
        for item in document.root.listed("obligations", YamlMapping):
            if (scalar := item.scalar("id")) and scalar.text:
                if scalar.text in known:
                    yield twice(scalar.place, scalar.text, known[scalar.text])
                known.setdefault(scalar.text, scalar.place)


def twice(place: Place, id_: str, first: Place) -> Finding:
    """Return the finding for an id that another record bears."""
    return finding("E-DUPLICATE", "id", place, value=id_, path=first.path, line=first.line)


def referred_ids(context: Context) -> Iterator[Finding]:
    """Every city, instrument and source that a record names exists."""

    def known(one: Field) -> Mapping[str, Place] | None:
        return context.ids(one.refers) if one.refers and not context.unread(one.refers) else None

    for place, one, text in _unknown(context, known):
        yield no_such(place, one, text, context)


def _unknown(
    context: Context, known: Callable[[Field], Mapping[str, object] | None]
) -> Iterator[tuple[Place, Field, str]]:
    """Yield the values of fields that are not among those known, with their places and fields.

    ``known`` returns None for a field whose values are not looked up.
    """
    for record, table in context.tables():
        for one in record.fields:
            among = known(one)
            if among is None or context.values(table, one) <= among.keys():
                continue
            for row, text, offset in table_values(table, one):
                if text not in among:
                    yield value_place(table, row, one, offset), one, text
    for value in context.document_values():
        among = known(value.field)
        if among is not None and value.text not in among:
            yield value.place, value.field, value.text


def no_such(place: Place, one: Field, text: str, context: Context) -> Finding:
    """Return the finding for an id that names no record."""
    assert one.refers is not None  # only such fields come here
    return finding(
        "E-REF",
        "unknown",
        place,
        value=text,
        column=one.name,
        kind=Word(_NOUNS[one.refers]),
        advice=context.meant.reference(one.refers, text, context.ids(one.refers)),
    )


def codes(context: Context) -> Iterator[Finding]:
    """Every code stands in its section of the vocabulary."""
    if context.data.vocabulary is None:
        return
    # A section that must be there and is not has one finding of its own.
    sections = context.records["vocabulary"].fields
    lost = {one.name for one in sections if one.required and one.name not in context.codes}

    def known(one: Field) -> Mapping[str, YamlMapping] | None:
        looked_up = one.type == "code" and one.codes and one.codes not in lost
        return context.codes.get(one.codes or "", {}) if looked_up else None

    for place, one, text in _unknown(context, known):
        yield no_code(place, one, text, known(one) or {})


def no_code(place: Place, one: Field, text: str, known: Mapping[str, YamlMapping]) -> Finding:
    """Return the finding for a word that is no code of its section of the vocabulary."""
    return finding(
        "E-CODE",
        "unknown",
        place,
        value=text,
        column=one.name,
        section=one.codes or "",
        advice=meant.code(text, known),
    )


def commitment_files(context: Context) -> Iterator[Finding]:
    """A file of commitments, and a list, is named after an instrument that exists."""
    for id_, table in (*context.data.commitments.items(), *context.data.lists.items()):
        names = (f"networks/{id_}.yaml", f"charters/{id_}.yaml")
        if id_problem(id_):
            continue  # a finding of its own, which says more
        if id_ not in context.instruments and context.data.unreadable.isdisjoint(names):
            yield finding(
                "E-REF",
                "unknown",
                Place(table.path),
                value=id_,
                column="instrument",
                kind=Word(_NOUNS["instrument"]),
                advice=context.meant.reference("instrument", id_, context.instruments),
            )


def former_ids(context: Context) -> Iterator[Finding]:
    """A former id of a city belongs to no other city, now or then."""
    table = context.data.table("cities")
    taken = dict(context.cities)
    for row, cell in table.column("former_ids"):
        if not cell:
            continue
        place = table.place(row, "former_ids")
        for id_ in list_entries(cell):
            if id_ in taken and taken[id_] != place:
                yield finding(
                    "E-FORMER", "taken", place, value=id_, path=taken[id_].path, line=taken[id_].line
                )
            taken.setdefault(id_, place)


def retired_ids(context: Context) -> Iterator[Finding]:
    """A retired id is never used again, and what replaces it exists or was replaced in its turn."""
    table = context.data.table("retired")
    seen: dict[tuple[str, str], int] = {}
    retired = {(_same(table.get(row, "kind")), id_) for row, id_ in table.column("id")}
    for row in table.rows:
        kind, id_ = table.get(row, "kind"), table.get(row, "id")
        if not kind or not id_:
            continue
        if (kind, id_) in seen:
            path = table.path
            first = Place(path, seen[kind, id_])
            yield twice(table.place(row, "id"), id_, first)
        seen.setdefault((kind, id_), row.line)
        known = _known(context, kind)
        if known is None:
            continue
        if id_ in known:
            yield finding(
                "E-RETIRED",
                "in-use",
                table.place(row, "id"),
                value=id_,
                kind=kind,
                path=known[id_].path,
                line=known[id_].line,
            )
        successor = table.get(row, "replaced_by")
        if kind in ("city", "source") and context.unread("city" if kind == "city" else "source"):
            continue
        if successor and successor not in known and (_same(kind), successor) not in retired:
            yield finding(
                "E-RETIRED",
                "no-successor",
                table.place(row, "replaced_by"),
                value=successor,
                kind=Word(_NOUNS.get(kind, kind)),
                advice=meant.name(successor, known, N_("name what stands there now, or leave it empty")),
            )


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
            row = rows[path[0]]
            yield finding(
                "E-RETIRED",
                "circle",
                table.place(row, "replaced_by"),
                value=table.get(row, "replaced_by"),
                circle=" > ".join(id_ for _, id_ in path),
            )


def succession_circles(context: Context) -> Iterator[Finding]:
    """What succeeds an instrument is not the instrument itself, nor leads back to it."""
    nodes = {id_: one.root.scalar("successor") for id_, one in context.data.instruments.items()}
    named = {id_: node for id_, node in nodes.items() if node and node.text}
    for path in circles({id_: node.text or "" for id_, node in named.items()}):
        node = named[path[0]]
        yield finding("E-REF", "circle", node.place, value=path[1], circle=" > ".join(path))


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


def fulfilled_obligations(context: Context) -> Iterator[Finding]:
    """An action fulfils obligations of its own instrument."""
    for document in context.data.actions.values():
        if "fulfils" not in document.root.entries:
            continue
        instrument = document.root.text("instrument")
        for value in scalars(document.root, whole(context.records["action"])):
            if value.field.name != "fulfils":
                continue
            if not instrument:
                yield finding("E-REF", "no-instrument", value.place, value=value.text)
            elif found := context.data.instruments.get(instrument):
                known = _obligations(found)
                if value.text not in known:
                    name = "no-obligation" if known else "no-obligations"
                    near = later(value.text, known)
                    yield finding("E-REF", name, value.place, value=value.text, path=found.path, near=near)


_CLAIM_HINT = N_("type the ids of city and instrument, as in krakow/eccar; its row must be there")


def commitments_of_actions(context: Context) -> Iterator[Finding]:
    """An action brought about commitments of its own cities."""
    known: dict[str, Place] = {}
    for document in context.data.actions.values():
        if "commitments" not in document.root.entries:
            continue
        known = known or _commitment_ids(context)
        for value in scalars(document.root, whole(context.records["action"])):
            if value.field.name != "commitments":
                continue
            city, _, instrument = value.text.partition("/")
            if value.text not in known and context.may_be_member(city, instrument.partition("/")[0]):
                continue
            if value.text not in known:
                yield finding(
                    "E-REF",
                    "no-commitment",
                    value.place,
                    value=value.text,
                    advice=meant.name(value.text, known, _CLAIM_HINT),
                )
            elif city not in texts(document, "cities"):
                yield finding("E-REF", "other-city", value.place, value=value.text, city=city)


def texts(document: Document, key: str) -> set[str]:
    """Return the texts of a list of an action."""
    return {item.text.strip() for item in document.root.listed(key, Scalar) if item.text}


def _commitment_ids(context: Context) -> dict[str, Place]:
    """Return the short id of every commitment."""
    return {
        claim_id(city, instrument, table.get(row, "period")): Place(table.path, row.line)
        for instrument, table in context.data.commitments.items()
        for row, city in table.column("city")
    }


def _obligations(instrument: Document) -> Mapping[str, Place]:
    ids = (item.scalar("id") for item in instrument.root.listed("obligations", YamlMapping))
    return {id_.text: id_.place for id_ in ids if id_ and id_.text}


def _known(context: Context, kind: str) -> Mapping[str, Place] | None:
    """Return the ids of a retired kind that are in use, or None where ids cannot be looked up."""
    if kind in ("network", "charter", "instrument"):
        return context.instruments
    if kind == "commitment":
        return _commitment_ids(context)
    if kind == "topic":
        path = context.data.vocabulary.path if context.data.vocabulary else ""
        return {code: Place(path) for code in context.codes.get("topics", {})}
    return {
        "city": {**_former(context), **context.cities},
        "source": context.sources,
        "action": context.actions,
    }.get(kind)


def _former(context: Context) -> Mapping[str, Place]:
    """Return the former ids of cities, which lead to a page as well."""
    table = context.data.table("cities")
    return {
        id_.strip(): Place(table.path, row.line)
        for row, cell in table.column("former_ids")
        for id_ in cell.split(LIST_SEPARATOR)
        if id_.strip()
    }


RULES = (
    duplicate_ids,
    referred_ids,
    fulfilled_obligations,
    commitments_of_actions,
    codes,
    commitment_files,
    former_ids,
    retired_ids,
    retired_circles,
    succession_circles,
)
