"""The changes as one reader reads them: the world first, then the atlas, each by city or instrument."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ...languages.addresses import Addresses
from ...languages.language import Language
from ...model.grouping import grouped
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
    sentence: str
    pages: tuple[str, ...]
    """Addresses from the root of the site, the closest first (``cities/krakow/#eccar``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGroup:
    """The changes of one city or instrument, or of one kind of record."""

    heading: str
    entries: tuple[ReportEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What the world did, or what the atlas learnt."""

    nature: Nature
    heading: str
    groups: tuple[ReportGroup, ...]

    @property
    def number(self) -> int:
        """How many changes the section holds."""
        return sum(len(group.entries) for group in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that changed, in one language."""

    sections: tuple[Section, ...]
    """Without those that are empty."""

    @property
    def entries(self) -> Iterator[tuple[str, ReportEntry]]:
        """Yield every change with the heading that it stands under."""
        for section in self.sections:
            for group in section.groups:
                yield from ((group.heading, entry) for entry in group.entries)


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
) -> Report:
    """Return the changes in one language, grouped for reading."""
    names, addresses = Names(pair, lang, as_of), addresses.of(pair.after.vocabulary)
    headings: dict[Nature, str] = {
        "world": lang.t("The world changed"),
        "atlas": lang.t("The atlas learnt or corrected"),
    }
    sections = []
    for nature, heading in headings.items():
        own = [change for change in changes if change.nature == nature]
        if own:
            groups = _groups(names, own, addresses)
            sections.append(Section(nature=nature, heading=heading, groups=groups))
    return Report(sections=tuple(sections))


def entry(names: Names, change: Change, addresses: Addresses) -> ReportEntry:
    """Return one change in the language of ``names``."""
    code = names.lang.code
    return ReportEntry(
        change=change,
        sentence=plain(sentence(names, change)),
        pages=tuple(addresses.href(code, *page) for page in pages(change, names.pair)),
    )


def _groups(names: Names, changes: Sequence[Change], addresses: Addresses) -> tuple[ReportGroup, ...]:
    claims = Counter(c.subject.instrument for c in changes if isinstance(c.subject, Commitment))
    found = grouped(changes, lambda change: _group(names, change, claims))
    ordered = sorted(found, key=lambda key: (key[0], names.lang.sort_key(key[1]), key[2]))
    return tuple(
        ReportGroup(
            heading=plain(key[1]),
            entries=tuple(entry(names, change, addresses) for change in found[key]),
        )
        for key in ordered
    )


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
        return 1, names.instrument(id), f"instruments/{id}"
    if len(about.cities) > 1:
        if about.instruments:
            return 1, names.instrument(about.instruments[0]), f"instruments/{about.instruments[0]}"
        return 2, lang.t("Actions"), ""
    return 0, names.city(about.cities[0]), f"cities/{about.cities[0]}"
