"""What could follow: what most peers of a city have committed to and it is not recorded in.

Peers are the recorded cities of the same country and size class; where these are too
few, the cities that share the most memberships. An instrument is proposed where more
than half of the peers hold it, neither a commitment nor an action of the city is
recorded in it, it has not ended, and it is open to the city: its record says so or, where
the record is silent, a city of the same country is in it. *Not recorded here* is not *has not*.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from itertools import islice
from typing import Literal, NamedTuple

from ...cache.reads import remembered
from ...languages.words import Link, Words
from ...model.frozen import dataclass
from ...model.grouping import grouped
from ...model.records import Atlas, City, Instrument
from ..lens import Lens
from ..parts import TopicTag
from . import neighbours

SIZES = (50_000, 100_000, 250_000, 500_000, 1_000_000)
"""Lower bounds of the size classes above the smallest, by inhabitants.

They are those of the OECD and the European Commission (Dijkstra and Poelman, *Cities in
Europe: the new OECD-EC definition*, Regional Focus 01/2012), with one class below 50,000
and one above a million.
"""

FEWEST = 4
"""With fewer peers than this, the other rule is tried; if that finds no more, nothing is proposed."""

NAMED = 24
"""How many of the peers that hold an instrument are named."""

Rule = Literal["size", "shared"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One instrument that most peers hold, with those who do."""

    id: str
    instrument: Link
    full_name: Words | None
    """The full name where the link shows an acronym."""
    kind: str
    topic: TopicTag | None
    count: str
    """How many of the peers hold it, in words: "5 of 6 peers"."""
    holders: tuple[Link, ...]
    """The peers that hold it, as many as can be named; each links to its claim."""
    more: str
    """How many peers hold it that are not named, in words, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """What could follow for one city, and whom it is compared with."""

    rule: str
    """One sentence: by which rule the peers were found, and how many they are."""
    compare: Link
    """The city beside its peers in a comparison."""
    suggestions: tuple[Suggestion, ...]
    """The most widely held first; empty where nothing fits."""


class _Peers(NamedTuple):
    """Who the peers of a city are, and what could follow from what they hold."""

    rule: Rule
    number: int
    """How many they are."""
    first: tuple[str, ...]
    """The first of them by name, as many as a comparison shows."""
    suggestions: tuple[Suggestion, ...]


@remembered(1 << 16)  # a city stands in several tables, and on its own page
def following(lens: Lens, city_id: str) -> Following | None:
    """Return what could follow for a city, or None where too few peers are recorded to say."""
    city = lens.atlas.cities[city_id]
    found = _of_size(lens, city) or _alike(lens, city)
    if found is None:
        return None
    return Following(
        rule=_rule(lens, found.rule, city, found.number),
        compare=_compare(lens, city_id, found.first, found.number),
        suggestions=found.suggestions,
    )


def _of_size(lens: Lens, city: City) -> _Peers | None:
    """Return the cities of the same country and size class as peers, or None where they are too few.

    What could follow for one of them is what could follow for all, but for what each is recorded in.
    """
    if city.population is None:
        return None
    found = _size_class(lens, city.country, size_class(city.population))
    if found.number < FEWEST:
        return None
    recorded = _recorded(lens.atlas, city.id)
    return found._replace(
        first=tuple(id for id in found.first if id != city.id),
        suggestions=tuple(one for one in found.suggestions if one.id not in recorded),
    )


@remembered(4096)
def _size_class(lens: Lens, country: str, size: int) -> _Peers:
    """Return the peers that any city of a country and a size class has, itself among the first of them."""
    cities = _by_size(lens.atlas)[country, size]
    names = {city.id: lens.city_name(city) for city in cities}
    ids = lens.lang.sorted_by_name(names, names.__getitem__)
    # A city is never among those that hold what it is not recorded in, so all count all of them.
    return _proposed(lens, "size", ids, len(ids) - 1, country)


def _alike(lens: Lens, city: City) -> _Peers | None:
    """Return the cities with the most memberships in common as peers, or None where they are too few."""
    others = [other for other, _ in neighbours.most_similar(lens, city.id)]
    if len(others) < FEWEST:
        return None
    ids = lens.lang.sorted_by_name(others, lambda id: lens.city_name(lens.atlas.cities[id]))
    return _proposed(lens, "shared", ids, len(ids), city.country, _recorded(lens.atlas, city.id))


def _proposed(
    lens: Lens, rule: Rule, ids: list[str], number: int, country: str, recorded: Container[str] = ()
) -> _Peers:
    """Return peers with what more than half of their ``number`` hold, but what is ``recorded``."""
    held = _held(lens)
    holders: dict[str, list[str]] = defaultdict(list)
    for id in ids:
        for instrument in held[id]:
            holders[instrument].append(id)
    fitting = [
        lens.atlas.instruments[id]
        for id, those in holders.items()
        if id not in recorded and 2 * len(those) > number and _open(lens, lens.atlas.instruments[id], country)
    ]
    fitting.sort(key=lambda i: (-len(holders[i.id]), lens.lang.sort_key(lens.instrument_short(i))))
    suggestions = tuple(_suggestion(lens, i, holders[i.id], held, number) for i in fitting)
    return _Peers(rule, number, tuple(ids[:MOST_PLACES]), suggestions)


def _recorded(atlas: Atlas, city_id: str) -> frozenset[str]:
    """Return the instruments in which a commitment or an action of a city is recorded."""
    of_actions = (a.instrument for a in atlas.actions_of_city.get(city_id, ()) if a.instrument)
    return frozenset((*(c.instrument for c in atlas.commitments_of_city.get(city_id, ())), *of_actions))


@remembered(4)
def _held(lens: Lens) -> Mapping[str, Mapping[str, str]]:
    """Return, for each city, the instruments it is committed in, with the anchor of the claim."""
    return {
        # One claim for each instrument, also where a city has several periods in it.
        id: {c.instrument: c.anchor for c in lens.committed(lens.atlas.commitments_of_city.get(id, ()))}
        for id in lens.atlas.cities
    }


def size_class(population: int) -> int:
    """Return the number of the size class of a city with so many inhabitants, from 0."""
    return bisect_right(SIZES, population)


@remembered(2)
def _by_size(atlas: Atlas) -> Mapping[tuple[str, int], list[City]]:
    known = (city for city in atlas.cities.values() if city.population is not None)
    return grouped(known, lambda city: (city.country, size_class(city.population or 0)))


@remembered(2)
def _countries(atlas: Atlas) -> Mapping[str, frozenset[str]]:
    """Return the countries of the cities recorded as committed in each instrument."""
    return {
        id: frozenset(
            atlas.cities[c.city].country
            for c in commitments
            if c.status not in ("none", "declined", "applicant", "participant")
        )
        for id, commitments in atlas.commitments_of_instrument.items()
    }


def _open(lens: Lens, instrument: Instrument, country: str) -> bool:
    if instrument.ended is not None and instrument.ended.first_day <= lens.as_of:
        return False
    if instrument.open_to:
        return "all" in instrument.open_to or country in instrument.open_to
    return country in _countries(lens.atlas)[instrument.id]


def _rule(lens: Lens, rule: Rule, city: City, number: int) -> str:
    lang = lens.lang
    if rule == "shared":
        return lang.n(
            "Peers are the %(num)s recorded city with the most memberships in common: too few of the same "
            "country are of the same size.",
            "Peers are the %(num)s recorded cities with the most memberships in common: too few of the same "
            "country are of the same size.",
            number,
        )
    assert city.population is not None  # the rule needs it
    return lang.n(
        "Peers are the %(num)s other recorded city of the same country (%(country)s) and size (%(size)s).",
        "Peers are the %(num)s other recorded cities of the same country (%(country)s) and size (%(size)s).",
        number,
        country=lang.country(city.country),
        size=_size_name(lens, size_class(city.population)),
    )


def _size_name(lens: Lens, number: int) -> str:
    lang = lens.lang
    if number == 0:
        return lang.t("under %(number)s inhabitants", number=lang.number(SIZES[0]))
    if number == len(SIZES):
        return lang.t("%(number)s inhabitants or more", number=lang.number(SIZES[-1]))
    low, high = (lang.number(SIZES[n]) for n in (number - 1, number))
    return lang.t("%(low)s to %(high)s inhabitants", low=low, high=high)


def side_by_side(lens: Lens, cities: Iterable[str], text: str) -> Link:
    """Return the link to a comparison of some cities, as many as it has room for."""
    return Link(text=text, href=f"{lens.href('compare')}?c={','.join(islice(cities, MOST_PLACES))}")


def _compare(lens: Lens, city_id: str, others: tuple[str, ...], number: int) -> Link:
    text = lens.lang.t("Compare side by side with these cities")
    if number >= MOST_PLACES:
        text = lens.lang.t("Compare side by side with the first seven of these cities")
    return side_by_side(lens, (city_id, *others), text)


MOST_PLACES = 8
"""How many places a chosen comparison sets side by side."""


def _suggestion(
    lens: Lens, instrument: Instrument, holders: list[str], held: Mapping[str, Mapping[str, str]], peers: int
) -> Suggestion:
    lang = lens.lang
    return Suggestion(
        id=instrument.id,
        instrument=lens.instrument_link(instrument.id, short=True),
        full_name=lens.instrument_full(instrument),
        kind=lens.instrument_kind(instrument),
        topic=lens.topic_of(instrument.id),
        count=lang.n(
            "%(num)s of %(peers)s peers", "%(num)s of %(peers)s peers", len(holders), peers=lang.number(peers)
        ),
        holders=tuple(lens.city_link(id, held[id][instrument.id]) for id in holders[:NAMED]),
        more=lang.n("and %(num)s more", "and %(num)s more", len(holders) - NAMED)
        if len(holders) > NAMED
        else "",
    )
