"""A city's page: what it has committed to, since when, by which act, and how we know."""

from __future__ import annotations

from dataclasses import dataclass

from ...cache.reads import remembered
from ...languages import sentences as wording
from ...languages.words import Link, Words
from ...model.records import City, Commitment, Host, Instrument
from ..analysis import neighbours as kinship
from ..analysis.obligations import DueEntry, city_dues
from ..analysis.peers import Following, following
from ..freshness import verified_fact
from ..lanes.tables import LaneTable, city_lanes
from ..lens import Lens
from ..parts import ActionEntry, Claim, Difference, Fact, Frame, Group, MapPoint, RecordLinks, SourceRef
from .gone import WithdrawnClaim, withdrawn_claims


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A city nearby, or one with similar commitments, with the reason in words."""

    city: Link
    reason: str
    shared: tuple[Link, ...] = ()
    """The instruments both cities are in; only for similar cities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosted:
    """A conference of an instrument that the city hosted."""

    instrument: Link
    sentence: str
    note: Words | None
    sources: tuple[SourceRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CityPage:
    """Everything that a city's page shows."""

    frame: Frame
    id: str
    name: str
    over: tuple[str, Link | None] | None
    """A sentence on the end of the city, and its successor."""
    other_names: tuple[Words, ...]
    """Its local and other names where they differ from ``name``."""
    lead: tuple[str, ...]
    """Sentences that answer in the first screenful."""
    facts: tuple[Fact, ...]
    lanes: LaneTable | None
    """Its commitments over time, drawn."""
    topics: tuple[Group[Claim], ...]
    """Commitments under their first topic, newest first; ``topic`` is always set."""
    ended: tuple[Claim, ...]
    """What does not hold: ended, suspended, declined, only applied for, or checked and found not to be."""
    ended_heading: str
    differences: tuple[Difference, ...]
    """What sources say differently about the city itself."""
    withdrawn: tuple[WithdrawnClaim, ...]
    """What the atlas once said of it, and does not say any more."""
    dues: tuple[DueEntry, ...]
    """What falls due, and whether anything is recorded that fulfils it."""
    actions: tuple[ActionEntry, ...]
    hosted: tuple[Hosted, ...]
    nearby: tuple[Neighbour, ...]
    similar: tuple[Neighbour, ...]
    following: Following | None
    """What most of its peers hold and it is not recorded in; None where too few peers are known."""
    unchecked: tuple[Link, ...]
    """Instruments nobody has checked for this city yet."""
    suggest: Link
    """The form for suggestions, with this city chosen."""
    record: RecordLinks
    place: MapPoint | None
    country_places: tuple[MapPoint, ...]
    """All recorded cities of the country, for the locator map; the heaviest are those with most inhabitants,
    which tell readers best where they are."""


def city_page(lens: Lens, city_id: str) -> CityPage:
    """Return the page of one city."""
    atlas, lang = lens.atlas, lens.lang
    city = atlas.cities[city_id]
    name = lens.city_name(city)
    commitments = atlas.commitments_of_city.get(city_id, ())
    standing = lens.committed(commitments)
    over = [c for c in sorted(commitments, key=_newest_first) if lens.state(c) != "committed"]
    lead = _lead(lens, standing, over)
    return CityPage(
        frame=lens.frame(
            "city",
            section="cities",
            id=city_id,
            title=name,
            description=f"{name}: {lead[0]}",
            crumbs=_crumbs(lens, city),
        ),
        id=city_id,
        name=name,
        over=_over(lens, city),
        other_names=_other_names(lens, city, name),
        lead=lead,
        facts=(*_facts(lens, city), *filter(None, [verified_fact(lang, standing, lens.as_of)])),
        lanes=city_lanes(lens, city_id),
        topics=_by_topic(lens, standing),
        ended=tuple(lens.claim(c, on_city=True) for c in over),
        ended_heading=wording.without_effect(lang, ((lens.state(c), c.status) for c in over)),
        differences=lens.differences(f"cities/{city_id}"),
        withdrawn=withdrawn_claims(lens, city_id),
        dues=city_dues(lens, city_id),
        actions=lens.actions(atlas.actions_of_city.get(city_id, ())),
        hosted=tuple(
            _hosted(lens, instrument, host) for instrument, host in atlas.hosted_by_city.get(city_id, ())
        ),
        nearby=tuple(
            Neighbour(city=lens.city_link(other.id), reason=lang.kilometres(km))
            for other, km in kinship.nearest(atlas, city)
        ),
        similar=tuple(_similar(lens, other, shared) for other, shared in kinship.most_similar(lens, city)),
        following=following(lens, city_id),
        unchecked=_unchecked(lens, city),
        suggest=Link(text=lang.t("Suggest an entry"), href=lens.suggest_href(city=city_id)),
        record=lens.record(f"cities/{city_id}", city.place),
        place=lens.place(city),
        country_places=_country_places(lens, city.country),
    )


@remembered(256)
def _country_places(lens: Lens, country: str) -> tuple[MapPoint, ...]:
    cities = lens.atlas.cities_of_country[country]
    return lens.places(cities, {city.id: city.population or 0 for city in cities})


def _crumbs(lens: Lens, city: City) -> tuple[Link, ...]:
    return (
        Link(text=lens.lang.t("Cities"), href=lens.href("cities")),
        lens.country_link(city.country),
    )


def _over(lens: Lens, city: City) -> tuple[str, Link | None] | None:
    if city.until is None:
        return None
    said = lens.lang.t("Ceased to exist %(when)s.", when=lens.lang.when(city.until))
    if not city.is_over(lens.as_of):
        said = lens.lang.t("Ceases to exist %(when)s.", when=lens.lang.when(city.until))
    return said, lens.city_link(city.successor) if city.successor else None


def _other_names(lens: Lens, city: City, shown: str) -> tuple[Words, ...]:
    names: dict[str, str | None] = {}
    if city.name != shown:
        names[city.name] = None
    for code, text in sorted(city.names.items()):
        if text not in (shown, city.name):
            names.setdefault(text, code)
    return tuple(Words(text=text, lang=code) for text, code in names.items())


def _lead(lens: Lens, standing: list[Commitment], over: list[Commitment]) -> tuple[str, ...]:
    lang, atlas = lens.lang, lens.atlas
    charters = sum(atlas.instruments[c.instrument].family == "charter" for c in standing)
    dates = [c.since for c in standing if c.since]
    disputed = sum(f"commitments/{c.instrument}:{c.city}" in atlas.contradictions for c in standing)
    sentences = [wording.standing(lang, len(standing) - charters, charters)]
    if standing:
        if len(standing) > 1:
            sentences.append(wording.span(lang, dates) or "")
        sentences.append(wording.doubts(lang, len(standing) - len(dates), disputed) or "")
    absent = sum(c.status == "none" for c in over)
    if others := len(over) - absent:
        sentences.append(
            lang.n(
                "%(num)s more is recorded as ended, suspended, declined, only applied for or "
                "only taken part in.",
                "%(num)s more are recorded as ended, suspended, declined, only applied for or "
                "only taken part in.",
                others,
            )
        )
    if absent:
        sentences.append(
            lang.n(
                "%(num)s was checked, and the city is not in it.",
                "%(num)s were checked, and the city is in none of them.",
                absent,
            )
        )
    return tuple(filter(None, sentences))


def _facts(lens: Lens, city: City) -> tuple[Fact, ...]:
    lang = lens.lang
    facts = [Fact(label=lang.t("Country"), links=(lens.country_link(city.country),))]
    if before := lens.atlas.cities_before.get(city.id):
        links = tuple(lens.city_link(one.id) for one in before)
        facts.append(Fact(label=lang.t("Also what was"), links=links))
    facts += [
        Fact(label=lang.t("Former name"), value=Words(text=text, lang=code))
        for code, text in city.names_before
    ]
    if region := lens.region_name(city.region):
        facts.append(Fact(label=lang.t("Region"), value=Words(text=region)))
    if city.population is not None:
        facts.append(
            Fact(
                label=lang.t("Inhabitants"),
                value=Words(text=lang.t("%(number)s (GeoNames)", number=lang.number(city.population))),
            )
        )
    if city.website:
        facts.append(Fact(label=lang.t("Website"), value=Words(text=city.website), url=city.website))
    for label, value, url in (
        ("GeoNames", city.geonames, f"https://www.geonames.org/{city.geonames}/"),
        ("Wikidata", city.wikidata, f"https://www.wikidata.org/wiki/{city.wikidata}"),
    ):
        if value:
            facts.append(Fact(label=label, value=Words(text=value), url=url))
    for code in city.codes:
        register, _, number = code.partition(":")
        facts.append(Fact(label=register.upper(), value=Words(text=number)))
    return tuple(facts)


def _newest_first(commitment: Commitment) -> tuple[bool, int, str]:
    since = commitment.since
    return since is None, -since.latest.toordinal() if since else 0, commitment.anchor


def _by_topic(lens: Lens, standing: list[Commitment]) -> tuple[Group[Claim], ...]:
    """Put each commitment under the first topic of its instrument, in the order of the vocabulary."""
    by_topic: dict[str, list[Commitment]] = {topic: [] for topic in lens.atlas.vocabulary.topics}
    for commitment in standing:
        topics = lens.atlas.instruments[commitment.instrument].topics
        by_topic.setdefault(topics[0] if topics else "", []).append(commitment)
    groups = []
    for topic, commitments in by_topic.items():
        if commitments:
            tag = lens.topic(topic) if topic else None
            groups.append(
                Group(
                    heading=tag.label if tag else lens.lang.t("Other"),
                    anchor=f"s-{topic or 'other'}",
                    entries=tuple(
                        lens.claim(c, on_city=True) for c in sorted(commitments, key=_newest_first)
                    ),
                    href=tag.href if tag else None,
                    count=lens.lang.number(len(commitments)),
                    topic=tag,
                )
            )
    return tuple(groups)


def _hosted(lens: Lens, instrument: Instrument, host: Host) -> Hosted:
    sentence = (
        lens.lang.t("Hosted a conference %(when)s.", when=lens.lang.when(host.on))
        if host.on
        else lens.lang.t("Hosted a conference; date unknown.")
    )
    return Hosted(
        instrument=lens.instrument_link(instrument.id),
        sentence=sentence,
        note=lens.lang.words(host.note),
        sources=lens.sources(host.sources),
    )


def _similar(lens: Lens, other: City, shared: list[str]) -> Neighbour:
    return Neighbour(
        city=lens.city_link(other.id),
        reason=lens.lang.n("%(num)s in common", "%(num)s in common", len(shared)),
        shared=tuple(lens.instrument_link(instrument, short=True) for instrument in shared),
    )


def _unchecked(lens: Lens, city: City) -> tuple[Link, ...]:
    """Return the instruments open to the city in which nothing is recorded of it."""
    recorded = {c.instrument for c in lens.atlas.commitments_of_city.get(city.id, ())}
    return tuple(
        lens.instrument_link(instrument.id)
        for instrument in _by_name(lens)
        if instrument.id not in recorded
        and instrument.ended is None
        and instrument.id in lens.atlas.commitments_of_instrument
        and (not instrument.open_to or "all" in instrument.open_to or city.country in instrument.open_to)
    )


@remembered(4)
def _by_name(lens: Lens) -> tuple[Instrument, ...]:
    """Return all instruments in the order of the names that links to them have."""
    instruments = lens.atlas.instruments.values()
    return tuple(lens.lang.sorted_by_name(instruments, lambda one: lens.instrument_link(one.id).text))
