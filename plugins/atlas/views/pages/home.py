"""The home page and the index of cities: what this is, what is new, and the ways in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from ...cache.reads import remembered
from ...languages.words import Link, Words
from ...model.claim_ids import disputed_claim
from ...model.frozen import Frozen
from .. import evidence
from ..analysis.accessions import joined
from ..analysis.events import Event, events
from ..families import Family, counted, filled
from ..lens import Lens
from ..paging import ListPage, list_page, paginate
from ..parts import Group, MapPoint, PageView, Tally
from ..sections import page_frame, section_link
from .country import city_tally
from .instrument import largest_first
from .instrument import tally as instrument_tally
from .topic import topic_tallies

SHOWN_NEWS = 8
SHOWN_COUNTRIES = 6
SHOWN_INSTRUMENTS = 6
SHOWN_DISPUTES = 3
SHOWN_CITIES_IN_DISPUTE = 4
NEWS_OF_ONE_INSTRUMENT = 2
"""How much the home page names of each list."""


class Disagreement(Frozen):
    """What sources say differently about claims on one instrument, in the same respect."""

    instrument: Link
    what: str
    claims: tuple[tuple[Link, tuple[Words, ...]], ...]
    """Each city with the values that sources give for it, the preferred one first."""
    more: str
    """How many further cities there are."""


class HomePage(PageView):
    """Everything that the home page shows."""

    suggest: Link
    """The form, for who knows something that is missing."""
    totals: tuple[Tally, ...]
    """Numbers of cities, countries, instruments, commitments, actions and sources."""
    news: tuple[Event, ...]
    topics: tuple[Tally, ...]
    countries: tuple[Tally, ...]
    """The countries with the most recorded cities."""
    instruments: tuple[tuple[Family, tuple[Tally, ...]], ...]
    """The instruments of each family with the most recorded cities."""
    disputed: tuple[Disagreement, ...]
    """Claims on which sources differ, those that differ alike together."""
    all_disputed: str
    """The address of the page of all of them, which can be narrowed."""
    places: tuple[MapPoint, ...]


def home_page(lens: Lens) -> HomePage:
    """Return the home page."""
    atlas, lang = lens.atlas, lens.lang
    countries = len(atlas.cities_of_country)
    lead = lang.phrase(
        "home/lead",
        cities=lang.n("%(num)s city", "%(num)s cities", len(atlas.cities)),
        countries=lang.n("%(num)s country", "%(num)s countries", countries),
    )
    sizes = {code: len(cities) for code, cities in atlas.cities_of_country.items()}
    return HomePage(
        frame=page_frame(lens, "home", title="", lead=(lead,)),
        suggest=section_link(lens, "contribute/suggest"),
        totals=_totals(lens, countries),
        news=_news(lens),
        topics=topic_tallies(lens),
        countries=lens.tallies(sizes, lens.country_link)[:SHOWN_COUNTRIES],
        instruments=tuple((family, rows) for family in filled(lens) if (rows := _largest(lens, family))),
        disputed=_disputes(lens)[:SHOWN_DISPUTES],
        all_disputed=lens.href("contradictions"),
        places=lens.places(atlas.cities.values()),
    )


def city_index(lens: Lens, number: int = 1) -> ListPage[Tally]:
    """Return all cities from A to Z in the order of the page's language, or one page of them."""
    cities, lang = lens.atlas.cities, lens.lang

    def group(letter: str, ids: Sequence[str]) -> Group[Tally]:
        rows = (replace(city_tally(lens, cities[id]), note=lang.country(cities[id].country)) for id in ids)
        return lens.group(letter, "other" if letter == "#" else letter.lower(), rows)

    lead = lang.phrase(
        "home/cities",
        cities=lang.n("%(num)s city", "%(num)s cities", len(cities)),
        countries=lang.n("%(num)s country", "%(num)s countries", len(lens.atlas.cities_of_country)),
    )
    places = lens.places(cities.values()) if number == 1 else ()
    return list_page(lens, "cities", _letters(lens), number, lead, group, alike=False, places=places)


def city_pages(lens: Lens) -> Iterator[str]:
    """Yield the numbers of the further pages of a long list of cities."""
    yield from map(str, range(2, len(_letters(lens)) + 1))


@remembered(4)
def _letters(lens: Lens) -> tuple[dict[str, list[str]], ...]:
    """Return the ids of all cities by letter, page by page."""
    lang = lens.lang
    letters: dict[str, list[str]] = {}
    for city in lang.sorted_by_name(lens.atlas.cities.values(), lens.city_name):
        letters.setdefault(lang.initial(lens.city_name(city)), []).append(city.id)
    # “’s-Hertogenbosch” is the first of all and stands under S.
    return tuple(paginate(dict(sorted(letters.items(), key=lambda letter: lang.sort_key(letter[0])))))


