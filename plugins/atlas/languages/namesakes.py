"""Namesakes: names that several places of the world bear, with the one that everybody means, if there is one.

``geo/namesakes.csv`` is made from GeoNames by ``scripts/namesakes.py``. A name that only one place of the
atlas bears need not mean that place: there are other cities than those of the atlas.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ..model.globe import Point, kilometres

NAMESAKES = Path(__file__).parent.parent / "geo" / "namesakes.csv"
SAME_PLACE = 30
"""Kilometres within which two points of one name are taken for one place."""


def has_namesakes(name_key: str, country: str, point: Point | None) -> bool:
    """Tell whether a name may as well mean another place than the one at ``point``.

    ``country`` is where to look, empty for the whole world. The largest place of a name that has ten times
    the inhabitants of any other is the one that everybody means.
    """
    namesakes = _namesakes()
    if (name_key, country) not in namesakes:
        return False
    largest = namesakes[name_key, country]
    return largest is None or point is None or kilometres(largest, point) > SAME_PLACE


@cache
def _namesakes() -> Mapping[tuple[str, str], Point | None]:
    with NAMESAKES.open(encoding="utf-8", newline="") as file:
        return {
            (name, country): (float(lat), float(lon)) if lat else None
            for name, country, lat, lon in list(csv.reader(file))[1:]
        }
