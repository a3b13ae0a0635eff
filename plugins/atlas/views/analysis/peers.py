"""What similar cities have joined: what most peers of a city are committed in and it is not recorded in.

Peers are the recorded cities that share the most memberships with it. An instrument is proposed where more
than half of the peers hold it, neither a commitment nor an action of the city is
recorded in it, it has not ended, and it is open to the city: its record says so or, where
the record is silent, a city of the same country is in it. *Not recorded here* is not *has not*.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ...cache.reads import remembered
from ...languages.words import Link, Words
from ...model.frozen import Frozen
from ...model.records import Atlas, Instrument
from ..lens import Lens
from ..parts import TopicTag
from . import neighbours

FEWEST = 4
"""With fewer peers than this, nothing is proposed."""


class Suggestion(Frozen):
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
    """The peers that hold it; each links to its claim."""


class Following(Frozen):
    """What could follow for one city, and whom it is compared with."""

    rule: str
    """One sentence: who the peers are, and how many."""
    suggestions: tuple[Suggestion, ...]
    """The most widely held first; empty where nothing fits."""


@remembered(1 << 16)  # a city has a page and a document
def following(lens: Lens, city_id: str) -> Following | None:
    """Return what could follow for a city, or None where too few peers are recorded to say."""
    atlas, lang = lens.atlas, lens.lang
    peers = [id for id, _ in neighbours.most_similar(lens, city_id)]
    if len(peers) < FEWEST:
        return None
    holders: dict[str, list[tuple[str, str]]] = defaultdict(list)
    recorded, country = _recorded(atlas, city_id), atlas.cities[city_id].country
    for id in lang.sorted_by_name(peers, lambda id: lens.city_name(atlas.cities[id])):
        for instrument, anchor in _anchors(lens, id):
            if instrument not in recorded:
                holders[instrument].append((id, anchor))
    fitting = [
        atlas.instruments[id]
        for id, those in holders.items()
        if 2 * len(those) > len(peers) and _open(lens, atlas.instruments[id], country)
    ]
    fitting.sort(key=lambda i: (-len(holders[i.id]), lang.sort_key(lens.instrument_short(i))))
    return Following(
        rule=lang.phrase("peers/rule", len(peers)),
        suggestions=tuple(_suggestion(lens, one, holders[one.id], len(peers)) for one in fitting),
    )


@remembered()
def _anchors(lens: Lens, city_id: str) -> tuple[tuple[str, str], ...]:
    """Return the instruments that a city is committed in, each with its last claim there."""
    standing = lens.committed(lens.atlas.commitments_of_city[city_id])
    return tuple({c.instrument: c.anchor for c in standing}.items())


def _recorded(atlas: Atlas, city_id: str) -> frozenset[str]:
    """Return the instruments in which a commitment or an action of a city is recorded."""
    of_actions = (a.instrument for a in atlas.actions_of_city.get(city_id, ()) if a.instrument)
    return frozenset((*(c.instrument for c in atlas.commitments_of_city.get(city_id, ())), *of_actions))


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


def _suggestion(lens: Lens, instrument: Instrument, holders: list[tuple[str, str]], peers: int) -> Suggestion:
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
        holders=tuple(lens.city_link(id, anchor) for id, anchor in holders),
    )
