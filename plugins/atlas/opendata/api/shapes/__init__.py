"""The shapes of the documents as JSON Schemas (draft 2020-12), by the names that the description gives them.

A field that is listed is always there; what is unknown is null or empty. Fields may be added within version
1, so nothing is closed to further ones.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..values import Json
from .building import NUMBER, document, many, maybe, ref, text
from .documents import RECORDS
from .lists import LISTED
from .parts import PARTS
from .reconciliation import MEMBER_LIST, RECONCILIATION

__all__ = ["DOCUMENTS", "ENTRIES", "list_shape", "ref", "shapes"]

ENTRIES: Mapping[str, str] = {
    "cities": "ListedCity",
    "instruments": "ListedInstrument",
    "commitments": "Claim",
    "countries": "ListedCountry",
    "topics": "ListedTopic",
    "sources": "ListedSource",
    "actions": "ListedAction",
}
"""What the entries of each list are."""

DOCUMENTS: Mapping[str, str] = {
    "cities": "City",
    "instruments": "Instrument",
    "countries": "CountryDocument",
    "topics": "Topic",
    "sources": "Source",
    "actions": "Action",
}
"""What the documents of each folder are."""


def _list(name: str) -> Json:
    return document(
        "list",
        f"A part of the list of {name}.",
        {
            "total": {**NUMBER, "description": "How many there are in all parts."},
            "page": {"type": "integer", "minimum": 1},
            "pages": {"type": "integer", "minimum": 1},
            "next": maybe(text("The name of the next part; null at the end.")),
            "items": many(ref(ENTRIES[name])),
        },
    )


def list_shape(name: str) -> str:
    """Return the name of the shape of a list."""
    return f"ListOf{name.capitalize()}"


def shapes() -> dict[str, Json]:
    """Return every shape by its name."""
    lists = {list_shape(name): _list(name) for name in ENTRIES}
    return {
        **PARTS,
        "Reconciliation": RECONCILIATION,
        "MemberList": MEMBER_LIST,
        **LISTED,
        **RECORDS,
        **lists,
    }
