"""A build makes only what differs, and what it leaves is what a build from nothing makes, byte for byte."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.builders import ROOT, atlas, lens
from tests.elsewhere import with_assets

from atlas.build.environment import environment
from atlas.build.manifest import jobs_of_files

SETTINGS = """
from pelicanconf import *  # noqa: F403

SITEURL = "https://example.org/atlas"
ATLAS_CARDS = False
"""
Files = dict[str, bytes]


class Project:
    """A copy of the repository with the small data set."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("plugins", "theme"):
            shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "tests/data/good", root / "data")
        for name in ("atlas.yaml", "pelicanconf.py"):
            shutil.copy(ROOT / name, root)
        (root / "node_modules").symlink_to(ROOT / "node_modules")
        (root / "content/pages").mkdir(parents=True)
        (root / "content/pages/about.md").write_text("Title: About\nSection: about\nLang: en\n\nThe atlas.\n")
        self.settings = root / "settings.py"
        self.settings.write_text(SETTINGS)
        self.output = with_assets(root) / "output"

    def build(self, output: str = "output", **environ: str) -> str:
        command = [sys.executable, "-m", "pelican", "-s", "settings.py", "-o", output, "--fatal", "errors"]
        done = subprocess.run(
            command,
            cwd=self.root,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1795305600", "COLUMNS": "160", **environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stderr

    def numbers(self, said: str) -> tuple[int, int, int]:
        """Return how many files there are, were written, and are gone, as the build has told."""
        found = re.search(r"(\d+) files: (\d+) new or changed, \d+ as they were, (\d+) gone", said)
        assert found, said
        number, written, gone = map(int, found.groups())
        return number, written, gone

    def change(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text("utf-8")
        assert old in text, f"{path} has no {old!r}"
        file.write_text(text.replace(old, new, 1), "utf-8", newline="")


def files(folder: Path) -> Files:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with a published site; tests change it one after the other."""
    made = Project(tmp_path_factory.mktemp("incremental") / "atlas")
    made.build()
    return made


def row(project: Project) -> None:
    project.change(
        "data/commitments/rights-commission.csv", "lodz,member,,2021-02-04", "lodz,former,,2021-03"
    )
    project.change("data/cities.csv", "Kraków", "Krakau")


def label(project: Project) -> None:
    text = (project.root / "data/vocabulary.yaml").read_text()
    label = re.search(r"en: (\w.+)", text)
    assert label
    project.change("data/vocabulary.yaml", label[0], f"{label[0]} renamed")


def template(project: Project) -> None:
    project.change("theme/templates/source.html", "{% block body %}", "{% block body %}<p>New.</p>")


def prose(project: Project) -> None:
    project.change("content/pages/about.md", "Lang: en\n\n", "Lang: en\n\nMore. ")


def row_label_and_prose(project: Project) -> None:
    for change in (row, label, prose):
        change(project)


# All at once, and one by one; `test_manifest.py` changes cell after cell.
ALONE = (label, template, prose)
CHANGES = (row_label_and_prose, *(pytest.param(one, marks=pytest.mark.proof) for one in ALONE))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_nothing_is_ever_stale(project: Project, change: Callable[[Project], None]) -> None:
    before = files(project.output)
    change(project)
    said = project.build()
    after = files(project.output)
    assert after != before
    shutil.rmtree(project.root / "build")  # what is kept between builds
    project.build("cold")
    cold = files(project.root / "cold")
    shutil.rmtree(project.root / "cold")
    assert sorted(after) == sorted(cold)
    assert [name for name in cold if after[name] != cold[name]] == []
    _, written, gone = project.numbers(said)
    assert written == sum(before.get(name) != content for name, content in after.items())
    assert gone == len(before.keys() - after.keys())


@pytest.fixture(scope="module")
def surroundings(project: Project) -> Callable[[], str]:
    """What tells the environment of the pages of the project."""
    command = "\n".join(
        (
            "import sys; sys.path.insert(0, 'plugins')",
            "from pathlib import Path; from atlas.build.environment import environment",
            "print(environment([], Path('theme/templates'), {'SITEURL': 'x'}))",
        )
    )

    def digest() -> str:
        arguments = [sys.executable, "-c", command]
        return subprocess.run(arguments, cwd=project.root, capture_output=True, text=True, check=True).stdout

    return digest


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("theme/templates/_sources.html", '<ol class="sources">', '<ol class="sources new">'),
        ("plugins/atlas/locale/pl/LC_MESSAGES/atlas.po", 'msgstr "Źródła"', 'msgstr "Zrodla"'),
        ("plugins/atlas/languages/record_parts.py", "def period(", "NEW = 1\n\n\ndef period("),
        ("plugins/atlas/geo/countries.topojson", "GeometryCollection", "GeometryCollection "),
    ],
)
def test_code_templates_and_catalogues_make_everything_anew(
    project: Project, surroundings: Callable[[], str], path: str, old: str, new: str
) -> None:
    before = surroundings()
    assert surroundings() == before
    project.change(path, old, new)
    assert surroundings() != before
    project.change(path, new, old)
    assert surroundings() == before


def test_settings_and_languages_are_part_of_the_environment() -> None:
    templates = ROOT / "theme/templates"
    one = lens(atlas())
    before = environment([one], templates, {"SITEURL": "https://a.example", "ATLAS_EMAIL": ""})
    assert before == environment([one], templates, {"SITEURL": "https://a.example", "ATLAS_EMAIL": ""})
    for other in (
        environment([one], templates, {"SITEURL": "https://b.example", "ATLAS_EMAIL": ""}),
        environment([one], templates, {"SITEURL": "https://a.example", "ATLAS_EMAIL": "a@b.example"}),
        environment(
            [one, lens(atlas(), "pl")], templates, {"SITEURL": "https://a.example", "ATLAS_EMAIL": ""}
        ),
        environment([replace(one, as_of=date(2020, 1, 1))], templates, {"SITEURL": "https://a.example"}),
    ):
        assert other != before
    # What says only how the site is made changes nothing.
    same = {"SITEURL": "https://a.example", "ATLAS_EMAIL": "", "ATLAS_WORKERS": 7, "OUTPUT_PATH": "x"}
    assert environment([one], templates, same) == before


def test_nothing_is_made_where_nothing_changed(project: Project) -> None:
    before = {file: file.stat().st_mtime_ns for file in project.output.rglob("*") if file.is_file()}
    assert project.numbers(project.build())[1:] == (0, 0)
    after = {file: file.stat().st_mtime_ns for file in project.output.rglob("*") if file.is_file()}
    assert after == before


def test_one_row_makes_few_pages(project: Project) -> None:
    jobs = set(jobs_of_files(project.root / ".output.manifest").values())
    project.change("data/commitments/equality.csv", "2017-06-30", "2017-07-01")
    _, written, _ = project.numbers(project.build())
    assert 0 < written < len(jobs) / 2


def test_a_page_that_somebody_changed_is_made_again(project: Project) -> None:
    page = project.output / "index.html"
    good = page.read_bytes()
    page.write_bytes(good + b"<!-- by hand -->")
    (project.output / "cities/index.html").unlink()
    assert project.numbers(project.build())[1] == 2
    assert page.read_bytes() == good
    assert (project.output / "cities/index.html").is_file()


def test_a_damaged_manifest_only_costs_time(project: Project) -> None:
    """`test_manifest.py` damages it anywhere."""
    good = files(project.output)
    (project.root / ".output.manifest").write_text('{"format": 1}')
    assert project.numbers(project.build())[1:] == (0, 0)
    assert files(project.output) == good


def test_a_build_that_fails_leaves_the_pages_of_the_last_one(project: Project) -> None:
    good = files(project.output)
    project.change("theme/templates/source.html", "{% block body %}", "{% block body %}{{ nobody }}")
    with pytest.raises(AssertionError, match="'nobody' is undefined"):
        project.build()
    assert files(project.output) == good
    project.change("theme/templates/source.html", "{{ nobody }}", "")
    assert project.numbers(project.build())[1:] == (0, 0)
