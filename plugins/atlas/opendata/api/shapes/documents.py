"""The shapes of the documents of records, and of the two that describe the rest."""

from __future__ import annotations

from collections.abc import Mapping

from ....model.schema import schema
from ..values import VERSION, Json
from .building import (
    CODE,
    DATE,
    DAY,
    FLAG,
    ID,
    NAMED,
    NUMBER,
    URL,
    WORDS,
    by_language,
    document,
    many,
    maybe,
    record,
    ref,
    text,
)
from .lists import LISTED_ACTION
from .parts import DIFFERENCES, SOURCE

_ITEM = {one.name: one for one in schema()["action"].by_name["items"].fields}

RECORDS: Mapping[str, Json] = {
    "City": document(
        "city",
        "A city with everything that is recorded of it.",
        {
            "name": text("The official local name."),
            "names": WORDS,
            "country": ref("Country"),
            "region": maybe(text("ISO 3166-2.")),
            "location": maybe(
                record(
                    "WGS84, degrees.",
                    {
                        "lat": {"type": "number", "minimum": -90, "maximum": 90},
                        "lon": {"type": "number", "minimum": -180, "maximum": 180},
                    },
                )
            ),
            "population": maybe(NUMBER),
            "geonames": maybe(text()),
            "wikidata": maybe(text()),
            "website": URL,
            "codes": many(text(), "Numbers in registers: teryt:1261011."),
            "former_names": many(text(), "Each with its language before it: de:Breslau."),
            "until": {**DATE, "description": "When it ceased to exist."},
            "successor": maybe(ID),
            "former_ids": many(ID),
            "pages": ref("Pages"),
            "commitments": many(ref("Claim")),
            "hosted": many(
                record("A conference.", {"instrument": ID, "on": DATE, "note": WORDS, "sources": NAMED})
            ),
            "actions": many(ID),
            "differences": DIFFERENCES,
            "sources": ref("Sources"),
            "shown": by_language({"type": "object"}, "Words of the site; they may be reworded at any time."),
        },
    ),
    "Instrument": document(
        "instrument",
        "A network or charter with its claims.",
        {
            "family": text(enum=["network", "charter"]),
            "kind": CODE,
            "names": WORDS,
            "short": WORDS,
            "acronym": maybe(text()),
            "former_names": many(WORDS),
            "began": {**DATE, "description": "When a network was founded, or a charter adopted."},
            "ended": DATE,
            "successor": maybe(ID),
            "founder": WORDS,
            "secretariat": WORDS,
            "website": URL,
            "topics": many(ID),
            "summary": WORDS,
            "note": WORDS,
            "open_to": many(text(), "Codes of countries, or all; empty is unknown."),
            "obligations": many(
                record(
                    "What a city takes on.",
                    {
                        "id": ID,
                        "text": WORDS,
                        "due_within": maybe(text("ISO 8601 duration.")),
                        "sources": NAMED,
                    },
                )
            ),
            "counts": many(
                record(
                    "How many members a source counts.",
                    {
                        "members": NUMBER,
                        "qualifier": maybe(text(enum=["about", "more-than", None])),
                        "on": DATE,
                        "scope": WORDS,
                        "note": WORDS,
                        "sources": NAMED,
                    },
                )
            ),
            "hosts": many(record("A conference.", {"city": ID, "on": DATE, "note": WORDS, "sources": NAMED})),
            "pages": ref("Pages"),
            "commitments": many(ref("Claim")),
            "actions": many(ID),
            "reconciliation": ref("Reconciliation"),
            "differences": DIFFERENCES,
            "named_sources": NAMED,
            "sources": ref("Sources"),
        },
    ),
    "CountryDocument": document(
        "country",
        "A country with its recorded cities.",
        {
            "code": text("ISO 3166-1 alpha-2."),
            "names": WORDS,
            "pages": ref("Pages"),
            "cities": many(ref("ListedCity")),
            "instruments": many(ID),
        },
    ),
    "Topic": document(
        "topic",
        "A topic.",
        {
            "names": WORDS,
            "help": WORDS,
            "pages": ref("Pages"),
            "instruments": many(ID),
            "actions": many(ID),
        },
    ),
    "Source": document(
        "source",
        "A document, with what rests on it.",
        {
            **SOURCE,
            "accessed": DATE,
            "kind": maybe(CODE),
            "note": WORDS,
            "pages": ref("Pages"),
            "commitments": many(text(), "Ids of claims."),
            "instruments": many(ID),
            "actions": many(ID),
            "differences": many(
                record(
                    "A value that it gives where sources differ.",
                    {"record": text(), "field": text(), "value": text(), "preferred": FLAG},
                )
            ),
        },
    ),
    "Action": document(
        "action",
        "What a city or body did.",
        {
            **LISTED_ACTION,
            "summary": WORDS,
            "note": WORDS,
            "fulfils": many(ID, "Obligations of the instrument that it fulfils for its cities."),
            "commitments": many(text(), "Ids of the claims that it brought about."),
            "act": maybe(
                record(
                    "The legal act behind it.",
                    {
                        **{name: maybe(text()) for name in ("title", "body", "number")},
                        "decided": DATE,
                        "effective": DATE,
                    },
                )
            ),
            "items": many(
                record(
                    "A task or point.",
                    {
                        "text": WORDS,
                        "state": maybe(text(enum=[*_ITEM["state"].choices, None])),
                        "on": {**DATE, "description": "On which day it stood so."},
                        "sources": NAMED,
                    },
                )
            ),
            "differences": DIFFERENCES,
            "named_sources": NAMED,
            "sources": ref("Sources"),
        },
    ),
    "Vocabulary": document(
        "vocabulary",
        "Every code with its label and help.",
        {
            "sections": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": record("A code.", {"label": WORDS, "help": WORDS}),
                },
            }
        },
    ),
    "Index": document(
        "index",
        "Where everything is, of which edition, on what terms.",
        {
            "as_of": {**DAY, "description": "The day of the edition."},
            "title": WORDS,
            "site": maybe(text("The address of the site; addresses of pages stand below it.")),
            "languages": many(text()),
            "licence": record("The terms.", {"id": text(), "url": text(format="uri")}),
            "attribution": {**WORDS, "description": "The line to put beside what is reused."},
            "lists": {
                "type": "object",
                "additionalProperties": record(
                    "A list.",
                    {
                        "total": NUMBER,
                        "pages": NUMBER,
                        "first": text("The first part of the list."),
                        "document": maybe(text("The address of one document.")),
                    },
                ),
            },
            "vocabulary": text(),
            "description": text("The description of this API."),
            "version": text(const=VERSION),
        },
    ),
}
