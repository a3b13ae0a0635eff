"""What could follow: what most peers of a city have committed to and it is not recorded in.

Peers are the recorded cities of the same country and size class; where these are too
few, the cities that share the most memberships. An instrument is proposed where more
than half of the peers hold it, neither a commitment nor an action of the city is
recorded in it, it has not ended, and it is open to the city: its record says so or, where
the record is silent, a city of the same country is in it. *Not recorded here* is not *has not*.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..model import Atlas, City, Instrument
from ..tracking import remembered
from . import kinship
from .lens import Lens
from .parts import Link, TopicTag, Words

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

    city: Link
    rule: str
    """One sentence: by which rule the peers were found, and how many they are."""
    compare: Link
    """The city beside its peers in a comparison."""
    suggestions: tuple[Suggestion, ...]
    """The most widely held first; empty where nothing fits."""


@remembered(1 << 16)  # a city stands in several tables, and on its own page
def following(lens: Lens, city_id: str) -> Following | None:
    """Return what could follow for a city, or None where too few peers are recorded to say."""
    atlas, lang = lens.atlas, lens.lang
    city = atlas.cities[city_id]
    found = peers(lens, city)
    if found is None:
        return None
    rule, others = found
    held = _held(lens)
    if rule == "size":
        assert city.population is not None  # the rule needs it
        counts = _held_by_size(lens)[city.country, size_class(city.population)]
    else:
        counts = Counter(instrument for other in others for instrument in held[other.id])
    recorded = {c.instrument for c in atlas.commitments_of_city.get(city_id, ())}
    recorded |= {a.instrument for a in atlas.actions_of_city.get(city_id, ()) if a.instrument}
    # The city itself is counted in its class, but never in what it is not recorded in.
    fitting = [
        atlas.instruments[id]
        for id, number in counts.items()
        if id not in recorded and 2 * number > len(others) and _open(lens, atlas.instruments[id], city)
    ]
    fitting.sort(key=lambda i: (-counts[i.id], lang.sort_key(lens.instrument_short(i))))
    others = lang.sorted_by_name(others, lens.city_name)
    return Following(
        city=lens.city_link(city_id),
        rule=_rule(lens, rule, city, len(others)),
        compare=_compare(lens, city_id, [other.id for other in others]),
        suggestions=tuple(
            _suggestion(lens, i, [o.id for o in others if i.id in held[o.id]], held, len(others))
            for i in fitting
        ),
    )


@remembered(4)
def _held(lens: Lens) -> Mapping[str, Mapping[str, str]]:
    """Return, for each city, the instruments it is committed in, with the anchor of the claim."""
    return {
        # One claim for each instrument, also where a city has several periods in it.
        id: {c.instrument: c.anchor for c in lens.committed(lens.atlas.commitments_of_city.get(id, ()))}
        for id in lens.atlas.cities
    }


@remembered(4)
def _held_by_size(lens: Lens) -> Mapping[tuple[str, int], Counter[str]]:
    """Return how many cities of each country and size class are committed in each instrument."""
    held = _held(lens)
    return {
        key: Counter(instrument for city in cities for instrument in held[city.id])
        for key, cities in _by_size(lens.atlas).items()
    }


def peers(lens: Lens, city: City) -> tuple[Rule, list[City]] | None:
    """Return the peers of a city and the rule that found them, or None where both find too few."""
    if city.population is not None:
        same = [c for c in _by_size(lens.atlas)[city.country, size_class(city.population)] if c is not city]
        if len(same) >= FEWEST:
            return "size", same
    shared = [other for other, _ in kinship.most_similar(lens, city)]
    return ("shared", shared) if len(shared) >= FEWEST else None


def size_class(population: int) -> int:
    """Return the number of the size class of a city with so many inhabitants, from 0."""
    return bisect_right(SIZES, population)


@remembered(2)
def _by_size(atlas: Atlas) -> Mapping[tuple[str, int], list[City]]:
    classes: dict[tuple[str, int], list[City]] = defaultdict(list)
    for city in atlas.cities.values():
        if city.population is not None:
            classes[city.country, size_class(city.population)].append(city)
    return classes


@remembered(2)
def _countries(atlas: Atlas) -> Mapping[str, frozenset[str]]:
    """Return the countries of the cities recorded as committed in each instrument."""
    return {
        id: frozenset(
            atlas.cities[c.city].country
            for c in commitments
            if c.status not in ("none", "declined", "applicant")
        )
        for id, commitments in atlas.commitments_of_instrument.items()
    }


def _open(lens: Lens, instrument: Instrument, city: City) -> bool:
    if instrument.ended is not None and instrument.ended.earliest <= lens.as_of:
        return False
    if instrument.open_to:
        return "all" in instrument.open_to or city.country in instrument.open_to
    return city.country in _countries(lens.atlas)[instrument.id]


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


def _compare(lens: Lens, city_id: str, others: list[str]) -> Link:
    ids = ",".join([city_id, *others][:MOST_PLACES])
    return Link(
        text=lens.lang.t("Compare side by side with these cities")
        if len(others) < MOST_PLACES
        else lens.lang.t("Compare side by side with the first seven of these cities"),
        href=f"{lens.href('compare')}?c={ids}",
    )


MOST_PLACES = 8
"""How many places a chosen comparison sets side by side."""


def _suggestion(
    lens: Lens, instrument: Instrument, holders: list[str], held: Mapping[str, Mapping[str, str]], peers: int
) -> Suggestion:
    lang = lens.lang
    kind = lang.label(lens.atlas.vocabulary.instrument_kinds.get(instrument.kind))
    if instrument.family == "charter" and instrument.began:
        kind = f"{kind}, {instrument.began.year}"
    return Suggestion(
        id=instrument.id,
        instrument=lens.instrument_link(instrument.id, short=True),
        full_name=lens.instrument_name(instrument) if instrument.acronym else None,
        kind=kind,
        topic=lens.topic(instrument.topics[0]) if instrument.topics else None,
        count=lang.n(
            "%(num)s of %(peers)s peers", "%(num)s of %(peers)s peers", len(holders), peers=lang.number(peers)
        ),
        holders=tuple(lens.city_link(id, held[id][instrument.id]) for id in holders[:NAMED]),
        more=lang.n("and %(num)s more", "and %(num)s more", len(holders) - NAMED)
        if len(holders) > NAMED
        else "",
    )
