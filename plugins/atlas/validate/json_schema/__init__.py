"""JSON Schemas (draft 2020-12) of every file and table of the dataset, from its one description.

They serve editors (completion and red lines while typing), forms and programs that
read the data. They say about one record what can be said about it alone; whether a
city exists, periods overlap or an archived copy is one of the same page is for
``atlas check``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from ...model.records import Vocabulary
from ...model.schema import Record, schema
from . import values
from .documents import Documents
from .values import Json

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "schema"

# By the name of the file: those of tables describe one row.
FILES: Mapping[str, str] = {
    "network": "network",
    "charter": "charter",
    "action": "action",
    "vocabulary": "vocabulary",
    "city": "city-row",
    "commitment": "commitment-row",
    "listed": "listed-row",
    "source": "source-row",
    "contradiction": "contradiction-row",
    "retired": "retired-row",
}


def json_schemas(languages: tuple[str, ...], vocabulary: Vocabulary, base: str = "") -> dict[str, Json]:
    """Return every schema by its path below the root of the site (``schema/network.json``).

    ``base`` is the address of the site without a final slash; empty makes ids that are
    relative to wherever the file lies.
    """
    documents = Documents(languages, vocabulary)
    schemas: dict[str, Json] = {}
    for record in schema(languages).values():
        path = f"{FOLDER}/{FILES[record.name]}.json"
        body = _row(record, vocabulary) if record.format == "csv" else documents.record(record)
        schemas[path] = {
            "$schema": DIALECT,
            "$id": f"{base}/{path}" if base else path.rpartition("/")[2],
            "title": f"data/{record.path}",
            **values.words(record.help),
            **body,
        }
    return schemas


def schema_files(
    languages: tuple[str, ...], vocabulary: Vocabulary, base: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every schema."""
    for path, body in json_schemas(languages, vocabulary, base).items():
        yield path, json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _row(record: Record, vocabulary: Vocabulary) -> Json:
    """Return the schema of a row: an object with the text of each cell, as CSV readers give it."""
    return {
        "type": "object",
        "properties": {one.name: values.cell(one, vocabulary) for one in record.fields},
        "required": [one.name for one in record.fields if one.required],
        "additionalProperties": False,
    }
