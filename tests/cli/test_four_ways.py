"""Four ways into the data, from a clean clone to the published pages; docs/four-ways.md is one run of it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.visit import opened
from tests.conftest import ROOT, SITEURL, served
from tests.elsewhere import with_assets
from tests.elsewhere_on_the_web import Said, elsewhere
from tests.repository import git

from atlas.cli.main import main

Monkey, Capture = pytest.MonkeyPatch, pytest.CaptureFixture[str]
TODAY, NOW = "2026-11-21", "1795219200"
READ = "2024-05-01"
"""The day of reading that is typed into the form; the browser has the clock of the machine."""
CODE = "https://code.example.org/atlas"
SHOWN = 12
"""Lines of an output that the document shows."""
NAMES = [
    f"{first}{last}"
    for first, last in product(
        ("Brzo", "Kalu", "Mirno", "Olszy", "Pode", "Rado", "Suwi", "Tyko", "Wiela", "Zambro",
         "Dobru", "Grani", "Jaro", "Lesko", "Nidzi"),
        ("wice", "grad", "stok", "polana", "nówka", "brzeg", "leszcz", "dwór", "kamień", "rzecz",
         "żary", "mostki", "łąka", "górzno", "sęk", "cewka", "źródła", "ujście", "zator", "bielsk"),
    )
]  # fmt: skip
MESS = ("{}", " {}", "Miasto {}", "{}*", "\u00a0{}", "m. {}", "{} (2018)")
DATES = {"12 VI 2016 r.": "2016-06-12", "2017 r.": "2017", "VI 2018": "2018-06", "13.05.2019": "2019-05-13"}
"""How people write days in their lists, and how the data writes them."""
INTRODUCTION = """\
# Four ways

For contributors and maintainers: four ways of getting a row into the atlas, and what the maintainer does
then, in one run from a clean clone to the published pages, with made-up places. `tests/cli/test_four_ways.py`
plays it, wrote this page (`pytest tests/cli/test_four_ways.py --transcript docs/four-ways.md`) and fails
when the commands say something else. The seconds that each command took are after it.
"""


class Transcript:
    """What was typed, how long it took and what was said."""

    def __init__(self, capsys: Capture) -> None:
        self.capsys, self.parts = capsys, [INTRODUCTION]

    def head(self, text: str) -> None:
        self.parts.append(f"\n## {text}\n")

    @contextmanager
    def told(self, typed: str) -> Iterator[list[str]]:
        """Note what happens within: the time, and the lines that are put into the list."""
        self.capsys.readouterr()
        lines: list[str] = []
        begin = time.monotonic()
        yield lines
        seconds = time.monotonic() - begin
        more = len(lines) - SHOWN
        said = lines if more < 3 else [*lines[: SHOWN - 2], f"… {more} more lines …", *lines[-2:]]
        said = [re.sub(r" {3,}", "  ", line.rstrip()) for line in said]
        text = "".join(f"{line}\n" for line in (f"$ {typed}  # {seconds:.1f} s", *said))
        self.parts.append(f"\n~~~\n{text}~~~\n")

    def atlas(self, *words: str, answers: str = "", wanted: int = 0) -> str:
        """Run a command of the atlas; return what it says."""
        typed = shlex.join(("atlas", *words))
        with pytest.MonkeyPatch.context() as monkey, self.told(typed) as lines:
            monkey.setattr(sys, "stdin", io.StringIO(answers))
            code = main(words)
            said = "".join(self.capsys.readouterr())
            lines += said.splitlines()
        assert code == wanted, said
        return said

    def git(self, *words: str) -> None:
        with self.told(shlex.join(("git", *words))) as lines:
            lines += git(*words, day=TODAY).splitlines()

    def build(self) -> None:
        """Build the public site as the workflow does."""
        command = ("-m", "pelican", "-s", "pelicanconf.py", "-o", "output", "--fatal", "errors")
        settings = {"ATLAS_SETTINGS": "publishconf.py", "ATLAS_SITEURL": SITEURL, "ATLAS_CODE_URL": CODE}
        given = " ".join(f"{name}={value}" for name, value in settings.items())
        with self.told(f"{given} python {shlex.join(command)}") as lines:
            done = subprocess.run(
                [sys.executable, *command],
                env={**os.environ, "ATLAS_ENGINE": str(ROOT), "COLUMNS": "120", **settings},
                capture_output=True,
                text=True,
                check=False,
            )
            lines += (done.stdout + done.stderr).splitlines()
        assert done.returncode == 0, done.stdout + done.stderr

    def text(self) -> str:
        return "".join(self.parts).replace("~~~\n\n~~~\n", "\n")


def words(text: str) -> str:
    """Return a text without what differs from run to run: times, numbers, names of commits, line breaks."""
    return " ".join(re.sub(r"\b[0-9a-f]{7,40}\b|[0-9][0-9,. ]*", "#", text).split())


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: Monkey) -> Path:
    """The clone that is to come of a small atlas, ``atlas init`` with more sources, which lies beside it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    options = ("--name", "Clear Skies", "--subject", "What cities promise", "--languages", "en,pl")
    assert main(["init", "origin", *options, "--region", "europe"]) == 0
    Path("origin/engine.txt").write_text("../engine\nmain\n")
    monkeypatch.chdir("origin")
    claims = Path("data/commitments/clear-sky.csv")
    rows = claims.read_text("utf-8").splitlines()
    cities = [row.partition(",")[0] for row in rows[1:] if ",signatory," in row]
    text = re.sub(
        r"^(\w+)(,signatory,.*)clear-sky-list", r"\1\2\1-resolution", "\n".join(rows), flags=re.MULTILINE
    )
    claims.write_text(f"{text}\n", "utf-8")
    for city in cities:
        add("data/sources.csv", f"{city}-resolution,Resolution,{city.title()},https://example.org/{city}/act",
            "", "en,2026,2026-11-20,,,city")  # fmt: skip
    assert main(["fmt"]) == main(["lock"]) == 0
    git("init", "--quiet", "--initial-branch", "main")
    git("add", "--all")
    git("commit", "--quiet", "--message", "first", day="2026-11-20")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "atlas"


