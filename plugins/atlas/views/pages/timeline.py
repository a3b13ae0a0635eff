"""The timeline: everything that happened, the newest first, whole and by topic, country and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from ...cache.reads import remembered
from ...languages.words import Link
from ...model.grouping import grouped
from ...model.records import Commitment
from ..analysis.events import KINDS, MEETING, Event, events, kind_label, of_country
from ..lanes.score import Score, score
from ..lens import Lens
from ..paging import Pieces, numbered, page_links, paginate, title
from ..parts import Choice, Group, PageView, Tally, TopicTag
from ..sections import page_frame


class TimelinePage(PageView):
    """Everything that a timeline page shows, the whole one or a part of it."""

    heading: str
    topic: TopicTag | None
    """The topic of the page, where it has one."""
    score: Score | None
    """The picture of who joined when; only on the first page, and not on that of a kind of event."""
    decades: tuple[Group[Group[Event]], ...]
    """Decades with their years, the newest first; what is only known to the year stands last in it."""
    undated: tuple[Tally, ...]
    """How many commitments without a known date each instrument has; they are on no timeline."""
    undated_sentence: str
    undated_actions: tuple[Link, ...]
    topics: tuple[Choice, ...]
    countries: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    """The parts of the timeline that have pages of their own."""
    all: Choice
    instruments: tuple[Choice, ...]
    """The instruments that occur on the page, for the filter."""
    fixed: str
    """Which of "topics", "countries" and "kinds" the page itself chooses; empty on the whole timeline."""
    number: int
    """How many entries the page has."""
    entries: str
    """How many the whole timeline or this part of it has."""
    pieces: Pieces | None
    """The pages of a long timeline."""


def timeline_parts(lens: Lens) -> Iterator[tuple[str, str]]:
    """Yield which timelines there are: the whole one, then its parts by topic, country and kind that have
    any entry; each as the filter that its page sets and the value of that filter."""
    yield "", ""
    yield from ((part, id) for part, ids in _parts(lens).items() for id in ids)


TIMELINE_PAGE_SIZE = 400
"""How many entries and cities a page of the timeline names at most, unless one entry has more."""


@remembered(2)  # every language asks for those of the first
def timeline_pages(lens: Lens) -> tuple[str, ...]:
    """Return every page of every timeline, as ``topics/migration`` and, where it goes on, as ``/2``."""
    weights, found = _weights(lens), []
    for fixed, id in timeline_parts(lens):
        found.append(f"{fixed}/{id}")
        if (
            weights[fixed][id] > TIMELINE_PAGE_SIZE
        ):  # most parts are short, and what is not cut need not be made for it
            found += (f"{fixed}/{id}/{number}" for number in range(2, len(_cut(lens, fixed, id)) + 1))
    return tuple(found)


def _weight(event: Event) -> int:
    return 1 + len(event.cities)


@remembered(4)
def _weights(lens: Lens) -> Mapping[str, Counter[str]]:
    """Return what the entries of each timeline weigh together; those of a country at most that much."""
    return _sums(lens, _weight)


@remembered(4)
def _tallies(lens: Lens) -> Mapping[str, Counter[str]]:
    """Return how many entries each part of the timeline has."""
    return _sums(lens, lambda event: 1)


def _sums(lens: Lens, of: Callable[[Event], int]) -> Mapping[str, Counter[str]]:
    sums = {part: Counter[str]() for part in ("", "topics", "countries", "kinds")}
    for event in events(lens):
        values: tuple[tuple[str, ...], ...] = ("",), event.topic_ids, event.countries, (event.kind,)
        for part, ids in zip(sums, values, strict=True):
            for id in ids:
                sums[part][id] += of(event)
    return sums


@remembered(16, whole=False)
def _cut(lens: Lens, fixed: str, id: str) -> list[dict[int, list[Event]]]:
    """Return the entries of a timeline by year, page by page."""
    years = grouped(events(lens, fixed, id), lambda event: int(event.when.year))
    return paginate(years, TIMELINE_PAGE_SIZE, _weight)


@remembered(1 << 12)
def _piece(lens: Lens, fixed: str, id: str, number: int) -> tuple[Event, ...]:
    """Return the entries of one page of a timeline."""
    return tuple(event for its in _cut(lens, fixed, id)[number - 1].values() for event in its)


@remembered(256)
def _years(lens: Lens, fixed: str, id: str) -> tuple[tuple[tuple[int, ...], int], ...]:
    """Return which years each page of a timeline has, and how many entries."""
    return tuple((tuple(piece), sum(map(len, piece.values()))) for piece in _cut(lens, fixed, id))


@remembered(4)
def _parts(lens: Lens) -> Mapping[str, tuple[str, ...]]:
    """Return the values of each filter that have any entry, in the order of the filter."""
    tally, lang = _tallies(lens), lens.lang
    every = {
        "topics": lens.atlas.vocabulary.topics,
        "countries": lang.sorted_by_name(tally["countries"], lang.country),
        "kinds": KINDS,
    }
    return {part: tuple(id for id in ids if tally[part][id]) for part, ids in every.items()}


# Pages


def timeline_page(lens: Lens, fixed: str = "", id: str = "", number: int = 1) -> TimelinePage:
    """Return the whole timeline, or the part of it that ``fixed`` and ``id`` name; of a long one a page."""
    lang = lens.lang
    tally = _tallies(lens) if (fixed, number) == ("", 1) else {}
    found, split = _piece(lens, fixed, id, number), _years(lens, fixed, id)
    topic = lens.topic(id) if fixed == "topics" else None
    heading = _heading(lens, fixed, id)
    undated = _undated(lens, fixed, id)
    total = sum(undated.values())
    drawn = timeline_score(lens, fixed, id) if number == 1 else None
    years = {year for piece, _ in split for year in piece}
    entries = sum(rows for _, rows in split)
    lead = (drawn.lead,) if drawn else _lead(lens, years, entries, total)
    last = number == len(split)
    section = f"timeline/{fixed}" if fixed else "timeline"
    # Translators: What is filled in is a kind of event, a year or a topic: the heading of a part of the
    # timeline.
    named = lang.t("%(part)s: timeline", part=heading) if fixed else heading

    def href(page: int) -> str:
        return lens.href(section, numbered(_id(fixed, id), page))

    # How the rows of a page are spread over its years is not said.
    pages = [{year: range(rows if year == piece[0] else 0) for year in piece} for piece, rows in split]

    return TimelinePage(
        frame=page_frame(
            lens,
            "timeline",
            section,
            numbered(_id(fixed, id), number),
            title=title(lens, named, number),
            lead=lead,
            crumbs=None if fixed else (),
        ),
        heading=heading,
        topic=topic,
        score=drawn,
        decades=_decades(found),
        undated=lens.tallies(undated, lens.instrument_link, lens.topic_of) if last else (),
        undated_sentence=lang.phrase("timeline/undated", total) if total else "",
        undated_actions=tuple(_undated_actions(lens, fixed, id)) if last else (),
        **_filters(lens, tally, (fixed, id)),
        instruments=_instruments(lens, found),
        fixed=fixed,
        number=len(found),
        entries=lang.number(entries),
        pieces=page_links(lens, pages, number, str, href),
    )


def _heading(lens: Lens, fixed: str, id: str) -> str:
    match fixed:
        case "topics":
            return lens.topic(id).label
        case "countries":
            return lens.lang.country(id)
        case "kinds":
            return kind_label(lens, id)
        case _:
            return lens.lang.t("Timeline")


def _filters(lens: Lens, tally: Mapping[str, Counter[str]], chosen: tuple[str, str]) -> dict[str, Any]:
    """Return the parts of the timeline, which have pages of their own, and the way back to the whole."""
    whole, href = lens.lang.number(tally[""][""]) if tally else "", lens.href("timeline")
    # Translators: A choice among kinds of events: all of them.
    every = Choice(id="", text=lens.lang.t("Everything"), href=href, number=whole, current=not chosen[0])
    return {"all": every, **{part: _choices(lens, tally, part, chosen) for part in _parts(lens)}}


def timeline_score(lens: Lens, fixed: str, id: str) -> Score | None:
    """Return the picture of the whole timeline, a topic or a country, whose years lead to their list."""
    if fixed == "kinds":
        return None
    section = f"timeline/{fixed}" if fixed else "timeline"
    pages = {
        year: page
        for page, (years, _) in reversed(list(enumerate(_years(lens, fixed, id), 1)))
        for year in years
    }

    def href(year: int) -> str | None:
        page = pages.get(year)
        return lens.href(section, numbered(_id(fixed, id), page), f"y-{year}") if page else None

    return score(lens, _commitments(lens, fixed, id), href)


def _commitments(lens: Lens, fixed: str, id: str) -> Iterator[Commitment]:
    """Yield the commitments of the whole timeline, of a topic or of a country."""
    if fixed == "topics":
        for one in lens.atlas.instruments_of_topic.get(id, ()):
            yield from lens.atlas.commitments_of_instrument.get(one.id, ())
    else:
        yield from of_country(lens.atlas, id if fixed == "countries" else "")


def _id(fixed: str, id: str) -> str:
    return id.lower() if fixed == "countries" else id


def _lead(lens: Lens, years: Collection[int], number: int, undated: int) -> tuple[str, ...]:
    """Return how many entries the years of a timeline have."""
    lang = lens.lang
    if not years:
        return (lang.t("Nothing here has a known date."),)
    first, last = min(years), max(years)
    lead = [
        lang.phrase("timeline/entries", number, first=first, last=last)
        if first != last
        else lang.phrase("timeline/entries_of_a_year", number, first=first)
    ]
    if undated:
        lead.append(lang.phrase("timeline/counted_at_the_end", undated))
    return tuple(lead)


def _decades(found: tuple[Event, ...]) -> tuple[Group[Group[Event]], ...]:
    years = grouped(found, lambda event: int(event.when.year))
    decades = grouped(years, lambda year: year // 10 * 10)
    return tuple(
        Group(
            heading=f"{decade}–{decade + 9}",
            anchor=f"d-{decade}",
            entries=tuple(
                Group(heading=str(year), anchor=f"y-{year}", entries=tuple(years[year])) for year in its
            ),
        )
        for decade, its in decades.items()
    )


@remembered(1024)
def _undated(lens: Lens, fixed: str, id: str) -> Counter[str]:
    """Return how many commitments without any date each instrument has within the part."""
    held = _commitments(lens, fixed, id) if fixed != "kinds" or id == "joined" else ()
    return Counter(
        c.instrument for c in held if not (c.since or c.decided or c.until or lens.state(c) == "declined")
    )


def _undated_actions(lens: Lens, fixed: str, id: str) -> Iterator[Link]:
    atlas = lens.atlas
    for action in atlas.actions.values():
        here = {
            "": True,
            "topics": id in action.topics,
            "countries": any(atlas.cities[city].country == id for city in action.cities),
            "kinds": id == ("met" if action.kind == MEETING else "done"),
        }[fixed]
        if action.date is None and action.stands_alone and here:
            yield lens.record_link(f"actions/{action.id}")


def _choices(
    lens: Lens, tally: Mapping[str, Counter[str]], part: str, chosen: tuple[str, str]
) -> tuple[Choice, ...]:
    """Return the values of one filter that have any entry, each with its page and its number, if wanted."""
    return tuple(
        Choice(
            id=value,
            text=_heading(lens, part, value),
            href=lens.href(f"timeline/{part}", _id(part, value)),
            number=lens.lang.number(tally[part][value]) if tally else "",
            current=chosen == (part, value),
            topic=lens.topic(value) if part == "topics" else None,
        )
        for value in _parts(lens)[part]
    )


def _instruments(lens: Lens, found: tuple[Event, ...]) -> tuple[Choice, ...]:
    numbers = Counter(event.instrument_id for event in found if event.instrument_id)
    links = {id: lens.instrument_link(id, short=True) for id in numbers}
    return tuple(
        Choice(id=id, text=links[id].text, href=links[id].href, number=lens.lang.number(numbers[id]))
        for id in lens.lang.sorted_by_name(links, lambda id: links[id].text)
    )
