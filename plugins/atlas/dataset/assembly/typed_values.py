"""Values of records as the model has them: each field is read as its type says."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, get_type_hints

from ...model.dates import Duration, PartialDate, parse_date, parse_duration

R = TypeVar("R")
types_of: Callable[[type], Mapping[str, object]] = cache(get_type_hints)
"""The type of each field of a class, by its name."""


def clean(text: str) -> str:
    """Return ``text`` in one Unicode spelling, so that the same word is the same everywhere."""
    return unicodedata.normalize("NFC", text.strip())


def all_clean(texts: Iterable[str]) -> Sequence[str]:
    """Return texts each in one Unicode spelling."""
    stripped = list(map(str.strip, texts))
    # Every part of a text in this spelling is in it as well.
    right = all(map(str.isascii, stripped)) or unicodedata.is_normalized("NFC", "\n".join(stripped))
    return stripped if right else list(map(clean, stripped))


def reader(field_type: object) -> Callable[[str], Any]:
    """Return what makes a value of a type of a clean text, and None of an empty one where it may be unknown.

    A type that is not known here is a text: a word of a few, or one that may be unknown.
    """
    return _READERS.get(field_type, _unless_empty(str))


def _unless_empty(read: Callable[[str], object]) -> Callable[[str], Any]:
    return lambda text: read(text) if text else None


_READERS: Mapping[object, Callable[[str], Any]] = {
    str: str,
    int: int,
    int | None: _unless_empty(int),
    float | None: _unless_empty(float),
    PartialDate | None: _unless_empty(cache(parse_date)),  # few different dates stand in many rows
    Duration | None: _unless_empty(parse_duration),
}
