"""Wordings: the messages for each value of a list, such as the kinds of events, from ``wordings.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_suffix(".yaml")


def wordings(table: str) -> Mapping[str, Any]:
    """Return the messages of a table in English, by what they stand for."""
    return _written()[table]


def plurals(table: str) -> Mapping[str, tuple[str, str]]:
    """Return those of a table of numbers, each for one and for several."""
    return _written()[table]


@cache
def _written() -> Mapping[str, Mapping[str, Any]]:
    written: Mapping[str, Mapping[str, Any]] = packaged(FILE)
    return written


def packaged(file: Path) -> Any:
    """Return what a YAML file of the package says; by the parser in C, where PyYAML was built with it."""
    return yaml.load(file.read_bytes(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
