"""On which day the records behind a page last changed, where the history of the data says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ..model.records import Atlas
from .lens import Lens


def modified(lens: Lens, changes: Mapping[str, date]) -> Mapping[str, date]:
    """Return the day of the last change by the path of the page, in the language of the lens.

    ``changes`` are those of ``history_dates``. Only pages about one record, or about the cities of a country,
    have a day; the others list so much that no record stands behind them.
    """
    path, code = lens.addresses.path, lens.lang.code
    found = {path(code, section, id): _newest(changes, names) for section, id, names in _records(lens)}
    return {where: day for where, day in found.items() if day}


def _newest(changes: Mapping[str, date], names: Iterable[str]) -> date | None:
    return max((changes[name] for name in names if name in changes), default=None)


def _records(lens: Lens) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Yield section and id of each page with the names by which changes know what stands behind it."""
    atlas = lens.atlas
    of_city = {id: tuple(_of_city(atlas, id)) for id in atlas.cities}
    yield from (("cities", id, names) for id, names in of_city.items())
    for country, cities in atlas.cities_of_country.items():
        yield "countries", country.lower(), [name for city in cities for name in of_city[city.id]]
    for id, instrument in atlas.instruments.items():
        files = (f"networks/{id}.yaml", f"charters/{id}.yaml", f"commitments/{id}.csv")
        yield lens.instrument_section(instrument), id, files
    yield from (("actions", id, (f"actions/{id}.yaml",)) for id in atlas.actions)
    yield from (("sources", id, (f"sources.csv {id}",)) for id in atlas.sources)


def _of_city(atlas: Atlas, id: str) -> Iterator[str]:
    yield f"cities.csv {id}"
    actions = [*atlas.actions_of_city.get(id, ())]
    for commitment in atlas.commitments_of_city.get(id, ()):
        yield f"commitments/{commitment.instrument}.csv {id}"
        actions += atlas.actions_of_commitment.get(commitment.key, ())
    yield from (f"actions/{one.id}.yaml" for one in actions)
