"""Our list of an instrument's cities beside the list that it publishes itself, where one is stored.

A name counts as that of a city only where it certainly is; nothing is guessed. What the two lists do not
agree on is no fault of either: it is what to look at next.
"""

from __future__ import annotations

from typing import Literal

from ...cache.reads import remembered
from ...languages.name_matching import KnownPlace, Matcher
from ...languages.words import Link
from ...model.frozen import Frozen
from ...model.grouping import grouped
from ...model.records import Atlas, City, Commitment, Listed
from .. import evidence
from ..lens import Lens
from ..parts import Group, ListEntry, SourceRef
from .comparison_table import in_order

Outcome = Literal["agreeing", "conflicting", "missing", "unknown"]
"""Of a line of the list: recorded alike; otherwise; not at all; of no place that the atlas knows."""


class ListLine(Frozen):
    """One line of the instrument's list and what the atlas has beside it."""

    listed: Listed
    outcome: Outcome
    city: str | None
    """The id of the city that is meant; None where no city or more than one has the name."""
    claim: Commitment | None = None


class Reconciliation(Frozen):
    """What the two lists say of each city."""

    lines: tuple[ListLine, ...]
    """In the order of the list."""
    extra: tuple[Commitment, ...]
    """Commitments that the atlas records as holding, and that are not on the list."""

    def of(self, outcome: Outcome) -> list[ListLine]:
        """Return the lines of one outcome."""
        return [line for line in self.lines if line.outcome == outcome]


class ListComparison(Frozen):
    """Diff of the two lists, in words."""

    lead: tuple[str, ...]
    groups: tuple[Group[ListEntry], ...]
    """Cities or names that only one list has, or that they say different things of, by how."""
    sources: tuple[SourceRef, ...]


def reconcile(lens: Lens, instrument_id: str) -> Reconciliation | None:
    """Return our list beside the instrument's own; None where nobody has stored it."""
    lines = lens.atlas.lists.get(instrument_id)
    if not lines:
        return None
    claims = grouped(lens.atlas.commitments_of_instrument.get(instrument_id, ()), lambda one: one.city)
    compared = tuple(_line(lens, listed, claims) for listed in lines)
    on_list = {line.city for line in compared}
    standing = lens.committed(one for own in claims.values() for one in own)
    return Reconciliation(lines=compared, extra=tuple(one for one in standing if one.city not in on_list))


def _line(lens: Lens, listed: Listed, claims: dict[str, list[Commitment]]) -> ListLine:
    city = listed.city or _city_of(lens.atlas, listed)
    if city is None:
        return ListLine(listed=listed, outcome="unknown", city=None)
    periods = in_order(lens, claims.get(city, ()))
    if not periods:
        return ListLine(listed=listed, outcome="missing", city=city)
    alike = [one for one in periods if lens.state(one) == "committed" and not _dated_otherwise(listed, one)]
    outcome: Outcome = "agreeing" if alike else "conflicting"
    return ListLine(listed=listed, outcome=outcome, city=city, claim=(alike or periods)[0])


def _dated_otherwise(listed: Listed, claim: Commitment) -> bool:
    """Tell whether no day is both what the list and what the atlas may mean."""
    if not listed.since or not claim.since:
        return False
    return listed.since.certainly_before(claim.since) or claim.since.certainly_before(listed.since)


def _city_of(atlas: Atlas, listed: Listed) -> str | None:
    found = _matcher(atlas).match(listed.name, listed.country or "")
    return found.candidates[0].place.id if found.kind == "exact" else None


@remembered(2, whole=False)
def _matcher(atlas: Atlas) -> Matcher:
    return Matcher(KnownPlace(one.id, one.name, one.country, _names(one)) for one in atlas.cities.values())


def _names(city: City) -> tuple[str, ...]:
    spelt = (id.replace("-", " ") for id in (city.id, *city.former_ids))
    return tuple(dict.fromkeys((city.name, *city.names.values(), *spelt)))


# In words


def compare_lists(lens: Lens, instrument_id: str) -> ListComparison | None:
    """Return both lists side by side for the instrument's page; None where its own is not stored."""
    found = reconcile(lens, instrument_id)
    if found is None:
        return None
    lang, agreeing = lens.lang, len(found.of("agreeing"))
    lead = (
        lang.phrase("own_lists/lines", len(found.lines)),
        lang.n("%(num)s agrees with the atlas.", "%(num)s agree with the atlas.", agreeing),
    )
    missing = [_missing(lens, one) for one in found.of("missing")]
    unknown = [_unknown(lens, one) for one in found.of("unknown")]
    extra = [_extra(lens, one) for one in found.extra]
    conflicting = [_conflicting(lens, one) for one in found.of("conflicting")]
    groups = (
        lens.group(lang.t("On its list, not recorded here"), "list-missing", missing),
        lens.group(lang.t("On its list, but the atlas knows no such place"), "list-unknown", unknown),
        lens.group(lang.t("Recorded here, not on its list"), "list-extra", extra),
        lens.group(lang.t("Said differently"), "list-conflicting", conflicting),
    )
    named = dict.fromkeys(id for line in found.lines for id in line.listed.sources)
    return ListComparison(
        lead=lead,
        groups=tuple(group for group in groups if group.entries),
        sources=evidence.sources(lens, named),
    )


def _missing(lens: Lens, line: ListLine) -> ListEntry:
    assert line.city is not None  # else it would be of an unknown place
    return ListEntry(link=lens.city_link(line.city), note=_since(lens, line.listed))


def _unknown(lens: Lens, line: ListLine) -> ListEntry:
    listed = line.listed
    country = lens.lang.country(listed.country) if listed.country else ""
    return ListEntry(
        link=Link(text=listed.name, href=""), note=", ".join(filter(None, (country, _since(lens, listed))))
    )


def _extra(lens: Lens, claim: Commitment) -> ListEntry:
    return ListEntry(link=lens.city_link(claim.city, claim.anchor), note=lens.statement(claim))


def _conflicting(lens: Lens, line: ListLine) -> ListEntry:
    assert line.city is not None and line.claim is not None  # else there were nothing to conflict with
    says = _since(lens, line.listed) or lens.lang.t("undated")
    note = lens.lang.t("list: %(list)s; atlas: %(atlas)s", list=says, atlas=lens.statement(line.claim))
    return ListEntry(link=lens.city_link(line.city, line.claim.anchor), note=note)


def _since(lens: Lens, listed: Listed) -> str:
    return lens.lang.date(listed.since) if listed.since else ""
