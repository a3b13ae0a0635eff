"""``atlas init`` writes an atlas that builds at once; ``examples/climate`` is one on another subject."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tests.builders import ROOT
from tests.conftest import shared
from tests.elsewhere import with_assets

from atlas.cli.main import main

OLD_NAMES = re.compile(
    r"city commitments|atlas zobowiązań|human[ -]rights|praw człowieka|equal[ -]treatment|równe traktowanie"
    r"|voivodeship",
    re.IGNORECASE,
)
SUBJECT = "Which cities keep their libraries open at night"


def site(folder: Path, output: Path) -> None:
    """Run the tests of an atlas: they check its data, build its site into a folder, follow every link."""
    done = subprocess.run(
        [sys.executable, "-m", "unittest", "discover", "-s", "tests"],
        cwd=with_assets(folder),
        env={
            **os.environ,
            "ATLAS_ENGINE": str(ROOT),
            "ATLAS_OUTPUT": str(output),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def texts(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in (
            ".png",
            ".woff2",
            ".parquet",
            ".sqlite",
            ".pagefind",
            ".wasm",
        ):
            yield path, path.read_text("utf-8", errors="replace")


def make_libraries(output: Path) -> None:
    arguments = ["--name", "Night Libraries", "--subject", SUBJECT, "--languages", "en", "--region", "asia"]
    folder = output.with_name("atlas")
    shutil.rmtree(folder, ignore_errors=True)  # of a run that was stopped
    assert main(["init", str(folder), *arguments]) == 0
    site(folder, output.parent)


@pytest.fixture(scope="module")
def library_site(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a new atlas in one language, built and crawled by its own tests."""
    return shared(pytestconfig, tmp_path_factory, "libraries/site", make_libraries)


@pytest.fixture(scope="module")
def libraries(library_site: Path) -> Path:
    """The folder of that atlas."""
    return library_site.with_name("atlas")


