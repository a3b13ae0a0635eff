"""The shapes of the documents as JSON Schemas (draft 2020-12), by the names that the description gives them.

A field that is listed is always there; what is unknown is null or empty. Fields may be added within version
1, so nothing is closed to further ones.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..schema import ID_PATTERN
from .values import VERSION, Json

_REFS = "#/components/schemas/"


def ref(name: str) -> Json:
    """Return a reference to a shape."""
    return {"$ref": _REFS + name}


def _text(help: str = "", **more: object) -> Json:
    return {"type": "string", **({"description": help} if help else {}), **more}


def _maybe(shape: Json) -> Json:
    """Return a shape that may also be null: unknown."""
    if isinstance(shape.get("type"), str):
        return {**shape, "type": [shape["type"], "null"]}
    return {"oneOf": [shape, {"type": "null"}]}


def _many(shape: Json, help: str = "") -> Json:
    return {"type": "array", "items": shape, **({"description": help} if help else {})}


def _by_language(shape: Json, help: str) -> Json:
    return {"type": "object", "additionalProperties": shape, "description": help}


def _object(help: str, fields: Json, optional: Json | None = None) -> Json:
    return {
        "type": "object",
        "description": help,
        "properties": {**fields, **(optional or {})},
        "required": list(fields),
    }


_ID = _text("An id: lower-case letters, digits and hyphens.", pattern=f"^{ID_PATTERN.pattern}$")
_NUMBER: Json = {"type": "integer", "minimum": 0}
_FLAG: Json = {"type": "boolean"}
_DAY = _text("A day, ISO 8601.", format="date")
_URL = _maybe(_text("An address of another site.", format="uri"))
_NAMED: Json = _many(_ID, "Ids of the sources that say so; see sources of the document.")
_WORDS = ref("Text")
_DATE = _maybe(ref("Date"))
_CODE = ref("Code")


def _document(kind: str, help: str, fields: Json) -> Json:
    head = {
        "api": _text("The version of the API.", const=VERSION),
        "edition": _text("The name of the edition of the data: its day, and a hash of the data."),
        "type": _text(const=kind),
        "id": _ID,
    }
    return _object(help, head | fields)


_VALUES: Mapping[str, Json] = {
    "Date": _object(
        "A date as exact as its source, never padded: 2022 stays the whole of 2022.",
        {
            "edtf": _text("As the data has it (EDTF): 2022~ is about 2022, 2022? uncertain, 2022% both."),
            "value": _text("Without its qualifier: 2022, 2022-09 or 2022-09-25."),
            "precision": _text(enum=["year", "month", "day"]),
            "earliest": {**_DAY, "description": "The first day that it may mean."},
            "latest": {**_DAY, "description": "The last day that it may mean."},
            "approximate": _FLAG,
            "uncertain": _FLAG,
        },
    ),
    "Text": _by_language(
        {"type": "string"},
        "Text by language (BCP 47); und holds what was given once for all languages. A language that is "
        "missing has not been written, an empty object is unknown.",
    ),
    "Pages": _by_language(
        {"type": "string", "format": "uri-reference"},
        "The address of the page on the site in each of its languages, below the root of the site.",
    ),
    "Code": _object("A code of the vocabulary.", {"id": _text(), "label": _WORDS}),
    "Country": _object(
        "A country.",
        {"code": _text("ISO 3166-1 alpha-2.", pattern="^[A-Z]{2}$"), "names": _WORDS},
    ),
    "Sources": {
        "type": "object",
        "description": "The documents that the parts of this document name, by id.",
        "additionalProperties": _object(
            "A document.",
            {
                "title": _text(),
                "publisher": _maybe(_text()),
                "url": _URL,
                "archived": _URL,
                "lang": _maybe(_text("BCP 47.")),
                "published": _DATE,
            },
        ),
    },
    "Claim": _object(
        "One city in one network or under one charter for one period.",
        {
            "id": _maybe(_text("The short id that it is quoted by, for ever: krakow/eccar.")),
            "city": _ID,
            "instrument": _ID,
            "status": _text("A code of the vocabulary's statuses."),
            "state": _text(
                "What it amounts to on the day of the edition.",
                enum=["committed", "ended", "declined", "pending"],
            ),
            "decided": _DATE,
            "since": _DATE,
            "until": _DATE,
            "verified": {**_DATE, "description": "When a person last found that the source still says so."},
            "roles": _many(_text()),
            "act": _maybe(_text("Title and number of the legal act.")),
            "note": _WORDS,
            "disputed": {**_FLAG, "description": "Whether sources give different values for it."},
            "sources": _NAMED,
            "action": _maybe({**_ID, "description": "The action that records a refusal; else null."}),
            "statement": {**_WORDS, "description": "The claim in one sentence."},
            "pages": ref("Pages"),
        },
        {
            "shown": _by_language(
                {"type": "object", "additionalProperties": {"type": "string"}},
                "Words of the site; they may be reworded at any time.",
            )
        },
    ),
    "Difference": _object(
        "What sources say differently about one field of a record; the preferred value first.",
        {
            "record": _text(),
            "field": _text(),
            "values": _many(
                _object(
                    "A value.", {"value": _text(), "preferred": _FLAG, "reason": _WORDS, "sources": _NAMED}
                )
            ),
        },
    ),
}

_DIFFERENCES = _many(ref("Difference"))
_LISTED_CITY = {
    "id": _ID,
    "name": _text("The official local name."),
    "names": _WORDS,
    "country": _text("ISO 3166-1 alpha-2."),
    "former_ids": _many(_ID),
}
_LISTED_INSTRUMENT = {
    "id": _ID,
    "family": _text(enum=["network", "charter"]),
    "names": _WORDS,
    "acronym": _maybe(_text()),
    "topics": _many(_ID),
    "recorded": {**_NUMBER, "description": "Cities recorded as committed on the day of the edition."},
    "pages": ref("Pages"),
}
_LISTED_ACTION = {
    "kind": _CODE,
    "status": _maybe(_CODE),
    "date": _DATE,
    "end_date": _DATE,
    "title": _WORDS,
    "cities": _many(_ID),
    "instrument": _maybe(_ID),
    "topics": _many(_ID),
    "pages": ref("Pages"),
}
_MEMBER_LIST = _object(
    "The list that the instrument publishes itself, beside ours.",
    {
        "lines": _many(
            _object(
                "A line of its list.",
                {
                    "name": _text("As the list spells it."),
                    "country": _maybe(_text("ISO 3166-1 alpha-2.")),
                    "since": _DATE,
                    "outcome": _text(
                        "agreeing: recorded alike; conflicting: recorded otherwise; missing: not recorded; "
                        "unknown: of no city that certainly has the name.",
                        enum=["agreeing", "conflicting", "missing", "unknown"],
                    ),
                    "city": _maybe(_ID),
                    "commitment": _maybe(_text("The id of the claim beside it.")),
                    "sources": _NAMED,
                },
            )
        ),
        "extra": _many(_text(), "Ids of claims that hold and are not on its list."),
    },
)

_DOCUMENTS: Mapping[str, Json] = {
    "City": _document(
        "city",
        "A city with everything that is recorded of it.",
        {
            "name": _text("The official local name."),
            "names": _WORDS,
            "country": ref("Country"),
            "region": _maybe(_text("ISO 3166-2.")),
            "location": _maybe(
                _object(
                    "WGS84, degrees.",
                    {
                        "lat": {"type": "number", "minimum": -90, "maximum": 90},
                        "lon": {"type": "number", "minimum": -180, "maximum": 180},
                    },
                )
            ),
            "population": _maybe(_NUMBER),
            "geonames": _maybe(_text()),
            "wikidata": _maybe(_text()),
            "website": _URL,
            "former_ids": _many(_ID),
            "pages": ref("Pages"),
            "commitments": _many(ref("Claim")),
            "hosted": _many(
                _object("A conference.", {"instrument": _ID, "on": _DATE, "note": _WORDS, "sources": _NAMED})
            ),
            "actions": _many(_ID),
            "differences": _DIFFERENCES,
            "sources": ref("Sources"),
            "shown": _by_language({"type": "object"}, "Words of the site; they may be reworded at any time."),
        },
    ),
    "Instrument": _document(
        "instrument",
        "A network or charter with its claims.",
        {
            "family": _text(enum=["network", "charter"]),
            "kind": _CODE,
            "names": _WORDS,
            "acronym": _maybe(_text()),
            "former_names": _many(_WORDS),
            "began": {**_DATE, "description": "When a network was founded, or a charter adopted."},
            "ended": _DATE,
            "successor": _maybe(_ID),
            "founder": _WORDS,
            "secretariat": _WORDS,
            "website": _URL,
            "topics": _many(_ID),
            "summary": _WORDS,
            "note": _WORDS,
            "open_to": _many(_text(), "Codes of countries, or all; empty is unknown."),
            "obligations": _many(
                _object(
                    "What a city takes on.",
                    {
                        "id": _ID,
                        "text": _WORDS,
                        "due_within": _maybe(_text("ISO 8601 duration.")),
                        "sources": _NAMED,
                    },
                )
            ),
            "counts": _many(
                _object(
                    "How many members a source counts.",
                    {
                        "members": _NUMBER,
                        "qualifier": _maybe(_text(enum=["about", "more-than", None])),
                        "on": _DATE,
                        "scope": _WORDS,
                        "note": _WORDS,
                        "sources": _NAMED,
                    },
                )
            ),
            "hosts": _many(
                _object("A conference.", {"city": _ID, "on": _DATE, "note": _WORDS, "sources": _NAMED})
            ),
            "pages": ref("Pages"),
            "commitments": _many(ref("Claim")),
            "actions": _many(_ID),
            "reconciliation": ref("Reconciliation"),
            "differences": _DIFFERENCES,
            "named_sources": _NAMED,
            "sources": ref("Sources"),
        },
    ),
    "CountryDocument": _document(
        "country",
        "A country with its recorded cities.",
        {
            "code": _text("ISO 3166-1 alpha-2."),
            "names": _WORDS,
            "pages": ref("Pages"),
            "cities": _many(ref("ListedCity")),
            "instruments": _many(_ID),
        },
    ),
    "Topic": _document(
        "topic",
        "A topic.",
        {
            "names": _WORDS,
            "help": _WORDS,
            "pages": ref("Pages"),
            "instruments": _many(_ID),
            "actions": _many(_ID),
        },
    ),
    "Source": _document(
        "source",
        "A document, with what rests on it.",
        {
            "title": _text(),
            "publisher": _maybe(_text()),
            "url": _URL,
            "archived": _URL,
            "lang": _maybe(_text("BCP 47.")),
            "published": _DATE,
            "accessed": _DATE,
            "gone": {**_DATE, "description": "When its page was found to be there no more."},
            "kind": _maybe(_CODE),
            "note": _maybe(_text()),
            "pages": ref("Pages"),
            "commitments": _many(_text(), "Ids of claims."),
            "instruments": _many(_ID),
            "actions": _many(_ID),
            "differences": _many(
                _object(
                    "A value that it gives where sources differ.",
                    {"record": _text(), "field": _text(), "value": _text(), "preferred": _FLAG},
                )
            ),
        },
    ),
    "Action": _document(
        "action",
        "What a city or body did.",
        {
            **_LISTED_ACTION,
            "summary": _WORDS,
            "note": _WORDS,
            "fulfils": _many(_ID, "Obligations of the instrument that it fulfils for its cities."),
            "act": _maybe(
                _object(
                    "The legal act behind it.",
                    {
                        **{name: _maybe(_text()) for name in ("title", "body", "number")},
                        "decided": _DATE,
                        "effective": _DATE,
                    },
                )
            ),
            "items": _many(_object("A task or point.", {"text": _WORDS, "sources": _NAMED})),
            "differences": _DIFFERENCES,
            "named_sources": _NAMED,
            "sources": ref("Sources"),
        },
    ),
    "Vocabulary": _document(
        "vocabulary",
        "Every code with its label and help.",
        {
            "sections": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": _object("A code.", {"label": _WORDS, "help": _WORDS}),
                },
            }
        },
    ),
    "Index": _document(
        "index",
        "Where everything is, of which edition, on what terms.",
        {
            "as_of": {**_DAY, "description": "The day of the edition."},
            "title": _WORDS,
            "site": _maybe(_text("The address of the site; addresses of pages stand below it.")),
            "languages": _many(_text()),
            "licence": _object("The terms.", {"id": _text(), "url": _text(format="uri")}),
            "attribution": {**_WORDS, "description": "The line to put beside what is reused."},
            "lists": {
                "type": "object",
                "additionalProperties": _object(
                    "A list.",
                    {
                        "total": _NUMBER,
                        "pages": _NUMBER,
                        "first": _text("The first part of the list."),
                        "document": _maybe(_text("The address of one document.")),
                    },
                ),
            },
            "vocabulary": _text(),
            "description": _text("The description of this API."),
            "version": _text(const=VERSION),
        },
    ),
}

_LISTED: Mapping[str, Json] = {
    "ListedCity": _object("A city in a list.", _LISTED_CITY),
    "ListedInstrument": _object("A network or charter in a list.", _LISTED_INSTRUMENT),
    "ListedCountry": _object(
        "A country in a list.",
        {"id": _ID, "code": _text(), "names": _WORDS, "cities": _NUMBER, "pages": ref("Pages")},
    ),
    "ListedTopic": _object("A topic in a list.", {"id": _ID, "names": _WORDS, "pages": ref("Pages")}),
    "ListedSource": _object(
        "A document in a list.",
        {
            "id": _ID,
            "title": _text(),
            "publisher": _maybe(_text()),
            "url": _URL,
            "published": _DATE,
            "pages": ref("Pages"),
        },
    ),
    "ListedAction": _object("An action in a list.", {"id": _ID, **_LISTED_ACTION}),
}

_RECONCILIATION = _object(
    "Our list beside what the instrument says itself.",
    {
        "recorded": {**_NUMBER, "description": "Cities recorded as committed on the day of the edition."},
        "counted": _maybe({**_NUMBER, "description": "How many the instrument's own count gives."}),
        "qualifier": _maybe(_text(enum=["about", "more-than", None])),
        "counted_on": _DATE,
        "counted_by": _NAMED,
        "sentence": {**_WORDS, "description": "How many of how many, in words."},
        "list": _maybe(ref("MemberList")),
    },
)

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
    return _document(
        "list",
        f"A part of the list of {name}.",
        {
            "total": {**_NUMBER, "description": "How many there are in all parts."},
            "page": {"type": "integer", "minimum": 1},
            "pages": {"type": "integer", "minimum": 1},
            "next": _maybe(_text("The name of the next part; null at the end.")),
            "items": _many(ref(ENTRIES[name])),
        },
    )


def list_shape(name: str) -> str:
    """Return the name of the shape of a list."""
    return f"ListOf{name.capitalize()}"


def shapes() -> dict[str, Json]:
    """Return every shape by its name."""
    lists = {list_shape(name): _list(name) for name in ENTRIES}
    return {
        **_VALUES,
        "Reconciliation": _RECONCILIATION,
        "MemberList": _MEMBER_LIST,
        **_LISTED,
        **_DOCUMENTS,
        **lists,
    }
