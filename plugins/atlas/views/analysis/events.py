"""Events: what happened on which date, in which instrument, in which cities; for timelines.

What happened to several cities on one date in one instrument is one event.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from ...cache.digests import DigestedOnce
from ...cache.reads import remembered
from ...languages.naming import undeclined
from ...languages.sentences import FOUNDER
from ...languages.wordings import plurals, wordings
from ...languages.words import DateMark, Link, capitalized
from ...model.dates import PartialDate
from ...model.frozen import dataclass
from ...model.grouping import grouped
from ...model.records import Action, Atlas, City, Commitment, Host, Instrument
from ..lens import Lens
from ..parts import TopicTag

Kind = Literal["founded", "joined", "decided", "ended", "met", "done"]
"""What happened: an instrument was founded, adopted or ended; a city joined or signed; a city
decided to; a commitment ended; a congress met; something else was done."""

KINDS: tuple[Kind, ...] = ("founded", "joined", "decided", "ended", "met", "done")

_OWN_VERBS = ("signatory", "applicant", "participant", "declined", FOUNDER)
"""Statuses, and a role, whose cities did something else than join."""

CITIES, TARGET = "\x00cities", "\x00target"
"""The pieces of a sentence that are links; no text of the data can hold them."""

MEETING = "event"
"""The kind of action that is a congress, conference or other meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(DigestedOnce):
    """One entry: what happened on one date, in one instrument, in one or more cities."""

    id: str
    kind: Kind
    when: DateMark
    date: str
    """The same standing alone."""
    topic: TopicTag | None
    target: Link
    """The instrument or the action."""
    sentence: tuple[str, ...]
    """What happened to an instrument, in pieces: words, CITIES and TARGET where these belong."""
    words: str
    """What an action is; empty for what is no action."""
    cities: tuple[Link, ...]
    city_ids: tuple[str, ...]
    """In the order of ``cities``."""
    instrument: Link | None
    """What an action concerns."""
    on_its_own: bool
    """Whether ``target`` is what was done, not the instrument to which it was done."""
    sources: str
    """How many sources there are, in words."""
    topic_ids: tuple[str, ...]
    instrument_id: str
    """Empty where no instrument is concerned."""
    countries: tuple[str, ...]
    """ISO 3166-1 codes of where it happened."""


@dataclass(frozen=True, slots=True)
class _Raw:
    """An event before it is put into words."""

    when: PartialDate
    kind: Kind
    instrument: Instrument | None
    commitments: tuple[Commitment, ...] = ()
    action: Action | None = None
    host: Host | None = None
    began: bool = False
    city: City | None = None
    """A city that ended."""

    @property
    def id(self) -> str:
        if self.action:
            return self.action.id
        if self.city:
            return self.city.id
        return self.instrument.id if self.instrument else ""


@remembered(16)  # those of a country are its own, and only its pages need them
def events(lens: Lens, fixed: str = "", id: str = "") -> tuple[Event, ...]:
    """Return the entries of the whole timeline or of one part of it, the newest first."""
    if fixed == "topics":
        return tuple(event for event in _everywhere(lens) if id in event.topic_ids)
    if fixed == "kinds":
        return tuple(event for event in _everywhere(lens) if event.kind == id)
    return _in_order(lens, id) if fixed else _everywhere(lens)


@remembered(4, whole=False)
def _everywhere(lens: Lens) -> tuple[Event, ...]:
    return _in_order(lens, "")


def _in_order(lens: Lens, country: str) -> tuple[Event, ...]:
    national = _nations(lens)
    made = [(one, _event(lens, one, national)) for one in _raw(lens, country, national)]
    made += _of_actions(lens) if not country else _of_actions_in(lens).get(country, ())
    made.sort(key=lambda pair: (pair[0].kind, pair[0].id))
    made.sort(key=lambda pair: (pair[0].when.first_day, _reversed(pair[0].when)), reverse=True)
    return tuple(event for _, event in made)


def _reversed(when: PartialDate) -> int:
    """Return a key that, the newest first, puts a month under its days and a year under its months."""
    return -when.latest.toordinal()


# Gathering


