"""The rows of a drawing of time: who, since when, and what else is to be said, with the lane."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ...languages.words import Link
from ...model.dates import OPEN_START, PartialDate, parse_date
from ...model.frozen import dataclass
from ...model.records import Commitment, Instrument
from ..lens import Lens
from ..parts import Group, TopicTag
from .geometry import Ending, JoinMark, Lane, LanePeriod, Scale

MOST_ROWS = 500
"""From how many commitments on the lane of an instrument counts them by year."""
MOST_NAMED = 3
"""How many cities without a date a row names; more are counted, and the page lists them anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneRow:
    """One row: who or what, the lane, since when, and what else is to be said."""

    links: tuple[Link, ...]
    tag: TopicTag | None
    lane: Lane
    when: str
    unknown: bool
    notes: tuple[str, ...]
    joined: tuple[Group[Link], ...] = ()
    """On a lane for an instrument, all that is dated, the newest first; ``when`` heads it."""


# Rows


def row(lens: Lens, on: Scale, commitments: Sequence[Commitment], link: Link, *, tagged: bool) -> LaneRow:
    """Return the row of one pair of city and instrument; the newest of its periods stands first."""
    commitments = [lens.lasting(commitment) for commitment in commitments]
    instrument = lens.atlas.instruments[commitments[0].instrument]
    newest = commitments[-1]
    tag = lens.topic_of(instrument.id)
    when, notes = _words(lens, newest)
    notes += [_earlier(lens, earlier) for earlier in reversed(commitments[:-1])]
    if any(one.record in lens.atlas.contradictions for one in commitments):
        notes.append(lens.lang.t("sources differ"))
    return LaneRow(
        links=(link,),
        tag=tag if tagged else None,
        lane=Lane(
            periods=tuple(_period(lens, on, commitment) for commitment in commitments),
            topic=tag.id if tag else None,
        ),
        when=when,
        unknown=newest.since is None,
        notes=tuple(notes),
    )


def rows_of_country(
    lens: Lens, on: Scale, instrument: Instrument, commitments: dict[str, list[Commitment]]
) -> tuple[LaneRow, ...]:
    """Return the rows of one country's cities, given with their commitments."""
    names = {id: lens.city_link(id) for id in commitments}
    held = {id: sorted(periods, key=oldest_first) for id, periods in commitments.items()}
    silent = [id for id, periods in held.items() if all(is_silent(lens, c) for c in periods)]
    drawn = sorted(
        (id for id in held if id not in silent),
        key=lambda id: (first_of(held[id]), lens.lang.sort_key(names[id].text)),
    )
    rows = [
        row(
            lens,
            on,
            held[id],
            Link(text=names[id].text, href=lens.href("cities", id, held[id][-1].anchor)),
            tagged=False,
        )
        for id in drawn
    ]
    if silent:
        rows.append(silent_row(lens, on, instrument, silent, held))
    return tuple(rows)


def silent_row(
    lens: Lens,
    on: Scale,
    instrument: Instrument,
    cities: list[str],
    held: Mapping[str, Sequence[Commitment]],
) -> LaneRow:
    """Return the one row of the cities that are in it since nobody knows when.

    Where they are too many to be named, the row leads to the first of their countries in the
    list of members below.
    """
    lang = lens.lang
    ordered = lang.sorted_by_name(cities, lambda id: lens.city_link(id).text)
    first = held[ordered[0]][0]
    links = tuple(
        Link(text=lens.city_link(id).text, href=lens.href("cities", id, held[id][0].anchor)) for id in ordered
    )
    if len(cities) > MOST_NAMED:
        country = min(
            (lens.atlas.cities[id].country for id in cities), key=lambda c: lang.sort_key(lang.country(c))
        )
        href = lens.href(lens.instrument_section(instrument), instrument.id, f"s-{country.lower()}")
        links = (Link(text=lang.n("%(num)s city", "%(num)s cities", len(cities)), href=href),)
    return LaneRow(
        links=links,
        tag=None,
        lane=Lane(
            periods=(_period(lens, on, first),),
            topic=instrument.topics[0] if instrument.topics else None,
        ),
        when=lang.t("date unknown"),
        unknown=True,
        notes=(),
    )


