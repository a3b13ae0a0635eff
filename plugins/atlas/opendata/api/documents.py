"""The documents: everything that is known of one record, by the id that its page has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from ...cache.reads import remembered
from ...languages import summaries
from ...model.records import Action, Atlas, City, Code, Commitment, Instrument, Source
from ...views.analysis.comparison_table import in_order, refusals_of_city
from ...views.analysis.peers import Following, following
from ...views.analysis.reconciliation import reconcile
from ...views.lens import Lens
from ...views.pages.instrument import covered, recorded_cities
from . import values
from .values import FOLDER, Json, Lenses, date, fields, pages, text


def city(lenses: Lenses, id: str) -> Json:
    """Return a city with its claims, in the order in which tables show them."""
    lens = lenses[0]
    atlas, one = lens.atlas, lens.atlas.cities[id]
    refused = refusals_of_city(atlas).get(id, ())
    found = in_order(lens, (*atlas.commitments_of_city.get(id, ()), *refused))
    claims = [values.claim(lenses, each, shown="cell") for each in found]
    hosted = [
        {"instrument": instrument.id, **fields(host, "on note sources")}
        for instrument, host in atlas.hosted_by_city.get(id, ())
    ]
    differing = values.differences(lens, f"cities/{id}", *dict.fromkeys(one.record for one in found))
    shown: Json = {}
    for each in lenses:
        country = each.lang.country(one.country)
        shown[each.lang.code] = {
            "name": each.city_name(one),
            "country": country,
            "where": ", ".join(filter(None, (each.region_name(one.region), country))),
            "lead": _standing(each, id),
        }
        follow = following(each, id)
        if follow and follow.suggestions:
            shown[each.lang.code]["following"] = _following(follow)
    return {
        **values.head(lens, "city", id),
        **fields(one, "name names"),
        "country": values.country(lenses, one.country),
        "region": one.region,
        "location": None if one.lat is None or one.lon is None else {"lat": one.lat, "lon": one.lon},
        **fields(one, "population geonames wikidata website codes former_names until successor former_ids"),
        "pages": pages(lenses, "cities", id),
        "commitments": claims,
        "hosted": hosted,
        "actions": [action.id for action in atlas.actions_of_city.get(id, ())],
        "differences": differing,
        "sources": values.sources(lens, claims, hosted, differing),
        "shown": shown,
    }


def _standing(lens: Lens, id: str) -> str:
    standing = lens.committed(lens.atlas.commitments_of_city.get(id, ()))
    return summaries.standing(lens.lang, lens.named(lens.atlas.cities[id]), lens.numbers(standing))


def _following(follow: Following) -> Json:
    return {
        "rule": follow.rule,
        "suggestions": [
            {
                "instrument": each.id,
                "text": each.instrument.text,
                "href": each.instrument.href,
                "count": each.count,
                "holders": [{"text": link.text, "href": link.href} for link in each.holders],
            }
            for each in follow.suggestions
        ],
    }


def instrument(lenses: Lenses, id: str) -> Json:
    """Return a network or charter with its claims, its own counts, and our list beside them."""
    lens = lenses[0]
    atlas, one = lens.atlas, lens.atlas.instruments[id]
    held = atlas.commitments_of_instrument.get(id, ())
    claims = _claims(lenses, held)
    details = {
        "obligations": [fields(each, "id text due_within sources") for each in one.obligations],
        "counts": [fields(each, "members qualifier on scope note sources") for each in one.counts],
        "hosts": [fields(each, "city on note sources") for each in one.hosts],
    }
    differing = values.differences(
        lens,
        f"instruments/{id}",
        f"counts/{id}",
        *(each.record for each in held),
    )
    beside = _reconciliation(lenses, one)
    return {
        **values.head(lens, "instrument", id),
        "family": atlas.vocabulary.family(one),
        "kind": values.code(atlas.vocabulary.instrument_kinds, one.kind),
        **fields(one, "names short acronym former_names began ended successor founder secretariat website"),
        **fields(one, "topics summary note open_to"),
        **details,
        "pages": pages(lenses, lens.instrument_section(one), id),
        "commitments": claims,
        "actions": [action.id for action in atlas.actions_of_instrument.get(id, ())],
        "reconciliation": beside,
        "differences": differing,
        "named_sources": list(one.sources),
        "sources": values.sources(lens, claims, details, differing, beside, {"sources": list(one.sources)}),
    }


def _reconciliation(lenses: Lenses, one: Instrument) -> Json:
    """Return our list beside the count that pages quote, and beside the instrument's own list."""
    lens = lenses[0]
    recorded, count = recorded_cities(lens, one.id), one.quoted_count
    return {
        "recorded": recorded,
        "counted": count.members if count else None,
        "qualifier": count.qualifier if count else None,
        "counted_on": date(count.on) if count else None,
        "counted_by": list(count.sources) if count else [],
        "sentence": {each.lang.code: covered(each, one) for each in lenses if recorded or count},
        "list": _list(lens, one.id),
    }


