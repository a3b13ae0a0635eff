"""ISO 3166-2: names of the regions of all countries, in many languages."""

from __future__ import annotations

import gettext
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_POLAND = Path(__file__).parent.parent / "geo" / "voivodeships.geojson"


@cache
def region_name(code: str, lang: str) -> str:
    """Return the name of a region in a language, else its own; empty where there is no such region.

    >>> region_name("PL-12", "en"), region_name("US-AK", "pl")
    ('Lesser Poland Voivodeship', 'Alaska')
    """
    if code.startswith("PL-") and lang in ("en", "pl"):
        return _polish().get(code, {}).get(lang, "")
    import pycountry  # takes a while, and an atlas may have no such region

    subdivisions: Any = pycountry.subdivisions  # it carries no types
    found = subdivisions.get(code=code)
    if found is None:
        return ""
    words = gettext.translation("iso3166-2", pycountry.LOCALES_DIR, [lang.replace("-", "_")], fallback=True)
    return words.gettext(str(found.name)).partition(" [")[0]  # "Catalunya [Cataluña]" names it twice


@cache
def _polish() -> Mapping[str, Mapping[str, str]]:
    """Return the names of voivodeships by code, with the word for voivodeship."""
    features = json.loads(_POLAND.read_text("utf-8"))["features"]
    return {
        feature["id"]: {
            "en": f"{feature['properties']['name']} Voivodeship",
            # The file has the bare adjective, which is read after this word.
            "pl": f"województwo {feature['properties']['name_pl']}",
        }
        for feature in features
    }
