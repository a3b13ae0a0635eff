"""The pages that other generators build of the same data, made by the engine of the atlas.

Views as anywhere: they cannot be changed, and are ready to show; templates escape what they hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import ClassVar, NamedTuple

from markupsafe import Markup

from atlas.cache.reads import remembered
from atlas.model.dates import PartialDate
from atlas.model.records import Action, City, Commitment, Instrument, Source
from atlas.site.blueprint import Blueprint, Edition
from atlas.site.jobs import Files, Page, Plain, Route
from atlas.site.templates import Templates
from atlas.views.lens import Lens
from atlas.views.parts import Frame

NEAR = 10
"""How many other cities of its country a city's page names."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is linked: a network, a country or a city, with how many hang on it."""

    id: str
    name: str
    count: int = 0


class Row(NamedTuple):
    """A membership."""

    id: str
    name: str
    since: str
    until: str
    status: str
    basis: str
    source: str
    country: Entry | None = None


class Event(NamedTuple):
    """A line of a city's time."""

    date: str
    kind: str
    ref: str
    label: str


class Deed(NamedTuple):
    """An action."""

    id: str
    title: str
    date: str
    sector: str
    summary: str
    source: str


class Evidence(NamedTuple):
    """A source."""

    id: str
    title: str
    publisher: str
    url: str
    accessed: str


@dataclass(frozen=True, slots=True)
class CityView:
    """A city with its memberships, actions, time, sources and neighbours."""

    frame: Frame
    name: str
    country: Entry
    region: str
    population: str
    lat: str
    lon: str
    rows: tuple[Row, ...]
    deeds: tuple[Deed, ...]
    events: tuple[Event, ...]
    evidence: tuple[Evidence, ...]
    near: tuple[Entry, ...]
    ld: Markup


@dataclass(frozen=True, slots=True)
class NetworkView:
    """A network with its members."""

    frame: Frame
    name: str
    summary: str
    founded: str
    url: str
    count: str
    rows: tuple[Row, ...]


