"""The shapes of our list beside what the instrument says itself."""

from __future__ import annotations

from .building import DATE, ID, NAMED, NUMBER, WORDS, many, maybe, record, ref, text

MEMBER_LIST = record(
    "The list that the instrument publishes itself, beside ours.",
    {
        "lines": many(
            record(
                "A line of its list.",
                {
                    "name": text("As the list spells it."),
                    "country": maybe(text("ISO 3166-1 alpha-2.")),
                    "since": DATE,
                    "outcome": text(
                        "agreeing: recorded alike; conflicting: recorded otherwise; missing: not recorded; "
                        "unknown: of no city that certainly has the name.",
                        enum=["agreeing", "conflicting", "missing", "unknown"],
                    ),
                    "city": maybe(ID),
                    "commitment": maybe(text("The id of the claim beside it.")),
                    "sources": NAMED,
                },
            )
        ),
        "extra": many(text(), "Ids of claims that hold and are not on its list."),
    },
)

RECONCILIATION = record(
    "Our list beside what the instrument says itself.",
    {
        "recorded": {**NUMBER, "description": "Cities recorded as committed on the day of the edition."},
        "counted": maybe({**NUMBER, "description": "How many the instrument's own count gives."}),
        "qualifier": maybe(text(enum=["about", "more-than", None])),
        "counted_on": DATE,
        "counted_by": NAMED,
        "sentence": {**WORDS, "description": "How many of how many, in words."},
        "list": maybe(ref("MemberList")),
    },
)
