"""``atlas recheck`` as people run it: the queue, the keys, what is written, and where it goes on."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import pytest

from atlas.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
WELCOME = Path("data/commitments/welcome.csv")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the small dataset of the tests, on a fixed day."""
    shutil.copytree(ROOT / "tests/data/good", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01


def walked(monkeypatch: pytest.MonkeyPatch, answers: str, *options: str) -> int:
    """The exit code of a walk in which somebody presses these keys, each on a line of its own."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(answers.replace(" ", "\n") + "\n"))
    return main(["recheck", *options])


def test_the_queue_is_listed_by_document_the_most_claims_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recheck", "--list", "--limit", "2"]) == 0
    assert capsys.readouterr().out == (
        "3 claims: network-members: Members, Network of Welcome\n"
        "  https://welcome.example.org/members\n"
        "  honnelles/welcome koeln/welcome markup/welcome\n"
        '3 claims: press: Miasta, które się przyłączyły, Gazeta "Miejska"\n'
        "  https://gazeta.example.org/artykul/12345678901\n"
        "  gdansk/equality krakow/equality lodz/rights-commission\n"
        "… and 3 more\n"
    )
    assert main(["recheck", "--list", "--instrument", "old-pact"]) == 0
    assert "https://charter.example.org/text\n  koeln/old-pact" in capsys.readouterr().out


def test_one_key_for_each_claim_and_what_was_answered_is_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = WELCOME.read_text("utf-8")
    assert walked(monkeypatch, "s n 2020 k  q", "network-members") == 0
    out, err = capsys.readouterr()
    assert out == (
        "data/commitments/welcome.csv:3: honnelles/welcome: verified on 2026-02-01, for the first time\n"
        "data/commitments/welcome.csv:4: koeln/welcome: verified on 2026-02-01, for the first time; "
        "former, until 2020\n"
    )
    assert err == (
        "s: still so; n: no longer so; g: the page is gone; Enter or k: skip; u: undo; q: stop. "
        "What you answer is written after each document.\n"
        "\n"
        "document 1 of 1, 3 claims; verified so far: 0\n"
        "  network-members: Members, Network of Welcome\n"
        "  https://welcome.example.org/members\n"
        "1/3  Honnelles is an observer of WEL. The source gives no date. (honnelles/welcome) > "
        "2/3  Cologne has belonged to WEL since 2012, approximately; its membership is suspended. "
        "(koeln/welcome) > "
        "  since when no longer, as exactly as the source says (Enter: not known) > "
        '3/3  <b>Tag</b> & "Quote\'s" has applied to join WEL. The source gives no date. The council decided '
        "on it in October 2025. (markup/welcome) > "
        "Enter writes, u undoes > "
        "that was the last document\n"
        "written: 2 claims\n"
    )
    after = before.replace(
        "honnelles,,observer,,,,,,network-members,,,", "honnelles,,observer,,,,,,network-members,2026-02-01,,"
    ).replace(
        "koeln,,suspended,,2012~,,,,network-members,,,",
        "koeln,,former,,2012~,2020,,,network-members,2026-02-01,,",
    )
    assert WELCOME.read_text("utf-8") == after


def test_it_goes_on_where_one_stopped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert walked(monkeypatch, "s q") == 0
    capsys.readouterr()
    main(["recheck", "--list", "--limit", "1"])
    assert capsys.readouterr().out.startswith("3 claims: press:")
    assert walked(monkeypatch, "s s s  q", "press", "--by", "Anna W.") == 0
    assert "declined,,press,2026-02-01,Anna W.,," in Path("data/commitments/equality.csv").read_text("utf-8")


def test_an_answer_is_undone_and_an_unknown_key_asks_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = WELCOME.read_bytes()
    assert walked(monkeypatch, "s s s u u u x q", "network-members") == 0
    assert "press one of s n g u k q, or Enter\n" in capsys.readouterr().err
    assert WELCOME.read_bytes() == before


def test_a_page_that_is_gone_gets_the_day(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert walked(monkeypatch, "g", "press") == 0
    assert capsys.readouterr().out == "data/sources.csv:7: press: gone, found on 2026-02-01\n"
    assert ",2026-02-01,pl,2017-06-30,2026-01-16," in Path("data/sources.csv").read_text("utf-8")


def test_a_date_that_cannot_be_is_asked_for_again_and_what_is_over_is_left_to_its_row(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert walked(monkeypatch, "n 12.2020 2020-12 q", "network-members") == 0
    assert "until '12.2020': not a date; type 2020-12" in capsys.readouterr().err
    assert walked(monkeypatch, "n q", "charter-text") == 0
    told = "data/commitments/old-pact.csv:2 says 'former': correct the row itself"
    assert told in capsys.readouterr().err


def test_a_stop_at_the_keyboard_keeps_what_was_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Keyboard(io.StringIO):
        def readline(self, *_: object) -> str:
            if line := super().readline():
                return line
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Keyboard("s\ns\n"))
    assert main(["recheck", "network-members"]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert err.endswith("written: 2 claims\n")


def test_what_would_be_an_error_is_not_written_and_can_be_undone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = WELCOME.read_bytes()
    assert walked(monkeypatch, "k n 1999 k  u u q", "network-members") == 0
    assert "E-ORDER" in capsys.readouterr().out
    assert WELCOME.read_bytes() == before


def test_a_document_that_is_not_there_is_a_wrong_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recheck", "pres"]) == 2
    assert capsys.readouterr().err == "atlas: no such source 'pres'; did you mean press?\n"


def test_in_polish(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert walked(monkeypatch, "s", "network-report", "--lang", "pl") == 0
    out, err = capsys.readouterr()
    assert out == ("data/commitments/welcome.csv:5: krakow/welcome: sprawdzono 2026-02-01, po raz pierwszy\n")
    assert err.startswith(
        "s: stoi nadal; n: już nie; g: strony nie ma; Enter lub k: pomiń; u: cofnij; q: koniec. "
        "Odpowiedzi zapisują się po każdym dokumencie.\n\n"
        "dokument 1 z 1, 2 zobowiązania; dotąd sprawdzono: 0\n"
    )
    assert err.endswith("Enter zapisuje, u cofa > to był ostatni dokument\nzapisano: 1 zobowiązanie\n")
