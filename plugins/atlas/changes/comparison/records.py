"""Two atlases in, every change between them out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from ...model.dates import PartialDate
from ...model.grouping import grouped
from ...model.records import (
    Action,
    Atlas,
    City,
    Code,
    Contradiction,
    Instrument,
    Record,
    Retired,
    Source,
    Vocabulary,
)
from .change import Act, Change, Editions, Kind
from .commitments import commitment_changes
from .renames import RETIRED_AS, Named, Renames, renames
from .values import act_of, counted, date_of, differing

R = TypeVar("R", City, Instrument, Action, Source, Code)
SECTIONS = tuple(one.name for one in fields(Vocabulary))


def compare(
    before: Atlas, after: Atlas, editions: Editions, left_out: Collection[str] = ()
) -> tuple[Change, ...]:
    """Return every change from one atlas to the other, the same for the same input.

    ``left_out`` names the records (``cities/krakow``, ``commitments/eccar:krakow``, with ``*``
    in place of the last id for a whole file) that one of the two could not hold because the
    data has a finding there: nothing is said of them.
    """
    moved = renames(before, after)
    known = editions, moved
    found = [
        *_records("city", "cities", before.cities, after.cities, *known),
        *_records("instrument", "instruments", before.instruments, after.instruments, *known),
        *commitment_changes(map(moved.present, before.commitments), after.commitments, editions),
        *_records("action", "actions", before.actions, after.actions, *known),
        *_records("source", "sources", before.sources, after.sources, *known),
        *_contradictions(before, after, moved),
    ]
    for section in SECTIONS:
        old, new = (getattr(one.vocabulary, section) for one in (before, after))
        found += _records("code", f"vocabulary/{section}", old, new, *known)
    found += _retired(before, after, found)
    reasons = {(one.kind, one.id): one for one in after.retired}
    return tuple(_reasoned(change, reasons) for change in found if not _left_out(change.record, left_out))


def _left_out(record: str, left_out: Collection[str]) -> bool:
    if not left_out:
        return False
    kind, _, id = record.partition("/")
    whole = f"{id.partition(':')[0]}:*" if kind == "commitments" else "*"
    without_period = "/".join(record.split("/")[:2])
    return not {record, without_period, f"{kind}/{whole}", f"{kind}/*"}.isdisjoint(left_out)


def _reasoned(change: Change, retired: Mapping[tuple[str, str], Retired]) -> Change:
    """Return a removal with the reason that ``retired.csv`` gives."""
    if change.act != "removed":
        return change
    one = next((retired[key] for key in _retired_keys(change) if key in retired), None)
    return change if one is None else replace(change, reason=one.reason, when=one.on)


def _retired_keys(change: Change) -> Iterator[tuple[str, str]]:
    """Yield kind and id under which ``retired.csv`` may explain a removal."""
    id = change.record.partition("/")[2]
    if change.kind == "commitment":
        instrument, _, city = id.partition(":")
        yield "commitment", f"{city}/{instrument}"
        # With its city, or with the instrument, goes every claim.
        yield "city", city
        yield from ((name, instrument) for name in RETIRED_AS["instrument"])
    elif change.kind in ("city", "instrument", "action", "source"):
        kind: Named = change.kind
        yield from ((name, id) for name in RETIRED_AS[kind])
    elif change.kind == "code":
        yield "topic", id.rpartition("/")[2]


def _records(
    kind: Kind,
    folder: str,
    before: Mapping[str, R],
    after: Mapping[str, R],
    editions: Editions,
    moved: Renames,
) -> Iterator[Change]:
    """Yield what has another id now, what came and went, and what changed; a rename is a pair."""
    ids = next((ids for name, ids in moved.of.items() if name == kind), {})
    for old, new in sorted(ids.items()):
        renamed = {"field": "id", "before": old, "after": new}
        yield _change(kind, f"{folder}/{new}", "renamed", after[new], after[new], **renamed)
    former: dict[str, R] = {ids.get(id, id): moved.present(one) for id, one in before.items()}
    for id in sorted({*former, *after}):
        record, was, now = f"{folder}/{id}", former.get(id), after.get(id)
        if now is None:
            yield _change(kind, record, "removed", was, None)
        elif was is None:
            yield _added(kind, record, now, editions)
        elif was != now:
            yield from _changed(kind, record, was, now, editions)


def _added(kind: Kind, record: str, now: Record, editions: Editions) -> Change:
    """Return the change of a record that is new: the event that it records, where it has a date."""
    act: Act = "added"
    when: PartialDate | None = None
    sources: tuple[str, ...] = ()
    if isinstance(now, Instrument):
        act, when, sources = "founded" if now.began else act, now.began, now.sources
    elif isinstance(now, Action):
        act, when, sources = "happened" if now.date else act, now.date, now.sources
    nature = editions.nature(when) if when else "atlas"
    return _change(kind, record, act, None, now, nature=nature, when=when, sources=sources)


def _change(kind: Kind, record: str, act: Act, was: Record | None, now: Record | None, **more: Any) -> Change:
    """Return a change, which is the atlas's unless ``more`` says otherwise."""
    return Change(
        **{"nature": "atlas", "kind": kind, "act": act, "record": record, "old": was, "new": now} | more
    )


