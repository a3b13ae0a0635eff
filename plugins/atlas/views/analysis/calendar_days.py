"""Days for a calendar: what happened or will happen on a known day, and obligations that fall due on one.

A calendar knows only whole days, so what has a month or a year only is left out, and counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from ...cache.reads import remembered
from ...model.frozen import Frozen
from ...model.records import Action, Host, Instrument
from ..lens import Lens
from .obligations import Due, dues, is_exact, standing, term

Whole = ("all", "")
"""The calendar of everything; the others are those of a city or of a network or charter."""


class Day(Frozen):
    """One entry of a calendar; ``first`` and ``last`` are whole days, both inclusive."""

    name: str
    """What tells it from every other one, in any language and edition: ``actions/icc-2011``."""
    kind: Literal["event", "due"]
    first: date
    last: date
    title: str
    text: str
    href: str


class Diary(Frozen):
    """Everything that a calendar can hold, in the order of time."""

    days: tuple[Day, ...] = ()
    left_out: int = 0
    """Entries whose day is not known exactly."""


@remembered(8, whole=False)
def diaries(lens: Lens) -> Mapping[tuple[str, str], Diary]:
    """Return the calendars by section and id of what they are about: that of everything, and those to come.

    There is one where an exact day is still to come, or where a term is known, met or not.
    """
    found: dict[tuple[str, str], list[Day | None]] = {}
    for day, cities, instrument in _all(lens):
        for key in (Whole, *(("cities", city) for city in cities)):
            found.setdefault(key, []).append(day)
        if instrument:
            section = lens.instrument_section(lens.atlas.instruments[instrument])
            found.setdefault((section, instrument), []).append(day)
    return {
        key: _diary(days) for key, days in found.items() if any(_is_of_use(lens, key, day) for day in days)
    }


def _is_of_use(lens: Lens, key: tuple[str, str], day: Day | None) -> bool:
    return day is not None and (key == Whole or day.kind == "due" or day.last >= lens.as_of)


@remembered()
def diary_of(lens: Lens, section: str, id: str) -> Diary | None:
    """Return the calendar about one thing, if it holds anything."""
    return diaries(lens).get((section, id))


@remembered()
def has_diary(lens: Lens, section: str, id: str) -> bool:
    """Return whether there is a calendar about one thing."""
    return diary_of(lens, section, id) is not None


def _diary(days: list[Day | None]) -> Diary:
    known = sorted((day for day in days if day), key=lambda day: (day.first, day.name))
    return Diary(days=tuple(known), left_out=len(days) - len(known))


def _all(lens: Lens) -> Iterator[tuple[Day | None, tuple[str, ...], str | None]]:
    """Yield every entry, or None where its day is not known, with its cities and its instrument."""
    atlas = lens.atlas
    for action in atlas.actions.values():
        yield _action(lens, action), action.cities, action.instrument
    for instrument in atlas.instruments.values():
        for host in instrument.hosts:
            if not _is_told(lens, instrument, host):
                yield _host(lens, instrument, host), (host.city,), instrument.id
    for due in dues(lens):
        yield _due(lens, due), (due.commitment.city,), due.instrument.id


def _action(lens: Lens, action: Action) -> Day | None:
    if action.date is None or not is_exact(action.date):
        return None
    last = action.end_date.latest if action.end_date and is_exact(action.end_date) else action.date.latest
    kind = lens.lang.label(lens.atlas.vocabulary.action_kinds.get(action.kind))
    return Day(
        name=f"actions/{action.id}",
        kind="event",
        first=action.date.latest,
        last=max(last, action.date.latest),
        title=lens.lang.text(action.title) or action.id,
        text=". ".join(filter(None, (kind, lens.lang.text(action.summary)))),
        href=lens.href("actions", action.id),
    )


def _is_told(lens: Lens, instrument: Instrument, host: Host) -> bool:
    """Tell whether an action says the same as a host of a conference."""
    return any(
        action.date == host.on and host.city in action.cities
        for action in lens.atlas.actions_of_instrument.get(instrument.id, ())
    )


def _host(lens: Lens, instrument: Instrument, host: Host) -> Day | None:
    if host.on is None or not is_exact(host.on):
        return None
    section = lens.instrument_section(instrument)
    return Day(
        name=f"instruments/{instrument.id}/hosts/{host.city}/{host.on}",
        kind="event",
        first=host.on.latest,
        last=host.on.latest,
        title=lens.lang.t(
            "%(city)s hosts a conference: %(instrument)s",
            city=lens.city_link(host.city).text,
            instrument=lens.instrument_short(instrument),
        ),
        text=lens.lang.text(host.note),
        href=lens.href(section, instrument.id),
    )


def _due(lens: Lens, due: Due) -> Day | None:
    if not due.exact or due.latest is None:
        return None
    one, lang = due.commitment, lens.lang
    return Day(
        name=f"commitments/{one.key}/{due.obligation.id}",
        kind="due",
        first=due.latest,
        last=due.latest,
        title=lang.t(
            "Due – %(city)s, %(instrument)s",
            city=lens.city_link(one.city).text,
            instrument=lens.instrument_short(due.instrument),
        ),
        text=" ".join(filter(None, (lang.text(due.obligation.text), term(lang, due), standing(lang, due)))),
        href=lens.href("cities", one.city, one.anchor),
    )
