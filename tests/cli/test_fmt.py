"""``atlas fmt`` as people run it: what it changes, what it says, what it leaves alone."""

from __future__ import annotations

import dataclasses
import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.terminal import HEAVY, imported

from atlas.build.read_data import read_atlas
from atlas.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests/data"
TODAY = date(2026, 2, 1)

MESSY = {
    "data/sources.csv": (
        b"\xef\xbb\xbfaccessed,id,title,note_en\r\n"
        b'2026-01-01, press ,"Press",\xc2\xa0Zespo\xcc\x81l \r\n'
        b"\r\n"
        b"2026-01-02,minutes,Minutes,\r\n"
        b",,,"
    ),
    "data/cities.csv": b"id,name,country\nlodz,Lodz,PL\nturku,Turku,FI\n",
    "data/commitments/welcome.csv": b"city,status,sources\nlodz,member,press; minutes;\n",
    "data/networks/welcome.yaml": b"# ours\nname: {pl: A, en: B}\nkind: ' network'\nsources: [press]\n",
    "data/vocabulary.yaml": b"statuses:\n  member:\n    label:\n      en: Member\n      pl: Cz\xc5\x82onek\n",
}
CLEAN = {
    "data/sources.csv": (
        "id,title,accessed,note_en\nminutes,Minutes,2026-01-02,\npress,Press,2026-01-01,Zespól\n"
    ),
    "data/cities.csv": "id,name,country\nturku,Turku,FI\nlodz,Lodz,PL\n",
    "data/commitments/welcome.csv": "city,status,sources\nlodz,member,press;minutes\n",
    "data/networks/welcome.yaml": "# ours\nkind: network\nname:\n  en: B\n  pl: A\nsources:\n  - press\n",
    "data/vocabulary.yaml": MESSY["data/vocabulary.yaml"].decode(),
}
REPORT = """\
data/cities.csv:2: the first line that changes
data/sources.csv:1: the first line that changes
data/commitments/welcome.csv:2: the first line that changes
data/networks/welcome.yaml:2: the first line that changes
"""


@pytest.fixture
def messy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small dataset, as spreadsheets and editors leave it."""
    for name, data in MESSY.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small dataset of the tests."""
    shutil.copytree(DATA / "good", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_first_line_that_changes_is_told_by_file(messy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt"]) == 0
    assert capsys.readouterr().out == REPORT + "5 files: 4 changed\n"
    assert files(messy) == {name: text.encode() for name, text in CLEAN.items()}


def test_a_second_run_changes_nothing(messy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["fmt"])
    before = {path: path.stat().st_mtime_ns for path in messy.rglob("*")}
    capsys.readouterr()
    assert main(["fmt"]) == main(["fmt", "--check"]) == 0
    assert capsys.readouterr().out == "5 files: all in canonical form\n" * 2
    assert {path: path.stat().st_mtime_ns for path in messy.rglob("*")} == before


def test_check_changes_nothing_and_fails(messy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", "--check"]) == 1
    assert capsys.readouterr().out == REPORT + "5 files: 4 would change; run: atlas fmt\n"
    assert files(messy) == MESSY


def test_the_report_in_polish(messy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", "--check", "--lang", "pl"]) == 1
    assert capsys.readouterr().out == (
        "data/cities.csv:2: pierwszy wiersz, który się zmienia\n"
        "data/sources.csv:1: pierwszy wiersz, który się zmienia\n"
        "data/commitments/welcome.csv:2: pierwszy wiersz, który się zmienia\n"
        "data/networks/welcome.yaml:2: pierwszy wiersz, który się zmienia\n"
        "5 plików: 4 do zmiany; uruchom: atlas fmt\n"
    )


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        (
            "data/commitments/welcome.csv",
            b'city,status,sources\nlodz,member,"press\n',
            "data/commitments/welcome.csv:2:13: E-QUOTE the double quote that opens here is never closed; "
            "close the value with a double quote; write a quote inside it twice\n",
        ),
        (
            "data/networks/welcome.yaml",
            b"kind: \xb1\n",
            "data/networks/welcome.yaml:1:7: E-ENCODING the file is not UTF-8, it looks like ISO-8859-2; "
            "save it as UTF-8 in the editor\n",
        ),
        (
            "data/commitments/welcome.csv",
            b"city,status,sources\nlodz,member\n",
            "data/commitments/welcome.csv:2:1: E-CELLS the row has 2 cells, the header has 3; "
            "an unknown value still needs its comma\n",
        ),
        (
            "data/commitments/welcome.csv",
            "city,status,sources\nlodz,member,pr\u200bess\n".encode(),
            "data/commitments/welcome.csv:2:15: E-CONTROL the invisible character \\u200b is not allowed "
            "in the data; delete it\n",
        ),
    ],
    ids=["quote", "encoding", "cells", "invisible"],
)
def test_nothing_is_written_where_a_file_cannot_be_read(
    name: str, data: bytes, told: str, messy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(name).write_bytes(data)
    before = files(messy)
    for arguments in (["fmt"], ["fmt", "--check"]):
        assert main(arguments) == 1
        assert capsys.readouterr().out == (
            told + "nothing was written; correct what is listed above, then run atlas fmt again\n"
        )
    assert files(messy) == before


def test_thousands_of_empty_lines_lose_no_row(messy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("data/cities.csv")
    path.write_bytes(b"id,name,country\n" + b"\n" * 3000 + b"lodz,Lodz,PL\n")
    before = path.read_bytes()
    assert main(["fmt"]) == 1
    assert capsys.readouterr().out.splitlines()[0] == ("data/cities.csv:2:1: E-CELLS empty line; delete it")
    assert path.read_bytes() == before


def test_the_assembled_atlas_is_equal(good: Path) -> None:
    before = read_atlas(good, TODAY)
    texts = files(good)
    assert main(["fmt"]) == 0
    assert files(good) != texts
    after = read_atlas(good, TODAY)
    for one in dataclasses.fields(before):
        assert getattr(before, one.name) == getattr(after, one.name), one.name


def test_only_the_last_line_end_is_missing(messy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["fmt"])
    path = Path("data/networks/welcome.yaml")
    whole = path.read_bytes()
    path.write_bytes(whole.rstrip())
    capsys.readouterr()
    assert main(["fmt"]) == 0
    assert capsys.readouterr().out == (
        "data/networks/welcome.yaml:7: the first line that changes\n5 files: 1 changed\n"
    )
    assert path.read_bytes() == whole


def test_the_mode_of_a_file_is_kept(messy: Path) -> None:
    path = Path("data/cities.csv")
    path.chmod(0o640)
    assert main(["fmt"]) == 0
    assert path.stat().st_mode & 0o777 == 0o640


def test_the_data_of_the_atlas_is_canonical(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["fmt", "--check"]) == 0, capsys.readouterr().out


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_the_environment(
    messy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("data/commitments").chmod(0o500)
    try:
        assert main(["fmt"]) == 3
    finally:
        Path("data/commitments").chmod(0o700)
    assert files(messy) == MESSY
    assert "Permission denied" in capsys.readouterr().err


def test_it_imports_nothing_heavy(messy: Path) -> None:
    assert imported("fmt", "--check").isdisjoint(HEAVY)
