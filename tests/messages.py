"""What a person is told, in English and in Polish: a change of the valid dataset and every line it gives."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from atlas.cli.messages import translations
from atlas.dataset.reading.load import load
from atlas.findings import as_text
from atlas.model.schema import schema
from atlas.validate import validate

GOOD = Path(__file__).parent / "data/good"
TODAY = date(2026, 2, 1)
CITIES, SOURCES, WELCOME = "cities.csv", "sources.csv", "commitments/welcome.csv"
NETWORK = "networks/welcome.yaml"
CITY_COLUMNS = ", ".join(schema()["city"].by_name)
NETWORK_KEYS = ", ".join(schema()["network"].by_name)
ROW = "honnelles,,observer,,,,,,network-members,,,"

Change = Callable[[Path], object]


class Told(NamedTuple):
    """A change of the folder of the data, and what must be said of it, without the leading ``data/``."""

    name: str
    change: Change
    english: tuple[str, ...] = ()
    polish: tuple[str, ...] = ()


def replaced(file: str, old: str, new: str) -> Change:
    """Put a text in the place of another one, once."""

    def change(data: Path) -> None:
        text = (data / file).read_text("utf-8")
        assert old in text, "the case does not fit the dataset any more"
        (data / file).write_text(text.replace(old, new, 1), "utf-8")

    return change


def edited(file: str, edit: Callable[[bytes], bytes]) -> Change:
    """Change the bytes of a file."""
    return lambda data: (data / file).write_bytes(edit((data / file).read_bytes()))


def renamed(old: str, new: str) -> Change:
    """Give a file or folder another name."""
    return lambda data: (data / old).rename(data / new)


def written(*files: str, content: bytes = b"\xff") -> Change:
    """Put files into the folder."""

    def change(data: Path) -> None:
        for file in files:
            (data / file).write_bytes(content)

    return change


def check(case: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change the data as the case says, and expect its lines and no other in both languages."""
    shutil.copytree(GOOD, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    case.change(Path("data"))
    dataset = load(Path("data"))
    found = [*dataset.findings, *validate(dataset, today=TODAY)]
    assert as_text(found).splitlines() == [f"data/{line}" for line in case.english]
    spoken = translations("pl").gettext
    assert as_text(found, spoken).splitlines() == [f"data/{line}" for line in case.polish]
