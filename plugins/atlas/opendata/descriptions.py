"""What the descriptions of the open data say, whatever the data are, from ``descriptions.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ..languages.wordings import packaged

DESCRIPTIONS: Final[Mapping[str, Mapping[str, Any]]] = packaged(Path(__file__).with_suffix(".yaml"))
"""By the standard that each description follows."""
