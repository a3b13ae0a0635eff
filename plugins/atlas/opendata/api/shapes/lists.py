"""The shapes of the lists and of their entries."""

from __future__ import annotations

from collections.abc import Mapping

from ..values import Json
from .building import CODE, DATE, ID, NUMBER, URL, WORDS, many, maybe, record, ref, text

_LISTED_CITY = {
    "id": ID,
    "name": text("The official local name."),
    "names": WORDS,
    "country": text("ISO 3166-1 alpha-2."),
    "former_names": many(text(), "Each with its language before it: de:Breslau."),
    "former_ids": many(ID),
}
_LISTED_INSTRUMENT = {
    "id": ID,
    "family": text(enum=["network", "charter"]),
    "names": WORDS,
    "short": WORDS,
    "acronym": maybe(text()),
    "topics": many(ID),
    "recorded": {**NUMBER, "description": "Cities recorded as committed on the day of the edition."},
    "pages": ref("Pages"),
}

LISTED_ACTION = {
    "kind": CODE,
    "status": maybe(CODE),
    "date": DATE,
    "end_date": DATE,
    "title": WORDS,
    "cities": many(ID),
    "instrument": maybe(ID),
    "topics": many(ID),
    "pages": ref("Pages"),
}

LISTED: Mapping[str, Json] = {
    "ListedCity": record("A city in a list.", _LISTED_CITY),
    "ListedInstrument": record("A network or charter in a list.", _LISTED_INSTRUMENT),
    "ListedCountry": record(
        "A country in a list.",
        {"id": ID, "code": text(), "names": WORDS, "cities": NUMBER, "pages": ref("Pages")},
    ),
    "ListedTopic": record("A topic in a list.", {"id": ID, "names": WORDS, "pages": ref("Pages")}),
    "ListedSource": record(
        "A document in a list.",
        {
            "id": ID,
            "title": text(),
            "publisher": maybe(text()),
            "url": URL,
            "published": DATE,
            "pages": ref("Pages"),
        },
    ),
    "ListedAction": record("An action in a list.", {"id": ID, **LISTED_ACTION}),
}
