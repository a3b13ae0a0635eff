"""The valid dataset of the tests with one place changed, and the lines that must come of it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from atlas.dataset.reading.load import Memory, load
from atlas.findings import as_text
from atlas.validate import validate

GOOD = Path(__file__).parent / "data/good"
TODAY = date(2026, 2, 1)

CITIES, SOURCES, WELCOME = "cities.csv", "sources.csv", "commitments/welcome.csv"
CITY = "turku,Turku,Turku,Turku,FI,FI-19,60.4515,22.2687,175945,633679,Q38511,https://www.turku.fi,"
SOURCE = (
    "charter-text,Text of the charter,Charter Office,https://charter.example.org/text,,en,2006-05-12,"
    "2026-01-15,,,document"
)
ROW = "honnelles,,observer,,,,,,network-members,,,"


def edited(record: str, header: str, **values: str) -> str:
    """The record with other values in some of its columns."""
    cells = dict(zip(header.split(","), record.split(","), strict=True)) | values
    return ",".join(cells.values())


def city(**values: str) -> str:
    header = "id,name,name_en,name_pl,country,region,lat,lon,population,geonames,wikidata,website,former_ids"
    return edited(CITY, header, **values)


def source(**values: str) -> str:
    return edited(
        SOURCE, "id,title,publisher,url,archived,lang,published,accessed,note_en,note_pl,type", **values
    )


def row(**values: str) -> str:
    header = "city,period,status,decided,since,until,role,act,sources,verified,note_en,note_pl"
    return edited(ROW, header, **values)


class Case(NamedTuple):
    """One change of the data (a new file where ``old`` is None) and the lines it must give."""

    name: str
    file: str
    old: str | None
    new: str
    lines: tuple[str, ...]


def check(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change the data as the case says, and expect its lines and no other, also of who knows how it was."""
    shutil.copytree(GOOD, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    memory: Memory = {}
    assert not list(validate(load(Path("data"), memory), today=TODAY))
    path = tmp_path / "data" / case.file
    text = case.new
    if case.old is not None:
        before = path.read_text(encoding="utf-8")
        assert case.old in before, "the case does not fit the dataset any more"
        text = before.replace(case.old, case.new, 1)
    path.write_text(text, encoding="utf-8", newline="")

    for known in ({}, memory):
        dataset = load(Path("data"), known)
        found = [*dataset.findings, *validate(dataset, today=TODAY)]
        assert as_text(found).splitlines() == list(case.lines)
