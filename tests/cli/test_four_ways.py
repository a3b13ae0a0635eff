"""Four ways into the data: a file edited by hand, the form, a messy list, and the maintainer of all three."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pytest
from tests.elsewhere_on_the_web import Said, elsewhere
from tests.repository import edit, git, repository

from atlas.cli.main import main

Monkey, Capture = pytest.MonkeyPatch, pytest.CaptureFixture[str]
ISSUE = "https://github.com/example/atlas/issues/12"
NAMES = [
    f"{first}{last}"
    for first, last in product(
        ("Brzo", "Kalu", "Mirno", "Olszy", "Pode", "Rado", "Suwi", "Tyko", "Wiela", "Zambro",
         "Dobru", "Grani", "Jaro", "Lesko", "Nidzi"),
        ("wice", "grad", "stok", "polana", "nówka", "brzeg", "leszcz", "dwór", "kamień", "rzecz",
         "żary", "mostki", "łąka", "górzno", "sęk", "cewka", "źródła", "ujście", "zator", "bielsk"),
    )
]  # fmt: skip
MESS = ("{}", "  {} ", "• {}", "{}", "City of {}", "{} (2018)", "{}*", "{}")
"""How people write names in their lists."""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: Monkey) -> Path:
    """A repository of the small dataset in which the cities of the list are known."""
    folder = repository(tmp_path, monkeypatch)
    rows = [f"n{n:03},{name},{name},{name},PL,,,,,,,," for n, name in enumerate(NAMES)]
    cities = folder / "cities.csv"
    cities.write_text(cities.read_text("utf-8") + "".join(f"{row}\n" for row in rows), "utf-8")
    assert main(["fmt"]) == 0
    git("commit", "-qam", "cities")
    return folder


def the_form(folder: Path) -> str:
    """The event of an issue that was written with the form."""
    block = {
        "atlas": 1,
        "commitment": {
            "instrument": "equality", "city": "honnelles", "status": "signatory", "since": "2026-01-20",
            "sources": "honnelles-equality-2026", "verified": "2026-01-30", "verified_by": "Anna W.",
        },
        "source": {
            "id": "honnelles-equality-2026", "title": "Délibération", "publisher": "Honnelles", "lang": "fr",
            "url": "https://honnelles.example.org/acte", "published": "2026-01-21", "accessed": "2026-01-30",
        },
    }  # fmt: skip
    body = f"```json\n{json.dumps(block)}\n```"
    event = {"issue": {"body": body, "html_url": ISSUE, "user": {"login": "octo-cat"}}}
    (folder.parent / "event.json").write_text(json.dumps(event), "utf-8")
    return "event.json"


def the_archive(address: str, query: Mapping[str, str]) -> Said:
    """An archive that has a copy of everything, made on the day of reading."""
    if address == "https://archive.org/wayback/available":
        copy = f"http://web.archive.org/web/{query['timestamp']}120000/{query['url']}"
        return Said(json.dumps({"archived_snapshots": {"closest": {"available": True, "url": copy}}}))
    return Said("<title>Copy</title>", kind="text/html")


def test_four_ways_lead_into_the_data(data: Path, monkeypatch: Monkey, capsys: Capture) -> None:
    # 1. A file edited in the browser of the code host.
    edit(
        data / "commitments/rights-commission.csv",
        "lodz,member",
        "gdansk,member,,2026-01-10,,,,press,,,\nlodz,member",
    )
    assert main(["check", "--changed-since", "HEAD"]) == 0
    git("commit", "-qam", "by hand")

    # 2. The form filled in, accepted by the maintainer.
    assert main(["accept", the_form(data), "--message", "message.txt"]) == 0
    git("commit", "-qaF", "message.txt")
    assert "Suggested by @octo-cat" in git("log", "-1", "--format=%B")

    # 3. A messy list of 300 names imported.
    lines = (f"{MESS[n % len(MESS)].format(name)}" for n, name in enumerate(NAMES))
    Path("list.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    options = ("--source", "network-members", "--country", "PL", "--accept", "exact")
    assert main(["import", "list.txt", "--instrument", "welcome", *options]) == 0
    rows = (data / "commitments/welcome.csv").read_text("utf-8").splitlines()
    assert len([row for row in rows if re.match(r"n\d{3},", row)]) == len(NAMES)

    # The maintainer reviews it document by document,
    capsys.readouterr()
    assert main(["diff", "--review"]) == 0
    review = capsys.readouterr().out
    assert "### [Members, Network of Welcome](<https://welcome.example.org/members>) (300 claims)" in review
    assert review.count("/welcome`)") == len(NAMES)
    assert "records 302 cities that belong to it today; add a newer count" in review  # more than it counts
    git("commit", "-qam", "a list")

    # rechecks all documents,
    monkeypatch.setattr(sys, "stdin", io.StringIO("s\n" * 400 + "\n"))
    assert main(["recheck", "--by", "Maintainer"]) == 0
    capsys.readouterr()

    # archives everything,
    with elsewhere(the_archive, monkeypatch):
        assert main(["archive"]) == 0
    assert "without a copy" not in capsys.readouterr().out

    # and publishes data without an error, with every address in the lock.
    assert main(["check", "--code", "W-ARCHIVE"]) == 0
    assert "W-ARCHIVE" not in capsys.readouterr().out
    assert main(["lock"]) == 0
    assert main(["lock", "--check"]) == 0
