"""Every column and key of the dataset, described once in ``records.toml``.

The checks, the assembly, the documentation of the data, the JSON Schema and the
forms are generated from this description. It is a function of the dataset's
languages: a third language adds ``name_xx`` columns and ``xx`` keys by itself.
Codes are not listed here; ``vocabulary.yaml`` is the only list of codes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .fields import (
    DEFAULT_LANGUAGES,
    ID_LONGEST,
    ID_PATTERN,
    LANGUAGE_PATTERN,
    LIST_SEPARATOR,
    UNDETERMINED,
    Field,
    Record,
    Referred,
    Type,
    list_entries,
)

__all__ = [
    "DEFAULT_LANGUAGES",
    "ID_LONGEST",
    "ID_PATTERN",
    "LANGUAGE_PATTERN",
    "LIST_SEPARATOR",
    "UNDETERMINED",
    "Field",
    "Record",
    "Referred",
    "Type",
    "list_entries",
    "schema",
]


@cache
def schema(languages: tuple[str, ...] = DEFAULT_LANGUAGES) -> Mapping[str, Record]:
    """Return every kind of record by its name, for a dataset in ``languages``."""
    described = tomllib.loads(Path(__file__).with_name("records.toml").read_text("utf-8"))
    records = {}
    for kind, more in described["records"].items():
        fields = tuple(_Fields(kind, languages, described).of(more.pop("fields")))
        records[kind] = Record(name=kind, help=_help(more), fields=fields, **more)
    return MappingProxyType(records)


class _Fields:
    """Expands the entries of ``records.toml`` into the fields of one kind of record."""

    def __init__(self, kind: str, languages: tuple[str, ...], described: Mapping[str, Any]) -> None:
        self.kind, self.languages = kind, languages
        self.parts, self.common = described["parts"], described["common"]

    def of(self, entries: str | Mapping[str, Any]) -> Iterator[Field]:
        """Yield the fields of a table of entries, or of the part that a word names."""
        for name, entry in (self.parts[entries] if isinstance(entries, str) else entries).items():
            if entry.get("only", self.kind) == self.kind:
                yield from self._named(name, entry if "type" in entry else self.common[name] | entry)

    def _named(self, name: str, entry: Mapping[str, Any]) -> Iterator[Field]:
        """Yield the field of an entry: several where its name holds a language."""
        keywords: dict[str, Any] = {
            key: tuple(one) if isinstance(one, list) else one for key, one in entry.items()
        }
        keywords.pop("only", None)
        keywords["help"] = _help(keywords)
        keywords["fields"] = tuple(self.of(keywords.get("fields", {})))
        example = keywords.get("example")
        if isinstance(example, dict):
            keywords["example"] = example[self.kind]
        if "{lang}" not in name:
            yield Field(name=name, **keywords)
            return
        base = keywords.pop("base", name.removesuffix("_{lang}"))
        for lang in self.languages:
            yield Field(name=name.format(lang=lang), base=base, lang=lang, **keywords)


def _help(entry: dict[str, Any]) -> dict[str, str]:
    return {lang: entry.pop(lang) for lang in ("en", "pl")}