def add(file: str, *cells: str) -> None:
    with Path(file).open("a", encoding="utf-8") as table:
        table.write(f"{','.join(cells)}\n")


def messy_list() -> bytes:
    """Three hundred names as a Polish spreadsheet saves them, with a title above the table."""
    lines = ["Sygnatariusze, stan na 2026 r.;;;;;;", "Lp.;Miasto;Kraj;Data podpisania;lat;lon;Uwagi"]
    days = [*DATES, "brak"]
    for n, name in enumerate(NAMES[:297]):
        point = f"{50 + n // 20 / 4:.4f};{15 + n % 20 * 0.4:.4f}"
        lines.append(f"{n + 1};{MESS[n % len(MESS)].format(name)};Polska;{days[n % len(days)]};{point};")
    lines += ["298;VILLAEJEMPLO;Hiszpania;2020;;;", "299;Gmina Zalipie;Polska;2019;;;", "300;;;;;;"]
    return "\r\n".join(lines).encode("cp1250")


def the_form(site: Path, browser: Browser) -> str:
    """Fill the form in, in a browser; return the text of the issue that it prepares."""
    with served(site) as address, opened(browser, f"{address}contribute/suggest/") as page:
        expect(page.locator("form.suggest")).to_be_visible()
        for name, text in (("city", "przykladowo"), ("instrument", "tideline")):
            page.locator(f"#f-{name}").fill(text)
            expect(page.locator(f"#f-{name}-found [role=option]").first).to_be_visible()
            page.locator(f"#f-{name}").press("ArrowDown")
            page.locator(f"#f-{name}").press("Enter")
        page.locator("#f-status-member").check()
        for name, text in (
            ("since", "2021-03"), ("source", "https://example.org/przykladowo/uchwala"), ("lang", "pl"),
            ("title", "Uchwała nr 7/2021"), ("publisher", "Rada Miasta Przykładowo"),
            ("published", "2021-03-02"), ("verified", READ), ("verified_by", "Anna W."),
        ):  # fmt: skip
            page.locator(f"#f-{name}").fill(text)
        page.locator("form.suggest button[type=submit]").click()
        expect(page.locator(".outcome")).to_be_visible()
        href = page.locator("[data-way=issue] a").get_attribute("href") or ""
    return parse_qs(urlsplit(href).query)["body"][0]


def the_archive(address: str, query: Mapping[str, str]) -> Said:
    """An archive that has a copy of everything, made on the day of reading."""
    if address == "https://archive.org/wayback/available":
        copy = f"http://web.archive.org/web/{query['timestamp']}120000/{query['url']}"
        return Said(json.dumps({"archived_snapshots": {"closest": {"available": True, "url": copy}}}))
    return Said("<title>Copy</title>", kind="text/html")


def stands(city: str, instrument: str, day: str, address: str) -> None:
    """Assert that the pages of a city have a claim with its day and its source, in both languages."""
    for folder in ("cities", "pl/miasta"):
        page = Path(f"output/{folder}/{city}/index.html").read_text("utf-8")
        entry = page.partition(f' id="{instrument}">')[2].partition('class="key-id"')[0]
        assert f'href="{address}"' in entry, (folder, city)
        assert (f'<time datetime="{day}">' in entry) if day else ("<time" not in entry), (folder, city)


