"""The tables of the dataset as a Frictionless Data Package, version 2.

https://datapackage.org/standard/data-package/. One resource is one CSV file with the
columns that it has. Lists (``;``) and dates that are only as exact as their source
(``2022``, ``2015~``) are strings with a pattern, because the types ``list`` and
``date`` of the standard know neither; every pattern is an XML Schema one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from anyascii import anyascii

from ..dataset.reading.csv_table import Table
from ..dataset.reading.load import Dataset
from ..languages.folding import slug
from ..model.records import Atlas, Vocabulary
from ..model.schema import Field, Record, schema
from ..validate import patterns
from ..validate.json_schema import allowed
from ..views.lens import Lens
from .checksums import sha256
from .descriptions import DESCRIPTIONS

PROFILES = "https://datapackage.org/profiles/2.0"

PATH = "data/datapackage.json"

_TOLD = DESCRIPTIONS["datapackage"]


def data_package(dataset: Dataset, contents: Mapping[str, bytes], lens: Lens) -> dict[str, Any]:
    """Return the descriptor of the tables of ``dataset``, as the atlas of ``lens`` holds them.

    ``contents`` are the published bytes of each table by its path below ``data/``; the name of the
    edition becomes the version (``2026-11-22.16c78cc``), or its day where it has none.
    """
    records, about, edition = schema(dataset.languages), lens.about, lens.as_of
    tables = [
        (one.path, one.path.removesuffix(".csv"), dataset.tables[one.path.removesuffix(".csv")], one)
        for one in records.values()
        if one.path.removesuffix(".csv") in dataset.tables
    ]
    for kind, own in (("commitment", dataset.commitments), ("listed", dataset.lists)):
        for id, table in sorted(own.items()):
            path = records[kind].path.format(instrument=id)
            tables.append((path, path.removesuffix(".csv").replace("/", "-"), table, records[kind]))
    package: dict[str, Any] = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": slug(anyascii(lens.name)) or "atlas",
        "title": lens.name,
        "description": f"{lens.lang.text(about.description)} {_TOLD['reading']}",
        "version": lens.version,
        "created": f"{edition.isoformat()}T00:00:00Z",
        "licenses": [{"name": about.licence.id, "title": about.licence.name, "path": about.licence.url}],
        "contributors": [{"title": lens.publisher, "roles": ["publisher"]}],
        "sources": _TOLD["sources"],
        "keywords": list(about.keywords.get(lens.lang.code, ())),
    }
    if lens.siteurl:
        package["id"] = lens.absolute(PATH)
        package["homepage"] = lens.absolute("")
    package["resources"] = [
        _resource(path, name, contents[path], table, record, lens.atlas)
        for path, name, table, record in tables
    ]
    return package


def _resource(
    path: str, name: str, content: bytes, table: Table, record: Record, atlas: Atlas
) -> dict[str, Any]:
    instrument = atlas.instruments.get(name.removeprefix("commitments-"))
    title = instrument.names.get("en") if instrument and record.name == "commitment" else None
    fields = [record.by_name[column] for column in table.header.values]
    described: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(one, atlas.vocabulary) for one in fields],
        "missingValues": [""],
    }
    if key := _TOLD["keys"].get(record.name):
        described["primaryKey"] = key
    if keys := list(_foreign_keys(fields)):
        described["foreignKeys"] = keys
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": name,
        "type": "table",
        "path": path,
        "title": f"Cities in: {title}" if title else record.help["en"],
        "description": record.help["en"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content)}",
        "dialect": {"$schema": f"{PROFILES}/tabledialect.json", "delimiter": ",", "quoteChar": '"',
                    "doubleQuote": True, "header": True},
        "schema": described,
    }  # fmt: skip


def _foreign_keys(fields: Iterable[Field]) -> Iterable[dict[str, Any]]:
    """Yield the references to one record of another table; a list of ids cannot be one."""
    for one in fields:
        if (table := _TOLD["tables"].get(one.refers)) and not one.many:
            yield {"fields": [one.name], "reference": {"resource": table, "fields": ["id"]}}


def _field(one: Field, vocabulary: Vocabulary) -> dict[str, Any]:
    kind, limits = _type(one, vocabulary)
    described: dict[str, Any] = {"name": one.name, "type": kind, "description": one.help["en"]}
    if one.unit:
        described["unit"] = one.unit
    if one.example:
        described["example"] = one.example
    constraints: dict[str, Any] = {"required": True} if one.required else {}
    if one.type == "id" and not one.many:
        constraints["unique"] = True
    constraints |= limits
    return described | ({"constraints": constraints} if constraints else {})


def _type(one: Field, vocabulary: Vocabulary) -> tuple[str, dict[str, Any]]:
    """Return the type of a column, and the limits of its values."""
    if one.type == "integer":
        return "integer", {"minimum": 0}
    if one.type in ("latitude", "longitude"):
        limit = 90 if one.type == "latitude" else 180
        return "number", {"minimum": -limit, "maximum": limit}
    values = allowed(one, vocabulary)
    if values and not one.many:
        return "string", {"enum": list(values)}
    pattern = patterns.choice(values) if values else patterns.of(one)
    if pattern is None:
        return "string", {}
    # Frictionless puts ^ and $ around a pattern as it stands, so alternatives need brackets.
    return "string", {"pattern": f"({patterns.listed(pattern) if one.many else pattern})"}
