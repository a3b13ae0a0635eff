"""``atlas verify`` as people run it: what it writes, what it says, what it refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.terminal import HEAVY, imported

from atlas.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
WELCOME = Path("data/commitments/welcome.csv")
EQUALITY = Path("data/commitments/equality.csv")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small dataset of the tests, on a fixed day."""
    shutil.copytree(ROOT / "tests/data/good", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    return tmp_path / "data"


def files() -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in Path("data").rglob("*") if path.is_file()}


def test_the_day_is_set_the_source_added_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    before = files()
    assert main(["verify", "gdansk/welcome", "koeln/welcome", "--source", "network-report", "--add"]) == 0
    assert capsys.readouterr().out == (
        "data/commitments/welcome.csv:2: gdansk/welcome: verified on 2026-02-01, before that on 2026-01-15; "
        "source network-report was named already\n"
        "data/commitments/welcome.csv:4: koeln/welcome: verified on 2026-02-01, for the first time; "
        "source network-report added\n"
    )
    after = files()
    welcome = WELCOME.as_posix()
    assert {name for name in after if after[name] != before[name]} == {welcome}
    lines = before[welcome].splitlines(keepends=True)
    lines[1] = lines[1].replace(b"2026-01-15", b"2026-02-01")
    lines[3] = lines[3].replace(b"network-members,,,", b"network-members;network-report,2026-02-01,,")
    assert after[welcome] == b"".join(lines)


def test_several_files_at_once_and_a_day_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    city = EQUALITY.read_text("utf-8").splitlines()[1].split(",")[0]
    arguments = [
        "verify",
        "turku/welcome",
        f"{city}/equality",
        "--source",
        "press",
        "--add",
        "--on",
        "2026-01-20",
    ]
    assert main(arguments) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert "press,2026-01-20" in WELCOME.read_text("utf-8")
    assert "press,2026-01-20" in EQUALITY.read_text("utf-8")


def test_what_a_file_from_a_spreadsheet_looks_like_stays(capsys: pytest.CaptureFixture[str]) -> None:
    data = b"\xef\xbb\xbf" + WELCOME.read_bytes().replace(b"\n", b"\r\n")
    WELCOME.write_bytes(data)
    assert main(["verify", "turku/welcome", "--source", "network-report"]) == 0
    assert WELCOME.read_bytes() == data.replace(b'network-report,,"Left', b'network-report,2026-02-01,"Left')


def test_a_table_without_the_column_gets_it() -> None:
    EQUALITY.write_text("city,status,sources\ngdansk,signatory,press\nlodz,signatory,press\n")
    assert main(["verify", "lodz/equality", "--source", "press"]) == 0
    assert EQUALITY.read_text() == (
        "city,status,sources,verified\ngdansk,signatory,press,\nlodz,signatory,press,2026-02-01\n"
    )


def test_a_further_period_is_named_by_its_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "krakow/welcome/2011-10", "--source", "network-members"]) == 0
    assert capsys.readouterr().out == (
        "data/commitments/welcome.csv:6: krakow/welcome/2011-10: verified on 2026-02-01, "
        "before that on 2026-01-15; source network-members was named already\n"
    )
    assert main(["verify", "krakow/welcome", "--source", "network-report"]) == 0
    assert capsys.readouterr().out == (
        "data/commitments/welcome.csv:5: krakow/welcome: verified on 2026-02-01, for the first time; "
        "source network-report was named already\n"
    )


