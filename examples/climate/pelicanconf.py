"""Settings of this atlas: those of the engine, and below them what differs. Name and subject: atlas.yaml."""

import os
import runpy

_file = os.environ.get("ATLAS_SETTINGS", "pelicanconf.py")  # `make publish` takes publishconf.py
_settings = runpy.run_path(os.path.join(os.environ.get("ATLAS_ENGINE", "engine"), _file))
globals().update({name: value for name, value in _settings.items() if name.isupper()})
