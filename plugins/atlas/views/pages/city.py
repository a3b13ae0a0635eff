"""A city's page: what it has committed to, since when, by which act, and how we know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...cache.reads import remembered
from ...languages import summaries
from ...languages.words import Link, Words
from ...model.frozen import Frozen
from ...model.grouping import grouped
from ...model.records import City, Commitment
from .. import evidence
from ..analysis import neighbours
from ..analysis.obligations import DueEntry, city_dues
from ..analysis.peers import Following, following
from ..freshness import long_ago
from ..lanes.tables import LaneTable, city_lanes
from ..lens import Lens
from ..parts import Difference, Fact, MapPoint, PageView, RecordLinks, Tally, fact
from ..register import Entry, Said, chips, register, sources_of, statement
from ..sections import page_frame, section_link
from .gone import WithdrawnClaim, withdrawn_claims


class Neighbour(Frozen):
    """A city nearby, or one with similar commitments, with the reason in words."""

    id: str
    city: Link
    reason: str
    shared: tuple[Link, ...] = ()
    """The instruments both cities are in; only for similar cities."""


class Dispute(Frozen):
    """What sources say differently about one entry, or about the city itself."""

    about: Link | None
    anchors: tuple[str, ...]
    """What the entries that it concerns link to."""
    difference: Difference


class CityPage(PageView):
    """Everything that a city's page shows."""

    name: str
    other_names: tuple[Words, ...]
    """Its local and other names where they differ from ``name``."""
    over: tuple[str, Link | None] | None
    """A sentence on the end of the city, and its successor."""
    facts: tuple[Fact, ...]
    """A line of facts that say themselves what they are."""
    further: tuple[Fact, ...]
    """Its other names and numbers: what was joined to it, former names, codes of registers."""
    lanes: LaneTable | None
    """Its commitments over time, drawn."""
    entries: tuple[Entry, ...]
    """All that is recorded, the newest first."""
    chips: tuple[Tally, ...]
    """The topics to filter them by, with their numbers."""
    only: Said | None
    """The whole sentence, where one commitment is all that is recorded."""
    missing: tuple[str, ...]
    """What is not known of that one."""
    read: str
    """When the sources were read and whether anybody looked again."""
    disputes: tuple[Dispute, ...]
    withdrawn: tuple[WithdrawnClaim, ...]
    """What the atlas once said of it, and does not say any more."""
    dues: tuple[DueEntry, ...]
    """What falls due, and whether anything is recorded that fulfils it."""
    nearby: tuple[Neighbour, ...]
    similar: tuple[Neighbour, ...]
    following: Following | None
    """What most of its peers hold and it is not recorded in; None where too few peers are known."""
    compare: Link | None
    """The similar cities side by side with this one."""
    unchecked: tuple[Link, ...]
    """Instruments nobody has checked for this city yet."""
    not_checked: str
    """The sentence on them."""
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
    entries = register(lens, city_id)
    disputes = tuple(_disputes(lens, city_id, entries))
    withdrawn, dues = withdrawn_claims(lens, city_id), city_dues(lens, city_id)
    alone = len(entries) == len(commitments) == 1 and not (disputes or withdrawn or dues)
    unchecked = _unchecked(lens, city)
    similar = tuple(_similar(lens, other, shared) for other, shared in neighbours.most_similar(lens, city_id))
    return CityPage(
        frame=page_frame(
            lens,
            "city",
            "cities",
            city_id,
            title=name,
            lead=_lead(lens, city, standing, commitments),
            description=lens.statement(commitments[0]) if alone else None,
            crumbs=(section_link(lens, "cities"), lens.country_link(city.country)),
        ),
        name=name,
        other_names=_other_names(lens, city, name),
        over=_over(lens, city),
        facts=tuple(_facts(lens, city, entries)),
        further=tuple(_further(lens, city)),
        lanes=None if alone else city_lanes(lens, city_id),
        entries=entries,
        chips=chips(lens, entries),
        only=statement(lens, commitments[0]) if alone else None,
        missing=tuple(_missing(lens, city, commitments[0])) if alone else (),
        read=_read(lens, city_id, commitments, entries),
        disputes=disputes,
        withdrawn=withdrawn,
        dues=dues,
        nearby=tuple(
            Neighbour(id=other, city=lens.city_link(other), reason=lang.kilometres(km))
            for other, km in neighbours.nearest(atlas, city_id)
        ),
        similar=similar,
        following=following(lens, city_id),
        compare=_side_by_side(lens, city_id, similar) if similar else None,
        unchecked=unchecked,
        not_checked=summaries.unchecked(lang, lens.named(city), len(unchecked)) if unchecked else "",
        suggest=Link(text=lang.t("Add what you know"), href=lens.suggest_href(city=city_id)),
        record=lens.record(f"cities/{city_id}", city.place),
        place=lens.place(city),
        country_places=_country_places(lens, city.country),
    )


