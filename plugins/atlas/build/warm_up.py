"""What every build needs whatever its data, done once for all builds that are forked from a process."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Sequence
from pathlib import Path

from ..drawings.maps.basemap import Basemap
from ..errors import AtlasError
from ..languages.language import Language
from ..site.templates import Templates
from .read_data import remember


def prepare(data: Path, templates: Path, codes: Sequence[str]) -> None:
    """Load the base map, the languages and the templates.

    The data is read once as well, so that builds look only at what differs.
    """
    Basemap.load()
    with contextlib.suppress(AtlasError):
        remember(data, datetime.datetime.now(datetime.UTC).date())
    for code in codes:
        Templates(templates).compile(Language(code, default=codes[0]))
