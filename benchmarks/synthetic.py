"""A made-up dataset in the project's own format, of any size; the same bytes in every run.

Run: ``python benchmarks/synthetic.py FOLDER --cities 10000``. It has the vocabulary of the real data, 28
networks and 12 charters, seven commitments a city on average, half as many actions and as many sources as
cities. As in life, a few networks have most members and most countries few cities; all cities lie in theirs.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import random
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import shapely

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "plugins"))

from atlas.drawings.maps.basemap import Basemap  # noqa: E402  # after the path to it

COMMITMENTS_A_CITY = 7
NETWORKS, CHARTERS = 28, 12
# Shares of cities, in the rough proportions of the largest network of cities there is.
COUNTRIES = {
    "IT": 30, "ES": 22, "FR": 6, "PL": 5, "DE": 5, "PT": 4, "BE": 4, "GR": 3, "RO": 3, "UA": 3, "HR": 2,
    "SE": 2,
    "GB": 2, "AT": 2, "CZ": 2, "HU": 2, "BG": 1, "CH": 1, "DK": 1, "EE": 1, "FI": 1, "IE": 1, "LT": 1,
    "LV": 1,
    "NL": 1, "NO": 1, "RS": 1, "SI": 1, "SK": 1, "TR": 1, "US": 1, "BR": 1, "JP": 1, "KR": 1,
}  # fmt: skip
FIRST = (
    "Al",
    "Bré",
    "Cas",
    "Dół",
    "Est",
    "Fón",
    "Gra",
    "Hol",
    "Íns",
    "Kle",
    "Łom",
    "Mon",
    "Nie",
    "Ost",
    "Pra",
    "Sœu",
)
SECOND = (
    "bach",
    "ców",
    "della",
    "ford",
    "grad",
    "ham",
    "illa",
    "jów",
    "köping",
    "lés",
    "mont",
    "nica",
    "ovo",
    "peña",
)
THIRD = ("", "", "", " am See", " d’Arc", " & Holt", " Wielki", " <Süd>")
STATUSES = ("member",) * 12 + ("former",) * 2 + ("applicant", "observer")
TOPICS_OF_NETWORK = 2


def write_dataset(folder: Path, cities: int, seed: int = 20260101) -> None:
    """Write a dataset of ``cities`` cities; the folder must not be there yet."""
    chance = random.Random(seed)
    for name in ("networks", "charters", "commitments", "actions"):
        (folder / name).mkdir(parents=True)
    shutil.copy(ROOT / "data/vocabulary.yaml", folder)
    ids = _cities(folder, cities, chance)
    _sources(folder, cities, chance)
    instruments = _instruments(folder, chance)
    _commitments(folder, ids, instruments, chance)
    _actions(folder, ids, instruments, chance)


def _cities(folder: Path, number: int, chance: random.Random) -> list[str]:
    land = land_of(COUNTRIES)
    shares = list(COUNTRIES.values())
    rows, ids = [], []
    for n in range(number):
        country = chance.choices(list(COUNTRIES), shares)[0]
        name = chance.choice(FIRST) + chance.choice(SECOND) + chance.choice(THIRD)
        lon, lat = inside(land[country], chance)
        id = f"{country.lower()}-{n:06}"
        ids.append(id)
        own = f"{name} {n}"
        people = int(1000 * 10 ** chance.uniform(0, 3.3))
        rows.append(
            (id, own, own, own, country, "", f"{lat:.4f}", f"{lon:.4f}", people, n + 1, f"Q{n + 1}", "", "")
        )
    head = "id,name,name_en,name_pl,country,region,lat,lon,population,geonames,wikidata,website,former_ids"
    write_table(folder / "cities.csv", head, sorted(rows))
    return sorted(ids)


def land_of(countries: Iterable[str]) -> dict[str, shapely.Polygon]:
    """Return the largest part of each country: places on small islands are a matter of their own."""
    basemap = Basemap.load()
    return {code: max(basemap.of(code), key=lambda part: part.area) for code in countries}


def inside(land: shapely.Polygon, chance: random.Random) -> tuple[float, float]:
    """Return the longitude and latitude of a place in a country."""
    west, south, east, north = land.bounds
    while True:
        lon, lat = chance.uniform(west, east), chance.uniform(south, north)
        if shapely.contains_xy(land, lon, lat):
            return lon, lat


def _sources(folder: Path, number: int, chance: random.Random) -> None:
    rows = [
        (f"source-{n:06}", f"Minutes, no. {n}", f"Council {n % 500}", f"https://example.org/{n}", "",
         chance.choice(("en", "pl", "fr", "")), chance.randrange(1995, 2026), "2026-01-15")
        for n in range(number)
    ]  # fmt: skip
    write_table(folder / "sources.csv", "id,title,publisher,url,archived,lang,published,accessed", rows)


def _instruments(folder: Path, chance: random.Random) -> list[str]:
    topics = ("gender-equality", "migration", "human-rights", "climate", "health", "children")
    known = (ROOT / "data/vocabulary.yaml").read_text("utf-8")
    topics = tuple(topic for topic in topics if f"\n  {topic}:" in known)
    ids = []
    for n in range(NETWORKS + CHARTERS):
        network = n < NETWORKS
        kind, since = ("network", "founded") if network else ("charter", "adopted")
        id = f"{kind}-{n:02}"
        ids.append(id)
        chosen = "\n  - ".join(sorted(chance.sample(topics, TOPICS_OF_NETWORK)))
        text = (
            f"kind: {kind}\nname:\n  en: Made-up {kind} number {n}\n  pl: Wymyślony dokument numer {n}\n"
            f"acronym: M{n:02}\n{since}: '{1985 + n}'\ntopics:\n  - {chosen}\n"
            f"summary:\n  en: It is here to be counted.\n  pl: Jest tu, aby go policzyć.\n"
            f"open_to: all\nsources:\n  - source-000000\n"
        )
        (folder / f"{kind}s" / f"{id}.yaml").write_text(text, "utf-8", newline="\n")
    return ids


def _commitments(folder: Path, ids: Sequence[str], instruments: Sequence[str], chance: random.Random) -> None:
    weights = [1 / (rank + 1) for rank in range(len(instruments))]
    tables: dict[str, list[tuple[object, ...]]] = {instrument: [] for instrument in instruments}
    for city in ids:
        number = max(1, min(16, round(chance.gauss(COMMITMENTS_A_CITY, 2.5))))
        joined: dict[str, None] = {}
        while len(joined) < number:
            joined.update(dict.fromkeys(chance.choices(instruments, weights, k=number - len(joined))))
        for instrument in joined:
            tables[instrument].append((city, *_commitment(instrument, len(ids), chance)))
    for instrument, rows in tables.items():
        head = "city,status,decided,since,until,role,act,sources,verified,note_en,note_pl"
        write_table(
            folder / "commitments" / f"{instrument}.csv", head, sorted(rows, key=lambda row: str(row[0]))
        )


def _commitment(instrument: str, sources: int, chance: random.Random) -> tuple[object, ...]:
    status = chance.choice(STATUSES)
    if instrument.startswith("charter") and status == "member":
        status = "signatory"
    year = chance.randrange(2024, 2026) if status == "applicant" else chance.randrange(2015, 2026)
    since = chance.choice(
        (f"{year}", f"{year}-{chance.randrange(1, 13):02}", f"{year}-05-{chance.randrange(10, 28)}")
    )
    since = "" if status == "applicant" or chance.random() < 0.1 else since
    until = "2026" if status == "former" else ""
    act = f"XII/{chance.randrange(1, 999)}/{year}" if chance.random() < 0.2 else ""
    cited = ";".join(
        sorted({f"source-{chance.randrange(sources):06}" for _ in range(chance.choice((1, 1, 2)))})
    )
    verified = "2026-01-15" if chance.random() < 0.5 else ""
    return status, "", since, until, "", act, cited, verified, "", ""


def _actions(folder: Path, ids: Sequence[str], instruments: Sequence[str], chance: random.Random) -> None:
    known = (ROOT / "data/vocabulary.yaml").read_text("utf-8").partition("\naction_kinds:\n")[2]
    kind = known.split(":", 1)[0].strip()
    for n, city in enumerate(itertools.islice(ids, 0, None, 2)):
        text = (
            f"kind: {kind}\ndate: '{chance.randrange(2005, 2026)}-{chance.randrange(1, 13):02}'\n"
            f"cities:\n  - {city}\nsources:\n  - source-{chance.randrange(len(ids)):06}\n"
            f"title:\n  en: 'The council decides, no. {n}'\n  pl: 'Rada decyduje, nr {n}'\n"
            f"summary:\n  en: It was decided.\n  pl: Postanowiono.\n"
        )
        (folder / "actions" / f"decision-{n:06}.yaml").write_text(text, "utf-8", newline="\n")


def write_table(path: Path, head: str, rows: Iterable[Sequence[object]]) -> None:
    """Write a table with its header."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(head.split(","))
        writer.writerows(rows)


def main() -> int:
    """Write the dataset that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cities", type=int, default=1000)
    options = parser.parse_args()
    write_dataset(options.folder, options.cities)
    return 0


if __name__ == "__main__":
    sys.exit(main())