def _list(lens: Lens, id: str) -> Json | None:
    found = reconcile(lens, id)
    if found is None:
        return None
    lines = [
        {
            "name": line.listed.name,
            "country": line.listed.country,
            "since": date(line.listed.since),
            "outcome": line.outcome,
            "city": line.city,
            "commitment": line.claim.key if line.claim else None,
            "sources": list(line.listed.sources),
        }
        for line in found.lines
    ]
    return {"lines": lines, "extra": [claim.key for claim in found.extra]}


def country(lenses: Lenses, id: str) -> Json:
    """Return a country, by its code in lower case, with its cities."""
    lens, iso = lenses[0], id.upper()
    cities = lens.atlas.cities_of_country[iso]
    return {
        **values.head(lens, "country", id),
        **values.country(lenses, iso),
        "pages": pages(lenses, "countries", id),
        "cities": [city_entry(lenses, one) for one in cities],
        "instruments": sorted(
            {c.instrument for one in cities for c in lens.atlas.commitments_of_city.get(one.id, ())}
        ),
    }


def topic(lenses: Lenses, id: str) -> Json:
    """Return a topic with the ids of what is about it."""
    lens = lenses[0]
    one = lens.atlas.vocabulary.topics[id]
    return {
        **values.head(lens, "topic", id),
        "names": text(one.label),
        "help": text(one.help),
        "pages": pages(lenses, "topics", id),
        "instruments": [each.id for each in lens.atlas.instruments_of_topic.get(id, ())],
        "actions": [each.id for each in lens.atlas.actions_of_topic.get(id, ())],
    }


def source(lenses: Lenses, id: str) -> Json:
    """Return a document with the ids of all that rests on it."""
    lens = lenses[0]
    atlas, one = lens.atlas, lens.atlas.sources[id]
    return {
        **values.head(lens, "source", id),
        **values.source(one),
        "accessed": date(one.accessed),
        "kind": values.code(atlas.vocabulary.source_types, one.type),
        "note": text(one.note),
        "pages": pages(lenses, "sources", id),
        "commitments": [each.key for each in atlas.commitments_of_source.get(id, ())],
        "instruments": [each.id for each in atlas.instruments_of_source.get(id, ())],
        "actions": [each.id for each in atlas.actions_of_source.get(id, ())],
        "differences": [
            fields(each, "record field field_words value value_words preferred")
            for each in atlas.contradictions_of_source.get(id, ())
        ],
    }


def action(lenses: Lenses, id: str) -> Json:
    """Return what a city or body did."""
    lens = lenses[0]
    one = lens.atlas.actions[id]
    items = [fields(item, "text state on sources") for item in one.items]
    differing = values.differences(lens, f"actions/{id}")
    return {
        **values.head(lens, "action", id),
        **_action(lenses, one),
        **fields(one, "summary note fulfils commitments"),
        "act": fields(one.act, "title body number decided effective") if one.act else None,
        "items": items,
        "differences": differing,
        "named_sources": list(one.sources),
        "sources": values.sources(lens, items, differing, {"sources": list(one.sources)}),
    }


def _action(lenses: Lenses, one: Action) -> Json:
    vocabulary = lenses[0].atlas.vocabulary
    return {
        "kind": values.code(vocabulary.action_kinds, one.kind),
        "status": values.code(vocabulary.action_statuses, one.status),
        **fields(one, "date end_date title cities instrument topics"),
        "pages": pages(lenses, "actions", one.id),
    }


# Entries of lists


def city_entry(lenses: Lenses, one: City) -> Json:
    """Return what lists say of a city: enough to find it by any of its names."""
    return fields(one, "id name names country former_names former_ids")


def instrument_entry(lenses: Lenses, one: Instrument) -> Json:
    """Return what lists say of a network or charter."""
    lens = lenses[0]
    return {
        "id": one.id,
        "family": lens.atlas.vocabulary.family(one),
        **fields(one, "names short acronym topics"),
        "recorded": recorded_cities(lens, one.id),
        "pages": pages(lenses, lens.instrument_section(one), one.id),
    }


