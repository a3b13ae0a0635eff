"""Every column and key of the dataset, described once.

The checks, the assembly, the documentation of the data, the JSON Schema and the
forms are generated from this description. It is a function of the dataset's
languages: a third language adds ``name_xx`` columns and ``xx`` keys by itself.
Codes are not listed here; ``vocabulary.yaml`` is the only list of codes.

``schema_fields`` says what a description is, ``schema_csv`` and ``schema_yaml``
hold the descriptions; others import from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from . import documents as schema_yaml
from . import tables
from .documents import ITEM_STATES
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
    "ITEM_STATES",
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
    records = (
        tables.city(languages),
        tables.source(languages),
        tables.commitment(languages),
        tables.listed(),
        tables.contradiction(languages),
        tables.retired(languages),
        schema_yaml.instrument("network"),
        schema_yaml.instrument("charter"),
        schema_yaml.action(languages),
        schema_yaml.vocabulary(),
    )
    return MappingProxyType({record.name: record for record in records})
