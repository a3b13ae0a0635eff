"""How long ago somebody last looked, in words: of one claim, and of all claims of a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..languages.language import Language
from ..model.dates import STALE_MONTHS, PartialDate, months_before
from ..model.records import Commitment
from .parts import Fact, fact

OVER = frozenset({"former", "declined", "participant"})
"""Statuses of what is over and does not change any more, however long ago somebody looked."""


def is_stale(looked: PartialDate, as_of: date) -> bool:
    """Tell whether a look is certainly too long ago to say much about the day of the edition."""
    return looked.latest < months_before(as_of, STALE_MONTHS)


def long_ago(lang: Language, looked: PartialDate, as_of: date) -> str:
    """Return a sentence where a look is too long ago, else nothing."""
    if not is_stale(looked, as_of):
        return ""
    return lang.n(
        "That is more than %(num)s month ago.", "That is more than %(num)s months ago.", STALE_MONTHS
    )


def verified_fact(lang: Language, claims: Iterable[Commitment], as_of: date) -> Fact | None:
    """Return how many of some standing claims were verified, and when last; None without claims."""
    looks = [claim.verified for claim in claims]
    if not looks:
        return None
    known = [look for look in looks if look]
    if not known:
        # Translators: after "Verified again": nobody has looked at the sources a second time.
        told = lang.t("not yet")
    else:
        last = max(known, key=lambda look: look.sort_key)
        told = lang.n(
            "%(num)s commitment of %(all)s; the last one %(when)s",
            "%(num)s commitments of %(all)s; the last one %(when)s",
            len(known),
            all=lang.number(len(looks)),
            when=lang.when(last),
        )
    if stale := sum(is_stale(look, as_of) for look in known):
        long = lang.n(
            "%(num)s more than %(months)s months ago",
            "%(num)s more than %(months)s months ago",
            stale,
            months=STALE_MONTHS,
        )
        told = f"{told}; {long}"
    return fact(lang.t("Verified again"), told)
