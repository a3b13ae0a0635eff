"""``atlas accept`` as a maintainer runs it: an issue becomes rows, all of it or nothing."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.elsewhere_on_the_web import Said, elsewhere

from atlas.cli.main import main

Monkey, Capture = pytest.MonkeyPatch, pytest.CaptureFixture[str]
GOOD = Path(__file__).parent.parent / "data/good"
EQUALITY, WELCOME = Path("data/commitments/equality.csv"), Path("data/commitments/welcome.csv")
ISSUE = "https://github.com/example/atlas/issues/12"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: Monkey) -> None:
    """A copy of the small dataset of the tests, on a fixed day; nothing is looked up."""
    from atlas.languages import gazetteer

    def missing(*_: str) -> None:
        raise gazetteer.NoGazetteer

    shutil.copytree(GOOD, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    monkeypatch.setattr(gazetteer, "look_up", missing)


def files() -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in Path("data").rglob("*") if path.is_file()}


SOURCE = {
    "id": "zabrze-equality-2026",
    "title": "Uchwała nr 1/26",
    "publisher": "Miasto Zabrze",
    "url": "https://zabrze.example.org/uchwala",
    "lang": "pl",
    "published": "2026-01-12",
    "accessed": "2026-01-30",
}
CLAIM = {
    "instrument": "equality",
    "city": "zabrze",
    "status": "signatory",
    "since": "2026-01",
    "sources": "zabrze-equality-2026",
    "verified": "2026-01-30",
    "verified_by": "Anna W.",
}
NEW: dict[str, Any] = {
    "atlas": 1,
    "city": {"id": "zabrze", "name": "Zabrze", "country": "PL"},
    "commitment": CLAIM,
    "source": SOURCE,
}
BEFORE = {
    "city": "gdansk",
    "status": "member",
    "decided": "2016",
    "since": "2016-06",
    "role": "founding-city;chair",
    "sources": "network-members;network-report",
    "verified": "2026-01-15",
    "note_en": "Founded it, the report says",
    "note_pl": "Współzakładało, jak podaje sprawozdanie",
}
CORRECTED = {
    "atlas": 1,
    "commitment": BEFORE
    | {"instrument": "welcome", "since": "2016-07-01", "decided": "", "verified": "2026-01-31"},
    "before": BEFORE,
}


def body(block: object) -> str:
    """The text of an issue as the form writes it."""
    return f"- City: Zabrze\n\n```json\n{json.dumps(block, ensure_ascii=False, indent=1)}\n```\n\nThe form."


def event(block: object, login: str = "octo-cat") -> str:
    """What the code host tells of an issue that got a label."""
    return json.dumps(
        {"action": "labeled", "issue": {"body": body(block), "html_url": ISSUE, "user": {"login": login}}}
    )


def accepted(text: str, *options: str) -> int:
    Path("issue.txt").write_text(text, "utf-8")
    return main(["accept", "issue.txt", *options])


def test_city_source_and_claim_at_once(capsys: Capture) -> None:
    before = files()
    assert accepted(event(NEW), "--message", "message.txt") == 0
    out = capsys.readouterr().out
    message = (
        "data: Zabrze in equality\n\n"
        f"Suggested by @octo-cat in {ISSUE}, with the form of the atlas.\n\nCloses #12\n"
    )
    assert out == (
        "data/cities.csv:7:\n  + id: zabrze\n  + name: Zabrze\n  + country: PL\n"
        "data/sources.csv:8:\n  + id: zabrze-equality-2026\n  + title: Uchwała nr 1/26\n"
        "  + publisher: Miasto Zabrze\n  + url: https://zabrze.example.org/uchwala\n  + lang: pl\n"
        "  + published: 2026-01-12\n  + accessed: 2026-01-30\n"
        "data/commitments/equality.csv:8:\n  + city: zabrze\n  + status: signatory\n  + since: 2026-01\n"
        "  + sources: zabrze-equality-2026\n  + verified: 2026-01-30\n  + verified_by: Anna W.\n"
        "data/sources.csv:8:87: W-ARCHIVE source 'zabrze-equality-2026': no archived copy; save the page at "
        "web.archive.org and put the address of the copy into archived\n"
        f"\n{message}"
    )
    assert Path("message.txt").read_text("utf-8") == message
    after = files()
    assert {name for name in after if after[name] != before[name]} == {
        "data/cities.csv",
        "data/sources.csv",
        EQUALITY.as_posix(),
    }
    lines = EQUALITY.read_text("utf-8").splitlines()
    assert lines[0] == "city,status,since,sources,verified,verified_by,note_en,note_pl"
    assert lines[-1] == "zabrze,signatory,2026-01,zabrze-equality-2026,2026-01-30,Anna W.,,"
    assert main(["check", "--code", "E-REF"]) == 0


def test_a_correction_changes_only_what_is_different(capsys: Capture) -> None:
    before = WELCOME.read_text("utf-8")
    assert accepted(body(CORRECTED), "--by", "Anna W.") == 0
    assert capsys.readouterr().out == (
        "data/commitments/welcome.csv:2: gdansk/welcome\n"
        "  - decided: 2016\n"
        "  - since: 2016-06\n  + since: 2016-07-01\n"
        "  - verified: 2026-01-15\n  + verified: 2026-01-31\n"
        "\ndata: Gdańsk in WEL, corrected\n\nSuggested by Anna W., with the form of the atlas.\n"
    )
    assert WELCOME.read_text("utf-8") == before.replace(
        "gdansk,,member,2016,2016-06,", "gdansk,,member,,2016-07-01,"
    ).replace('network-report,2026-01-15,"Founded', 'network-report,2026-01-31,"Founded')


def test_what_changed_since_it_was_corrected_is_left_to_a_person(capsys: Capture) -> None:
    WELCOME.write_text(WELCOME.read_text("utf-8").replace("2016,2016-06,", "2016,2016-09,"), "utf-8")
    before = files()
    assert accepted(body(CORRECTED)) == 1
    assert capsys.readouterr().err == (
        "data/commitments/welcome.csv:2: since was '2016-06' when gdansk/welcome was corrected, and is "
        "'2016-09': decide yourself\nnothing was written\n"
    )
    assert files() == before


def test_a_document_and_a_city_that_are_known_are_not_entered_twice(capsys: Capture) -> None:
    block = NEW | {
        "city": {"id": "lodz-2", "name": "ŁÓDŹ", "country": "PL"},
        "source": SOURCE | {"url": "http://www.gazeta.example.org/artykul/12345678901/"},
    }
    assert accepted(body(block)) == 0
    assert capsys.readouterr().out.startswith(
        "ŁÓDŹ is in the atlas: lodz\n"
        "http://www.gazeta.example.org/artykul/12345678901/ is in the atlas: press\n"
        "data/commitments/equality.csv:7:\n  + city: lodz\n"
    )
    assert "lodz,signatory,2026-01,press,2026-01-30,Anna W.,," in EQUALITY.read_text("utf-8")


def test_an_id_that_is_taken_is_another_one(capsys: Capture) -> None:
    assert accepted(body(NEW | {"city": {"id": "lodz", "name": "Lodz", "country": "US"}})) == 0
    assert "lodz-us,signatory," in EQUALITY.read_text("utf-8")


def test_what_the_check_refuses_is_not_written(capsys: Capture) -> None:
    before = files()
    assert accepted(body(NEW | {"commitment": CLAIM | {"since": "2026-13", "status": "boss"}})) == 1
    out, err = capsys.readouterr()
    assert ("E-DATE since '2026-13'" in out, "E-CODE status 'boss'" in out) == (True, True)
    assert err.endswith("nothing was written: mend what is said above and try again\n")
    assert files() == before


def test_an_issue_has_the_line_ends_of_a_form(capsys: Capture) -> None:
    assert accepted(body(NEW).replace("\n", "\r\n"), "--dry-run") == 0
    assert "  + name: Zabrze\n" in capsys.readouterr().out


def test_a_dry_run_writes_nothing(capsys: Capture) -> None:
    before = files()
    assert accepted(event(NEW), "--dry-run") == 0
    assert files() == before


TWICE = body(NEW) + "\n" + body(NEW)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hello", "no block of the form in it; fill the form in, or add the rows with atlas new"),
        ("```json\n{\n```", "no block of the form in it; fill the form in, or add the rows with atlas new"),
        (TWICE, "2 blocks of the form in it; keep the one that counts"),
        (
            body({"atlas": 2}),
            "a block of another version of the form; reload the page and fill it in again",
        ),
        (
            body(NEW | {"commitment": CLAIM | {"../x": "1"}}),
            "the block of the form has a part that cannot be read: commitment",
        ),
        (
            body(NEW | {"city": {"id": ["zabrze"]}}),
            "the block of the form has a part that cannot be read: city",
        ),
        (body(NEW | {"source": "x"}), "the block of the form has a part that cannot be read: source"),
        (body(NEW | {"path": "x"}), "the block of the form has a part that cannot be read: path"),
        ("x" * 100_001, "longer than 100000 characters, which no form writes"),
        (
            body(NEW | {"commitment": CLAIM | {"instrument": "../cities"}}),
            "no such network or charter '../cities'; add it first: atlas new network",
        ),
        (
            body(NEW | {"commitment": CLAIM | {"instrument": "equalty"}}),
            "no such network or charter 'equalty'; did you mean equality?",
        ),
        (
            body({"atlas": 1, "record": "cities/krakow", "wrong": "The name\x1b[2J."}),
            "cities/krakow: a correction in words, which a person has to make: The name\\u001b[2J.",
        ),
        (
            body(CORRECTED | {"before": BEFORE | {"city": "turku", "period": "x"}}),
            "turku/welcome/x: the row that is corrected is not there any more",
        ),
        (
            body({"atlas": 1, "commitment": BEFORE | {"instrument": "welcome"}, "before": BEFORE}),
            "data/commitments/welcome.csv:2: gdansk/welcome: nothing is different",
        ),
    ],
)
def test_what_is_no_suggestion_says_why(text: str, told: str, capsys: Capture) -> None:
    before = files()
    assert accepted(text) == 1
    assert capsys.readouterr().err == f"{told}\nnothing was written\n"
    assert files() == before


def test_contributed_text_ends_no_line_of_the_message(capsys: Capture) -> None:
    block = NEW | {"city": {"id": "zabrze", "name": "Za\nCloses #1 brze", "country": "PL"}}
    accepted(event(block, "octo cat\nCo-authored-by: x"), "--dry-run")
    message = capsys.readouterr().out.partition("\n\n")[2]
    assert [line for line in message.splitlines() if line.startswith(("Closes #1 ", "Co-"))] == []


def test_an_issue_is_asked_for_by_its_address(monkeypatch: Monkey, capsys: Capture) -> None:
    told = json.loads(event(NEW))["issue"]
    with elsewhere(lambda address, query: Said(json.dumps(told)), monkeypatch) as web:
        assert main(["accept", ISSUE]) == 0
    assert web.asked == ["GET https://api.github.com/repos/example/atlas/issues/12"]
    assert "Suggested by @octo-cat" in capsys.readouterr().out


def test_an_issue_that_is_not_there_and_a_file_that_is_none(monkeypatch: Monkey, capsys: Capture) -> None:
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    assert main(["accept", "12"]) == 2
    assert capsys.readouterr().err.startswith(
        "atlas: issue 12: of which repository? Give its whole address\n"
    )
    assert main(["accept", "nothing.txt"]) == 2
    assert capsys.readouterr().err.startswith("atlas: nothing.txt: no such file, and no issue\n")
    with elsewhere(lambda address, query: Said("{}", status=404), monkeypatch):
        assert main(["accept", ISSUE]) == 1
    assert capsys.readouterr().err == (
        "https://api.github.com/repos/example/atlas/issues/12: 404 Not Found\nnothing was written\n"
    )


def test_in_polish_from_the_standard_input(monkeypatch: Monkey, capsys: Capture) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("Dzień dobry"))
    assert main(["accept", "-", "--lang", "pl"]) == 1
    assert capsys.readouterr().err == (
        "nie ma w tym bloku z formularza; wypełnij formularz albo dodaj wiersze poleceniem atlas new\n"
        "niczego nie zapisano\n"
    )
