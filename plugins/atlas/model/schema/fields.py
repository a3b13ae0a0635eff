"""How a column or key is described: its type, unit, limits, help and example."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Literal

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