@pytest.fixture(scope="module")
def climate(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the example, built and crawled by its own tests."""

    def make(output: Path) -> None:
        site(ROOT / "examples/climate", output.parent)

    return shared(pytestconfig, tmp_path_factory, "climate/site", make)


def test_a_new_atlas_names_no_other(libraries: Path, library_site: Path) -> None:
    for folder in (libraries, library_site):
        for path, text in texts(folder):
            # Scripts of the map know outlines in Poland by this word, and show them where a city is there.
            rest = text.replace("voivodeships", "") if path.suffix == ".js" else text
            assert "build" in path.parts or OLD_NAMES.search(rest) is None, path
    home = (library_site / "index.html").read_text("utf-8")
    assert "the pledges they signed" in home and "harter" not in home
    assert f"<title>Night Libraries – {SUBJECT}</title>" in home


def test_a_site_of_one_language_offers_no_other(library_site: Path) -> None:
    assert (library_site / "404.html").is_file()
    assert not (library_site / "pl").exists()
    assert 'class="langs"' not in (library_site / "index.html").read_text("utf-8")


def test_its_changes_begin_with_it(library_site: Path, libraries: Path) -> None:
    assert (libraries / "urls.lock").read_text("utf-8") == ""
    changes = (library_site / "changes/index.html").read_text("utf-8")
    assert "Kraków" not in changes and "ECCAR" not in changes


def test_every_language_and_part_of_the_world_has_data_that_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for region, languages in (
        ("africa", "fr"),
        ("america", "pl,en"),
        ("europe", "en,pl,uk"),
        ("oceania", "de"),
    ):
        folder = tmp_path / region
        options = ["--name", "N", "--subject", "S", "--languages", languages, "--region", region]
        assert main(["init", str(folder), *options]) == 0
        monkeypatch.chdir(folder)
        assert main(["check"]) == main(["fmt", "--check"]) == 0, capsys.readouterr().out
        about = yaml.safe_load((folder / "atlas.yaml").read_text("utf-8"))
        assert about["languages"] == languages.split(",")
        assert {path.name for path in folder.glob("locale/*")} == set(languages.split(","))


def test_a_folder_with_something_in_it_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "note.txt").write_text("mine")
    assert main(["init", str(tmp_path), "--name", "N", "--subject", "S", "--languages", "en"]) == 2
    assert capsys.readouterr().err == f"atlas: {tmp_path}: this folder is not empty; name a new one\n"


def test_what_no_option_says_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["Night Libraries", SUBJECT, "", "oceania"])
    monkeypatch.setattr("atlas.cli.dialogue._line", lambda prompt: next(answers))
    assert main(["init", str(tmp_path / "new")]) == 0
    assert "fj" in (tmp_path / "new/data/cities.csv").read_text("utf-8").lower()
    assert yaml.safe_load((tmp_path / "new/atlas.yaml").read_text("utf-8"))["languages"] == ["en"]


def test_the_installed_package_writes_the_same_as_a_clone(tmp_path: Path) -> None:
    source, home = tmp_path / "source", tmp_path / "venv"
    for folder in ("plugins", "examples/climate"):
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", "build", "output")
        shutil.copytree(ROOT / folder, source / folder, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", source)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    offline = ["--quiet", "--no-deps", "--no-index"]
    run([*pip, "wheel", *offline, "--no-build-isolation", "--wheel-dir", str(tmp_path), "."], source)
    shutil.rmtree(source)
    run([sys.executable, "-m", "venv", "--without-pip", str(home)], tmp_path)
    [wheel] = tmp_path.glob("*.whl")
    run([*pip, "--python", str(home / "bin/python"), "install", *offline, str(wheel)], tmp_path)
    own = next(home.glob("lib/python*/site-packages"))
    (own / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")

    options = ["--name", "N", "--subject", "S", "--languages", "en,de", "--region", "asia"]
    options += ["--engine", "https://example.org/engine.git"]
    run([str(home / "bin/atlas"), "init", "installed", *options], tmp_path)
    assert main(["init", str(tmp_path / "cloned"), *options]) == 0
    written = [
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "installed", tmp_path / "cloned")
    ]
    engines = [files.pop(Path("engine.txt")) for files in written]
    assert written[0] == written[1]
    assert engines[0] == b"https://example.org/engine.git\nmain\n"
    assert engines[1].startswith(b"https://example.org/engine.git\n")


def run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# The example


def test_the_example_is_another_subject_in_three_languages(climate: Path) -> None:
    assert [path for path, text in texts(climate) if "City Commitments" in text] == []
    for path, word in (
        ("pledges", "Pledges"),
        ("pl/deklaracje", "Deklaracje klimatyczne"),
        ("es/promesas", "Promesas"),
    ):
        assert f"<h1>{word}</h1>" in (climate / path / "index.html").read_text("utf-8")
    missing = (climate / "404.html").read_text("utf-8")
    assert all(f'lang="{code}"' in missing for code in ("en", "pl", "es"))


def test_its_pledges_are_a_family_of_their_own(climate: Path) -> None:
    listed = json.loads((climate / "api/v1/instruments.json").read_text("utf-8"))["items"]
    assert {one["id"]: one["family"] for one in listed} == {
        "clear-sky": "pledge",
        "cool-streets": "pledge",
        "tideline": "network",
    }
    for path, said in (
        ("index.html", '<a href="./pledges/">Pledges</a>'),
        ("cities/tauira-bay/index.html", "belongs to one network and has signed 2 pledges"),
        ("pl/miasta/tauira-bay/index.html", "należy do jednej sieci i podpisało 2 deklaracje klimatyczne"),
    ):
        page = (climate / path).read_text("utf-8")
        assert said in page and "harter" not in page


def test_what_is_not_translated_is_marked_as_english(climate: Path) -> None:
    page = (climate / "es/ciudades/tauira-bay/index.html").read_text("utf-8")
    assert '<span lang="en">What is due</span>' in page
    assert "Tauira Bay pertenece a Tideline" not in page  # its name has Spanish words
    assert 'title="<span' not in page and "&lt;span" not in page


def test_places_on_both_sides_of_the_date_line_have_their_pages(climate: Path) -> None:
    for id, country, region in (
        ("naivakaraitaki", "fj", "Northern"),
        ("faataitaiga", "ws", ""),
        ("example-inlet", "us", "Alaska"),
        ("tauira-bay", "nz", "Auckland"),
        ("puerto-ejemplo", "cl", "Magallanes"),
    ):
        assert (climate / f"cities/{id}/index.html").is_file()
        assert region in (climate / f"countries/{country}/index.html").read_text("utf-8")
    arabic = (climate / "cities/mithal/index.html").read_text("utf-8")
    assert "<bdi>مدينة المثال</bdi>" in arabic
    assert "by 2018" in arabic or "2018 or earlier" in arabic or "at the latest" in arabic
    ended = (climate / "cities/mintaujvar/index.html").read_text("utf-8")
    assert 'href="../mintavar/"' in ended


def test_the_example_lends_its_files_to_a_new_atlas(libraries: Path) -> None:
    hosted = (".github/CODEOWNERS", ".github/workflows/publish.yml")
    for name in ("Makefile", "pelicanconf.py", "tests/test_atlas.py", *hosted):
        assert (libraries / name).read_bytes() == (ROOT / "examples/climate" / name).read_bytes()
