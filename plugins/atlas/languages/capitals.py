"""Renown: how likely readers are to know a city, so that a map names the best known ones first."""

from __future__ import annotations

import json
from functools import cache
from math import log2, log10
from pathlib import Path

from ..model.records import City

_CAPITALS = Path(__file__).parent.parent / "geo" / "capitals.json"


def renown(city: City) -> float:
    """Return how well a city is known: by its inhabitants, and as a capital."""
    capital = city.geonames is not None and city.geonames in _capitals()
    return 1.6 * capital + log10(max(city.population or 1, 1))


def rank(city: City, commitments: int) -> float:
    """Return which of the cities on a map are named first: those that readers know, with most to tell."""
    return renown(city) + 0.9 * log2(1 + commitments)


@cache
def _capitals() -> frozenset[str]:
    """Return the numbers in GeoNames of the capitals of the world."""
    return frozenset(str(number) for number in json.loads(_CAPITALS.read_text("utf-8")))
