"""Populations of countries by ISO 3166-1 code, from GeoNames (CC BY 4.0); see ``geo/README.md``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "geo" / "populations.json"


@cache
def populations() -> Mapping[str, int]:
    """Return the number of inhabitants of each country that has any."""
    return json.loads(FILE.read_text("utf-8"))  # type: ignore[no-any-return]
