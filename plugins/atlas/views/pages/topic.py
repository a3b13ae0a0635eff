"""Topics: the networks, charters, actions and cities that stand for one."""

from __future__ import annotations

from collections import Counter

from ...cache.reads import remembered
from ...languages.words import Link
from ...model.frozen import Frozen
from ...model.records import Commitment, Instrument
from .. import evidence
from ..families import families
from ..lanes.score import Score
from ..lens import Lens
from ..parts import ActionEntry, Group, MapPoint, PageView, Tally, TopicTag
from ..sections import page_frame
from .country import MOST_ACTIONS, city_tally, more_actions
from .instrument import largest_first
from .instrument import tally as instrument_tally
from .timeline import timeline_score

SHOWN_CITIES = 25
"""How many cities a topic's page names at most; the map and the list of cities have them all."""


class TopicPage(PageView):
    """Everything that a topic's page shows."""

    tag: TopicTag
    instruments: tuple[Group[Tally], ...]
    """Networks, then charters, with their numbers of recorded cities."""
    score: Score | None
    """The picture of who joined when, whose years lead to the timeline of the topic."""
    cities: tuple[Tally, ...]
    """The cities with the most commitments on the topic, with that number."""
    countries: tuple[Tally, ...]
    actions: tuple[ActionEntry, ...]
    more_actions: Link | None
    """Where the others are, when there are too many for the page."""
    places: tuple[MapPoint, ...]


class TopicRow(Frozen):
    """One topic in the list."""

    tag: TopicTag
    help: str
    instruments: str
    commitments: str
    actions: str


class TopicIndex(PageView):
    """The list of topics."""

    topics: tuple[TopicRow, ...]


def topic_page(lens: Lens, topic_id: str) -> TopicPage:
    """Return the page of one topic."""
    atlas, lang = lens.atlas, lens.lang
    tag = lens.topic(topic_id)
    instruments = atlas.instruments_of_topic.get(topic_id, ())
    standing, actions = _standing(lens, topic_id), atlas.actions_of_topic.get(topic_id, ())
    by_city = Counter(c.city for c in standing)
    by_country = Counter(atlas.cities[city].country for city in by_city)
    about = lang.text(atlas.vocabulary.topics[topic_id].help)
    numbers = _lead(lens, len(by_city), len(by_country), len(instruments))
    return TopicPage(
        frame=page_frame(
            lens,
            "topic",
            "topics",
            topic_id,
            title=tag.label,
            lead=tuple(filter(None, (about, numbers))),
            description=numbers,
        ),
        tag=tag,
        instruments=tuple(
            lens.group(
                family.title,
                family.section,
                (instrument_tally(lens, i) for i in largest_first(lens, members)),
                lens.href(family.section),
            )
            for family in families(lens)
            if (members := [i for i in instruments if lens.instrument_section(i) == family.section])
        ),
        score=timeline_score(lens, "topics", topic_id),
        cities=tuple(city_tally(lens, atlas.cities[city], by_city[city]) for city in _leading(lens, by_city)),
        countries=lens.tallies(by_country, lens.country_link),
        actions=evidence.actions(lens, evidence.newest_first(actions)[:MOST_ACTIONS]),
        more_actions=more_actions(lens, len(actions), "timeline/topics", topic_id),
        places=lens.places((atlas.cities[city] for city in by_city), by_city),
    )


def topic_index(lens: Lens) -> TopicIndex:
    """Return the list of topics in the order of the vocabulary."""
    lang, atlas = lens.lang, lens.atlas
    lead = lang.phrase("topics/list")
    return TopicIndex(
        frame=page_frame(lens, "topics", "topics", lead=(lead,)),
        topics=tuple(
            TopicRow(
                tag=lens.topic(topic),
                help=lang.text(code.help),
                instruments=lang.number(len(atlas.instruments_of_topic.get(topic, ()))),
                commitments=lang.number(_number_standing(lens, topic)),
                actions=lang.number(len(atlas.actions_of_topic.get(topic, ()))),
            )
            for topic, code in atlas.vocabulary.topics.items()
        ),
    )


def topic_tallies(lens: Lens) -> tuple[Tally, ...]:
    """Return every topic with its number of commitments that hold and of actions."""
    actions = lens.atlas.actions_of_topic
    return lens.topic_tallies(
        {id: _number_standing(lens, id) + len(actions.get(id, ())) for id in lens.atlas.vocabulary.topics}
    )


def _standing(lens: Lens, topic: str) -> list[Commitment]:
    instruments: tuple[Instrument, ...] = lens.atlas.instruments_of_topic.get(topic, ())
    return [
        c for i in instruments for c in lens.committed(lens.atlas.commitments_of_instrument.get(i.id, ()))
    ]


@remembered(256)
def _number_standing(lens: Lens, topic: str) -> int:
    return len(_standing(lens, topic))


def _lead(lens: Lens, cities: int, countries: int, instruments: int) -> str:
    lang = lens.lang
    if not cities:
        return lang.t("The atlas records no commitment of a city on this topic.")
    return lang.phrase(
        "topics/lead",
        cities,
        countries=lang.n("%(num)s country", "%(num)s countries", countries),
        instruments=lang.n("%(num)s network or charter", "%(num)s networks and charters", instruments),
    )


def _leading(lens: Lens, by_city: Counter[str]) -> list[str]:
    ranked = lens.lang.most_first(by_city, lambda id: lens.city_name(lens.atlas.cities[id]))
    if len(ranked) <= SHOWN_CITIES:
        return ranked
    # Those with as many as the first one left out are no more the leading ones than it is.
    left_out = by_city[ranked[SHOWN_CITIES]]
    return [city for city in ranked if by_city[city] > left_out]
