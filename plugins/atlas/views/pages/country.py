"""Countries: their cities, the instruments they are in, and what was done there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ...cache.reads import remembered
from ...languages import summaries
from ...languages.populations import populations
from ...languages.words import Link
from ...model.frozen import Frozen
from ...model.grouping import grouped
from ...model.records import Action, Atlas, City, Commitment
from .. import evidence
from ..analysis.events import CITIES, TARGET, Event, events
from ..lanes.score import Score
from ..lens import Lens
from ..paging import MorePage, Pieces, further_pages, more_page, numbered, page_links, paginate
from ..parts import ActionEntry, Group, MapPoint, PageView, Tally
from ..sections import page_frame, section_link
from .comparison import table_link
from .timeline import timeline_score


class CountryPage(PageView):
    """Everything that a country's page shows."""

    name: str
    cities: tuple[Group[Tally], ...]
    """Cities with their number of commitments: by region where regions are known, else one group."""
    pieces: Pieces | None
    """The pages of its list, where it is long."""
    score: Score | None
    """The picture of who joined when, whose years lead to the timeline of the country."""
    instruments: tuple[Tally, ...]
    topics: tuple[Tally, ...]
    actions: tuple[ActionEntry, ...]
    more_actions: Link | None
    """Where the others are, when there are too many for the page."""
    places: tuple[MapPoint, ...]
    compare: Link | None
    """The table of its cities side by side, where there is one."""


class CountryIndex(PageView):
    """The list of countries with their numbers of cities and commitments."""

    countries: tuple[CountryRow, ...]
    places: tuple[MapPoint, ...]


class CountryRow(Frozen):
    """One country in the list."""

    country: Tally
    """With its number of cities."""
    commitments: str
    instruments: str


def country_page(lens: Lens, code: str) -> CountryPage:
    """Return the page of one country, by its ISO 3166-1 code in upper case."""
    atlas, lang = lens.atlas, lens.lang
    cities = atlas.cities_of_country[code]
    standing = [c for city in cities for c in lens.committed(atlas.commitments_of_city.get(city.id, ()))]
    by_instrument = Counter(c.instrument for c in standing)
    by_topic = Counter(topic for c in standing for topic in atlas.instruments[c.instrument].topics)
    actions = actions_in(atlas, cities)
    name = lang.country(code)
    lead = _lead(lens, code, standing, len(by_instrument), len(actions))
    return CountryPage(
        frame=page_frame(
            lens,
            "country",
            "countries",
            code.lower(),
            title=name,
            lead=lead,
            description=f"{name}: {lead[0]}",
        ),
        name=name,
        cities=_groups(lens, _cut(lens, code)[0]),
        pieces=_pieces(lens, code, 1),
        score=timeline_score(lens, "countries", code),
        instruments=lens.tallies(by_instrument, lens.instrument_link, lens.topic_of),
        topics=lens.topic_tallies(by_topic),
        actions=evidence.actions(lens, evidence.newest_first(actions)[:MOST_ACTIONS]),
        more_actions=more_actions(lens, len(actions), "timeline/countries", code.lower()),
        places=lens.places(cities),
        compare=table_link(lens, "country", code),
    )


def country_pages(lens: Lens) -> Iterator[str]:
    """Yield the further pages of the countries with long lists of cities, as ``PL/2``."""
    yield from further_pages(lens.atlas.cities_of_country, lambda code: _cut(lens, code))


def more_of_country(lens: Lens, id: str) -> MorePage:
    """Return a further page of the cities of a country."""
    code, _, part = id.partition("/")
    number = int(part)
    return more_page(
        lens,
        _pieces(lens, code, number),
        name=lens.lang.country(code),
        section="countries",
        id=numbered(code.lower(), number),
        crumbs=(section_link(lens, "countries"), lens.country_link(code)),
        heading=lens.lang.t("Cities"),
        cities=_groups(lens, _cut(lens, code)[number - 1]),
    )


def country_index(lens: Lens) -> CountryIndex:
    """Return the list of all countries with recorded cities."""
    atlas, lang = lens.atlas, lens.lang
    rows = []
    for code in lang.sorted_by_name(atlas.cities_of_country, lang.country):
        cities = atlas.cities_of_country[code]
        held = [instrument for city in cities for instrument in lens.held(city.id)]
        rows.append(
            CountryRow(
                country=Tally(link=lens.country_link(code), number=lang.number(len(cities))),
                commitments=lang.number(len(held)),
                instruments=lang.number(len(set(held))),
            )
        )
    lead = lang.phrase("countries/lead", len(rows))
    return CountryIndex(
        frame=page_frame(lens, "countries", "countries", lead=(lead,)),
        countries=tuple(rows),
        places=lens.places(atlas.cities.values()),
    )


