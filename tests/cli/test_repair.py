"""``atlas fmt --repair``: what spreadsheets save becomes what it means, where the header proves it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.cli.main import main

GOOD = Path(__file__).parents[1] / "data/good"
CITIES, WELCOME = "cities.csv", "commitments/welcome.csv"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A copy of the small dataset of the tests in canonical form, in the working directory."""
    shutil.copytree(GOOD, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    assert main(["fmt"]) == 0
    capsys.readouterr()
    return Path("data")


def semicolons(text: str) -> str:
    """The table as Excel writes it with Polish settings."""
    import csv
    import io

    rows = list(csv.reader(io.StringIO(text, newline="")))
    for row in rows[1:]:
        if rows[0][0] == "id":
            row[6], row[7] = row[6].replace(".", ","), row[7].replace(".", ",")
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def tabs(text: str) -> str:
    return semicolons(text).replace(";", "\t") if '"' not in text else text.replace(",", "\t")


SAVED: dict[str, tuple[str, Callable[[str], bytes], list[str], list[str]]] = {
    "semicolons and a byte order mark": (
        CITIES,
        lambda text: semicolons(text).encode("utf-8-sig"),
        ["1: ';' between cells made commas", "1: decimal commas of lat and lon made points"],
        [
            "1: ';' między komórkami zamieniono na przecinki",
            "1: przecinki dziesiętne w lat i lon zamieniono na kropki",
        ],
    ),
    "semicolons where cells hold semicolons": (
        WELCOME,
        lambda text: semicolons(text).encode(),
        ["1: ';' between cells made commas"],
        ["1: ';' między komórkami zamieniono na przecinki"],
    ),
    "Excel's line and semicolons": (
        WELCOME,
        lambda text: f"sep=;\r\n{semicolons(text)}".encode(),
        ["1: Excel's line sep=; deleted", "1: ';' between cells made commas"],
        ["1: usunięto wiersz dla Excela sep=;", "1: ';' między komórkami zamieniono na przecinki"],
    ),
    "Excel's line and commas": (
        WELCOME,
        lambda text: f"sep=,\n{text}".encode(),
        ["1: Excel's line sep=, deleted"],
        ["1: usunięto wiersz dla Excela sep=,"],
    ),
    "tabs in UTF-16": (
        CITIES,
        lambda text: text.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"),
        ["1: read as UTF-16", "1: '\\t' between cells made commas"],
        ["1: odczytano jako UTF-16", "1: '\\t' między komórkami zamieniono na przecinki"],
    ),
    "Windows-1250": (
        WELCOME,
        lambda text: text.encode("cp1250"),
        ["2: read as Windows-1250, for example: Współzakładało, członkostwo, uchwała"],
        ["2: odczytano jako Windows-1250, na przykład: Współzakładało, członkostwo, uchwała"],
    ),
    "a row with semicolons": (
        WELCOME,
        lambda text: text.replace(
            "honnelles,,observer,,,,,,network-members,,,", "honnelles;;observer;;;;;;network-members;;;"
        ).encode(),
        ["3: ';' between cells made commas"],
        ["3: ';' między komórkami zamieniono na przecinki"],
    ),
    "empty cells and rows at the end": (
        WELCOME,
        lambda text: (semicolons(text).replace("\r\n", ";;\r\n") + ";;;;\r\n").encode(),
        ["1: ';' between cells made commas"],
        ["1: ';' między komórkami zamieniono na przecinki"],
    ),
}


@pytest.mark.parametrize("kind", SAVED)
def test_what_a_spreadsheet_saved_is_repaired_and_told(
    kind: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, save, english, polish = SAVED[kind]
    before = (data / file).read_bytes()
    saved = save(before.decode())
    (data / file).write_bytes(saved)
    for lang, told in (("en", english), ("pl", polish)):
        assert main(["fmt", "--repair", "--check", "--lang", lang]) == 1
        lines = capsys.readouterr().out.splitlines()
        assert lines[: len(told)] == [f"data/{file}:{line}" for line in told]
    assert (data / file).read_bytes() == saved
    assert main(["fmt", "--repair"]) == 0
    assert (data / file).read_bytes() == before
    assert main(["fmt", "--check"]) == 0


UNPROVEN: dict[str, tuple[str, Callable[[str], bytes], str]] = {
    "a header of other columns": (
        CITIES,
        lambda text: "Miasto;Kraj\nKraków;PL\n".encode(),
        "cities.csv:1:7: E-DELIMITER the columns are separated by ';', not by a comma; run: atlas fmt "
        "--repair (with Polish settings Excel writes semicolons, even as 'CSV UTF-8')",
    ),
    "a quote that is never closed": (
        WELCOME,
        lambda text: f'{semicolons(text)}"lodz;member\n'.encode(),
        "commitments/welcome.csv:1:5: E-DELIMITER the columns are separated by ';', not by a comma; run: "
        "atlas fmt --repair (with Polish settings Excel writes semicolons, even as 'CSV UTF-8')",
    ),
    "letters of which two encodings make words": (
        "retired.csv",
        lambda text: "kind,id,reason_en,reason_pl\ncity,x,S\xe3o,S\xe3o\n".encode("cp1252"),
        "retired.csv:2:9: E-ENCODING the file is not UTF-8, it looks like Windows-1250 (cp1250); run: atlas "
        "fmt --repair",
    ),
}


@pytest.mark.parametrize("kind", UNPROVEN)
def test_where_nothing_proves_it_nothing_is_written(
    kind: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, save, told = UNPROVEN[kind]
    (data / file).write_bytes(save((data / file).read_text("utf-8")))
    other = data / "sources.csv"
    other.write_bytes(b"sep=,\n" + other.read_bytes())
    before = {path: path.read_bytes() for path in data.rglob("*.csv")}
    assert main(["fmt", "--repair"]) == 1
    assert capsys.readouterr().out == (
        f"data/{told}\nnothing was written; of what is listed above nothing proves what was meant: correct "
        "it by hand, then run atlas fmt --repair again\n"
    )
    assert main(["fmt", "--repair", "--lang", "pl"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == (
        "niczego nie zapisano; z powyższego nie wynika na pewno, co miało tam być: popraw ręcznie i uruchom "
        "ponownie atlas fmt --repair"
    )
    assert {path: path.read_bytes() for path in data.rglob("*.csv")} == before


def test_a_link_is_not_followed(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_bytes(b"sep=;\n" + (data / WELCOME).read_bytes().replace(b",", b";"))
    (data / "commitments/link.csv").symlink_to(outside)
    before = outside.read_bytes()
    main(["fmt", "--repair"])
    assert outside.read_bytes() == before
