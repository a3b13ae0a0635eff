"""Since when: the rows of a drawing of time, with the words that the drawing repeats.

A row says everything; its lane (see :mod:`.lanes`) shows it again. So a reader of a
screen, of paper or of a narrow window misses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..dates import PartialDate
from ..model import City, Commitment, Instrument
from .lanes import Dot, Ending, Lane, Mark, Period, Scale, scale, signs
from .lens import Lens
from .parts import Link, TopicTag

MOST_OPEN = 40
"""How many lanes a drawing shows at once; the groups after them are folded away."""
MOST_NAMED = 3
"""How many cities without a date a row names; more are counted, and the page lists them anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Who joined on one date, in words."""

    when: str
    cities: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneRow:
    """One row: who or what, the lane, since when, and what else is to be said."""

    links: tuple[Link, ...]
    tag: TopicTag | None
    lane: Lane
    when: str
    unknown: bool
    notes: tuple[str, ...]
    joined: tuple[Joined, ...] = ()
    """On a lane for an instrument, all that is dated, the newest first; ``when`` heads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneGroup:
    """Rows that belong together; the only group of a drawing has no heading."""

    rows: tuple[LaneRow, ...]
    heading: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One sign of the key."""

    lane: Lane
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneTable:
    """A drawing of time with its rows."""

    heading: str
    caption: str
    note: str
    scale: Scale
    today: str
    column: str
    """The heading of the first column."""
    groups: tuple[LaneGroup, ...]
    folded: tuple[LaneGroup, ...]
    """Groups that are shown on demand."""
    fold_label: str
    key: tuple[Sample, ...]
    more: Link
    """The same in the timeline, where it can be filtered."""


def city_lanes(lens: Lens, city_id: str) -> LaneTable | None:
    """Return a lane for each instrument that the city is in, or None where no date is known."""
    lang, atlas = lens.lang, lens.atlas
    shown = _drawn(lens, atlas.commitments_of_city.get(city_id, ()))
    by_instrument: dict[str, list[Commitment]] = {}
    for commitment in sorted(shown, key=_oldest_first):
        by_instrument.setdefault(commitment.instrument, []).append(commitment)
    if not _dated(shown):
        return None
    on = scale(_dates(shown), lens.as_of)
    rows = tuple(
        _row(
            lens,
            on,
            commitments,
            Link(
                text=(link := lens.instrument_link(id, short=True)).text,
                href=lens.href("cities", city_id, commitments[-1].anchor),
                lang=link.lang,
            ),
            tagged=True,
        )
        for id, commitments in by_instrument.items()
    )
    name = lens.city_name(atlas.cities[city_id])
    return _table(
        lens,
        on,
        [LaneGroup(rows=rows)],
        caption=lang.t("Commitments over time: %(name)s", name=name),
        column=lang.t("Network or charter"),
        more=f"{lens.href('timeline')}?p={city_id}",
    )


def instrument_lanes(lens: Lens, instrument_id: str) -> LaneTable | None:
    """Return a lane for each city in the instrument by country, or None where no date is known.

    Cities of one country that go on and have no date share a lane.
    """
    lang, atlas = lens.lang, lens.atlas
    shown = _drawn(lens, atlas.commitments_of_instrument.get(instrument_id, ()))
    if not _dated(shown):
        return None
    instrument = atlas.instruments[instrument_id]
    on = scale(_dates(shown), lens.as_of)
    countries: dict[str, list[City]] = {}
    for city in dict.fromkeys(c.city for c in shown):
        countries.setdefault(atlas.cities[city].country, []).append(atlas.cities[city])
    held = {city: [c for c in shown if c.city == city] for city in dict.fromkeys(c.city for c in shown)}
    groups, silent = [], []
    for country in lang.sorted_by_name(countries, lang.country):
        here = [city.id for city in countries[country]]
        if all(_is_silent(lens, c) for city in here for c in held[city]):
            silent += here
            continue
        link = lens.country_link(country)
        rows = _rows_of_country(lens, on, instrument, {id: held[id] for id in here})
        groups.append(LaneGroup(rows=rows, heading=link.text, href=link.href))
    if silent:
        row = _silent_row(lens, on, instrument, silent, held)
        elsewhere = lang.n(
            "In %(num)s more country",
            "In %(num)s more countries",
            len({atlas.cities[id].country for id in silent}),
        )
        groups.append(LaneGroup(rows=(row,), heading=elsewhere))
    if len(groups) == 1:
        groups = [LaneGroup(rows=groups[0].rows)]
    return _table(
        lens,
        on,
        groups,
        caption=lang.t("Cities over time: %(name)s", name=lens.instrument_name(instrument).text),
        column=lang.t("City"),
        more=f"{lens.href('timeline')}?i={instrument_id}",
    )


def instruments_lanes(
    lens: Lens, commitments: Iterable[Commitment], *, caption: str, more: str, topic: str | None = None
) -> LaneTable | None:
    """Return a lane for each instrument of the commitments, or None where no date is known.

    On it lies the life of the instrument, and a mark for each date on which cities joined.
    ``more`` is the address of the same in the timeline, ``topic`` the topic of the page.
    """
    lang, atlas = lens.lang, lens.atlas
    shown = _drawn(lens, commitments)
    by_instrument: dict[str, list[Commitment]] = {}
    for commitment in shown:
        by_instrument.setdefault(commitment.instrument, []).append(commitment)
    dated = {id: held for id, held in by_instrument.items() if _dated(held)}
    if not dated:
        return None
    began = [atlas.instruments[id].began for id in dated]
    on = scale([*_dates(shown), *began], lens.as_of)
    order = sorted(
        dated, key=lambda id: (_first(dated[id]), lang.sort_key(lens.instrument_link(id, short=True).text))
    )
    rows = tuple(_instrument_row(lens, on, atlas.instruments[id], dated[id], topic) for id in order)
    return _table(
        lens,
        on,
        [LaneGroup(rows=rows)],
        caption=caption,
        column=lang.t("Network or charter"),
        more=more,
    )


# Rows


def _row(lens: Lens, on: Scale, commitments: Sequence[Commitment], link: Link, *, tagged: bool) -> LaneRow:
    """Return the row of one pair of city and instrument; the newest of its periods stands first."""
    instrument = lens.atlas.instruments[commitments[0].instrument]
    newest = commitments[-1]
    tag = lens.topic(instrument.topics[0]) if instrument.topics else None
    when, notes = _words(lens, newest)
    notes += [_earlier(lens, earlier) for earlier in reversed(commitments[:-1])]
    if f"commitments/{instrument.id}:{newest.city}" in lens.atlas.contradictions:
        notes.append(lens.lang.t("sources differ"))
    return LaneRow(
        links=(link,),
        tag=tag if tagged else None,
        lane=Lane(
            periods=tuple(_period(lens, on, commitment) for commitment in commitments),
            topic=tag.id if tag else None,
            title=": ".join((link.text, ". ".join((when, *notes)))),
        ),
        when=when,
        unknown=newest.since is None,
        notes=tuple(notes),
    )


def _rows_of_country(
    lens: Lens, on: Scale, instrument: Instrument, commitments: dict[str, list[Commitment]]
) -> tuple[LaneRow, ...]:
    """Return the rows of one country's cities, given with their commitments."""
    names = {id: lens.city_link(id) for id in commitments}
    held = {id: sorted(periods, key=_oldest_first) for id, periods in commitments.items()}
    silent = [id for id, periods in held.items() if all(_is_silent(lens, c) for c in periods)]
    drawn = sorted(
        (id for id in held if id not in silent),
        key=lambda id: (_first(held[id]), lens.lang.sort_key(names[id].text)),
    )
    rows = [
        _row(
            lens,
            on,
            held[id],
            Link(text=names[id].text, href=lens.href("cities", id, held[id][-1].anchor)),
            tagged=False,
        )
        for id in drawn
    ]
    if silent:
        rows.append(_silent_row(lens, on, instrument, silent, held))
    return tuple(rows)


