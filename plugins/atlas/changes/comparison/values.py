"""The values of a record by the names that the data gives them, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from ...model.dates import PartialDate, parse_date
from ...model.records import Action, City, Code, Commitment, Count, Instrument, Item, Record
from .change import Act, Value

DATES = frozenset(
    {"since", "until", "decided", "verified", "date", "end_date", "founded", "adopted", "ended"}
    | {"published", "accessed", "gone", "act.decided", "act.effective"}
)
LOOKED = frozenset({"verified", "accessed"})
"""Days on which a person looked: a later one is another look, not a correction."""

_APART = frozenset({"id", "former_ids", "lon", "city", "period", "anchor", "counts", "hosts", "colour_dark"})
"""Fields that make the record, that are compared apart, or that are told with another one."""
_PROSE = ("summary", "note", "help", "obligations", "items")


def values(record: Record) -> Mapping[str, Value]:
    """Return every value of a record that is compared, by column or key; unknown ones are empty.

    Contradictions and retired ids are compared whole.
    """
    compared = (one.name for one in fields(record) if one.compare and one.name not in _APART)
    return dict(pair for name in compared for pair in _named(record, name))


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


def _named(record: Record, field: str) -> Iterator[tuple[str, Value]]:
    """Yield what a field of a record holds, by the columns or keys that the data gives it."""
    match record:
        case Commitment() if field == "instrument":
            pass  # it makes the record
        case Instrument() if field == "family":
            pass
        case City() if field == "lat":
            yield (
                "place",
                "" if record.lat is None or record.lon is None else f"{record.lat:g}, {record.lon:g}",
            )
        case Commitment() if field == "roles":
            yield "role", record.roles
        case Instrument() if field == "began":
            yield ("founded" if record.family == "network" else "adopted"), _text(record.began)
        case Instrument() if field == "former_names":
            yield field, tuple(" / ".join(dict.fromkeys(name.values())) for name in record.former_names)
        case Instrument() if field == "obligations":
            for duty in record.obligations:
                within = duty.due_within.value if duty.due_within else ""
                yield f"obligations.{duty.id}", (*duty.text.values(), within, *duty.sources)
        case Action() if field == "act":
            for one in fields(record.act) if record.act else ():
                yield f"act.{one.name}", _text(getattr(record.act, one.name))
        case Action() if field == "items":
            yield field, tuple(word for item in record.items for word in _words(item))
        case Code() if field == "colour_light":
            yield "colour", tuple(filter(None, (record.colour_light, record.colour_dark)))
        case _:
            yield from _plain(field, getattr(record, field), "_" if isinstance(record, City) else ".")


def _words(item: Item) -> Iterator[str]:
    yield from (*item.text.values(), *filter(None, (item.state, _text(item.on))), *item.sources)


def _plain(field: str, value: Any, joint: str) -> Iterator[tuple[str, Value]]:
    if is_prose(field):
        # Sentences in all their languages are one value, because one change of mind alters all.
        yield field, tuple((value or {}).values())
    elif isinstance(value, Mapping):
        base = "name" if field == "names" else field
        for lang, words in value.items():
            yield (base if lang == "und" else f"{base}{joint}{lang}"), words
    else:
        yield field, value if isinstance(value, tuple) else _text(value)


def counted(counts: Iterable[Count]) -> Mapping[str, Count]:
    """Return counts by what makes each of them one: the day and what is counted, or the number."""
    found: dict[str, Count] = {}
    for one in counts:
        scope = " ".join((one.scope or {}).values())
        key = f"{one.on}|{scope}" if one.on else f"{one.members}|{scope}"
        found[key if key not in found else f"{key}|{one.members}|{one.sources}"] = one
    return found
