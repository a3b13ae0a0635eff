"""Recheck queue: which documents to open again first, and the claims that rest on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ...model.frozen import Frozen
from ...model.grouping import grouped
from ...model.records import Commitment, Source
from ..freshness import OVER
from ..lens import Lens


class RecheckDocument(Frozen):
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
    return claim.status not in OVER and _months_since(claim.verified.latest, lens.as_of) >= months


def _months_since(day: date, as_of: date) -> int:
    """Return how many whole months lie between two days; 0 where ``day`` is the later one."""
    months = (as_of.year - day.year) * 12 + as_of.month - day.month - (as_of.day < day.day)
    return max(0, months)