def test_a_pair_whose_periods_all_have_a_word_is_asked_about(capsys: pytest.CaptureFixture[str]) -> None:
    WELCOME.write_text(WELCOME.read_text("utf-8").replace("krakow,,former", "krakow,1992,former"), "utf-8")
    before = files()
    assert main(["verify", "krakow/welcome", "--source", "press"]) == 2
    assert capsys.readouterr().err == (
        "atlas: 'krakow/welcome' has several periods; which one: "
        "krakow/welcome/1992 or krakow/welcome/2011-10?\nnothing was written\n"
    )
    assert files() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["gdansk/welcome", "krakw/welcome", "--source", "press", "--add"],
            "no such commitment 'krakw/welcome'; did you mean krakow/welcome?\nnothing was written",
        ),
        (
            ["gdansk/welcom", "--source", "pres"],
            "no such commitment 'gdansk/welcom'; did you mean gdansk/welcome?\n"
            "no such source 'pres'; did you mean press?\nnothing was written",
        ),
        (
            ["gdansk/old-pact", "--source", "press"],
            "the atlas has no row of gdansk in old-pact; add it with: atlas new commitment\n"
            "nothing was written",
        ),
        (
            ["xxxx/yyyy", "--source", "zzzz"],
            "no such commitment 'xxxx/yyyy'\nno such source 'zzzz'; add it with: atlas new source\n"
            "nothing was written",
        ),
        (
            ["turku", "--source", "press"],
            "'turku' is not a commitment; write <city>/<instrument>, like turku/welcome\nnothing was written",
        ),
        (
            ["gdansk/welcome", "--source", "press", "--on", "2026-02-02"],
            "--on 2026-02-02: lies in the future; today is 2026-02-01",
        ),
        (
            ["gdansk/welcome", "--source", "press", "--on", "2026-01"],
            "--on 2026-01: not a day; write it like 2026-02-01",
        ),
        (
            ["gdansk/welcome", "--source", "press", "--on", "20260101"],
            "--on 20260101: not a day; write it like 2026-02-01",
        ),
        (
            ["turku/welcome", "gdansk/welcome", "--source", "press", "--add", "--on", "2026-01-14"],
            "gdansk/welcome: already verified on 2026-01-15, which is later\nnothing was written",
        ),
        (
            ["gdansk/welcome", "turku/welcome", "--source", "network-members"],
            "data/commitments/welcome.csv:9: turku/welcome rests on network-report, not on network-members; "
            "--add adds it to its sources\nnothing was written",
        ),
    ],
    ids=[
        "city",
        "instrument",
        "no row",
        "nothing near",
        "shape",
        "future",
        "month",
        "basic",
        "backwards",
        "rests",
    ],
)
def test_what_it_refuses_leaves_everything_as_it_was(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files()
    assert main(["verify", *arguments]) == 2
    assert capsys.readouterr().err == f"atlas: {told}\n"
    assert files() == before


def test_a_file_that_cannot_be_read_whole_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    WELCOME.write_bytes(WELCOME.read_bytes() + b"wien,member\n")
    before = files()
    assert main(["verify", "turku/welcome", "--source", "network-report"]) == 1
    assert capsys.readouterr().err == (
        "atlas: data/commitments/welcome.csv:10:1: E-CELLS the row has 2 cells, the header has 12; "
        "an unknown value still needs its comma\n"
    )
    assert files() == before


def test_errors_that_were_there_before_stop_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    text = WELCOME.read_text("utf-8").replace("turku,,former", "turku,,formr")
    WELCOME.write_text(text.replace("honnelles,,observer", "honnelles,,obsrver"), "utf-8")
    assert main(["verify", "turku/welcome", "--source", "network-report"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("data/commitments/welcome.csv:9: turku/welcome: verified on 2026-02-01")
    assert told.err == "the data has 2 other errors, which were there before: atlas check\n"


def test_a_second_time_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    main(["verify", "turku/welcome", "--source", "press", "--add"])
    before = files()
    capsys.readouterr()
    assert main(["verify", "turku/welcome", "turku/welcome", "--source", "press"]) == 0
    assert capsys.readouterr().out == (
        "data/commitments/welcome.csv:9: turku/welcome: verified on 2026-02-01, as before; "
        "source press was named already\n"
    )
    assert files() == before


def test_who_looked_is_named_on_demand_and_not_for_a_look_of_somebody_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    command = ["verify", "turku/welcome", "--source", "network-report"]
    assert main([*command, "--by", "Anna W."]) == 0
    assert "network-report,2026-02-01,Anna W.," in WELCOME.read_text("utf-8")
    assert main(command) == 0
    assert 'network-report,2026-02-01,,"Left' in WELCOME.read_text("utf-8")


def test_in_polish(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "turku/welcome", "--source", "press", "--lang", "pl"]) == 2
    assert capsys.readouterr().err == (
        "atlas: data/commitments/welcome.csv:9: turku/welcome opiera się na network-report, a nie na press; "
        "--add dodaje to źródło\nniczego nie zapisano\n"
    )
    assert main(["verify", "turku/welcome", "--source", "press", "--add", "--lang", "pl"]) == 0
    assert capsys.readouterr().out == (
        "data/commitments/welcome.csv:9: turku/welcome: sprawdzono 2026-02-01, po raz pierwszy; "
        "dodano źródło press\n"
    )
    WELCOME.write_text(WELCOME.read_text("utf-8").replace("krakow,,former", "krakow,1992,former"), "utf-8")
    assert main(["verify", "krakow/welcome", "gdansk/old-pact", "--source", "pres", "--lang", "pl"]) == 2
    assert capsys.readouterr().err == (
        "atlas: 'krakow/welcome' ma kilka okresów; który z nich: "
        "krakow/welcome/1992 lub krakow/welcome/2011-10?\n"
        "w atlasie nie ma wiersza gdansk w old-pact; dodaj go poleceniem: atlas new commitment\n"
        "nie ma źródła 'pres'; może press?\n"
        "niczego nie zapisano\n"
    )


def test_it_imports_nothing_heavy() -> None:
    assert imported("verify", "turku/welcome", "--source", "network-report").isdisjoint(HEAVY)