def instrument_row(
    lens: Lens, on: Scale, instrument: Instrument, commitments: list[Commitment], topic: str | None
) -> LaneRow:
    """Return the row of an instrument with a mark for each date on which cities joined.

    Where they are more than a page has rows, a mark stands for a year, and nobody is named.
    """
    lang, many = lens.lang, len(commitments) > MOST_ROWS
    by_date: dict[str, list[Commitment]] = {}
    for commitment in sorted(with_date(commitments), key=oldest_first):
        assert commitment.since is not None  # only dated ones were kept
        year = f"{OPEN_START if commitment.since.open_start else ''}{commitment.since.year}"
        when = year if many else str(commitment.since)
        by_date.setdefault(when, []).append(commitment)
    dots: list[JoinMark] = []
    joined: list[Group[Link]] = []
    for when, same in by_date.items():
        since = parse_date(when) if many else same[0].since
        mark = on.mark(since)
        assert since is not None and mark is not None
        if many:
            told = f"{lang.date(since)}: {lang.n('%(num)s city', '%(num)s cities', len(same))}"
            dots.append(JoinMark(mark=mark, number=len(same), title=told))
            joined.append(Group(heading=told, entries=()))
            continue
        cities = lang.sorted_by_name(same, lambda c: lens.city_link(c.city).text)
        links = tuple(lens.city_link(c.city, c.anchor) for c in cities)
        names = lang.join([link.text for link in links[:12]])
        more = len(links) - 12
        if more > 0:
            names = f"{names} {lang.n('and %(num)s more', 'and %(num)s more', more)}"
        dots.append(JoinMark(mark=mark, number=len(same), title=f"{lang.date(since)}: {names}"))
        joined.append(Group(heading=lang.date(since), entries=links))
    shown = topic or (instrument.topics[0] if instrument.topics else None)
    dated = sum(dot.number for dot in dots)
    years = _from_to([c.since for c in commitments if c.since])
    undated = len(commitments) - dated
    link = lens.instrument_link(instrument.id, short=True)
    return LaneRow(
        links=(link,),
        tag=lens.topic(shown) if shown else None,
        lane=Lane(
            life=LanePeriod(
                start=on.mark(instrument.began),
                ending="ended" if instrument.ended else "open",
                end=on.mark(instrument.ended),
            ),
            dots=tuple(dots),
            topic=shown,
        ),
        when=lang.n("%(num)s city, %(years)s", "%(num)s cities, %(years)s", dated, years=years),
        unknown=False,
        notes=(lang.n("%(num)s without a date", "%(num)s without a date", undated),) if undated else (),
        joined=tuple(reversed(joined)),
    )


def _from_to(dates: list[PartialDate]) -> str:
    """Return the first and the last year in which cities joined."""
    first, last = min(d.year for d in dates), max(d.year for d in dates)
    return str(first) if first == last else f"{first}–{last}"


# Words and geometry of one commitment


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
    ending = _ending(lens, commitment)
    if lens.state(commitment) in ("pending", "participated", "suspended"):
        notes.append(lang.label(lens.atlas.vocabulary.statuses.get(commitment.status)))
    if commitment.decided:
        notes.append(lang.t("decided %(date)s", date=lang.date(commitment.decided)))
    if commitment.until:
        notes.append(lang.t("until %(date)s", date=lang.in_sentence(commitment.until)))
    elif ending == "unknown":
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


# Choosing and ordering


def shown_in_time(lens: Lens, commitments: Iterable[Commitment]) -> list[Commitment]:
    """Return what has a place in time: all but what was declined or found not to be."""
    return [c for c in commitments if lens.state(c) != "declined"]


def with_date(commitments: Iterable[Commitment]) -> list[Commitment]:
    """Return those whose beginning is known, however roughly."""
    return [c for c in commitments if c.since]


def dates_of(commitments: Iterable[Commitment]) -> list[PartialDate | None]:
    """Return every date of the commitments, None for each that is unknown."""
    return [date for c in commitments for date in (c.since, c.until, c.decided)]


def is_silent(lens: Lens, commitment: Commitment) -> bool:
    """Tell whether nothing but "it holds" is known of a commitment."""
    return (
        not (commitment.since or commitment.until or commitment.decided)
        and lens.state(commitment) == "committed"
    )


def oldest_first(commitment: Commitment) -> tuple[int, int, str]:
    """Return a key that sorts by the first date known, the undated last."""
    since = commitment.since or commitment.until or commitment.decided
    if since is None:
        return date.max.toordinal(), 0, commitment.anchor
    return since.first_day.toordinal(), since.latest.toordinal(), commitment.anchor


def first_of(commitments: Sequence[Commitment]) -> tuple[int, int]:
    """Return a key that sorts groups of commitments by their oldest."""
    return min(oldest_first(c)[:2] for c in commitments)
