"""The key of a drawing of time: the signs that it uses, each with what it means."""

from __future__ import annotations

from ...model.frozen import dataclass
from ..lens import Lens
from .geometry import JoinMark, Lane, LanePeriod, Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySign:
    """One sign of the key."""

    lane: Lane
    label: str


def key_of(lens: Lens, used: frozenset[str]) -> tuple[KeySign, ...]:
    """Return the signs that a drawing uses, each with what it means."""
    t = lens.lang.t
    day, soft = Mark(0.12, 0.12, "day"), Mark(0.1, 0.4, "year")
    by = Mark(0.2, 0.4, "year", fade=True)
    end, late = Mark(0.85, 0.85, "day"), Mark(0.5, 0.5, "day")

    def lane(period: LanePeriod) -> Lane:
        return Lane(periods=(period,))

    meanings: tuple[tuple[str, Lane, str], ...]
    if "life" in used:
        life = LanePeriod(start=None, ending="open")
        meanings = (
            (
                "life",
                Lane(life=LanePeriod(start=day, ending="open")),
                t("it exists, from its founding or adoption"),
            ),
            (
                "day",
                Lane(dots=(JoinMark(late, 1, ""),)),
                t("a city joined, signed or took part on a known day"),
            ),
            ("several", Lane(dots=(JoinMark(late, 8, ""),)), t("several cities on one day")),
            (
                "interval",
                Lane(dots=(JoinMark(Mark(0.4, 0.6, "year"), 1, ""),)),
                t("only the year or month is known"),
            ),
            ("or-earlier", Lane(dots=(JoinMark(by, 1, ""),)), t("by then at the latest")),
            ("start-unknown", Lane(life=life), t("date unknown")),
        )
    else:
        meanings = (
            ("day", lane(LanePeriod(start=day, ending="open")), t("exact day; it goes on")),
            ("interval", lane(LanePeriod(start=soft, ending="open")), t("only the year or month is known")),
            ("or-earlier", lane(LanePeriod(start=by, ending="open")), t("by then at the latest")),
            ("start-unknown", lane(LanePeriod(start=None, ending="open")), t("start unknown; it goes on")),
            (
                "moment",
                lane(LanePeriod(start=late, ending="moment")),
                t("signed or took part: a moment, no span"),
            ),
            (
                "moment-unknown",
                lane(LanePeriod(start=None, ending="moment")),
                t("signed or took part; date unknown"),
            ),
            ("ended", lane(LanePeriod(start=day, ending="ended", end=end)), t("ended on a known date")),
            (
                "unknown",
                lane(LanePeriod(start=day, ending="unknown")),
                t("end unknown; its length means nothing"),
            ),
            ("waiting", lane(LanePeriod(start=day, ending="waiting")), t("applied; not decided yet")),
            (
                "decided",
                lane(LanePeriod(start=late, ending="open", decided=Mark(0.25, 0.25, "day"))),
                t("the city’s own decision, before it"),
            ),
        )
    return tuple(KeySign(lane=drawn, label=label) for sign, drawn, label in meanings if sign in used)
