"""Which claims to look at again first: the oldest and the weakest, with the reasons in points.

A claim is weaker the longer nobody has looked at it and the less it rests on. The points only
order the queue; they say nothing about whether a claim is true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from ...findings import Place
from ...languages.language import Language
from ...model.frozen import dataclass
from ...model.grouping import grouped
from ...model.records import Commitment, Source
from ..freshness import OVER
from ..lens import Lens

Reason = Literal[
    "never-verified",
    "verified-long-ago",
    "sources-read-long-ago",
    "one-source",
    "no-date",
    "uncertain-date",
    "disputed",
    "no-archive",
]

NEVER_VERIFIED = 40
"""As much as a verification of as many months ago, which is also the most that age counts."""
SOURCES_READ_MOST = 20
"""One point for every two months since a source of a claim never verified was last read."""
ONE_SOURCE = 20
DISPUTED = 15
NO_ARCHIVE = 15
NO_DATE = 10
UNCERTAIN_DATE = 8
"""What makes a claim weak, in months without a look: weighed by judgement, not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One reason to look again, in points and in words."""

    reason: Reason
    points: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """One claim of the queue."""

    key: str
    """The short id of the claim: ``krakow/eccar``."""
    city: str
    instrument: str
    status: str
    score: int
    doubts: tuple[Doubt, ...]
    looked: date | None
    """The last day on which somebody verified it or, where nobody did, read a source of it."""
    place: Place | None
    """Where its row stands."""
    page: str
    """Its address from the root of the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckDocument:
    """A source, and the claims that whoever opens it can look at again."""

    source: Source
    claims: tuple[Commitment, ...]


def recheck_documents(
    lens: Lens, claims: Iterable[Commitment], months: int = 12
) -> tuple[RecheckDocument, ...]:
    """Return the sources behind claims that nobody looked at for so many months, the most claims first.

    What is over and was verified once stays as it is. A claim that rests on several sources is due in each.
    """
    due = (claim for claim in claims if _is_due(lens, claim, months))
    return documents_of(lens, sorted(due, key=lambda one: one.key))


def documents_of(lens: Lens, claims: Iterable[Commitment]) -> tuple[RecheckDocument, ...]:
    """Return the sources behind claims, those behind most first, each with its claims in their order."""
    sources = lens.atlas.sources
    resting = ((id, claim) for claim in claims for id in claim.sources if id in sources)
    found = [
        RecheckDocument(source=sources[id], claims=tuple(claim for _, claim in pairs))
        for id, pairs in grouped(resting, lambda pair: pair[0]).items()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.claims), one.source.id)))


def _is_due(lens: Lens, claim: Commitment, months: int) -> bool:
    if claim.verified is None:
        return True
    return claim.status not in OVER and months_since(claim.verified.latest, lens.as_of) >= months


def recheck_queue(lens: Lens, claims: Iterable[Commitment]) -> tuple[Recheck, ...]:
    """Return every claim with a reason to look again, the strongest reasons first."""
    queue = [one for claim in claims if (one := _recheck(lens, claim)).doubts]
    queue.sort(key=lambda one: (-one.score, one.looked or date.min, one.instrument, one.key))
    return tuple(queue)


def _recheck(lens: Lens, claim: Commitment) -> Recheck:
    doubts = tuple(_doubts(lens, claim))
    return Recheck(
        key=claim.key,
        city=lens.city_link(claim.city).text,
        instrument=lens.instrument_short(lens.atlas.instruments[claim.instrument]),
        status=lens.lang.label(lens.atlas.vocabulary.statuses.get(claim.status)) or claim.status,
        score=sum(doubt.points for doubt in doubts),
        doubts=doubts,
        looked=last_look(lens, claim),
        place=claim.place,
        page=lens.href("cities", claim.city, claim.anchor),
    )


def last_look(lens: Lens, claim: Commitment) -> date | None:
    """Return the last day on which a claim was verified, else on which a source of it was read."""
    if claim.verified:
        return claim.verified.latest
    return max(_read(lens, claim), default=None)


def _read(lens: Lens, claim: Commitment) -> list[date]:
    sources = (lens.atlas.sources[id] for id in claim.sources)
    return [source.accessed.latest for source in sources if source.accessed]


def months_since(day: date, as_of: date) -> int:
    """Return how many whole months lie between two days; 0 where ``day`` is the later one."""
    months = (as_of.year - day.year) * 12 + as_of.month - day.month - (as_of.day < day.day)
    return max(0, months)


def _doubts(lens: Lens, claim: Commitment) -> Iterator[Doubt]:
    lang = lens.lang
    if claim.status not in OVER:  # of what is over only that counts on which it rests, not its age
        yield from _age(lens, claim)
    if len(claim.sources) == 1:
        yield Doubt(reason="one-source", points=ONE_SOURCE, text=lang.t("one source only"))
    if claim.record in lens.atlas.contradictions:
        yield Doubt(reason="disputed", points=DISPUTED, text=lang.t("sources differ"))
    if claim.sources and not any(lens.atlas.sources[id].archived for id in claim.sources):
        yield Doubt(reason="no-archive", points=NO_ARCHIVE, text=lang.t("no source has an archived copy"))
    yield from _date(lang, claim)


def _age(lens: Lens, claim: Commitment) -> Iterator[Doubt]:
    lang = lens.lang
    if claim.verified:
        months = months_since(claim.verified.latest, lens.as_of)
        if months:
            yield Doubt(
                reason="verified-long-ago",
                points=min(months, NEVER_VERIFIED),
                text=lang.n("verified %(num)s month ago", "verified %(num)s months ago", months),
            )
        return
    yield Doubt(reason="never-verified", points=NEVER_VERIFIED, text=lang.t("never verified"))
    read = last_look(lens, claim)
    months = months_since(read, lens.as_of) if read else 0
    if months >= 2:
        yield Doubt(
            reason="sources-read-long-ago",
            points=min(months // 2, SOURCES_READ_MOST),
            text=lang.n("sources read %(num)s month ago", "sources read %(num)s months ago", months),
        )


def _date(lang: Language, claim: Commitment) -> Iterator[Doubt]:
    when = claim.until if claim.status == "former" else claim.since
    if claim.status == "none":  # dated by the day of the check alone
        return
    if when is None:
        yield Doubt(reason="no-date", points=NO_DATE, text=lang.t("no date known"))
    elif when.approximate or when.uncertain:
        yield Doubt(reason="uncertain-date", points=UNCERTAIN_DATE, text=lang.t("the date is uncertain"))