@remembered(4)
def _totals(lens: Lens, countries: int) -> tuple[Tally, ...]:
    atlas, lang = lens.atlas, lens.lang

    def tally(text: str, number: int, section: str) -> Tally:
        return Tally(link=Link(text=text, href=lens.href(section)), number=lang.number(number))

    actions = sum(action.stands_alone for action in atlas.actions.values())
    found = Counter(map(atlas.vocabulary.family, atlas.instruments.values()))
    made = len(joined(lens, atlas.commitments))  # as the timeline counts them
    return (
        # Translators: Stands under its number, which is set in large figures; the noun agrees with it.
        tally(lang.n("city", "cities", len(atlas.cities)), len(atlas.cities), "cities"),
        # Translators: Stands under its number, which is set in large figures; the noun agrees with it.
        tally(lang.n("country", "countries", countries), countries, "countries"),
        # Translators: Stands under its number, which is set in large figures; the noun agrees with it.
        tally(lang.n("commitment", "commitments", made), made, "timeline"),
        *(tally(counted(lens, one.id, found[one.id]), found[one.id], one.section) for one in filled(lens)),
        # Translators: Something a city or network did: a programme, an event, a statement. Stands under its
        # number.
        tally(lang.n("action", "actions", actions), actions, "actions"),
        # Translators: A document or page that a claim rests on. Stands under its number.
        tally(lang.n("source", "sources", len(atlas.sources)), len(atlas.sources), "sources"),
    )


def _largest(lens: Lens, family: Family) -> tuple[Tally, ...]:
    found = [i for i in lens.atlas.instruments.values() if lens.instrument_section(i) == family.section]
    shown = largest_first(lens, found)[:SHOWN_INSTRUMENTS]
    # Names as short as in the lists of a city.
    links = {i.id: lens.instrument_link(i.id, short=True) for i in shown}
    return tuple(replace(instrument_tally(lens, i), link=links[i.id]) for i in shown)


def _disputes(lens: Lens) -> tuple[Disagreement, ...]:
    """Return what sources say differently about commitments, the most alike first."""
    alike: dict[tuple[str, str], dict[str, list[Words]]] = {}
    for record, values in lens.atlas.contradictions.items():
        if record.startswith("commitments/"):
            for value in values:
                claims = alike.setdefault((disputed_claim(record)[1], value.field), {})
                claims.setdefault(record, []).append(evidence.differing_value(lens, value))
    groups = sorted(alike.items(), key=lambda group: (-len(group[1]), group[0]))
    return tuple(_dispute(lens, *key, claims) for key, claims in groups)


def _dispute(lens: Lens, instrument: str, field: str, claims: Mapping[str, list[Words]]) -> Disagreement:
    lang = lens.lang
    names = {record: lens.city_link(disputed_claim(record)[0]).text for record in claims}
    records = lang.sorted_by_name(claims, names.__getitem__)
    # Never one is left out, whose name is as short as "and 1 more".
    shown = records if len(records) <= SHOWN_CITIES_IN_DISPUTE + 1 else records[:SHOWN_CITIES_IN_DISPUTE]
    rest = len(records) - len(shown)
    # Translators: What sources differ on, after the name of a network: since when, until when, or its
    # status ("whether or how").
    named = {"since": lang.t("since when"), "until": lang.t("until when"), "status": lang.t("whether or how")}
    return Disagreement(
        instrument=lens.instrument_link(instrument, short=True),
        what=named.get(field, ""),
        claims=tuple(
            (replace(lens.record_link(record), text=names[record]), tuple(dict.fromkeys(claims[record])))
            for record in shown
        ),
        more=lang.n("and %(num)s more", "and %(num)s more", rest) if rest > 0 else "",
    )


@remembered(4)
def _news(lens: Lens) -> tuple[Event, ...]:
    """Return the newest events, but no third one of an instrument, which would be all that is read."""
    return tuple(islice(_newest(lens), SHOWN_NEWS))


def _newest(lens: Lens) -> Iterator[Event]:
    told: Counter[str] = Counter()
    for event in events(lens):
        if event.kind in _NEWS and (event.when.iso or "") <= lens.as_of.isoformat():
            told[event.instrument_id] += 1
            if not event.instrument_id or told[event.instrument_id] <= NEWS_OF_ONE_INSTRUMENT:
                yield event


_NEWS = ("joined", "met", "done")
"""Kinds of events that are news: what cities and networks did, not what ended or was only decided."""