class MatrixRow(NamedTuple):
    """A city and, for each network, the status and the year of its membership."""

    city: Entry
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CountryView:
    """The cities of a country against all networks."""

    frame: Frame
    name: str
    count: str
    networks: tuple[Entry, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A country with its cities."""

    country: Entry
    count: str
    cities: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    """All there is."""

    frame: Frame
    count: str
    networks: tuple[tuple[Entry, str], ...]
    groups: tuple[Group, ...]


# Parts


@cache
def _navigation(templates: Templates, lens: Lens, every: tuple[Entry, ...]) -> Markup:
    """Return the navigation, which is the same on all pages."""
    template = templates.environment(lens.lang, "../").get_template("_navigation.html")
    return Markup(template.render(networks=every))


def _frame(kind: str, path: str) -> Frame:
    return Frame(kind=kind, lang="en", path=path, title="", description="")


def _number(number: int) -> str:
    return f"{number:,}"


def _day(date: PartialDate | None) -> str:
    return date.value if date else ""


@remembered()
def networks(lens: Lens) -> tuple[Entry, ...]:
    """Return every network."""
    return tuple(Entry(one.id, one.names["en"]) for one in lens.atlas.instruments.values())


@remembered()
def country(lens: Lens, code: str) -> Entry:
    """Return a country."""
    return Entry(code.lower(), lens.lang.country(code))


@remembered()
def neighbours(lens: Lens, code: str) -> tuple[Entry, ...]:
    """Return the cities of a country, with how many networks they are in."""
    atlas = lens.atlas
    return tuple(
        Entry(city.id, city.name, len(atlas.commitments_of_city.get(city.id, ())))
        for city in atlas.cities_of_country[code]
    )


@remembered()
def _positions(lens: Lens, code: str) -> Mapping[str, int]:
    return {city.id: n for n, city in enumerate(lens.atlas.cities_of_country[code])}


def _near(lens: Lens, city: City) -> tuple[Entry, ...]:
    every = neighbours(lens, city.country)
    at = _positions(lens, city.country)[city.id]
    number = len(every)
    return tuple(every[(at + n) % number] for n in range(1, min(NEAR, number - 1) + 1))


def _row(id: str, name: str, one: Commitment, of: Entry | None = None) -> Row:
    since, until, source = _day(one.since), _day(one.until), one.sources[0]
    return Row(id, name, since, until, one.status, one.act or "", source, of)


def _events(rows: Iterable[Row], deeds: Iterable[Deed]) -> tuple[Event, ...]:
    found: list[tuple[str, Event]] = []
    for row in rows:
        joined = Event(row.since, "join", row.id, f"Joined {row.name}")
        found.append((f"{row.since}1{row.id}", joined))
        if row.until:
            left = Event(row.until, "leave", row.id, f"Left {row.name}")
            found.append((f"{row.until}2{row.id}", left))
    found += [(f"{deed.date}3{deed.id}", Event(deed.date, "action", deed.id, deed.title)) for deed in deeds]
    return tuple(event for _, event in sorted(found, key=lambda pair: pair[0]))


def _deed(action: Action) -> Deed:
    return Deed(
        action.id,
        action.title["en"],
        _day(action.date),
        action.topics[0],
        action.summary["en"],
        action.sources[0],
    )


def _evidence(source: Source) -> Evidence:
    return Evidence(source.id, source.title, source.publisher or "", source.url or "", _day(source.accessed))


def _json(value: object) -> str:
    told = json.dumps(value, ensure_ascii=False)
    return told.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _linked(lens: Lens, city: City, path: str, found: Iterable[Commitment]) -> Markup:
    names = lens.atlas.instruments
    members = [
        {
            "@type": "ProgramMembership",
            "programName": names[one.instrument].names["en"],
            "startDate": _day(one.since),
        }
        for one in found
    ]
    told = {
        "@context": "https://schema.org",
        "@type": "City",
        "@id": lens.absolute(path),
        "name": city.name,
        "address": {
            "@type": "PostalAddress",
            "addressRegion": city.region,
            "addressCountry": city.country,
        },
        "geo": {"@type": "GeoCoordinates", "latitude": city.lat, "longitude": city.lon},
        "memberOf": members,
    }
    return Markup(_json(told))  # nothing in it can end the element


# Pages


def _city(scene: Plain, id: str) -> Page:
    lens, atlas, path = scene.lens, scene.lens.atlas, f"city/{id}/"
    city, found = atlas.cities[id], atlas.commitments_of_city.get(id, ())
    names = {entry.id: entry.name for entry in networks(lens)}
    rows = tuple(_row(one.instrument, names[one.instrument], one) for one in found)
    deeds = tuple(map(_deed, atlas.actions_of_city.get(id, ())))
    cited = dict.fromkeys([*(row.source for row in rows), *(deed.source for deed in deeds)])
    return Page(
        CityView(
            frame=_frame("city", path),
            name=city.name,
            country=country(lens, city.country),
            region=city.region or "",
            population=_number(city.population or 0),
            lat=str(city.lat),
            lon=str(city.lon),
            rows=rows,
            deeds=deeds,
            events=_events(rows, deeds),
            evidence=tuple(_evidence(atlas.sources[source]) for source in cited),
            near=_near(lens, city),
            ld=_linked(lens, city, path, found),
        )
    )


def _network(scene: Plain, id: str) -> Page:
    lens, atlas = scene.lens, scene.lens.atlas
    network: Instrument = atlas.instruments[id]
    found = atlas.commitments_of_instrument.get(id, ())
    cities = atlas.cities
    rows = tuple(
        _row(city.id, city.name, one, country(lens, city.country))
        for one in found
        for city in (cities[one.city],)
    )
    return Page(
        NetworkView(
            frame=_frame("network", f"network/{id}/"),
            name=network.names["en"],
            summary=network.summary["en"],
            founded=_day(network.began),
            url=network.website or "",
            count=_number(len(rows)),
            rows=rows,
        )
    )


def _country(scene: Plain, code: str) -> Page:
    lens, every = scene.lens, networks(scene.lens)
    rows = []
    for city in neighbours(lens, code):
        found = lens.atlas.commitments_of_city.get(city.id, ())
        years = {one.instrument: (one.status, _day(one.since)[:4]) for one in found}
        rows.append(MatrixRow(city, tuple(years.get(network.id, ("", "")) for network in every)))
    one = country(lens, code)
    frame = _frame("country", f"country/{one.id}/")
    return Page(CountryView(frame, one.name, _number(len(rows)), every, tuple(rows)))


def _index(scene: Plain, _: str) -> Page:
    lens, atlas = scene.lens, scene.lens.atlas
    groups = tuple(
        Group(country(lens, code), _number(len(cities)), neighbours(lens, code))
        for code, cities in atlas.cities_of_country.items()
    )
    members = atlas.commitments_of_instrument
    counted = tuple((one, _number(len(members.get(one.id, ())))) for one in networks(lens))
    return Page(IndexView(_frame("index", ""), _number(len(atlas.cities)), counted, groups))


def _sitemap(scene: Plain, _: str) -> Files:
    lens, atlas = scene.lens, scene.lens.atlas
    paths = (
        "",
        *(f"network/{one.id}/" for one in networks(lens)),
        *(f"country/{code.lower()}/" for code in atlas.cities_of_country),
        *(f"city/{id}/" for id in atlas.cities),
    )
    entries = "".join(f"<url><loc>{lens.absolute(path)}</loc></url>\n" for path in paths)
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return (("sitemap.xml", f'{head}<urlset xmlns="{space}">\n{entries}</urlset>\n'),)


def _points(scene: Plain, _: str) -> Files:
    atlas = scene.lens.atlas
    features = [
        {
            "type": "Feature",
            "id": city.id,
            "geometry": {"type": "Point", "coordinates": [city.lon, city.lat]},
            "properties": {
                "name": city.name,
                "country": city.country,
                "n": len(atlas.commitments_of_city.get(city.id, ())),
            },
        }
        for city in atlas.cities.values()
    ]
    told = {"type": "FeatureCollection", "features": features}
    return (("cities.geojson", json.dumps(told, ensure_ascii=False, separators=(",", ":"))),)


def _countries(scene: Plain) -> Iterable[str]:
    return scene.lens.atlas.cities_of_country


class PeerPages(Blueprint):
    """The pages of the comparison."""

    routes: ClassVar[Mapping[str, Route]] = {
        "index": Route(_index),
        "sitemap": Route(_sitemap),
        "points": Route(_points),
        "network": Route(_network, lambda scene: scene.lens.atlas.instruments),
        "country": Route(_country, _countries),
        "city": Route(_city, lambda scene: scene.lens.atlas.cities),
    }

    def context(self, edition: Edition, scene: Plain, page: Page) -> Mapping[str, object]:
        """Return the view of a page, and the navigation, which is the same on all pages."""
        navigation = _navigation(edition.templates, scene.lens, networks(scene.lens))
        return {"page": page.view, "siteurl": edition.siteurl, "navigation": navigation}


PEERPAGES = PeerPages()
