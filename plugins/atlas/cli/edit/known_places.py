"""Known places: the cities of the dataset with every name they go by, for matching."""

from __future__ import annotations

from ...dataset.reading.csv_table import Table
from ...languages.name_matching import KnownPlace
from ...model.globe import Point
from ...model.schema import LIST_SEPARATOR


def known_places(cities: Table) -> tuple[KnownPlace, ...]:
    """Return the places of ``cities.csv`` with their names, ids and former ids, in its order."""
    columns = [name for name in cities.index if name == "name" or name.startswith("name_")]
    places = []
    for row, id_ in cities.column("id"):
        names = [cities.get(row, column) for column in columns]
        former = cities.get(row, "former_ids").split(LIST_SEPARATOR)
        spelt = (one.replace("-", " ") for one in (id_, *(part.strip() for part in former)))
        before = (
            one.partition(":")[2].strip() for one in cities.get(row, "former_names").split(LIST_SEPARATOR)
        )
        every = tuple(dict.fromkeys(filter(None, (*names, *before, *spelt))))
        name, country, region = (cities.get(row, column) for column in ("name", "country", "region"))
        point = point_of(cities.get(row, "lat"), cities.get(row, "lon"))
        places.append(KnownPlace(id_, name, country, every, region, point))
    return tuple(places)


def point_of(lat: str, lon: str) -> Point | None:
    """Return the point of two cells in degrees, or None where they are no point of the Earth."""
    try:
        north, east = float(lat.replace(",", ".")), float(lon.replace(",", "."))
    except ValueError:
        return None
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None
