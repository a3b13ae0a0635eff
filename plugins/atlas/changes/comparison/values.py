"""The values of a record by the names that the data gives them, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...model.dates import PartialDate, parse_date
from ...model.records import Action, City, Code, Commitment, Count, Instrument, Localized, Source
from .change import Act, Record, Value

DATES = frozenset(
    {"since", "until", "decided", "verified", "date", "end_date", "founded", "adopted", "ended"}
    | {"published", "accessed", "gone", "act.decided", "act.effective"}
)
LOOKED = frozenset({"verified", "accessed"})
"""Days on which a person looked: a later one is another look, not a correction."""

_PROSE = ("summary", "note", "help", "obligations", "items")


def values(record: Record) -> Mapping[str, Value]:
    """Return every value of a record that is compared, by column or key; unknown ones are empty."""
    if isinstance(record, City):
        return dict(_city(record))
    if isinstance(record, Commitment):
        return dict(_commitment(record))
    if isinstance(record, Instrument):
        return dict(_instrument(record))
    if isinstance(record, Action):
        return dict(_action(record))
    if isinstance(record, Source):
        return dict(_source(record))
    assert isinstance(record, Code)  # contradictions and retired ids are compared whole
    return dict(_code(record))


def differing(old: Record, new: Record) -> Iterator[tuple[str, Value, Value]]:
    """Yield field, former and present value of everything that differs between two records."""
    before, after = values(old), values(new)
    for field in dict.fromkeys((*after, *before)):
        was, now = before.get(field, ""), after.get(field, "")
        if (was or now) and was != now:
            yield field, was, now


def act_of(field: str, before: Value, after: Value) -> Act:
    """Return what happened to one value: found, refined, corrected and so on."""
    if field == "sources":
        return "sourced"
    if not before:
        return "verified" if field in LOOKED else "found"
    if not after:
        return "cleared"
    if is_prose(field):
        return "reworded"
    if field in DATES and isinstance(before, str) and isinstance(after, str):
        was, now = parse_date(before), parse_date(after)
        if field in LOOKED and now.first_day >= was.first_day:
            return "verified"
        return "refined" if _refines(was, now) else "corrected"
    return "corrected"


def is_prose(field: str) -> bool:
    """Tell whether a field holds sentences, of which only that they changed is told."""
    return field.startswith(_PROSE)


def date_of(value: Value) -> PartialDate | None:
    """Return the date that a value writes."""
    return parse_date(value) if isinstance(value, str) and value else None


def _refines(was: PartialDate, now: PartialDate) -> bool:
    """Tell whether ``now`` says the same as ``was`` more exactly or more surely."""
    within = was.lower_bound <= now.lower_bound and now.latest <= was.latest
    finer = now.latest - now.lower_bound < was.latest - was.lower_bound
    surer = (was.approximate or was.uncertain) and not (now.approximate or now.uncertain)
    return within and (finer or surer) and not ((now.approximate or now.uncertain) and not finer)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _localized(base: str, text: Localized | None, joint: str) -> Iterator[tuple[str, Value]]:
    for lang, words in (text or {}).items():
        yield (base if lang == "und" else f"{base}{joint}{lang}"), words


def _prose(field: str, text: Localized | None) -> tuple[str, Value]:
    """Return sentences in all their languages as one value, because one change of mind alters all."""
    return field, tuple((text or {}).values())


def _city(one: City) -> Iterator[tuple[str, Value]]:
    yield "name", one.name
    yield from _localized("name", one.names, "_")
    yield "country", one.country
    yield "region", _text(one.region)
    yield "place", "" if one.lat is None or one.lon is None else f"{one.lat:g}, {one.lon:g}"
    yield "population", _text(one.population)
    yield "geonames", _text(one.geonames)
    yield "wikidata", _text(one.wikidata)
    yield "website", _text(one.website)
    yield "codes", one.codes
    yield "former_names", one.former_names
    yield "until", _text(one.until)
    yield "successor", _text(one.successor)


def _commitment(one: Commitment) -> Iterator[tuple[str, Value]]:
    yield "status", one.status
    for field in ("decided", "since", "until"):
        yield field, _text(getattr(one, field))
    yield "role", one.roles
    yield "act", _text(one.act)
    yield "sources", one.sources
    yield "verified", _text(one.verified)
    yield "verified_by", _text(one.verified_by)
    yield _prose("note", one.note)


def _instrument(one: Instrument) -> Iterator[tuple[str, Value]]:
    yield "kind", one.kind
    yield from _localized("name", one.names, ".")
    yield from _localized("short", one.short, ".")
    yield "acronym", _text(one.acronym)
    yield "former_names", tuple(" / ".join(dict.fromkeys(name.values())) for name in one.former_names)
    yield ("founded" if one.family == "network" else "adopted"), _text(one.began)
    yield from _localized("founder", one.founder, ".")
    yield from _localized("secretariat", one.secretariat, ".")
    yield "website", _text(one.website)
    yield "topics", one.topics
    yield _prose("summary", one.summary)
    yield "open_to", one.open_to
    for duty in one.obligations:
        within = duty.due_within.value if duty.due_within else ""
        yield f"obligations.{duty.id}", (*duty.text.values(), within, *duty.sources)
    yield "ended", _text(one.ended)
    yield "successor", _text(one.successor)
    yield "sources", one.sources
    yield _prose("note", one.note)


def _action(one: Action) -> Iterator[tuple[str, Value]]:
    yield "kind", one.kind
    yield "date", _text(one.date)
    yield "end_date", _text(one.end_date)
    yield "cities", one.cities
    yield "instrument", _text(one.instrument)
    yield "fulfils", one.fulfils
    yield "commitments", one.commitments
    yield from _localized("title", one.title, ".")
    yield _prose("summary", one.summary)
    if one.act:
        for field in ("title", "body", "number", "decided", "effective"):
            yield f"act.{field}", _text(getattr(one.act, field))
    yield "status", _text(one.status)
    yield (
        "items",
        tuple(
            word
            for item in one.items
            for word in (*item.text.values(), *filter(None, (item.state, _text(item.on))), *item.sources)
        ),
    )
    yield "topics", one.topics
    yield "sources", one.sources
    yield _prose("note", one.note)


def _source(one: Source) -> Iterator[tuple[str, Value]]:
    names = ("title", "publisher", "url", "archived", "gone", "lang", "published", "accessed", "type")
    for field in names:
        yield field, _text(getattr(one, field))
    yield _prose("note", one.note)


def _code(one: Code) -> Iterator[tuple[str, Value]]:
    yield from _localized("label", one.label, ".")
    for name in ("plural", "counted", "held", "address"):
        yield from _localized(name, getattr(one, name), ".")
    yield "kinds", one.kinds
    yield _prose("help", one.help)
    yield "family", _text(one.family)
    yield "shape", _text(one.shape)
    yield "colour", tuple(filter(None, (one.colour_light, one.colour_dark)))


def counted(counts: Iterable[Count]) -> Mapping[str, Count]:
    """Return counts by what makes each of them one: the day and what is counted, or the number."""
    found: dict[str, Count] = {}
    for one in counts:
        scope = " ".join((one.scope or {}).values())
        key = f"{one.on}|{scope}" if one.on else f"{one.members}|{scope}"
        found[key if key not in found else f"{key}|{one.members}|{one.sources}"] = one
    return found
