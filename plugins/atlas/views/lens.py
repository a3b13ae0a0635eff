"""What every view looks through: the atlas, a language, the addresses and the day.

The builders here turn records into the parts that several kinds of page share;
what only one kind of page needs stands in that page's module.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from typing import TypeVar

from ..cache.reads import Same, remembered
from ..findings import Place as Position
from ..languages import sentences
from ..languages.addresses import Addresses
from ..languages.capitals import rank
from ..languages.language import Language
from ..languages.naming import CityName, InstrumentName, city_name, instrument_name
from ..languages.regions import region_name
from ..languages.summaries import Held
from ..languages.words import Link, Words
from ..model.claim_ids import disputed_claim
from ..model.dates import PartialDate
from ..model.frozen import dataclass
from ..model.records import Atlas, City, Commitment, Instrument
from .about import About
from .code_host import CodeHost, record_links
from .parts import Group, MapPoint, RecordLinks, State, Tally, TopicTag

T = TypeVar("T")

_STATES: Mapping[str, State] = {
    "former": "ended",
    "suspended": "suspended",
    "declined": "declined",
    "none": "declined",
    "applicant": "pending",
    "observer": "pending",
    "participant": "participated",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lens:
    """The atlas as one reader sees it: in one language, on one day.

    A lens is equal only to itself, so that what is worked out through it can be remembered with it.
    """

    atlas: Atlas
    lang: Language
    addresses: Addresses
    as_of: date
    """The day of the edition; what ends later still runs."""
    edition: str = ""
    """Its name, such as ``2026-11-22.3f9c2a1``; empty while somebody is still working on it."""
    siteurl: str = ""
    """The absolute address of the site without a final slash; empty where it is not known."""
    host: CodeHost = field(default_factory=CodeHost)
    """Where the data can be looked up and changed."""
    about: About = field(default_factory=About)
    """What the atlas is called, what it is about and whose it is."""

    @property
    def name(self) -> str:
        """The name of the atlas in this language."""
        return self.lang.text(self.about.name)

    @property
    def publisher(self) -> str:
        """Who answers for the atlas: it goes by its own name where nobody is named."""
        return self.lang.text(self.about.publisher) or self.name

    @property
    def version(self) -> str:
        """The name of the edition or, while somebody is still working on it, its day."""
        return self.edition or self.as_of.isoformat()

    # Links

    def href(self, kind: str = "", id: str = "", fragment: str = "") -> str:
        """Return the address of a page in the language of this lens."""
        return self.addresses.href(self.lang.code, kind, id, fragment)

    def absolute(self, path: str) -> str:
        """Return the whole address of a path from the root, or nothing where the site's is not known."""
        return f"{self.siteurl}/{path}" if self.siteurl else ""

    def city_name(self, city: City) -> str:
        """Return the name of a city in this language, or its own where none is recorded."""
        return self.lang.text(city.names) or city.name

    def city_link(self, city_id: str, fragment: str = "") -> Link:
        """Return the link to a city's page, or to one claim on it."""
        city = self.atlas.cities[city_id]
        return Link(text=self.city_name(city), href=self.href("cities", city_id, fragment))

    def instrument_section(self, instrument: Instrument) -> str:
        """Return the English path word of the section that the instrument stands in."""
        return self.atlas.vocabulary.section(self.atlas.vocabulary.family(instrument))

    def numbers(self, commitments: Iterable[Commitment]) -> Held:
        """Return how many are in networks, in charters, and in other families by what a city did there."""
        vocabulary, instruments = self.atlas.vocabulary, self.atlas.instruments
        found = Counter(vocabulary.family(instruments[one.instrument]) for one in commitments)
        others = {
            self.lang.text(code.held): found[id] for id, code in vocabulary.families.items() if found[id]
        }
        return found["network"], found["charter"], others

    def instrument_name(self, instrument: Instrument) -> Words:
        """Return the full name of an instrument."""
        return self.lang.words(instrument.names) or Words(text=instrument.id)

    def instrument_short(self, instrument: Instrument) -> str:
        """Return the short name of an instrument, else its acronym, else its full name."""
        return self.lang.text(instrument.short) or instrument.acronym or self.instrument_name(instrument).text

    def instrument_full(self, instrument: Instrument) -> Words | None:
        """Return the full name of an instrument that is shown under a shorter one, else None."""
        return self.instrument_name(instrument) if instrument.short or instrument.acronym else None

    def instrument_kind(self, instrument: Instrument) -> str:
        """Return what kind of instrument it is and, for what is signed, the year."""
        kind = self.lang.label(self.atlas.vocabulary.instrument_kinds.get(instrument.kind))
        signed = instrument.family == "charter" and instrument.began
        return f"{kind}, {signed.year}" if signed else kind

    def instrument_link(self, instrument_id: str, *, short: bool = False) -> Link:
        """Return the link to an instrument's page by its short name, or its full one unless ``short``."""
        return _instrument_link(self, instrument_id, short)

    @remembered()
    def record_link(self, record: str) -> Link:
        """Return the link to what a contradiction is about (``commitments/icc:krakow``)."""
        kind, _, id = record.partition("/")
        if kind == "actions":
            title = self.lang.words(self.atlas.actions[id].title) or Words(text=id)
            return Link(text=title.text, href=self.href("actions", id), lang=title.lang)
        if kind == "commitments":
            city, instrument, _ = disputed_claim(record)
            claim = next(one for one in self.atlas.commitments_of_city[city] if one.record == record)
            link = self.city_link(city, claim.anchor)
            name = self.instrument_short(self.atlas.instruments[instrument])
            return Link(text=f"{link.text}: {name}", href=link.href)
        return self.city_link(id) if kind == "cities" else self.instrument_link(id)

    def source_link(self, source_id: str) -> Link:
        """Return the link to a source's page, by its title."""
        source = self.atlas.sources[source_id]
        return Link(text=source.title, href=self.href("sources", source_id), lang=source.lang)

    def country_link(self, code: str) -> Link:
        """Return the link to a country's page."""
        return Link(text=self.lang.country(code), href=self.href("countries", code.lower()))

    def region_name(self, code: str | None) -> str:
        """Return the name of an ISO 3166-2 region, or nothing where it is not known."""
        return region_name(code, self.lang.code) if code else ""

    def suggest_href(self, **known: str) -> str:
        """Return the address of the form for suggestions, filled in with ids that the atlas knows."""
        query = "&".join(f"{name}={value}" for name, value in known.items() if value)
        return self.href("contribute/suggest") + (f"?{query}" if query else "")

    def record(self, name: str, place: Position | None) -> RecordLinks:
        """Return the links of a record that is no commitment; ``name`` is like ``sources/page``."""
        return record_links(self.host, place, correct=self.suggest_href(record=name))

    def commitment_record(self, commitment: Commitment) -> RecordLinks:
        """Return the links of a commitment, with the short id that it is quoted by."""
        correct = self.suggest_href(
            city=commitment.city, instrument=commitment.instrument, period=commitment.period or ""
        )
        return record_links(self.host, commitment.place, correct=correct, id=commitment.key)

    def topic(self, topic_id: str) -> TopicTag:
        """Return the topic as shape, class and name."""
        code = self.atlas.vocabulary.topics[topic_id]
        return TopicTag(
            id=topic_id,
            label=self.lang.label(code),
            shape=code.shape or "",
            href=self.href("topics", topic_id),
        )

    def topics(self, ids: Iterable[str]) -> tuple[TopicTag, ...]:
        """Return several topics in the order given."""
        return tuple(self.topic(topic_id) for topic_id in ids)

    def first_topic(self, ids: Sequence[str]) -> TopicTag | None:
        """Return the first of several topics, which gives a colour; None where there is none."""
        return self.topic(ids[0]) if ids else None

    def topic_of(self, instrument_id: str) -> TopicTag | None:
        """Return the first topic of an instrument."""
        return self.first_topic(self.atlas.instruments[instrument_id].topics)

    def tallies(
        self,
        numbers: Mapping[str, int],
        link: Callable[[str], Link],
        topic: Callable[[str], TopicTag | None] = lambda _: None,
    ) -> tuple[Tally, ...]:
        """Return what is numbered with its link and topic, the most first, then by name."""
        links = {id: link(id) for id in numbers}
        return tuple(
            Tally(link=links[id], number=self.lang.number(numbers[id]), topic=topic(id))
            for id in self.lang.most_first(numbers, lambda id: links[id].text)
        )

    def topic_tallies(self, numbers: Mapping[str, int]) -> tuple[Tally, ...]:
        """Return the topics that are numbered, in the order of the vocabulary."""
        return tuple(
            Tally(link=(tag := self.topic(id)).link, number=self.lang.number(numbers[id]), topic=tag)
            for id in self.atlas.vocabulary.topics
            if id in numbers
        )

    def group(self, heading: str, anchor: str, entries: Iterable[T], href: str | None = None) -> Group[T]:
        """Return entries under a heading, with their number; ``anchor`` is the name of the heading."""
        found = tuple(entries)
        count = self.lang.number(len(found))
        return Group(heading=heading, anchor=f"s-{anchor}", entries=found, href=href, count=count)

    # Commitments

    def state(self, commitment: Commitment) -> State:
        """Return what a commitment amounts to on the day of the edition."""
        state = _STATES.get(commitment.status, "committed")
        until = self._until(commitment) if state == "committed" else None
        return state if until is None or until.latest >= self.as_of else "ended"

    def lasting(self, commitment: Commitment) -> Commitment:
        """Return a commitment with its end, which is that of its city where it has no own one."""
        until = self._until(commitment)
        return commitment if until is commitment.until else replace(commitment, until=until)

    def _until(self, commitment: Commitment) -> PartialDate | None:
        if commitment.until or commitment.status in ("former", "none"):
            return commitment.until
        city = self.atlas.cities.get(commitment.city)
        return city.until if city else None

    def committed(self, commitments: Iterable[Commitment]) -> list[Commitment]:
        """Return the commitments that hold on the day of the edition."""
        return [commitment for commitment in commitments if self.state(commitment) == "committed"]

    def held(self, city_id: str) -> tuple[str, ...]:
        """Return the instrument of each commitment of a city that holds on the day of the edition."""
        return _held(self, city_id)

    def told(self, commitment: Commitment) -> sentences.CommitmentWords:
        """Return a commitment as the sentences about it take it."""
        instrument = self.atlas.instruments[commitment.instrument]
        return sentences.CommitmentWords(
            lang=self.lang,
            commitment=commitment,
            city=self.named(self.atlas.cities[commitment.city]),
            instrument=self.instrument_naming(instrument),
            charter=instrument.family == "charter",
            ended=self.state(commitment) == "ended",
        )

    def statement(self, commitment: Commitment) -> str:
        """Return what a city is in an instrument, in one sentence that names both."""
        return _statement(self, Same(commitment))

    def named(self, city: City) -> CityName:
        """Return a city as sentences name it."""
        return city_name(self.lang, self.city_name(city), city.country)

    def instrument_naming(self, instrument: Instrument) -> InstrumentName:
        """Return an instrument as sentences name it: by its acronym, or by its name."""
        short = self.instrument_short(instrument)
        acronym = short == instrument.acronym and " " not in short
        return instrument_name(self.lang, short, instrument.kind, acronym=acronym)

    def margin_date(self, commitment: Commitment, state: State) -> PartialDate | None:
        """Return the date a claim stands under: its end where it ended, else its beginning."""
        if state == "ended":
            return commitment.until
        return commitment.since

    @property
    def foreign(self) -> str | None:
        """The language of words that the data gives once, where it is not that of the page."""
        return None if self.lang.code == self.lang.default else self.lang.default

    # Maps

    def place(self, city: City, weight: int | None = None) -> MapPoint | None:
        """Return the city as a point with its number of commitments, if its place is known."""
        if city.lat is None or city.lon is None:
            return None
        if weight is None:
            weight = len(self.held(city.id))
        known = round(rank(city, weight), 2)
        return MapPoint(
            id=city.id, name=self.city_name(city), lat=city.lat, lon=city.lon, weight=weight, rank=known
        )

    def is_on_map(self, city: City) -> bool:
        """Tell whether the place of a city is known and the city is not over."""
        return city.lat is not None and city.lon is not None and not city.is_over(self.as_of)

    def places(
        self, cities: Iterable[City], weights: Mapping[str, int] | None = None
    ) -> tuple[MapPoint, ...]:
        """Return the cities whose place is known as points, in the order of their ids; none that is over."""
        found = (
            self.place(city, weights.get(city.id, 0) if weights is not None else None)
            for city in sorted(cities, key=lambda city: city.id)
            if self.is_on_map(city)
        )
        return tuple(place for place in found if place)


@remembered(1 << 15)  # a page and a document of a city say it
def _statement(lens: Lens, commitment: Same) -> str:
    return sentences.statement(lens.told(commitment.one))


@remembered()  # a list of all cities tells no more of their commitments
def _held(lens: Lens, city_id: str) -> tuple[str, ...]:
    return tuple(c.instrument for c in lens.committed(lens.atlas.commitments_of_city.get(city_id, ())))


@remembered(1 << 14)  # a page of a city names nearly all of them
def _instrument_link(lens: Lens, instrument_id: str, short: bool) -> Link:
    instrument = lens.atlas.instruments[instrument_id]
    words = lens.lang.words(instrument.short)
    if words is None and short and instrument.acronym:
        words = Words(text=instrument.acronym)
    words = words or lens.instrument_name(instrument)
    href = lens.href(lens.instrument_section(instrument), instrument_id)
    return Link(text=words.text, href=href, lang=words.lang)
