"""On which day the records behind a page last changed, where the history of the data says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from .lens import Lens


def modified(lens: Lens, changes: Mapping[str, date]) -> Mapping[str, date]:
    """Return the day of the last change by the path of the page, in the language of the lens.

    ``changes`` are those of ``history_dates``. Only pages about one record, or about the cities of a country,
    have a day; the others list so much that no record stands behind them.
    """
    atlas, path, code = lens.atlas, lens.addresses.path, lens.lang.code
    days: dict[str, date | None] = {}
    of_city = {
        id: _last(
            changes,
            f"cities.csv {id}",
            *(f"commitments/{one.instrument}.csv {id}" for one in atlas.commitments_of_city.get(id, ())),
            *(f"actions/{one.id}.yaml" for one in atlas.actions_of_city.get(id, ())),
            *(
                f"actions/{one.id}.yaml"
                for commitment in atlas.commitments_of_city.get(id, ())
                for one in atlas.actions_of_commitment.get(commitment.key, ())
            ),
        )
        for id in atlas.cities
    }
    for id, day in of_city.items():
        days[path(code, "cities", id)] = day
    for country, cities in atlas.cities_of_country.items():
        days[path(code, "countries", country.lower())] = _max(of_city[city.id] for city in cities)
    for id, instrument in atlas.instruments.items():
        section = lens.instrument_section(instrument)
        days[path(code, section, id)] = _last(changes, f"{section}/{id}.yaml", f"commitments/{id}.csv")
    for id in atlas.actions:
        days[path(code, "actions", id)] = _last(changes, f"actions/{id}.yaml")
    for id in atlas.sources:
        days[path(code, "sources", id)] = _last(changes, f"sources.csv {id}")
    return {where: day for where, day in days.items() if day}


def _last(changes: Mapping[str, date], *names: str) -> date | None:
    return _max(changes.get(name) for name in names)


def _max(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)