def test_four_ways_lead_from_a_clone_to_the_pages(
    clone: Path, browser: Browser, monkeypatch: Monkey, capsys: Capture, pytestconfig: pytest.Config
) -> None:
    run = Transcript(capsys)

    run.head("A clean clone")
    run.git("clone", "--quiet", "origin", "atlas")
    monkeypatch.chdir(with_assets(clone))
    run.atlas("check")
    run.build()

    run.head("1. A file edited in the browser of the code host")
    row, source = "data/commitments/tideline.csv", "data/sources.csv"
    by_hand = "https://example.org/vorbildhausen/report"
    run.git("switch", "--quiet", "--create", "edit")
    with run.told(f"(one line typed into each of {row} and {source})") as lines:
        lines += ["vorbildhausen,member,,2019-05,,,,vorbildhausen-report,2026-11-21,,"]
        lines += [f"vorbildhausen-report,Report,Vorbildhausen,{by_hand},,de,2019,2026-11-21,,,city"]
        add(row, lines[0])
        add(source, lines[1])
    run.git("commit", "--quiet", "--all", "--message", "data: Vorbildhausen in Tideline")
    run.atlas("diff", "main")

    run.head("2. The form filled in")
    with run.told("(the form at /contribute/suggest/, in a browser)") as lines:
        body = the_form(clone / "output", browser)
        lines += body.splitlines()
    issue = {
        "body": body,
        "html_url": "https://github.com/example/atlas/issues/12",
        "user": {"login": "anna"},
    }
    (clone.parent / "event.json").write_text(json.dumps({"issue": issue}), "utf-8")

    run.head("3. A messy list of 300 names")
    (clone.parent / "list.csv").write_bytes(messy_list())
    run.git("switch", "--quiet", "--create", "list", "main")
    imported = ("import", "../list.csv", "--instrument", "clear-sky", "--source", "clear-sky-list")
    run.atlas(*imported, "--plan", "../plan.csv")
    run.atlas(*imported, "--decisions", "../plan.csv")
    run.git("commit", "--quiet", "--all", "--message", "data: signatories of Clear Sky, from its list")

    run.head("4. The maintainer")
    run.git("switch", "--quiet", "main")
    run.git("merge", "--quiet", "edit")
    run.atlas("accept", "../event.json", "--message", "../message.txt")
    run.git("commit", "--quiet", "--all", "--file", "../message.txt")
    assert "Suggested by @anna in https://github.com/example/atlas/issues/12" in git(
        "log", "-1", "--format=%B"
    )
    run.git("switch", "--quiet", "list")
    run.git("merge", "--quiet", "--no-edit", "main")
    review = run.atlas("diff", "main", "--review")
    assert review.count("/clear-sky`)") == 297
    assert "withdrawn" not in review
    run.git("switch", "--quiet", "main")
    run.git("merge", "--quiet", "list")
    keys = "".join("s\n" * claims + "\n" for claims in (297, 2, *[1] * 9))
    rechecked = run.atlas("recheck", "--by", "Maintainer", answers=keys)
    assert len(re.findall(r"^document \d+ of \d+, ", rechecked, re.MULTILINE)) >= 10
    assert "that was the last document" in rechecked
    assert run.atlas("recheck", "--list").strip() == "every claim was looked at lately"
    with elsewhere(the_archive, monkeypatch):
        assert "without a copy" not in run.atlas("archive")
    assert "W-ARCHIVE" not in run.atlas("check")
    run.atlas("lock")
    run.git("commit", "--quiet", "--all", "--message", "data: rechecked, archived; addresses")

    run.head("The published pages")
    run.build()
    run.atlas("lock", "--check", "--base", "main")
    stands("vorbildhausen", "tideline", "2019-05", by_hand)
    stands("przykladowo", "tideline", "2021-03", "https://example.org/przykladowo/uchwala")
    with (clone / "data/commitments/clear-sky.csv").open(encoding="utf-8", newline="") as file:
        claims = {one["city"]: one for one in csv.DictReader(file)}
    assert len(claims) == 7 + 297
    for one in claims.values():
        if one["sources"] == "clear-sky-list" and one["status"] == "signatory":
            stands(one["city"], "clear-sky", one["since"], "https://example.org/clear-sky/signatories")
            assert one["verified"] == TODAY

    if (path := pytestconfig.getoption("--transcript")) is not None:
        (ROOT / path).write_text(run.text(), "utf-8")
    assert words(run.text()) == words((ROOT / "docs/four-ways.md").read_text("utf-8"))
