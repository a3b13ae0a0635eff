"""What a change concerns, and the pages on which it can be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...model.claim_ids import disputed_claim
from ...model.records import Action, Code, Commitment, Source
from ..comparison.change import Change, Pair

Page = tuple[str, str, str]
"""Section, id and fragment of a page, as ``Addresses.href`` takes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerns:
    """Ids of what a change concerns: whose page, and whose feed, it belongs to."""

    cities: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    """ISO 3166-1 codes of the cities."""
    topics: tuple[str, ...] = ()
    """Topics of the instruments and of the action."""


def concerns(change: Change, pair: Pair) -> Concerns:
    """Return which cities, instruments, countries and topics a change concerns."""
    cities, instruments, topics = map(list, _own(change, pair))
    for id in instruments:
        if instrument := pair.instrument(id):
            topics.extend(instrument.topics)
    countries = [city.country for id in cities if (city := pair.city(id))]
    return Concerns(
        cities=_once(cities),
        instruments=_once(instruments),
        countries=_once(countries),
        topics=_once(topics),
    )


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _own(change: Change, pair: Pair) -> tuple[Iterable[str], Iterable[str], Iterable[str]]:
    """Return the cities, instruments and topics that the record itself names, or what rests on a source."""
    kind, _, id = change.record.partition("/")
    if kind == "cities":
        return [id], [], []
    if kind == "commitments":
        city, instrument, _ = disputed_claim(change.record)
        return [city], [instrument], []
    if kind == "sources":
        return _of_source(id, pair)
    if kind == "actions":
        action = pair.action(id)
        return (action.cities, _instrument(action), action.topics) if action else ([], [], [])
    if kind in ("vocabulary", "retired"):
        return [], [], [id.removeprefix("topics/")] if id.startswith("topics/") else []
    return [str(change.after)] if change.act == "hosted" else [], [id], []


def _instrument(action: Action) -> list[str]:
    return [action.instrument] if action.instrument else []


def _of_source(id: str, pair: Pair) -> tuple[Iterable[str], Iterable[str], Iterable[str]]:
    atlas = pair.after if id in pair.after.sources else pair.before
    claims = atlas.commitments_of_source.get(id, ())
    actions = atlas.actions_of_source.get(id, ())
    cities = [one.city for one in claims] + [city for one in actions for city in one.cities]
    instruments = [one.instrument for one in claims]
    instruments += [instrument for one in actions for instrument in _instrument(one)]
    instruments += [one.id for one in atlas.instruments_of_source.get(id, ())]
    return cities, instruments, [topic for one in actions for topic in one.topics]


def pages(change: Change, pair: Pair) -> tuple[Page, ...]:
    """Return the pages of the present edition on which a change can be seen, the closest first."""
    return tuple(dict.fromkeys(_pages(change, pair)))


def _pages(change: Change, pair: Pair) -> Iterator[Page]:
    after, one = pair.after, change.subject
    about = concerns(change, pair)
    if isinstance(one, Source):
        if one.id in after.sources:
            yield "sources", one.id, ""
        return  # the pages of all that rests on it show only its name
    if isinstance(one, Code):
        yield from (("topics", id, "") for id in about.topics if id in after.vocabulary.topics)
        return
    action = change.record.partition("/")[2] if change.record.startswith("actions/") else ""
    if action in after.actions:
        yield "actions", action, ""
    for id in about.cities:
        if id in after.cities:
            yield "cities", id, _anchor(change, pair)
    for id in about.instruments:
        if id in after.instruments:
            yield after.vocabulary.section(after.vocabulary.family(after.instruments[id])), id, ""
    if change.act in ("added", "removed", "renamed") or isinstance(one, Commitment):
        yield from (("countries", code.lower(), "") for code in about.countries)


def _anchor(change: Change, pair: Pair) -> str:
    one = change.subject
    if isinstance(one, Commitment):
        return one.anchor if change.act != "removed" else ""
    if change.record.startswith("commitments/"):
        claims = pair.after.commitments_of_city.get(disputed_claim(change.record)[0], ())
        return next((claim.anchor for claim in claims if claim.record == change.record), "")
    return ""
