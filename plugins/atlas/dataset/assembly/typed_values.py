"""Values of records as the model has them: each field is read as its type says."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar, get_type_hints

from ...model.dates import Duration, PartialDate, parse_date, parse_duration
from ...model.records import Localized

R = TypeVar("R")
_parsed_date = cache(parse_date)  # few different dates stand in many rows


class Values(ABC):
    """The values of a row of a table, or of the keys of a mapping, by name."""

    __slots__ = ()

    @abstractmethod
    def needed(self, name: str) -> str:
        """Return a text, empty where there is none."""

    @abstractmethod
    def listed(self, name: str) -> tuple[str, ...]:
        """Return the entries of a list."""

    @abstractmethod
    def localized(self, name: str) -> Localized:
        """Return a text by language."""

    def text(self, name: str) -> str | None:
        """Return a text, or None where it is unknown."""
        return self.needed(name) or None

    def when(self, name: str) -> PartialDate | None:
        """Return a date, or None where it is unknown."""
        text = self.needed(name)
        return _parsed_date(text) if text else None

    def duration(self, name: str) -> Duration | None:
        """Return a duration, or None where it is unknown."""
        text = self.needed(name)
        return parse_duration(text) if text else None

    def localized_or_none(self, name: str) -> Localized | None:
        """Return a text by language, or None where it is unknown."""
        return self.localized(name) or None

    def record(self, kind: type[R], **given: object) -> R:
        """Return a record whose fields are read under their own names, but for those that are ``given``."""
        methods = _methods(kind)  # type: ignore[arg-type]  # a class can be hashed
        read = {name: method(self, name) for name, method in methods.items() if name not in given}
        return kind(**read, **given)


_METHODS: Mapping[object, Callable[[Values, str], object]] = {
    str: lambda values, name: values.needed(name),
    tuple[str, ...]: lambda values, name: values.listed(name),
    PartialDate | None: Values.when,
    Duration | None: Values.duration,
    Localized: lambda values, name: values.localized(name),
    Localized | None: Values.localized_or_none,
}
"""How a field is read, by its type; any other one is a text: a word of a few, or one that may be unknown."""


@cache
def _methods(kind: type[Any]) -> Mapping[str, Callable[[Values, str], object]]:
    return {name: _METHODS.get(hint, Values.text) for name, hint in get_type_hints(kind).items()}


def clean(text: str) -> str:
    """Return ``text`` in one Unicode spelling, so that the same word is the same everywhere."""
    text = text.strip()
    return text if text.isascii() else unicodedata.normalize("NFC", text)
