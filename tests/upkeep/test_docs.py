"""The documents say what is so: their commands run, their examples come out, their paths lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest
from tests.repository import git

from atlas.cli.main import parser
from atlas.dataset.history.edition_name import edition_name

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "theme" / "static" / "js"
DOCS = sorted(
    path
    for pattern in (
        *("README*.md", "CONTRIBUTING*.md", "SECURITY.md", "docs/*.md", "data/README*.md"),
        "tests/data/good/README.md",
    )
    for path in ROOT.glob(pattern)
)
pytestmark = pytest.mark.promise("What the documents tell to type works, and what they show comes out")

# Commands of the documents that no test here runs, by how they begin, with where they are tested or why not.
ELSEWHERE = {
    "make serve": "goes on until it is stopped; tests/cli/test_newcomer.py starts the same server",
    "make test": "is this run",
    "cd ../my-atlas": "the folder that `atlas init` makes; tests/cli/test_init.py builds one",
    "make lock": "is `atlas lock` in such a folder",
    "engine/.venv/bin/atlas ": "is `atlas` in such a folder",
    "make check": "is `atlas check` with the environment set up before; run below",
    "ATLAS_SITEURL=https://example.org/atlas make publish": "tests/conftest.py builds so for tests",
    "git clone": "there is no public address to clone in a test",
    "uvx --from git+": "needs a public address; tests/cli/test_init.py runs what a wheel installs",
    "pipx run --spec git+": "the same",
    "cd …": "the folder that the clone made",
    "pip install pre-commit": "needs a network",
    "curl ": "needs the address of a public site; tests/opendata/test_api.py reads the same file",
    "datasette ": "a program of others; tests/opendata/test_exports_tools.py opens the file with it",
    "benchmarks/peers/install.sh": "fetches other generators; tests/upkeep/test_bench.py does without them",
    "make bench": "takes minutes to hours; tests/upkeep/test_bench.py measures ten cities in the same way",
    "rclone ": "needs a bucket",
    "duckdb ": "a program of others; tests/opendata/test_exports.py asks the same files",
}
# Paths of the documents that a clone does not have.
MADE = (
    *("output", "build/", "node_modules", ".venv", "parquet/", "api/", "data/datapackage.json"),
    *("plugins/atlas/locale/de/", "content/pages/de/"),
)


class Block(NamedTuple):
    """One fenced block."""

    file: str
    line: int
    language: str
    text: str


def blocks(path: Path) -> Iterator[Block]:
    fence = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    text = path.read_text("utf-8")
    for found in fence.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield Block(path.relative_to(ROOT).as_posix(), line, found[1], found[2])


def prose(path: Path) -> str:
    """Return a document without its fenced blocks and comments."""
    text = re.sub(r"^(```|~~~).*?^\1$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)


ALL = [block for path in DOCS for block in blocks(path)]


def typed(block: Block) -> Iterator[str]:
    """Yield the commands of a block, without what is said of them."""
    for line in block.text.splitlines():
        if block.language == "sh" or line.startswith("$ "):
            command = re.sub(r"\s+#.*$", "", line.removeprefix("$ ")).strip()
            if command:
                yield command


COMMANDS = [(f"{block.file}:{block.line}", command) for block in ALL for command in typed(block)]
ATLAS = [(place, command) for place, command in COMMANDS if re.match(r"(\.venv/bin/)?atlas ", command)]


def test_there_is_something_to_test() -> None:
    assert len(DOCS) > 12
    assert len(COMMANDS) > 30
    assert len(ATLAS) > 12


@pytest.mark.parametrize(("place", "command"), ATLAS, ids=[f"{p} {c[:40]}" for p, c in ATLAS])
def test_the_atlas_understands_every_command_as_it_is_written(place: str, command: str) -> None:
    try:
        parser().parse_args(shlex.split(command)[1:])
    except SystemExit as ended:
        if ended.code:
            pytest.fail(f"{place}: {command}")


def test_every_other_command_is_run_here_or_named_with_a_reason() -> None:
    run_below = ("echo '", "make check", "cd data", "find * ")
    unknown = [
        f"{place}: {command}"
        for place, command in COMMANDS
        if (place, command) not in ATLAS and not command.startswith((*run_below, *ELSEWHERE))
    ]
    assert unknown == []
    assert [begin for begin in ELSEWHERE if not any(begin in command for _, command in COMMANDS)] == []


# Commands within sentences

INLINE = [
    (path.relative_to(ROOT).as_posix(), code)
    for path in DOCS
    for code in re.findall(r"`([^`\n]+)`", prose(path))
    if re.match(r"(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?(?:atlas|make|python3?|git|pip|npx?|uv) \S", code)
]
BY_HAND = {
    "atlas editors": "is a name in an example of `verified_by`, no command",
    "git checkout data": "throws away what somebody did to the data; git's own",
    "git ls-remote ": "asks the code host",
    "pip install -e ": "needs a network; the extra is in pyproject.toml",
}
"""What is no command of ours within sentences, by how it begins."""


def test_commands_within_sentences_are_understood() -> None:
    assert len(INLINE) > 25
    unknown = [f"{file}: {code}: {why}" for file, code in INLINE if (why := _misunderstood(code))]
    assert unknown == []
    assert [begin for begin in BY_HAND if not any(code.startswith(begin) for _, code in INLINE)] == []


def test_what_no_command_knows_is_noticed() -> None:
    wrong = ("atlas chekc", "make prof", "make fuzz INPUT=1", "python scripts/proof.py --agian", "git push")
    assert [code for code in (*wrong, "ATLAS_SERACH=0 make html") if not _misunderstood(code)] == []


def _misunderstood(code: str) -> str | None:
    """Return why a command cannot be what it says; None where it can."""
    if code.startswith(tuple(BY_HAND)):
        return None
    typed_, variables = code, []
    while found := re.match(r"([A-Z_]+)=\S+ ", typed_):
        variables.append(found[1])
        typed_ = typed_[found.end() :]
    typed_ = re.sub(r"\$\([^)]*\)|\bREV\b", "HEAD", typed_.removeprefix(".venv/bin/"))
    program, *arguments = shlex.split(re.sub(r"\bKIND\b", "city", typed_))
    if strange := [name for name in variables if name not in _settings()]:
        return f"no setting {strange}"
    if program == "atlas":
        named = [*arguments, "--help"] if len(arguments) == 1 else arguments  # the command, not a call of it
        try:
            parser().parse_args(named)
        except SystemExit as ended:
            return "atlas does not take this" if ended.code else None
        return None
    if program == "make":
        makefile = (ROOT / "Makefile").read_text("utf-8")
        given = [name for name, is_set, _ in (word.partition("=") for word in arguments) if is_set]
        names = [word for word in arguments if "=" not in word]
        known = set(names) <= targets() and all(f"\n{name} ?=" in makefile for name in given)
        return None if known else "no such target or variable"
    if program.startswith("python") and (ROOT / arguments[0]).is_file():
        text = (ROOT / arguments[0]).read_text("utf-8")
        lost = [word for word in arguments[1:] if word.startswith("--") and f'"{word}"' not in text]
        return f"no option {lost}" if lost else None
    return "nobody knows this command"


def _settings() -> str:
    places = [*ROOT.glob("*.py"), *(ROOT / "plugins").rglob("*.py"), *(ROOT / "scripts").glob("*.py")]
    return "\n".join(path.read_text("utf-8") for path in places)


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_target_of_make_exists(path: Path) -> None:
    text = path.read_text("utf-8")
    named = set(re.findall(r"`(?:[A-Z_]+=\S+ )?make ([a-z-]+)", text))
    named |= {
        found for block in blocks(path) for found in re.findall(r"^make ([a-z-]+)", block.text, re.MULTILINE)
    }
    assert named - targets() == set()


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_exists(path: Path) -> None:
    folders = (
        "data|content|plugins|theme|tests|scripts|docs|requirements|schema|benchmarks|LICENSES|[.]github"
    )
    named = re.findall(rf"`((?:{folders})/[\w./*-]*|[\w-]+\.(?:py|toml|lock))`", prose(path))
    # Where a page of the site is spoken of, a path may be one below the root of the site.
    shipped = {
        *("data/cities.geojson", "theme/vendor/leaflet/"),
        *(f"theme/js/{one.relative_to(SCRIPTS).as_posix()}" for one in SCRIPTS.rglob("*.js")),
    }
    missing = []
    for name in named:
        if name.startswith(MADE) or name in shipped:
            continue
        near = [ROOT, path.parent, ROOT / "plugins/atlas", ROOT / "plugins/atlas/validate", ROOT / "tests"]
        if "/" not in name:
            near += [*(one for one in (ROOT / "plugins/atlas").rglob("*") if one.is_dir()), ROOT / "scripts"]
        if not any(list(folder.glob(name.rstrip("/"))) for folder in near):
            missing.append(name)
    assert missing == []


def anchors(path: Path) -> set[str]:
    """Return the anchors that the code host gives to the headings of a document."""
    found: set[str] = set(re.findall(r'<a (?:id|name)="([^"]+)"', path.read_text("utf-8")))
    for heading in re.findall(r"^#+ (.*)$", prose(path), re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|`", r"\1", heading).lower()
        found.add(re.sub(r"[^\w\- ]", "", plain).strip().replace(" ", "-"))
    return found


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_within_the_repository_leads_somewhere(path: Path) -> None:
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(path)):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, fragment = unquote(link).partition("#")
        target = path.parent / name if name else path
        if not target.exists() or (fragment and target.suffix == ".md" and fragment not in anchors(target)):
            broken.append(link)
    assert broken == []


# Examples


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with an excerpt of the data of the atlas and nothing else."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "tests/data/sample", folder / "data")
    before = Path.cwd()
    os.chdir(folder)
    try:
        git("init", "-q")
        git("add", "data")
        git("commit", "-qm", "as published", day="2026-11-22")
    finally:
        os.chdir(before)
    return folder


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("atlas")), "check"],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "plugins"),
            "SOURCE_DATE_EPOCH": "1795392000",
        },  # 2026-11-22
        capture_output=True,
        text=True,
        check=False,
    )


def counted(said: str) -> int:
    found = re.search(r"^(\d+) cities, ", said, re.MULTILINE)
    assert found is not None, said
    return int(found[1])


@pytest.mark.parametrize("readme", ["README.md", "README.pl.md"])
def test_a_city_is_added_in_five_lines(clone: Path, tmp_path: Path, readme: str) -> None:
    lines = [
        command for block in blocks(ROOT / readme) for command in typed(block) if command.startswith("echo")
    ]
    assert len(lines) == 3
    shutil.copytree(clone, tmp_path / "clone")
    before = check(tmp_path / "clone")
    assert before.returncode == 0, before.stdout
    subprocess.run(["sh", "-ec", "\n".join(lines)], cwd=tmp_path / "clone", check=True)
    after = check(tmp_path / "clone")
    assert after.returncode == 0, after.stdout
    assert counted(after.stdout) == counted(before.stdout) + 1


def test_the_findings_of_the_documents_come_out_as_shown(clone: Path, tmp_path: Path) -> None:
    shown = {
        line
        for block in ALL
        if not block.language
        for line in block.text.splitlines()
        if re.match(r"data/commitments/[\w-]+\.csv:\d+:1: E-REF city", line)
    }
    assert len(shown) >= 2
    shutil.copytree(clone, tmp_path / "clone")
    for line in shown:
        name, number, wrong = re.match(r"(\S+?\.csv):(\d+):.*city '([\w-]+)'", line).groups()  # type: ignore[union-attr]
        rows = (tmp_path / "clone" / name).read_text("utf-8").splitlines(keepends=True)
        _, _, rest = rows[int(number) - 1].partition(",")
        rows[int(number) - 1] = f"{wrong},{rest}"
        (tmp_path / "clone" / name).write_text("".join(rows), "utf-8")
    done = check(tmp_path / "clone")
    assert done.returncode == 1
    assert shown <= set(done.stdout.splitlines())


def test_anybody_can_work_out_the_name_of_an_edition(clone: Path) -> None:
    (block,) = (block for block in ALL if "sha256sum" in block.text)
    done = subprocess.run(
        ["sh", "-ec", block.text], cwd=clone, check=True, capture_output=True, text=True
    ).stdout.strip()
    files = {
        path.relative_to(clone / "data").as_posix(): path.read_bytes()
        for path in (clone / "data").rglob("*")
        if path.suffix in (".csv", ".yaml")
    }
    assert edition_name(date(2026, 11, 22), files) == f"2026-11-22.{done}"
