"""The changes as one reader reads them: the world first, then the atlas, each by city or instrument."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...languages.addresses import Addresses
from ...languages.language import Language
from ...model.records import Commitment, Instrument
from ..comparison.change import Change, Nature, Pair
from .affected_pages import concerns, pages
from .names import Names
from .sentences import sentence

GROUPED_FROM = 5
"""From so many claims in one instrument they stand together under it, and not under each city."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEntry:
    """One change in one language."""

    change: Change
    section: str
    """What the world did, or what the atlas learnt: the heading."""
    group: tuple[int, str, str]
    """Rank, heading and id of a city, an instrument or a kind of record, whose changes stand together."""
    sentence: str
    pages: tuple[str, ...]
    """Addresses from the root of the site, the closest first (``cities/krakow/#eccar``)."""


def plain(text: str) -> str:
    """Return contributed text fit for one line of a terminal or file: no control character moves the cursor.

    Data of long ago was not yet checked by the present rules.
    """
    if text.replace("\u00a0", " ").isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\u00a0" else "\ufffd" for c in text)


def report(
    pair: Pair,
    changes: Sequence[Change],
    lang: Language,
    addresses: Addresses,
    as_of: date,
) -> tuple[ReportEntry, ...]:
    """Return the changes in one language, in the order and under the headings for reading."""
    names, addresses = Names(pair, lang, as_of), addresses.of(pair.after.vocabulary)
    headings: dict[Nature, str] = {
        "world": lang.t("The world changed"),
        "atlas": lang.t("The atlas learnt or corrected"),
    }
    found: list[ReportEntry] = []
    for nature, heading in headings.items():
        own = [change for change in changes if change.nature == nature]
        claims = Counter(c.subject.instrument for c in own if isinstance(c.subject, Commitment))
        placed = [(_group(names, change, claims), change) for change in own]
        placed.sort(key=lambda one: (one[0][0], lang.sort_key(one[0][1]), one[0][2]))
        found += (
            ReportEntry(
                change=change,
                section=heading,
                group=group,
                sentence=plain(sentence(names, change)),
                pages=tuple(addresses.href(lang.code, *page) for page in pages(change, pair)),
            )
            for group, change in placed
        )
    return tuple(found)


def _group(names: Names, change: Change, claims: Counter[str]) -> tuple[int, str, str]:
    """Return rank, heading and id of the group in which a change stands."""
    one, lang = change.subject, names.lang
    if change.kind == "source":
        return 3, lang.t("Sources"), ""
    if change.kind == "code":
        # Translators: Heading of changes to the codes of the data, such as statuses and topics, and their
        # labels.
        return 4, lang.t("Vocabulary"), ""
    if change.kind == "retired":
        # Translators: Heading of records that the atlas took back.
        return 5, lang.t("Withdrawn"), ""
    about = concerns(change, names.pair)
    many = isinstance(one, Commitment) and claims[one.instrument] >= GROUPED_FROM
    if isinstance(one, Instrument) or many or not about.cities:
        if not about.instruments:
            return 2, lang.t("Actions"), ""
        id = one.instrument if isinstance(one, Commitment) else about.instruments[0]
        return 1, plain(names.instrument(id)), f"instruments/{id}"
    if len(about.cities) > 1:
        if about.instruments:
            return 1, plain(names.instrument(about.instruments[0])), f"instruments/{about.instruments[0]}"
        return 2, lang.t("Actions"), ""
    return 0, plain(names.city(about.cities[0])), f"cities/{about.cities[0]}"
