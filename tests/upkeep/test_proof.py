"""The table of promises is made of a report of pytest; digests of two machines are compared."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from tests.repository import git

ROOT = Path(__file__).resolve().parents[2]


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


proof, reproduce = script("proof"), script("reproduce")

TESTS = """
import pytest

pytestmark = pytest.mark.proof
ONE = pytest.mark.promise("Nothing is lost")

@ONE
def test_many(tried):
    tried(1000)

@ONE
@pytest.mark.parametrize("n", [1, 2, 3])
def test_each(n):
    assert n != 2

@pytest.mark.promise("Nothing is | gained")
def test_elsewhere():
    pytest.skip("no disk")

@pytest.mark.promise("Nothing is broken")
def test_setup(missing):
    pass

def test_without_a_promise():
    pass
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report of a real run, with the marks of this repository."""
    (tmp_path / "test_them.py").write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-q", "-m", "proof", "-p", "no:cacheprovider"]
    more = [f"--rootdir={tmp_path}", f"--confcutdir={tmp_path}", "-c", str(ROOT / "pyproject.toml")]
    done = subprocess.run(
        [
            *command,
            *more,
            "-p",
            "tests.conftest",
            f"--junitxml={tmp_path}/r.xml",
            str(tmp_path / "test_them.py"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return tmp_path / "r.xml"


def test_each_promise_is_a_row(report: Path) -> None:
    rows = proof.read(report)
    assert [(row.promise, row.tried, row.passed) for row in rows] == [
        ("Nothing is lost", 1003, 1002),
        ("Nothing is | gained", 0, 0),
        ("Nothing is broken", 1, 0),
    ]
    assert proof.table(rows) == (
        "| promise | tried | passed |\n"
        "|---|---:|---:|\n"
        "| Nothing is lost | 1,003 | **1,002** |\n"
        "| Nothing is \\| gained | 0 | 0 |\n"
        "| Nothing is broken | 1 | **0** |\n"
        "\n"
        "Failed:\n"
        "\n"
        "- `test_them::test_each[2]`\n"
        "- `test_them::test_setup`\n"
        "\n"
        "Not tried here:\n"
        "\n"
        "- `test_them::test_elsewhere`: no disk\n"
    )
    assert list(proof.words(rows)) == [
        "FAILED    1,002 of    1,003  Nothing is lost",
        "none          0 of        0  Nothing is | gained",
        "FAILED        0 of        1  Nothing is broken",
    ]


def test_the_page_keeps_what_people_wrote() -> None:
    page = "# Proof\n\n<!-- written by make proof -->\nold\n<!-- until here -->\n\nBelow.\n"
    new = proof.put(page, "new\n")
    assert new == "# Proof\n\n<!-- written by make proof -->\n\nnew\n\n<!-- until here -->\n\nBelow.\n"
    assert proof.put(new, "new\n") == new
    with pytest.raises(ValueError, match="lost its marks"):
        proof.put("# Proof\n", "new")
    assert proof.put((ROOT / "docs/proof.md").read_text("utf-8"), "x")


def test_the_parts_are_all_tests() -> None:
    named = {path for given in proof.PARTS.values() for path in given if not path.startswith("--")}
    assert {path for path in named if not (ROOT / path).exists()} == set()
    assert {path for path in named if path.startswith("tests/proof/")} == {
        f"tests/proof/{path.name}" for path in (ROOT / "tests/proof").glob("test_*.py")
    }
    left = {path.removeprefix("--ignore=") for path in proof.PARTS["rest"][1:]}
    assert proof.PARTS["rest"][0] == "tests"
    assert left <= named | {"tests/proof"}


def test_a_run_that_was_stopped_is_taken_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = tmp_path / "test_good.py", tmp_path / "test_bad.py"
    head = "import pytest\n\n@pytest.mark.promise('Fine')\ndef test_it():\n    assert "
    good.write_text(f"{head}True\n")
    bad.write_text(f"{head}False\n")
    monkeypatch.setattr(proof, "REPORTS", tmp_path / "reports")
    monkeypatch.setattr(proof, "PARTS", {"good": (str(good),), "bad": (str(bad),)})
    options = [f"--rootdir={tmp_path}", f"--confcutdir={tmp_path}", "-c", str(ROOT / "pyproject.toml")]
    options += ["-p", "tests.conftest"]
    proof.prepare("the files", again=False, earlier=False)
    assert proof.run_all(proof.PARTS, 2, options) == {"good": 0, "bad": 1}
    reports = [tmp_path / f"reports/{part}.xml" for part in proof.PARTS]
    assert [proof.whole(report) for report in reports] == [True, False]
    assert [(row.tried, row.passed) for row in proof.read(*reports)] == [(2, 1)]
    proof.prepare("the files", again=False, earlier=False)
    assert [report.is_file() for report in reports] == [True, True]
    proof.prepare("other files", again=False, earlier=True)
    assert [report.is_file() for report in reports] == [True, True]
    assert [report.with_suffix(".commit").is_file() for report in reports] == [True, True]
    proof.prepare("files again", again=False, earlier=False)
    assert [report.is_file() for report in reports] == [False, False]
    (tmp_path / "test_good.py").write_text("nothing of Python")
    assert proof.run("good", options) == 2
    assert not reports[0].is_file()


def test_a_changed_file_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(proof, "ROOT", tmp_path)
    monkeypatch.setattr(proof, "PAGE", tmp_path / "page.md")
    git("init", "-q")
    (tmp_path / "a").write_text("1")
    git("add", "a")
    git("commit", "-qm", "one")
    states = [proof.state()]
    for name, text in (("a", "2"), ("new", ""), ("new", "1")):
        (tmp_path / name).write_text(text)
        states.append(proof.state())
    assert len(set(states)) == 4
    (tmp_path / "page.md").write_text("what the run itself writes")
    assert proof.state() == states[-1]


def test_the_circumstances_of_a_run() -> None:
    text = proof.circumstances({"fuzz": "0123456789ab"})
    assert text.startswith("Run on 20")
    assert ": version 0." in text
    assert "; fuzz at commit 0123456789ab; Python" in text
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}" in text


def test_digests_of_two_machines(tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name / "pl").mkdir(parents=True)
        (tmp_path / name / "index.html").write_text("home")
        (tmp_path / name / "pl/index.html").write_text("dom")
    here, there = reproduce.digests(tmp_path / "here"), reproduce.digests(tmp_path / "there")
    assert reproduce.read(reproduce.listed(here)) == here
    assert reproduce.whole(here) == reproduce.whole(there)
    assert reproduce.differing(here, there) == []
    (tmp_path / "there/index.html").write_text("Home")
    (tmp_path / "there/pl/index.html").rename(tmp_path / "there/pl/a  b.html")
    there = reproduce.digests(tmp_path / "there")
    assert reproduce.whole(here) != reproduce.whole(there)
    assert reproduce.differing(here, reproduce.read(reproduce.listed(there))) == [
        "differs: index.html",
        "only there: pl/a  b.html",
        "only here: pl/index.html",
    ]
