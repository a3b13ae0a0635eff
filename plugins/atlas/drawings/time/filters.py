"""The drawings of time as filters for templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import accessions, lanes

FILTERS: dict[str, Callable[..., Any]] = {
    "lane": lanes.lane,
    "lane_axis": lanes.axis,
    "lane_defs": lanes.defs,
    "accessions": accessions.chart,
}
"""Filters by the names that templates know them by."""