def _raw(lens: Lens, country: str, national: Mapping[str, str]) -> Iterator[_Raw]:
    """Yield what is no action, in a country or everywhere."""
    atlas = lens.atlas

    def here(city: str) -> bool:
        return not country or atlas.cities[city].country == country

    for instrument in atlas.instruments.values():
        if not country or national.get(instrument.id) == country:
            if instrument.began:
                yield _Raw(instrument.began, "founded", instrument, began=True)
            if instrument.ended:
                yield _Raw(instrument.ended, "founded", instrument)
        for host in instrument.hosts:
            if host.on and here(host.city):
                yield _Raw(host.on, "met", instrument, host=host)
    for city in atlas.cities.values():
        if city.until and here(city.id):
            yield _Raw(city.until, "ended", None, city=city)
    held = [c for c in of_country(atlas, country) if c.status != "none"]
    yield from _merged(lens, "joined", held, lambda c: c.since)
    # A council that decides and signs on one day is one event, which its signature tells.
    yield from _merged(lens, "decided", held, lambda c: None if c.decided_at_once else c.decided)
    yield from _merged(lens, "ended", held, lambda c: c.until)


@remembered(4, whole=False)
def _of_actions(lens: Lens) -> tuple[tuple[_Raw, Event], ...]:
    """Return the events of all actions, which are the same on every timeline."""
    atlas, national, found = lens.atlas, _nations(lens), []
    for action in atlas.actions.values():
        if action.date and action.stands_alone:
            concerned = atlas.instruments.get(action.instrument or "")
            raw = _Raw(action.date, "met" if action.kind == MEETING else "done", concerned, action=action)
            found.append((raw, _event(lens, raw, national)))
    return tuple(found)


@remembered(4, whole=False)
def _of_actions_in(lens: Lens) -> Mapping[str, list[tuple[_Raw, Event]]]:
    """Return the same by the countries in which cities took part."""
    found: dict[str, list[tuple[_Raw, Event]]] = defaultdict(list)
    for raw, event in _of_actions(lens):
        for country in event.countries if event.city_ids else ():
            found[country].append((raw, event))
    return found


def _merged(
    lens: Lens,
    kind: Kind,
    commitments: Iterable[Commitment],
    date: Callable[[Commitment], PartialDate | None],
) -> Iterator[_Raw]:
    """Yield one event for all cities to which the same happened on one date in one instrument."""
    groups = grouped(
        (c for c in commitments if date(c)),
        lambda c: (c.instrument, str(date(c)), _did(c)),
    )
    for (instrument, _, _), same in groups.items():
        when = date(same[0])
        assert when is not None  # only dated ones were kept
        ordered = lens.lang.sorted_by_name(same, lambda c: lens.city_link(c.city).text)
        yield _Raw(when, kind, lens.atlas.instruments[instrument], tuple(ordered))


def _did(commitment: Commitment) -> str:
    """Return the status or role of a city that did something else than join, or nothing."""
    if commitment.status in _OWN_VERBS:
        return commitment.status
    return FOUNDER if FOUNDER in commitment.roles else ""


@remembered(512)
def of_country(atlas: Atlas, country: str) -> tuple[Commitment, ...]:
    """Return the commitments of the cities of a country, or of all, in the order of the data."""
    return _by_country(atlas).get(country, ()) if country else atlas.commitments


@remembered(2, whole=False)
def _by_country(atlas: Atlas) -> Mapping[str, tuple[Commitment, ...]]:
    found = grouped(atlas.commitments, lambda one: atlas.cities[one.city].country)
    return {country: tuple(commitments) for country, commitments in found.items()}


@remembered(4)
def _nations(lens: Lens) -> Mapping[str, str]:
    """Return the country of each instrument whose recorded cities all lie in one."""
    atlas = lens.atlas
    found = {}
    for id, commitments in atlas.commitments_of_instrument.items():
        countries = {atlas.cities[c.city].country for c in commitments}
        if len(countries) == 1:
            found[id] = countries.pop()
    return found


# Words


def kind_label(lens: Lens, kind: str) -> str:
    """Return the name of a kind of event."""
    return lens.lang.t(wordings("kinds_of_events")[kind])


