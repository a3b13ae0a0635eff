"""The lists of documents, in parts where they are long, and the document to start from."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator

from ..licence import attribution
from . import values
from .documents import COLLECTIONS, DOCUMENTS, number_of_records, records
from .values import FOLDER, VERSION, Json, Lenses, text

API_PAGE_SIZE = 1000
"""How many records one part of a list holds."""


def name_of(name: str, page: int) -> str:
    """Return the name of a part of a list: ``cities.json``, then ``cities.2.json`` (no id has a dot)."""
    return f"{name}.json" if page == 1 else f"{name}.{page}.json"


def number_of_pages(lenses: Lenses, name: str, most: int = API_PAGE_SIZE) -> int:
    """Return how many parts a list has; one where it is empty."""
    return max(1, math.ceil(number_of_records(lenses[0].atlas, name) / most))


def parts(lenses: Lenses) -> Iterator[str]:
    """Yield every part of every list as ``name/number``."""
    for name in COLLECTIONS:
        yield from (f"{name}/{page}" for page in range(1, number_of_pages(lenses, name) + 1))


def part(lenses: Lenses, name: str, page: int, most: int = API_PAGE_SIZE) -> Json:
    """Return one part of a list, counted from 1; each part names the next one."""
    held = records(lenses[0].atlas, name, (page - 1) * most, page * most)
    last = number_of_pages(lenses, name, most)
    return {
        **values.head(lenses[0], "list", name),
        "total": number_of_records(lenses[0].atlas, name),
        "page": page,
        "pages": last,
        "next": name_of(name, page + 1) if page < last else None,
        "items": [COLLECTIONS[name].entry(lenses, one) for one in held],
    }


def file(lenses: Lenses, name: str, page: str) -> tuple[str, str]:
    """Return the path and the text of a part: one record a line, so that two editions can be compared."""
    made = part(lenses, name, int(page))
    items = ",\n".join(values.written(one).rstrip("\n") for one in made.pop("items"))
    start = values.written(made).rstrip("}\n")
    return f"{FOLDER}/{name_of(name, int(page))}", f'{start},"items":[\n{items}\n]}}\n'


def vocabulary(lenses: Lenses) -> Json:
    """Return every code with its label and help, by section."""
    codes = lenses[0].atlas.vocabulary
    return {
        **values.head(lenses[0], "vocabulary", "vocabulary"),
        "sections": {
            section.name: {
                id: {"label": text(one.label), "help": text(one.help)}
                for id, one in getattr(codes, section.name).items()
            }
            for section in dataclasses.fields(codes)
        },
    }


def index(lenses: Lenses) -> Json:
    """Return the document to start from: the edition, the terms, and where everything is."""
    lens = lenses[0]
    return {
        **values.head(lens, "index", "index"),
        "as_of": lens.as_of.isoformat(),
        "title": {one.lang.code: one.name for one in lenses},
        "site": lens.absolute("") or None,
        "languages": [one.lang.code for one in lenses],
        "licence": {"id": lens.about.licence.id, "url": lens.about.licence.url},
        "attribution": {one.lang.code: attribution(one) for one in lenses},
        "lists": {
            name: {
                "total": number_of_records(lens.atlas, name),
                "pages": number_of_pages(lenses, name),
                "first": name_of(name, 1),
                "document": f"{name}/{{id}}.json" if name in DOCUMENTS else None,
            }
            for name in COLLECTIONS
        },
        "vocabulary": "vocabulary.json",
        "description": "openapi.json",
        "version": VERSION,
    }


def files(lenses: Lenses) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of the documents that there is one of."""
    yield f"{FOLDER}/index.json", values.written(index(lenses))
    yield f"{FOLDER}/vocabulary.json", values.written(vocabulary(lenses))