def _changed(kind: Kind, record: str, was: R, now: R, editions: Editions) -> Iterable[Change]:
    """Return what happened to a record that was there and is there still."""
    match was, now:
        case City(), City():
            return _city(record, was, now, editions)
        case Instrument(), Instrument():
            return _instrument(record, was, now, editions)
        case Action(), Action():
            return (_turned(change, editions) for change in _values(kind, record, was, now, now.sources))
        case _:
            return _values(kind, record, was, now)


def _values(
    kind: Kind, record: str, was: R, now: R, sources: tuple[str, ...] = (), told: Collection[str] = ()
) -> Iterator[Change]:
    """Yield what the atlas learnt or corrected in the values of one record."""
    for field, before, after in differing(was, now):
        if field not in told:
            values = {"field": field, "before": before, "after": after}
            yield _change(kind, record, act_of(field, before, after), was, now, sources=sources, **values)


def _city(record: str, was: City, now: City, editions: Editions) -> Iterator[Change]:
    """Yield the changes of a city, which are the atlas's but for its end."""
    over = now.until if not was.until else None
    if over:
        ended = {"field": "until", "after": str(over), "when": over}
        yield _change("city", record, "ended", was, now, nature=editions.nature(over), **ended)
    yield from _values("city", record, was, now, told=("until", "successor") if over else ())


def _instrument(record: str, was: Instrument, now: Instrument, editions: Editions) -> Iterator[Change]:
    def changed(act: Act, field: str, **more: Any) -> Change:
        return _change("instrument", record, act, was, now, field=field, **more)

    told = set()
    if was.ended is None and editions.news(now.ended):
        told.add("ended")
        ended = {"after": str(now.ended), "when": now.ended, "sources": now.sources}
        yield changed("ended", "ended", nature="world", **ended)
    yield from _values("instrument", record, was, now, now.sources, told)
    old, new = counted(was.counts), counted(now.counts)
    for key in dict.fromkeys((*new, *old)):
        before, after = old.get(key), new.get(key)
        stated = after or before
        if stated is not None and before != after:
            yield changed(
                "counted" if before is None else "corrected" if after else "cleared",
                "counts",
                before=str(before.members) if before else "",
                after=str(after.members) if after else "",
                when=stated.on,
                sources=after.sources if after else (),
            )
    known = {(host.city, str(host.on)) for host in was.hosts}
    for host in now.hosts:
        if (host.city, str(host.on)) not in known:
            event = {"nature": editions.nature(host.on), "when": host.on}
            yield changed("hosted", "hosts", after=host.city, sources=host.sources, **event)


def _turned(change: Change, editions: Editions) -> Change:
    """Return the change of an action's status as the world's, where a date of it is new and recent."""
    now, was = change.new, change.old
    if change.field not in ("status", "end_date") or not isinstance(now, Action):
        return change
    assert isinstance(was, Action)  # a value changes in a record of one kind
    if change.field == "end_date":
        when = date_of(change.after)
    else:
        dates = ((now.act.decided, now.act.effective) if now.act else ()) + (now.date,)
        known = ((was.act.decided, was.act.effective) if was.act else ()) + (was.date,)
        when = next((day for day in dates if day and day not in known), None)
    if (change.act == "corrected" and change.field == "end_date") or not editions.news(when):
        return change
    return replace(change, nature="world", when=when)


def _contradictions(before: Atlas, after: Atlas, moved: Renames) -> Iterator[Change]:
    old = grouped(map(moved.present, _flat(before)), lambda one: (one.record, one.field))
    new = grouped(_flat(after), lambda one: (one.record, one.field))
    for record, field in sorted({*old, *new}):
        was, now = old.get((record, field), ()), new.get((record, field), ())
        if _untranslated(was) != _untranslated(now):
            yield _change(
                "contradiction",
                record,
                "disputed" if now else "settled",
                was[0] if was else None,
                now[0] if now else None,
                field=field,
                before=tuple(one.value for one in was),
                after=tuple(one.value for one in now),
                sources=tuple(dict.fromkeys(id for one in now for id in one.sources)),
                group=tuple(now or was),
            )


def _untranslated(values: Iterable[Contradiction]) -> list[Contradiction]:
    """Return what sources say, without how it reads in each language: a translation is no news."""
    return [replace(one, field_words={}, value_words={}) for one in values]


def _flat(atlas: Atlas) -> Iterator[Contradiction]:
    return (one for group in atlas.contradictions.values() for one in group)


def _retired(before: Atlas, after: Atlas, found: Iterable[Change]) -> list[Change]:
    """Return the ids that are withdrawn now without a removal that says so already."""
    known = {(one.kind, one.id) for one in before.retired}
    removed = {key for change in found if change.act == "removed" for key in _retired_keys(change)}
    renamed = {change.before for change in found if change.act == "renamed"}
    return [
        _change(
            "retired", f"retired/{one.kind}/{one.id}", "removed", one, None, reason=one.reason, when=one.on
        )
        for one in after.retired
        if (one.kind, one.id) not in known | removed and one.id not in renamed
    ]
