"""The key of a drawing of time: the signs that it uses, each with what it means."""

from __future__ import annotations

from ...languages.catalogue import _
from ...model.frozen import Frozen
from ..lens import Lens
from .geometry import Ending, Lane, LanePeriod, Mark


class KeySign(Frozen):
    """One sign of the key."""

    lane: Lane
    label: str


_DAY, _LATE, _END = (Mark(at, at, "day") for at in (0.12, 0.5, 0.85))
_YEAR, _BY = Mark(0.1, 0.4, "year"), Mark(0.2, 0.4, "year", fade=True)


def _period(start: Mark | None, ending: Ending, **more: Mark) -> Lane:
    return Lane(periods=(LanePeriod(start=start, ending=ending, **more),))


_SIGNS = {
    "day": (_period(_DAY, "open"), _("exact day; it goes on")),
    "interval": (_period(_YEAR, "open"), _("only the year or month is known")),
    "or-earlier": (_period(_BY, "open"), _("by then at the latest")),
    "start-unknown": (_period(None, "open"), _("start unknown; it goes on")),
    "moment": (_period(_LATE, "moment"), _("signed or took part: a moment, no span")),
    "moment-unknown": (_period(None, "moment"), _("signed or took part; date unknown")),
    "ended": (_period(_DAY, "ended", end=_END), _("ended on a known date")),
    "unknown": (_period(_DAY, "unknown"), _("end unknown; its length means nothing")),
    "waiting": (_period(_DAY, "waiting"), _("applied; not decided yet")),
    "decided": (
        _period(_LATE, "open", decided=Mark(0.25, 0.25, "day")),
        _("the city’s own decision, before it"),
    ),
}
"""What each sign means, with a lane that shows it."""


def key_of(lens: Lens, used: frozenset[str]) -> tuple[KeySign, ...]:
    """Return the signs that a drawing uses, each with what it means."""
    return tuple(
        KeySign(lane=lane, label=lens.lang.t(label)) for sign, (lane, label) in _SIGNS.items() if sign in used
    )
