"""How long ``atlas check`` takes, and how much memory, on today's data and on a large made-up dataset.

Run: ``python benchmarks/bench_check.py --cities 10000``. The made-up data is the same on
every run. Nothing is asserted: the numbers are for people.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from measuring import run

REPOSITORY = Path(__file__).resolve().parent.parent
INSTRUMENTS = 35
COMMITMENTS_A_CITY = 7
STATUSES = ("member", "member", "member", "signatory", "observer", "former")
# Somewhere inside each country, so that every city is in the right one.
PLACES = {"PL": (52.0, 19.5), "DE": (51.0, 10.0), "FR": (47.0, 2.5), "ES": (40.0, -4.0)}

VOCABULARY = """\
topics:
  human-rights:
    label: {en: Human rights, pl: Prawa człowieka}
statuses:
  member:
    label: {en: Member, pl: Członek}
  signatory:
    label: {en: Signatory, pl: Sygnatariusz}
  observer:
    label: {en: Observer, pl: Obserwator}
  former:
    label: {en: Former member, pl: Były członek}
instrument_kinds:
  network:
    label: {en: Network, pl: Sieć}
    family: network
action_kinds:
  event:
    label: {en: Event, pl: Wydarzenie}
"""

STAGES = """\
import sys, time
from datetime import date
from pathlib import Path
from measuring import own_peak_mb
def stage(name, since):
    seconds = time.perf_counter() - since
    print(f"  {name:<12} {seconds:6.2f} s   peak {own_peak_mb():6.0f} MB", flush=True)
since = time.perf_counter()
from atlas.dataset.assembly.assemble import assemble
from atlas.dataset.reading.load import load
from atlas.validate import validate
stage("import", since)
since = time.perf_counter(); dataset = load(Path(sys.argv[1])); stage("load", since)
since = time.perf_counter()
found = list(validate(dataset, today=date(2026, 12, 31)))
stage(f"validate", since)
since = time.perf_counter()
if not any(one.severity == "error" for one in found): assemble(dataset); stage("assemble", since)
print(f"  findings     {len(found)}")
"""


def write_dataset(folder: Path, cities: int) -> None:
    """Write a valid dataset of ``cities`` cities with seven commitments each."""
    chance = random.Random(20260101)
    for name in ("networks", "commitments"):
        (folder / name).mkdir(parents=True)
    (folder / "vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
    rows = ["id,title,publisher,url,archived,lang,published,accessed"]
    rows += [
        f'source-{n},"Members, list {n}",Publisher {n % 50},https://example.org/{n},,en,2020,2026-01-15'
        for n in range(cities)
    ]
    _write(folder / "sources.csv", rows)
    rows = ["id,name,name_en,name_pl,country,region,lat,lon,population,geonames,wikidata,website,former_ids"]
    for n in range(cities):
        country = tuple(PLACES)[n % len(PLACES)]
        lat, lon = (chance.uniform(-1, 1) + middle for middle in PLACES[country])
        name = f"Żółć {n}"
        people = chance.randrange(1000, 2_000_000)
        rows.append(
            f"city-{n},{name},{name},{name},{country},,{lat:.4f},{lon:.4f},{people},{n + 1},Q{n + 1},,"
        )
    _write(folder / "cities.csv", rows)
    tables: list[list[str]] = [[] for _ in range(INSTRUMENTS)]
    for n in range(cities):
        for instrument in sorted(chance.sample(range(INSTRUMENTS), COMMITMENTS_A_CITY)):
            since = f"{chance.randrange(1990, 2026)}-{chance.randrange(1, 13):02d}"
            sources = f"source-{chance.randrange(cities)};source-{n}"
            if sources.split(";")[0] == sources.split(";")[1]:
                sources = f"source-{n}"
            note = '"Joined, says the list","Dołączyło, mówi lista"' if n % 10 == 0 else ","
            status = chance.choice(STATUSES)
            tables[instrument].append(f"city-{n},{status},,{since},,,,{sources},2026-01-15,{note}")
    header = "city,status,decided,since,until,role,act,sources,verified,note_en,note_pl"
    for number, lines in enumerate(tables):
        id_ = f"network-{number}"
        text = f"kind: network\nname: {{en: Network {number}, pl: Sieć {number}}}\n"
        text += "topics: [human-rights]\nsources: [source-0]\n"
        (folder / "networks" / f"{id_}.yaml").write_text(text, encoding="utf-8")
        _write(folder / "commitments" / f"{id_}.csv", [header, *lines])


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def measure(title: str, folder: Path) -> None:
    """Print the stages of one dataset and then the whole command, each in a fresh process."""
    print(f"{title}:", flush=True)
    folders = f"{REPOSITORY / 'plugins'}:{Path(__file__).parent}"
    environ = {"PYTHONPATH": folders, "SOURCE_DATE_EPOCH": "1798675200"}
    stages = run([sys.executable, "-c", STAGES, str(folder)], folder=REPOSITORY, environ=environ)
    print(stages.said.rstrip())
    command = "import sys; from atlas.cli.main import main; main(); sys.exit()"
    check = [sys.executable, "-c", command, "check", "--data", str(folder)]
    done = run(check, folder=REPOSITORY, environ=environ)
    print(f"  atlas check  {done.wall:6.2f} s   peak {done.peak_mb:6.0f} MB   others {done.others:.1f}")
    print(f"  {done.said.rstrip().splitlines()[-1]}", flush=True)


def main() -> None:
    """Measure today's data, then the made-up dataset."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cities", type=int, default=10_000)
    cities = options.parse_args().cities
    if (REPOSITORY / "data").is_dir():
        measure("today's data", REPOSITORY / "data")
    with tempfile.TemporaryDirectory() as folder:
        write_dataset(Path(folder) / "data", cities)
        measure(f"{cities} cities, {cities * COMMITMENTS_A_CITY} commitments", Path(folder) / "data")


if __name__ == "__main__":
    main()
