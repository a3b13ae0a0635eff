"""The newcomer: a first city, source and commitment; ten mistakes, ten findings; the page in the build."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.repository import edit, repository

from atlas.cli.main import main

CITY = "zgierz,Zgierz,Zgierz,Zgierz,PL,PL-10,51.8561,19.4063,,,Q52692,,"
SOURCE = (
    "zgierz-resolution,Resolution of the council,City of Zgierz,https://www.miasto.zgierz.pl/resolution,,pl,"
    "2025-11-03,2026-02-01,,,"
)
COMMITMENT = "zgierz,,member,,2026-01-25,,,,zgierz-resolution,,,"

MISTAKES = (
    ("cities.csv", "Zgierz,PL,PL-10", "Zgierz,Poland,PL-10"),
    ("cities.csv", "51.8561", "51°51′"),
    ("cities.csv", "Q52692", "52692"),
    ("sources.csv", "https://www.miasto.zgierz.pl", "www.miasto.zgierz.pl"),
    ("sources.csv", "2025-11-03,2026-02-01", "03.11.2025,"),
    ("commitments/welcome.csv", "zgierz,,member", "zgerz,,member"),
    ("commitments/welcome.csv", "member,,2026-01-25", "memebr,,2026-01-25"),
    ("commitments/welcome.csv", "2026-01-25", "2026-13"),
    ("commitments/welcome.csv", "zgierz-resolution", "zgierz-resolutoin"),
)
FINDINGS = [
    "data/cities.csv:7:29: E-COUNTRY country 'Poland': no such country code; type PL",
    (
        "data/cities.csv:7:42: E-NUMBER lat '51°51′': not a number of degrees; type decimal degrees, for "
        "example 50.0614"
    ),
    (
        "data/cities.csv:7:59: E-NUMBER wikidata '52692': no Wikidata identifier; type the letter Q and "
        "digits, for example Q31487"
    ),
    "data/commitments/welcome.csv:10:1: E-REF city 'zgerz': no such city; did you mean zgierz?",
    (
        "data/commitments/welcome.csv:10:8: E-CODE status 'memebr': no such code in statuses of "
        "vocabulary.yaml; did you mean member? The codes are: member, signatory, applicant, observer, "
        "suspended, former, declined, none"
    ),
    (
        "data/commitments/welcome.csv:10:16: E-DATE since '2026-13': there is no month 13; type 2022, "
        "2022-09 or 2022-09-25, as exactly as the source says"
    ),
    (
        "data/commitments/welcome.csv:10:27: E-REF sources 'zgierz-resolutoin': no such source; did you mean "
        "zgierz-resolution?"
    ),
    (
        "data/sources.csv:8:60: E-URL url 'www.miasto.zgierz.pl/resolution': not an address that begins with "
        "https:// or http://; give the public address of the page, as a reader would type it"
    ),
    "data/sources.csv:8:96: E-DATE published '03.11.2025': not a date; type 2025-11-03",
    "data/sources.csv:8:107: E-REQUIRED accessed: needed, but empty; for example 2026-11-22",
]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return repository(tmp_path, monkeypatch)


def add(*arguments: str) -> None:
    assert main(["new", *arguments]) == 0


def add_all() -> None:
    add(
        *("city", "--no-lookup", "--name", "Zgierz", "--name-en", "Zgierz", "--name-pl", "Zgierz"),
        *("--country", "PL", "--region", "PL-10", "--lat", "51.8561", "--lon", "19.4063"),
        *("--wikidata", "Q52692"),
    )
    add(
        *("source", "--id", "zgierz-resolution", "--title", "Resolution of the council"),
        *("--publisher", "City of Zgierz", "--url", "https://www.miasto.zgierz.pl/resolution"),
        *("--language", "pl", "--published", "2025-11-03"),
    )
    add(
        *("commitment", "--instrument", "welcome", "--city", "zgierz", "--status", "member"),
        *("--since", "2026-01-25", "--sources", "zgierz-resolution"),
    )


def rows(data: Path) -> list[str]:
    """Return the three rows, wherever they stand."""
    files = ("cities.csv", "sources.csv", "commitments/welcome.csv")
    lines = [line for file in files for line in (data / file).read_text("utf-8").splitlines()]
    return [line for line in lines if line.startswith("zgierz")]


def test_three_commands_give_three_rows_and_a_dataset_without_errors(data: Path) -> None:
    add_all()
    assert rows(data) == [CITY, SOURCE, COMMITMENT]
    assert main(["check"]) == 0
    assert main(["fmt", "--check", "--data", str(data)]) in (0, 1)  # the small dataset is not canonical


def test_ten_mistakes_give_ten_findings_with_their_places(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_all()
    for file, right, wrong in MISTAKES:
        edit(data / file, right, wrong)
    capsys.readouterr()
    assert main(["check"]) == 1
    errors = [line for line in capsys.readouterr().out.splitlines() if ": E-" in line]
    assert errors == FINDINGS


def test_fmt_mends_what_a_spreadsheet_left(data: Path) -> None:
    main(["fmt"])
    add_all()
    before = {path: path.read_bytes() for path in data.rglob("*.*")}
    for file in ("cities.csv", "sources.csv", "commitments/welcome.csv"):
        lines = (data / file).read_text("utf-8").splitlines()
        mine = next(line for line in lines if line.startswith("zgierz"))
        lines.remove(mine)
        spaced = mine.replace(",", " ,", 3)
        (data / file).write_text("\ufeff" + "\r\n".join([*lines, spaced]), "utf-8", newline="")
    assert main(["fmt", "--check"]) == 1
    assert main(["fmt"]) == 0
    assert {path: path.read_bytes() for path in data.rglob("*.*")} == before


def test_the_difference_is_a_sentence(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add_all()
    capsys.readouterr()
    assert main(["diff"]) == 0
    told = capsys.readouterr().out.replace("\u00a0", " ")
    assert "Zgierz joined WEL on 25 January 2026 (1 source)" in told
    assert main(["diff", "--lang", "pl"]) == 0
    assert "25 stycznia 2026 r. (1 źródło)" in capsys.readouterr().out.replace("\u00a0", " ")


def test_the_new_page_is_in_the_build(
    data: Path, builder: Callable[..., None], tmp_path: Path, root: Path
) -> None:
    add_all()
    (tmp_path / "texts/pages").mkdir(parents=True)
    settings = {"ATLAS_DATA": str(data.absolute()), "ATLAS_URLS_LOCK": ""}
    extra = [f"{name}={json.dumps(value)}" for name, value in settings.items()]
    builder(tmp_path / "output", str(tmp_path / "texts"), "-e", *extra)
    for address, since in (("cities/zgierz", "25 January 2026"), ("pl/miasta/zgierz", "25 stycznia 2026")):
        page = (tmp_path / "output" / address / "index.html").read_text("utf-8").replace("\u00a0", " ")
        assert "Zgierz" in page
        assert since in page
        assert 'id="welcome"' in page


def test_the_commands_start_where_the_environment_is(root: Path) -> None:
    """What a newcomer types is installed as a command of its own."""
    done = subprocess.run(
        [str(Path(sys.executable).parent / "atlas"), "--help"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "new" in done.stdout