def city_tally(lens: Lens, city: City, number: int | None = None) -> Tally:
    """Return a city with its number of commitments that hold, or with another number."""
    if number is None:
        number = len(lens.held(city.id))
    # None is a number only where somebody looked.
    # Translators: Stands in the place of a number of commitments: of those that hold today. Never a "no".
    looked = city.id in lens.atlas.commitments_of_city
    none = lens.lang.t("none today") if looked else lens.lang.t("not checked")
    return Tally(link=lens.city_link(city.id), number=lens.lang.number(number) if number else none)


def actions_in(atlas: Atlas, cities: tuple[City, ...]) -> list[Action]:
    """Return the actions of any of the cities, each once."""
    found = {action.id: action for city in cities for action in atlas.actions_of_city.get(city.id, ())}
    return list(found.values())


def _lead(
    lens: Lens, code: str, standing: list[Commitment], instruments: int, actions: int
) -> tuple[str, ...]:
    """Return how many cities hold how much, the first and latest of it, and how many people live there."""
    cities = lens.atlas.cities_of_country[code]
    holding = {c.city for c in standing}
    people = [city.population for city in cities if city.id in holding and not city.is_over(lens.as_of)]
    return tuple(
        filter(
            None,
            (
                summaries.country_holds(
                    lens.lang, len(cities), len(holding), len(standing), instruments, actions
                ),
                summaries.first_and_latest(lens.lang, [_said(one) for one in _ends(lens, code)]),
                summaries.people(lens.lang, people, populations().get(code)),
            ),
        )
    )


def _ends(lens: Lens, code: str) -> tuple[Event, ...]:
    """Return the earliest and the latest time that cities of a country joined or signed."""
    joined = [event for event in events(lens, "countries", code) if event.kind == "joined"]
    return (joined[-1], joined[0]) if len(joined) > 1 else tuple(joined)


def _said(event: Event) -> tuple[str, str]:
    """Return an event as words and its date; cities are named where they are few."""
    first, *rest = event.sentence
    words = "".join((first if first == CITIES else first[:1].lower() + first[1:], *rest))
    if len(event.cities) > MOST_NAMED:
        words = words.replace(f": {CITIES}", "")
    names = ", ".join(link.text for link in event.cities)
    return words.replace(CITIES, names).replace(TARGET, event.target.text), event.date


MOST_NAMED = 3
"""How many cities of one event the sentence about the first and the latest names."""
MOST_ACTIONS = 100
"""How many actions, the newest, the page of a country or topic has."""


def more_actions(lens: Lens, number: int, section: str, id: str) -> Link | None:
    """Return where all of so many actions are, or None where the page has them itself."""
    if number <= MOST_ACTIONS:
        return None
    lang = lens.lang
    told = lang.phrase("countries/more_actions", shown=lang.number(MOST_ACTIONS), all=lang.number(number))
    return Link(text=told, href=lens.href(section, id))


@remembered(512)
def _cut(lens: Lens, code: str) -> tuple[dict[str, list[str]], ...]:
    """Return the ids of the cities of a country by region, page by page."""
    regions = _by_region(lens, lens.atlas.cities_of_country[code])
    return tuple(paginate({region: [city.id for city in its] for region, its in regions.items()}))


def _pieces(lens: Lens, code: str, number: int) -> Pieces | None:
    return page_links(
        lens,
        _cut(lens, code),
        number,
        lambda region: region or lens.lang.t("Cities"),
        lambda page: lens.href("countries", numbered(code.lower(), page)),
    )


def _by_region(lens: Lens, cities: tuple[City, ...]) -> dict[str, list[City]]:
    """Group cities by region where all their regions have names, else keep them together."""
    lang = lens.lang
    regions = grouped(cities, lambda city: lens.region_name(city.region))
    if "" in regions:
        regions = {"": list(cities)}
    return {
        region: lang.sorted_by_name(regions[region], lens.city_name)
        for region in lang.sorted_by_name(regions, str)
    }


def _groups(lens: Lens, regions: Mapping[str, Sequence[str]]) -> tuple[Group[Tally], ...]:
    return tuple(
        lens.group(
            region or lens.lang.t("Cities"),
            str(number),
            (city_tally(lens, lens.atlas.cities[id]) for id in cities),
        )
        for number, (region, cities) in enumerate(regions.items(), start=1)
    )
