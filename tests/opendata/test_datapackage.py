"""The Data Package: valid by its own standard, and it describes the files that are there."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package
from tests.builders import lens

from atlas.build.read_data import read_atlas
from atlas.dataset.reading.load import load
from atlas.opendata.datapackage import data_package
from atlas.validate.values import LARGEST_NUMBER

ROOT = Path(__file__).resolve().parents[2]
GOOD, SAMPLE = ROOT / "tests/data/good", ROOT / "tests/data/sample"
EDITION = date(2026, 11, 22)


def described(data: Path, **more: Any) -> dict[str, Any]:
    contents = {path.relative_to(data).as_posix(): path.read_bytes() for path in data.rglob("*.csv")}
    atlas = read_atlas(data, EDITION)
    return data_package(load(data), contents, replace(lens(atlas, as_of=EDITION), **more))


def published(data: Path, folder: Path) -> Path:
    """Copy a dataset and put its descriptor beside it, as a build does."""
    shutil.copytree(data, folder, dirs_exist_ok=True)
    descriptor = folder / "datapackage.json"
    descriptor.write_text(json.dumps(described(data), ensure_ascii=False), "utf-8")
    return descriptor


def faults(descriptor: Path) -> list[str]:
    report = Package.from_descriptor(str(descriptor)).validate()
    return [": ".join(map(str, row)) for row in report.flatten(["rowNumber", "fieldName", "type"])]


@pytest.mark.parametrize("data", [SAMPLE, GOOD], ids=["sample", "good"])
def test_frictionless_accepts_the_package(data: Path, tmp_path: Path) -> None:
    descriptor = published(data, tmp_path)
    report = Package.from_descriptor(str(descriptor)).validate()
    assert report.valid, report.to_summary()
    files = {path.relative_to(data).as_posix() for path in data.rglob("*.csv")}
    assert {task.place for task in report.tasks} == files


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("cities.csv", ",54.3520,", ",154.3520,", ["2: lat: constraint-error"]),
        ("cities.csv", ",PL-22,", ",PL-23,", ["2: region: constraint-error"]),
        ("commitments/welcome.csv", "\nkrakow,", "\nkrakw,", ["5: None: foreign-key"]),
    ],
)
def test_frictionless_refuses_what_is_wrong(
    file: str, old: str, new: str, expected: list[str], tmp_path: Path
) -> None:
    descriptor = published(GOOD, tmp_path)
    path = tmp_path / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = [one for one in faults(descriptor) if "hash" not in one and "byte" not in one]
    assert found == expected


def test_the_package_says_what_it_is() -> None:
    package = described(GOOD, siteurl="https://example.org/atlas")
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["id"] == "https://example.org/atlas/data/datapackage.json"
    assert package["homepage"] == "https://example.org/atlas/"
    assert package["version"] == "2026-11-22"
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    assert package["sources"][0]["path"] == "https://www.geonames.org"


def test_a_resource_has_the_columns_of_its_file_and_its_fingerprint() -> None:
    cities = described(GOOD)["resources"][0]
    content = (GOOD / "cities.csv").read_bytes()
    assert cities["path"] == "cities.csv"
    assert (cities["bytes"], cities["hash"]) == (
        len(content),
        f"sha256:{hashlib.sha256(content).hexdigest()}",
    )
    assert [one["name"] for one in cities["schema"]["fields"]] == content.decode().split("\n")[0].split(",")
    assert cities["schema"]["primaryKey"] == ["id"]


def test_lists_and_partial_dates_are_strings_with_a_pattern() -> None:
    resources = {one["name"]: one for one in described(GOOD)["resources"]}
    fields = {one["name"]: one for one in resources["commitments-welcome"]["schema"]["fields"]}
    assert fields["since"]["type"] == fields["sources"]["type"] == "string"
    assert "[~?%]?" in fields["since"]["constraints"]["pattern"]
    assert fields["sources"]["constraints"]["pattern"].endswith("( *; *[a-z0-9]+(-[a-z0-9]+)*)*)")
    assert resources["commitments-welcome"]["schema"]["foreignKeys"] == [
        {"fields": ["city"], "reference": {"resource": "cities", "fields": ["id"]}}
    ]


def test_patterns_are_those_of_xml_schema() -> None:
    # No anchors, no look-around, no groups that do not capture, no classes of Python.
    patterns = [
        one["constraints"]["pattern"]
        for resource in described(GOOD)["resources"]
        for one in resource["schema"]["fields"]
        if "pattern" in one.get("constraints", {})
    ]
    assert patterns
    assert not [
        text for text in patterns if "(?" in text or "$" in text or text.startswith("^") or "\\d" in text
    ]
    assert LARGEST_NUMBER == 10_000_000_000  # as patterns.INTEGER has it


def test_the_built_folder_is_a_valid_package(good_site: Path) -> None:
    """What stands on the site fits its own description, byte for byte."""
    descriptor = good_site / "data/datapackage.json"
    assert (
        json.loads(descriptor.read_text("utf-8"))["id"] == "https://example.org/atlas/data/datapackage.json"
    )
    report = Package.from_descriptor(str(descriptor)).validate()
    assert report.valid, report.to_summary()
    ids = {path.name: json.loads(path.read_text("utf-8"))["$id"] for path in good_site.glob("schema/*.json")}
    assert ids == {
        f"{name}.json": f"https://example.org/atlas/schema/{name}.json"
        for name in ("network", "charter", "action", "vocabulary")
    }
