"""The documents: everything that is known of one record, by the id that its page has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ...languages import summaries
from ...model.records import Action, City, Commitment, Instrument
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
                **({"more": each.more} if each.more else {}),
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
    recorded, count = recorded_cities(lens, one), one.quoted_count
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
        "recorded": recorded_cities(lens, one),
        "pages": pages(lenses, lens.instrument_section(one), one.id),
    }


def action_entry(lenses: Lenses, one: Action) -> Json:
    """Return what lists say of an action."""
    return {"id": one.id, **_action(lenses, one)}


def _claims(lenses: Lenses, found: Iterable[Commitment]) -> list[Json]:
    return [values.claim(lenses, each, shown="city") for each in found]


DOCUMENTS: Mapping[str, Callable[[Lenses, str], Json]] = {
    "cities": city,
    "instruments": instrument,
    "countries": country,
    "topics": topic,
    "sources": source,
    "actions": action,
}
"""By the folder that the documents lie in."""


def ids(lenses: Lenses, folder: str) -> Iterable[str]:
    """Return the ids of the documents of a folder."""
    atlas = lenses[0].atlas
    if folder == "countries":
        return sorted(code.lower() for code in atlas.cities_of_country)
    if folder == "topics":
        return atlas.vocabulary.topics
    known: Mapping[str, object] = getattr(atlas, folder)
    return known


def file(lenses: Lenses, folder: str, id: str) -> tuple[str, str]:
    """Return the path of a document below the root of the site, and its text."""
    return f"{FOLDER}/{folder}/{id}.json", values.written(DOCUMENTS[folder](lenses, id))