def action_entry(lenses: Lenses, one: Action) -> Json:
    """Return what lists say of an action."""
    return {"id": one.id, **_action(lenses, one)}


def topic_entry(lenses: Lenses, one: Code) -> Json:
    """Return what lists say of a topic."""
    return {"id": one.id, "names": text(one.label), "pages": pages(lenses, "topics", one.id)}


def country_entry(lenses: Lenses, iso: str) -> Json:
    """Return what lists say of a country."""
    id, cities = iso.lower(), lenses[0].atlas.cities_of_country[iso]
    return {
        "id": id,
        **values.country(lenses, iso),
        "cities": len(cities),
        "pages": pages(lenses, "countries", id),
    }


def source_entry(lenses: Lenses, one: Source) -> Json:
    """Return what lists say of a source."""
    return {**fields(one, "id title publisher url published"), "pages": pages(lenses, "sources", one.id)}


def _claims(lenses: Lenses, found: Iterable[Commitment]) -> list[Json]:
    return [values.claim(lenses, each, shown="city") for each in found]


# All there is


@dataclass(frozen=True, slots=True)
class Collection:
    """One list: what it says of each record, and its documents; with the names that ``shapes.yaml`` has."""

    entry: Callable[[Lenses, Any], Json]
    entry_shape: str
    about: str = ""
    """What a document is, in words; empty where an entry says everything."""
    shape: str = ""
    document: Callable[[Lenses, str], Json] = lambda lenses, id: {}


COLLECTIONS: Mapping[str, Collection] = {
    "cities": Collection(city_entry, "ListedCity", "One city", "City", city),
    "instruments": Collection(
        instrument_entry, "ListedInstrument", "One network or charter", "Instrument", instrument
    ),
    "commitments": Collection(values.claim, "Claim"),
    "countries": Collection(
        country_entry,
        "ListedCountry",
        "One country, by its ISO 3166-1 code in lower case",
        "CountryDocument",
        country,
    ),
    "topics": Collection(topic_entry, "ListedTopic", "One topic", "Topic", topic),
    "sources": Collection(source_entry, "ListedSource", "One document that claims rest on", "Source", source),
    "actions": Collection(action_entry, "ListedAction", "One action", "Action", action),
}
"""By the name of the list, which is that of the folder of its documents."""
DOCUMENTS: Mapping[str, Collection] = {name: one for name, one in COLLECTIONS.items() if one.shape}


def records(atlas: Atlas, name: str, start: int = 0, end: int | None = None) -> Sequence[Any]:
    """Return the records of a list in its order, or some of them; countries are named by their codes."""
    if name == "commitments":
        return _commitments(atlas, range(number_of_records(atlas, name))[start:end])
    if name == "countries":
        return sorted(atlas.cities_of_country)[start:end]
    found = atlas.vocabulary.topics if name == "topics" else getattr(atlas, name)
    every = sorted(found.values(), key=lambda one: one.id) if name == "cities" else [*found.values()]
    return every[start:end]


def number_of_records(atlas: Atlas, name: str) -> int:
    """Return how many records a list has."""
    if name == "commitments":
        return sum(end - start for _, start, end in _runs(atlas))
    return len(records(atlas, name))


def _commitments(atlas: Atlas, wanted: range) -> Sequence[Commitment]:
    """Return commitments by their numbers; only those of their instruments are read."""
    found: list[Commitment] = []
    before = 0
    for instrument, start, end in _runs(atlas):
        here = range(start, end)[max(wanted.start - before, 0) : max(wanted.stop - before, 0)]
        if here:
            found += atlas.commitments_of_instrument[instrument][here.start : here.stop]
        before += end - start
    return found


@remembered(2)
def _runs(atlas: Atlas) -> tuple[tuple[str, int, int], ...]:
    """Return which commitments of which instrument follow each other in the order of the data."""
    found, seen = [], Counter[str]()
    for instrument, its in groupby(atlas.commitments, attrgetter("instrument")):
        start = seen[instrument]
        seen[instrument] += sum(1 for _ in its)
        found.append((instrument, start, seen[instrument]))
    return tuple(found)


def ids(lenses: Lenses, folder: str) -> Iterable[str]:
    """Return the ids of the documents of a folder."""
    found = records(lenses[0].atlas, folder)
    return (one.lower() if isinstance(one, str) else one.id for one in found)


def file(lenses: Lenses, folder: str, id: str) -> tuple[str, str]:
    """Return the path of a document below the root of the site, and its text."""
    return f"{FOLDER}/{folder}/{id}.json", values.written(DOCUMENTS[folder].document(lenses, id))
