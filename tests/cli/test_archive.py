"""``atlas archive`` against an archive on this machine that does everything wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.elsewhere_on_the_web import Playing, Said, elsewhere

from atlas.cli.archive import Archive, CopyOutcome
from atlas.cli.main import main
from atlas.cli.web import visit
from atlas.cli.web.fetch import Answer
from atlas.cli.web.visit import Visitor

Monkey, Capture = pytest.MonkeyPatch, pytest.CaptureFixture[str]
GOOD = Path(__file__).parent.parent / "data/good"
SOURCES = Path("data/sources.csv")
AVAILABLE, INDEX = "https://archive.org/wayback/available", "https://web.archive.org/cdx/search/cdx"
COPY = "https://web.archive.org/web"
MEMBERS, PRESS = "https://welcome.example.org/members", "https://gazeta.example.org/artykul/12345678901"
NEAR = f"{COPY}/20260110120000/{MEMBERS}"
NOTHING = Said('{"archived_snapshots": {}}')


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: Monkey) -> None:
    """A copy of the small dataset of the tests, on a fixed day."""
    shutil.copytree(GOOD, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01


def available(address: str) -> Said:
    """The answer of the archive that a copy stands at an address, which it writes with http."""
    closest = {"available": True, "url": address.replace("https://web.", "http://web.", 1), "status": "200"}
    return Said(json.dumps({"archived_snapshots": {"closest": closest}}))


def page(address: str, query: Mapping[str, str]) -> Said:
    """An archive that knows the page of the members alone, and shows whatever copy is asked for."""
    if address == AVAILABLE:
        return available(NEAR) if query["url"] == MEMBERS else NOTHING
    return Said("[]") if address == INDEX else Said("<title>Copy</title>", kind="text/html")


def archived(play: Playing, monkeypatch: Monkey, *options: str) -> int:
    with elsewhere(play, monkeypatch):
        return main(["archive", *options])


def test_the_copy_nearest_to_the_day_of_reading_is_written(monkeypatch: Monkey, capsys: Capture) -> None:
    before = SOURCES.read_text("utf-8")
    with elsewhere(page, monkeypatch) as web:
        assert main(["archive"]) == 0
    assert capsys.readouterr().out == (
        "data/sources.csv:3: charter-text: no copy; --save asks for one\n"
        "data/sources.csv:5: network-members: copy of 2026-01-10, 5 days before reading\n"
        "data/sources.csv:7: press: no copy; --save asks for one\n"
        "3 sources asked for: copies found 1, without a copy 2\n"
    )
    assert SOURCES.read_text("utf-8") == before.replace(f"{MEMBERS},,", f"{MEMBERS},{NEAR},")
    assert web.asked[2:4] == [
        "GET https://archive.org/wayback/available?url=https%3A%2F%2Fwelcome.example.org%2Fmembers"
        "&timestamp=20260115",
        f"HEAD {NEAR}",
    ]
    assert not any("/save/" in one for one in web.asked)
    assert main(["check", "--code", "E-ARCHIVE"]) == 0


def test_a_dry_run_writes_nothing(monkeypatch: Monkey) -> None:
    before = SOURCES.read_bytes()
    assert archived(page, monkeypatch, "--dry-run", "network-members") == 0
    assert SOURCES.read_bytes() == before


def told(play: Playing, monkeypatch: Monkey, capsys: Capture, *more: str) -> str:
    """What is said of the page of the members."""
    assert archived(play, monkeypatch, "network-members", *more) == 0
    return capsys.readouterr().out.splitlines()[0].removeprefix("data/sources.csv:5: network-members: ")


OTHER = f"{COPY}/20260112000000/https://welcome.example.org/contact"
ROWS = Said(
    json.dumps([["timestamp", "original"], ["20260118101500", "http://welcome.example.org:80/members/"]])
)


@pytest.mark.parametrize(
    "address",
    [
        OTHER,
        f"{COPY}/2026011/{MEMBERS}",
        f"{COPY}/20260231120000/{MEMBERS}",
        f"https://web.archive.org/save/{MEMBERS}",
        f"{COPY}/*/{MEMBERS}",
        f"https://archive.example.org/web/20260110120000/{MEMBERS}",
        MEMBERS,
    ],
    ids=["another page", "digits", "no such day", "save", "all copies", "another archive", "the page itself"],
)
def test_what_is_no_copy_of_the_page_is_not_taken_and_the_index_is_asked(
    address: str, monkeypatch: Monkey, capsys: Capture
) -> None:
    def play(asked: str, query: Mapping[str, str]) -> Said:
        return available(address) if asked == AVAILABLE else ROWS if asked == INDEX else page(asked, query)

    assert told(play, monkeypatch, capsys) == "copy of 2026-01-18, 3 days after reading"
    assert f",{COPY}/20260118101500/http://welcome.example.org:80/members/," in SOURCES.read_text("utf-8")


def opened(said: Said) -> Playing:
    """An archive that has a copy by its own account, and says this when it is opened."""
    return lambda address, query: said if address == NEAR else page(address, query)


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (Said(status=302, headers={"Location": OTHER}), "no copy; --save asks for one"),
        (Said(status=404), "no copy; --save asks for one"),
        (Said("<title>Page not found</title>", kind="text/html"), "no copy; --save asks for one"),
        (Said(status=302, headers={"Location": NEAR}), "not found out: its redirects never end"),
        (Said(status=500), "not found out: 500 Internal Server Error"),
    ],
    ids=["redirect to another page", "missing", "soft 404", "redirect loop", "error"],
)
def test_a_copy_is_opened_before_it_is_believed(
    said: Said, outcome: str, monkeypatch: Monkey, capsys: Capture
) -> None:
    before = SOURCES.read_bytes()
    assert told(opened(said), monkeypatch, capsys) == outcome
    assert SOURCES.read_bytes() == before


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (Said("<title>Sorry</title>", kind="text/html"), "not found out: the answer is not JSON"),
        (Said('{"archived_snap', cut=True), "not found out: the host cuts the connection off"),
        (Said('["archived_snapshots"'), "not found out: the answer is not JSON"),
        (Said("[" * 9000), "not found out: the answer is not JSON"),
        (Said('{"archived_snapshots": []}'), "no copy; --save asks for one"),
        (Said("7"), "no copy; --save asks for one"),
    ],
    ids=["HTML", "half an answer", "half of JSON", "deep", "a list", "a number"],
)
def test_an_interface_that_answers_oddly_is_no_copy(
    said: Said, outcome: str, monkeypatch: Monkey, capsys: Capture
) -> None:
    play: Playing = lambda address, query: said if address == AVAILABLE else page(address, query)  # noqa: E731
    assert told(play, monkeypatch, capsys) == outcome


def test_too_many_requests_are_waited_for(monkeypatch: Monkey, capsys: Capture) -> None:
    refusals = iter([Said(status=429, headers={"Retry-After": "20"})])
    with elsewhere(lambda address, query: next(refusals, page(address, query)), monkeypatch) as web:
        assert main(["archive", "network-members"]) == 0
    assert "copy of 2026-01-10" in capsys.readouterr().out
    assert 20 in web.slept


def test_an_archive_that_asks_to_wait_for_a_day_is_left_alone(monkeypatch: Monkey, capsys: Capture) -> None:
    refused = Said(status=429, headers={"Retry-After": "86400"})
    with elsewhere(lambda address, query: refused, monkeypatch) as web:
        assert main(["archive", "--results", "archive.json"]) == 0
    assert capsys.readouterr().out == "3 sources asked for: put off 3\n"
    assert len(web.asked) == 2  # one of each host
    assert json.loads(Path("archive.json").read_text())["links"] == {}


def test_a_copy_of_another_time_is_taken_on_demand(monkeypatch: Monkey, capsys: Capture) -> None:
    old = f"{COPY}/20100115000000/{MEMBERS}"
    play: Playing = lambda address, query: available(old) if address == AVAILABLE else page(address, query)  # noqa: E731
    assert told(play, monkeypatch, capsys) == (
        "only a copy of 2010-01-15, 5844 days before reading; --within takes it, --save asks for another"
    )
    assert (
        told(play, monkeypatch, capsys, "--within", "9999") == "copy of 2010-01-15, 5844 days before reading"
    )


def test_a_page_without_a_copy_is_saved_on_demand(monkeypatch: Monkey, capsys: Capture) -> None:
    made = f"{COPY}/20260201080000/{PRESS}"

    def play(address: str, query: Mapping[str, str]) -> Said:
        if address == f"https://web.archive.org/save/{PRESS}":
            return Said(status=302, headers={"Location": made})
        return page(address, query)

    assert archived(play, monkeypatch, "--save", "press", "charter-text") == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "data/sources.csv:3: charter-text: the archive is asked to save it; a later run finds the copy",
        "data/sources.csv:7: press: copy of 2026-02-01, 16 days after reading",
    ]
    assert f",{made}," in SOURCES.read_text("utf-8")


def test_a_later_run_goes_on_where_one_stopped(monkeypatch: Monkey, capsys: Capture) -> None:
    options = ("--results", "archive.json")
    assert archived(page, monkeypatch, "--limit", "1", *options) == 0
    assert archived(page, monkeypatch, *options) == 0
    capsys.readouterr()
    with elsewhere(page, monkeypatch) as web:
        assert main(["archive", *options]) == 0
    assert (web.asked, capsys.readouterr().out) == ([], "0 sources asked for\n")


def test_what_was_found_before_a_stop_is_written(monkeypatch: Monkey) -> None:
    copies = iter([CopyOutcome("found", f"{COPY}/20260110120000/https://charter.example.org/text")])

    def look(*_: object, **__: object) -> CopyOutcome:
        if one := next(copies, None):
            return one
        raise KeyboardInterrupt

    monkeypatch.setattr(Archive, "look", look)
    assert main(["archive"]) == 130
    assert SOURCES.read_text("utf-8").count("/web/20260110120000/") == 1


def test_without_a_network_it_says_so(monkeypatch: Monkey, capsys: Capture) -> None:
    lost = Visitor(lambda method, url: Answer(url=url, trouble="no-host"))
    monkeypatch.setattr(visit, "visitor", lambda *_: lost)
    assert main(["archive"]) == 3
    assert capsys.readouterr().err == "atlas: no host was found; is there a network?\n"
    assert main(["archive", "--lang", "pl"]) == 3
    assert capsys.readouterr().err == "atlas: nie znaleziono żadnego hosta; czy jest połączenie z siecią?\n"


def test_in_polish(monkeypatch: Monkey, capsys: Capture) -> None:
    assert archived(page, monkeypatch, "--lang", "pl") == 0
    assert capsys.readouterr().out == (
        "data/sources.csv:3: charter-text: nie ma kopii; --save prosi o jej zrobienie\n"
        "data/sources.csv:5: network-members: kopia z 2026-01-10, 5 dni przed odczytaniem\n"
        "data/sources.csv:7: press: nie ma kopii; --save prosi o jej zrobienie\n"
        "sprawdzono 3 źródła: znalezione kopie 1, bez kopii 2\n"
    )
