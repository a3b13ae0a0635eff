"""Two atlases in, every change between them out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, Literal, TypeVar

from ...model.dates import PartialDate
from ...model.records import Action, Atlas, City, Code, Contradiction, Instrument, Retired, Source, Vocabulary
from .change import Act, Change, Editions, Kind, Record
from .commitments import commitment_changes
from .renames import RETIRED_AS, Named, Renames, renames
from .values import act_of, counted, date_of, differing

R = TypeVar("R", City, Instrument, Action, Source, Code)
U = TypeVar("U", City, Source)
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
    found = [
        *_undated("city", before.cities, after.cities, moved, editions),
        *_instruments(before, after, moved, editions),
        *commitment_changes(map(moved.commitment, before.commitments), after.commitments, editions),
        *_actions(before, after, moved, editions),
        *_undated("source", before.sources, after.sources, moved, editions),
        *_contradictions(before, after, moved),
        *_codes(before, after),
    ]
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
    folder: str,
    before: Mapping[str, R],
    after: Mapping[str, R],
    moved: Mapping[str, str],
    present: Callable[[R], R],
) -> Iterator[tuple[str, R | None, R | None]]:
    """Yield name, former and present record of everything that is not the same; a rename is a pair."""
    former: dict[str, R] = {moved.get(id, id): present(one) for id, one in before.items()}
    for id in sorted({*former, *after}):
        was, now = former.get(id), after.get(id)
        if was != now:
            yield f"{folder}/{id}", was, now


def _plain(
    kind: Kind, record: str, was: R | None, now: R | None, sources: tuple[str, ...] = ()
) -> Change | None:
    """Return the change that adds or removes a record, or None where it is there on both sides."""
    if was is not None and now is not None:
        return None
    return _change(kind, record, "removed" if now is None else "added", was, now, sources=sources)


def _change(kind: Kind, record: str, act: Act, was: Record | None, now: Record | None, **more: Any) -> Change:
    """Return a change, which is the atlas's unless ``more`` says otherwise."""
    return Change(
        **{"nature": "atlas", "kind": kind, "act": act, "record": record, "old": was, "new": now} | more
    )


def _values(
    kind: Kind, record: str, was: R, now: R, sources: tuple[str, ...] = (), told: Collection[str] = ()
) -> Iterator[Change]:
    """Yield what the atlas learnt or corrected in the values of one record."""
    for field, before, after in differing(was, now):
        if field not in told:
            values = {"field": field, "before": before, "after": after}
            yield _change(kind, record, act_of(field, before, after), was, now, sources=sources, **values)


def _renamed(kind: Kind, folder: str, moved: Mapping[str, str], after: Mapping[str, R]) -> Iterator[Change]:
    for old, new in sorted(moved.items()):
        one, ids = after[new], {"field": "id", "before": old, "after": new}
        yield _change(kind, f"{folder}/{new}", "renamed", one, one, **ids)


def _undated(
    kind: Literal["city", "source"],
    before: Mapping[str, U],
    after: Mapping[str, U],
    moved: Renames,
    editions: Editions,
) -> Iterator[Change]:
    """Yield the changes of records that change in the atlas alone, but for the end of a city."""
    folder, ids = "cities" if kind == "city" else "sources", moved.of[kind]
    yield from _renamed(kind, folder, ids, after)

    def present(one: U) -> U:
        if isinstance(one, City) and one.successor:
            one = replace(one, successor=moved.id("city", one.successor))
        return replace(one, id=moved.id(kind, one.id))

    for record, was, now in _records(folder, before, after, ids, present):
        if plain := _plain(kind, record, was, now):
            yield plain
        elif was and now:
            over = now.until if isinstance(was, City) and isinstance(now, City) and not was.until else None
            if over:
                ended = {"field": "until", "after": str(over), "when": over}
                yield _change(kind, record, "ended", was, now, nature=editions.nature(over), **ended)
            yield from _values(kind, record, was, now, told=("until", "successor") if over else ())


def _instruments(before: Atlas, after: Atlas, moved: Renames, editions: Editions) -> Iterator[Change]:
    ids = moved.of["instrument"]
    yield from _renamed("instrument", "instruments", ids, after.instruments)
    for record, was, now in _records(
        "instruments", before.instruments, after.instruments, ids, moved.instrument
    ):
        if now is None or was is None:
            plain = _plain("instrument", record, was, now, now.sources if now else ())
            assert plain is not None  # one of the two is missing
            yield _dated(plain, "founded", now.began if now else None, editions)
        else:
            yield from _instrument(record, was, now, editions)


def _dated(change: Change, act: Act, when: PartialDate | None, editions: Editions) -> Change:
    """Return an added record as the event that it records, where it has a date."""
    if change.act != "added" or when is None:
        return change
    return replace(change, act=act, when=when, nature=editions.nature(when))


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


def _actions(before: Atlas, after: Atlas, moved: Renames, editions: Editions) -> Iterator[Change]:
    ids = moved.of["action"]
    yield from _renamed("action", "actions", ids, after.actions)
    for record, was, now in _records("actions", before.actions, after.actions, ids, moved.action):
        if now is None or was is None:
            plain = _plain("action", record, was, now, now.sources if now else ())
            assert plain is not None  # one of the two is missing
            yield _dated(plain, "happened", now.date if now else None, editions)
        else:
            for change in _values("action", record, was, now, now.sources):
                yield _turned(change, editions)


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
    old = _disputes(map(moved.contradiction, _flat(before)))
    new = _disputes(_flat(after))
    for record, field in sorted({*old, *new}):
        was, now = old.get((record, field), ()), new.get((record, field), ())
        if was != now:
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
                group=now or was,
            )


def _flat(atlas: Atlas) -> Iterator[Contradiction]:
    return (one for group in atlas.contradictions.values() for one in group)


def _disputes(all: Iterable[Contradiction]) -> Mapping[tuple[str, str], tuple[Contradiction, ...]]:
    found: dict[tuple[str, str], tuple[Contradiction, ...]] = {}
    for one in all:
        key = (one.record, one.field)
        found[key] = (*found.get(key, ()), one)
    return found


def _codes(before: Atlas, after: Atlas) -> Iterator[Change]:
    for section in SECTIONS:
        old: Mapping[str, Code] = getattr(before.vocabulary, section)
        new: Mapping[str, Code] = getattr(after.vocabulary, section)
        for record, was, now in _records(f"vocabulary/{section}", old, new, {}, lambda one: one):
            if plain := _plain("code", record, was, now):
                yield plain
            elif was and now:
                yield from _values("code", record, was, now)


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
