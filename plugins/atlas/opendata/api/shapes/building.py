"""What shapes are put together from: the parts of JSON Schema, and values that occur everywhere."""

from __future__ import annotations

from ....model.schema import ID_PATTERN
from ..values import VERSION, Json

_REFS = "#/components/schemas/"


def ref(name: str) -> Json:
    """Return a reference to a shape."""
    return {"$ref": _REFS + name}


def text(help: str = "", **more: object) -> Json:
    """Return the shape of a text, with ``more`` keywords."""
    return {"type": "string", **({"description": help} if help else {}), **more}


def maybe(shape: Json) -> Json:
    """Return a shape that may also be null: unknown."""
    if isinstance(shape.get("type"), str):
        return {**shape, "type": [shape["type"], "null"]}
    return {"oneOf": [shape, {"type": "null"}]}


def many(shape: Json, help: str = "") -> Json:
    """Return the shape of a list."""
    return {"type": "array", "items": shape, **({"description": help} if help else {})}


def by_language(shape: Json, help: str) -> Json:
    """Return the shape of an object whose keys are languages."""
    return {"type": "object", "additionalProperties": shape, "description": help}


def record(help: str, fields: Json, optional: Json | None = None) -> Json:
    """Return the shape of an object in which all ``fields`` are there, and ``optional`` ones may be."""
    return {
        "type": "object",
        "description": help,
        "properties": {**fields, **(optional or {})},
        "required": list(fields),
    }


ID = text("An id: lower-case letters, digits and hyphens.", pattern=f"^{ID_PATTERN.pattern}$")
NUMBER: Json = {"type": "integer", "minimum": 0}
FLAG: Json = {"type": "boolean"}
DAY = text("A day, ISO 8601.", format="date")
URL = maybe(text("An address of another site.", format="uri"))
NAMED: Json = many(ID, "Ids of the sources that say so; see sources of the document.")
WORDS = ref("Text")
DATE = maybe(ref("Date"))
CODE = ref("Code")


def document(kind: str, help: str, fields: Json) -> Json:
    """Return the shape of a whole document, with what every document begins with."""
    head = {
        "api": text("The version of the API.", const=VERSION),
        "edition": text("The name of the edition of the data: its day, and a hash of the data."),
        "type": text(const=kind),
        "id": ID,
    }
    return record(help, head | fields)
