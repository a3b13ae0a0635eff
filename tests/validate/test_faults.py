"""The kinds of bad input that no other test shows, and that each is shown by a test that exists."""

from __future__ import annotations

import ast
import re
import resource
import runpy
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.broken_data import GOOD, WELCOME, Case, check
from tests.faults import AREAS
from tests.project import Project

from atlas.cli.messages import translations
from atlas.dataset.reading.load import load
from atlas.dataset.reading.yaml_tree import parse_yaml
from atlas.findings import Finding, as_text
from atlas.validate import validate

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
HEAD = "city,period,status,decided,since,until,role,act,sources,verified,note_en,note_pl"


def test_every_kind_of_fault_is_shown_by_a_test_that_exists() -> None:
    faults = [fault for area in AREAS.values() for fault in area]
    assert len({fault.what for fault in faults}) == len(faults)
    missing = []
    for test in (test for fault in faults for test in fault.tests):
        file, _, name = test.partition("::")
        text = (TESTS / f"{file}.py").read_text("utf-8")
        functions = {node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}
        function, _, case = name.removesuffix("]").partition("[")
        if function not in functions or f'"{case}"' not in f'{text}""':
            missing.append(test)
    assert missing == []


def test_lines_are_physical_whatever_ends_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (
        f"{HEAD}\r\n",
        "turku,,former,,2015?,,,,network-report,,,\n",
        "honnelles,,observer,,,,,,press,,,\r",
        'lodz,,member,,,,,,press,,"one\r\ntwo","raz"\n',
        "krakw,,member,,,,,,press,,,",
    )
    line = "data/commitments/welcome.csv:6:1: E-REF city 'krakw': no such city; did you mean krakow?"
    check(
        Case("line ends", WELCOME, (GOOD / WELCOME).read_text("utf-8"), "".join(rows), (line,)),
        tmp_path,
        monkeypatch,
    )


def test_every_row_has_a_cell_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (GOOD / "retired.csv").read_text("utf-8")
    head, *rows = before.splitlines()
    new = "\n".join([head, *(f"{row}," for row in rows), ""])
    told = (
        "E-CELLS the row has 7 cells, the header has 6; put a value that holds a comma in double quotes, "
        "or delete what is too much"
    )
    lines = (f"data/retired.csv:2:76: {told}", f"data/retired.csv:3:87: {told}")
    check(Case("cells", "retired.csv", before, new, lines), tmp_path, monkeypatch)


@pytest.mark.parametrize("megabytes", [50, 100])
def test_a_huge_cell_costs_little(tmp_path: Path, megabytes: int) -> None:
    """Below the size that is read at all, and above; the limits are the system's."""
    path = tmp_path / "cities.csv"
    with path.open("wb") as file:
        file.write(b"id,name\nlodz,")
        for _ in range(megabytes):
            file.write(b"x" * (1 << 20))

    def limits() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (300 << 20, 300 << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (2, 2))

    code = (
        "import sys; from pathlib import Path; from atlas.dataset.reading.load import load\n"
        "print(*load(Path(sys.argv[1])).findings, sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        preexec_fn=limits,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    size = path.stat().st_size
    wanted = {
        50: f"{path}:2:1: E-LONG the line has more than 1048576 bytes; shorten it",
        100: f"{path}:1:1: E-SIZE the file has {size} bytes, more than the 67108864 that are read; "
        "split it, or remove what does not belong there",
    }
    assert done.stdout.splitlines()[0] == wanted[megabytes]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            "a: !!python/object/apply:os.system ['touch executed']\n",
            "1:4: E-YAML the tag 'tag:yaml.org,2002:python/object/apply:os.system' is not allowed; "
            "delete it, or put the value in quotes",
            id="a tag",
        ),
        pytest.param(
            "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
            "1:4: E-YAML anchors (&) and aliases (*) are not allowed; "
            "write the value out, or put it in quotes",
            id="aliases",
        ),
        pytest.param(
            "a: " + "[" * 2000 + "]" * 2000 + "\n",
            "1:19: E-YAML more than 16 levels deep; a record needs at most four",
            id="levels in brackets",
        ),
        pytest.param(
            "".join(f"{' ' * n}k:\n" for n in range(2000)),
            "17:17: E-YAML more than 16 levels deep; a record needs at most four",
            id="levels of lines",
        ),
    ],
)
def test_hostile_yaml_is_told_where_it_stands(
    text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found: list[Finding] = []
    assert parse_yaml(text, "t.yaml", "t", found) is None
    assert as_text(found) == f"t.yaml:{told}\n"
    assert list(tmp_path.iterdir()) == []


def test_everything_wrong_is_told_at_once_in_polish_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TESTS / "data")
    dataset = load(Path("bad"))
    found = [*dataset.findings, *validate(dataset, today=date(2026, 2, 1))]
    english = as_text(found).splitlines()
    polish = as_text(found, translations("pl").gettext).splitlines()
    places = [" ".join(line.split(" ")[:2]) for line in english]
    assert places == [" ".join(line.split(" ")[:2]) for line in polish]
    assert len(places) > 40
    assert [one for one, other in zip(english, polish, strict=True) if one == other] == []


def test_restructured_text_is_not_read(tmp_path: Path) -> None:
    """Its directives can include any file of the machine."""
    readers = runpy.run_path(str(ROOT / "pelicanconf.py"))["READERS"]
    assert {name for name in ("rst", "html") if readers[name] is None} == {"rst", "html"}
    project = Project(tmp_path / "project")
    text = "Evil\n####\n\n.. include:: /etc/passwd\n\n.. raw:: html\n\n   <script>alert(1)</script>\n"
    (project.root / "content/pages/evil.rst").write_text(text)
    assert project.build(PAGES="1").returncode == 0
    assert sorted(project.site()) == [".atlas-output", "0/index.html"]


YEARS = (1992, 2019, 2022, 2025)
"""Years that the small data set knows no day of, or no day at the turn of the year."""


def test_a_year_is_never_a_day_on_any_page(good_site: Path) -> None:
    """Not as the first or the last day of it, in any notation of a page, a feed, a calendar or a drawing."""
    days = "|".join(
        f"{year}-01-01|{year}-12-31|{year}0101|{year}1231|"
        f"1 January {year}|31 December {year}|1 stycznia {year}|31 grudnia {year}"
        for year in YEARS
    )
    kinds = {".html", ".xml", ".atom", ".ics", ".svg", ".txt", ".webmanifest"}
    read, wrong = 0, []
    for path in sorted(good_site.rglob("*")):
        if path.suffix in kinds:
            read += 1
            if found := re.search(days, path.read_text("utf-8")):
                wrong.append(f"{path.relative_to(good_site)}: {found.group()}")
    assert read > 100
    assert wrong == []


def test_no_other_site_is_told_where_a_reader_came_from(good_site: Path) -> None:
    """Nor can it reach back into the page that led to it."""
    links = {
        link
        for path in good_site.rglob("*.html")
        for link in re.findall(r'<a\s[^>]*href="https?://[^>]*>', path.read_text("utf-8"))
    }
    wanted = {"external", "noopener", "noreferrer"}
    rels = {link: re.search(r'\brel="([^"]*)"', link) for link in links}
    assert len(links) > 10
    assert [link for link, rel in rels.items() if not rel or not wanted <= set(rel[1].split())] == []
