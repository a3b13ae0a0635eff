"""Run the tests against the real data and 300 made-up rows: nobody who adds to the data may break a test.

``python scripts/grown.py [PYTEST OPTIONS …]`` clones the repository as it is committed and adds a hundred
cities, sources and commitments each, a network and actions to ``data/``; it checks and commits them and runs
the tests there, and those of the site of the real data. Exits as pytest does.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EACH = 100
NETWORK = """\
kind: network
name:
  en: Made-up Network
  pl: Sieć Zmyślona
founded: "2001"
topics:
  - migration
sources:
  - made-up-0
"""
ACTION = """\
kind: event
date: "2019-06"
title:
  en: Made-up meeting {number}
  pl: Zmyślone spotkanie {number}
status: held
cities:
  - krakow
  - made-up-{number}
sources:
  - made-up-{number}
"""


def append(file: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Add rows to a table; columns that they do not name stay empty."""
    with file.open(encoding="utf-8", newline="") as stream:
        columns = next(csv.reader(stream))
    with file.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        writer.writerows(rows)


def grow(data: Path) -> None:
    """Add the made-up records: to the tables, to a network that exists, and files of their own."""
    numbers = range(EACH)
    append(data / "cities.csv", [_city(number) for number in numbers])
    append(data / "sources.csv", [_source(number) for number in numbers])
    append(data / "commitments/eccar.csv", [_commitment(number) for number in numbers if number % 2])
    (data / "networks/made-up.yaml").write_text(NETWORK, "utf-8")
    table = data / "commitments/made-up.csv"
    table.write_bytes((data / "commitments/eccar.csv").read_bytes().splitlines(keepends=True)[0])
    append(table, [_commitment(number) for number in numbers if not number % 2])
    for number in range(3):
        (data / f"actions/made-up-{number}.yaml").write_text(ACTION.format(number=number), "utf-8")


def _city(number: int) -> Mapping[str, str]:
    name = f"Zmyślone {number}"
    place = {"lat": f"{50 + number % 10 * 0.3:.4f}", "lon": f"{17 + number // 10 * 0.5:.4f}"}
    return {
        "id": f"made-up-{number}",
        "name": name,
        "name_en": name,
        "name_pl": name,
        "country": "PL",
        **place,
    }


def _source(number: int) -> Mapping[str, str]:
    return {
        "id": f"made-up-{number}",
        "title": f"Zmyślona uchwała {number}",
        "url": f"https://www.example.org/made-up/{number}",
        "lang": "pl",
        "published": "2020-05",
        "accessed": "2026-11-22",
        "type": "city",
    }


def _commitment(number: int) -> Mapping[str, str]:
    since = ("", "2015", "2016-03", "2017-04-05")[number % 4]
    return {"city": f"made-up-{number}", "status": "member", "since": since, "sources": f"made-up-{number}"}


def main(options: Sequence[str]) -> int:
    """Clone, grow, check and test."""
    with tempfile.TemporaryDirectory(prefix="atlas-grown-") as scratch:
        clone = Path(scratch) / "atlas"
        environ = {**os.environ, "PYTHONPATH": os.pathsep.join((str(clone), str(clone / "plugins")))}
        environ |= {
            f"GIT_{role}_{what}": "grown" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }

        def run(*command: str, check: bool = True) -> int:
            return subprocess.run(command, cwd=clone, env=environ, check=check).returncode

        subprocess.run(["git", "clone", "-q", "--shared", str(ROOT), str(clone)], check=True)
        (clone / "node_modules").symlink_to(ROOT / "node_modules")
        grow(clone / "data")
        atlas = [sys.executable, "-m", "atlas.cli.main"]
        run(*atlas, "fmt")
        run(*atlas, "check")
        run("git", "add", "data")
        run("git", "commit", "-qm", "data: 300 made-up rows")
        pytest = (sys.executable, "-m", "pytest", "-p", "no:cacheprovider")
        site = ("-m", "proof", "-k", "not html_validate", "tests/proof/test_real_site.py")
        return run(*pytest, *options, check=False) or run(*pytest, *site, check=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
