"""The benchmark compares like with like: the data is the same in both forms, and so is every page."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.builders import ROOT

BENCHMARKS = ROOT / "benchmarks"
CITIES = 12


@pytest.fixture(scope="module")
def modules() -> Any:
    """Find the modules of the benchmark, as its programs do."""
    sys.path.insert(0, str(BENCHMARKS))
    yield importlib.import_module
    sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def made(modules: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest atlas in both forms, built by the engine and by Jinja2 alone."""
    folder = tmp_path_factory.mktemp("bench")
    modules("alike").write_both(folder, CITIES)
    (folder / "texts/pages").mkdir(parents=True)
    environ = {
        **os.environ,
        "ATLAS_DATA": str(folder / "data"),
        "ATLAS_CACHE": str(folder / "cache"),
        "SOURCE_DATE_EPOCH": "1795305600",
    }
    settings = str(BENCHMARKS / "theme/settings.py")
    output = ["-o", str(folder / "site"), "--fatal", "errors"]
    pelican = [sys.executable, "-m", "pelican", str(folder / "texts"), "-s", settings, *output]
    plain = [sys.executable, str(BENCHMARKS / "peers/plain.py"), str(folder / "csv"), str(folder / "plain")]
    for command in (pelican, plain):
        done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_the_data_is_the_same_in_every_run(modules: Any, made: Path, tmp_path: Path) -> None:
    modules("alike").write_both(tmp_path, CITIES)
    assert files(tmp_path / "data") == files(made / "data")
    assert files(tmp_path / "csv") == files(made / "csv")


def test_every_page_is_the_same_as_by_jinja_alone(modules: Any, made: Path) -> None:
    same = modules("same")
    assert list(same.differences(made / "plain", made / "site")) == []
    names = same.names(made / "site")
    assert len([name for name in names if name.startswith("city/")]) == CITIES
    assert {"index.html", "sitemap.xml", "cities.geojson", "network/n01/index.html"} <= names


def test_another_word_on_a_page_is_a_difference(modules: Any, made: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text(f"<p>\n  Tom &amp; {name}</p>")
    (tmp_path / "two/more.html").write_text("<p>")
    assert list(modules("same").differences(tmp_path / "one", tmp_path / "two")) == [
        "more.html: too many",
        "page.html: '<p>Tom & one</p>', but '<p>Tom & two</p>'",
    ]


def test_a_row_changes_in_both_forms(modules: Any, tmp_path: Path) -> None:
    modules("alike").write_both(tmp_path, CITIES)
    bench, task = modules("bench_build"), modules("builders").Task
    before = files(tmp_path)
    bench.change_a_row(task(tmp_path / "data", tmp_path / "csv", tmp_path / "site", tmp_path), 3)
    after = files(tmp_path)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"data/commitments/n01.csv", "csv/memberships.csv"}
    assert b"2003-01-11" in after["data/commitments/n01.csv"]
    assert b"2003-01-11" in after["csv/memberships.csv"]


def test_the_table_and_the_plot_are_kept_between_the_marks(modules: Any, tmp_path: Path) -> None:
    report, run = modules("report"), modules("measuring").Run
    cold, warm = run(2.0, 3.0, 120.4, 0.5), run(1.0, 1.5, 100.0, 0.25)
    slow = run(5.0, 5.0, 80.0, 0.0)
    lines = [
        report.Line(modules("builders").OURS, "", cold, warm),
        report.Line("Hugo", "0.1", slow, slow),
        report.Line("Jekyll", "", note="not installed"),
    ]
    told = "150 files: 2 new or changed, 148 as they were, 0 gone"
    alike = report.Comparison(lines, 0.5, 150, 3_000_000, told)
    stages = report.Stages({name: (1.0, 50.0) for name in ("load", "views", "render", "write")}, 150, 150, 9)
    sizes = [report.Size(100, alike, stages), report.Size(1000, alike, stages)]
    page = tmp_path / "performance.md"
    page.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n")
    text = report.table(sizes, "2 processors", date(2026, 11, 22), 3, "abc1234")
    report.keep(tmp_path, text, sizes)
    kept = page.read_text()
    assert kept.startswith("before\n<!-- measured -->\n\n![Seconds by number of cities")
    assert kept.endswith(f"{report.END}\nafter\n") and "old" not in kept
    assert "Measured on 2026-11-22 at abc1234: 2 processors. Medians of 3, interleaved. Hugo 0.1." in kept
    assert "| Hugo | 5.00 | 2.5 | 5.00 | 5.0 | 5.0 | 30 | 0.6 | 80 | 0.0 |" in kept
    assert "| Jekyll | not installed | | | | | | | | |" in kept
    assert "| only writing the same bytes | 0.50 | 0.25 | | | | | | | |" in kept
    assert f"The same pages: 150 files, 3.0 MB. After one row: {told}." in kept
    assert "| 1,000 cities, the same pages | 1.00 (50) | 1.00 (50) | 1.00 (50) | 1.00 (50) | 50 |" in kept
    picture = (tmp_path / "performance.svg").read_text()
    assert picture.startswith("<svg ") and ">Hugo</text>" in picture
    assert picture == report.plot(sizes)
