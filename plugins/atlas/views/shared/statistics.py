"""How much the atlas covers, how fresh it is, and what to look at again next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ...model.dates import STALE_MONTHS, PartialDate, months_before
from ...model.frozen import Frozen
from ...model.records import Commitment, Count, Instrument, Source
from ..analysis.recheck import RecheckDocument, recheck_documents
from ..lens import Lens
from ..pages.instrument import largest_first, recorded_cities, who_says
from ..pages.source import number_of_uses

FRESH_MONTHS = 12
"""What was looked at within so many months is called fresh."""


class Ages(Frozen):
    """How many of some records were last looked at how long ago; each stands in one number."""

    fresh: int
    """Within the last 12 months."""
    ageing: int
    """12 to 24 months ago."""
    stale: int
    """More than 24 months ago."""
    never: int
    """Not since it was recorded, or on no known day."""

    @property
    def total(self) -> int:
        """How many records there are."""
        return self.fresh + self.ageing + self.stale + self.never


class Claims(Frozen):
    """What a number of claims rest on."""

    number: int
    dated: int
    """With a known beginning, or end where it has ended."""
    single: int
    """With one source only."""
    disputed: int
    verified: Ages


class Coverage(Frozen):
    """What the atlas records of one instrument against what its own sources count."""

    id: str
    name: str
    recorded: int
    """Cities recorded as committed today."""
    counted: int | None
    """Members or signatories by the count that pages quote; None where no source counts them."""
    says: str
    """Who counts, and when, in words."""
    claims: Claims

    @property
    def share(self) -> float | None:
        """The recorded part of the whole, from 0 to 1; None without a count or with more than it counts."""
        if not self.counted or self.recorded > self.counted:
            return None
        return self.recorded / self.counted


class SourceStats(Frozen):
    """How fresh and how safe the sources are."""

    read: Ages
    archived: int
    unarchived: int
    """With a public address and no archived copy; the rest are on paper."""
    unused: int
    """Sources on which nothing rests."""


class Stats(Frozen):
    """Everything that ``atlas stats`` tells, in one language."""

    claims: Claims
    sources: SourceStats
    coverage: tuple[Coverage, ...]
    """The largest first."""
    documents: tuple[RecheckDocument, ...]
    """The recheck queue: what to open again, the most claims first."""


def stats(lens: Lens, instruments: Collection[str] = (), countries: Collection[str] = ()) -> Stats:
    """Return the numbers of the atlas, or of some instruments and countries of it.

    ``instruments`` are ids and ``countries`` ISO 3166-1 codes; empty means all. The count
    of an instrument is compared with all of its cities, also where only a country is asked for.
    """
    atlas = lens.atlas
    claims = [
        claim
        for claim in atlas.commitments
        if (not instruments or claim.instrument in instruments)
        and (not countries or atlas.cities[claim.city].country in countries)
    ]
    wanted = {claim.instrument for claim in claims} if countries else set(atlas.instruments)
    chosen = [
        one
        for id, one in atlas.instruments.items()
        if id in wanted and (not instruments or id in instruments)
    ]
    used = {id for claim in claims for id in claim.sources}
    whole = not instruments and not countries
    sources = [one for id, one in atlas.sources.items() if whole or id in used]
    return Stats(
        claims=_claims(lens, claims),
        sources=source_stats(lens, sources),
        coverage=tuple(
            _coverage(lens, one, [claim for claim in claims if claim.instrument == one.id])
            for one in largest_first(lens, chosen)
        ),
        documents=recheck_documents(lens, claims),
    )


def ages(lens: Lens, looks: Iterable[PartialDate | None]) -> Ages:
    """Return how long ago each of some looks was; a year counts from its last day."""
    fresh, stale = (months_before(lens.as_of, months) for months in (FRESH_MONTHS, STALE_MONTHS))
    days = [look.latest if look else None for look in looks]
    return Ages(
        fresh=sum(day is not None and day >= fresh for day in days),
        ageing=sum(day is not None and stale <= day < fresh for day in days),
        stale=sum(day is not None and day < stale for day in days),
        never=days.count(None),
    )


def _claims(lens: Lens, claims: Sequence[Commitment]) -> Claims:
    disputed = lens.atlas.contradictions
    return Claims(
        number=len(claims),
        dated=sum((one.until if one.status == "former" else one.since) is not None for one in claims),
        single=sum(len(one.sources) == 1 for one in claims),
        disputed=sum(one.record in disputed for one in claims),
        verified=ages(lens, (one.verified for one in claims)),
    )


def source_stats(lens: Lens, sources: Collection[Source]) -> SourceStats:
    """Return how fresh and how safe some sources are."""
    return SourceStats(
        read=ages(lens, (one.accessed for one in sources)),
        archived=sum(one.archived is not None for one in sources),
        unarchived=sum(one.url is not None and one.archived is None for one in sources),
        unused=sum(not number_of_uses(lens, one.id) for one in sources),
    )


def _coverage(lens: Lens, one: Instrument, claims: Sequence[Commitment]) -> Coverage:
    count: Count | None = one.quoted_count
    return Coverage(
        id=one.id,
        name=lens.instrument_short(one),
        recorded=recorded_cities(lens, one.id),
        counted=count.members if count else None,
        says=who_says(lens, count),
        claims=_claims(lens, claims),
    )