@remembered(256)
def _country_places(lens: Lens, country: str) -> tuple[MapPoint, ...]:
    cities = lens.atlas.cities_of_country[country]
    return lens.places(cities, {city.id: city.population or 0 for city in cities})


def _other_names(lens: Lens, city: City, shown: str) -> tuple[Words, ...]:
    names: dict[str, str | None] = {}
    if city.name != shown:
        names[city.name] = None
    for code, text in sorted(city.names.items()):
        if text not in (shown, city.name):
            names.setdefault(text, code)
    return tuple(Words(text=text, lang=code) for text, code in names.items())


def _over(lens: Lens, city: City) -> tuple[str, Link | None] | None:
    if city.until is None:
        return None
    said = lens.lang.t("Ceased to exist %(when)s.", when=lens.lang.when(city.until))
    if not city.is_over(lens.as_of):
        said = lens.lang.t("Ceases to exist %(when)s.", when=lens.lang.when(city.until))
    return said, lens.city_link(city.successor) if city.successor else None


def _further(lens: Lens, city: City) -> Iterator[Fact]:
    if before := lens.atlas.cities_before.get(city.id):
        links = tuple(lens.city_link(one.id) for one in before)
        # Translators: Label before the names of former cities that are part of this one today.
        yield Fact(label=lens.lang.t("Also what was"), links=links)
    for code, text in city.names_before:
        yield Fact(label=lens.lang.t("Former name"), value=Words(text=text, lang=code))
    for code in city.codes:
        register, _, number = code.partition(":")
        yield fact(register.upper(), number)


def _lead(
    lens: Lens, city: City, standing: list[Commitment], commitments: Sequence[Commitment]
) -> tuple[str, ...]:
    lang = lens.lang
    dates = [c.since for c in standing if c.since]
    said = summaries.lead(lang, lens.named(city), dates, lens.numbers(standing))
    over = [(lens.state(c), c.status) for c in commitments if lens.state(c) != "committed"]
    return (said, summaries.others(lang, over)) if over else (said,)


def _facts(lens: Lens, city: City, entries: tuple[Entry, ...]) -> Iterator[Fact]:
    """Yield the line of facts under the sentence; its labels are for those who hear it."""
    lang = lens.lang
    if region := lens.region_name(city.region):
        yield fact(lang.t("Region"), region)
    if city.population is not None:
        number = lang.n("%(num)s inhabitants", "%(num)s inhabitants", city.population)
        yield fact(lang.t("Inhabitants"), number)
    if sources := sources_of(entries):
        yield fact(lang.t("Sources"), lang.n("%(num)s source", "%(num)s sources", len(sources)))
    geonames = f"https://www.geonames.org/{city.geonames}/" if city.geonames else None
    wikidata = f"https://www.wikidata.org/wiki/{city.wikidata}" if city.wikidata else None
    for name, url in (("GeoNames", geonames), ("Wikidata", wikidata), (lang.t("Website"), city.website)):
        if url:
            yield fact(name, name, url)


