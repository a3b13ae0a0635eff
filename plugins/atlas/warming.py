"""What every build needs whatever its data, done once for all builds that are forked from a process."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Sequence
from pathlib import Path

from .errors import AtlasError
from .i18n import Language
from .reading import read_atlas
from .render.basemap import Basemap
from .templates import Templates


def prepare(data: Path, templates: Path, codes: Sequence[str]) -> None:
    """Load the base map, the languages and the templates.

    The data is read once as well: what comes of it is forgotten, but not the shapes and patterns it is
    checked with.
    """
    Basemap.load()
    with contextlib.suppress(AtlasError):
        read_atlas(data, datetime.datetime.now(datetime.UTC).date())
    for code in codes:
        Templates(templates).compile(Language(code, default=codes[0]))
