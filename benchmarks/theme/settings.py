"""Settings of the benchmark theme: the pages that other generators build of the same data.

``ATLAS_DATA`` in the environment names the data, ``ATLAS_CACHE`` a folder for what is kept.
"""

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from pelicanconf import *  # noqa: E402, F403  # after the way to it

SITEURL = "https://atlas.example.org"
THEME = str(HERE)
THEME_STATIC_PATHS: list[str] = []
ATLAS_BLUEPRINT = "peerpages:PEERPAGES"
ATLAS_DATA = os.environ["ATLAS_DATA"]
ATLAS_CACHE = os.environ.get("ATLAS_CACHE", "build/cache")
ATLAS_LANGUAGES = ("en",)
ATLAS_SEARCH = False
