"""Places as GeoJSON (RFC 7946): longitude before latitude, WGS84, and no place where none is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ...views.lens import Lens

PATH = "data/cities.geojson"

_OPTIONAL = ("region", "population", "geonames", "wikidata", "website", "successor")


def geojson(lens: Lens) -> bytes:
    """Return all cities with one feature a line, so that two editions can be compared."""
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        for feature in features(lens)
    )
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'.encode()


def features(lens: Lens) -> Iterator[dict[str, Any]]:
    """Yield a feature for each city; ``geometry`` is null where its coordinates are unknown."""
    atlas = lens.atlas
    for city in atlas.cities.values():
        known = city.lat is not None and city.lon is not None
        page = lens.href("cities", city.id)
        yield {
            "type": "Feature",
            "id": city.id,
            "geometry": {"type": "Point", "coordinates": [city.lon, city.lat]} if known else None,
            "properties": {
                "id": city.id,
                "name": city.name,
                "names": dict(city.names),
                "country": city.country,
                **{name: getattr(city, name) for name in _OPTIONAL},
                "codes": list(city.codes),
                "former_names": list(city.former_names),
                "until": str(city.until) if city.until else None,
                "former_ids": list(city.former_ids),
                "page": lens.absolute(page) or page,
                # How many hold on the day of the edition.
                "commitments": len(lens.committed(atlas.commitments_of_city.get(city.id, ()))),
            },
        }
