"""Every column and key of the dataset, described once in ``records.toml``.

The checks, the assembly, the documentation of the data, the JSON Schema and the
forms are generated from this description. It is a function of the dataset's
languages: a third language adds ``name_xx`` columns and ``xx`` keys by itself.
Codes are not listed here; ``vocabulary.yaml`` is the only list of codes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

Type = Literal[
    "id", "text", "localized", "plain-or-localized", "date", "duration", "integer", "latitude", "longitude",
    "country", "region", "language", "url", "code", "ref", "geonames", "wikidata", "colour", "mapping",
]  # fmt: skip
"""What a value is. ``localized`` is a mapping by language; ``plain-or-localized`` may also be
one scalar for all languages, kept under ``und``; ``mapping`` has fields of its own."""

Referred = Literal["city", "instrument", "source"]

DEFAULT_LANGUAGES = ("en", "pl")
UNDETERMINED = "und"
"""The language code of text that was given once for all languages."""

ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ID_LONGEST = 64
"""Characters: addresses and file names hold ids, some of them two."""
LANGUAGE_PATTERN = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
LIST_SEPARATOR = ";"


def list_entries(cell: str) -> list[str]:
    """Return the entries of a list in a cell, without spaces around them and without empty ones."""
    return [entry for part in cell.split(LIST_SEPARATOR) if (entry := part.strip())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of a CSV file or one key of a YAML file."""

    name: str
    type: Type
    help: Mapping[str, str]
    """What the value means, in English and Polish."""
    example: str = ""
    unit: str | None = None
    required: bool = False
    many: bool = False
    """A list: separated by ``;`` in a cell, a sequence in YAML."""
    codes: str | None = None
    """The section of the vocabulary that a ``code`` comes from; free words are allowed for text."""
    choices: tuple[str, ...] = ()
    """The only values, or for ``country`` the words that may stand instead of codes."""
    refers: Referred | None = None
    """The kind of record whose ids a ``ref`` names."""
    label: bool = False
    """Short text that every language must have; other localized text is prose."""
    lines: bool = False
    """Whether the text may run over several lines."""
    base: str | None = None
    """For a column in one language: the name without its language (``note`` of ``note_en``)."""
    lang: str | None = None
    rare: bool = False
    """A column that a file has only once one of its rows needs it."""
    fields: tuple[Field, ...] = ()
    by_name: Mapping[str, Field] = field(init=False, compare=False, repr=False)
    needed: Set[str] = field(init=False, compare=False, repr=False)
    """The names of the fields that a value without findings has: required ones, and all languages."""

    def __post_init__(self) -> None:
        """Index the fields."""
        object.__setattr__(self, "by_name", {one.name: one for one in self.fields})
        object.__setattr__(self, "needed", {one.name for one in self.fields if one.required or one.lang})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One kind of record: the files that hold it and its fields in canonical order."""

    name: str
    path: str
    """Below ``data/``; ``{id}`` and ``{instrument}`` stand for an id."""
    help: Mapping[str, str]
    fields: tuple[Field, ...]
    required: bool = False
    """Whether the dataset is useless without the file."""
    by_name: Mapping[str, Field] = field(init=False, compare=False)
    whole: Field = field(init=False, compare=False, repr=False)
    """One field that describes a whole document."""

    def __post_init__(self) -> None:
        """Index the fields."""
        described = Field(name=self.name, type="mapping", help={}, fields=self.fields)
        object.__setattr__(self, "whole", described)
        object.__setattr__(self, "by_name", described.by_name)

    @property
    def format(self) -> str:
        """What its files are: csv or yaml."""
        return self.path.rpartition(".")[2]


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
