"""Since when: the rows of a drawing of time, with the words that the drawing repeats.

A row says everything; its lane (see ``geometry``) shows it again. So a reader of a
screen, of paper or of a narrow window misses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ...languages.words import Link
from ...model.frozen import Frozen
from ...model.grouping import grouped
from ...model.records import Commitment
from ..lens import Lens
from ..parts import TopicTag
from .geometry import Ending, Lane, LanePeriod, Scale, scale, signs
from .key import KeySign, key_of


class LaneRow(Frozen):
    """One network or charter: the lane of the city in it, since when, and what else is to be said."""

    link: Link
    tag: TopicTag | None
    lane: Lane
    when: str
    unknown: bool
    notes: tuple[str, ...]


class LaneTable(Frozen):
    """A drawing of the commitments of a city in time, with its rows."""

    caption: str
    scale: Scale
    rows: tuple[LaneRow, ...]
    key: tuple[KeySign, ...]
    more: str
    """The address of the same in the timeline, where it can be filtered."""


def city_lanes(lens: Lens, city_id: str) -> LaneTable | None:
    """Return a lane for each instrument that the city is in, or None where no date is known.

    What was declined, or found not to be, has no place in time.
    """
    shown = [c for c in lens.atlas.commitments_of_city.get(city_id, ()) if lens.state(c) != "declined"]
    if not any(c.since for c in shown):
        return None
    on = scale((when for c in shown for when in (c.since, c.until, c.decided)), lens.as_of)
    by_instrument = grouped(sorted(shown, key=_oldest_first), lambda one: one.instrument)
    rows = tuple(lane_row(lens, on, periods) for periods in by_instrument.values())
    return LaneTable(
        caption=lens.lang.t(
            "Commitments over time: %(name)s", name=lens.city_name(lens.atlas.cities[city_id])
        ),
        scale=on,
        rows=rows,
        key=key_of(lens, signs(row.lane for row in rows)),
        more=f"{lens.href('timeline')}?p={city_id}",
    )


def _oldest_first(commitment: Commitment) -> tuple[int, int, str]:
    """Return a key that sorts by the first date known, the undated last."""
    since = commitment.since or commitment.until or commitment.decided
    if since is None:
        return date.max.toordinal(), 0, commitment.anchor
    return since.first_day.toordinal(), since.latest.toordinal(), commitment.anchor


def lane_row(lens: Lens, on: Scale, commitments: Sequence[Commitment]) -> LaneRow:
    """Return the row of a city in an instrument; the newest of its periods is the last and told first."""
    commitments = [lens.lasting(commitment) for commitment in commitments]
    newest = commitments[-1]
    link, tag = lens.instrument_link(newest.instrument, short=True), lens.topic_of(newest.instrument)
    when, notes = _words(lens, newest)
    notes += [_earlier(lens, earlier) for earlier in reversed(commitments[:-1])]
    if any(one.record in lens.atlas.contradictions for one in commitments):
        notes.append(lens.lang.t("sources differ"))
    return LaneRow(
        link=Link(text=link.text, href=lens.href("cities", newest.city, newest.anchor), lang=link.lang),
        tag=tag,
        lane=Lane(
            periods=tuple(_period(lens, on, commitment) for commitment in commitments),
            topic=tag.id if tag else None,
        ),
        when=when,
        unknown=newest.since is None,
        notes=tuple(notes),
    )


def _period(lens: Lens, on: Scale, commitment: Commitment) -> LanePeriod:
    ending = _ending(lens, commitment)
    return LanePeriod(
        start=on.mark(commitment.since),
        ending=ending,
        end=on.mark(commitment.until) if ending == "ended" else None,
        decided=on.mark(commitment.decided),
    )


def _ending(lens: Lens, commitment: Commitment) -> Ending:
    state = lens.state(commitment)
    if state == "pending":
        return "waiting"
    if state == "ended":
        return "ended" if commitment.until else "unknown"
    if state == "participated" or (commitment.status == "signatory" and commitment.until is None):
        return "moment"
    return "open"


def _words(lens: Lens, commitment: Commitment) -> tuple[str, list[str]]:
    """Return the date of the row, and what else is known of its dates."""
    lang = lens.lang
    when = lang.date(commitment.since) if commitment.since else lang.t("date unknown")
    notes = []
    if lens.state(commitment) in ("pending", "participated", "suspended"):
        notes.append(lang.label(lens.atlas.vocabulary.statuses.get(commitment.status)))
    if commitment.decided:
        notes.append(lang.t("decided %(date)s", date=lang.date(commitment.decided)))
    if commitment.until:
        notes.append(lang.t("until %(date)s", date=lang.in_sentence(commitment.until)))
    elif _ending(lens, commitment) == "unknown":
        notes.append(lang.t("ended, date unknown"))
    return when, notes


def _earlier(lens: Lens, commitment: Commitment) -> str:
    lang = lens.lang
    unknown = "?"
    return lang.t(
        "earlier: %(start)s to %(end)s",
        start=lang.in_sentence(commitment.since) if commitment.since else unknown,
        end=lang.in_sentence(commitment.until) if commitment.until else unknown,
    )