def _read(lens: Lens, city_id: str, commitments: Sequence[Commitment], entries: tuple[Entry, ...]) -> str:
    """Return when the sources of the register were read, what nobody dates, and on what they disagree."""
    lang, atlas = lens.lang, lens.atlas
    hosts = (host for _, host in atlas.hosted_by_city.get(city_id, ()))
    resting = [
        *(one.sources for one in commitments),
        *(one.sources for one in atlas.actions_of_city.get(city_id, ())),
        *(one.sources for c in commitments for one in atlas.actions_of_commitment.get(c.key, ())),
        *(host.sources for host in hosts),
    ]
    used = dict.fromkeys(id for ids in resting for id in ids)
    read = sorted((day for id in used if (day := atlas.sources[id].accessed)), key=lambda day: day.sort_key)
    sentences = []
    if commitments and len(entries) > 1:
        undated = sum(c.since is None for c in lens.committed(commitments))
        disputed = sum(bool(entry.claim and entry.claim.differences) for entry in entries)
        sentences.append(summaries.doubts(lang, undated, disputed))
    if read:
        sentences.append(summaries.sources_read(lang, len(read), read[0], read[-1]))
        looks = [c.verified for c in commitments if c.verified]
        newest = max(looks, key=lambda day: day.sort_key, default=None)
        sentences.append(summaries.checked_again(lang, len(looks), max(1, len(commitments)), newest))
        sentences.append(long_ago(lang, newest or read[-1], lens.as_of))
    return " ".join(filter(None, sentences))


def _disputes(lens: Lens, city_id: str, entries: tuple[Entry, ...]) -> Iterator[Dispute]:
    """Yield what sources dispute, each once, even where an action repeats what is said of its commitment."""
    found: list[tuple[Link | None, str, Difference]] = [
        (None, f"d-{city_id}", difference) for difference in evidence.differences(lens, f"cities/{city_id}")
    ]
    for entry in entries:
        if entry.claim:
            link = Link(text=entry.claim.subject.text, href=entry.claim.href, lang=entry.claim.subject.lang)
            said = [*entry.claim.differences, *(d for one in entry.claim.actions for d in one.differences)]
            found += [(link, f"d-{entry.claim.anchor}", difference) for difference in said]
    for entry in entries:
        if entry.action:
            found += [(entry.action.title, f"d-{entry.action.id}", d) for d in entry.action.differences]
    alike = grouped(found, lambda one: tuple(value.value for value in one[2].values))
    used: set[str] = set()
    for same in alike.values():
        about, _, difference = same[0]
        own = tuple(dict.fromkeys(anchor for _, anchor, _ in same if anchor not in used))
        used |= set(own)
        yield Dispute(about=about, anchors=own, difference=difference)


def _missing(lens: Lens, city: City, commitment: Commitment) -> Iterator[str]:
    if commitment.since is None:
        yield lens.lang.t("The date is missing.")
    if city.lat is None or city.lon is None:
        yield lens.lang.t("Its place is missing: it is not on the map yet.")


def _similar(lens: Lens, other: str, shared: Sequence[str]) -> Neighbour:
    return Neighbour(
        id=other,
        city=lens.city_link(other),
        # Translators: Commitments that two cities share; stands after the name of the other city.
        reason=lens.lang.n("%(num)s in common", "%(num)s in common", len(shared)),
        shared=tuple(lens.instrument_link(instrument, short=True) for instrument in shared),
    )


def _side_by_side(lens: Lens, city_id: str, others: Sequence[Neighbour]) -> Link:
    """Return the link to a comparison of a city with others."""
    chosen = ",".join((city_id, *(other.id for other in others)))
    text = lens.lang.t("Compare these cities side by side")
    return Link(text=text, href=f"{lens.href('compare')}?c={chosen}")


def _unchecked(lens: Lens, city: City) -> tuple[Link, ...]:
    """Return the instruments open to the city in which nothing is recorded of it."""
    recorded = {c.instrument for c in lens.atlas.commitments_of_city.get(city.id, ())}
    return tuple(link for id, link in _open_to(lens, city.country) if id not in recorded)


@remembered(1 << 10)
def _open_to(lens: Lens, country: str) -> tuple[tuple[str, Link], ...]:
    """Return the instruments open to cities of a country, by the names that links to them have."""
    links = [
        (instrument.id, lens.instrument_link(instrument.id))
        for instrument in lens.atlas.instruments.values()
        if instrument.ended is None
        and instrument.id in lens.atlas.commitments_of_instrument
        and (not instrument.open_to or "all" in instrument.open_to or country in instrument.open_to)
    ]
    return tuple(lens.lang.sorted_by_name(links, lambda one: one[1].text))
