"""The shapes of what documents have in common: dates, texts, sources, claims."""

from __future__ import annotations

from collections.abc import Mapping

from ..values import Json
from .building import DATE, DAY, FLAG, ID, NAMED, URL, WORDS, by_language, many, maybe, record, ref, text

SOURCE: Json = {
    "title": text(),
    "publisher": maybe(text()),
    "url": URL,
    "archived": URL,
    "lang": maybe(text("BCP 47.")),
    "published": DATE,
    "gone": {**DATE, "description": "When its page was found to be there no more; see archived."},
}
"""What every document says of a source that it names."""

PARTS: Mapping[str, Json] = {
    "Date": record(
        "A date as exact as its source, never padded: 2022 stays the whole of 2022.",
        {
            "edtf": text(
                "As the data has it (EDTF): 2022~ is about 2022, 2022? uncertain, 2022% both; "
                "../2022 is 2022 or earlier."
            ),
            "value": text("Without its qualifiers: 2022, 2022-09 or 2022-09-25."),
            "precision": text(enum=["year", "month", "day"]),
            "earliest": maybe(
                {
                    **DAY,
                    "description": "The first day that it may mean; null where only the last one is known.",
                }
            ),
            "latest": {**DAY, "description": "The last day that it may mean."},
            "approximate": FLAG,
            "uncertain": FLAG,
        },
    ),
    "Text": by_language(
        {"type": "string"},
        "Text by language (BCP 47); und holds what was given once for all languages. A language that is "
        "missing has not been written, an empty object is unknown.",
    ),
    "Pages": by_language(
        {"type": "string", "format": "uri-reference"},
        "The address of the page on the site in each of its languages, below the root of the site.",
    ),
    "Code": record("A code of the vocabulary.", {"id": text(), "label": WORDS}),
    "Country": record(
        "A country.",
        {"code": text("ISO 3166-1 alpha-2.", pattern="^[A-Z]{2}$"), "names": WORDS},
    ),
    "Sources": {
        "type": "object",
        "description": "The documents that the parts of this document name, by id.",
        "additionalProperties": record(
            "A document.",
            SOURCE,
        ),
    },
    "Claim": record(
        "One city in one network or under one charter for one period.",
        {
            "id": maybe(
                text("The short id that it is quoted by, for ever: krakow/eccar, krakow/eccar/2008.")
            ),
            "city": ID,
            "instrument": ID,
            "period": maybe(
                {**ID, "description": "Tells a period of the pair from the one with the short id."}
            ),
            "status": text("A code of the vocabulary's statuses."),
            "state": text(
                "What it amounts to on the day of the edition.",
                enum=["committed", "suspended", "ended", "declined", "pending", "participated"],
            ),
            "decided": DATE,
            "since": DATE,
            "until": DATE,
            "verified": {**DATE, "description": "When a person last found that the source still says so."},
            "verified_by": maybe(text("Who looked.")),
            "roles": many(text()),
            "act": maybe(text("Title and number of the legal act.")),
            "note": WORDS,
            "disputed": {**FLAG, "description": "Whether sources give different values for it."},
            "sources": NAMED,
            "action": maybe({**ID, "description": "The action that records a refusal; else null."}),
            "brought_about_by": many(ID, "The actions that brought it about."),
            "statement": {**WORDS, "description": "The claim in one sentence."},
            "pages": ref("Pages"),
        },
        {
            "shown": by_language(
                {"type": "object", "additionalProperties": {"type": "string"}},
                "Words of the site; they may be reworded at any time.",
            )
        },
    ),
    "Difference": record(
        "What sources say differently about one field of a record; the preferred value first.",
        {
            "record": text(),
            "field": text(),
            "values": many(
                record("A value.", {"value": text(), "preferred": FLAG, "reason": WORDS, "sources": NAMED})
            ),
        },
    ),
}

DIFFERENCES = many(ref("Difference"))
