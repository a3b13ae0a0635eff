"""The drawings of time as filters for templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import accessions, lanes, score

FILTERS: dict[str, Callable[..., Any]] = {
    "lane": lanes.lane,
    "lane_axis": lanes.axis,
    "lane_defs": lanes.defs,
    "accessions": accessions.chart,
    "score_column": score.column,
    "score_lane": score.lane,
    "score_small": score.small,
}
"""Filters by the names that templates know them by."""
