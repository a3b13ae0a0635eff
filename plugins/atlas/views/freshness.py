"""How long ago somebody last looked, in words: of one claim, and of all claims of a page."""

from __future__ import annotations

from datetime import date

from ..languages.language import Language
from ..model.dates import STALE_MONTHS, PartialDate, months_before

OVER = frozenset({"former", "declined", "participant"})
"""Statuses of what is over and does not change any more, however long ago somebody looked."""


def is_stale(looked: PartialDate, as_of: date) -> bool:
    """Tell whether a look is certainly too long ago to say much about the day of the edition."""
    return looked.latest < months_before(as_of, STALE_MONTHS)


def long_ago(lang: Language, looked: PartialDate, as_of: date) -> str:
    """Return a sentence where a look is too long ago, else nothing."""
    if not is_stale(looked, as_of):
        return ""
    return lang.phrase("freshness/long_ago", STALE_MONTHS)
