"""The shapes of the documents as JSON Schemas (draft 2020-12), by the names that the description gives them.

They are written in ``shapes.yaml``; what follows from a rule is added here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...languages.wordings import packaged
from .documents import COLLECTIONS
from .values import Json


def ref(name: str) -> Json:
    """Return a reference to a shape."""
    return {"$ref": f"#/components/schemas/{name}"}


def list_shape(name: str) -> str:
    """Return the name of the shape of a list."""
    return f"ListOf{name.capitalize()}"


def shapes() -> dict[str, Json]:
    """Return every shape by its name."""
    written = packaged(Path(__file__).with_suffix(".yaml"))
    lists = {list_shape(name): _list(name, written["list"]) for name in COLLECTIONS}
    return {name: _schema(entry, written["head"]) for name, entry in (written["shapes"] | lists).items()}


def _list(name: str, entry: dict[str, Any]) -> dict[str, Any]:
    items = {"type": "array", "items": {"$ref": COLLECTIONS[name].entry_shape}}
    about = entry["description"].format(name=name)
    return entry | {"description": about, "properties": entry["properties"] | {"items": items}}


def _schema(entry: Mapping[str, Any], head: Mapping[str, Any]) -> Json:
    """Return an entry of ``shapes.yaml`` as a JSON Schema; ``head`` is what every document begins with."""
    shape: dict[str, Any] = dict(entry)
    nullable, optional = shape.pop("nullable", False), shape.pop("optional", ())
    kind = shape.pop("document", None)
    for inner in {"items", "additionalProperties"} & set(shape):
        shape[inner] = _schema(shape[inner], head)
    if "properties" in shape:
        fields = shape["properties"]
        if kind:
            fields = {**head, "type": head["type"] | {"const": kind}, **fields}
        properties = {name: _schema(field, head) for name, field in fields.items()}
        required = [name for name in fields if name not in optional]
        shape = {"type": "object", **shape, "properties": properties, "required": required}
    if "$ref" in shape:
        shape |= ref(shape["$ref"])
        if nullable:
            return {"oneOf": [{"$ref": shape.pop("$ref")}, {"type": "null"}], **shape}
    elif nullable:
        shape["type"] = [shape["type"], "null"]
    return shape
