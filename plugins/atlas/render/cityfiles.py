"""Small files about cities that scripts read: one for each city, and an index of all.

They carry the values of the dataset and, in every language of the site, the words that
pages show of them, so that no script builds a sentence of its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..model import City, Commitment
from ..views.following import Following, following
from ..views.lens import Lens
from ..views.matrix import in_order, period, refusals

FOLDER = "api/v1"


def index(lenses: Sequence[Lens]) -> tuple[str, str]:
    """Return the path and the text of the index of all cities."""
    atlas = lenses[0].atlas
    entries = [_names(city) for city in sorted(atlas.cities.values(), key=lambda city: city.id)]
    countries = {
        code: {lens.lang.code: lens.lang.country(code) for lens in lenses}
        for code in sorted(atlas.cities_of_country)
    }
    return f"{FOLDER}/cities.json", _index(countries, entries)


def file(lenses: Sequence[Lens], city_id: str) -> tuple[str, str]:
    """Return the path and the text of one city's file."""
    city = lenses[0].atlas.cities[city_id]
    return f"{FOLDER}/cities/{city_id}.json", _json(city_file(lenses, city))


def _names(city: City) -> dict[str, Any]:
    """Return a city's id, country and names; names in a language only where they are others."""
    names = {code: name for code, name in sorted(city.names.items()) if name != city.name}
    entry: dict[str, Any] = {"id": city.id, "name": city.name, "country": city.country}
    if names:
        entry["names"] = names
    if city.former_ids:
        entry["former_ids"] = list(city.former_ids)
    return entry


def city_file(lenses: Sequence[Lens], city: City) -> dict[str, Any]:
    """Return everything that a comparison needs to know of a city, in all languages."""
    atlas = lenses[0].atlas
    refused = [one for one in refusals(atlas) if one.city == city.id]
    commitments = in_order(lenses[0], (*atlas.commitments_of_city.get(city.id, ()), *refused))
    shown: dict[str, Any] = {}
    for lens in lenses:
        follow = following(lens, city.id)
        shown[lens.lang.code] = {
            "name": lens.city_name(city),
            "country": lens.lang.country(city.country),
            "href": lens.href("cities", city.id),
        }
        if follow and follow.suggestions:
            shown[lens.lang.code]["following"] = _following(follow)
    return {
        **_names(city),
        "shown": shown,
        "commitments": [_commitment(lenses, commitment) for commitment in commitments],
    }


def _commitment(lenses: Sequence[Lens], commitment: Commitment) -> dict[str, Any]:
    first = lenses[0]
    sources = (first.atlas.sources[id] for id in commitment.sources)
    values: dict[str, Any] = {
        "instrument": commitment.instrument,
        "status": commitment.status,
        "state": first.state(commitment),
        **{
            name: str(date)
            for name in ("decided", "since", "until", "verified")
            if (date := getattr(commitment, name))
        },
    }
    if not commitment.anchor.startswith("actions/"):  # a refusal that an action records has no row
        values = {"id": commitment.key, **values}
    if commitment.note:
        values["note"] = dict(commitment.note)
    if commitment.roles:
        values["roles"] = list(commitment.roles)
    if commitment.act:
        values["act"] = commitment.act
    values["sources"] = [
        {
            key: str(value)
            for key in ("id", "title", "publisher", "url", "published")
            if (value := getattr(s, key))
        }
        for s in sources
    ]
    values["shown"] = {}
    for lens in lenses:
        cell = period(lens, commitment)
        values["shown"][lens.lang.code] = {
            "word": cell.word,
            "head": cell.head,
            "rest": cell.rest,
            "statement": cell.statement,
            "href": cell.href,
            **({"disputed": True} if cell.disputed else {}),
        }
    return values


def _following(follow: Following) -> dict[str, Any]:
    return {
        "rule": follow.rule,
        "suggestions": [
            {
                "instrument": suggestion.id,
                "text": suggestion.instrument.text,
                "href": suggestion.instrument.href,
                "count": suggestion.count,
                "holders": [{"text": link.text, "href": link.href} for link in suggestion.holders],
                **({"more": suggestion.more} if suggestion.more else {}),
            }
            for suggestion in follow.suggestions
        ],
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _index(countries: dict[str, dict[str, str]], entries: list[dict[str, Any]]) -> str:
    """Return the index with one city on each line, so that two editions can be compared."""
    cities = ",\n".join(_json(entry).rstrip("\n") for entry in entries)
    return f'{{"countries":{_json(countries).rstrip()},"cities":[\n{cities}\n]}}\n'
