"""Names of regions by ISO 3166-2 code, where the base map has them: the Polish voivodeships."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from ..model.records import Localized

VOIVODESHIPS = Path(__file__).parent.parent / "geo" / "voivodeships.geojson"


def read_regions(path: Path = VOIVODESHIPS) -> Mapping[str, Localized]:
    """Return the names of the regions by code; the Polish ones with the word for voivodeship."""
    features = json.loads(path.read_text("utf-8"))["features"]
    return {
        feature["id"]: {
            "en": f"{feature['properties']['name']} Voivodeship",
            # The file has the bare adjective, which is read after this word.
            "pl": f"województwo {feature['properties']['name_pl']}",
        }
        for feature in features
    }
