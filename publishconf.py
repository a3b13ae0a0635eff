"""Settings of the public site: only what differs from pelicanconf.py."""

import os
import runpy
from pathlib import Path

_settings = runpy.run_path(str(Path(__file__).with_name("pelicanconf.py")))
globals().update({name: value for name, value in _settings.items() if name.isupper()})

ATLAS_NAME_EDITION = True
ATLAS_HASHED_ASSETS = True
ATLAS_URLS_LOCK = str(_settings["ROOT"] / "urls.lock")

# `make publish` asks for the pictures that take long; a build for tests does without.
ATLAS_CARDS = os.environ.get("ATLAS_CARDS") == "1"

# The public address, for what cannot be relative: canonical links, the sitemap, feeds, cards.
SITEURL = os.environ.get("ATLAS_SITEURL", "").rstrip("/")

# Where the source and the data are read and changed; a workflow of the code host knows its own address.
ATLAS_CODE_URL = os.environ.get("ATLAS_CODE_URL") or _settings["ATLAS_CODE_URL"]
