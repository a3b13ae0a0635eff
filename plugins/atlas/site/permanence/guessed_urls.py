"""Addresses that a person would guess: places by their other names, countries by theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ...languages.name_matching import key
from ...model.records import City
from ...model.schema import ID_LONGEST
from ...views.lens import Lens


def slug(name: str) -> str:
    """Return a name as an id would be written.

    >>> slug("Łódź"), slug("Frankfurt am Main")
    ('lodz', 'frankfurt-am-main')
    """
    return key(name).replace(" ", "-")


def guesses(lens: Lens) -> Iterator[tuple[str, str]]:
    """Yield guessed paths with the paths of the pages that they mean, in the language of the lens.

    A name that means two places leads nowhere. Whether a page already stands there is for the caller to ask.
    """
    meant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for city in lens.atlas.cities.values():
        for name in _names(city):
            meant["cities", slug(name)].add(city.id)
    for code in lens.atlas.cities_of_country:
        meant["countries", slug(lens.lang.country(code))].add(code.lower())
    path, lang = lens.addresses.path, lens.lang.code
    for (section, name), ids in sorted(meant.items()):
        if name and len(name) <= ID_LONGEST and len(ids) == 1 and name not in ids:
            yield path(lang, section, name), path(lang, section, *ids)


def _names(city: City) -> Iterator[str]:
    """Yield the names of a city, in all languages: people know a place by the name they grew up with."""
    yield city.name
    yield from city.names.values()
