"""The description of the API for programs: OpenAPI 3.1.

https://spec.openapis.org/oas/v3.1.0. Its server is relative to the file, so that a copy of the site describes
itself.
"""

from __future__ import annotations

from ..descriptions import DESCRIPTIONS
from .documents import DOCUMENTS
from .shapes import list_shape, ref, shapes
from .values import FOLDER, VERSION, Json, Lenses, written

PATH = f"{FOLDER}/openapi.json"


def openapi(lenses: Lenses) -> Json:
    """Return the description of every document."""
    lens = lenses[0]
    host = lens.host
    contact = {
        **({"url": host.code} if host.code else {}),
        **({"email": host.email} if host.email else {}),
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": lens.name,
            "summary": lens.lang.text(lens.about.tagline),
            "description": DESCRIPTIONS["openapi"]["description"],
            "version": VERSION,
            "license": {"name": lens.about.licence.name, "identifier": lens.about.licence.id},
            **({"contact": {"name": lens.publisher, **contact}} if contact else {}),
        },
        "servers": [{"url": "."}],
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": _paths(),
        "components": {"schemas": shapes()},
    }


def file(lenses: Lenses) -> tuple[str, str]:
    """Return the path and the text of the description."""
    return PATH, written(openapi(lenses))


def _paths() -> Json:
    paths: Json = {
        "/index.json": _get("index", "Where to start", "Index"),
        "/vocabulary.json": _get("vocabulary", "Every code with its label", "Vocabulary"),
    }
    for name in (*DOCUMENTS, "commitments"):
        shape = list_shape(name)
        paths[f"/{name}.json"] = _get(f"{name}-list", f"The first part of the list of {name}", shape)
        paths[f"/{name}.{{page}}.json"] = _get(
            f"{name}-list-part",
            f"A further part of the list of {name}",
            shape,
            ("page", {"type": "integer", "minimum": 2}, "The number of the part, from 2."),
        )
    for name, one in DOCUMENTS.items():
        parameter = ("id", {"type": "string"}, "The id, as in the address of the page.")
        paths[f"/{name}/{{id}}.json"] = _get(name, one.about, one.shape, parameter)
    return paths


def _get(id: str, summary: str, shape: str, parameter: tuple[str, Json, str] | None = None) -> Json:
    name, kind, help = parameter or ("", {}, "")
    named = [{"name": name, "in": "path", "required": True, "schema": kind, "description": help}]
    return {
        "get": {
            "operationId": id,
            "summary": summary,
            **({"parameters": named} if parameter else {}),
            "responses": {
                "200": {
                    "description": summary,
                    "content": {"application/json": {"schema": ref(shape)}},
                },
                **({"404": {"description": "There is no such document."}} if parameter else {}),
            },
        }
    }
