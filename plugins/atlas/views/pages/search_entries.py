"""What the full-text search can find: one entry for each claim, record and text, not for each page.

An entry is what a reader would be shown of it, the names it is also known by, and the facets
that a search can be narrowed with. Nothing here knows the search engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...languages import record_parts, summaries
from ...languages.words import Link, Words
from ...model.frozen import Frozen
from ...model.records import Action, City, Commitment, Instrument, Localized
from .. import evidence
from ..lens import Lens
from ..parts import State
from .comparison import subjects, table_link
from .instrument import recorded_cities

KINDS = ("city", "claim", "network", "charter", "obligation", "action", "country", "topic", "source", "page")
"""The kinds of entries, in the order in which a search offers them."""

STATES: tuple[State, ...] = ("committed", "suspended", "ended", "declined", "pending", "participated")
"""The states of claims, in the order in which a search offers them."""


class SearchEntry(Frozen):
    """One thing that can be found, with what is shown of it."""

    kind: str
    href: str
    """Its address; entries on the same page belong to the same record."""
    title: Words
    text: tuple[Words, ...] = ()
    """What is shown below the title, part by part."""
    names: tuple[str, ...] = ()
    """All names it has, in any language: they count as much as the title."""
    also: tuple[str, ...] = ()
    """Other words that find it and are not shown."""
    countries: tuple[str, ...] = ()
    """ISO 3166-1 codes."""
    topics: tuple[str, ...] = ()
    state: State | None = None
    status: str = ""
    """The state in words, where it is not simply a commitment that holds."""
    about: str = ""
    """The address of the network or charter that a claim is about."""


def search_entries(lens: Lens) -> Iterator[SearchEntry]:
    """Yield everything of the dataset that can be found, in a fixed order."""
    atlas = lens.atlas
    instruments = {one.id: _instrument(lens, one) for one in atlas.instruments.values()}
    for city in atlas.cities.values():
        yield (place := _city(lens, city))
        for commitment in atlas.commitments_of_city.get(city.id, ()):
            yield _claim(lens, city, commitment, place, instruments[commitment.instrument])
    for instrument in atlas.instruments.values():
        yield instruments[instrument.id]
        yield from _obligations(lens, instrument)
    yield from (_action(lens, action) for action in atlas.actions.values())
    yield from (_country(lens, code) for code in atlas.cities_of_country)
    yield from (_topic(lens, topic) for topic in atlas.vocabulary.topics)
    yield from (_source(lens, id) for id in atlas.sources)
    for subject in subjects(atlas):
        if link := table_link(lens, subject.kind, subject.id):
            yield page_entry(link)


def page_entry(link: Link, text: str = "") -> SearchEntry:
    """Return the entry of a page, or of a part of one, by its title and its text."""
    return SearchEntry(
        kind="page",
        href=link.href,
        title=Words(text=link.text, lang=link.lang),
        text=(Words(text=text),) if text else (),
    )


def spaced(text: str) -> str:
    """Return the words of a text with one space between them."""
    return " ".join(text.split())


def city_names(city: City) -> tuple[str, ...]:
    """Return all names of a city: its own, those in other languages, and those of its former ids."""
    former = (id.replace("-", " ") for id in city.former_ids)
    return tuple(
        dict.fromkeys([city.name, *city.names.values(), *(name for _, name in city.names_before), *former])
    )


def _names(*localized: Localized | None) -> tuple[str, ...]:
    return tuple(name for one in localized if one for name in one.values())


def _instrument_names(instrument: Instrument) -> tuple[str, ...]:
    names = _names(instrument.short, instrument.names, *instrument.former_names)
    return (instrument.acronym, *names) if instrument.acronym else names


def _where(lens: Lens, city: City) -> str:
    region = lens.region_name(city.region)
    return ", ".join(filter(None, (lens.lang.country(city.country), region)))


def _topic_labels(lens: Lens, topics: Iterable[str]) -> tuple[str, ...]:
    return tuple(tag.label for tag in lens.topics(topics))


def _sentence(text: str) -> str:
    """Return the text with a full stop, unless it ends in one."""
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def _told(*parts: Words | str | None) -> tuple[Words, ...]:
    """Return what is known of several parts as sentences."""
    words = (Words(text=part) if isinstance(part, str) else part for part in parts if part)
    return tuple(Words(text=_sentence(one.text), lang=one.lang) for one in words)


def _city(lens: Lens, city: City) -> SearchEntry:
    atlas = lens.atlas
    standing = lens.committed(atlas.commitments_of_city.get(city.id, ()))
    topics = dict.fromkeys(t for c in standing for t in atlas.instruments[c.instrument].topics)
    return SearchEntry(
        kind="city",
        href=lens.href("cities", city.id),
        title=Words(text=lens.city_name(city)),
        text=_told(
            _where(lens, city),
            summaries.standing(lens.lang, lens.named(city), lens.numbers(standing)),
        ),
        names=city_names(city),
        countries=(city.country,),
        topics=tuple(topics),
    )


def _claim(
    lens: Lens, city: City, commitment: Commitment, place: SearchEntry, about: SearchEntry
) -> SearchEntry:
    """Return the entry of a claim, which has the names of its city and of its network or charter."""
    instrument = lens.atlas.instruments[commitment.instrument]
    state, status = lens.state(commitment), lens.atlas.vocabulary.statuses.get(commitment.status)
    told, short = lens.lang.label(status), lens.instrument_link(instrument.id, short=True).text
    act = lens.lang.t("Legal act: %(act)s", act=commitment.act) if commitment.act else None
    roles = (evidence.role(lens, one) for one in commitment.roles)
    return SearchEntry(
        kind="claim",
        href=lens.href("cities", city.id, commitment.anchor),
        title=Words(text=f"{place.title.text}: {short}"),
        text=_told(lens.statement(lens.lasting(commitment)), act, *roles, lens.lang.words(commitment.note)),
        also=(
            *place.names,
            *about.names,
            _where(lens, city),
            told,
            *_topic_labels(lens, instrument.topics),
            *(lens.atlas.sources[id].publisher or "" for id in commitment.sources),
        ),
        countries=(city.country,),
        topics=about.topics,
        state=state,
        status="" if state == "committed" else told,
        about=about.href,
    )


def _instrument(lens: Lens, instrument: Instrument) -> SearchEntry:
    lang = lens.lang
    short, name = lens.instrument_short(instrument), lens.instrument_name(instrument)
    title = name if short == name.text else Words(text=f"{short}: {name.text}", lang=name.lang)
    recorded = lang.n("%(num)s city", "%(num)s cities", recorded_cities(lens, instrument.id))
    return SearchEntry(
        kind=instrument.family,
        href=lens.instrument_link(instrument.id).href,
        title=title,
        text=_told(lang.t("Recorded in it: %(cities)s", cities=recorded), lang.words(instrument.summary)),
        names=_instrument_names(instrument),
        also=(
            *_names(instrument.founder, instrument.secretariat),
            *_topic_labels(lens, instrument.topics),
        ),
        topics=instrument.topics,
    )


def _obligations(lens: Lens, instrument: Instrument) -> Iterator[SearchEntry]:
    for obligation in instrument.obligations:
        if text := lens.lang.words(obligation.text):
            yield SearchEntry(
                kind="obligation",
                href=lens.href(lens.instrument_section(instrument), instrument.id, f"s-{obligation.id}"),
                title=Words(text=lens.instrument_short(instrument)),
                text=_told(text, record_parts.due(lens.lang, obligation.due_within)),
                also=_instrument_names(instrument),
                topics=instrument.topics,
            )


def _action(lens: Lens, action: Action) -> SearchEntry:
    atlas, lang = lens.atlas, lens.lang
    entry = evidence.action(lens, action)
    date = entry.period or (lang.date(action.date) if action.date else lang.t("date unknown"))
    cities = [atlas.cities[id] for id in action.cities]
    instrument = atlas.instruments.get(action.instrument or "")
    return SearchEntry(
        kind="action",
        href=entry.title.href,
        title=Words(text=entry.title.text, lang=entry.title.lang),
        text=_told(
            f"{entry.kind}, {date}",
            lang.join([lens.city_name(city) for city in cities]) if cities else None,
            entry.summary,
            *(f"{label}: {value}" for label, value in entry.act),
            *(item.text for item in entry.items),
            entry.note,
        ),
        also=(
            *(name for city in cities for name in city_names(city)),
            *(_instrument_names(instrument) if instrument else ()),
            *_topic_labels(lens, action.topics),
        ),
        countries=tuple(dict.fromkeys(city.country for city in cities)),
        topics=action.topics,
    )


def _country(lens: Lens, code: str) -> SearchEntry:
    cities = lens.atlas.cities_of_country[code]
    recorded = lens.lang.n("%(num)s city", "%(num)s cities", len(cities))
    link = lens.country_link(code)
    return SearchEntry(
        kind="country",
        href=link.href,
        title=Words(text=link.text),
        text=_told(lens.lang.t("Recorded in it: %(cities)s", cities=recorded)),
        names=(code,),
        countries=(code,),
    )


def _topic(lens: Lens, topic: str) -> SearchEntry:
    code, tag = lens.atlas.vocabulary.topics[topic], lens.topic(topic)
    return SearchEntry(
        kind="topic",
        href=tag.href,
        title=Words(text=tag.label),
        text=_told(lens.lang.words(code.help)),
        names=_names(code.label),
        also=_names(code.help),  # what it is about, in every language
        topics=(topic,),
    )


def _source(lens: Lens, id: str) -> SearchEntry:
    source = lens.atlas.sources[id]
    note = lens.lang.own(source.note)
    return SearchEntry(
        kind="source",
        href=lens.href("sources", id),
        title=Words(text=source.title, lang=source.lang),
        text=_told(", ".join(filter(None, (source.publisher, evidence.source_date(lens, source)))), note),
        also=() if note else _names(source.note),
    )