def _silent_row(
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


def _instrument_row(
    lens: Lens, on: Scale, instrument: Instrument, commitments: list[Commitment], topic: str | None
) -> LaneRow:
    lang = lens.lang
    by_date: dict[str, list[Commitment]] = {}
    for commitment in sorted(_dated(commitments), key=_oldest_first):
        by_date.setdefault(str(commitment.since), []).append(commitment)
    dots, joined = [], []
    for same in by_date.values():
        since = same[0].since
        mark = on.mark(since)
        assert since is not None and mark is not None  # only dated ones were kept
        cities = lang.sorted_by_name(same, lambda c: lens.city_link(c.city).text)
        links = tuple(lens.city_link(c.city, c.anchor) for c in cities)
        names = lang.join([link.text for link in links[:12]])
        more = len(links) - 12
        if more > 0:
            names = f"{names} {lang.n('and %(num)s more', 'and %(num)s more', more)}"
        dots.append(Dot(mark=mark, number=len(same), title=f"{lang.date(since)}: {names}"))
        joined.append(Joined(when=lang.date(since), cities=links))
    shown = topic or (instrument.topics[0] if instrument.topics else None)
    dated = sum(dot.number for dot in dots)
    years = _from_to([c.since for c in commitments if c.since])
    undated = len(commitments) - dated
    link = lens.instrument_link(instrument.id, short=True)
    return LaneRow(
        links=(link,),
        tag=lens.topic(shown) if shown else None,
        lane=Lane(
            life=Period(
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


def _period(lens: Lens, on: Scale, commitment: Commitment) -> Period:
    ending = _ending(lens, commitment)
    return Period(
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
    if commitment.status == "signatory" and commitment.until is None:
        return "moment"
    return "open"


def _words(lens: Lens, commitment: Commitment) -> tuple[str, list[str]]:
    """Return the date of the row, and what else is known of its dates."""
    lang = lens.lang
    when = lang.date(commitment.since) if commitment.since else lang.t("date unknown")
    notes = []
    ending = _ending(lens, commitment)
    if ending == "waiting":
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


# The table


def _table(
    lens: Lens, on: Scale, groups: list[LaneGroup], *, caption: str, column: str, more: str
) -> LaneTable:
    lang = lens.lang
    shown, folded, label = groups, [], ""
    if sum(len(group.rows) for group in groups) > MOST_OPEN + MOST_OPEN // 4:
        number, cut = 0, 0
        while cut < len(groups) and number < MOST_OPEN:
            number += len(groups[cut].rows)
            cut += 1
        shown, folded = groups[:cut], groups[cut:]
        rest = sum(len(group.rows) for group in folded)
        label = lang.n("%(num)s more lane", "%(num)s more lanes", rest)
        countries = [group.heading for group in folded if group.href]
        if len(countries) > 1:
            label = f"{label}: {countries[0]} – {countries[-1]}"
    lanes = [row.lane for group in groups for row in group.rows]
    return LaneTable(
        heading=lang.t("Since when"),
        caption=caption,
        note=lang.t(
            "The drawing shows no more than the source knows; the date beside it says the same in words."
        ),
        scale=on,
        today=lang.t("today"),
        column=column,
        groups=tuple(shown),
        folded=tuple(folded),
        fold_label=label,
        key=_key(lens, signs(lanes)),
        more=Link(text=lang.t("All of this on the timeline"), href=more),
    )


def _key(lens: Lens, used: frozenset[str]) -> tuple[Sample, ...]:
    """Return the signs that a drawing uses, each with what it means."""
    t = lens.lang.t
    day, soft = Mark(0.12, 0.12, "day"), Mark(0.1, 0.4, "year")
    end, late = Mark(0.85, 0.85, "day"), Mark(0.5, 0.5, "day")

    def lane(period: Period) -> Lane:
        return Lane(periods=(period,))

    meanings: tuple[tuple[str, Lane, str], ...]
    if "life" in used:
        life = Period(start=None, ending="open")
        meanings = (
            (
                "life",
                Lane(life=Period(start=day, ending="open")),
                t("it exists, from its founding or adoption"),
            ),
            ("day", Lane(dots=(Dot(late, 1, ""),)), t("a city joined or signed on a known day")),
            ("several", Lane(dots=(Dot(late, 8, ""),)), t("several cities on one day")),
            (
                "interval",
                Lane(dots=(Dot(Mark(0.4, 0.6, "year"), 1, ""),)),
                t("only the year or month is known"),
            ),
            ("start-unknown", Lane(life=life), t("date unknown")),
        )
    else:
        meanings = (
            ("day", lane(Period(start=day, ending="open")), t("exact day; it goes on")),
            ("interval", lane(Period(start=soft, ending="open")), t("only the year or month is known")),
            ("start-unknown", lane(Period(start=None, ending="open")), t("start unknown; it goes on")),
            ("moment", lane(Period(start=late, ending="moment")), t("signed: a moment, no span")),
            ("moment-unknown", lane(Period(start=None, ending="moment")), t("signed; date unknown")),
            ("ended", lane(Period(start=day, ending="ended", end=end)), t("ended on a known date")),
            (
                "unknown",
                lane(Period(start=day, ending="unknown")),
                t("end unknown; its length means nothing"),
            ),
            ("waiting", lane(Period(start=day, ending="waiting")), t("applied; not decided yet")),
            (
                "decided",
                lane(Period(start=late, ending="open", decided=Mark(0.25, 0.25, "day"))),
                t("the city’s own decision, before it"),
            ),
        )
    return tuple(Sample(lane=drawn, label=label) for sign, drawn, label in meanings if sign in used)


# Choosing and ordering


def _drawn(lens: Lens, commitments: Iterable[Commitment]) -> list[Commitment]:
    """Return what has a place in time: all but what was declined or found not to be."""
    return [c for c in commitments if lens.state(c) != "declined"]


def _dated(commitments: Iterable[Commitment]) -> list[Commitment]:
    return [c for c in commitments if c.since]


def _dates(commitments: Iterable[Commitment]) -> list[PartialDate | None]:
    return [date for c in commitments for date in (c.since, c.until, c.decided)]


def _is_silent(lens: Lens, commitment: Commitment) -> bool:
    """Tell whether nothing but "it holds" is known of a commitment."""
    return (
        not (commitment.since or commitment.until or commitment.decided)
        and lens.state(commitment) == "committed"
    )


def _oldest_first(commitment: Commitment) -> tuple[int, int, str]:
    since = commitment.since or commitment.until or commitment.decided
    if since is None:
        return date.max.toordinal(), 0, commitment.anchor
    return since.earliest.toordinal(), since.latest.toordinal(), commitment.anchor


def _first(commitments: Sequence[Commitment]) -> tuple[int, int]:
    return min(_oldest_first(c)[:2] for c in commitments)
