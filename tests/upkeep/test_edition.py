"""Editions that can be cited and kept: the zip of a release, and how the dataset is cited."""

from __future__ import annotations

import json
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
import yaml
from scripts import edition

ROOT = Path(__file__).resolve().parents[2]
VERSION = "2026-11-22.3f9c2a1"


def git(root: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a citation."""
    (tmp_path / "CITATION.cff").write_bytes((ROOT / "CITATION.cff").read_bytes())
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    return tmp_path


def site(root: Path, version: str = VERSION) -> Path:
    """A site with one table."""
    data = root / "output/data"
    data.mkdir(parents=True, exist_ok=True)
    (data / "datapackage.json").write_text(json.dumps({"name": "atlas", "version": version}))
    (data / "cities.csv").write_text("id\nkrakow\n")
    (data / "index.html").write_text("a page, which is no data")
    (data / "SHA256SUMS").write_text("0  cities.csv\n0  datapackage.json\n")
    return root / "output"


def test_a_release_has_the_data_the_changes_and_how_to_cite_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = site(root)
    assert edition.main([str(made), str(root / "one")], root) == 0
    assert edition.main([str(made), str(root / "two")], root) == 0
    assert capsys.readouterr().out == f"data-{VERSION}\n" * 2
    one, two = (root / folder / f"atlas-{VERSION}.zip" for folder in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as packed:
        names = ["CHANGES.md", "CITATION.cff", "SHA256SUMS", "cities.csv", "datapackage.json"]
        assert packed.namelist() == names
        cited = yaml.safe_load(packed.read("CITATION.cff"))
        assert packed.read("CHANGES.md").decode() == edition.FIRST
    assert (cited["version"], cited["date-released"]) == (VERSION, "2026-11-22")


def test_the_same_data_are_released_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(root, "tag", f"data-{VERSION}")
    assert edition.main([str(site(root, "2026-12-01.3f9c2a1")), str(root / "one")], root) == 0
    assert capsys.readouterr().out == ""
    assert not (root / "one").exists()


def test_the_citation_has_what_the_format_requires() -> None:
    """https://github.com/citation-file-format/citation-file-format, version 1.2.0."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert cited.keys() >= {"cff-version", "message", "title", "authors"}
    assert (cited["cff-version"], cited["type"], cited["license"]) == ("1.2.0", "dataset", "CC-BY-4.0")
    assert cited.keys() <= {
        "cff-version", "message", "type", "title", "abstract", "authors", "license", "keywords"
    }  # fmt: skip
    assert all(author.keys() == {"name"} for author in cited["authors"])
    assert len(set(cited["keywords"])) == len(cited["keywords"])
    released = yaml.safe_load(edition.citation((ROOT / "CITATION.cff").read_text("utf-8"), VERSION))
    assert date.fromisoformat(released["date-released"]) == date(2026, 11, 22)
