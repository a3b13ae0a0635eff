"""Settings of the real theme with everything on but the drawing of cards, for data that is named."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from pelicanconf import *  # noqa: F403  # after the way to it

SITEURL = "https://atlas.example.org"
# As docs/scale.md advises for many cities: with it, every changed row changes every page.
ATLAS_NAME_EDITION = os.environ.get("ATLAS_NAME_EDITION") == "1"
ATLAS_SEARCH = os.environ.get("ATLAS_SEARCH") == "1"
ATLAS_DATA = os.environ["ATLAS_DATA"]
ATLAS_CACHE = os.environ.get("ATLAS_CACHE", "build/cache")