def _event(lens: Lens, raw: _Raw, national: Mapping[str, str]) -> Event:
    lang, atlas = lens.lang, lens.atlas
    action, instrument = raw.action, raw.instrument
    cities: list[tuple[str, Link]]
    sentence: tuple[str, ...] = ()
    words = ""
    if action:
        topics = action.topics
        cities = [(city, lens.city_link(city)) for city in action.cities]
        entry = lens.record_link(f"actions/{action.id}")
        words = lang.label(atlas.vocabulary.action_kinds.get(action.kind))
        if action.date and action.end_date and action.end_date != action.date:
            days = {"from": lang.in_sentence(action.date), "to": lang.in_sentence(action.end_date)}
            # Translators: When an action lasted, after its kind: event, 23 October 2025 to 24 October 2025.
            lasted = lang.t("%(from)s to %(to)s", **days)
            words = f"{words}, {lasted}"
        sources = action.sources
    elif raw.city:
        topics, sources = (), ()
        cities = [(raw.city.id, lens.city_link(raw.city.id))]
        entry = lens.city_link(raw.city.successor or raw.city.id)
        sentence = _pieces(_end_of(lens, raw.city))
    else:
        assert instrument is not None  # only actions and cities may stand without one
        topics = instrument.topics
        entry = lens.instrument_link(instrument.id, short=True)
        cities = [(c.city, lens.city_link(c.city, c.anchor)) for c in raw.commitments]
        if raw.host:
            cities = [(raw.host.city, lens.city_link(raw.host.city))]
        sentence = _pieces(_sentence(lens, raw, instrument))
        sources = _sources(raw, instrument)
    countries = {atlas.cities[city].country: None for city, _ in cities}
    if not cities and instrument and instrument.id in national:
        countries = {national[instrument.id]: None}
    return Event(
        id=raw.id,
        kind=raw.kind,
        when=lang.mark(raw.when),
        date=lang.date(raw.when),
        topic=lens.first_topic(topics),
        target=entry,
        sentence=sentence,
        words=words,
        cities=tuple(link for _, link in cities),
        city_ids=tuple(city for city, _ in cities),
        instrument=lens.instrument_link(instrument.id, short=True) if action and instrument else None,
        on_its_own=action is not None,
        sources=lang.n("%(num)s source", "%(num)s sources", len(sources)) if sources else "",
        topic_ids=topics,
        instrument_id=instrument.id if instrument else "",
        countries=tuple(countries),
    )


def _pieces(sentence: str) -> tuple[str, ...]:
    return tuple(filter(None, re.split(f"({CITIES}|{TARGET})", sentence)))


def _end_of(lens: Lens, city: City) -> str:
    """Return that a city ended, and what it became part of."""
    if city.successor:
        return lens.lang.t("%(cities)s became part of %(target)s", cities=CITIES, target=TARGET)
    return lens.lang.t("%(cities)s ceased to exist", cities=CITIES)


def _sentence(lens: Lens, raw: _Raw, instrument: Instrument) -> str:
    """Return what happened as a person would say it, with signs where links belong."""
    lang, charter = lens.lang, instrument.family == "charter"
    names = {"cities": CITIES, "target": TARGET}
    name = lens.instrument_naming(instrument)
    named = undeclined(lang, name)
    names["target"] = named.replace(name.plain, TARGET)
    if raw.kind in ("founded", "met") and named != name.plain:
        names["target"] = capitalized(names["target"])
    if raw.kind == "founded" and not raw.began:
        return lang.t("%(target)s ended", **names)
    if raw.kind == "founded" and charter:
        return lang.t("%(target)s was adopted", **names)
    if raw.kind == "founded":
        return lang.t("%(target)s was founded", **names)
    if raw.kind == "met":
        return lang.t("%(target)s held a conference in %(cities)s", **names)
    did = (raw.kind == "joined" and _did(raw.commitments[0])) or raw.kind
    if raw.kind == "decided" and charter:
        did = "decided to sign"
    return lang.n(*plurals("events")[did], len(raw.commitments), **names)


def _sources(raw: _Raw, instrument: Instrument) -> tuple[str, ...]:
    if raw.commitments:
        return tuple(dict.fromkeys(source for c in raw.commitments for source in c.sources))
    return raw.host.sources if raw.host else instrument.sources
