"""What the descriptions of the open data say, whatever the data are, from ``descriptions.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml

DESCRIPTIONS: Final[Mapping[str, Mapping[str, Any]]] = yaml.load(
    Path(__file__).with_suffix(".yaml").read_bytes(), yaml.CSafeLoader
)
"""By the standard that each description follows."""
