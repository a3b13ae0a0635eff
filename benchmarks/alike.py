"""The same made-up atlas twice: in the project's own format, and as plain tables for other generators.

Run: ``python benchmarks/alike.py FOLDER --cities 1000``; it writes ``FOLDER/data`` and ``FOLDER/csv``, the
same bytes in every run. A city has six commitments and three actions on average, each with its source; an
action is one of six cities together. Statuses, dates and texts fill a page of about 14 KB.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from anyascii import anyascii
from synthetic import COUNTRIES, inside, land_of, write_table

from atlas.languages.language import Language

SITEURL = "https://atlas.example.org"
FIRST = (
    "Świę", "Łódz", "Krę", "Żyr", "Głó", "Müh", "Köl", "Grün", "Lüne", "Saint-É", "Châ", "Bé", "L'A", "Alcañ",
    "Cór", "Peñ", "São J", "Évor", "Åls", "Väs", "Brn", "Čásl", "Ţig", "Győr", "Rēz", "Tärn", "Đur", "Ñor",
)  # fmt: skip
SECOND = (
    "tochłowice", "ów", "burg-an-der-Höhe", "ville-sur-Èze", "bach", "ejos de la Peña", "ção", "by", "köping",
    "ovice", "oara", "háza", "mäe", "ówka", "hausen", "ières", "etto d’Adda", "minster & Holt", "vik",
)  # fmt: skip
NETWORKS = (
    "Covenant of Mayors for Climate & Energy", "Rainbow Cities Network", "Fast-Track Cities",
    "Cities for CEDAW",
    "European Coalition of Cities against Racism", "Human Rights Cities Network",
    "Charter for Equality of Women and Men in Local Life", "Eurocities",
    "ICLEI – Local Governments for Sustainability", "Mayors for Peace", "C40 Cities",
    "Milan Urban Food Policy Pact", "Green City Accord", "Aalborg Charter", "Cittaslow",
    "UNESCO Learning Cities", "Intercultural Cities (ICC)", "Solidarity Cities",
    "Age-friendly Cities and Communities", "Ciudades Educadoras – Educating Cities",
)  # fmt: skip
ACTS = (
    "Uchwała Rady Miasta nr {a}/{b}/{y}", "Ratsbeschluss Vorlage {a}/{y}-{b}",
    "Délibération du conseil municipal n° {y}-{b}", "Acuerdo del Pleno de {y}/{b}",
    "Mayor's letter of accession ref. {a}-{b}/{y}", "Usnesení zastupitelstva č. {a}/{b}/{y}",
)  # fmt: skip
STATUSES = ("member",) * 14 + ("former",) * 3 + ("suspended",) * 2 + ("observer",)
TITLES = (
    "Adopted the local equality action plan", "Published the climate adaptation strategy",
    "Launched the municipal advisory council", "Signed the twin-city agreement on inclusion",
    "Raised the flag at Town Hall & held a public debate", "Reported the yearly emissions inventory",
    "Trained 120 civil servants in anti-discrimination", "Approved the low-emission zone",
)  # fmt: skip
TOPICS = ("climate", "culture", "education", "equality", "health", "housing", "mobility")
SHAPES = ("discs", "diamond", "chevron", "squares", "bubble", "discs", "diamond")
DOCUMENTS = ("Protokół z sesji", "Résolution", "Beschluss", "Register entry & annexes", "Relazione")
PUBLISHERS = ("Urząd Miasta", "Stadtarchiv", "Mairie – Recueil des actes", "Comune – Albo pretorio")
CITIES_OF_ACTION = 6
SOURCES_OF_CITY = 4


class City(NamedTuple):
    """A row of ``cities.csv``."""

    id: str
    name: str
    country: str
    region: str
    lat: float
    lon: float
    population: int


class Network(NamedTuple):
    """A row of ``networks.csv``."""

    id: str
    name: str
    founded: str
    url: str
    summary: str


class Membership(NamedTuple):
    """A row of ``memberships.csv``; the id is unique on the page of its city."""

    id: str
    city_id: str
    network_id: str
    since: str
    until: str
    status: str
    legal_basis: str
    source_id: str


class Action(NamedTuple):
    """What some cities did together; ``actions.csv`` has a row for each of them."""

    id: str
    cities: tuple[str, ...]
    date: str
    title: str
    sector: str
    summary: str
    source_id: str


class Source(NamedTuple):
    """A row of ``sources.csv``."""

    id: str
    title: str
    publisher: str
    url: str
    accessed: str


class Model(NamedTuple):
    """All records, each kind in the order of its ids, memberships by network and city."""

    cities: list[City]
    networks: list[Network]
    memberships: list[Membership]
    actions: list[Action]
    sources: list[Source]


def model(number: int, seed: int = 20260101) -> Model:
    """Make up an atlas of ``number`` cities."""
    chance = random.Random(seed)
    sources = [_source(n, chance) for n in range(SOURCES_OF_CITY * number)]
    cities = _cities(number, chance)
    networks = [
        Network(f"n{n:02}", name, f"{1950 + 2 * n}", f"https://example.org/net/{n}",
                f"{name} brings together local governments that commit to shared goals & report on them "
                f"every {2 + n % 3} years.")
        for n, name in enumerate(NETWORKS, 1)
    ]  # fmt: skip
    memberships = sorted(
        (one for city in cities for one in _memberships(city, networks, sources, chance)),
        key=lambda one: (one.network_id, one.city_id),
    )
    return Model(cities, networks, memberships, list(_actions(cities, sources, chance)), sources)


def _cities(number: int, chance: random.Random) -> list[City]:
    land, shares = land_of(COUNTRIES), list(COUNTRIES.values())
    made = []
    for n in range(number):
        country = chance.choices(list(COUNTRIES), shares)[0]
        name = f"{chance.choice(FIRST)}{chance.choice(SECOND)} {n}"
        words = "".join(c if c.isalnum() else "-" for c in anyascii(name).lower())
        id = f"{'-'.join(filter(None, words.split('-')))}-{country.lower()}"
        lon, lat = inside(land[country], chance)
        # Poland numbers its voivodeships evenly.
        region, people = (
            f"{country}-{chance.randrange(10, 30, 2)}",
            int(1000 * 10 ** chance.uniform(0.5, 3.3)),
        )
        made.append(City(id, name, country, region, round(lat, 5), round(lon, 5), people))
    return sorted(made)


def _memberships(
    city: City, networks: Sequence[Network], sources: Sequence[Source], chance: random.Random
) -> Iterator[Membership]:
    for network in chance.sample(networks, max(1, min(12, round(chance.gauss(6, 2))))):
        status, since = chance.choice(STATUSES), _day(chance, 1992, 2021)
        act = chance.choice(ACTS).format(
            a=chance.choice(("XII", "XLV", "LVI", "7")), b=chance.randrange(1, 999), y=since[:4]
        )
        until = _day(chance, 2022, 2025) if status == "former" else ""
        yield Membership(
            network.id, city.id, network.id, since, until, status, act, chance.choice(sources).id
        )


def _actions(cities: Sequence[City], sources: Sequence[Source], chance: random.Random) -> Iterator[Action]:
    for n in range(len(cities) // 2):
        some = chance.sample(cities, min(CITIES_OF_ACTION, len(cities)))
        summary = (
            f"Decision {chance.randrange(1, 900)} of the councils; budget {chance.randrange(1, 900) * 1000} "
            f"EUR, reviewed every {chance.randrange(1, 6)} years by the „{chance.choice(TOPICS)}” committee "
            f"of {chance.choice(some).name}."
        )
        yield Action(
            f"a{n:06}", tuple(sorted(city.id for city in some)), _day(chance, 2005, 2025),
            chance.choice(TITLES), chance.choice(TOPICS), summary, chance.choice(sources).id,
        )  # fmt: skip


def _source(number: int, chance: random.Random) -> Source:
    return Source(
        f"s{number:06}",
        f"{chance.choice(DOCUMENTS)} {chance.randrange(1, 400)}/{chance.randrange(1990, 2026)}: "
        f"„{chance.choice(SECOND)} {chance.choice(FIRST)}”",
        chance.choice(PUBLISHERS),
        f"https://example.org/archive/{chance.randrange(1990, 2026)}/{number:06}?lang=en&v={number % 9}",
        _day(chance, 2024, 2025),
    )


def _day(chance: random.Random, first: int, last: int) -> str:
    return f"{chance.randrange(first, last + 1)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"


# The project's own format


def write_atlas(folder: Path, made: Model) -> None:
    """Write the atlas in the project's own format; the folder must not be there yet."""
    for name in ("networks", "commitments", "actions"):
        (folder / name).mkdir(parents=True)
    (folder / "vocabulary.yaml").write_text(_vocabulary(), "utf-8", newline="\n")
    head = "id,name,name_en,country,region,lat,lon,population,geonames,wikidata,website,former_ids"
    write_table(
        folder / "cities.csv",
        head,
        ((c.id, c.name, c.name, *c[2:], n, f"Q{n}", "", "") for n, c in enumerate(made.cities, 1)),
    )
    head = "id,title,publisher,url,archived,lang,published,accessed"
    write_table(
        folder / "sources.csv",
        head,
        ((s.id, s.title, s.publisher, s.url, "", "", "", s.accessed) for s in made.sources),
    )
    head = "city,status,decided,since,until,role,act,sources,verified,note_en"
    for network in made.networks:
        rows = (
            (m.city_id, m.status, "", m.since, m.until, "", m.legal_basis, m.source_id, "", "")
            for m in made.memberships
            if m.network_id == network.id
        )
        write_table(folder / "commitments" / f"{network.id}.csv", head, rows)
        text = (
            f"kind: network\nname:\n  en: '{network.name}'\nfounded: '{network.founded}'\n"
            f"website: {network.url}\ntopics:\n  - equality\nsummary:\n  en: '{network.summary}'\n"
            f"open_to: all\nsources:\n  - s000000\n"
        )
        (folder / "networks" / f"{network.id}.yaml").write_text(text, "utf-8", newline="\n")
    for action in made.actions:
        cities = "\n  - ".join(action.cities)
        text = (
            f"kind: decision\ndate: '{action.date}'\ncities:\n  - {cities}\n"
            f"title:\n  en: {action.title}\nsummary:\n  en: '{_quoted(action.summary)}'\n"
            f"topics:\n  - {action.sector}\nsources:\n  - {action.source_id}\n"
        )
        (folder / "actions" / f"{action.id}.yaml").write_text(text, "utf-8", newline="\n")


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _vocabulary() -> str:
    def codes(section: str, ids: Sequence[str], more: str = "") -> str:
        entries = (
            f"  {id}:\n    label:\n      en: {id.capitalize()}\n"
            f"    help:\n      en: It is here to be counted.\n{more}"
            for id in ids
        )
        return f"{section}:\n{''.join(entries)}"

    colours = "    colour:\n      light: '#8a1c5b'\n      dark: '#f29ac4'\n"
    topics = [
        codes("", [topic], f"    shape: {shape}\n{colours}").partition("\n")[2]
        for topic, shape in zip(TOPICS, SHAPES, strict=True)
    ]
    return "".join(
        (
            "languages:\n  - en\ntopics:\n",
            *topics,
            codes("statuses", list(dict.fromkeys(STATUSES))),
            codes("instrument_kinds", ["network"], "    plural:\n      en: Networks\n    family: network\n"),
            codes("action_kinds", ["decision"]),
            codes("action_statuses", ["done"]),
            codes("source_types", ["minutes"]),
            codes("roles", ["chair"]),
        )
    )


# Plain tables


def write_csv(folder: Path, made: Model) -> None:
    """Write the atlas as tables that other generators read and join."""
    folder.mkdir(parents=True)
    names = Language("en", default="en")
    countries = [(code, names.country(code)) for code in dict.fromkeys(c.country for c in made.cities)]
    actions = (
        (f"{a.id}-{n}", city, a.date, a.title, a.sector, a.summary, a.source_id, a.id)
        for a in made.actions
        for n, city in enumerate(a.cities)
    )
    write_table(folder / "countries.csv", "code,name", countries)
    write_table(folder / "cities.csv", ",".join(City._fields), made.cities)
    write_table(folder / "networks.csv", ",".join(Network._fields), made.networks)
    write_table(folder / "memberships.csv", ",".join(Membership._fields), made.memberships)
    write_table(folder / "actions.csv", "key,city_id,date,title,sector,summary,source_id,id", actions)
    write_table(folder / "sources.csv", ",".join(Source._fields), made.sources)


def write_both(folder: Path, cities: int) -> Model:
    """Write ``data`` and ``csv`` below a folder; return the model."""
    made = model(cities)
    write_atlas(folder / "data", made)
    write_csv(folder / "csv", made)
    return made


def main() -> int:
    """Write the atlas that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cities", type=int, default=1000)
    options = parser.parse_args()
    write_both(options.folder, options.cities)
    return 0


if __name__ == "__main__":
    sys.exit(main())
